import datetime as dt
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, enclosed, form_of_bytes, found_in, hold_the_law, small

from ascertain.intake.documents import Enclosed

PAGE = b"<html><body><p>Two people were hurt.</p></body></html>"


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    told = {
        "Content-Type": "text/html; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def record(address: str, block: bytes, kind: str = "response", **headers: str) -> bytes:
    told = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": "2024-03-05T06:07:08Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def pages(*found: object) -> dict[str, bytes]:
    return {item.original.address: item.original.path.read_bytes() for item in found if isinstance(item, Enclosed)}


def test_each_page_is_an_original_with_its_address_time_and_headers(tmp_path: Path) -> None:
    data = record("https://news.example/a/strike.html?x=1", answer()) + record("https://news.example/", answer())
    first, second = found_in(data, "crawl.warc", tmp_path)
    assert isinstance(first, Enclosed)
    assert isinstance(second, Enclosed)
    original = first.original
    assert (original.address, original.name) == ("https://news.example/a/strike.html?x=1", "strike.html")
    assert original.received == dt.datetime(2024, 3, 5, 6, 7, 8, tzinfo=dt.UTC)
    assert original.media_type == "text/html; charset=utf-8"
    assert original.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert original.path.read_bytes() == PAGE
    assert first.part == "record 1, https://news.example/a/strike.html?x=1"
    assert second.original.name == "page"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bytes], ids=["gzip", "deflate", "neither, though told"])
@pytest.mark.parametrize("chunked", [True, False])
def test_what_a_server_packed_is_unpacked(pack: Callable[[bytes], bytes], chunked: bool, tmp_path: Path) -> None:
    body = pack(PAGE)
    told = {"Content_Encoding": "deflate" if pack is zlib.compress else "gzip"}
    if chunked:
        told["Transfer_Encoding"] = "chunked"
        body = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    found = found_in(record("https://news.example/a", answer(body, **told)), "a.warc", tmp_path)
    assert list(enclosed(found).values()) == [PAGE]


def test_chunks_already_joined_are_left_as_they_are(tmp_path: Path) -> None:
    data = record("https://news.example/a", answer(Transfer_Encoding="chunked"))
    assert list(enclosed(found_in(data, "a.warc", tmp_path)).values()) == [PAGE]


def test_redirects_errors_pictures_and_data_are_left_out(tmp_path: Path) -> None:
    data = b"".join(
        (
            record("https://news.example/1", answer(status="302 Found", Location="/2")),
            record("https://news.example/2", answer(status="404 Not Found")),
            record("https://news.example/3.png", answer(Content_Type="image/png")),
            record("https://news.example/4.css", answer(Content_Type="text/css")),
            record("https://news.example/5", answer(Content_Type="application/json")),
            record("https://news.example/6", b"GET / HTTP/1.1\r\n\r\n", "request"),
            record("https://news.example/7", answer()),
        )
    )
    found = found_in(data, "a.warc", tmp_path)
    assert list(pages(*found)) == ["https://news.example/7"]
    assert not asides(found)


def test_a_resource_needs_no_headers_of_a_server(tmp_path: Path) -> None:
    data = record("https://news.example/a.html", PAGE, "resource", Content_Type="text/html")
    assert pages(*found_in(data, "a.warc", tmp_path)) == {"https://news.example/a.html": PAGE}


def test_a_revisit_is_left_out_where_the_page_is_there_and_set_aside_where_not(tmp_path: Path) -> None:
    digest = {"WARC_Payload_Digest": "sha1:AAAA"}
    data = record("https://news.example/a", answer(), **digest) + record(
        "https://news.example/a", b"HTTP/1.1 200 OK\r\n\r\n", "revisit", **digest
    )
    assert not asides(found_in(data, "a.warc", tmp_path))
    alone = record("https://news.example/a", b"HTTP/1.1 200 OK\r\n\r\n", "revisit", **digest)
    (told,) = asides(found_in(alone, "a.warc", tmp_path))
    assert told.startswith("a.warc > record 1, https://news.example/a: a page that was as before")


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_one_broken_record_costs_no_other(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    whole = [pack(record(f"https://news.example/{n}", answer())) for n in range(4)]
    whole[1] = whole[1][:40] + b"\0\xff broken \xff\0" + whole[1][56:]
    found = found_in(b"".join(whole), "a.warc.gz", tmp_path)
    assert [address[-1] for address in pages(*found)] == ["0", "2", "3"]
    assert len(asides(found)) == 1


def test_a_page_cut_short_is_set_aside(tmp_path: Path) -> None:
    whole = record("https://news.example/1", answer())
    for data in (whole[:-30], record("https://news.example/1", answer(), WARC_Truncated="length")):
        (told,) = asides(found_in(data, "a.warc", tmp_path))
        assert told.startswith("a.warc > record 1, https://news.example/1: a page cut short")


def test_a_wacz_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr("archive/data.warc.gz", gzip.compress(record("https://news.example/1", answer())))
    assert form_of_bytes(packed.getvalue(), "a.wacz", tmp_path) == "warc"
    assert pages(*found_in(packed.getvalue(), "a.wacz", tmp_path)) == {"https://news.example/1": PAGE}


def test_a_page_that_swells_beyond_measure_is_given_up(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (120 << 20))
    data = record("https://news.example/1", answer(bomb, Content_Encoding="gzip"))
    (told,) = asides(found_in(data, "a.warc", tmp_path, settings=small(expansion=2)))
    assert "far more than it weighs" in told


def test_an_archive_of_nothing_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"WARC/1.0\r\n\r\n", "a.warc", tmp_path))
    assert told.startswith("a.warc")


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_a_web_archive_hold_the_law(data: st.DataObject) -> None:
    whole = b"".join(record(f"https://news.example/{n}", answer(Content_Encoding="gzip")) for n in range(3))
    packed = gzip.compress(whole) if data.draw(st.booleans()) else whole
    at = data.draw(st.integers(4, len(packed)))
    cut = data.draw(st.integers(at, min(len(packed), at + 60)))
    hold_the_law(packed[:at] + data.draw(st.binary(max_size=40)) + packed[cut:], "a.warc")
