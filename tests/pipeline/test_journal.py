import json
from pathlib import Path

import pytest

from ascertain.intake.received import SetAside
from ascertain.intake.results import CLAIMS, RESULTS, SET_ASIDE
from ascertain.model import SettingsError
from ascertain.pipeline import journal as journals
from ascertain.pipeline.journal import JOURNAL, Position, journal_of, only_run_in, part_of, position_in

ASIDE = SetAside("a.jsonl", 2, "no 'text'", "put it in")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder in which a run has done three chunks."""
    with journal_of(tmp_path, "f", Position()) as journal:
        for number in range(3):
            journal.add(items=2, claims=1, lines=[f'{{"n": {number}}}'], set_aside=[ASIDE])
    return tmp_path


def test_a_position_counts_what_is_on_disk(begun: Path) -> None:
    fingerprint, position = position_in(begun) or ("", Position())
    assert fingerprint == "f"
    assert (position.items, position.reports, position.claims, position.set_aside) == (6, 3, 3, 3)
    assert part_of(begun, CLAIMS).stat().st_size == position.claims_bytes == len('{"n": 0}\n') * 3


def test_a_line_cut_short_is_passed_over(begun: Path) -> None:
    whole = (begun / JOURNAL).read_bytes()
    for cut in range(1, len(whole.splitlines(keepends=True)[-1])):
        (begun / JOURNAL).write_bytes(whole[:-cut])
        assert position_in(begun) == ("f", Position(4, 2, 2, 2, 18, 2 * len(ASIDE.as_json()) + 2))


def test_a_journal_that_says_more_than_the_parts_hold_is_not_believed(begun: Path) -> None:
    with part_of(begun, CLAIMS).open("r+b") as file:
        file.truncate(10)
    _, position = position_in(begun) or ("", Position())
    assert position.items == 2


def test_going_on_cuts_off_what_was_not_noted(begun: Path) -> None:
    with part_of(begun, CLAIMS).open("ab") as file:
        file.write(b'{"n": 3')
    fingerprint, position = position_in(begun) or ("", Position())
    with journal_of(begun, fingerprint, position) as journal:
        journal.add(items=1, claims=0, lines=['{"n": 9}'], set_aside=[])
    lines = part_of(begun, CLAIMS).read_text().splitlines()
    assert [json.loads(line)["n"] for line in lines] == [0, 1, 2, 9]


def test_results_take_their_names_all_the_same_when_that_is_broken_off(begun: Path) -> None:
    fingerprint, position = position_in(begun) or ("", Position())
    with journal_of(begun, fingerprint, position) as journal:
        for name in set(RESULTS) - {CLAIMS, SET_ASIDE}:
            part_of(begun, name).touch()
        journal.complete()
    (begun / CLAIMS).rename(part_of(begun, CLAIMS))
    (begun / JOURNAL).touch()
    journals.publish(begun)
    assert sorted(path.name for path in begun.iterdir()) == sorted(RESULTS)


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        only_run_in(tmp_path),
        pytest.raises(SettingsError, match="another run is writing there"),
        only_run_in(tmp_path),
    ):
        pass
    with only_run_in(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    problem = r"file/out: results cannot be written there \(Not a directory\)"
    with pytest.raises(SettingsError, match=problem), only_run_in(tmp_path / "file" / "out"):
        pass


@pytest.mark.parametrize("written", ["garbage\n", "[1]\n", '{"fingerprint": "f"}\n{"items": 3, "bogus": 1}\n'])
def test_a_journal_that_is_none_is_named_with_what_to_do(tmp_path: Path, written: str) -> None:
    (tmp_path / JOURNAL).write_text(written)
    with pytest.raises(SettingsError, match=r"run\.journal: is no journal of a run.*; remove it"):
        position_in(tmp_path)
