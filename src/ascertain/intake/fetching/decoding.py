"""A body's content encoding undone piece by piece, so that a small body that unpacks to a huge one is stopped."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

_PIECE = 1 << 16
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
PLAIN = frozenset({"", "identity"})
ACCEPTED = "gzip, deflate"


class _Inflating(Protocol):
    """What `zlib.decompressobj` gives; its type has no name of its own."""

    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class UnpackingError(ValueError):
    """Bytes that are not what their encoding says, or an encoding that was not asked for."""


class Unpacking:
    """Undoes one content encoding; pieces come out of at most 64 KiB.

    >>> unpacking = Unpacking("gzip")
    >>> import gzip
    >>> b"".join(unpacking.pieces(gzip.compress(b"A calm day.")))
    b'A calm day.'
    >>> unpacking.finish()
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in _WINDOWS and name not in PLAIN:
            raise UnpackingError(f"a content encoding that was not asked for ({name[:40]!r})")
        self._window = _WINDOWS.get(name)
        self._inner: _Inflating | None = None
        self._head = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to.

        Raises:
            UnpackingError: they are not of this encoding.
        """
        if self._window is None:
            yield data
            return
        if self._inner is None:
            self._head = data = self._head + data
            if len(data) < 2:
                return
            self._inner = zlib.decompressobj(_window(self._window, data))
        is_full = False
        while data or is_full:
            if self._inner.eof:
                if not _begins_member(self._window, data):
                    return
                self._inner = zlib.decompressobj(self._window)
            piece = _unpacked(self._inner, data)
            data = self._inner.unconsumed_tail or self._inner.unused_data
            is_full = len(piece) == _PIECE and not self._inner.eof
            if piece:
                yield piece

    def finish(self) -> None:
        """Tell that the body has ended.

        Raises:
            UnpackingError: it was not whole.
        """
        if self._head and (self._inner is None or not self._inner.eof):
            raise UnpackingError("a compressed body that breaks off")


def _window(window: int, head: bytes) -> int:
    """The window to unpack with: RFC 9110 means zlib's format by "deflate", but some servers send the bare stream."""
    is_zlib = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return -zlib.MAX_WBITS if window == zlib.MAX_WBITS and not is_zlib else window


def _begins_member(window: int, data: bytes) -> bool:
    """Whether another member of gzip follows; what else follows an end is passed over."""
    return window == _WINDOWS["gzip"] and data.startswith(b"\x1f")


def _unpacked(inner: _Inflating, data: bytes) -> bytes:
    try:
        return inner.decompress(data, _PIECE)
    except zlib.error as error:
        raise UnpackingError(f"a compressed body that is broken ({error})") from None
