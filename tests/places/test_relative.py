"""Places told by way of others: where they are put, and that the radius covers what the words may mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.model import Place
from ascertain.places import find_places, open_gazetteer
from ascertain.places.gazetteer import forget_opened
from ascertain.places.geometry import distance_km
from ascertain.places.library import add
from ascertain.places.parts import edge, half
from ascertain.places.relative import offset_after
from ascertain.places.shapes import Shape, contains

from .made import collection, division, square

SQUARE: Shape = (
    tuple(tuple((lat, lon) for lon, lat in ring) for ring in (square(10.0, 20.0, 1.0),)),
)  # a degree on each side


@pytest.fixture
def zedland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two made-up neighbours, Qarnabad in the west and Velmira in the east, side by side."""
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    forget_opened()
    west = {"ADM1_EN": "Qarnabad", "ADM1_PCODE": "NE90", "ADM0_PCODE": "NE"}
    east = {"ADM1_EN": "Velmira", "ADM1_PCODE": "TD90", "ADM0_PCODE": "TD"}
    features = (division(west, square(18.0, 12.0, 1.0)), division(east, square(18.0, 13.0, 1.0)))
    add(str(collection(tmp_path, features)))
    yield
    forget_opened()


def told(text: str, words: str) -> Place:
    """The place that a text tells in these words."""
    (place,) = (mention.place for mention in find_places(text) if mention.place.text == words)
    return place


def covers(place: Place, spot: tuple[float, float]) -> bool:
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_km is not None
    return distance_km((place.lat, place.lon), spot) <= place.radius_km


@pytest.mark.usefixtures("zedland")
def test_a_part_of_a_division_is_that_half_of_its_polygon() -> None:
    place = told("Rebels raided northwestern Qarnabad on Monday.", "northwestern Qarnabad")
    assert place.lat is not None
    assert place.lon is not None
    assert place.lat > 18.5 > 18.0
    assert place.lon < 12.5
    assert all(covers(place, spot) for spot in ((18.99, 12.01), (18.6, 12.3), (18.9, 12.8), (18.2, 12.1)))
    assert not covers(place, (18.0, 13.0))
    assert open_gazetteer().contains("pcode:NE90", (place.lat, place.lon))


@pytest.mark.usefixtures("zedland")
def test_near_a_border_is_the_edge_that_two_polygons_share() -> None:
    place = told("Two died in Qarnabad near the border with Velmira.", "near the border with Velmira")
    assert place.lon is not None
    assert abs(place.lon - 13.0) < 0.05
    assert all(covers(place, spot) for spot in ((18.01, 13.0), (18.99, 13.0), (18.5, 12.95)))
    assert place.country == "NE"
    assert place.radius_km is not None
    assert place.radius_km < 100


@pytest.mark.usefixtures("zedland")
def test_the_border_of_two_is_the_edge_that_they_share() -> None:
    place = told("Smugglers were shot at the Qarnabad-Velmira border.", "Qarnabad-Velmira border")
    assert place.lon is not None
    assert abs(place.lon - 13.0) < 0.05
    assert covers(place, (18.1, 13.0))


@given(st.sampled_from(range(0, 360, 45)))
def test_the_half_of_a_polygon_lies_in_it_and_is_covered(bearing: int) -> None:
    at, radius = half(SQUARE, float(bearing))
    assert contains(SQUARE, at)
    opposite, other = half(SQUARE, float((bearing + 180) % 360))
    assert at != opposite
    assert distance_km(at, opposite) <= radius + other + 1


def test_the_edge_of_a_polygon_faces_what_it_is_told_by() -> None:
    at, radius = edge(SQUARE, None, (10.5, 40.0))
    assert at[1] == pytest.approx(21.0, abs=0.01)
    assert radius == pytest.approx(56, abs=8)


@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("Ten died near the border with Egypt in the Gaza Strip.", "near the border with Egypt", (31.24, 34.27)),
        (
            "Ten died on the road from Djibo to Bourzanga in Burkina Faso.",
            "the road from Djibo to Bourzanga",
            (13.89, -1.59),
        ),
        ("A truck hit a mine on the Djibo–Bourzanga road.", "Djibo–Bourzanga road", (13.95, -1.61)),
        ("Gunmen held the Kabul-Kandahar highway in Afghanistan.", "Kabul-Kandahar highway", (32.9, 67.7)),
        ("Rebels cut the road linking Djibo with Bourzanga.", "the road linking Djibo with Bourzanga", (14.05, -1.62)),
        ("Gunmen struck between Djibo and Namssiguia.", "between Djibo and Namssiguia", (14.03, -1.62)),
        (
            "Soldiers were shot 10 km south of Koutougou, in Soum province, Burkina Faso.",
            "10 km south of Koutougou",
            (14.13, -1.15),
        ),
        ("Shells hit eastern Gaza City.", "eastern Gaza City", (31.51, 34.49)),
        ("A strike hit the outskirts of Aleppo in Syria.", "the outskirts of Aleppo", (36.12, 37.2)),
        ("Jets bombed the southern suburbs of Beirut.", "the southern suburbs of Beirut", (33.85, 35.51)),
        ("A ship was hit off the coast of Hodeidah, Yemen.", "off the coast of Hodeidah", (14.8, 42.75)),
        ("Shells fell in the north of Goma.", "the north of Goma", (-1.64, 29.23)),
    ],
)
def test_the_radius_covers_what_the_words_may_mean(text: str, words: str, spot: tuple[float, float]) -> None:
    place = told(text, words)
    assert place.id is None
    assert covers(place, spot)


def test_an_unknown_anchor_has_the_position_of_what_it_lies_in_and_a_larger_radius() -> None:
    text = "Soldiers were shot 10 km south of Koutougou, in Soum province, Burkina Faso."
    place, province = told(text, "10 km south of Koutougou"), told(text, "Soum province")
    assert (place.lat, place.lon, place.country) == (province.lat, province.lon, "BF")
    assert place.radius_km is not None
    assert province.radius_km is not None
    assert place.radius_km >= province.radius_km + 10


def test_an_unknown_anchor_in_a_country_alone_keeps_its_words() -> None:
    place = told("Soldiers were shot 10 km south of Koutougou in Burkina Faso.", "10 km south of Koutougou")
    assert (place.lat, place.country) == (None, "BF")


def test_a_town_said_to_lie_near_a_border_is_where_it_is() -> None:
    text = "They clashed in Fada N'Gourma, near the border with Niger."
    town, near = told(text, "Fada N'Gourma"), told(text, "near the border with Niger")
    assert (near.lat, near.lon, near.country) == (town.lat, town.lon, "BF")


def test_the_country_beyond_a_border_is_not_whose_the_place_is() -> None:
    assert told("Clashes broke out along the border with Egypt in Rafah.", "Rafah").country == "PS"


@pytest.mark.parametrize(
    "text", ["Fighting between Ukraine and Russia went on.", "Talks between Hamas and Israel failed."]
)
def test_what_is_between_two_states_is_no_place(text: str) -> None:
    assert not any(mention.place.text.startswith("between") for mention in find_places(text))


def test_a_journey_is_no_road() -> None:
    assert [mention.place.text for mention in find_places("They walked from Djibo to Bourzanga.")] == [
        "Djibo",
        "Bourzanga",
    ]


@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("A boat sank off the Libyan coast.", "off the Libyan coast", (32.9, 13.3)),
        ("Ten died 12 km off the Yemeni coast.", "12 km off the Yemeni coast", (14.8, 42.8)),
        ("Jets bombed Beirut's southern suburbs on Friday.", "Beirut's southern suburbs", (33.85, 35.51)),
        ("Fighting went on in Aleppo's western outskirts.", "Aleppo's western outskirts", (36.2, 37.05)),
        ("Clashes broke out along the Lebanese-Syrian border.", "Lebanese-Syrian border", (34.3, 36.4)),
        ("Clashes broke out on the Thai-Cambodian border.", "Thai-Cambodian border", (14.4, 104.0)),
        ("Rockets landed near the Sudanese border in Chad.", "near the Sudanese border", (13.5, 22.3)),
        ("Colombia moved troops to the Venezuelan border.", "the Venezuelan border", (7.8, -72.4)),
        ("Guards fired across Poland's eastern border.", "Poland's eastern border", (52.1, 23.6)),
    ],
)
def test_a_border_or_coast_is_told_by_its_people_or_its_owner(text: str, words: str, spot: tuple[float, float]) -> None:
    place = told(text, words)
    assert place.id is None
    assert covers(place, spot)


def test_the_people_beyond_a_border_are_not_whose_the_place_is() -> None:
    assert told("Smugglers were shot in Rafah near the Egyptian border.", "Rafah").country == "PS"


@pytest.mark.parametrize(
    "text",
    [
        "Egyptian border guards shot two men.",
        "The Libyan coast guard fired.",
        "Shells fell in the Ukrainian-held part of a town.",
        "Turkish border police and Iraqi officials met.",
    ],
)
def test_a_people_and_what_serves_it_are_no_place(text: str) -> None:
    assert find_places(text) == ()


@pytest.mark.parametrize("far", ["several km", "one and a half miles", "a few kilometres", "countless miles"])
def test_a_distance_without_a_number_is_none(far: str) -> None:
    text = f"Troops camped {far} from the Colombian border."
    at = text.index("Colombian")
    shift = offset_after(text, at, at + len("Colombian"), demonym=True)
    assert shift is not None
    assert shift.km is None
