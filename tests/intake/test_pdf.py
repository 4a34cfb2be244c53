import datetime as dt
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.pdfs import Shown, assembled, lines, pdf, right_aligned
from tests.intake.taking_apart import asides, documents, enclosed, found_in, hold_the_law, original_of, small

from ascertain.intake.apart import Apart
from ascertain.intake.documents import Document, Limits
from ascertain.intake.settings import Settings

FIRST = (
    "At least thirteen people were killed when shells hit the market of the town",
    "on Tuesday morning, officials of the district said.",
)
SECOND = ("The hospital of Nasser took in 27 more people.",)


def the_document(data: bytes, folder: Path) -> Document:
    (document,) = documents(found_in(data, "a.pdf", folder))
    return document


def test_each_page_has_its_span_of_the_text(tmp_path: Path) -> None:
    document = the_document(pdf(lines(*FIRST), lines(*SECOND)), tmp_path)
    assert document.text == f"{' '.join(FIRST)}\n\n{SECOND[0]}"
    assert [document.text[start:end] for start, end in document.pages] == [" ".join(FIRST), SECOND[0]]


def test_words_broken_at_the_end_of_a_line_are_whole(tmp_path: Path) -> None:
    data = pdf(lines("The village was heavily bom-", "barded. A well-", "known man died."))
    assert the_document(data, tmp_path).text == "The village was heavily bombarded. A well-known man died."


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("27 ةباصإو صخش 13 لتق", "قتل 13 شخص وإصابة 27"),
        ("13/05/2024 ءاثالثلا )سنوي ناخ( يف", "في (خان يونس) الثلاثاء 13/05/2024"),
        ("\ufede\ufe98\ufed7 ، \ufefb", "لا ، قتل"),
        (".דחא עצפנ ,םישנא 13 וגרהנ", "נהרגו 13 אנשים, נפצע אחד."),
    ],
)
def test_arabic_and_hebrew_are_read_as_they_stand_on_the_page(printed: str, text: str, tmp_path: Path) -> None:
    assert the_document(pdf([right_aligned(printed)]), tmp_path).text == text


def test_letters_of_arabic_may_be_written_in_any_order(tmp_path: Path) -> None:
    words = [Shown(char, 400 - 12 * at) for at, char in enumerate(["تق", "لن", "بو"])]
    assert the_document(pdf(words), tmp_path).text == "قتنلوب"
    assert the_document(pdf(words[::-1]), tmp_path).text == "قتنلوب"


def test_letters_that_pdfium_passes_over_are_told(tmp_path: Path) -> None:
    found = found_in(pdf([right_aligned("لتق"), Shown("و", 400)]), "a.pdf", tmp_path)
    assert asides(found) == [
        "a.pdf > page 1: 1 letters drawn by themselves are missing from the text;"
        " compare it with the page; give the text as a text file"
    ]


def test_a_title_is_taken_and_the_name_of_a_program_is_not(tmp_path: Path) -> None:
    assert (
        the_document(pdf(lines(*FIRST), info="/Title (Situation Report 14)"), tmp_path).title == "Situation Report 14"
    )
    assert the_document(pdf(lines(*FIRST), info="/Title (Microsoft Word - a.docx)"), tmp_path).title is None


def test_the_day_on_which_the_file_was_made_is_not_the_day_of_publication(tmp_path: Path) -> None:
    info = "/CreationDate (D:20240513101500Z) /ModDate (D:20240513101500Z)"
    assert the_document(pdf(lines(*FIRST), info=info), tmp_path).published is None


@pytest.mark.parametrize(
    "stated",
    ["<prism:publicationDate>2024-05-13</prism:publicationDate>", "<x dcterms:issued='2024-05-13T00:00:00Z'/>"],
)
def test_the_day_that_the_publisher_states_is(stated: str, tmp_path: Path) -> None:
    xmp = f"<< /Type /Metadata /Subtype /XML /Length {len(stated)} >>\nstream\n{stated}\nendstream".encode()
    assert the_document(pdf(lines(*FIRST), extra=[xmp]), tmp_path).published == dt.date(2024, 5, 13)


def test_a_scan_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(pdf([], [], picture=True), "a.pdf", tmp_path))
    assert told == (
        "a.pdf: a scan: 2 pages of pictures, no text; run text recognition (OCR) over it, and give the result"
    )


def test_pages_that_are_only_pictures_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    found = found_in(pdf(lines(*FIRST), [], [], lines(*SECOND), picture=True), "a.pdf", tmp_path)
    assert isinstance(found[0], Document)
    assert asides(found) == [
        "a.pdf > pages 2–3: pictures without text; run text recognition (OCR) over it, and give the result"
    ]


def test_fonts_that_say_nothing_of_their_letters_are_told(tmp_path: Path) -> None:
    data = pdf(lines("\ue001\ue002\ue003 \ue004\ue005" * 9))
    assert "do not say which letters" in asides(found_in(data, "a.pdf", tmp_path))[0]


def test_a_locked_pdf_is_set_aside(tmp_path: Path) -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> /P -44 >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>", lock]
    data = assembled(objects, f"/Root 1 0 R /Encrypt 3 0 R /ID [<{'00' * 16}> <{'00' * 16}>]")
    assert asides(found_in(data, "a.pdf", tmp_path)) == [
        "a.pdf: locked with a password; open it with its password, save it without one, and give that"
    ]


def test_an_attachment_is_enclosed(tmp_path: Path) -> None:
    attached = [
        b"<< /Type /Filespec /F (../a.txt) /UF (../a.txt) /EF << /F 11 0 R >> >>",
        b"<< /Type /EmbeddedFile /Length 9 /Params << /Size 9 >> >>\nstream\nTwo hurt.\nendstream",
    ]
    data = pdf(lines(*FIRST), extra=attached).replace(
        b"<< /Type /Catalog", b"<< /Names << /EmbeddedFiles << /Names [(../a.txt) 10 0 R] >> >> /Type /Catalog"
    )
    found = found_in(data, "a.pdf", tmp_path)
    assert enclosed(found) == {"attachment 1 (a.txt)": b"Two hurt."}


def test_a_form_that_draws_itself_is_set_aside_when_its_time_is_up(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\n"
        b"stream\n/X Do /X Do\nendstream",
    ]
    (tmp_path / "room").mkdir()
    with Apart(Settings(limits=Limits(seconds=2.0))) as apart:
        list(apart.found(original_of(b"Two people were hurt.", "a.txt", tmp_path), tmp_path / "room"))
        looping = original_of(assembled(objects, "/Root 1 0 R"), "a.pdf", tmp_path)
        assert list(map(str, apart.found(looping, tmp_path / "room"))) == [
            "a.pdf: takes longer than 2 seconds; split it, save it anew as text, or raise the limit"
        ]


LOOPS = {
    "a page tree that holds itself": [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>",
    ],
    "a length that is its own length": [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream",
    ],
    "a billion pages that are not there": [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R >>",
    ],
    "a catalogue that is not there": [b"<< >>"],
}


@pytest.mark.parametrize("objects", LOOPS.values(), ids=LOOPS.keys())
def test_a_pdf_that_loops_is_read_or_set_aside(objects: list[bytes]) -> None:
    assert hold_the_law(assembled(objects, "/Root 1 0 R"), "a.pdf")


def test_a_stream_that_swells_is_read_within_the_limits() -> None:
    swollen = zlib.compress(b"BT /F 12 Tf (x) Tj ET " * 200_000)
    stream = f"<< /Length {len(swollen)} /Filter /FlateDecode >>\nstream\n".encode() + swollen + b"\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1"
        b" /BaseFont /Helvetica >> >> >> >>",
        stream,
    ]
    assert hold_the_law(assembled(objects, "/Root 1 0 R"), "a.pdf", small(characters=1000))


GOOD = pdf(lines(*FIRST), lines(*SECOND), info="/Title (Report)")


@pytest.mark.fuzz
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=9), st.integers(0, 30)), min_size=1, max_size=8
    )
)
def test_any_damage_to_a_pdf_is_read_or_set_aside(cuts: list[tuple[int, bytes, int]]) -> None:
    data = bytearray(GOOD)
    for at, put, gone in cuts:
        data[at : at + gone] = put
    hold_the_law(bytes(data), "a.pdf", small(characters=10_000))


def test_no_file_is_left_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for _ in range(5):
        found_in(GOOD, "a.pdf", tmp_path)
    after = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    assert after <= before
