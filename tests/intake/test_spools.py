"""Spools: what a killed process leaves is swept away, what a living one holds is not."""

import os
import tempfile
from pathlib import Path

import pytest

from ascertain.intake.spools import spool


def test_a_spool_of_a_dead_process_is_swept_and_one_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, fresh, other = (tmp_path / name for name in ("ascertain-spool-a", "ascertain-spool-b", "ascertainment"))
    for folder in (left, fresh, other):
        folder.mkdir()
        (folder / "stream-0").write_text("half of it")
    with spool() as held:
        for folder in (left, other, held):
            os.utime(folder, (0, 0))
        with spool():
            assert sorted(tmp_path.iterdir())[0] != left
            assert held.is_dir()
    assert sorted(tmp_path.iterdir()) == [fresh, other]
