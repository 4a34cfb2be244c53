import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.fetching.decoding import Unpacking, UnpackingError

TEXT = b"A calm day in Goma. " * 400


def unpacked(encoding: str, data: bytes, step: int = 100) -> bytes:
    unpacking = Unpacking(encoding)
    out = b"".join(piece for at in range(0, len(data), step) for piece in unpacking.pieces(data[at : at + step]))
    unpacking.finish()
    return out


@given(st.binary(max_size=300), st.integers(1, 50))
def test_what_was_packed_comes_back_however_it_arrives(data: bytes, step: int) -> None:
    bare = zlib.compressobj(wbits=-15)
    for encoding, packed in (
        ("", data),
        ("gzip", gzip.compress(data, mtime=0)),
        ("GZIP ", gzip.compress(data[:20], mtime=0) + gzip.compress(data[20:])),
        ("deflate", zlib.compress(data)),
        ("deflate", bare.compress(data) + bare.flush()),
    ):
        assert unpacked(encoding, packed, step) == data


def test_what_follows_the_end_is_passed_over() -> None:
    assert unpacked("gzip", gzip.compress(TEXT, mtime=0) + b"\0\0\0") == TEXT


def test_pieces_are_small_however_much_comes_out() -> None:
    bomb = gzip.compress(b"\0" * (8 << 20))
    assert max(map(len, Unpacking("gzip").pieces(bomb))) <= 1 << 16


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("gzip", b"plain"), ("gzip", gzip.compress(TEXT, mtime=0)[:-9]), ("deflate", b"\xff\xff\xff"), ("deflate", b"no")],
)
def test_a_body_that_is_not_whole_is_told(encoding: str, data: bytes) -> None:
    with pytest.raises(UnpackingError):
        unpacked(encoding, data)


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "exotic"])
def test_an_encoding_that_was_not_asked_for_is_told(encoding: str) -> None:
    with pytest.raises(UnpackingError, match="not asked for"):
        Unpacking(encoding)


@given(st.sampled_from(["gzip", "deflate"]), st.binary(max_size=200))
def test_no_bytes_break_it_otherwise(encoding: str, data: bytes) -> None:
    with suppress(UnpackingError):
        unpacked(encoding, data)
