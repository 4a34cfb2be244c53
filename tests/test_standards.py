"""The tools that hold the style, run as tests so that one command runs everything."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = [sys.executable, "-m"]
TOOLS = {
    "ruff check": [*PYTHON, "ruff", "check", "--quiet"],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "--quiet"],
    "mypy": [*PYTHON, "mypy", "--no-error-summary"],
    "import-linter": [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS.keys())
def test_the_tool_has_nothing_to_say(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
