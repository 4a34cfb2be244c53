"""Which of several namesakes is meant is told by what a name is said to lie in: by polygons where they are loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ascertain.model import Place
from ascertain.places import find_places, locate
from ascertain.places.gazetteer import forget_opened
from ascertain.places.geometry import distance_km
from ascertain.places.library import add

from .made import collection, division, dump, dump_row, square

WEST, EAST = (18.05, 12.09), (18.05, 12.11)  # two villages named Mirzan, 2 km apart, on either side of a border


@pytest.fixture
def divisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three districts of 11 km side by side, with P-codes; Velmira has a town of its name."""
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    forget_opened()
    squares = {"Kelmadan": (18.0, 12.0), "Velmira": (18.0, 12.1), "Tolmarak": (18.1, 12.0)}
    features = [
        division({"ADM2_EN": name, "ADM2_PCODE": f"NE90{at}", "ADM0_PCODE": "NE"}, square(*corner, 0.1))
        for at, (name, corner) in enumerate(squares.items(), 10)
    ]
    add(str(collection(tmp_path, features)))
    rows = (
        dump_row(910000001, "Mirzan", *WEST, country="NE"),
        dump_row(910000002, "Mirzan", *EAST, country="NE"),
        dump_row(910000003, "Velmira", 18.02, 12.18, country="NE", population=5000),
    )
    add(str(dump(tmp_path, rows, "NE.txt")))
    yield
    forget_opened()


def at(place: Place) -> tuple[float | None, float | None]:
    return place.lat, place.lon


def the(text: str, words: str) -> Place:
    (place,) = (mention.place for mention in find_places(text) if mention.place.text == words)
    return place


@pytest.mark.usefixtures("divisions")
@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("Shells fell on Mirzan, Kelmadan district.", "Mirzan", WEST),
        ("Shells fell on Mirzan in Velmira district.", "Mirzan", EAST),
        ("Shells fell on Mirzan, Velmira.", "Mirzan", EAST),
        ("Raiders burned Mirzan village in Kelmadan.", "Mirzan village", WEST),
        ("Raiders burned Mirzan village, a settlement in the Velmira district of Niger.", "Mirzan village", EAST),
        ("Ten died in Mirzan (Kelmadan).", "Mirzan", WEST),
        ("Ten died in Kelmadan's Mirzan village.", "Mirzan village", WEST),
    ],
)
def test_of_two_namesakes_the_one_inside_the_polygon_is_meant(text: str, words: str, spot: tuple[float, float]) -> None:
    place = the(text, words)
    assert place.lat is not None
    assert place.lon is not None
    assert distance_km((place.lat, place.lon), spot) < 1


@pytest.mark.usefixtures("divisions")
@pytest.mark.parametrize("text", ["Raiders burned Dokwa village, Tolmarak district.", "Ten died at Dokwa in Tolmarak."])
def test_an_unknown_place_lies_somewhere_in_the_polygon_of_what_it_is_in(text: str) -> None:
    place = next(mention.place for mention in find_places(text) if mention.place.text.startswith("Dokwa"))
    assert at(place) == (18.15, 12.05)
    assert place.radius_km is not None
    corner = distance_km((18.15, 12.05), (18.1, 12.0))
    assert corner <= place.radius_km <= 2 * corner


@pytest.mark.usefixtures("divisions")
def test_an_unknown_place_in_an_unknown_one_lies_in_what_that_is_in() -> None:
    place = the("Raiders burned Dokwa quarter, Sarwe village, Tolmarak district.", "Dokwa quarter")
    assert at(place) == (18.15, 12.05)


@pytest.mark.parametrize(
    ("text", "name", "country", "spot"),
    [
        ("Shells fell on Athens, Georgia.", "Athens", "US", (33.96, -83.38)),
        ("A patrol was hit in Jinotega, Nicaragua.", "Jinotega", "NI", (13.09, -86.0)),
        ("Police found nine bodies in Monterrey, Mexico.", "Monterrey", "MX", (25.68, -100.32)),
        ("Rebels entered Quezaltepeque, La Libertad, in El Salvador.", "Quezaltepeque", "SV", (13.83, -89.27)),
        ("A bomb went off in Si Sakhon, Narathiwat.", "Si Sakhon", "TH", (6.23, 101.5)),
    ],
)
def test_without_polygons_divisions_and_distance_tell(
    text: str, name: str, country: str, spot: tuple[float, float]
) -> None:
    place = the(text, name)
    assert place.country == country
    assert place.lat is not None
    assert place.lon is not None
    assert distance_km((place.lat, place.lon), spot) < 10


def test_what_holds_a_town_is_the_division_where_the_town_of_that_name_does_not() -> None:
    assert the("Rebels entered Quezaltepeque, La Libertad.", "La Libertad").precision == "region"
    text = "Rebels entered Quezaltepeque, La Libertad."
    town, division = locate(text, [(15, 28), (30, 41)])
    assert (town.country, division.precision) == ("SV", "region")


def test_a_short_form_of_a_state_begins_no_name() -> None:
    assert "La" not in {mention.place.text for mention in find_places("A raid on Chilanga, La Libertad, failed.")}
