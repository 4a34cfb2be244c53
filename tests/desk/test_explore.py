"""Explore: what is shown is what the filters let through, sums are ranges, and what is shown is what downloads."""

import csv
import io
import json
import re

import pytest
from django.http import HttpResponseBase, QueryDict, StreamingHttpResponse

from ascertain.desk.selectors import mapped
from ascertain.desk.selectors.counting import by_days
from ascertain.desk.selectors.explore import explored, panels
from ascertain.desk.selectors.filters import SORTS, filters_of
from ascertain.desk.selectors.mapped import Cell, Disc, on_map
from ascertain.record.models import FigureRow, IncidentRow, Person, ReportRow, TraitRow
from ascertain.record.opening import Record
from ascertain.record.services import deciding
from ascertain.record.writing import writing
from ascertain.release.charts import Range

from .conftest import ClientOf

HOSTILE = "<script>alert(1)</script>\"'&"
pytestmark = pytest.mark.usefixtures("desk")


def ids() -> list[str]:
    return list(IncidentRow.objects.filter(gone=False).order_by("pk").values_list("pk", flat=True))


def shown(query: str) -> set[str]:
    return {row.id for row in explored(filters_of(QueryDict(query))).rows}


def text_of(response: HttpResponseBase) -> str:
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue().decode()


@pytest.fixture
def told(desk: Record) -> list[str]:  # noqa: ARG001 -- its record is the one that is open
    """The ids of three incidents that differ in all that can be filtered by."""
    found = ids()
    with writing():
        for at, pk in enumerate(found):
            IncidentRow.objects.filter(pk=pk).update(
                type=("attack", "armed_clash", "air_drone_strike")[at],
                grading=("fair", "weak", "contested")[at],
                country=("SD", "SD", "UA")[at],
                place=("Rafah", "El Fasher", HOSTILE)[at],
                start=(None, "2024-03-04", "2024-03-05")[at],
                end=(None, "2024-03-04", "2024-04-20")[at],
                lat=(10.0, 20.0, 50.0)[at],
                lon=(179.0, 30.0, -179.0)[at],
                killed_low=(None, 13, 2)[at],
                killed_best=(None, 15, 2)[at],
                killed_high=(None, 17, None)[at],
                sources=at + 1,
            )
            TraitRow.objects.create(incident_id=pk, kind="party", value=("army", "rebels", HOSTILE)[at])
        FigureRow.objects.create(incident_id=found[1], outcome="killed", group="children", low=1)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {0, 1, 2}),
        ("type=attack", {0}),
        ("type=attack&type=armed_clash", {0, 1}),
        ("type=nonsense", {0, 1, 2}),
        ("grading=contested", {2}),
        ("country=SD&grading=weak", {1}),
        ("place=Rafah", {0}),
        ("party=rebels", {1}),
        ("source=police", {0, 1, 2}),
        ("source=nobody", set()),
        ("from=2024-03-05", {2}),
        ("to=2024-03-04", {1}),
        ("from=2024-04-01&to=2024-04-02", {2}),
        ("bbox=25,15,35,25", {1}),
        ("bbox=170,-20,-170,60", {0, 2}),
        ("bbox=nan,0,1,1", {0, 1, 2}),
        ("q=market", {0, 1, 2}),
        ("q=earthquake", set()),
        ("page=99999999", {0, 1, 2}),
    ],
)
def test_a_filter_lets_through_what_it_says(told: list[str], query: str, expected: set[int]) -> None:
    assert shown(query) == {told[at] for at in expected}


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_all_and_the_unknown_last(told: list[str], sort: str) -> None:
    rows = explored(filters_of(QueryDict(f"sort={sort}"))).rows
    assert {row.id for row in rows} == set(told)
    if sort.removeprefix("-") in ("killed", "start"):
        assert rows[-1].id == told[0]


def test_a_sum_is_a_range_and_says_what_is_not_in_it(told: list[str]) -> None:
    found = explored(filters_of(QueryDict("")))
    assert found.all.range == Range(15, 17, 19, open=True)
    assert (found.all.incidents, found.all.untold) == (len(told), 1)
    assert found.over.undated.incidents == 1
    assert explored(filters_of(QueryDict("step=day"))).over.wide.incidents == 1


def test_each_incident_is_counted_once_over_time(told: list[str]) -> None:
    for step in ("day", "week", "month", "year"):
        over = explored(filters_of(QueryDict(f"step={step}"))).over
        counted = sum(bucket.incidents for bucket in over.buckets) + over.wide.incidents + over.undated.incidents
        assert counted == len(told)


@pytest.mark.usefixtures("told")
def test_those_who_are_counted_can_be_chosen() -> None:
    assert explored(filters_of(QueryDict("group=children"))).all.range == Range(1, None, None)
    assert explored(filters_of(QueryDict("outcome=injured"))).all.range.is_unknown


@pytest.mark.parametrize("by", ["place", "country", "type", "party", "group", "admin1"])
@pytest.mark.usefixtures("told")
def test_charts_side_by_side_are_of_one_length(by: str) -> None:
    found = panels(filters_of(QueryDict(f"by={by}&step=day")))
    assert found or by == "admin1"


def test_rejected_and_gone_incidents_are_not_shown(told: list[str]) -> None:
    with writing():
        IncidentRow.objects.filter(pk=told[0]).update(status="rejected")
        IncidentRow.objects.filter(pk=told[1]).update(gone=True)
    by_days(filters_of(QueryDict("")))
    assert shown("") == {told[2]}


def test_an_address_says_the_same_again() -> None:
    query = "q=a+b&type=attack&place=x&place=y&from=2024-01-01&bbox=1,2,3,4&group=children&sort=killed&page=3"
    filters = filters_of(QueryDict(query))
    assert filters_of(QueryDict(filters.query)) == filters
    assert filters_of(QueryDict("")).query == ""


def test_the_map_has_discs_and_where_they_are_many_cells(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    discs = on_map(filters_of(QueryDict("")))
    assert all(isinstance(disc, Disc) and disc.radius_km is not None for disc in discs)
    monkeypatch.setattr(mapped, "MOST_DISCS", 1)
    cells = [cell for cell in on_map(filters_of(QueryDict("sort=start"))) if isinstance(cell, Cell)]
    assert sum(cell.incidents for cell in cells) == len(discs) == len(told)
    assert all(cell.around.west <= cell.lon <= cell.around.east for cell in cells)


@pytest.mark.usefixtures("told")
def test_what_is_shown_is_what_downloads(client_of: ClientOf) -> None:
    client = client_of("reader")
    for query in ("", "?country=SD", "?q=earthquake"):
        rows = list(csv.DictReader(io.StringIO(text_of(client.get(f"/explore/incidents.csv{query}")))))
        features = json.loads(text_of(client.get(f"/explore/incidents.geojson{query}")))["features"]
        assert [row["id"] for row in rows] == [feature["id"] for feature in features]
        assert {row["id"] for row in rows} == shown(query.removeprefix("?"))


def test_a_sensitive_incident_is_in_no_file_and_that_is_told(told: list[str], client_of: ClientOf) -> None:
    with writing():
        IncidentRow.objects.filter(pk=told[1]).update(sensitivity="internal")
    client = client_of("reader")
    for form in ("csv", "geojson"):
        assert told[1] not in text_of(client.get(f"/explore/incidents.{form}"))
    assert "1 incident is marked as sensitive" in client.get("/explore/").content.decode()


def test_what_only_sensitive_reports_tell_is_in_no_file(told: list[str], client_of: ClientOf) -> None:
    first, second = (set(IncidentRow.objects.get(pk=id).held.values_list("report", flat=True)) for id in told[:2])
    with writing():
        ReportRow.objects.filter(pk__in=first).update(sensitivity="internal")
        ReportRow.objects.filter(pk=min(second)).update(sensitivity="partner" if len(second) > 1 else "")
    for form in ("csv", "geojson"):
        text = text_of(client_of("reader").get(f"/explore/incidents.{form}"))
        assert told[0] not in text
        assert told[1] in text


def test_what_rests_on_a_sensitive_report_in_part_is_in_files_as_the_others_tell_it(client_of: ClientOf) -> None:
    def in_files() -> list[tuple[str, object, object]]:
        client = client_of("reader")
        rows = list(csv.DictReader(io.StringIO(text_of(client.get("/explore/incidents.csv")))))
        features = json.loads(text_of(client.get("/explore/incidents.geojson")))["features"]
        told = [
            (each["id"], *(each["properties"][name] for name in ("high", "independent_sources"))) for each in features
        ]
        assert told == [(row["id"], int(row["high"]), int(row["independent_sources"])) for row in rows]
        return told

    first, second = (IncidentRow.objects.get(gone=False, held__report=id, held__claim="c1") for id in ("r1", "r2"))
    alone = next(row for row in in_files() if row[0] == first.pk)
    seen = tuple(deciding.Seen(row.pk, row.version) for row in (first, second))
    editor = Person.objects.get(username="editor")
    deciding.merge(person=editor, seen=seen)
    joined = IncidentRow.objects.get(gone=False, held__report="r1")
    assert (joined.pk, *alone[1:]) not in in_files()
    deciding.mark_report_sensitive(person=editor, report="r2", level="partner")
    assert (joined.pk, *alone[1:]) in in_files()
    joined.refresh_from_db()
    deciding.lock(person=editor, seen=deciding.Seen(joined.pk, joined.version))
    assert joined.pk not in {id for id, *_ in in_files()}


def test_a_text_that_looks_like_a_formula_is_none_in_a_file(told: list[str], client_of: ClientOf) -> None:
    with writing():
        IncidentRow.objects.filter(pk=told[0]).update(place="=1+1")
    assert ",'=1+1," in text_of(client_of("reader").get("/explore/incidents.csv"))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_text_becomes_markup(client_of: ClientOf, language: str) -> None:
    client = client_of("reader")
    client.cookies["ascertain_language"] = language
    query = {"q": HOSTILE, "place": HOSTILE, "party": HOSTILE, "source": HOSTILE}
    for path in ("/explore/", "/explore/multiples/", "/explore/multiples/?by=party", "/explore/suggestions/party/"):
        for data in ({}, query):
            page = client.get(path, data).content.decode()
            assert "<script>alert" not in page
            assert not re.search(r"\sstyle=|\son\w+=", page)


def test_the_page_tells_ranges_and_who_is_not_counted(client_of: ClientOf, told: list[str]) -> None:
    page = client_of("reader").get("/explore/").content.decode()
    for words in ("15 – 19 or more", "1 incident gives no number", "no number told", "13 – 17, best 15"):
        assert words in page
    assert all(f'data-place="{pk}"' in page for pk in told)


def test_a_change_of_filters_swaps_a_part(client_of: ClientOf) -> None:
    headers = {"HX-Request": "true", "HX-Target": "explored"}
    part = client_of("reader").get("/explore/", {"q": "earthquake"}, headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="explored"')
    assert "No incident fits these filters" in part


def test_only_known_files_are_given(client_of: ClientOf) -> None:
    client = client_of("reader")
    assert client.get("/explore/incidents.exe").status_code == 404
    assert client.get("/explore/suggestions/people/").status_code == 404
    assert client.post("/explore/").status_code == 405
