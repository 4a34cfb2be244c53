"""Marked text: nothing is lost or added, nothing of it is markup, and overlapping marks are all told."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from ascertain.desk.marking import Hue, Mark, marked

TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'\n\r\u0627\u0644\U0001f30d"), max_size=40)


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends), max_size=5))
    hues: st.SearchStrategy[Hue] = st.sampled_from(["harm", "place", "time", "party"])
    return text, [Mark((min(span), max(span)), draw(hues), f"v{at}") for at, span in enumerate(spans)]


@given(texts_with_marks())
def test_the_text_is_as_it_came(told: tuple[str, list[Mark]]) -> None:
    text, marks = told
    shown = marked(text, marks)
    assert html.unescape(re.sub(r"<[^>]*>", "", shown)) == html.unescape(html.escape(text)).replace("\r", "\r")
    assert set(re.findall(r"</?(\w+)", shown)) <= {"mark"}


@given(texts_with_marks())
def test_each_mark_is_over_its_words_and_no_others(told: tuple[str, list[Mark]]) -> None:
    text, marks = told
    found = {mark.asserts: "" for mark in marks}
    for asserts, words in re.findall(r'<mark [^>]*data-asserts="([^"]*)">([^<]*)</mark>', marked(text, marks)):
        for value in asserts.split():
            found[value] += html.unescape(words)
    assert found == {mark.asserts: html.unescape(html.escape(text[slice(*mark.span)])) for mark in marks}


def test_a_stretch_has_the_marks_that_reach_into_it() -> None:
    shown = marked("one two three", [Mark((0, 7), "time", "when")], 4, 13)
    assert shown == '<mark class="words time" data-asserts="when">two</mark> three'
