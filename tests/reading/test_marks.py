"""Marks that nobody sees change no reading."""

import pytest

from ascertain.model import Report
from ascertain.reading import read_report

PLAIN = "At least 12 people were killed by shelling in Kharkiv on 3 May 2024, the mayor said."


@pytest.mark.parametrize(
    "text",
    [
        "\u202e" + PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("12", "\u206812\u2069"),
        PLAIN.replace("people", "\u200bpeople\u200f"),
        PLAIN.replace("Kharkiv", "\u202aKharkiv\u202c"),
    ],
)
def test_a_mark_changes_no_value_and_words_stay_those_of_the_report(text: str) -> None:
    (plain,) = read_report(Report(id="r", text=PLAIN)).claims
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert claim.kind == plain.kind == "event"
    assert [(f.outcome, f.low, f.high) for f in claim.figures] == [("killed", 12, None)]
    assert (claim.type, claim.when and claim.when.start, claim.where and claim.where.id) == (
        plain.type,
        plain.when and plain.when.start,
        plain.where and plain.where.id,
    )
    for words in (*claim.figures, *claim.said_by, claim.where, claim.when):
        assert words is not None
        assert words.span is not None
        assert words.text == text[slice(*words.span)]
