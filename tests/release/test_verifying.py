"""Verifying a release that somebody altered, on purpose or not: the fault is named, and nothing outside is read."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.release.made_state import plain_state
from typer.testing import CliRunner, Result

from ascertain.cli import app
from ascertain.model import SettingsError
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release
from ascertain.release.sums import SUMS, sum_of, write_sums
from ascertain.release.verifying import PACKAGE, verify_release

SIGNATURE = f"{SUMS}.sig"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def signed(key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    order = Order("public", key=key, languages=())
    return release(
        plain_state(), order, tmp_path_factory.mktemp("signed") / "out", pseudonym=pseudonyms(bytes(32))
    ).folder


@pytest.fixture
def folder(signed: Path, tmp_path: Path) -> Path:
    """A copy of a whole and signed release, to be altered."""
    return Path(shutil.copytree(signed, tmp_path / "given" / "out"))


def verified(folder: Path, *more: object) -> Result:
    return CliRunner().invoke(app, ["verify-release", str(folder), *map(str, more)], catch_exceptions=False)


def with_line(folder: Path, line: bytes) -> None:
    with (folder / SUMS).open("ab") as file:
        file.write(line)


def test_what_a_known_key_signed_is_told_as_such_and_nothing_else_is(folder: Path, key: Path) -> None:
    known = verified(folder, "--key", f"{key}.pub")
    assert (known.exit_code, "as the holder of that key signed it" in known.stderr) == (0, True)
    for _ in range(2):
        unknown = verified(folder)
        assert (unknown.exit_code, "whoever alters a file can write its sum anew" in unknown.stderr) == (0, True)
        (folder / SIGNATURE).unlink(missing_ok=True)
    assert unknown.stdout == "not signed\n"


def test_sums_that_were_written_anew_differ_from_those_of_the_package(folder: Path) -> None:
    (folder / "incidents.csv").write_text("altered")
    (folder / SIGNATURE).unlink()
    write_sums(folder)
    assert verify_release(folder, key=None).faults == (f"incidents.csv: has another sum in {PACKAGE}",)


def linked_folder(folder: Path) -> None:
    """A file outside, and its right sum under a name that leads there by a link."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "x.csv").write_text("secret")
    (folder / "more").symlink_to(outside)
    with_line(folder, f"{sum_of(outside / 'x.csv')}  more/x.csv\n".encode())


def linked(name: str) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        shutil.move(folder / name, folder.parent / name)
        (folder / name).symlink_to(folder.parent / name)

    return alter


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (linked_folder, "more/x.csv: is missing"),
        (linked("LICENCE"), "LICENCE: is a link or a device, and no file"),
        (linked(SUMS), f"{SUMS}: cannot be read (it is no list of sums)"),
        (linked(SIGNATURE), f"{SIGNATURE}: is a link or a device, and no file"),
        (lambda folder: os.mkfifo(folder / "more.csv"), "more.csv: is a link or a device, and no file"),
    ],
)
def test_links_and_devices_are_faults_and_not_followed(
    alter: Callable[[Path], None], told: str, folder: Path, key: Path
) -> None:
    alter(folder)
    assert told in verify_release(folder, key=Path(f"{key}.pub")).faults


@pytest.mark.parametrize("name", [b"/etc/hostname", b"a/../../x", b"a\\b", b"x\r", b"x\0y"])
def test_a_name_in_the_sums_that_no_release_has_is_refused(name: bytes, folder: Path) -> None:
    with_line(folder, b"0" * 64 + b"  " + name + b"\n")
    assert f"{SUMS}: cannot be read (line " in verify_release(folder, key=None).faults[0]


@pytest.mark.parametrize("sums", [b"", b"\n", b"\xff\xfe", b"\xef\xbb\xbf"])
def test_sums_that_cannot_be_read_are_a_fault(sums: bytes, folder: Path) -> None:
    (folder / SUMS).write_bytes(sums)
    assert verify_release(folder, key=None).faults[0].startswith(f"{SUMS}: cannot be read")


def test_sums_of_many_gigabytes_are_not_taken_into_memory(folder: Path) -> None:
    with (folder / SUMS).open("wb") as file:
        file.truncate(1 << 30)
    assert f"{SUMS}: cannot be read (it is no list of sums)" in verify_release(folder, key=None).faults


def test_a_name_that_no_disk_holds_is_a_file_that_is_missing(folder: Path) -> None:
    with_line(folder, b"0" * 64 + b"  " + b"a" * 5000 + b"\n")
    assert f"{'a' * 5000}: is missing" in verify_release(folder, key=None).faults


@pytest.mark.parametrize("package", ["[" * 200_000, "[]", "{}", '{"resources": [{"path": "x"}]}', "\ufeff{"])
def test_a_package_that_cannot_be_read_is_a_fault(package: str, folder: Path) -> None:
    (folder / PACKAGE).write_text(package)
    assert f"{PACKAGE}: cannot be read" in verify_release(folder, key=None).faults


def test_no_name_writes_on_the_screen_what_is_not_so(folder: Path) -> None:
    (folder / "x\nsigned by SHA256:good\x1b[8m").write_text("")
    (folder / os.fsdecode(b"\xff.csv")).write_text("")
    done = verified(folder)
    assert done.exit_code == 1
    assert "x\\nsigned by SHA256:good\\x1b[8m: has no sum; it was put in later" in done.stdout.splitlines()
    assert "\\udcff.csv: has no sum; it was put in later" in done.stdout.splitlines()


@pytest.mark.parametrize(
    "text", ["", "ssh-ed25519 AAAAé amina", "ssh-ed25519", "cert-authority ssh-ed25519 AAAA", "\0"]
)
def test_a_file_that_is_no_public_key_verifies_nothing(text: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.pub").write_text(text, encoding="utf-8")
    (fault,) = verify_release(folder, key=tmp_path / "other.pub").faults
    assert "is no public key of SSH" in fault


@pytest.mark.parametrize("part", [slice(0, 0), slice(0, 100), slice(100, None)])
def test_a_signature_that_is_cut_short_is_none(part: slice, folder: Path, key: Path) -> None:
    (folder / SIGNATURE).write_bytes((folder / SIGNATURE).read_bytes()[part])
    for public in (None, Path(f"{key}.pub")):
        (fault,) = verify_release(folder, key=public).faults
        assert "ssh-keygen refuses" in fault


def test_a_file_that_every_release_has_may_not_be_left_out(folder: Path) -> None:
    (folder / "incidents.jsonl").unlink()
    package = json.loads((folder / PACKAGE).read_text())
    package["resources"] = [each for each in package["resources"] if each["path"] != "incidents.jsonl"]
    (folder / PACKAGE).write_text(json.dumps(package))
    (folder / SIGNATURE).unlink()
    write_sums(folder)
    assert verify_release(folder, key=None).faults == ("incidents.jsonl: is missing",)


@pytest.mark.parametrize("line", ["not json\n", "[]\n", "{}\n", None])
def test_a_last_release_whose_incidents_are_none_is_refused(line: str | None, folder: Path, tmp_path: Path) -> None:
    (folder / "incidents.jsonl").unlink()
    if line is not None:
        (folder / "incidents.jsonl").write_text(line)
    write_sums(folder)
    order = Order("public", previous=folder, languages=())
    with pytest.raises(SettingsError, match=r"--previous .*incidents\.jsonl"):
        release(plain_state(), order, tmp_path / "next", pseudonym=pseudonyms(bytes(32)))
    assert not (tmp_path / "next").exists()


def test_sha256sum_reads_the_sums(signed: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--strict", "--quiet", "-c", SUMS], cwd=signed, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert sum_of(signed / "LICENCE") == hashlib.sha256((signed / "LICENCE").read_bytes()).hexdigest()
