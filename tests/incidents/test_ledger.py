from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.incidents.entries import Entry
from ascertain.incidents.events import Event
from ascertain.incidents.ledger import ledger
from ascertain.incidents.voices import Apart
from ascertain.model import Claim, TollClaim

from .told import Copies, copied, figures, incidents, report, says

MINISTRY = "health ministry/medical"


def states(*events: Event, of: dict[str, str] | None = None, group: str = "people") -> dict[str, str]:
    """The state of each entry by its words."""
    found = ledger(events, Copies(of) if of else Apart())
    return {f"{entry.report} {entry.text}": entry.state for entry in found if entry.group == group}


def entry(event: Event, group: str = "people") -> Entry:
    """The first entry of the group."""
    return next(e for e in ledger([event], Apart()) if e.group == group)


def test_an_entry_tells_who_said_what_when_and_where_in_the_text() -> None:
    found = entry(report("r1", 2, says("medics/medical + mayor/official", "killed: at least 13 people")))
    assert (found.report, found.claim, found.published) == ("r1", "r1/c1", dt.date(2024, 3, 2))
    assert (found.low, found.high, found.text, found.precision) == (13, None, "at least 13 people", "bounded")
    assert found.voices == ("mayor", "medics")
    assert found.kinds == ("medical", "official")
    assert [end - start for start, end in found.spans] == [len(found.text)]


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("17 people", "exact"),
        ("one man", "exact"),
        ("at least 17 people", "bounded"),
        ("up to 17 people", "bounded"),
        ("between 15 and 17 people", "range"),
        ("about 20 people", "rounded"),
        ("more than 20 people", "rounded"),
        ("nearly 20 people", "rounded"),
        ("dozens of people", "vague"),
        ("several people", "vague"),
    ],
)
def test_how_exactly_it_is_told(words: str, precision: str) -> None:
    assert entry(report("r1", 1, says("", f"killed: {words}"))).precision == precision


def test_a_later_figure_of_one_voice_supersedes_whoever_prints_it() -> None:
    found = states(
        report("r1", 1, says(MINISTRY, "killed: 12 people"), publisher="Reuters"),
        report("r2", 2, says(MINISTRY, "killed: 17 people"), publisher="AFP"),
    )
    assert found == {"r1 12 people": "superseded", "r2 17 people": "current"}


def test_a_superseded_entry_names_what_supersedes_it_and_why() -> None:
    told = [report(f"r{n}", n, says(MINISTRY, f"killed: {n + 10} people")) for n in (1, 2)]
    first, second = ledger(told, Apart())
    assert first.by == second.id
    assert first.why == "a later figure of the same source, health ministry, in report r2 of 2024-03-02"


def test_a_publisher_revises_what_it_said_itself() -> None:
    told = [report(f"r{n}", n, says("", f"killed: {20 - n} people"), publisher="Reuters") for n in (1, 2)]
    assert states(*told) == {"r1 19 people": "superseded", "r2 18 people": "current"}


def test_another_source_supersedes_nobody() -> None:
    found = states(report("r1", 1, says(MINISTRY, "killed: 12 people")), report("r2", 2, says("", "killed: 17 people")))
    assert set(found.values()) == {"current"}


def test_a_copy_of_a_report_counts_once() -> None:
    told = report("r1", 1, says("", "killed: 12 people"), publisher="Reuters")
    found = states(told, copied(told, "r2", 1, "Daily"), of={"r2": "r1"})
    assert found == {"r1 12 people": "current", "r2 12 people": "copy"}


def test_a_late_copy_of_an_old_report_revises_nothing() -> None:
    old = report("r1", 1, says(MINISTRY, "killed: 12 people"))
    new = report("r2", 2, says(MINISTRY, "killed: 17 people"))
    found = states(old, new, copied(old, "r3", 5, None), of={"r3": "r1"})
    assert found == {"r1 12 people": "superseded", "r2 17 people": "current", "r3 12 people": "superseded"}


def test_who_says_the_same_again_in_another_paper_counts_once() -> None:
    told = [report(f"r{n}", n, says(MINISTRY, "killed: 12 people")) for n in (1, 2)]
    assert states(*told) == {"r1 12 people": "current", "r2 12 people": "copy"}


@pytest.mark.parametrize("weaker", ["at least ten people", "dozens of people", "about 20 people", "several people"])
def test_a_weaker_form_of_a_count_does_not_revise_it(weaker: str) -> None:
    told = [report("r1", 1, says(MINISTRY, "killed: 17 people")), report("r2", 2, says(MINISTRY, f"killed: {weaker}"))]
    assert states(*told) == {"r1 17 people": "current", f"r2 {weaker}": "copy"}


def test_of_one_day_the_higher_figure_of_a_voice_is_the_later() -> None:
    told = [report(f"r{n}", 1, says(MINISTRY, f"killed: {n} people")) for n in (6, 9, 8)]
    assert states(*told) == {"r6 6 people": "superseded", "r8 8 people": "superseded", "r9 9 people": "current"}


def test_a_joint_statement_stands_until_each_of_its_voices_has_moved_on() -> None:
    joint = report("r1", 1, says("medics/medical + police/official", "killed: 12 people"))
    police = report("r2", 2, says("police/official", "killed: 15 people"))
    medics = report("r3", 3, says("medics/medical", "killed: 16 people"))
    assert states(joint, police)["r1 12 people"] == "current"
    assert states(joint, police, medics)["r1 12 people"] == "superseded"


def test_a_part_names_its_whole() -> None:
    told = report("r1", 1, says("", "killed: 13 people", "killed children: four children"))
    whole, part = entry(told), entry(told, "children")
    assert (part.state, part.part_of) == ("part", whole.id)


def test_people_side_by_side_are_one_entry() -> None:
    soldiers, rebels = figures("killed: five soldiers", "killed: 12 rebels")
    claim = says("").model_copy(update={"figures": (soldiers, rebels.model_copy(update={"adds_to": 0}))})
    assert entry(report("r1", 1, claim)).low == 17


def test_a_toll_is_kept_and_is_no_count_of_the_incident() -> None:
    toll = TollClaim(id="c9", evidence=((0, 10),), figures=figures("killed: 40,000 people"))
    told = replace(report("r1", 1, says("", "killed: nine people")), tolls=(toll,))
    found = ledger([told], Apart())
    assert {entry.text: entry.state for entry in found} == {"nine people": "current", "40,000 people": "toll"}


@pytest.mark.parametrize("words", ["three more bodies", "another five people", "two of the wounded"])
def test_dead_on_top_of_others_are_an_incomplete_count(words: str) -> None:
    assert entry(report("r1", 1, says("", f"killed: {words}"))).incomplete


def test_another_five_wounded_are_on_top_of_the_dead() -> None:
    assert not entry(report("r1", 1, says("", "injured: another five people"))).incomplete


def test_a_hospital_counts_only_those_brought_there() -> None:
    assert entry(report("r1", 1, says("Mulago Hospital/medical", "killed: eight people"))).incomplete
    assert not entry(report("r1", 1, says("ministry of health/medical", "killed: eight people"))).incomplete


@given(incidents(), st.randoms())
def test_the_order_of_events_does_not_matter(told: list[Event], chance: Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert ledger(shuffled, Apart()) == ledger(told, Apart())


@given(incidents())
def test_what_is_superseded_names_a_later_entry_of_the_ledger(told: list[Event]) -> None:
    found = {entry.id: entry for entry in ledger(told, Apart())}
    for entry in found.values():
        if entry.state in ("superseded", "copy"):
            assert entry.why
            assert found[entry.by or ""].report != entry.report


@given(incidents())
def test_every_source_keeps_an_entry_that_counts(told: list[Event]) -> None:
    found = ledger(told, Apart())
    for source in {source for entry in found for source in entry.sources}:
        mine = [entry for entry in found if source in entry.sources]
        assert any(entry.state in ("current", "part", "copy") for entry in mine)


@pytest.mark.parametrize("days", [(1, 1), (1, 3)])
def test_an_exact_figure_is_not_replaced_by_an_equal_minimum(days: tuple[int, int]) -> None:
    exact = report("r1", days[0], says("police/official", "killed: 12 people"))
    minimum = report("r2", days[1], says("police/official", "killed: at least 12 people"))
    assert states(exact, minimum)["r1 12 people"] == "current"


def test_no_equal_number_is_called_the_higher() -> None:
    told = [
        report("r1", 1, says("police/official", "killed: at least 12 people")),
        report("r2", 1, says("police/official", "killed: 12 people")),
    ]
    assert not any("the higher" in (entry.why or "") for entry in ledger(told, Apart()))


def test_a_report_whose_id_ends_anothers_does_not_speak_for_it() -> None:
    class Elsewhere(Apart):
        """A lineage by which another report, of a longer id, is the voice."""

        def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
            """The voice of another report."""
            return tuple(f"report:1{report_id}" for _ in super().voices(report_id, claim))

    (found,) = ledger([report("1", 1, says("", "killed: 12 people"), publisher="Oasis TV")], Elsewhere())
    assert found.sources == ("report:11",)


def test_reasons_call_sources_as_they_are_told_to() -> None:
    told = [report(f"tide-{day}", day, says("Tide/other", f"killed: {day + 3} people")) for day in (1, 2)]
    why = [entry.why for entry in ledger(told, Apart(), lambda voice: f"the group {voice.capitalize()}")]
    assert why == ["a later figure of the same source, the group Tide, in report tide-2 of 2024-03-02", None]
