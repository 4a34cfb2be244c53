"""Laws of the code lists, and faults in their files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from ascertain.model import DataFileError, NegotiationStatus
from ascertain.taxonomy import event_type, event_types, means, plover_of_status, read_table
from ascertain.taxonomy.events import load_event_types
from ascertain.taxonomy.means import load_means
from ascertain.taxonomy.negotiations import load_plover_of_status

OWN = {"ground_advance", "rescue", "crime", "accident", "natural_disaster"}
HEADER = "# source: a test\ncode\tacled_event_type\tacled_sub_event_type\tplover\tmeaning\n"


def test_a_code_is_acleds_sub_event_type_in_snake_case() -> None:
    for code, kind in event_types().items():
        if code in OWN:
            continue
        assert kind.acled is not None
        words = kind.acled.sub_event_type.lower().replace("/", " ").replace("-", " ").split()
        assert code == "_".join(words)


def test_acled_has_25_sub_event_types_of_six_types() -> None:
    acled = [kind.acled for code, kind in event_types().items() if code not in OWN]
    assert len(acled) == 25
    assert len({words.event_type for words in acled if words}) == 6


def test_crime_accident_disaster_and_rescue_are_outside_acled() -> None:
    outside = {code for code, kind in event_types().items() if not kind.political}
    assert outside == OWN - {"ground_advance"}


def test_ground_advance_is_another_strategic_development() -> None:
    assert event_type("ground_advance").acled == event_type("other").acled


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        event_type("skirmish")


def test_means_name_known_event_types() -> None:
    assert all(kind.event_type is None or kind.event_type in event_types() for kind in means().values())
    assert len(means()) == 24


def test_every_status_has_a_plover_type() -> None:
    assert set(plover_of_status()) == set(get_args(NegotiationStatus))


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("code\n", 1, "no source line"),
        ("# source: a test\ncode\tmeaning\n", 2, "other columns"),
        (HEADER + "a\t\t\t\tx\na\t\t\t\tx\n", 4, "line 3 already"),
        (HEADER + "\t\t\t\tx\n", 3, "code is empty"),
        (HEADER + "a\tBattles\t\t\tx\n", 3, "only one of"),
        (HEADER + "a\t\t\tFIGHT\tx\n", 3, "plover is 'FIGHT'"),
        (HEADER + "a\t\t\tASSAULT\n", 3, "has no meaning"),
        (HEADER + "a\t\t\tASSAULT\tx\ty\n", 3, "6 cells"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, content: str, line: int, problem: str) -> None:
    file = tmp_path / "event_types.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=problem) as caught:
        load_event_types(file)
    assert (caught.value.source, caught.value.line) == (str(file), line)
    assert caught.value.remedy


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        read_table(tmp_path / "none.tsv", ["a"])


def test_means_of_an_unknown_event_type_are_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "means.tsv"
    file.write_text("# source: a test\ncode\tevent_type\tmeaning\nsling\tstoning\tslings\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="stoning"):
        load_means(file)


def test_a_status_left_out_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "status.tsv"
    file.write_text("# source: a test\nstatus\tplover\tmeaning\nagreed\tAGREE\tx\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="proposed"):
        load_plover_of_status(file)


def test_cells_may_list_several_and_say_yes_or_no(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("# source: a test\nname\tarmed\nA | B\tyes\n", encoding="utf-8")
    (row,) = read_table(file, ["name", "armed"])
    assert row.many("name") == ("A", "B")
    assert row.flag("armed")
