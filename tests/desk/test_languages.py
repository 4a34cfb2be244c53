"""The pages in Arabic: every string has its translation, with the same names in it."""

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.catalog import Message

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
