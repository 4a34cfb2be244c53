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
    "31,2586; 34,2824",
    "31,25861 / 34,28241",
    "31 15 31 N 034 16 57 E",
    "31-15-31N 034-16-57E",
    "311531N 0341657E",
    "31 15.52 N 34 16.94 E",
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
    "Order 18SUJ2348306479 was shipped.",
    "Invoice 18SUJ2348306479.",
    "Tracking number 36RXV2209858970 was lost.",
    "Serial no. 36RXV2209858970",
    "Plot 36R XV 2209 5897 was sold.",
    "Flight AF 36RXV 2209 was late.",
    "They paid (12.50, 13.75) each.",
    "Scores of (3.5, 4.25) and (2.5, 3.75) were given.",
    "They won 31,3402; 34,3063 votes.",
    "Prices were 31,34; 34,30 euros.",
    "It opened between 10 20 30 N 040 50 60 E.",
    "Call 31 20 24 034 18 22.",
    "At 12.30, 13.45 and 14.50 the sirens rang.",
    "The ratio (0.25, 0.75) held.",
    "The interval (1.25, 2.75) is wide.",
    "It closed at (3.50, 4.25) dollars.",
    "Odds at 1.85, 2.10 were offered.",
    "The index stood at 31.25, 34.28 on Monday.",
    "12,5000; 13,7500 people fled.",
    "Some 10,000; 20,000 fled; 31,340; 34,306 were displaced.",
    "Chapter 31 20 24 N of the code.",
    "Pages 31, 34; 35, 36.",
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


@pytest.mark.parametrize("written", ["(-12.5, 28.25)", "[-12.5, 28.25]"])
def test_a_pair_in_brackets_is_a_position_where_something_stood_at_it(written: str) -> None:
    (one,) = written_positions(f"Trucks at {written} were hit.")
    assert (one.at, one.doubtful) == ((-12.5, 28.25), False)


def test_a_pair_in_brackets_is_the_position_of_the_place_before_it_if_it_lies_there() -> None:
    near, far = "A grave near Nyala (12.05, 24.88), Sudan.", "A grave near Nyala (52.05, 14.88), Sudan."
    assert "12.05, 24.88" in [mention.place.text for mention in find_places(near)]
    assert [mention.place.precision for mention in find_places(far)] == ["town", "country"]
    assert "31.25, 34.5" not in [
        mention.place.text for mention in find_places("In Nyala Psalm (31.25, 34.5) was read.")
    ]


def test_a_grid_reference_is_told_to_be_where_something_is() -> None:
    for lead in ("The depot at", "Grid", "A strike on", "Location:", "They withdrew to"):
        assert len(written_positions(f"{lead} 36RXV2209858970.")) == 1


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


@pytest.mark.parametrize(
    "text", ["A shell fell at FVR8+4G Rafah on Monday.", "A shell fell at X8XM+22 Goma on Monday."]
)
def test_a_short_plus_code_far_from_its_town_is_none(text: str) -> None:
    assert [mention.place.precision for mention in find_places(text)] == ["town"]


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
