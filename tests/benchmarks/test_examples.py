"""The examples in the docstrings of the benchmarks run, as those of the package do."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "airwars",
        "alignment",
        "coreference",
        "datasets",
        "errors",
        "floors",
        "gold",
        "heads",
        "linking",
        "muc4",
        "passages",
        "tally",
        "word_clusters",
    ],
)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"scorers.{name}")).failed == 0
