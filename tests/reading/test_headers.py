"""The day and the place that open a note."""

from __future__ import annotations

import datetime as dt

import pytest

from ascertain.actors import find_parties
from ascertain.model import Report
from ascertain.places import find_places
from ascertain.reading import read_report
from ascertain.reading.headers import Header, headers
from ascertain.times import find_times

PUBLISHED = dt.date(2004, 6, 1)


def read(text: str) -> list[Header]:
    return headers(text, find_times(text, PUBLISHED), find_places(text), find_parties(text), PUBLISHED)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Drenova Peak, 28 May: two herders shot.", "Drenova Peak"),
        ("14/3/99, Drenova Glava: mortar fire, no casualties.", "Drenova Glava"),
        ("3 Aug 2003 - Nizi tsp. Militia burned 40 huts.", "Nizi tsp"),
        ("Kolwane, 1.10.01: aircraft dropped four bombs.", "Kolwane"),
        ("Feb 19, Kolwane. Ex-soldiers came over the bridge.", "Kolwane"),
    ],
)
def test_a_name_beside_a_day_is_the_place_of_a_note(text: str, name: str) -> None:
    (header,) = read(text)
    assert [place.place.text for place in header.places] == [name]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kolwane, 13/05: huts burned.", dt.date(2004, 5, 13)),
        ("Kolwane, 21.11: huts burned.", dt.date(2003, 11, 21)),
        ("Kolwane, 2-V-2002. Huts burned.", dt.date(2002, 5, 2)),
        ("Kolwane, night of 11/12: huts burned.", dt.date(2003, 12, 11)),
    ],
)
def test_figures_beside_a_name_are_a_day(text: str, day: dt.date) -> None:
    (header,) = read(text)
    assert [time.start for time in header.times] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "KOLWANE, May 3 (Agency) — Two men were shot.",
        "Kolwane fell on Tuesday.",
        "Sitrep, 3 May 2004: 2 incidents.",
        "Rebels shot two men in Kolwane.",
    ],
)
def test_a_dateline_and_plain_words_are_no_header(text: str) -> None:
    assert not any(header.places for header in read(text))


def test_a_header_says_when_and_where_of_what_follows() -> None:
    text = "Kolwane, 13/05: rebels burned 40 huts. A second band shot three farmers at the well."
    claims = read_report(Report(id="n", text=text, published=PUBLISHED)).claims
    assert claims
    assert {(c.where.text, str(c.when.start)) for c in claims if c.where and c.when} == {("Kolwane", "2004-05-13")}


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("12.7.10: Two gangs trade fire at Keshpur, one man killed.", "2010-07-12"),
        ("On 12 May 2019, at Tongo in Niger, two groups of herders fell out. 5 fatalities.", "2019-05-12"),
        ("20 Jan 2017: militia surrounds Lungudi. 20 villagers hacked to death.", "2017-01-20"),
    ],
)
def test_a_day_that_opens_a_note_holds_for_all_of_it(note: str, day: str) -> None:
    claims = read_report(Report(id="note", text=note)).claims
    assert {str(claim.when.start) for claim in claims if claim.kind == "event" and claim.when} == {day}
