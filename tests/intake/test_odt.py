import io
import zipfile
from pathlib import Path

from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:'
    'text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(body: str, meta: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
        package.writestr("content.xml", f"{content}</office:document-content>")
        package.writestr("meta.xml", f"<office:document-meta {NAMES}>{meta}</office:document-meta>")
    return written.getvalue()


def test_paragraphs_lists_tables_and_notes_stand_in_reading_order(tmp_path: Path) -> None:
    body = """<text:tracked-changes><text:p>Ninety were killed.</text:p></text:tracked-changes>
        <text:h>Situation report</text:h>
        <text:p>Two<text:s/>people<text:note><text:note-citation>1</text:note-citation><text:note-body>
        <text:p>So the mayor.</text:p></text:note-body></text:note> were <text:span>hurt</text:span>.</text:p>
        <text:list><text:list-item><text:p>two men</text:p></text:list-item>
        <text:list-item><text:p>a child</text:p></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell><text:p>Town</text:p></table:table-cell>
        <table:table-cell><text:p>13</text:p></table:table-cell></table:table-row></table:table>"""
    data = odt(body, "<dc:title>Report 14</dc:title>")
    assert form_of_bytes(data, "a.docx", tmp_path) == "odt"
    (document,) = documents(found_in(data, "a.odt", tmp_path))
    assert document.text == (
        "Situation report\n\nTwo people[1] were hurt.\n\n[1] So the mayor.\n\n- two men\n- a child\n\nTown | 13"
    )
    assert document.title == "Report 14"


def test_a_broken_package_is_set_aside(tmp_path: Path) -> None:
    assert "a broken OpenDocument file" in asides(found_in(odt("<text:p>"), "a.odt", tmp_path))[0]
