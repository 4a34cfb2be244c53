from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, found_in, hold_the_law, small


def text_of(data: bytes, folder: Path) -> str:
    (document,) = documents(found_in(data, "a.rtf", folder))
    return document.text


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        (rb"{\rtf1 Two {\b people} were hurt.\par One died.}", "Two people were hurt.\n\nOne died."),
        (rb"{\rtf1\ansi\ansicpg1251 \'c4\'e2\'ee\'e5 ranen\'fb.}", "Двое ranenы."),
        (rb"{\rtf1\uc1 \u1602?\u1578?\u1604? 13}", "قتل 13"),
        (rb"{\rtf1\uc2 \u1602\'e3\'e4\u1578ab\u1604xy.}", "قتل."),
        (rb"{\rtf1 \u-10179?\u-8704? hurt}", "😀 hurt"),
        (
            rb"{\rtf1{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset178 Arial;}}\f0 \'c4\'e2\'ee\'e5 \f1 \'de\'ca\'e1}",
            "Двое قتل",
        ),
        (rb"{\rtf1{\info{\title Ninety}}{\*\generator Ninety;}{\pict 0102}Two hurt.}", "Two hurt."),
        (rb"{\rtf1 Two {\v ninety }hurt.}", "Two hurt."),
        (rb"{\rtf1 Town\cell Killed\cell\row Jabalia\cell 13\cell\row}", "Town | Killed\nJabalia | 13"),
        (rb"{\rtf1 a\emdash b\~c \{d\} \\e\line f}", "a—b\u00a0c {d} \\e\nf"),
        (b"{\\rtf1 cut off in {the mid", "cut off in the mid"),
    ],
)
def test_rich_text_becomes_text(rich: bytes, text: str, tmp_path: Path) -> None:
    assert text_of(rich, tmp_path) == text


def test_deep_nesting_is_set_aside(tmp_path: Path) -> None:
    assert "nested too deeply" in asides(found_in(b"{\\rtf1 " + b"{" * 50_000 + b"x", "a.rtf", tmp_path))[0]


@pytest.mark.fuzz
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=5),
            st.sampled_from(
                [b"{", b"}", b"\\u", b"-99999", b"\\'zz", b"\\*", b"\\uc9", b"\\ansicpg7", b"\\f3", b"\\fonttbl "]
            ),
        ),
        max_size=30,
    )
)
def test_any_rich_text_is_read_or_set_aside(pieces: list[bytes]) -> None:
    hold_the_law(b"{\\rtf1 " + b"".join(pieces), "a.rtf", small(characters=5000))
