"""No score falls below its floor in benchmarks/floors.toml.

The gold set and made-up incidents are always scored. The other sets are scored where their files are: in the folder
that ASCERTAIN_SETS names, else in ../shared/data beside the repository.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

# The benchmarks are scripts, found by the line above.
from corpus import made  # noqa: E402
from scorers import datasets, floors, running  # noqa: E402

FLOORS = floors.load(ROOT / "benchmarks" / "floors.toml")
DATA = Path(os.environ.get("ASCERTAIN_SETS", ROOT.parent / "shared" / "data"))
SAMPLE_OF_MUC4 = 15


def needs(name: str) -> pytest.MarkDecorator:
    missing = not list(DATA.glob(f"{name}*.reports.jsonl"))
    return pytest.mark.skipif(
        missing, reason=f"no {name}*.reports.jsonl in {DATA}; ASCERTAIN_SETS names another folder"
    )


def shortfalls(name: str, *, every: int = 1, group: str | None = None) -> list[str]:
    sets = datasets.find([name], data=DATA, gold=ROOT / "gold")
    summaries = [running.score(found.sample(every)) for found in sets]
    assert summaries
    return [
        str(shortfall)
        for summary in summaries
        for shortfall in floors.shortfalls(group or summary.floor_group, summary.scores, FLOORS)
    ]


@pytest.mark.parametrize("half", datasets.GOLD_HALVES)
def test_the_gold_set_stays_above_its_floors(half: str) -> None:
    assert shortfalls(f"gold-{half}") == []


@needs("airwars")
def test_airwars_stays_above_its_floors() -> None:
    assert shortfalls("airwars") == []


@needs("places-trnews")
def test_the_places_of_trnews_stay_above_their_floors() -> None:
    assert shortfalls("trnews") == []


@needs("places-geovirus")
def test_the_places_of_geovirus_stay_above_their_floors() -> None:
    assert shortfalls("geovirus") == []


@needs("linking")
def test_the_grouping_of_reports_by_event_stays_above_its_floors() -> None:
    assert shortfalls("linking") == []


def test_incidents_of_a_made_up_corpus_stay_above_their_floors() -> None:
    summary = running.score(made.corpus(seed=7, incidents=60))
    found = floors.shortfalls("corpus-sample", summary.scores, FLOORS)
    assert [str(shortfall) for shortfall in found] == []


@needs("muc4")
def test_a_sample_of_muc4_stays_above_its_floors() -> None:
    assert shortfalls("muc4", every=SAMPLE_OF_MUC4, group="muc4-sample") == []


@pytest.mark.slow
@needs("muc4")
def test_muc4_stays_above_its_floors() -> None:
    assert shortfalls("muc4") == []
