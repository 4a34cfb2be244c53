"""Marks that nobody sees: directions, joins and byte order, which come with text copied from pages in Arabic or Hebrew.

In: a report. Out: the same with a blank for each mark, so that offsets hold; a reading back in the report's own words.
"""

from __future__ import annotations

from typing import Any

from ascertain.model import Reading, Report

_CODES = (0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
_BLANKS = dict.fromkeys(_CODES, " ")


def without_marks(report: Report) -> Report:
    """The report with a blank in place of each mark; itself where it has none.

    >>> without_marks(Report(id="r", text="Two\\u200f people")).text
    'Two  people'
    """
    text = report.text.translate(_BLANKS)
    return report if text == report.text else report.model_copy(update={"text": text})


def in_own_words(reading: Reading, text: str) -> Reading:
    """The reading with all words as they stand in `text` at their spans."""
    return Reading.model_validate(_worded(reading.model_dump(), text))


def _worded(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        worded = {name: _worded(inner, text) for name, inner in value.items()}
        if worded.get("span") is not None and worded.get("text") is not None:
            worded["text"] = text[slice(*worded["span"])]
        return worded
    return [_worded(inner, text) for inner in value] if isinstance(value, list | tuple) else value
