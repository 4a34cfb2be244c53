"""The corpus: what broke a form once, or breaks readers elsewhere, and what is near it, is read or set aside."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import hold_the_law, small

from ascertain.intake.received import SetAside

CORPUS = sorted(path for path in (Path(__file__).parent / "corpus").iterdir() if path.suffix != ".md")
BROKEN = "broken: "


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_is_in_the_corpus_is_read_or_set_aside_for_a_reason(path: Path) -> None:
    found = hold_the_law(path.read_bytes(), path.name)
    assert found
    assert not [item.problem for item in found if isinstance(item, SetAside) and item.problem.startswith(BROKEN)]


@pytest.mark.fuzz
@given(
    path=st.sampled_from(CORPUS),
    at=st.integers(0, 5000),
    cut=st.integers(0, 40),
    put=st.binary(max_size=40),
)
def test_what_is_near_the_corpus_is_read_or_set_aside(path: Path, at: int, cut: int, put: bytes) -> None:
    data = path.read_bytes()
    at %= len(data)
    hold_the_law(data[:at] + put + data[at + cut :], path.name, small(characters=5000, parts=100))
