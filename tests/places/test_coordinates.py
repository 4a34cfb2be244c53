import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.places import find_places, name_places
from ascertain.places.coordinates import written_positions
from ascertain.places.geometry import distance_km
from ascertain.places.grid import mgrs_position, plus_code_area

RAFAH = (31.2586, 34.2824)

WRITTEN = [
    "31.2586, 34.2824",
    "31.2586 34.2824",
    "31.2586° N, 34.2824° E",
    "31.2586N 34.2824E",
    "N31.2586 E34.2824",
    "31°15′31″N 34°16′57″E",
    "31° 15' 31\" N, 34° 16' 56.6\" E",
    "36RXV2209858970",
    "36R XV 22098 58970",
    "8G3P775J+CX",
    "https://www.google.com/maps/@31.2586,34.2824,15z",
    "https://maps.google.com/?q=31.2586,34.2824",
    "https://www.openstreetmap.org/#map=15/31.2586/34.2824",
    "https://www.openstreetmap.org/?mlat=31.2586&mlon=34.2824",
    "geo:31.2586,34.2824",
    "lat 31.2586 lon 34.2824",
    "Latitude: 31.2586, Longitude: 34.2824",
]

NO_POSITIONS = [
    "They won by 12.50, 13.75 points.",
    "Call 020.7946.0958 or +44 20 7946 0958.",
    "Version 31.2586, 34.2824 came out.",
    "They cost 31.2586, 34.2824 euros.",
    "Python 3.11.4, 3.12.1 and 3.13.0 were tried.",
    "The index fell from 31.2586, 34.2824 a year ago.",
    "On 12.05.2024, 13.05.2024 and 14.05.2024.",
    "Flight 36RAA1234567890 was late.",
    "Part 12AB 1234 of lot 99ZZZ 1234.",
    "They were at 0.0000, 0.0000 and 99.9999, 34.2824.",
    "5 N 6 E of the 7th block.",
    "It cost 31.2586 dollars, 34.2824 euros.",
    "31.2586N alone, then 34.2824.",
    "The sum 22222222+22 is no code, nor is C++.",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_position_in_figures_is_a_point_where_it_says(written: str) -> None:
    text = f"The convoy stood at {written} until noon."
    (mention,) = find_places(text)
    place = mention.place
    assert place.text == written == text[slice(*place.span)]
    assert (place.precision, mention.role) == ("point", "mention")
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_km is not None
    assert distance_km((place.lat, place.lon), RAFAH) < 0.05
    assert place.radius_km <= 0.1
    assert name_places(text) == (place,)


@pytest.mark.parametrize("text", NO_POSITIONS)
def test_what_only_looks_like_a_position_is_none(text: str) -> None:
    assert written_positions(text) == ()


def test_south_and_west_are_negative() -> None:
    assert written_positions("at 33.8688° S, 70.2093° W")[0].at == (-33.8688, -70.2093)
    assert written_positions("at -33.8688, −151.2093")[0].at == (-33.8688, -151.2093)


def test_fewer_digits_make_a_larger_radius() -> None:
    radii = [written_positions(f"at {words} there")[0].radius_km for words in ("31.25N 34.28E", "31.2586N 34.2824E")]
    assert radii[0] > 50 * radii[1]
    assert mgrs_position("36R", "XV", "2258") is not None
    grids = [written_positions(f"grid {grid} there")[0].radius_km for grid in ("36RXV2258", "36RXV2209858970")]
    assert grids[0] > 40 * grids[1]


def test_a_short_plus_code_lies_by_its_town() -> None:
    (code, town) = find_places("The shell fell at 775J+CX Rafah in the Gaza Strip.")[:2]
    assert (code.place.text, town.place.text) == ("775J+CX", "Rafah")
    assert code.place.lat is not None
    assert code.place.lon is not None
    assert distance_km((code.place.lat, code.place.lon), RAFAH) < 0.05
    assert find_places("The shell fell at 775J+CX somewhere.") == ()


@given(st.floats(-79, 83), st.floats(-179, 179))
def test_any_position_is_read_back(lat: float, lon: float) -> None:
    text = f"coordinates {lat:.5f}, {lon:.5f}"
    found = written_positions(text)
    assert [one.at for one in found] == [(round(lat, 5) + 0.0, round(lon, 5) + 0.0)] or abs(lat) + abs(lon) < 1e-4


@given(st.text(alphabet="0123456789.,-+°NSEW'\"′″ RXVgeo:", max_size=60))
def test_no_text_fails_and_spans_are_apart(text: str) -> None:
    end = 0
    for one in written_positions(text):
        assert one.span[0] >= end
        assert abs(one.at[0]) <= 90
        assert abs(one.at[1]) <= 180
        assert one.radius_km > 0
        end = one.span[1]


def test_a_code_of_ten_letters_is_an_area_of_fourteen_metres() -> None:
    area = plus_code_area("8G3P775J+CX")
    assert area is not None
    assert area.degrees == 0.000125
