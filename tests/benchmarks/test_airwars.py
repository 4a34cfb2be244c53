from typing import Any

import pytest

from ascertain.model import Incident
from scorers import airwars
from scorers.tally import Tally

from .made import REPORT, event, figure, incident, quoted, reading

RIGHT, WRONG = Tally(1, 1, 1), Tally(0, 1, 1)
KASSALA = {**quoted("Kassala"), "lat": 15.45, "lon": 36.4}
ANSWER: dict[str, Any] = {
    "killed": [4, 5],
    "injured": [7, 7],
    "injured_convention": False,
    "killed_breakdown": {"children": [2, 2]},
    "date": {"start": "2021-05-03", "end": "2021-05-03"},
    "infrastructure": ["Education"],
    "points": [[15.45, 36.4, "Town"]],
    "location": "Kassala",
}
PERFECT: dict[str, Any] = {
    "figures": [
        figure("killed", "people", 4, 4, 5),
        figure("killed", "children", 2, 2, 2),
        figure("injured", "people", 7, 7, 7),
    ],
    "when": {"start": "2021-05-03", "end": "2021-05-03", "precision": "day"},
    "where": KASSALA,
    "targets": [{"text": "a school", "type": "school"}],
}


def scored(*incidents: Incident, **changes: Any) -> dict[str, Tally]:
    return dict(airwars.score(REPORT, reading(event()), incidents, {**ANSWER, **changes}).tallies)


def kinds(*incidents: Incident, **changes: Any) -> set[str]:
    return {m.kind for m in airwars.score(REPORT, reading(event()), incidents, {**ANSWER, **changes}).mistakes}


def test_a_perfect_incident_scores_one_everywhere() -> None:
    tallies = scored(incident(**PERFECT))
    assert {name for name, tally in tallies.items() if tally.f1 == 1} == {
        "killed_highest",
        "killed_both",
        "injured_highest",
        "injured_highest_counted",
        "children_killed",
        "date",
        "date_start",
        "infrastructure",
        "infrastructure_school",
        "within_1_km",
        "within_5_km",
        "within_20_km",
        "within_radius",
    }
    assert len(tallies) == 13
    assert kinds(incident(**PERFECT)) == set()


def test_no_incident_scores_nothing() -> None:
    assert {tally.f1 for tally in scored().values()} == {0}


@pytest.mark.parametrize(
    ("killed", "highest", "both"),
    [
        (figure("killed", "people", 4, 4, 5), RIGHT, RIGHT),
        (figure("killed", "people", 3, 4, 5), RIGHT, WRONG),
        (figure("killed", "people", 5, None, None), RIGHT, WRONG),
        (figure("killed", "people", None, 5, None), RIGHT, WRONG),
        (figure("killed", "people", 4, 4, 4), WRONG, WRONG),
        (figure("killed", "civilians", 4, 5, 5), RIGHT, RIGHT),
        (figure("killed", "combatants", 4, 5, 5), WRONG, WRONG),
    ],
)
def test_killed_bounds(killed: dict[str, Any], highest: Tally, both: Tally) -> None:
    tallies = scored(incident(figures=[killed]))
    assert (tallies["killed_highest"], tallies["killed_both"]) == (highest, both)


def test_people_go_before_civilians() -> None:
    figures = [figure("killed", "civilians", 1, 1, 1), figure("killed", "people", 4, 4, 5)]
    assert scored(incident(figures=figures))["killed_both"] == RIGHT


def test_where_no_death_is_known_only_a_claimed_death_is_wrong() -> None:
    none = [figure("killed", "people", 0, 0, 0)]
    open_low = [figure("killed", "people", None, None, 2)]
    some = [figure("killed", "people", 1, 1, 1)]
    told = [scored(incident(figures=figures), killed=None) for figures in ([], none, open_low, some)]
    assert [tallies["no_death_claimed"] for tallies in told] == [RIGHT, RIGHT, RIGHT, WRONG]
    assert all("killed_highest" not in tallies for tallies in told)


def test_nobody_injured_is_zero_and_conventions_stand_apart() -> None:
    tallies = scored(incident(), injured=[0, 0])
    assert tallies["injured_highest"] == tallies["injured_highest_counted"] == RIGHT
    tallies = scored(incident(), injured=[12, 24], injured_convention=True)
    assert tallies["injured_highest_convention"] == WRONG
    assert "injured_highest_counted" not in tallies
    assert "injured_highest" not in scored(incident(), injured=None)


def test_the_date_has_a_start_and_an_end() -> None:
    span = {"start": "2021-05-03", "end": "2021-05-04", "precision": "span"}
    tallies = scored(incident(when=span))
    assert (tallies["date"], tallies["date_start"]) == (WRONG, RIGHT)


def test_infrastructure_is_scored_only_where_recorded_and_only_on_recorded_kinds() -> None:
    targets = [{"text": "a home", "type": "residential"}, {"text": "a road", "type": "transport"}]
    assert "infrastructure" not in scored(incident(targets=targets), infrastructure=[])
    tallies = scored(incident(targets=targets), infrastructure=["Education", "Apartment Building"])
    assert tallies["infrastructure"] == Tally(right=1, given=1, due=2)
    assert tallies["infrastructure_school"] == Tally(right=0, given=0, due=1)


def test_the_nearest_of_several_points_counts() -> None:
    outcome = airwars.score(
        REPORT, reading(event()), [incident(where=KASSALA)], {**ANSWER, "points": [[0, 0], [15.46, 36.4]]}
    )
    assert outcome.measures["distance_km"] == pytest.approx((1.11,), abs=0.01)
    assert (outcome.tallies["within_1_km"], outcome.tallies["within_5_km"]) == (WRONG, RIGHT)


def test_only_the_main_incident_counts_but_another_with_the_number_is_named() -> None:
    main = incident(figures=[figure("killed", "people", 1, 1, 1)])
    other = incident(id="i2", primary_for=[], figures=[figure("killed", "people", 4, 4, 5)])
    assert scored(other, main)["killed_highest"] == WRONG
    assert "killed_highest.elsewhere" in kinds(other, main)


def test_a_mistake_shows_the_sentences_of_the_incident() -> None:
    outcome = airwars.score(REPORT, reading(event(evidence=[(0, 10)])), [incident()], ANSWER)
    assert {mistake.passages for mistake in outcome.mistakes} == {
        ("An air strike hit a school in Kassala on 3 May 2021.",)
    }
