import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in, hold_the_law

FIELDS = {
    "id": 4012345,
    "title": "Flash update",
    "body": "Two people were **hurt**.",
    "body-html": "<p>Two people were <strong>hurt</strong>.</p>\n<ul><li>One died.</li></ul>",
    "date": {"created": "2024-03-07T10:00:00+00:00", "original": "2024-03-05T00:00:00+00:00"},
    "source": [{"name": "UN Office", "shortname": "UNO"}, {"name": "Relief Group"}],
    "url": "https://relief.example/node/4012345",
    "language": [{"id": 267, "name": "English", "code": "en"}],
    "file": [{"id": "1", "filename": "flash.pdf", "url": "https://relief.example/flash.pdf"}],
}


def answer(*fields: object) -> bytes:
    items = [{"id": "4012345", "score": 1, "fields": each} for each in fields]
    return json.dumps({"time": 5, "href": "https://api.relief.example", "totalCount": 2, "data": items}).encode()


def test_a_report_is_a_document_with_what_the_answer_tells(tmp_path: Path) -> None:
    assert form_of_bytes(answer(FIELDS), "reports.json", tmp_path) == "reliefweb"
    (report,) = documents(found_in(answer(FIELDS), "reports.json", tmp_path))
    assert report.text == "Two people were hurt.\n\n- One died."
    assert (report.id, report.title, report.published) == ("reliefweb:4012345", "Flash update", dt.date(2024, 3, 5))
    assert (report.publisher, report.url) == ("UN Office; Relief Group", "https://relief.example/node/4012345")
    assert (report.language, report.part) == ("en", "report 4012345, with flash.pdf")


def test_without_html_the_body_is_read(tmp_path: Path) -> None:
    (report,) = documents(found_in(answer({"body": "Two hurt."}), "reports.json", tmp_path))
    assert (report.text, report.published, report.language) == ("Two hurt.", None, None)


def test_a_report_whose_text_is_in_a_file_says_which(tmp_path: Path) -> None:
    fields = {name: value for name, value in FIELDS.items() if not name.startswith("body")}
    (told,) = asides(found_in(answer(fields), "reports.json", tmp_path))
    assert told == (
        "reports.json > report 4012345, with flash.pdf: a report without a text of its own; "
        "give its file, https://relief.example/flash.pdf"
    )


def test_an_answer_cut_short_gives_what_comes_before(tmp_path: Path) -> None:
    found = found_in(answer(FIELDS, FIELDS)[:-60], "reports.json", tmp_path)
    assert len(found) == 2
    assert "broken JSON" in asides(found)[0]


def test_an_answer_without_reports_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(b'{"totalCount": 0, "data": []}', "reports.json", tmp_path))
    assert told.startswith("reports.json: an answer without reports")


@pytest.mark.fuzz
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FIELDS, "code", "name"]), inner),
    )
)
def test_any_json_of_an_answer_holds_the_law(value: object) -> None:
    hold_the_law(answer(value), "reports.json")
    for name in FIELDS:
        hold_the_law(answer({**FIELDS, name: value}), "reports.json")


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_an_answer_hold_the_law(data: st.DataObject) -> None:
    whole = answer(FIELDS)
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(at, min(len(whole), at + 60)))
    hold_the_law(whole[:at] + data.draw(st.binary(max_size=30)) + whole[cut:], "reports.json")
