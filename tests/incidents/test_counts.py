from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.figures import reconcile as reconcile_entries
from ascertain.incidents.ledger import ledger
from ascertain.incidents.policies import DEFAULT, POLICIES
from ascertain.incidents.voices import Apart
from ascertain.model import EventClaim, IncidentFigure, ReportHeader

from .made import claims, event, figure


def reconcile(told: Sequence[EventClaim]) -> tuple[IncidentFigure, ...]:
    """The figures that one report gives."""
    numbered = tuple(claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(told, 1))
    return reconcile_entries(ledger([Event(ReportHeader(id="r1"), numbered)], Apart()), POLICIES[DEFAULT])


def killed(*told: EventClaim, group: str = "people") -> tuple[int | None, int | None, int | None]:
    found = next(f for f in reconcile(told) if f.outcome == "killed" and f.group == group)
    return found.low, found.best, found.high


def test_an_open_bound_stays_open() -> None:
    assert killed(event(figure("at least 13 people", 13, None))) == (13, 13, None)


def test_a_higher_rival_count_widens_the_range() -> None:
    assert killed(event(figure("13 people", 13, 13)), event(figure("17 people", 17, 17))) == (13, 13, 17)


def test_a_lower_count_of_a_part_does_not_lower_the_range() -> None:
    assert killed(event(figure("18 people", 18, 18)), event(figure("seven members", 7, 7, 60))) == (18, 18, 18)


def test_people_told_side_by_side_are_added() -> None:
    told = event(figure("five soldiers", 5, 5, group="security_forces"), figure("12 rebels", 12, 12, 20, adds_to=0))
    assert killed(told) == (17, 17, 17)


def test_rival_counts_in_one_sentence_are_not_added() -> None:
    assert killed(event(figure("five people", 5, 5), figure("nine people", 9, 9, 30))) == (5, 5, 9)


def test_a_part_is_not_added_to_its_whole() -> None:
    told = event(figure("13 people", 13, 13), figure("four children", 4, 4, 20, group="children", part_of=0))
    assert killed(told) == (13, 13, 13)
    assert killed(told, group="children") == (4, 4, 4)


def test_the_low_bound_of_an_upper_limit_is_what_its_parts_add_up_to() -> None:
    told = event(figure("up to 20 people", None, 20), figure("14 members", 14, 14, 20, part_of=0))
    assert killed(told) == (14, 14, 20)


def test_a_vague_word_does_not_lead_where_a_number_is_given() -> None:
    assert killed(event(figure("several people", 2, None)), event(figure("nine people", 9, 9))) == (9, 9, 9)


def test_one_person_named_twice_is_one() -> None:
    one, again = figure("Hamid Kamal Aoun", 1, 1), figure("Hamid Aoun", 1, 1)
    assert killed(event(one), event(again), event(figure("Rima Aoun", 1, 1))) == (2, 2, 2)


def test_relatives_of_like_names_are_several() -> None:
    told = [figure("Adel Ziad Dahir", 1, 1), figure("Adel Omar Dahir", 1, 1), figure("his son Samir Dahir, ", 1, 1)]
    assert killed(*(event(one) for one in told)) == (3, 3, 3)


def test_of_vague_words_the_one_that_says_most_leads() -> None:
    assert killed(event(figure("several people", 2, None)), event(figure("dozens of people", 12, 24, 60))) == (
        12,
        None,
        24,
    )


def test_parts_in_different_words_make_up_their_group() -> None:
    told = event(
        figure("13 people", 13, 13),
        figure("six children", 6, 6, 20, group="children", part_of=0),
        figure("five children", 5, 5, 40, group="children", part_of=0),
    )
    assert killed(told, group="children") == (11, 11, 11)


@given(st.lists(claims(), min_size=1, max_size=4))
def test_low_best_and_high_are_in_order(told: list[EventClaim]) -> None:
    for found in reconcile(told):
        known = [bound for bound in (found.low, found.best, found.high) if bound is not None]
        assert known == sorted(known)


@given(claims())
def test_telling_the_same_again_changes_no_figure(told: EventClaim) -> None:
    def by_group(found: tuple[IncidentFigure, ...]) -> dict[tuple[str, str], IncidentFigure]:
        return {(f.outcome, f.group): f for f in found}

    assert by_group(reconcile([told, told])) == by_group(reconcile([told]))


@pytest.mark.parametrize("group", ["children", "women"])
def test_no_group_outnumbers_the_people_it_is_part_of(group: str) -> None:
    told = event(figure("three people", 3, 3), figure("four of them", 4, 4, 20, group=group, part_of=0))
    assert killed(told, group=group)[0] <= killed(told)[2]  # type: ignore[operator]


def test_a_vague_count_with_a_bound_widens_the_range() -> None:
    assert killed(event(figure("at least seven people", 7, None)), event(figure("dozens", 12, 24, 60))) == (7, 7, 24)


def test_a_bare_plural_adds_nothing_to_children_who_are_counted() -> None:
    whole = figure("nine people", 9, 9)
    counted = figure("two girls", 2, 2, 20, group="children", part_of=0)
    bare = figure("children", 1, None, 40, group="children", part_of=0)
    assert killed(event(whole, counted, bare), group="children") == (2, 2, 2)
