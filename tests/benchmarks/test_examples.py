"""The examples in the docstrings of the benchmarks run, as those of the package do."""

import doctest
import importlib
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MODULES = sorted(f"{path.parent.name}.{path.stem}" for path in BENCHMARKS.glob("*/*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
