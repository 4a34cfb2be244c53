from __future__ import annotations

from pathlib import Path

import pytest

from ascertain.incidents.events import Event
from ascertain.incidents.figures import reconciled
from ascertain.incidents.ledger import ledger
from ascertain.incidents.policies import DEFAULT, POLICIES, Policy
from ascertain.incidents.voices import Apart

from .told import ranges, report, says

POLICE = "police/official"
MEDICS = "medics/medical"
ARMY = "army/military"
REBELS = "rebels/armed_group"


def told(*said: tuple[int | None, str, str]) -> list[Event]:
    """Reports on days of March 2024 in which somebody says how many were killed."""
    return [report(f"r{n}", day, says(by, f"killed: {words}")) for n, (day, by, words) in enumerate(said, 1)]


def rule(*said: tuple[int | None, str, str]) -> tuple[int | None, str]:
    """The best number of the default policy, and the rule that chose it."""
    (found,) = reconciled(ledger(told(*said), Apart()), POLICIES[DEFAULT])
    return found.figure.best, found.rule


def test_every_policy_has_a_name_a_source_and_rules_that_leave_one_number() -> None:
    for name, policy in POLICIES.items():
        assert policy.name == name
        assert policy.source
        assert policy.best[-1].name in ("lowest", "highest")


@pytest.mark.parametrize(
    ("said", "best", "by"),
    [
        ([(1, POLICE, "nine people")], 9, "only"),
        ([(1, "", "several people"), (1, POLICE, "nine people")], 9, "numbered"),
        ([(1, "", "two of the wounded"), (1, POLICE, "nine people")], 9, "complete"),
        ([(1, "", "about 40 people"), (1, POLICE, "38 people")], 38, "stated"),
        ([(1, REBELS, "60 people"), (1, POLICE, "nine people")], 9, "impartial"),
        ([(1, "", "at least eight people"), (1, POLICE, "nine people")], 9, "sharper"),
        ([(1, POLICE, "nine people"), (2, "", "14 people")], 14, "standing"),
        ([(1, POLICE, "nine people"), (1, MEDICS, "nine people"), (1, "", "14 people")], 9, "supported"),
        ([(1, POLICE, "nine people"), (1, "", "14 people")], 14, "highest"),
    ],
)
def test_the_rule_that_decides_is_named(said: list[tuple[int | None, str, str]], best: int, by: str) -> None:
    assert rule(*said) == (best, by)


def test_a_lone_later_count_that_is_lower_does_not_lead() -> None:
    assert rule((1, POLICE, "nine people"), (1, MEDICS, "nine people"), (3, "", "four people"))[0] == 9


def test_a_correction_downwards_by_two_sources_leads() -> None:
    assert rule((1, POLICE, "nine people"), (3, MEDICS, "four people"), (3, "", "four people"))[0] == 4


def test_one_speaker_in_many_papers_is_one_source() -> None:
    loud = [(1, "mayor/official", "14 people")] * 3
    assert rule(*loud, (1, POLICE, "nine people"), (1, MEDICS, "nine people")) == (9, "supported")


@pytest.mark.parametrize(("one", "other"), [(ARMY, REBELS), (REBELS, ARMY)])
def test_whoever_fights_is_treated_alike(one: str, other: str) -> None:
    assert ranges(told((1, one, "41 people"), (1, other, "7 people"), (1, MEDICS, "20 people"))) == {
        "killed": (7, 20, 41)
    }


def test_contradictory_parties_widen_the_range_and_are_not_averaged() -> None:
    low, best, high = ranges(told((1, ARMY, "10 people"), (1, REBELS, "30 people")))["killed"]
    assert (low, high) == (10, 30)
    assert best in (10, 30)


def test_a_word_that_agrees_with_the_best_number_does_not_widen_the_range() -> None:
    assert ranges(told((1, POLICE, "17 people"), (1, "", "dozens of people"))) == {"killed": (17, 17, 17)}


def test_a_word_that_says_more_than_the_best_number_widens_the_range() -> None:
    assert ranges(told((1, POLICE, "seven people"), (1, "", "dozens of people"))) == {"killed": (7, 7, 24)}


def test_an_authority_that_does_not_revise_its_count_keeps_it_in_the_range() -> None:
    assert ranges(told((1, POLICE, "13 people"), (5, "UN/un", "54 people"))) == {"killed": (13, 54, 54)}


def test_an_early_count_by_no_authority_leaves_the_range_when_it_is_overtaken() -> None:
    assert ranges(told((1, "witnesses/witness", "13 people"), (5, "UN/un", "54 people"))) == {"killed": (54, 54, 54)}


@pytest.mark.parametrize(
    ("words", "acled"),
    [
        ("several people", 3),
        ("a number of people", 3),
        ("tens of people", 10),
        ("dozens of people", 12),
        ("hundreds of people", 100),
        ("at least 13 people", 13),
        ("a couple of people", 2),
    ],
)
def test_acled_counts_words_as_its_codebook_does(words: str, acled: int) -> None:
    low, best, _ = ranges(told((1, "", words)), "acled")["killed"]
    assert (low, best) == (acled, acled)


def test_acled_takes_the_lowest_credible_count() -> None:
    said = told((1, POLICE, "nine people"), (1, MEDICS, "11 people"), (1, "", "11 people"))
    assert ranges(said, "acled") == {"killed": (9, 9, 11)}


def test_ucdp_takes_what_most_sources_agree_on_and_in_doubt_the_lowest() -> None:
    assert ranges(told((1, POLICE, "9 people"), (1, MEDICS, "11 people"), (1, "", "11 people")), "ucdp") == {
        "killed": (9, 11, 11)
    }
    assert ranges(told((1, POLICE, "9 people"), (1, MEDICS, "11 people")), "ucdp") == {"killed": (9, 9, 11)}


def test_airwars_spans_all_sources() -> None:
    said = told((1, "", "at least four people"), (2, POLICE, "9 people"), (3, REBELS, "20 people"))
    assert ranges(said, "airwars") == {"killed": (4, 4, 20)}


def test_the_latest_official_count_leads_over_later_ones_by_others() -> None:
    said = told((1, POLICE, "nine people"), (2, MEDICS, "11 people"), (4, "", "20 people"))
    assert ranges(said, "latest_official") == {"killed": (9, 11, 11)}


def test_without_officials_the_latest_count_leads() -> None:
    assert ranges(told((1, "", "nine people"), (4, "", "7 people")), "latest_official")["killed"][1] == 7


def test_an_official_within_a_report_leads_over_the_report() -> None:
    told_by_both = [report("r1", 1, says("", "killed: 12 people"), says(MEDICS, "killed: 17 people"))]
    assert ranges(told_by_both, "latest_official") == {"killed": (17, 17, 17)}
    assert ranges(told_by_both) == {"killed": (12, 12, 17)}


METHOD = (Path(__file__).parents[2] / "docs" / "figures.md").read_text("utf-8")


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_the_method_names_every_policy_and_rule(policy: Policy) -> None:
    assert f"**`{policy.name}`**" in METHOD
    for name in (*(rule.name for rule in policy.best), *(rule.name for rule in policy.span)):
        assert f"`{name}`" in METHOD
