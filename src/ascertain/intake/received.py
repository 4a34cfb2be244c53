"""What arrives, item by item: a report with the place that it came from, or what was set aside and why."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pydantic import ValidationError

from ascertain.model import InputError, Report

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIELDS = tuple(Report.model_fields)

_PROBLEMS = {
    ("id", "missing"): ("no 'id'", "give each report an id of its own"),
    ("id", "string_too_short"): ("an empty 'id'", "give each report an id of its own"),
    ("text", "missing"): ("no 'text'", "put the report's text into the field 'text'"),
}
_DATE_REMEDY = "write the day of publication as YYYY-MM-DD, or leave 'published' out"


@dataclass(frozen=True, slots=True)
class Received:
    """A report, and the file and line that it came from; `line` is `None` where the file is one report."""

    report: Report
    source: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What could not be read, why, and what to do about it: a line of `set_aside.jsonl`.

    >>> print(SetAside("a.jsonl", 3, "no 'text'", "put the report's text into the field 'text'"))
    a.jsonl:3: no 'text'; put the report's text into the field 'text'
    """

    source: str
    line: int | None
    problem: str
    remedy: str

    @classmethod
    def because(cls, error: InputError) -> SetAside:
        """The record of an error about one item."""
        return cls(printable(error.source), error.line, printable(error.problem), printable(error.remedy))

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.problem}; {self.remedy}"

    def as_json(self) -> str:
        """One line of `set_aside.jsonl`, without its line break."""
        return one_line(json.dumps(asdict(self), ensure_ascii=False))


Item = Received | SetAside


def report_from(fields: Mapping[str, object], *, source: str, line: int | None = None) -> Report:
    """The report that a mapping in the exchange format describes; fields that the format lacks are left out.

    Raises:
        InputError: a field is missing, empty or of the wrong type, or cannot be written as UTF-8.

    >>> report_from({"id": "r1", "text": "A calm day.", "published": "2024-09-05"}, source="a.jsonl").published
    datetime.date(2024, 9, 5)
    >>> report_from({"id": "r1", "text": " "}, source="a.jsonl", line=2)
    Traceback (most recent call last):
    ...
    ascertain.model.errors.InputError: a.jsonl:2: an empty text; leave the report out, or fill in its text
    """
    known = {name: fields[name] for name in _FIELDS if name in fields}
    known["published"] = _day(known.get("published"))
    for name, value in known.items():
        if isinstance(value, str) and not is_encodable(value):
            problem = f"a lone surrogate in {name!r}, which is half a character"
            raise InputError(problem, source=source, line=line, remedy="write the character whole, or take it out")
    try:
        report = Report.model_validate(known, strict=True)
    except ValidationError as error:
        problem, remedy = _explained(error)
        raise InputError(problem, source=source, line=line, remedy=remedy) from None
    if not report.id.strip():
        problem, remedy = _PROBLEMS["id", "string_too_short"]
        raise InputError(problem, source=source, line=line, remedy=remedy)
    if not report.text.strip():
        problem, remedy = "an empty text", "leave the report out, or fill in its text"
        raise InputError(problem, source=source, line=line, remedy=remedy)
    return report


def fields_of(line: bytes, *, source: str, number: int) -> dict[str, object]:
    """The fields of one line of JSONL.

    Raises:
        InputError: the line is not UTF-8, not JSON, or not a JSON object.

    >>> fields_of(b'{"id": "r1", "text": "A calm day."}', source="a.jsonl", number=1)
    {'id': 'r1', 'text': 'A calm day.'}
    """
    text = decoded(line, source=source, line=number)
    try:
        fields = json.loads(text)
    except RecursionError:
        problem = "broken JSON: nested too deeply"
        raise InputError(problem, source=source, line=number, remedy="write one flat JSON object a line") from None
    except ValueError as error:
        problem = f"broken JSON: {_told(error)}"
        remedy = "write one whole JSON object a line"
        raise InputError(problem, source=source, line=number, remedy=remedy) from None
    if not isinstance(fields, dict):
        problem = f"a JSON {_json_type(fields)} where a report should be"
        remedy = 'write an object with "id" and "text"'
        raise InputError(problem, source=source, line=number, remedy=remedy)
    return fields


def decoded(data: bytes, *, source: str, line: int | None = None) -> str:
    """The text of UTF-8 bytes, as given.

    Raises:
        InputError: they are not UTF-8, or hold zero bytes at every other place, as UTF-16 does.
    """
    remedy = "save it again as UTF-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 (byte 0x{data[error.start]:02x} at position {error.start})"
        raise InputError(problem, source=source, line=line, remedy=remedy) from None
    if text.count("\0") > len(text) // 3:
        raise InputError("not UTF-8 (it looks like UTF-16)", source=source, line=line, remedy=remedy)
    return text


def printable(text: str) -> str:
    """The text with what UTF-8 cannot carry written as escapes, and control characters too.

    >>> printable("a\\ud800\\x1b[31m")
    'a\\\\ud800\\\\x1b[31m'
    """
    escaped = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in escaped)


def one_line(text: str) -> str:
    """JSON in which no character breaks a line, whoever splits it: U+0085, U+2028 and U+2029 become escapes."""
    return text.translate(_LINE_BREAKS)


_LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def _day(value: object) -> object:
    """A date for `YYYY-MM-DD`; anything else unchanged, for the check of types to refuse."""
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return value


def _explained(error: ValidationError) -> tuple[str, str]:
    """The problem and the remedy of the first fault."""
    first = error.errors(include_url=False)[0]
    name, kind, value = str(first["loc"][0]), first["type"], first["input"]
    if name == "published":
        return f"'published' is {_shown(value)}, which is no date", _DATE_REMEDY
    default = (f"{name!r} is {_shown(value)}, which is no text", f"write {name!r} as a JSON string")
    return _PROBLEMS.get((name, kind), default)


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=True, default=str)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def is_encodable(text: str) -> bool:
    """Whether UTF-8 can carry the text: it holds no half of a character.

    >>> is_encodable("é"), is_encodable("\\udcff")
    (True, False)
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _told(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at column {error.colno}"
    return "a number of thousands of digits"


def _json_type(value: object) -> str:
    names = {list: "array", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}
    return names[type(value)]
