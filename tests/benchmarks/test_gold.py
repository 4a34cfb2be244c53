from typing import Any

import pytest

from ascertain.model import ConditionClaim, NegotiationClaim, TollClaim
from scorers import gold
from scorers.tally import Tally

from .made import REPORT, TEXT, event, incident, quoted, reading

KILLED = quoted("At least 4 people", outcome="killed", group="people", low=4, high=None)
CHILDREN = quoted("two children", outcome="killed", group="children", low=2, high=2, part_of=0)
WHEN = quoted("on 3 May 2021", start="2021-05-03", end="2021-05-03", precision="day")
FULL = event(
    evidence=[(0, 118)],
    figures=[KILLED, CHILDREN],
    said_by=[quoted("The rebels of the Northern Front", kind="armed_group")],
    when=WHEN,
    where=quoted("Kassala", country="SD"),
    actors=[quoted("the army", role="perpetrator", kind="state_forces")],
    targets=[quoted("a school", type="school", damage="hit")],
    means=["aircraft"],
)
TOLL = TollClaim.model_validate({"id": "c2", "evidence": [(53, 118)], "figures": [KILLED], "since": WHEN})
CONDITION = ConditionClaim.model_validate({"id": "c3", "evidence": [(53, 118)], "sector": "food"})
TALKS = NegotiationClaim.model_validate(
    {
        "id": "c4",
        "evidence": [(120, len(TEXT))],
        "status": "impasse",
        "actors": [quoted("the army", role="mediator")],
        "issues": [quoted("Northern Front")],
    }
)
EVERY_KIND = (FULL, TOLL, CONDITION, TALKS)


def scored(given: list[Any], due: list[Any]) -> dict[str, Tally]:
    return dict(outcome(given, due).tallies)


def outcome(given: list[Any], due: list[Any]) -> Any:
    claims = [claim.model_dump(mode="json", exclude_none=True) for claim in due]
    answer = {"genre": "wire", "conflict": "made up", "claims": claims}
    return gold.score(REPORT, reading(*given), [], answer)


def changed(**values: Any) -> Any:
    return type(FULL).model_validate({**FULL.model_dump(), **values})


def test_a_perfect_reading_scores_one_everywhere() -> None:
    result = outcome(list(EVERY_KIND), list(EVERY_KIND))
    assert {name: t.f1 for name, t in result.tallies.items() if t.f1 != 1} == {}
    assert set(result.tallies) >= {slot.name for slot in gold.SLOTS} | {"event_types", "sectors", "modality"}
    assert result.mistakes == ()
    assert result.traits == {"genre": "wire", "conflict": "made up"}


def test_nothing_read_misses_everything() -> None:
    tallies = scored([], list(EVERY_KIND))
    assert tallies["claims"] == Tally(0, 0, 4)
    assert tallies["figures"] == Tally(0, 0, 3)
    assert tallies["said_by"] == Tally(0, 0, 1)


def test_a_look_alike_is_left_alone_or_not() -> None:
    assert scored([], [])["look_alikes"] == Tally(1, 1, 1)
    result = outcome([FULL], [])
    assert result.tallies["look_alikes"] == Tally(0, 1, 1)
    assert [mistake.kind for mistake in result.mistakes] == ["look_alike_read"]


def test_claims_of_another_kind_or_place_are_strangers() -> None:
    assert gold.align([TOLL], [FULL]) == []
    assert gold.align([event(evidence=[(0, 20)])], [event(evidence=[(20, 40)])]) == []


def test_of_rival_claims_on_the_same_words_the_alike_are_aligned() -> None:
    low, high = (changed(figures=[{**KILLED, "low": n, "high": n}]) for n in (4, 9))
    assert gold.align([high, low], [low, high]) == [(high, high), (low, low)]


@pytest.mark.parametrize(
    ("change", "score", "tally", "kind"),
    [
        ({"type": "attack"}, "event_types", Tally(0, 1, 1), "event_type.air_drone_strike"),
        ({"modality": "denied"}, "modality", Tally(0, 1, 1), "modality.asserted"),
        ({"figures": [{**KILLED, "high": 4}]}, "figures", Tally(0, 1, 2), "figures.wrong"),
        ({"figures": [{**KILLED, "group": "civilians"}]}, "figures_any_group", Tally(1, 1, 2), "figures.wrong"),
        ({"figures": [KILLED]}, "figures", Tally(1, 1, 2), "figures.missed"),
        ({"said_by": []}, "said_by", Tally(0, 0, 1), "said_by.missed"),
        ({"when": None}, "when", Tally(0, 0, 1), "when.missed"),
        ({"when": None}, "when_exact", Tally(0, 1, 1), "when.missed"),
        ({"when": {**WHEN, "start": "2021-05-02"}}, "when", Tally(0, 1, 1), "when.wrong"),
        ({"where": quoted("Northern")}, "where", Tally(0, 1, 1), "where.wrong"),
        ({"where": quoted("Kassala", country="ET")}, "where_country", Tally(0, 1, 1), "where_country"),
        ({"actors": [quoted("the army", role="target")]}, "actors", Tally(0, 1, 1), "actors.wrong"),
        ({"actors": [quoted("the army", role="perpetrator")]}, "actor_kind", Tally(0, 1, 1), "actor_kind"),
        ({"targets": [quoted("school", type="school")]}, "target_damage", Tally(0, 1, 1), "target_damage"),
        ({"targets": [quoted("school", type="other")]}, "targets", Tally(0, 1, 1), "targets.wrong"),
        ({"means": ["aircraft", "drone"]}, "means", Tally(1, 2, 1), "means.false"),
    ],
)
def test_each_known_mistake_costs_what_it_should(change: dict[str, Any], score: str, tally: Tally, kind: str) -> None:
    result = outcome([changed(**change)], [FULL])
    assert result.tallies[score] == tally
    assert kind in {mistake.kind for mistake in result.mistakes}


def test_the_wrong_sector_is_found() -> None:
    wrong = CONDITION.model_copy(update={"sector": "water"})
    tallies = scored([wrong], [CONDITION])
    assert (tallies["claims_condition"], tallies["sectors"]) == (Tally(1, 1, 1), Tally(0, 1, 1))


def test_the_state_of_talks_is_scored() -> None:
    wrong = TALKS.model_copy(update={"status": "agreed", "actors": ()})
    tallies = scored([wrong], [TALKS])
    assert tallies["negotiation_status"] == Tally(0, 1, 1)
    assert tallies["mediators"] == Tally(0, 0, 1)


def test_what_was_not_is_no_incident_unless_something_was() -> None:
    denied = changed(modality="denied")
    asserted = changed(id="c2")
    answer = {"genre": "wire", "conflict": "made up", "claims": [claim.model_dump(mode="json") for claim in (denied,)]}
    both = {**answer, "claims": [claim.model_dump(mode="json") for claim in (denied, asserted)]}
    name = "no_incident_of_what_was_not"
    made = [incident(claims=["r1/c1"])]
    assert gold.score(REPORT, reading(denied), [], answer).tallies[name] == Tally(1, 1, 1)
    assert gold.score(REPORT, reading(denied), made, answer).tallies[name] == Tally(0, 1, 1)
    rival = [incident(claims=["r1/c1", "r1/c2"])]
    assert gold.score(REPORT, reading(denied, asserted), rival, both).tallies[name] == Tally(1, 1, 1)
