from typing import Any

import pytest

from ascertain.model import Report
from scorers import places, running
from scorers.datasets import DataSet
from scorers.tally import Tally

TEXT = "Shells fell on Kassala on Monday. Turkish officials flew to Kassala and Nairobi."
REPORT = Report(id="r1", text=TEXT)
KASSALA = {"lat": 15.45, "lon": 36.4, "name": "Kassala"}


def marked(words: str, start: int = 0, **values: Any) -> dict[str, Any]:
    at = TEXT.index(words, start)
    return {"text": words, "span": [at, at + len(words)], "demonym": False, **KASSALA, **values}


FIRST = marked("Kassala")
SECOND = marked("Kassala", 30)
NAIROBI = marked("Nairobi", name="Nairobi", lat=-1.28, lon=36.82)


def scored(*found: dict[str, Any]) -> dict[str, Tally]:
    return dict(places.score(REPORT, {"places": list(found)}).tallies)


def test_all_found_and_put_right_scores_one() -> None:
    tallies = scored(FIRST, SECOND, NAIROBI)
    assert {tally.f1 for tally in tallies.values()} == {1.0}


def test_a_name_marked_once_and_found_twice_is_a_mistake_unless_passed_over() -> None:
    tallies = scored(FIRST, NAIROBI)
    assert tallies["recognition"] == Tally(right=2, given=3, due=2)
    assert tallies["recognition_marked"] == Tally(right=2, given=2, due=2)


def test_a_demonym_is_due_only_where_demonyms_are_counted() -> None:
    turkish = marked("Turkish", demonym=True, name="Turkey", lat=39, lon=35)
    tallies = scored(FIRST, SECOND, NAIROBI, turkish)
    assert tallies["recognition"].f1 == 1
    assert tallies["recognition_with_demonyms"] == Tally(right=3, given=3, due=4)
    assert tallies["resolved_161_km"] == Tally(right=4, given=4, due=4)
    assert tallies["resolved_161_km_without_demonyms"] == Tally(right=3, given=3, due=3)


def test_a_place_far_from_the_marked_one_is_found_but_not_right() -> None:
    tallies = scored(FIRST, SECOND, {**NAIROBI, "lat": 10.0})
    assert tallies["recognition"].f1 == 1
    assert tallies["end_to_end_161_km"].right == 2
    assert tallies["resolved_161_km"].right == 2


def test_a_name_put_nowhere_counts_as_half_the_equator_off() -> None:
    text = "The Qwertystan accord held."
    answer = {"text": "Qwertystan", "span": [4, 14], "lat": 0, "lon": 0, "name": "Qwertystan", "demonym": False}
    data = DataSet("made", "places", (Report(id="r1", text=text),), {"r1": {"places": [answer]}})
    summary = running.score(data)
    assert summary.statistics["error_km_median"] == places.FARTHEST_KM
    assert summary.statistics["error_auc"] == pytest.approx(1.0)
    assert {mistake.kind for mistake in summary.mistakes} >= {"put.nowhere", "missed"}
