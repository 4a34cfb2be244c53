"""A base map of one's own: what is taken for one, and its parts, asked for over the real server."""

import gzip
import json
import resource
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.test import override_settings
from tests.desk.conftest import ClientOf, serving_desk
from tests.desk.test_serving import run, running

from ascertain.desk.basemap import Unsatisfiable, checked, stretch_of
from ascertain.model import SettingsError
from ascertain.record.opening import Record

HUGE = 10 << 30
MEGABYTE = 1 << 20


def archive(layers: tuple[str, ...] = ("earth",), kind: int = 1, compression: int = 2) -> bytes:
    """A PMTiles file with no tile, of these layers."""
    directory = gzip.compress(b"\0")
    about = gzip.compress(json.dumps({"vector_layers": [{"id": layer} for layer in layers]}).encode())
    sections = (127, len(directory), 127 + len(directory), len(about), 0, 0, 127, len(directory) + len(about))
    head = b"PMTiles\x03" + struct.pack("<8Q", *sections) + bytes(25) + bytes((compression, 2, kind)) + bytes(27)
    return head + directory + about


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A map of 10 GB, most of which takes no room on the disk; its last bytes are `the end`."""
    path = tmp_path / "huge.pmtiles"
    with path.open("wb") as file:
        file.write(archive())
        file.seek(HUGE - 7)
        file.write(b"the end")
    return path


@pytest.fixture
def reader(desk: Record, huge: Path, client_of: ClientOf) -> Iterator[httpx.Client]:  # noqa: ARG001 -- it is open
    """A reader's browser at a desk with that map, over the server that the command runs."""
    session = client_of("reader").cookies["ascertain_session"].value
    with override_settings(BASE_MAP=str(huge)), serving_desk() as server:
        base = f"http://127.0.0.1:{server.effective_port}"
        with httpx.Client(base_url=base, cookies={"ascertain_session": session}, timeout=30) as client:
            yield client
        while server.active_channels:  # what nobody reads any more is let go of
            time.sleep(0.05)


def part(client: httpx.Client, asked: str, **more: str) -> httpx.Response:
    return client.get("/base-map.pmtiles", headers={"Range": asked, **more})


def test_parts_are_given_as_they_are_asked_for(reader: httpx.Client) -> None:
    first = part(reader, "bytes=0-126")
    assert (first.status_code, first.content) == (206, archive()[:127])
    assert first.headers["Content-Range"] == f"bytes 0-126/{HUGE}"
    assert "no-store" in first.headers["Cache-Control"]
    last = part(reader, "bytes=-7")
    assert (last.status_code, last.content) == (206, b"the end")
    assert part(reader, f"bytes={HUGE - 7}-{HUGE + 100}").content == b"the end"
    assert part(reader, f"bytes={HUGE - 3}-").content == b"end"
    none = part(reader, f"bytes={HUGE}-")
    assert (none.status_code, none.headers["Content-Range"]) == (416, f"bytes */{HUGE}")
    head = reader.head("/base-map.pmtiles")
    assert (head.status_code, head.headers["Content-Length"], head.headers["Accept-Ranges"]) == (
        200,
        str(HUGE),
        "bytes",
    )


def test_a_file_that_changed_is_given_anew(reader: httpx.Client) -> None:
    version = part(reader, "bytes=0-1").headers["ETag"]
    assert part(reader, "bytes=0-1", **{"If-Range": version}).status_code == 206
    with reader.stream("GET", "/base-map.pmtiles", headers={"Range": "bytes=0-1", "If-Range": '"another"'}) as whole:
        assert (whole.status_code, whole.headers["Content-Length"]) == (200, str(HUGE))


@pytest.mark.parametrize("asked", [None, "bytes=0-", "bytes=100-9000000000"])
def test_a_huge_file_is_never_held_whole(reader: httpx.Client, asked: str | None) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with reader.stream("GET", "/base-map.pmtiles", headers={"Range": asked} if asked else {}) as answer:
        read = 0
        for piece in answer.iter_raw():
            read += len(piece)
            if read > 64 * MEGABYTE:
                break
    assert part(reader, "bytes=0-126").status_code == 206
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_a_map_that_was_taken_away_is_told(reader: httpx.Client, huge: Path) -> None:
    huge.unlink()
    answer = part(reader, "bytes=0-126")
    assert answer.status_code == 404
    assert "there no more" in answer.text


def test_pages_name_the_map_only_where_there_is_one(desk: Record, client_of: ClientOf, huge: Path) -> None:  # noqa: ARG001
    client = client_of("reader")
    assert "data-pmtiles" not in client.get("/explore/").content.decode()
    assert client.get("/base-map.pmtiles").status_code == 404
    with override_settings(BASE_MAP=str(huge)):
        for page in ("/explore/", "/"):
            assert 'data-pmtiles="/base-map.pmtiles"' in client.get(page).content.decode()


def test_a_stranger_is_given_nothing_of_it(huge: Path, reader: httpx.Client) -> None:  # noqa: ARG001
    reader.cookies.clear()
    assert part(reader, "bytes=0-126").status_code == 302


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=-", "lines=0-5", "bytes=0-1,4-5", "bytes=9-3", "bytes=a-b"])
def test_what_names_no_stretch_is_answered_with_all(asked: str) -> None:
    assert stretch_of(asked, 100).whole


def test_no_stretch_begins_after_the_end() -> None:
    with pytest.raises(Unsatisfiable):
        stretch_of("bytes=100-", 100)


FAULTS = (
    (b"", "no PMTiles file"),
    (b"<html>not found</html>" * 20, "no PMTiles file"),
    (b"PMTiles\x02" + bytes(200), "no PMTiles file of version 3"),
    (b"SQLite format 3\0" + bytes(200), "pmtiles convert"),
    (archive()[:-9], "cut short"),
    (archive(kind=2), "vector tiles"),
    (archive(compression=4), "gzip"),
    (archive(("transportation", "place")), "Protomaps"),
    (archive()[:140] + b"\xff" * (len(archive()) - 140), "none told"),
)


@pytest.mark.parametrize(("content", "told"), FAULTS)
def test_what_is_no_such_map_is_refused_with_what_to_do(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "map.pmtiles"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=told) as fault:
        checked(path)
    assert str(path) in str(fault.value)
    assert "pmtiles" in str(fault.value).replace(str(path), "") or "copy it again" in str(fault.value)


def test_the_command_says_what_is_wrong_with_a_map_before_it_opens_anything(tmp_path: Path) -> None:
    record = tmp_path / "r.sqlite"
    named = str(tmp_path / "no such.pmtiles")
    done = run("-m", "ascertain", "desk", "--record", str(record), "--port", "0", "--no-browser", "--base-map", named)
    assert done.returncode == 2
    assert done.stderr.startswith(f"ascertain: the base map {named} cannot be read (No such file or directory); name")
    assert not record.exists()


def test_the_command_serves_the_map_it_is_given(desk: Record, client_of: ClientOf, huge: Path) -> None:
    session = {"ascertain_session": client_of("reader").cookies["ascertain_session"].value}
    command = ("-m", "ascertain", "desk", "--record", desk.address.shown, "--port", "0", "--no-browser")
    key = {"ASCERTAIN_SECRET_KEY": settings.SECRET_KEY}
    with running(*command, "--base-map", str(huge), until="The desk of", **key) as line:
        address = httpx.URL(line.split()[-1]).join("/base-map.pmtiles")
        answer = httpx.get(address, headers={"Range": "bytes=-7"}, cookies=session, timeout=60)
    assert (answer.status_code, answer.content) == (206, b"the end")


def test_a_server_of_a_team_takes_the_map_of_its_settings(tmp_path: Path) -> None:
    named = {"ASCERTAIN_BASE_MAP": str(tmp_path / "none.pmtiles"), "ASCERTAIN_DATABASE": str(tmp_path / "r.sqlite")}
    team = {"ASCERTAIN_DESK_HOSTS": "desk.example.org", "ASCERTAIN_SECRET_KEY": "0123456789abcdef" * 4}
    done = run("-c", "import ascertain.desk.wsgi", **named, **team)
    assert done.returncode != 0
    assert "none.pmtiles cannot be read" in done.stderr
