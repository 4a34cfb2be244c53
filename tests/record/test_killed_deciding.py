"""Deciding that is killed at any moment: a decision is taken whole or not at all, and none is lost."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from .conftest import CopyOf, filled
from .faults import ENVIRON, ROOT
from .test_faults import KILLS

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("kills", [6, pytest.param(KILLS, marks=pytest.mark.slow)])
def test_killed_at_random_moments(copy_of: CopyOf, kills: int) -> None:
    command = [sys.executable, "-m", "tests.record.killed_deciding", copy_of(filled), str(kills)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=ENVIRON, check=False, text=True)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["killed"] == kills
    assert result["decisions"]
