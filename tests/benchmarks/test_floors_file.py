from pathlib import Path

import pytest

from ascertain.model import DataFileError
from scorers import floors

FILE = Path(__file__).parents[2] / "benchmarks" / "floors.toml"


def test_a_floor_without_a_score_is_a_shortfall() -> None:
    least = {"airwars": {"date": 0.5, "killed_both": 0.5, "children_killed": 0.5}}
    found = floors.shortfalls("airwars", {"date": 0.5, "killed_both": 0.49, "children_killed": None}, least)
    assert [shortfall.name for shortfall in found] == ["killed_both", "children_killed"]
    assert floors.shortfalls("muc4", {}, least) == []


@pytest.mark.parametrize(
    ("text", "told"), [("[airwars", "not TOML"), ('[airwars]\ndate = "high"', "date is no number")]
)
def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError, match=told):
        floors.load(path)


def test_the_floors_of_the_project_are_shares_or_ratios() -> None:
    least = floors.load(FILE)
    groups = {
        "airwars",
        "muc4",
        "muc4-sample",
        "linking",
        "corpus",
        "corpus-sample",
        "trnews",
        "geovirus",
        "gold-dev",
        "gold-test",
        "speed",
        "gazetteer",
        "desk",
    }
    assert {group.partition(".")[0] for group in least} == groups
    for group, found in least.items():
        assert all(0 <= floor <= 1 or group == "speed" or group.endswith(".at_most") for floor in found.values())
