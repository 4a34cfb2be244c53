"""The pages in Arabic: every string has its translation, with the same names in it."""

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override

from ascertain.desk.showing import worded, worded_apart
from ascertain.model import saying

KEPT = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "messages.py"))
COLLECTED = [message for message in KEPT["collected"](KEPT["arabic"]()) if message.id]


def test_all_strings_are_translated() -> None:
    assert [message.id for message in COLLECTED if KEPT["is_missing"](message)] == []


@pytest.mark.parametrize("message", COLLECTED, ids=lambda message: str(message.id)[:40])
def test_a_translation_names_what_the_string_names(message: Message) -> None:
    told = [message.string] if isinstance(message.string, str) else message.string
    asked = message.id if isinstance(message.id, str) else message.id[1]
    for one in told:
        assert set(re.findall(r"%\(\w+\)s", one)) <= set(re.findall(r"%\(\w+\)s", asked))
        assert set(re.findall(r"{\w+}", one)) == set(re.findall(r"{\w+}", asked))


def test_a_reason_is_told_in_the_language_of_the_page_with_each_value_apart() -> None:
    reports = saying("reports {names}", names=("r1", "<r2>"))
    why = saying("only {source} says so, in {reports}", source="police", reports=reports)
    assert worded(why) == why == "only police says so, in reports r1, <r2>"
    with override("ar"):
        assert worded(why) == "يقول ذلك police وحده، في التقارير r1، <r2>"
        assert worded_apart(why) == (
            "يقول ذلك <bdi>police</bdi> وحده، في التقارير <bdi>r1</bdi>، <bdi>&lt;r2&gt;</bdi>"
        )
        assert worded("no saying") == "no saying"
