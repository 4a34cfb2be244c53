import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, found_in, hold_the_law, small

from ascertain.intake.documents import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def saved(document: WordDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is this, in place of its first paragraph."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        paragraph._p.addprevious(element)
    return saved(document)


def with_parts(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The same package with these parts in place of its own; `None` takes one out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return written.getvalue()


def the_document(data: bytes, folder: Path) -> Document:
    (document,) = documents(found_in(data, "a.docx", folder))
    return document


def test_headings_paragraphs_lists_and_tables_stand_in_reading_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Situation report", level=1)
    document.add_paragraph("Two people were hurt.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Town", "Killed", "Jabalia", "13"], strict=True):
        cell.text = text
    document.add_paragraph("One died in the night.")
    assert the_document(saved(document), tmp_path).text == (
        "Situation report\n\nTwo people were hurt.\n\nTown | Killed\nJabalia | 13\n\nOne died in the night."
    )


def test_a_table_that_only_lays_out_the_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=2).cell(0, 1)
    cell.text = "Two people were hurt. " * 30
    cell.add_paragraph("One died in the night.")
    assert the_document(saved(document), tmp_path).text.endswith("\n\nOne died in the night.")


def test_items_of_a_list_follow_one_another(tmp_path: Path) -> None:
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    assert (
        the_document(with_body(item.format("two men") + item.format("a child")), tmp_path).text
        == "- two men\n- a child"
    )


def test_a_footnote_stands_after_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Two people were hurt")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(" on Tuesday.")
    document.add_paragraph("One died.")
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        types = package.read("[Content_Types].xml").decode()
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>So the mayor.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    data = with_parts(
        data,
        {
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>", f'<Relationship Id="rId99" Type="{NOTES}" Target="footnotes.xml"/></Relationships>'
            ).encode(),
            "[Content_Types].xml": types.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            ).encode(),
        },
    )
    assert the_document(data, tmp_path).text == "Two people were hurt[1] on Tuesday.\n\n[1] So the mayor.\n\nOne died."


def test_what_was_deleted_or_hidden_is_not_text_and_what_was_inserted_is(tmp_path: Path) -> None:
    body = """<w:p><w:r><w:t xml:space="preserve">Two </w:t></w:r>
        <w:del w:id="1" w:author="a"><w:r><w:delText>hundred </w:delText></w:r></w:del>
        <w:ins w:id="2" w:author="a"><w:r><w:t xml:space="preserve">people </w:t></w:r></w:ins>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>not </w:t></w:r><w:r><w:t>were hurt.</w:t></w:r>
        <w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r></w:p>"""
    assert the_document(with_body(body), tmp_path).text == "Two people were hurt."


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    body = """<w:p><w:r><w:t>Two people were hurt.</w:t></w:r><w:r>
        <mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
        <mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>One died.</w:t></w:r></w:p></w:txbxContent>
        </w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>One died.</w:t></w:r></w:p>
        </w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    assert the_document(with_body(body), tmp_path).text == "Two people were hurt.\n\nOne died."


def test_head_and_foot_of_the_pages_stand_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministry of Health"
    document.sections[0].footer.paragraphs[0].text = "13"
    document.add_paragraph("Two people were hurt.")
    assert the_document(saved(document), tmp_path).text == "Ministry of Health\n\nTwo people were hurt."


def test_title_and_author_are_told_and_no_day_of_the_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Situation Report 14"
    document.core_properties.author = "Ann Bee"
    document.core_properties.created = document.core_properties.modified = dt.datetime(2024, 5, 13)
    document.add_paragraph("Two people were hurt.")
    found = the_document(saved(document), tmp_path)
    assert (found.title, found.author, found.published) == ("Situation Report 14", "Ann Bee", None)


def test_arabic_stays_as_it_was_typed(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("قُتل 13 شخصا في خان يونس")
    assert the_document(saved(document), tmp_path).text == "قُتل 13 شخصا في خان يونس"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = with_parts(with_body("<w:p/>"), {"word/media/image1.png": b"\0" * (150 << 20)})
    assert "swells to" in asides(found_in(data, "a.docx", tmp_path))[0]


def test_laughs_are_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    part = f"""<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "ha">{laughs}
        <!ENTITY file SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r>
        <w:t>Two &l9; &file; hurt.</w:t></w:r></w:p></w:body></w:document>"""
    found = found_in(with_parts(with_body("<w:p/>"), {"word/document.xml": part.encode()}), "a.docx", tmp_path)
    (told,) = asides(found)
    assert "declares XML entities" in told
    assert "do not open it" in told


def test_deep_nesting_is_set_aside(tmp_path: Path) -> None:
    deep = f"<w:document {W}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"
    data = with_parts(with_body("<w:p/>"), {"word/document.xml": deep.encode()})
    assert "a broken Word file" in asides(found_in(data, "a.docx", tmp_path))[0]


@pytest.mark.parametrize("gone", ["word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_a_package_without_its_parts_is_read_or_set_aside(gone: str) -> None:
    assert hold_the_law(with_parts(with_body("<w:p/>"), {gone: None}), "a.docx")


def test_an_old_file_is_set_aside_with_a_remedy(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.doc", tmp_path))
    assert "an old Office file" in told
    assert told.endswith("save it as .docx, .xlsx or PDF without a password, and give that")


GOOD = with_body("<w:p><w:r><w:t>Two people were hurt.</w:t></w:r></w:p>")


@pytest.mark.fuzz
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=9), st.integers(0, 30)), min_size=1, max_size=5
    )
)
def test_any_damage_to_a_package_is_read_or_set_aside(cuts: list[tuple[int, bytes, int]]) -> None:
    data = bytearray(GOOD)
    for at, put, gone in cuts:
        data[at : at + gone] = put
    hold_the_law(bytes(data), "a.docx", small(characters=10_000))


ELEMENTS = st.recursive(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="<&\ufffe\uffff"), max_size=9
    ),
    lambda inner: st.builds(
        "<w:{0}>{1}</w:{0}>".format,
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "del", "ins", "footnoteReference", "br", "pPr", "x"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=20,
)


@pytest.mark.fuzz
@given(body=ELEMENTS)
def test_any_document_part_is_read_or_set_aside(body: str) -> None:
    part = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    hold_the_law(with_parts(GOOD, {"word/document.xml": part}), "a.docx")
