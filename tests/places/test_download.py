"""Fetching over real HTTP on loopback."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ascertain.model import DataFileError
from ascertain.places import library, open_gazetteer
from ascertain.places.gazetteer import added_folder, forget_opened
from ascertain.places.library import Order

from . import made

BODY = "".join(f"{row}\n" for row in made.VILLAGES).encode()


EXTRACT: list[Path] = []


class Answers(BaseHTTPRequestHandler):
    """A dump, a redirect to it and one off the web, one that breaks off, one without a length."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path in ("/moved.txt", "/away.txt"):
            self.send_response(302)
            self.send_header("Location", "/BF.txt" if path == "/moved.txt" else "file:///etc/passwd")
            self.end_headers()
        elif path in ("/BF.txt", "/short.txt", "/stalls.txt", "/endless.txt", "/M%C3%A9t%20ro.txt", "/made.osm.pbf"):
            body = BODY if path.endswith(".txt") else EXTRACT[0].read_bytes()
            self.send_response(200)
            if path != "/endless.txt":
                self.send_header("Content-Length", str(len(body) + (path in ("/short.txt", "/stalls.txt")) * 100))
            self.end_headers()
            self.wfile.write(body)
            if path == "/stalls.txt":
                self.wfile.flush()
                time.sleep(1)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    EXTRACT[:] = [made.extract(tmp_path)]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    forget_opened()


def left() -> list[str]:
    return sorted(path.name for path in added_folder().iterdir() if path.name != ".lock")


@pytest.mark.parametrize("page", ["BF.txt?x=1", "moved.txt", "endless.txt"])
def test_a_dump_is_fetched_and_added(site: str, page: str) -> None:
    steps: list[tuple[str, int]] = []
    address = f"{site}/{page}"
    done = library.add(address, Order(name="bf", progress=lambda step, come, _: steps.append((step, come))))
    assert (done.source, done.places, done.size) == (address, 4, len(BODY))
    assert ("fetching", len(BODY)) in steps
    assert open_gazetteer().sense("geonames:900000001")
    assert left() == ["bf.sqlite"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("short.txt", "broke off after"),
        ("nothing.txt", r"cannot be fetched \(404 Not Found\); check the address"),
        ("stalls.txt", "cannot be fetched .*timed out.*; try again later"),
        ("away.txt", "cannot be fetched .*file:///etc/passwd"),
    ],
)
def test_what_cannot_be_fetched_leaves_nothing(
    site: str, page: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ascertain.places.download._PATIENCE_SECONDS", 0.3)
    with pytest.raises(DataFileError, match=said):
        library.add(f"{site}/{page}")
    assert left() == []


def test_an_address_in_any_script_is_fetched(site: str) -> None:
    assert library.add(f"{site}/Mét ro.txt").name == "m-t-ro"


def test_an_extract_is_fetched_and_added(site: str) -> None:
    done = library.add(f"{site}/made.osm.pbf")
    assert (done.name, done.form, done.places) == ("made", "osm", 4)
    assert left() == ["made.sqlite"]


@pytest.mark.parametrize("address", ["http://[::1/BF.txt", "http:///BF.txt", "http://127.0.0.1:99999/BF.txt"])
@pytest.mark.usefixtures("site")
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(DataFileError, match=r"is no address|cannot be fetched"):
        library.add(address)


@pytest.mark.parametrize("page", ["BF.txt", "endless.txt"])
def test_no_more_is_fetched_than_is_allowed(site: str, page: str) -> None:
    with pytest.raises(DataFileError, match="raise the limit by --max-megabytes"):
        library.add(f"{site}/{page}", Order(most_bytes=100))
    assert left() == []


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/BF.txt", "file:///etc/passwd"])
@pytest.mark.usefixtures("site")
def test_only_the_web_is_fetched_from(address: str) -> None:
    with pytest.raises(DataFileError, match="is no address of http or https"):
        library.add(address)
