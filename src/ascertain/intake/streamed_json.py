"""JSON files larger than memory, read value by value: the members of an object, or the items of an array in one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

_CHUNK = 1 << 18
_LONGEST_WORD = 16
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")


class BrokenJsonError(ValueError):
    """A file that is no JSON, or ends too early; `line` is where."""

    def __init__(self, problem: str, line: int) -> None:
        self.line = line
        super().__init__(problem)


class OtherJsonError(BrokenJsonError):
    """A file of JSON that is not what was looked for."""


def members(file: TextIO) -> Iterator[tuple[str, Any]]:
    """The names and values of the one object that a file holds.

    Raises:
        BrokenJsonError: it holds something else, or ends before the object does.

    >>> import io
    >>> list(members(io.StringIO('{"a": 1, "b": [2]}')))
    [('a', 1), ('b', [2])]
    """
    window = Window(file)
    for name in window.names():
        yield name, window.value()


def items(file: TextIO, name: str) -> Iterator[tuple[int, Any]]:
    """The items of the array `name` in a file's object, each with the line that it begins on.

    Raises:
        BrokenJsonError: there is no such array, or the file ends before the array does.

    >>> import io
    >>> list(items(io.StringIO('{"type": "x",\\n"features": [{"a": 1},\\n{"a": 2}]}'), "features"))
    [(2, {'a': 1}), (3, {'a': 2})]
    """
    window = Window(file)
    for member in window.names():
        if member != name:
            window.value()
            continue
        if not window.takes("["):
            raise OtherJsonError(f"{name!r} is no list", window.line)
        while not window.takes("]"):
            line = window.line
            yield line, window.value()
        return
    raise OtherJsonError(f"has no {name!r}", window.line)


class Window:
    """The stretch of a file that is being read at `line`; `longest` is how many characters one value may have.

    >>> import io
    >>> window = Window(io.StringIO('{"a": [1, 2]}'))
    >>> [(name, window.value()) for name in window.names()]
    [('a', [1, 2])]
    """

    def __init__(self, file: TextIO, longest: int | None = None) -> None:
        self._file, self._text, self._at, self.line = file, "", 0, 1
        self._ended, self._longest = False, longest

    def names(self) -> Iterator[str]:
        """The names of the object that comes next; after each, its value must be taken."""
        self.take("{")
        while not self.takes("}"):
            name = self.value()
            self.skip(_COLON)
            yield str(name)

    def places(self) -> Iterator[int]:
        """For each item of the array that comes next, the line that it begins on; then the item must be taken."""
        self.take("[")
        while not self.takes("]"):
            yield self.line

    def is_next(self, mark: str) -> bool:
        """Whether the mark comes next; it is not passed."""
        self.skip(_SPACE)
        return self._text.startswith(mark, self._at)

    def take(self, mark: str) -> None:
        """Pass the mark that must come next."""
        if not self.takes(mark):
            raise OtherJsonError(f"is not the JSON that was looked for: {mark} is missing", self.line)

    def takes(self, mark: str) -> bool:
        """Whether the mark comes next; it is passed."""
        if not self.is_next(mark):
            return False
        self._at += len(mark)
        return True

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Pass what matches the pattern, if anything does."""
        while True:
            match = pattern.match(self._text, self._at)
            end = match.end() if match else self._at
            if end < len(self._text) or not self._read_on():
                self._move_to(end)
                return

    def value(self) -> Any:
        """The next value; the window grows, twice as wide each time, until it holds the whole of it."""
        self.skip(_SPACE)
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not (self._may_go_on(error) and self._read_on()):
                    line = self.line + self._text.count("\n", self._at, error.pos)
                    raise BrokenJsonError(f"is no JSON, or ends too early ({error.msg})", line) from None
                continue
            except (ValueError, RecursionError) as error:
                raise BrokenJsonError(f"cannot be read as JSON ({error})", self.line) from None
            if end == len(self._text) and self._read_on():
                continue  # a number may go on
            self._move_to(end)
            return found

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether the fault may come of the window's end: of a string or a word that it cuts in two."""
        return error.msg.startswith("Unterminated string") or error.pos + _LONGEST_WORD >= len(self._text)

    def _move_to(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _read_on(self) -> bool:
        if self._ended:
            return False
        if self._longest is not None and len(self._text) - self._at > self._longest:
            raise BrokenJsonError(f"a value is longer than {self._longest:,} characters", self.line)
        more = self._file.read(max(_CHUNK, len(self._text) - self._at))
        self._ended = not more
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)
