from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents import build
from ascertain.model import Attribution, EventClaim, Reading, ReportHeader, TollClaim

from .made import DJIBO, claims, event, figure, on, reading

TOLL = figure("300 people", 300, 300)


@pytest.mark.parametrize("modality", ["denied", "planned", "threatened", "hypothetical"])
def test_what_did_not_happen_is_no_incident(modality: str) -> None:
    assert tuple(build([reading("r1", event(modality=modality))])) == ()


@pytest.mark.parametrize("modality", ["asserted", "alleged"])
def test_what_is_said_to_have_happened_is_an_incident(modality: str) -> None:
    assert len(tuple(build([reading("r1", event(modality=modality))]))) == 1


def test_a_toll_is_no_incident() -> None:
    toll = TollClaim(id="c1", evidence=((0, 10),), figures=(TOLL,))
    assert tuple(build([Reading(report=ReportHeader(id="r1"), claims=(toll,))])) == ()


def test_claims_that_name_one_event_are_one_incident() -> None:
    found = build([reading("r1", event(id="c1"), event(id="c2"), event(id="c3", event="e2"))])
    assert sorted(incident.claims for incident in found) == [("r1/c1", "r1/c2"), ("r1/c3",)]


def test_each_report_has_one_main_incident() -> None:
    found = build(
        [reading("r1", event(id="c1"), event(figure("two men", 2, 2), id="c2", event="e2", evidence=((300, 310),)))]
    )
    assert [incident.claims for incident in found if incident.primary_for] == [("r1/c2",)]


def test_reports_that_agree_on_day_place_kind_and_count_are_one_incident() -> None:
    told = event(figure("nine people", 9, 9), when=on("2024-03-01"), where=DJIBO)
    found = build([reading("r1", told), reading("r2", told)])
    assert [(incident.reports, incident.primary_for) for incident in found] == [(("r1", "r2"), ("r1", "r2"))]


@pytest.mark.parametrize(
    "other",
    [
        event(figure("two people", 2, 2), when=on("2024-03-04"), where=DJIBO),
        event(figure("sixty people", 60, 60), when=on("2024-03-02"), where=DJIBO),
        event(figure("nine people", 9, 9), when=on("2024-03-01")),
        event(figure("nine people", 9, 9), where=DJIBO),
    ],
)
def test_reports_that_differ_or_say_too_little_stay_apart(other: EventClaim) -> None:
    told = event(figure("nine people", 9, 9), when=on("2024-03-01"), where=DJIBO)
    assert len(tuple(build([reading("r1", told), reading("r2", other)]))) == 2


def test_apart_keeps_each_reports_incidents_to_itself() -> None:
    told = event(figure("nine people", 9, 9), when=on("2024-03-01"), where=DJIBO)
    assert [i.reports for i in build([reading("r1", told), reading("r2", told)], apart=True)] != [("r1", "r2")]
    assert len(tuple(build([reading("r1", told), reading("r2", told)], apart=True))) == 2


def test_sources_counts_each_speaker_once() -> None:
    police = Attribution(text="police", span=(0, 6), kind="official")
    medics = Attribution(text="medics", span=(0, 6), kind="medical")
    told = [event(id="c1", said_by=(police,)), event(id="c2", said_by=(medics,)), event(id="c3", said_by=(police,))]
    (incident,) = build([reading("r1", *told)])
    assert (incident.sources, incident.grading) == (2, "fair")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(claims(), max_size=3), max_size=4), st.randoms())
def test_the_order_of_reports_does_not_matter(told: list[list[EventClaim]], random: object) -> None:
    readings = [reading(f"r{n}", *distinct(group)) for n, group in enumerate(told)]
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tuple(build(readings)) == tuple(build(shuffled))


@settings(max_examples=25, deadline=None)
@given(st.lists(claims(), max_size=4))
def test_every_claim_that_happened_is_in_one_incident(told: list[EventClaim]) -> None:
    claims_in = [claim for incident in build([reading("r1", *distinct(told))]) for claim in incident.claims]
    assert sorted(claims_in) == sorted(f"r1/{claim.id}" for claim in distinct(told))


def distinct(told: list[EventClaim]) -> list[EventClaim]:
    return [claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(told, 1)]
