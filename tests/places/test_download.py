"""Fetching over real HTTP on loopback."""

import threading
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


class Answers(BaseHTTPRequestHandler):
    """A dump, a redirect to it and one off the web, one that breaks off, one without a length."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path in ("/moved.txt", "/away.txt"):
            self.send_response(302)
            self.send_header("Location", "/BF.txt" if path == "/moved.txt" else "file:///etc/passwd")
            self.end_headers()
        elif path in ("/BF.txt", "/short.txt", "/endless.txt"):
            self.send_response(200)
            if path != "/endless.txt":
                self.send_header("Content-Length", str(len(BODY) + (path == "/short.txt") * 100))
            self.end_headers()
            self.wfile.write(BODY)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
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
        ("nothing.txt", "cannot be fetched .*Not Found"),
        ("away.txt", "cannot be fetched .*file:///etc/passwd"),
    ],
)
def test_what_cannot_be_fetched_leaves_nothing(site: str, page: str, said: str) -> None:
    with pytest.raises(DataFileError, match=said):
        library.add(f"{site}/{page}")
    assert left() == []


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
