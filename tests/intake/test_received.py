import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.received import SetAside, decoded, fields_of, one_line, printable, report_from
from ascertain.model import InputError, Report

BAD_FIELDS = {
    "no id": ({"text": "x"}, "no 'id'"),
    "an empty id": ({"id": "", "text": "x"}, "an empty 'id'"),
    "an id of the wrong type": ({"id": 7, "text": "x"}, "'id' is 7, which is no text"),
    "an id of blanks": ({"id": " \t", "text": "x"}, "an empty 'id'"),
    "no text": ({"id": "a"}, "no 'text'"),
    "a text of the wrong type": ({"id": "a", "text": ["x"]}, "'text' is [\"x\"], which is no text"),
    "an empty text": ({"id": "a", "text": " \r\n\t"}, "an empty text"),
    "an unknown date": ({"id": "a", "text": "x", "published": "unknown"}, "'published' is \"unknown\""),
    "a day that is not": ({"id": "a", "text": "x", "published": "2024-02-30"}, "'published' is \"2024-02-30\""),
    "a time for a day": ({"id": "a", "text": "x", "published": "2024-02-03T10:00:00Z"}, "which is no date"),
    "a number for a day": ({"id": "a", "text": "x", "published": 20240203}, "'published' is 20240203"),
    "a title of the wrong type": ({"id": "a", "text": "x", "title": {"en": "y"}}, "'title' is"),
    "half a character": ({"id": "a", "text": "x\ud800y"}, "a lone surrogate in 'text'"),
    "half a character in the id": ({"id": "\udfff", "text": "x"}, "a lone surrogate in 'id'"),
}
BAD_LINES = {
    "not UTF-8": (b'{"id": "a", "text": "caf\xe9"}', "not UTF-8 (byte 0xe9 at position 24)"),
    "broken JSON": (b'{"id": "a", "text": "x"', "broken JSON: Expecting ',' delimiter at column 24"),
    "an array": (b"[1]", "a JSON array where a report should be"),
    "null": (b"null", "a JSON null where"),
    "deep nesting": (b"[" * 200_000, "broken JSON: nested too deeply"),
    "a number of too many digits": (b'{"id": ' + b"9" * 5000 + b"}", "broken JSON: a number of thousands of digits"),
    "a line break within": (b'{"id": "a\tb"}', "broken JSON: Invalid control character at column 10"),
}


@pytest.mark.parametrize(("fields", "problem"), BAD_FIELDS.values(), ids=BAD_FIELDS.keys())
def test_a_bad_report_is_refused_with_file_line_and_remedy(fields: dict[str, object], problem: str) -> None:
    with pytest.raises(InputError) as caught:
        report_from(fields, source="a.jsonl", line=3)
    assert str(caught.value).startswith("a.jsonl:3: ")
    assert problem in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(("line", "problem"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_refused_with_file_line_and_remedy(line: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        fields_of(line, source="a.jsonl", number=3)
    assert str(caught.value).startswith(f"a.jsonl:3: {problem}")
    assert caught.value.remedy


def test_unknown_fields_are_left_out() -> None:
    assert report_from({"id": "a", "text": "x", "country": "KE"}, source="-") == Report(id="a", text="x")


def test_a_text_keeps_every_character() -> None:
    text = "\ufeffa\r\n\x00\u202eb\U0001f4a5\u2028c"
    line = json.dumps({"id": "a", "text": text}).encode()
    assert report_from(fields_of(line, source="-", number=1), source="-").text == text


def test_text_that_is_not_utf_8_names_the_byte() -> None:
    with pytest.raises(InputError, match=r"a.txt: not UTF-8 \(byte 0xff at position 0\); save it again as UTF-8"):
        decoded(b"\xff\xfea\x00", source="a.txt")


@given(st.text(st.characters(codec=None)))
def test_what_is_printed_fits_one_line_and_utf_8(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert shown.isprintable()


@given(st.text())
def test_a_line_of_json_is_one_line_to_every_splitter(text: str) -> None:
    line = one_line(json.dumps({"text": text}, ensure_ascii=False))
    assert line.splitlines() == [line]
    assert json.loads(line) == {"text": text}


def test_what_is_set_aside_is_one_json_object() -> None:
    aside = SetAside("a.jsonl", None, "no 'text'", "put it in")
    expected = {"source": "a.jsonl", "line": None, "problem": "no 'text'", "remedy": "put it in"}
    assert json.loads(aside.as_json()) == expected
