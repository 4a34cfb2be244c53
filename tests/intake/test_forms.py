import importlib
import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.pdfs import lines, pdf
from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in, hold_the_law, original_of, small

from ascertain.intake import forms
from ascertain.intake.documents import Document
from ascertain.intake.forms import FORMS

PAGE = b"<!doctype html><html><body><p>Two people were hurt.</p></body></html>"


def a_docx() -> bytes:
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Two people were hurt.")
    document.save(written)
    return written.getvalue()


def a_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("report.txt", "Two people were hurt.")
    return written.getvalue()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_has_its_module(name: str) -> None:
    assert callable(importlib.import_module(FORMS[name]).found)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"Two people were hurt.", "text"),
        ("Two people were hurt.".encode("utf-16"), "text"),
        (PAGE, "html"),
        (PAGE.decode().encode("utf-16"), "html"),
        (b"\xef\xbb\xbf\n <!-- by hand -->\n<P>Two people were hurt.", "html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "html"),
        (b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'><channel/></rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (pdf(lines("Two people were hurt.")), "pdf"),
        (b"junk before it\n" + pdf(lines("Two people were hurt.")), "pdf"),
        (a_docx(), "word"),
        (a_zip(), "zip_archive"),
        (b"PK\x03\x04 broken", "zip_archive"),
        (b"{\\rtf1 Two people were hurt.}", "rtf"),
        (b"Received: from a\nSubject: b\n\nTwo people were hurt.", "email"),
        (b"From a@b Mon May 13 10:00:00 2024\nReceived: x\n\nTwo hurt.", "email"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "warc"),
        (b'{"id": "r1", "text": "Two hurt."}\n{"id": "r2", "text": "One died."}\n', "jsonl"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "unread"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unread"),
        (bytes(range(256)) * 9, "unread"),
    ],
)
def test_the_content_shows_the_form(data: bytes, form: str, tmp_path: Path) -> None:
    assert form_of_bytes(data, "no-suffix", tmp_path) == form


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.jpg", "report.csv", "report.txt", "report"])
@pytest.mark.parametrize("media_type", [None, "application/pdf", "text/plain", "image/png", "application/json"])
def test_types_that_lie_change_nothing(name: str, media_type: str | None, tmp_path: Path) -> None:
    original = original_of(PAGE, name, tmp_path, media_type=media_type)
    assert forms.form_of(original) == "html"


@pytest.mark.parametrize(
    ("name", "media_type", "form"),
    [
        ("a.csv", None, "table"),
        ("a.csv", "text/plain", "text"),
        ("a", "text/csv; charset=utf-8", "table"),
        ("a.pdf", "application/pdf", "text"),
        ("a.docx", None, "text"),
    ],
)
def test_of_plain_text_the_label_tells_the_form_unless_it_cannot_be(
    name: str, media_type: str | None, form: str, tmp_path: Path
) -> None:
    assert forms.form_of(original_of(b"text,day\nTwo hurt,2024-05-13\n", name, tmp_path, media_type=media_type)) == form


def test_a_memo_with_a_date_is_no_email(tmp_path: Path) -> None:
    memo = b"From: the mayor\nDate: 5 May 2024\nSubject: shelling\n\nTwo people were hurt."
    assert form_of_bytes(memo, "memo.txt", tmp_path) == "text"


def test_the_language_is_told_where_it_is_sure(tmp_path: Path) -> None:
    english = b"At least thirteen people were killed when shells hit the market of the town on Tuesday morning."
    assert documents(found_in(english, "a.txt", tmp_path))[0].language == "en"
    assert documents(found_in(b"Gaza 12, Rafah 5.", "a.txt", tmp_path))[0].language is None


def test_zeros_become_a_sign_that_every_database_keeps(tmp_path: Path) -> None:
    (document,) = documents(found_in(b"Two people\0 were hurt in the night. " * 9, "a.txt", tmp_path))
    assert "\0" not in document.text
    assert "people\ufffd were" in document.text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "a.txt: empty; leave it out, or fetch it again"),
        (b" \n\t ", "a.txt: no text in it; leave it out, or write its text into a text file"),
        (b"x" * 2000, "a.txt: longer than 1,000 characters; split it into its parts, or raise the limit"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_a_remedy(data: bytes, problem: str, tmp_path: Path) -> None:
    assert asides(found_in(data, "a.txt", tmp_path, settings=small(characters=1000))) == [problem]


def test_a_file_that_is_not_there_is_set_aside(tmp_path: Path) -> None:
    original = original_of(b"x", "a.txt", tmp_path)
    original.path.unlink()
    (told,) = map(str, forms.find(original, small(), tmp_path))
    assert told == "a.txt: cannot be read: No such file or directory; check the file and the right to read it"


def test_an_original_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"x" * 2_000_000, "a.txt", tmp_path, settings=small(whole_bytes=1_000_000)))
    assert told.startswith("a.txt: 2 MB, more than the 1 MB that are read")


def test_parts_beyond_the_limit_are_set_aside_together(tmp_path: Path) -> None:
    mailbox = b"From a@b Mon May 13 10:00:00 2024\nReceived: x\n\nTwo people were hurt.\n\n" * 5
    found = found_in(mailbox, "a.mbox", tmp_path, settings=small(parts=3))
    assert [type(item) is Document for item in found] == [True, True, True, False]
    assert asides(found) == ["a.mbox: more than 3 parts; those after are not read; split it, or raise the limit"]


def test_a_fault_of_a_form_spoils_only_its_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMS, "text", "tests.intake.test_forms_broken")
    (told,) = asides(found_in(b"Two people were hurt.", "a.txt", tmp_path))
    assert told.startswith("a.txt: broken: ModuleNotFoundError")


HEADS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"{\\rtf1 ", b"<html>", b"<rss>", b"From a@b 2024\nX-A:",
    b"WARC/1.0\r\n",
    b"MIME-Version: 1.0\n\n", b'{"', b"[{", b"12/03/2024, 10:15 - A: b\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b"II*\x00",
]  # fmt: skip


@pytest.mark.fuzz
@given(
    head=st.sampled_from(HEADS), data=st.binary(max_size=2000), name=st.sampled_from(["a", "a.csv", "a.eml", "a.html"])
)
def test_any_bytes_at_all_are_read_or_set_aside(head: bytes, data: bytes, name: str) -> None:
    hold_the_law(head + data, name, small(characters=5000, parts=100))


@pytest.mark.fuzz
@given(text=st.text(max_size=500), encoding=st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-16-le", "gb18030"]))
def test_any_text_in_any_encoding_is_read_or_set_aside(text: str, encoding: str) -> None:
    hold_the_law(text.encode(encoding, "replace"), "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_xml_with_a_document_type_that_is_no_known_form_is_set_aside(tmp_path: Path, encoding: str) -> None:
    data = '<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]><r>&x; hurt.</r>'
    (told,) = asides(found_in(data.encode(encoding), "a.xml", tmp_path))
    assert "XML of no known form" in told


def test_a_form_is_told_in_time_whatever_stands_before_it(tmp_path: Path) -> None:
    assert form_of_bytes(b"<??><!---->" * 5000 + b"Two people were hurt.", "a.xml", tmp_path) == "text"
