from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.grading import RULES, grade
from ascertain.incidents.voices import Apart, behind
from ascertain.model import Actor, Claim, EventClaim

from .told import Copies, copied, incidents, report, says

MEDICS = "medics/medical"


def actor(text: str, id: str | None = None, kind: str = "state_forces") -> Actor:
    return Actor(role="perpetrator", text=text, span=(300, 310), id=id, name=id and text, kind=kind)  # type: ignore[arg-type]


def blames(by: str, who: Actor, modality: str = "asserted", *, owned: bool = True) -> EventClaim:
    told = says(by, "killed: nine people", modality=modality)
    return told.model_copy(update={"actors": (who,), "owned": owned})


def graded(*told: EventClaim) -> str:
    """The grade of an incident of which each claim stands in a report of its own."""
    return grade([report(f"r{n}", 1, claim) for n, claim in enumerate(told, 1)], Apart()).grading


RUSSIA = actor("Russian forces", "state:RU/forces")
UKRAINE = actor("Ukrainian forces", "state:UA/forces")
RSF = actor("RSF", "party:rsf", "rebel_group")


def test_one_source_is_a_single_source() -> None:
    assert graded(says(MEDICS, "killed: nine people")) == "single_source"
    assert graded(says(MEDICS), says(MEDICS)) == "single_source"


def test_two_sources_that_do_not_fight_are_fair() -> None:
    assert graded(says(MEDICS), says("residents/resident")) == "fair"
    assert graded(says(""), says("")) == "fair"


def test_sources_that_fight_or_only_allege_are_weak() -> None:
    assert graded(says("army/military"), says("rebels/armed_group")) == "weak"
    assert graded(says(MEDICS), says("activists/other", modality="alleged")) == "weak"


@pytest.mark.parametrize(("one", "other"), [(RUSSIA, UKRAINE), (UKRAINE, RUSSIA), (RSF, actor("army"))])
def test_sources_that_blame_different_parties_contest_it(one: Actor, other: Actor) -> None:
    assert graded(blames(MEDICS, one), blames("residents/resident", other)) == "contested"


@pytest.mark.parametrize(
    "other",
    [
        actor("Russia", "state:RU/government", "government"),
        actor("the army"),
        actor("gunmen", kind="other"),
        actor("a drone", kind="other"),
    ],
)
def test_other_words_for_one_party_contest_nothing(other: Actor) -> None:
    assert graded(blames(MEDICS, RUSSIA), blames("residents/resident", other)) == "fair"


def test_two_parties_blamed_together_contest_nothing() -> None:
    both = says(MEDICS).model_copy(update={"actors": (RUSSIA, RSF)})
    assert graded(both, blames("residents/resident", RSF)) == "fair"


@pytest.mark.parametrize(
    ("speaker", "who"),
    [
        ("army/military", actor("army")),
        ("Russian defence ministry/military", RUSSIA),
        ("the RSF/armed_group", RSF),
        ("Ukraine's president/official", UKRAINE),
        ("Russian defence ministry/military", actor("its warplanes")),
    ],
)
def test_who_says_that_he_did_it_himself_confirms_it(speaker: str, who: Actor) -> None:
    found = grade([report("r1", 1, blames(speaker, who)), report("r2", 1, says(MEDICS))], Apart())
    assert found.grading == "confirmed"
    assert "says itself that it did it, in report r1" in found.reasons[0]


@pytest.mark.parametrize(
    ("speaker", "who"),
    [
        ("Ukrainian army/military", RUSSIA),
        ("medics/medical", actor("army")),
        ("Russian state television/media", RUSSIA),
    ],
)
def test_nobody_else_confirms_it(speaker: str, who: Actor) -> None:
    assert graded(blames(speaker, who)) == "single_source"


def test_a_party_whose_words_do_not_own_to_it_confirms_nothing() -> None:
    assert graded(blames("army/military", actor("army"), owned=False)) == "single_source"


def test_what_is_only_alleged_is_no_acceptance() -> None:
    assert graded(blames("army/military", actor("army"), "alleged")) == "single_source"


def test_two_parties_that_both_say_they_did_it_contest_it() -> None:
    assert graded(blames("RSF/armed_group", RSF), blames("Russian army/military", RUSSIA)) == "contested"


def test_reasons_name_sources_and_reports() -> None:
    told = [report("r1", 1, blames(MEDICS, RUSSIA)), report("r2", 1, blames("mayor/official", UKRAINE))]
    assert grade(told, Apart()).reasons == (
        "mayor (report r2) blames Ukrainian forces, medics (report r1) blames Russian forces",
    )


def test_a_copy_makes_no_second_source() -> None:
    told = report("r1", 1, says(""))
    assert grade([told, copied(told, "r2", 1, None)], Copies({"r2": "r1"})).grading == "single_source"


@pytest.mark.parametrize("quoted", ["medics/medical", "a resident/resident"])
def test_an_agency_that_quotes_people_is_no_source_beside_them(quoted: str) -> None:
    class Told(Apart):
        """A lineage by which all is said by or to one agency."""

        def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
            """The agency, or those whom it quotes."""
            return tuple(
                voice if voice == "agency:afp" else f"agency:afp: {voice}" for voice in super().voices(report_id, claim)
            )

    told = [report("r1", 1, says("agency:afp/media")), report("r2", 1, says(quoted))]
    assert list(behind(told, Told())) == [f"agency:afp: {quoted.partition('/')[0]}"]
    assert grade(told, Told()).grading == "single_source"


def test_a_surname_is_the_voice_of_the_one_person_who_has_it() -> None:
    named = [report(f"r{n}", 1, says(by)) for n, by in enumerate(["Oleh Petrenko/official", "Petrenko/official"])]
    assert list(behind(named, Apart())) == ["oleh petrenko"]
    two = [*named, report("r3", 1, says("Ivan Petrenko/official"))]
    assert list(behind(two, Apart())) == ["ivan petrenko", "oleh petrenko", "petrenko"]


def test_reasons_call_sources_as_they_are_told_to() -> None:
    told = [report("tide-1", 1, says("Tide/other"))]
    assert grade(told, Apart(), str.upper).reasons == ("only TIDE says so, in report tide-1",)


@settings(max_examples=40)
@given(incidents(), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_grade(told: list[Event], chance: Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert grade(shuffled, Apart()) == grade(told, Apart())


@settings(max_examples=60)
@given(incidents())
def test_a_single_source_is_one_voice_and_more_are_none(told: list[Event]) -> None:
    graded, sources = grade(told, Apart()), len(behind(told, Apart()))
    if sources == 1:
        assert graded.grading in ("single_source", "confirmed")
    else:
        assert graded.grading != "single_source"


def test_the_method_names_the_rules_in_their_order() -> None:
    method = (Path(__file__).parents[2] / "docs" / "grading.md").read_text("utf-8")
    rows = [f"| {n} | `{rule.grading}` |" for n, rule in enumerate(RULES, 1)]
    assert [row in method for row in rows] == [True] * len(RULES)
