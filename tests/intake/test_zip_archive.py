import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, enclosed, form_of_bytes, found_in, hold_the_law, small

from ascertain.intake.documents import Enclosed


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def test_each_file_of_a_zip_is_an_original_of_its_own(tmp_path: Path) -> None:
    found = found_in(zipped({"a/one.txt": b"1", "two.html": b"2"}), "reports.zip", tmp_path)
    assert enclosed(found) == {"a/one.txt": b"1", "two.html": b"2"}
    (first, _) = found
    assert isinstance(first, Enclosed)
    assert (first.original.name, first.original.address) == ("one.txt", "reports.zip > a/one.txt")


def test_pictures_recordings_and_what_systems_leave_behind_are_left_out(tmp_path: Path) -> None:
    names = ("IMG-1.jpg", "a.MP4", "voice.opus", "__MACOSX/._a.txt", ".DS_Store", "a/.hidden.txt", "a.txt")
    found = found_in(zipped(dict.fromkeys(names, b"x")), "chat.zip", tmp_path)
    assert enclosed(found) == {"a.txt": b"x"}
    assert not asides(found)


def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path) -> None:
    names = ("../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\..\\evil2.txt")
    found = found_in(zipped(dict.fromkeys(names, b"x")), "a.zip", tmp_path)
    assert list(enclosed(found)) == ["../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "../../evil2.txt"]
    assert not list(tmp_path.parent.rglob("*evil*"))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.txt")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (told,) = asides(found_in(packed.getvalue(), "a.zip", tmp_path))
    assert told.startswith("a.zip > passwords.txt: a link to another file")


def test_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "2")
    assert enclosed(found_in(packed.getvalue(), "a.zip", tmp_path)) == {"a.txt": b"1", "a.txt (2)": b"2"}


def test_a_name_in_utf_8_that_does_not_say_so_is_read(tmp_path: Path) -> None:
    plain = zipped({"xxxxxxxx.txt": b"1"})
    data = plain.replace(b"xxxxxxxx", "Київ".encode())
    assert enclosed(found_in(data, "a.zip", tmp_path)) == {"Київ.txt": b"1"}


def test_a_locked_file_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"1", "b.txt": b"2"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    found = found_in(bytes(data), "a.zip", tmp_path)
    assert asides(found) == ["a.zip > a.txt: locked by a password; unpack it with its password, and give the folder"]
    assert enclosed(found) == {"b.txt": b"2"}


def test_a_file_that_is_broken_spoils_only_itself(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"first", "b.txt": b"second"}, zipfile.ZIP_STORED).replace(b"first", b"fiRst", 1)
    found = found_in(data, "a.zip", tmp_path)
    assert enclosed(found) == {"b.txt": b"second"}
    assert asides(found)[0].startswith("a.zip > a.txt: broken in the archive (Bad CRC-32")


def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    zeros = b"\0" * (40 << 20)
    found = found_in(zipped({f"{n}.txt": zeros for n in range(4)}), "bomb.zip", tmp_path, settings=small(expansion=2))
    assert len(enclosed(found)) == 2
    (told,) = asides(found)
    assert told.startswith("bomb.zip: unpacks to far more than it weighs")
    assert sum(path.stat().st_size for path in tmp_path.rglob("0*")) <= 101 << 20


def test_a_file_larger_than_an_original_may_be_is_set_aside(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"x" * 5000, "b.txt": b"y"})
    found = found_in(data, "a.zip", tmp_path, settings=small(original_bytes=1000))
    assert enclosed(found) == {"b.txt": b"y"}
    assert asides(found)[0].startswith("a.zip > a.txt: larger than one original may be")


def test_a_zip_cut_short_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(zipped({"a.txt": bytes(range(256))})[:200], "a.zip", tmp_path))
    assert told.startswith("a.zip: a broken archive")


def test_a_tar_is_read_compressed_or_not(tmp_path: Path) -> None:
    for mode, name in (("w", "a.tar"), ("w:gz", "a.tgz"), ("w:bz2", "a.tar.bz2"), ("w:xz", "a.tar.xz")):
        found = found_in(tarred({"a/b.txt": b"1", "../c.txt": b"2", "p.png": b"3"}, mode), name, tmp_path)
        assert enclosed(found) == {"a/b.txt": b"1", "../c.txt": b"2"}, name


def test_links_and_devices_in_a_tar_are_set_aside(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (("sym", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("dev", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(f"{name}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = found_in(packed.getvalue(), "a.tar", tmp_path)
    assert [told.split(":")[0] for told in asides(found)] == ["a.tar > sym.txt", "a.tar > hard.txt", "a.tar > dev.txt"]


def test_what_is_compressed_by_itself_is_unpacked(tmp_path: Path) -> None:
    for suffix, pack in ((".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)):
        (held,) = found_in(pack(b"Two hurt."), f"a.csv{suffix}", tmp_path)
        assert isinstance(held, Enclosed)
        assert (held.original.name, held.original.path.read_bytes()) == ("a.csv", b"Two hurt.")


def test_a_gzip_cut_short_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(gzip.compress(bytes(range(256)) * 99)[:150], "a.txt.gz", tmp_path))
    assert "a broken archive" in told


def test_a_zip_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    assert form_of_bytes(zipped({"a.txt": b"x"}), "a.pdf", tmp_path) == "zip_archive"


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_an_archive_hold_the_law(data: st.DataObject) -> None:
    members = data.draw(st.dictionaries(st.text(min_size=1, max_size=20), st.binary(max_size=200), max_size=4))
    kept = {name: value for name, value in members.items() if _fits(name)}
    whole = zipped(kept) if data.draw(st.booleans()) else tarred(kept)
    presses: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, bz2.compress]
    packed = data.draw(st.sampled_from(presses))(whole)
    at = data.draw(st.integers(0, len(packed)))
    cut = data.draw(st.integers(at, min(len(packed), at + 40)))
    hold_the_law(packed[:at] + data.draw(st.binary(max_size=40)) + packed[cut:], "a.zip")


def _fits(name: str) -> bool:
    try:
        return len(name.encode()) < 90 and "\0" not in name
    except UnicodeEncodeError:
        return False
