"""What a folder leads to: nothing outside it is taken in, and nothing that the system makes up."""

import os
from pathlib import Path

import pytest

from ascertain.intake.documents import Limits, Original
from ascertain.intake.received import SetAside
from ascertain.model import SettingsError
from ascertain.record.services.sources import check_sources, originals_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("Two people were hurt.")
    return folder


def found(source: Path, spool: Path, limits: Limits | None = None) -> list[Original | SetAside]:
    return list(originals_in([str(source)], spool, limits=limits or Limits()))


def test_a_link_out_of_a_folder_is_set_aside_and_one_within_it_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A password.")
    (folder / "sub" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "sub" / "c.txt").symlink_to("../a.txt")
    (folder / "sub" / "d.txt").symlink_to("/proc/self/environ")
    (folder / "sub" / "ring").symlink_to("ring")
    taken, b, c, d, ring = found(folder, tmp_path)
    assert isinstance(taken, Original)
    assert isinstance(c, Original)
    assert (taken.address, c.address) == (str(folder / "a.txt"), str(folder / "sub" / "c.txt"))
    assert c.path.read_text() == "Two people were hurt."
    for aside in (b, d):
        assert isinstance(aside, SetAside)
        assert aside.problem == "is a link that leads out of the folder"
    assert isinstance(ring, SetAside)


def test_a_folder_that_is_a_link_is_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    (original,) = found(tmp_path / "link", tmp_path)
    assert isinstance(original, Original)
    assert original.address == str(tmp_path / "link" / "a.txt")


def test_a_link_that_is_named_outright_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(folder / "a.txt")
    (original,) = found(tmp_path / "link.txt", tmp_path)
    assert isinstance(original, Original)
    assert original.name == "link.txt"


@pytest.mark.parametrize("given", ["/dev/zero", "/dev/null", "/proc/self/environ", "/proc", "/sys", "/dev"])
def test_devices_and_what_the_system_makes_up_are_refused(given: str, tmp_path: Path) -> None:
    if not Path(given).exists():
        pytest.skip("not on this system")
    (tmp_path / "link").symlink_to(given)
    for named in (given, str(tmp_path / "link")):
        with pytest.raises(SettingsError, match=r"is a device|made up by the system"):
            check_sources([named])


def test_a_pipe_that_never_ends_is_set_aside_at_the_limit(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"Two people were hurt. " * 100)
    os.close(writing)
    source = f"/dev/fd/{reading}"
    check_sources([source])
    (aside,) = found(Path(source), tmp_path, limits=Limits(original_bytes=1000))
    os.close(reading)
    assert isinstance(aside, SetAside)
    assert "that are read" in aside.problem
    assert not list(tmp_path.iterdir())
