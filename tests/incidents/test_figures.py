"""Incidents as a careful coder would sum them up, each told by two to eight reports of wars of all sorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.figures import reconciled
from ascertain.incidents.ledger import ledger
from ascertain.incidents.policies import DEFAULT, POLICIES
from ascertain.incidents.voices import Apart

from .told import Copies, Range, copied, incidents, ranges, report, says

MINISTRY = "health ministry/medical"
ARMY = "army/military"
POLICE = "police/official"
RESCUERS = "rescuers/official"
WITNESSES = "witnesses/witness"


def paper(n: int, day: int | None, *told: str) -> Event:
    """A report that speaks for itself, of a publisher of its own."""
    return report(f"r{n}", day, says("", *told), publisher=f"paper {n}")


@dataclass(frozen=True)
class Case:
    """An incident, and what each policy makes of it; those not named agree with the default."""

    told: Sequence[Event]
    default: dict[str, Range]
    airwars: dict[str, Range] | None = None
    ucdp: dict[str, Range] | None = None
    acled: dict[str, Range] | None = None
    latest_official: dict[str, Range] | None = None


def killed(low: int | None, best: int | None, high: int | None) -> dict[str, Range]:
    return {"killed": (low, best, high)}


CASES: dict[str, Case] = {
    "Gaza: a ministry's count rises": Case(
        [
            report(f"r{day}", day, says(MINISTRY, f"killed: {count} people"))
            for day, count in ((1, 12), (2, 17), (4, 21))
        ],
        killed(21, 21, 21),
    ),
    "Kharkiv: a governor corrects downwards": Case(
        [
            report("r1", 1, says("governor/official", "killed: 15 people")),
            report("r2", 3, says("governor/official", "killed: 12 people")),
        ],
        killed(12, 12, 12),
    ),
    "Kabul: agencies count upwards, each at least": Case(
        [
            report("r1", 1, says("", "killed: at least five people"), publisher="Reuters"),
            report("r2", 1, says("", "killed: at least eight people"), publisher="AFP"),
            report("r3", 2, says("", "killed: at least 11 people"), publisher="Reuters"),
            report("r4", 3, says("", "killed: 14 people"), publisher="AP"),
        ],
        killed(14, 14, 14),
        airwars=killed(8, 8, 14),
        ucdp=killed(8, 14, 14),
    ),
    "Khan Younis: two hospitals count their own dead": Case(
        [
            report("r1", 1, says("Nasser Hospital/medical", "killed: eight people")),
            report("r2", 1, says("civil defence/official", "killed: 17 people")),
            report("r3", 1, says("European Hospital/medical", "killed: nine people")),
        ],
        killed(17, 17, 17),
    ),
    "Cabo Delgado: only a hospital counts": Case(
        [
            report("r1", 1, says("Pemba hospital/medical", "killed: six people")),
            report("r2", 2, says("Pemba hospital/medical", "killed: seven people")),
        ],
        killed(7, 7, 7),
    ),
    "Mosul: militants to the army, civilians to residents": Case(
        [
            report("r1", 1, says(ARMY, "killed combatants: 20 militants")),
            report("r2", 1, says("residents/resident", "killed civilians: 13 civilians")),
        ],
        {"killed": (13, 13, 20), "killed combatants": (0, 0, 20), "killed civilians": (0, 13, 13)},
        airwars={"killed": (13, 13, 20), "killed combatants": (13, None, 20), "killed civilians": (13, 13, 13)},
        ucdp={"killed": (13, 13, 20), "killed combatants": (13, None, 20), "killed civilians": (13, 13, 13)},
        acled={"killed": (13, 13, 20), "killed combatants": (13, None, 20), "killed civilians": (13, 13, 13)},
        latest_official={"killed": (13, 20, 20), "killed combatants": (13, 20, 20), "killed civilians": (13, 13, 13)},
    ),
    "Baga: rounded numbers stand for the exact one": Case(
        [
            paper(1, 1, "killed: about 40 people"),
            report("r2", 1, says(POLICE, "killed: 38 people")),
            paper(3, 2, "killed: nearly 40 people"),
        ],
        killed(38, 38, 38),
        airwars=killed(38, 38, 40),
        ucdp=killed(38, 38, 40),
        acled=killed(38, 38, 40),
    ),
    "Maiduguri: more than thirty is thirty-four": Case(
        [
            paper(1, 1, "killed: more than 30 people"),
            report("r2", 1, says(MINISTRY, "killed: 34 people")),
            paper(3, 2, "killed: over 30 people"),
        ],
        killed(34, 34, 34),
        airwars=killed(31, 31, 34),
        ucdp=killed(31, 34, 34),
        acled=killed(31, 31, 34),
    ),
    "Aden: dozens turn into a number": Case(
        [
            report("r1", 1, says(WITNESSES, "killed: dozens of people")),
            report("r2", 1, says(MINISTRY, "killed: 27 people")),
            report("r3", 2, says(MINISTRY, "killed: 31 people")),
        ],
        killed(31, 31, 31),
    ),
    "Peshawar: the wounded die one by one": Case(
        [
            report("r1", 1, says(POLICE, "killed: three people", "injured: 20 people")),
            report("r2", 4, says("doctors/medical", "killed: five people", "injured: 18 people")),
            report("r3", 6, says(POLICE, "killed: six people", "injured: 17 people")),
        ],
        {"killed": (6, 6, 6), "injured": (17, 17, 18)},
        airwars={"killed": (5, 5, 6), "injured": (17, 17, 18)},
        ucdp={"killed": (5, 6, 6), "injured": (17, 17, 18)},
    ),
    "Dnipro: bodies are recovered from the rubble": Case(
        [
            report("r1", 1, says(RESCUERS, "killed: 37 people", "missing: 20 people")),
            report("r2", 2, says(RESCUERS, "killed: three more bodies", "killed: 40 people", "missing: 12 people")),
            paper(3, 3, "killed: 40 people"),
        ],
        {"killed": (40, 40, 40), "missing": (12, 12, 12)},
    ),
    "Bogota: two of the wounded die, and nobody sums up": Case(
        [
            report("r1", 1, says(POLICE, "killed: 12 people")),
            report("r2", 3, says("doctors/medical", "killed: two of the wounded")),
        ],
        killed(12, 12, 12),
    ),
    "Homs: two agree against one": Case(
        [paper(1, 2, "killed: nine people"), paper(2, 2, "killed: nine people"), paper(3, 2, "killed: 14 people")],
        killed(9, 9, 14),
    ),
    "Mali: rebels claim fifteen times what police count": Case(
        [
            report("r1", 1, says(POLICE, "killed: four soldiers")),
            report("r2", 1, says("JNIM/armed_group", "killed: 60 soldiers")),
            report("r3", 2, says("JNIM/armed_group", "killed: 60 soldiers")),
        ],
        killed(4, 4, 60),
        latest_official=killed(4, 4, 4),
    ),
    "Beirut: the children among the dead grow in number": Case(
        [
            report("r1", 1, says(MINISTRY, "killed: 20 people", "killed children: four children")),
            report("r2", 2, says(MINISTRY, "killed: 23 people", "killed children: seven children")),
            paper(3, 2, "killed: 23 people", "killed women: five women"),
        ],
        {"killed": (23, 23, 23), "killed children": (7, 7, 7), "killed women": (5, 5, 5)},
    ),
    "Ituri: nobody gives a number": Case(
        [report("r1", 1, says(WITNESSES, "killed: several people")), paper(2, 1, "killed: a number of people")],
        killed(2, None, None),
        acled=killed(3, 3, None),
    ),
    "Sanaa: a late paper repeats an old count": Case(
        [
            paper(1, 1, "killed: nine people"),
            paper(2, 1, "killed: nine people"),
            paper(3, 2, "killed: 12 people"),
            paper(4, 3, "killed: 12 people"),
            paper(5, 4, "killed: nine people"),
        ],
        killed(9, 12, 12),
        airwars=killed(9, 9, 12),
        acled=killed(12, 12, 12),
        latest_official=killed(9, 9, 12),
    ),
    "Borno: three are counted, two are named": Case(
        [
            paper(1, 1, "killed: Amina Diallo", "killed: Omar Diallo"),
            report("r2", 1, says(POLICE, "killed: three people")),
        ],
        killed(3, 3, 3),
    ),
    "Manipur: one man, whoever tells it": Case(
        [report("r1", 1, says(POLICE, "killed: one man")), paper(2, 1, "killed: a man")], killed(1, 1, 1)
    ),
    "Khartoum: nobody was hurt, or two were": Case(
        [
            report("r1", 1, says(POLICE, "injured: zero people")),
            report("r2", 1, says(WITNESSES, "injured: two people")),
        ],
        {"injured": (0, 2, 2)},
        airwars={"injured": (0, 0, 2)},
        ucdp={"injured": (0, 0, 2)},
        acled={"injured": (0, 0, 2)},
        latest_official={"injured": (0, 0, 0)},
    ),
    "Moura: a government's count against two inquiries": Case(
        [
            report("r1", 1, says("government/official", "killed: 13 people")),
            report("r2", 3, says("UN/un", "killed: 54 people")),
            report("r3", 9, says("rights group/rights_group", "killed: 54 people")),
        ],
        killed(13, 54, 54),
        airwars=killed(13, 13, 54),
        acled=killed(13, 13, 54),
        latest_official=killed(13, 13, 13),
    ),
    "Nairobi: a range narrows": Case(
        [
            report("r1", 1, says("mayor/official", "killed: between 30 and 40 people")),
            report("r2", 2, says("governor/official", "killed: 36 people")),
        ],
        killed(36, 36, 36),
        airwars=killed(30, 30, 40),
        ucdp=killed(30, 36, 40),
    ),
    "Raqqa: up to twenty were eleven": Case(
        [paper(1, 1, "killed: up to 20 people"), report("r2", 2, says("monitors/rights_group", "killed: 11 people"))],
        killed(11, 11, 20),
    ),
    "Jenin: one ministry, three figures in a day": Case(
        [report(f"r{n}", 1, says(MINISTRY, f"killed: {n} people")) for n in (6, 10, 8)], killed(10, 10, 10)
    ),
    "Rakhine: two reports without a date": Case(
        [paper(1, None, "killed: 13 people"), paper(2, None, "killed: 17 people")],
        killed(13, 17, 17),
        airwars=killed(13, 13, 17),
        ucdp=killed(13, 13, 17),
        acled=killed(13, 13, 17),
    ),
    "Idlib: eight reports, five of them of one statement": Case(
        [
            *(report(f"r{n}", 1, says(MINISTRY, "killed: 30 people")) for n in range(1, 6)),
            *(report(f"r{n}", 2, says("civil defence/official", "killed: 33 people")) for n in (6, 7)),
            paper(8, 2, "killed: 33 people"),
        ],
        killed(33, 33, 33),
        airwars=killed(30, 30, 33),
        ucdp=killed(30, 33, 33),
    ),
    "Odesa: later papers say less than what is known": Case(
        [
            report("r1", 1, says(MINISTRY, "killed: 17 people")),
            report("r2", 2, says(MINISTRY, "killed: at least ten people")),
            report("r3", 3, says(MINISTRY, "killed: dozens of people")),
        ],
        killed(17, 17, 17),
    ),
    "Donbas: an army revises its own losses": Case(
        [report("r1", 1, says(ARMY, "killed: five soldiers")), report("r2", 2, says(ARMY, "killed: nine soldiers"))],
        killed(9, 9, 9),
    ),
    "Tigray: only those who fight count": Case(
        [
            report("r1", 1, says(ARMY, "killed: 41 fighters")),
            report("r2", 1, says("rebels/armed_group", "killed: 12 fighters")),
        ],
        killed(12, 41, 41),
        airwars=killed(12, 12, 41),
        ucdp=killed(12, 12, 41),
        acled=killed(12, 12, 41),
    ),
    "Kaduna: fewer pupils were taken than feared": Case(
        [
            paper(1, 1, "abducted: 280 pupils"),
            report("r2", 2, says("governor/official", "abducted: 227 pupils")),
            paper(3, 9, "abducted: 137 pupils"),
            report("r4", 12, says(ARMY, "abducted: 137 pupils")),
        ],
        {"abducted": (137, 137, 227)},
        airwars={"abducted": (137, 137, 280)},
        ucdp={"abducted": (137, 137, 280)},
        latest_official={"abducted": (227, 227, 227)},
    ),
    "Hawija: an army comes to the count of others": Case(
        [
            report("r1", 1, says(ARMY, "killed: zero civilians")),
            paper(2, 5, "killed: 70 civilians"),
            report("r3", 7, says("rights group/rights_group", "killed: 85 civilians")),
            report("r4", 20, says(ARMY, "killed: 70 civilians")),
        ],
        killed(70, 70, 85),
    ),
    "Quetta: who was there says at least, who counts says how many": Case(
        [
            report("r1", 1, says(WITNESSES, "killed: at least 20 people")),
            report(
                "r2", 1, says("hospital officials/medical + police/official", "killed: 24 people", "injured: 50 people")
            ),
            paper(3, 2, "killed: 24 people", "injured: more than 50 people"),
        ],
        {"killed": (20, 24, 24), "injured": (50, 50, 50)},
        airwars={"killed": (20, 20, 24), "injured": (50, 50, 51)},
        ucdp={"killed": (20, 24, 24), "injured": (50, 50, 51)},
        acled={"killed": (20, 20, 24), "injured": (50, 50, 51)},
        latest_official={"killed": (24, 24, 24), "injured": (50, 50, 50)},
    ),
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", CASES)
def test_a_careful_coder_would_agree(name: str, policy: str) -> None:
    case = CASES[name]
    due = getattr(case, policy, None)
    assert ranges(case.told, policy) == (case.default if due is None else due)


def test_each_figure_tells_the_rule_that_chose_it_and_what_it_rests_on() -> None:
    told = CASES["Homs: two agree against one"].told
    (found,) = reconciled(ledger(told, Apart()), POLICIES[DEFAULT])
    assert (found.policy, found.rule, found.because) == (DEFAULT, "supported", "given by most independent sources")
    assert found.rests_on == ("r1/c1#0:people", "r2/c1#0:people")
    assert found.spans == ("r1/c1#0:people", "r2/c1#0:people", "r3/c1#0:people")


def test_a_part_of_the_dead_bears_out_no_count_of_all() -> None:
    some = "killed children: two children"
    told = [paper(1, 1, "killed: 2 people"), *(paper(n, 1, "killed: 12 people", some) for n in (2, 3, 4))]
    assert ranges(told, DEFAULT)["killed"][1] == 12


def test_a_count_that_the_range_leaves_out_says_why() -> None:
    told = CASES["Khan Younis: two hospitals count their own dead"].told
    (found,) = reconciled(ledger(told, Apart()), POLICIES[DEFAULT])
    why = "a count of some of the people only, as by one hospital, one by one, or on top of others"
    assert found.left_out == (("r1/c1#0:people", why), ("r3/c1#0:people", why))


@pytest.mark.parametrize("policy", POLICIES)
def test_low_best_and_high_are_in_order_and_no_group_outnumbers_the_people(policy: str) -> None:
    @settings(max_examples=40)
    @given(incidents())
    def holds(told: list[Event]) -> None:
        found = {
            (r.figure.outcome, r.figure.group): r.figure for r in reconciled(ledger(told, Apart()), POLICIES[policy])
        }
        for (outcome, _), figure in found.items():
            known = [bound for bound in (figure.low, figure.best, figure.high) if bound is not None]
            assert known == sorted(known)
            people = found[outcome, "people"]
            for bound in ("low", "best", "high"):
                own, whole = getattr(figure, bound), getattr(people, bound)
                assert own is None or whole is None or own <= whole

    holds()


@pytest.mark.parametrize("policy", POLICIES)
def test_the_order_of_reports_changes_no_figure(policy: str) -> None:
    @settings(max_examples=40)
    @given(incidents(), st.randoms(use_true_random=False))
    def holds(told: list[Event], chance: Random) -> None:
        shuffled = list(told)
        chance.shuffle(shuffled)
        assert ranges(shuffled, policy) == ranges(told, policy)

    holds()


@pytest.mark.parametrize("policy", POLICIES)
def test_a_copy_of_a_report_changes_no_figure(policy: str) -> None:
    @settings(max_examples=40)
    @given(incidents(), st.data(), st.integers(0, 5), st.sampled_from(["a", "b", None]))
    def holds(told: list[Event], data: st.DataObject, days: int, publisher: str | None) -> None:
        original = data.draw(st.sampled_from(told))
        copy = copied(original, data.draw(st.sampled_from(["q", "z"])), days, publisher)
        lineage = Copies({copy.report.id: original.report.id})
        policy_of = POLICIES[policy]
        with_copy = reconciled(ledger([*told, copy], lineage), policy_of)
        alone = reconciled(ledger(told, lineage), policy_of)
        assert {r.figure for r in with_copy} == {r.figure for r in alone}

    holds()


@pytest.mark.parametrize("words", ["several people", "dozens of people", "scores of people"])
def test_words_without_a_number_give_no_best_number_and_why_says_so(words: str) -> None:
    told = [report("r1", 1, says("residents/resident", f"killed: {words}"))]
    (found,) = reconciled(ledger(told, Apart()), POLICIES[DEFAULT])
    assert found.figure.best is None
    assert found.figure.low is not None
    assert (found.rule, found.because) == ("vague", "nobody gives a number, only words such as several")


@pytest.mark.parametrize("policy", ["airwars", "ucdp", "acled"])
def test_a_group_gets_no_best_number_that_nobody_said(policy: str) -> None:
    told = [
        report("r1", 1, says(ARMY, "killed combatants: 20 militants")),
        report("r2", 1, says("residents/resident", "killed civilians: 13 civilians")),
    ]
    found = {each.figure.group: each for each in reconciled(ledger(told, Apart()), POLICIES[policy])}
    assert found["combatants"].figure.best is None
    assert found["combatants"].because == "20 is said, more than the people in all"


def test_the_best_of_a_range_is_its_lower_end_and_why_says_so() -> None:
    told = [report("r1", 1, says("a collective/other", "killed: between 150 and 200 people"))]
    (found,) = reconciled(ledger(told, Apart()), POLICIES[DEFAULT])
    assert (found.figure.low, found.figure.best, found.figure.high) == (150, 150, 200)
    assert found.because == "the lower end of the only range that is said"
