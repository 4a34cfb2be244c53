from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents import build
from ascertain.model import Attribution, EventClaim, Incident, Passage, Reading, ReportHeader, TollClaim

from .linking.records import WORDS, copy_of, place, readings, strike, told
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


@settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(claims(), max_size=3), max_size=4), st.randoms())
def test_the_order_of_reports_does_not_matter(told: list[list[EventClaim]], random: Random) -> None:
    readings = [reading(f"r{n}", *distinct(group)) for n, group in enumerate(told)]
    shuffled = list(readings)
    random.shuffle(shuffled)
    assert tuple(build(readings)) == tuple(build(shuffled))


@settings(max_examples=10, deadline=None)
@given(st.lists(claims(), max_size=4))
def test_every_claim_that_happened_is_in_one_incident(told: list[EventClaim]) -> None:
    claims_in = [claim for incident in build([reading("r1", *distinct(told))]) for claim in incident.claims]
    assert sorted(claims_in) == sorted(f"r1/{claim.id}" for claim in distinct(told))


def distinct(told: list[EventClaim]) -> list[EventClaim]:
    return [claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(told, 1)]


# --- laws over reports that tell of the same and of other things -----------------------------------------------------

ASHA, BEL = place(15.0, 30.0), place(18.0, 33.0, name="Bel")


@settings(max_examples=6, deadline=None)
@given(readings(), st.randoms(use_true_random=False))
def test_the_order_of_reports_that_may_be_one_does_not_matter(record: list[Reading], random: Random) -> None:
    shuffled = random.sample(record, len(record))
    assert tuple(build(record)) == tuple(build(shuffled))


@settings(max_examples=6, deadline=None)
@given(readings())
def test_bounds_lie_around_the_best_figure_and_sources_are_reports_at_most(record: list[Reading]) -> None:
    for incident in build(record):
        for told_ in incident.figures:
            known = [bound for bound in (told_.low, told_.best, told_.high) if bound is not None]
            assert known == sorted(known)
        assert 1 <= incident.sources <= len(incident.reports)
        assert len(set(incident.reports)) == len(incident.reports)


@settings(max_examples=6, deadline=None)
@given(readings())
def test_each_claimed_event_of_a_record_is_in_one_incident(record: list[Reading]) -> None:
    found = [claim for incident in build(record) for claim in incident.claims]
    assert sorted(found) == sorted(f"{each.report.id}/{claim.id}" for each in record for claim in each.claims)


def two_strikes() -> list[Reading]:
    """Two strikes, far apart, each told by two reports."""
    return [
        told("r1", strike("2024-03-01", ASHA, 12), words=WORDS, published="2024-03-02"),
        told("r2", strike("2024-03-01", ASHA, 14), words=[*WORDS[:6], "kiln", "weir"], published="2024-03-03"),
        told("r3", strike("2024-05-05", BEL, 3), words=["lodge", "plum", "quarry", "silo"], published="2024-05-06"),
        told("r4", strike("2024-05-05", BEL), words=["lodge", "plum", "quarry", "reed"], published="2024-05-06"),
    ]


def counted(incidents: Sequence[Incident], copies: Sequence[str]) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Figures, sources and grade of each incident, by its claims but those of the copies."""
    return {
        tuple(claim for claim in each.claims if claim.split("/")[0] not in copies): (
            each.figures,
            each.sources,
            each.grading,
        )
        for each in incidents
    }


@pytest.mark.parametrize("copied", [["r1"], ["r2"], ["r3"], ["r4"], ["r1"] * 6, ["r1", "r2", "r3", "r4"]])
def test_a_copy_of_a_report_changes_no_figure_and_no_sources(copied: list[str]) -> None:
    record = two_strikes()
    before = tuple(build(record))
    assert [incident.reports for incident in before] == [("r1", "r2"), ("r3", "r4")]
    copies = [copy_of(each, f"x{n}") for n, id in enumerate(copied) for each in record if each.report.id == id]
    after = tuple(build([*copies, *record]))
    assert counted(after, [each.report.id for each in copies]) == counted(before, [])
    assert sum(len(incident.reports) for incident in after) == len(record) + len(copies)


def two_in_one_street(id: str, *, first: int = 12, then: int = 4) -> Reading:
    """A report of two strikes on one street and day, one after the other."""
    street = ASHA.model_copy(update={"text": "Weir Street", "precision": "neighbourhood", "radius_km": 1.0})
    dead = {"c1": (first, 0), "c2": (then, 50)}
    claims = [
        strike("2024-03-01", street, killed, id=claim, event_id=claim, evidence=((at, at + 50),))
        for claim, (killed, at) in dead.items()
    ]
    return told(id, *claims, words=WORDS, published="2024-03-02")


def test_two_strikes_in_one_street_on_one_day_told_apart_by_one_report_are_two() -> None:
    second = told("r2", two_in_one_street("r2").claims[0], words=WORDS[:5], published="2024-03-02")
    found = tuple(build([two_in_one_street("r1"), second]))
    assert [incident.claims for incident in found] == [("r1/c1", "r2/c1"), ("r1/c2",)]


def test_reports_that_tell_two_strikes_apart_agree_on_which_is_which() -> None:
    found = tuple(build([two_in_one_street(f"r{n}") for n in range(4)]))
    assert [incident.claims for incident in found] == [tuple(f"r{n}/c{k}" for n in range(4)) for k in (1, 2)]
    assert [[f.best for f in incident.figures] for incident in found] == [[12], [4]]


def test_twenty_reports_of_one_strike_are_one_incident_with_its_sources() -> None:
    record = [
        told(
            f"r{n:02}",
            strike("2024-03-01", ASHA, 12 if n % 3 else 13),
            words=[*WORDS[n % 4 : n % 4 + 6], *(f"own{n}x{k}" for k in range(6))],
            published="2024-03-02",
            publisher=f"Paper {n}",
        )
        for n in range(20)
    ]
    (incident,) = build(record)
    assert (len(incident.reports), incident.sources) == (20, 20)
    (again,) = build([*record, *(copy_of(each, f"x{n}") for n, each in enumerate(record[:5]))])
    assert (len(again.reports), again.sources, again.figures) == (25, 20, incident.figures)


def test_a_toll_beside_an_event_is_in_no_incident() -> None:
    toll = TollClaim(id="c2", evidence=((0, 10),), figures=(TOLL,))
    record = [told(f"r{n}", strike("2024-03-01", ASHA, 12), toll, words=WORDS) for n in range(2)]
    (incident,) = build(record)
    assert incident.claims == ("r0/c1", "r1/c1")
    assert [f.best for f in incident.figures] == [12]


def test_tolls_that_several_reports_tell_are_in_no_incident() -> None:
    toll = TollClaim(id="c1", evidence=((0, 10),), figures=(TOLL,))
    record = [told(f"r{n}", toll, words=WORDS) for n in range(3)]
    assert [(incident.claims, incident.figures) for incident in build(record) if incident.claims] == []
    assert [incident.figures for incident in build(record) if incident.figures] == []


def test_reports_without_claims_that_tell_one_story_are_an_incident_without_claims() -> None:
    record = [told("r1", words=WORDS), told("r2", words=[*WORDS[:8], "kiln"]), told("r3", words=["reed"] * 1)]
    (incident,) = build(record)
    assert (incident.type, incident.acled, incident.claims, incident.figures) == ("other", None, (), ())
    assert (incident.reports, incident.primary_for) == (("r1", "r2"), ("r1", "r2"))
    assert (incident.when, incident.where) == (None, None)
    assert (incident.sources, incident.grading) == (2, "weak")
    assert incident.evidence == (Passage(report="r1", span=(0, 100)), Passage(report="r2", span=(0, 90)))


def test_copies_of_one_report_without_claims_are_no_incident() -> None:
    alone = told("r1", words=WORDS)
    assert tuple(build([alone, copy_of(alone, "x1"), copy_of(alone, "x2")])) == ()


def test_a_report_without_claims_and_without_words_to_show_is_in_no_incident() -> None:
    bare = [told(f"r{n}", words=WORDS[n:]) for n in range(2)]
    hidden = []
    for each in bare:
        assert each.sketch is not None
        hidden.append(each.model_copy(update={"sketch": each.sketch.model_copy(update={"opening": None})}))
    assert tuple(build(hidden)) == ()


@settings(max_examples=6, deadline=None)
@given(readings())
def test_each_report_of_an_incident_has_claims_or_a_passage_that_shows_it(record: list[Reading]) -> None:
    for incident in build(record):
        claiming = {claim.rpartition("/")[0] for claim in incident.claims}
        shown = {passage.report for passage in incident.evidence}
        assert claiming | shown == {*incident.reports}
        assert not claiming & shown


@settings(max_examples=10, deadline=None)
@given(readings(), st.booleans())
def test_sources_and_grade_agree(record: list[Reading], apart: bool) -> None:
    for incident in build(record, apart=apart):
        assert (incident.sources == 1) == (incident.grading == "single_source")


def test_one_report_without_claims_is_no_incident() -> None:
    assert tuple(build([told("r1", words=WORDS)])) == ()
    assert tuple(build([told("r1", words=WORDS), told("r2", words=["kiln", "weir", "lodge", "plum"])])) == ()


def test_a_report_without_claims_joins_what_others_claim() -> None:
    claimed = told("r1", strike("2024-03-01", ASHA, 12), words=WORDS, published="2024-03-02")
    (incident,) = build([claimed, told("r2", words=WORDS, published="2024-03-02")])
    assert (incident.type, incident.reports, incident.claims) == ("air_drone_strike", ("r1", "r2"), ("r1/c1",))
    assert (incident.sources, incident.grading) == (1, "single_source")


def test_an_iterator_of_readings_is_kept_whole() -> None:
    record = two_strikes()
    assert tuple(build(iter(record))) == tuple(build(record))


def test_the_model_by_which_it_was_linked_is_told() -> None:
    models: list[object] = []
    tuple(build(two_strikes(), on_model=models.append))
    assert len(models) == 1
