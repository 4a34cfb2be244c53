"""Laws of all series: order does not matter, a copy adds nothing, each claim stands in exactly one."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.incidents.made_series import DAYS, condition, negotiation, reading, readings, toll

from ascertain.incidents.series import Series, gather
from ascertain.model import Attribution, Claim, Reading, ReportHeader, Round, TollClaim


class Copies:
    """A lineage in which reports named `copy of …` are copies."""

    def origin(self, report_id: str) -> str:
        return report_id.removeprefix("copy of ")

    def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
        return tuple(said.text for said in claim.said_by) or (f"report {self.origin(report_id)}",)


def lines(series: Series) -> list[str]:
    kinds = (series.tolls(), series.conditions(), series.negotiations())
    return [line.model_dump_json() for kind in kinds for line in kind]


def values(series: Series) -> list[object]:
    """What the series say, without which claims and reports say so."""
    tolls = [
        (t.id, [(p.date, p.low, p.high, p.counted, p.revised_down, p.growth) for p in t.points]) for t in series.tolls()
    ]
    weeks = [(w.id, w.week, w.severities, w.worst, w.sources) for w in series.conditions()]
    talks = [
        (n.id, n.status, n.status_on, n.sources, [i.text for i in n.issues], list(map(round_value, n.rounds)))
        for n in series.negotiations()
    ]
    return [tolls, weeks, talks]


def round_value(told: Round) -> object:
    return told.date, told.places, told.mediators, [(s.status, s.sources) for s in told.statuses]


@given(readings, st.randoms())
def test_the_order_of_the_readings_does_not_matter(told: list[Reading], random: Random) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)
    assert lines(gather(told)) == lines(gather(shuffled))


@given(readings, st.data())
def test_a_copy_of_a_report_adds_no_point_and_no_source(told: list[Reading], data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(told))
    days = [day for day in DAYS if first.report.published is None or day >= first.report.published]
    later = first.report.published and data.draw(st.sampled_from(days))
    copy = first.model_copy(
        update={
            "report": first.report.model_copy(
                update={"id": f"copy of {first.report.id}", "published": later, "publisher": "Another Press"}
            )
        }
    )
    assert values(gather([*told, copy], Copies())) == values(gather(told, Copies()))


@given(readings)
def test_each_claim_is_in_exactly_one_series(told: list[Reading]) -> None:
    series = gather(told)
    for kind, found in (
        ("condition", [c.claim for week in series.conditions() for c in week.claims]),
        ("negotiation", [claim for talks in series.negotiations() for claim in talks.claims]),
        ("negotiation", [c.claim for talks in series.negotiations() for day in talks.rounds for c in day.claims]),
    ):
        assert sorted(found) == sorted(f"{r.report.id}/{c.id}" for r in told for c in r.claims if c.kind == kind)


@given(readings)
def test_each_count_of_a_toll_is_in_exactly_one_series(told: list[Reading]) -> None:
    found = [
        (claim, toll.outcome, toll.group)
        for toll in gather(told).tolls()
        for claim in {claim.claim for point in toll.points for claim in point.claims}
    ]
    expected = {
        (f"{r.report.id}/{c.id}", figure.outcome, figure.group)
        for r in told
        for c in r.claims
        if isinstance(c, TollClaim)
        for figure in c.figures
    }
    assert sorted(found) == sorted(expected)


def test_readings_may_be_added_bit_by_bit() -> None:
    first = reading("r1", toll(5, 5, when=dt.date(2024, 6, 1)), published=dt.date(2024, 6, 1))
    second = reading("r2", toll(8, 8, when=dt.date(2024, 6, 9)), published=dt.date(2024, 6, 9))
    series = gather([first])
    assert [len(toll.points) for toll in series.tolls()] == [1]
    series.add(second)
    assert lines(series) == lines(gather([second, first]))


def test_a_report_without_these_claims_adds_nothing() -> None:
    assert lines(gather([Reading(report=ReportHeader(id="r1"))])) == []


def test_the_ids_of_a_series_stay_as_it_grows() -> None:
    june, july = dt.date(2024, 6, 1), dt.date(2024, 7, 1)
    first = reading("r1", toll(5, 5), condition("food"), negotiation("ongoing", "a", "b"), published=june)
    later = reading("r2", toll(9, 9), condition("food"), negotiation("agreed", "a", "b"), published=july)
    one, both = gather([first]), gather([first, later])
    assert [t.id for t in one.tolls()] == [t.id for t in both.tolls()]
    assert next(c.id for c in one.conditions()) in [c.id for c in both.conditions()]
    assert [n.id for n in one.negotiations()] == [n.id for n in both.negotiations()]


def test_a_speaker_whom_two_reports_name_is_one_source() -> None:
    said = (Attribution(text="the Red Crescent", span=(0, 16), kind="aid_agency"),)
    two = [reading(report, condition("water", said_by=said), published=DAYS[0]) for report in ("r1", "r2")]
    (week,) = gather(two).conditions()
    assert (week.sources, week.reports) == (1, ("r1", "r2"))
