"""Every form by way of the run's own door: files and folders in, reports out."""

import email.message
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

from tests.intake.taking_apart import small
from tests.intake.test_feed import RSS
from tests.intake.test_table import workbook
from tests.intake.test_telegram import POST, export
from tests.intake.test_warc import answer, record
from tests.intake.test_whatsapp import ANDROID
from tests.intake.test_zip_archive import zipped

from ascertain.intake.documents import Document, Original, derived_id
from ascertain.intake.inputs import find_sources, read_items, survey
from ascertain.intake.opening import Opened, Opening
from ascertain.intake.received import Item, Received


def items_of(*inputs: Path) -> list[Item]:
    return list(read_items(find_sources([str(path) for path in inputs])))


def texts(items: list[Item]) -> list[str]:
    return [item.report.text for item in items if isinstance(item, Received)]


def told(items: list[Item]) -> list[str]:
    return [str(item) for item in items if not isinstance(item, Received)]


def message() -> bytes:
    letter = email.message.EmailMessage()
    letter["Subject"], letter["Message-ID"] = "Situation", "<1@k.example>"
    letter.set_content("Three people were hurt.")
    letter.add_attachment(
        zipped({"inner.csv": b"text\nFour people were hurt.\n"}), "application", "zip", filename="a.zip"
    )
    return letter.as_bytes()


def test_a_folder_is_read_whatever_form_its_files_have(tmp_path: Path) -> None:
    files = {
        "a.jsonl": json.dumps({"id": "r1", "text": "First."}).encode(),
        "b.txt": b"Second.",
        "c.html": b"<html><body><p>A third report.</p></body></html>",
        "d.eml": message(),
        "e.xlsx": workbook(("text",), ("Fifth.",)),
        "f.xml": RSS.encode(),
        "g.json": export(POST),
        "h.txt": ANDROID.encode(),
        "i.warc.gz": gzip.compress(record("https://news.example/1", answer())),
        "settings.json": b"{}",
        "layout.xml": b"<layout/>",
        "notes.md": b"no report",
        "photo.jpg": b"\xff\xd8\xff",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    items = items_of(tmp_path)
    assert [text.split("\n")[0] for text in texts(items)] == [
        "First.",
        "Second.",
        "A third report.",
        "Three people were hurt.",
        "Four people were hurt.",
        "Fifth.",
        "Two people were hurt.",
        "A summary.",
        "Two people were hurt.",
        "Two people were hurt",
        "The burnt house",
        "Corrected: one died",
        "Two people were hurt.",
    ]
    empty, layout, unknown = told(items)
    assert empty == f"{tmp_path}/f.xml > entry 3: an entry without text; open its link, and give the page"
    assert layout.startswith(f"{tmp_path}/layout.xml: XML of no known form")
    assert unknown.startswith(f"{tmp_path}/settings.json")


def test_ids_are_those_of_the_sources_else_of_the_bytes_and_the_part(tmp_path: Path) -> None:
    page = b"<html><body><p>Two people were hurt.</p></body></html>"
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "b.json").write_bytes(export(POST))
    ids = [item.report.id for item in items_of(tmp_path) if isinstance(item, Received)]
    assert ids == [derived_id(hashlib.sha256(page).hexdigest(), ""), "telegram:1234567890/7"]


def test_a_place_in_an_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        zipped({"b.jsonl": b'{"id": "r1"}\n', "c.zip": zipped({"d.csv": b"text,title\n,x\nOne hurt.,y\n"})})
    )
    items = items_of(path)
    assert [problem.split(";")[0] for problem in told(items)] == [
        f"{path} > b.jsonl:1: no 'text'",
        f"{path} > c.zip > d.csv > row 2: an empty text",
    ]
    assert [item.source for item in items if isinstance(item, Received)] == [f"{path} > c.zip > d.csv > row 3"]


def test_archives_too_deep_are_set_aside(tmp_path: Path) -> None:
    data = b"One hurt."
    for _ in range(4):
        data = zipped({"a.zip" if data.startswith(b"PK") else "a.txt": data})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with Opening(small(depth=4)) as opening:
        assert [type(found) for found in opening.documents(Original(path, "a.zip", "a.zip"))] == [Opened]
    with Opening(small(depth=3)) as opening:
        (aside,) = opening.documents(Original(path, "a.zip", "a.zip"))
    assert str(aside).startswith("a.zip > a.zip > a.zip > a.zip > a.txt: lies more than 3 archives deep")


def test_a_bomb_of_archives_in_archives_is_given_up(tmp_path: Path) -> None:
    layer = zipped({f"{number}.txt": b"x" * (9 << 20) for number in range(9)})
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{number}.zip": layer for number in range(9)}))
    with Opening(small(expansion=1)) as opening:
        found = list(opening.documents(Original(path, "a.zip", "a.zip")))
    assert "unpacks to far more than it weighs" in str(found[-1])
    assert len(found) < 20


def test_what_is_opened_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": b"text\nOne.\n", "b.csv": b"text\nTwo.\n"}))
    with Opening() as opening:
        found = opening.documents(Original(path, "a.zip", "a.zip"))
        assert isinstance(next(found), Opened)
        assert opening._folder is not None
        folder = Path(opening._folder.name)
        assert folder.exists()
    assert not folder.exists()


def test_a_survey_says_where_many_items_may_be(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"x"}))
    (tmp_path / "b.txt").write_bytes(b"x")
    ahead = survey(find_sources([str(tmp_path)]))
    assert (ahead.items, ahead.uncounted) == (2, 1)


def test_a_file_of_no_known_suffix_is_what_it_holds(tmp_path: Path) -> None:
    for name, data, form in (
        ("report", b"Two hurt.", "text"),
        ("lines", b'{"id": "r1", "text": "x"}\n', "text"),
        ("result.json", export(POST), "original"),
        ("reports.json", b'{"id": "r1", "text": "x"}\n', "jsonl"),
        ("chat.txt", ANDROID.encode(), "original"),
        ("data", zipped({"a.txt": b"x"}), "original"),
        ("page.pdf", b"Two hurt.", "original"),
    ):
        (tmp_path / name).write_bytes(data)
        (source,) = find_sources([str(tmp_path / name)])
        assert source.form == form, name


def test_documents_know_their_original(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Two people were hurt.")
    path.write_bytes(packed.getvalue())
    with Opening() as opening:
        (opened,) = opening.documents(Original(path, "a.zip", "a.zip"))
    assert isinstance(opened, Opened)
    assert opened.document == Document("Two people were hurt.")
    assert (opened.address, opened.sha256) == ("a.zip > a.txt", hashlib.sha256(b"Two people were hurt.").hexdigest())
