"""A reread that is killed is gone on with, and ends as one that was not."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .faults import ENVIRON, ROOT

SOME = pytest.param(random.randint(1, 10), 15, id="some")
ALL = pytest.param(1, 1, id="all", marks=pytest.mark.slow)


@pytest.mark.faults
@pytest.mark.parametrize(("first", "every"), [SOME, ALL])
def test_killed_at_any_moment_it_goes_on(filled_file: Path, tmp_path: Path, first: int, every: int) -> None:
    copy = tmp_path / "filled.sqlite"
    shutil.copyfile(filled_file, copy)
    command = [sys.executable, "-m", "tests.record.killed_reread", str(copy), str(first), str(every)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=ENVIRON, check=False)
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    assert result["killed"] >= 3
    assert result["wrong"] == [], f"from {first}, every {every}"
