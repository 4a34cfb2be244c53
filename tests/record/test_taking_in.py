"""Taking in: what arrived is kept byte for byte, each document is a report, once."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from ascertain.intake.documents import Limits, Original
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings
from ascertain.record import chain
from ascertain.record.models import Blob, ChainEntry, Receipt, ReportRow, SetAsideRow
from ascertain.record.models.blobs import CHUNK
from ascertain.record.progress import Unwatched
from ascertain.record.services.finding import find_documents
from ascertain.record.services.keeping import content_of, hashed
from ascertain.record.services.receiving import take_in

from .made import line, take

pytestmark = pytest.mark.usefixtures("record")


def ids() -> list[str]:
    return sorted(ReportRow.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, 20 * CHUNK + 3])
def test_bytes_come_back_as_they_came(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(number * 7 % 251 for number in range(1 << 12)) * (size // (1 << 12)) + b"x" * (size % 4096))
    receipt = take_in(original=Original(path, "a.bin", "https://example.org/a.bin"))
    assert b"".join(content_of(receipt.blob)) == path.read_bytes()
    assert (receipt.blob.pk, receipt.blob.size) == (hashlib.sha256(path.read_bytes()).hexdigest(), size)
    assert receipt.blob.whole


def test_what_arrived_keeps_where_from_when_and_with_what(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Two people were killed in Goma.")
    headers = (("Content-Type", "text/plain"), ("ETag", '"a\u200e"'))
    take_in(original=Original(path, "a.txt", "https://example.org/a", "text/plain", None, headers))
    receipt = Receipt.objects.get()
    assert (receipt.address, receipt.media_type) == ("https://example.org/a", "text/plain")
    assert receipt.headers_told()[0] == ("Content-Type", "text/plain")
    assert receipt.received.tzinfo is not None


def test_a_text_file_becomes_a_report_that_leads_back_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed in Goma.")
    _, new = take(tmp_path, tmp_path / "a.txt")
    report = ReportRow.objects.select_related("receipt__blob").get()
    assert new == 1
    assert report.text == "Two people were killed in Goma."
    assert report.pk == "r" + hashlib.sha256(f"{report.receipt.blob_id}\n{report.part}".encode()).hexdigest()[:16]
    assert b"".join(content_of(report.receipt.blob)) == (tmp_path / "a.txt").read_bytes()


def test_the_same_folder_again_adds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(line("n1", "A calm day.") + line("n2", "Another."))
    (folder / "b.txt").write_text("Two people were killed in Goma.")
    assert take(tmp_path, folder)[0].new == 2
    end, blobs = chain.head(), Blob.objects.count()
    taken, new = take(tmp_path, folder)
    assert (taken.originals, taken.new, new) == (2, 0, 0)
    assert (chain.head(), Blob.objects.count()) == (end, blobs)


def test_the_same_bytes_at_another_address_are_another_receipt_and_no_other_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed in Goma.")
    (tmp_path / "b.txt").write_text("Two people were killed in Goma.")
    take(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (Blob.objects.count(), Receipt.objects.count(), ReportRow.objects.count()) == (1, 2, 1)


def test_an_id_with_another_text_keeps_both(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("n1", "A calm day.") + line("n1", "A day.") + line("n1", "A calm day."))
    (tmp_path / "b.jsonl").write_text(line("n1", "A day.") + line("n2", "Two."))
    take(tmp_path, tmp_path / "a.jsonl")
    other = f"n1~{hashlib.sha256(b'A day.').hexdigest()[:8]}"
    assert ids() == ["n1", other]
    take(tmp_path, tmp_path / "b.jsonl")
    assert ids() == ["n1", other, "n2"]


def test_what_an_archive_encloses_is_received_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("deep.txt", "Three people were hurt in Djibo.")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.writestr("a.txt", "Two people were killed in Goma.")
        outer.write(tmp_path / "inner.zip", "inner.zip")
    _, new = take(tmp_path, tmp_path / "outer.zip")
    assert new == 2
    deep = ReportRow.objects.get(receipt__depth=2)
    assert deep.receipt.address == f"{tmp_path}/outer.zip > inner.zip > deep.txt"
    assert deep.receipt.within is not None
    assert deep.receipt.within.part == "inner.zip"


def test_bad_items_are_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("n1", "A calm day.") + "{broken\n" + line("n2", " ") + line("n3", "Three."))
    (tmp_path / "empty.txt").write_text("")
    take(tmp_path, tmp_path / "a.jsonl", tmp_path / "empty.txt")
    assert ids() == ["n1", "n3"]
    rows = list(SetAsideRow.objects.order_by("pk"))
    assert len(rows) == 3
    assert all(row.problem and row.remedy and str(tmp_path) in row.source for row in rows)
    assert ChainEntry.objects.filter(kind="set_aside").count() == 3


def test_a_file_that_changes_is_not_kept_half(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    told = hashed(path)
    path.write_text("two")
    with pytest.raises(Exception, match="changed while it was being read"):
        take_in(original=Original(path, "a.txt", "a.txt"), told=told)
    assert (Receipt.objects.count(), Blob.objects.filter(whole=True).count()) == (0, 0)


def test_ids_that_nobody_could_keep_are_kept_in_short(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        line("x" * 1000, "One.") + line("x" * 999 + "y", "Two.") + line("a\x01b", "Three.")
    )
    take(tmp_path, tmp_path / "a.jsonl")
    assert len(ids()) == 3
    assert max(map(len, ids())) < 255


class Heard(Unwatched):
    """Remembers what was set aside."""

    def __init__(self) -> None:
        self.asides: list[SetAside] = []

    def aside(self, item: SetAside) -> None:
        self.asides.append(item)


def test_what_lies_too_deep_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed in Goma.")
    for name, member in (("b.zip", "a.txt"), ("c.zip", "b.zip"), ("d.zip", "c.zip")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.write(tmp_path / member, member)
    take_in(original=Original(tmp_path / "d.zip", "d.zip", "d.zip"))
    heard = Heard()
    assert find_documents(settings=Settings(Limits(depth=1)), progress=heard) == 0
    assert [aside.problem for aside in heard.asides] == ["lies more than 1 archives deep"]
    assert SetAsideRow.objects.count() == 1
