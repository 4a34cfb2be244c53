"""Sentences put plainly for the parser keep the way back to their own words."""

import pytest

from ascertain.reading.plain import plainly


def plain(text: str) -> str:
    """The text as the parser sees it."""
    return plainly(text, (0, len(text))).text


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("Between 13 and 14 men died.", "14 men died."),
        ("A 17-year-old was killed.", "A child was killed."),
        ("A 40-year-old was killed.", "A person was killed."),
        ("Two 9-year-olds were killed.", "Two children were killed."),
        ("A 14-year-old girl was killed.", "A girl was killed."),
        ("Five men, incl. two boys, died.", "Five men, including two boys, died."),
        ("Amina (36 years old) died.", "Amina died."),
    ],
)
def test_what_a_parser_stumbles_over_is_put_plainly(text: str, parsed: str) -> None:
    assert plain(text) == parsed


def test_every_token_leads_back_to_its_own_words() -> None:
    text = "Between 13 and 14 men, incl. a 17-year-old, died."
    edited = plainly(text, (0, len(text)))
    for word, own in (
        ("14", "Between 13 and 14"),
        ("men", "men"),
        ("including", "incl."),
        ("child", "17-year-old"),
        ("died", "died"),
    ):
        start = edited.text.index(word)
        (first,), (end,) = edited.own_spans([start], [len(word)])
        assert text[first:end] == own
