"""Taking originals apart in a process of its own, so that no original can harm more than itself.

The worker has bounds on memory, time and output, writes into one folder only and reaches no network
(`confinement`). It is kept for the next original; one that goes beyond its bounds or breaks down is killed, its
original is set aside with the reason, and the next one gets a new worker. What was found before that stays found.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from ascertain.intake.documents import Document, Enclosed, Limits, Original
from ascertain.intake.forms import Found
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.worker import DOCUMENT, DONE, ENCLOSED, LENGTH, SET_ASIDE, Order

_SECONDS_TO_START = 60.0
_BYTES_A_CHARACTER = 6
_ROOM_FOR_OTHER_FIELDS = 16 << 20
_ORIGINALS_A_WORKER = 10_000
_BLOCK = 1 << 20
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_SMALLER = "split it, save it anew as text, or raise the limit"
_ANEW = "open and save it again, or give its text as a text file"


class Apart:
    """Takes originals apart, one at a time; a context manager that leaves no process behind.

    A worker dies with the thread that its first original was given by, so keep one `Apart` to one thread.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Apart() as apart:
    ...     path, room = Path(folder, "a.txt"), Path(folder, "room")
    ...     room.mkdir()
    ...     _ = path.write_text("Two people were hurt.")
    ...     [found.text for found in apart.found(Original(path, "a.txt", "a.txt"), room)]
    ['Two people were hurt.']
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._worker: _Worker | None = None

    def found(self, original: Original, room: Path) -> Iterator[Found]:
        """All that is in an original, as it is found; what goes beyond the limits is set aside.

        Args:
            original: what was received.
            room: an empty folder, for what the original encloses; it must outlast the use of that.
        """
        room = room.resolve()
        order = Order(_absolute(original), self._settings, room)
        worker = self._worker_for(room)
        count, is_done = 0, False
        try:
            for item in worker.answers(order):
                count += 1
                yield item
            is_done = True
        except _BeyondBoundsError as beyond:
            yield _set_aside(original, beyond, count)
        finally:
            if not is_done or worker.is_worn:
                self.close()

    def close(self) -> None:
        """End the worker, whatever it is at."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()

    def _worker_for(self, room: Path) -> _Worker:
        if self._worker is None or self._worker.writable not in room.parents or not self._worker.is_alive:
            self.close()
            self._worker = _Worker(self._settings.limits, room.parent)
        return self._worker

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _BeyondBoundsError(Exception):
    """A worker that went beyond its bounds or broke down, as a problem and a remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


class _Worker:
    """A process that serves, as this one sees it."""

    def __init__(self, limits: Limits, writable: Path) -> None:
        self.writable = writable
        self._served = 0
        command = [sys.executable, "-s", "-P", "-m", "ascertain.intake.worker"]
        self._process = subprocess.Popen(
            [*command, json.dumps(asdict(limits)), str(writable), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._answers = self._process.stdin, self._process.stdout
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)

    @property
    def is_alive(self) -> bool:
        """Whether it is there to be given an order."""
        return self._process.poll() is None

    @property
    def is_worn(self) -> bool:
        """Whether it has served so long that a fresh one is better."""
        return self._served >= _ORIGINALS_A_WORKER

    def answers(self, order: Order) -> Iterator[Found]:
        """What it finds, as it finds it.

        Raises:
            _BeyondBoundsError: it is at an end, or must be brought to one.
        """
        limits = order.settings.limits
        most = limits.characters * _BYTES_A_CHARACTER + _ROOM_FOR_OTHER_FIELDS
        seconds = limits.seconds + (0 if self._served else _SECONDS_TO_START)
        self._served += 1
        self._give(order)
        while (answer := self._answer(seconds, most, limits.seconds))[0] != DONE:
            yield _found(*answer, order)
            seconds = limits.seconds

    def kill(self) -> None:
        """End it at once, and wait for its end."""
        self._process.kill()
        with contextlib.suppress(OSError):
            self._orders.close()
        self._answers.close()
        self._process.wait()

    def _give(self, order: Order) -> None:
        pickled = pickle.dumps(order)
        try:
            self._orders.write(LENGTH.pack(len(pickled)) + pickled)
            self._orders.flush()
        except OSError:
            raise self._breakdown() from None

    def _answer(self, seconds: float, most: int, told_seconds: float) -> tuple[str, Mapping[str, object]]:
        deadline = time.monotonic() + seconds
        length = LENGTH.unpack(self._read(LENGTH.size, deadline, told_seconds))[0]
        if length > most:
            raise _BeyondBoundsError("a part of it is longer than a part may be", _SMALLER)
        kind, fields = json.loads(self._read(length, deadline, told_seconds).decode("utf-8", "surrogatepass"))
        return kind, fields

    def _read(self, size: int, deadline: float, told_seconds: float) -> bytes:
        """So many bytes of the answer, by the deadline."""
        got = bytearray()
        while len(got) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise _BeyondBoundsError(f"takes longer than {told_seconds:g} seconds", _SMALLER)
            block = os.read(self._answers.fileno(), min(size - len(got), _BLOCK))
            if not block:
                raise self._breakdown()
            got += block
        return bytes(got)

    def _breakdown(self) -> _BeyondBoundsError:
        """Why the worker is gone: the number of the signal that ended it, where one did."""
        self._process.kill()
        code = self._process.wait()
        if code in (-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGXFSZ):
            return _BeyondBoundsError("needs more memory, time or room than one original may have", _SMALLER)
        told = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return _BeyondBoundsError(f"breaks the program that reads it ({told})", _ANEW)


def _absolute(original: Original) -> Original:
    """The same original, for a process that stands in another folder."""
    return Original(
        original.path.absolute(),
        original.name,
        original.address,
        original.media_type,
        original.received,
        original.headers,
    )


def _set_aside(original: Original, beyond: _BeyondBoundsError, count: int) -> SetAside:
    after = f" (after {count:,} parts of it; the rest is not read)" if count else ""
    return SetAside(printable(original.address), None, beyond.problem + after, beyond.remedy)


def _found(kind: str, fields: Mapping[str, object], order: Order) -> Found:
    """What an answer tells; nothing in it is believed that its type does not allow.

    Raises:
        _BeyondBoundsError: it is no answer that a worker gives.
    """
    try:
        return _BUILDERS[kind](fields, order)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"the program that reads it answers what it may not ({type(error).__name__})"
        raise _BeyondBoundsError(problem, _ANEW) from error


def _document(fields: Mapping[str, object], _: Order) -> Document:
    told = {name: _text_or_none(fields[name]) for name in _LABELS}
    pages = fields["pages"]
    if not isinstance(pages, list):
        raise TypeError("pages")
    return Document(
        text=_text(fields["text"]),
        part=_text(fields["part"]),
        published=_day(fields["published"]),
        pages=tuple((int(start), int(end)) for start, end in pages),
        **told,
    )


def _set_aside_told(fields: Mapping[str, object], _: Order) -> SetAside:
    line = fields["line"]
    if not isinstance(line, int | None):
        raise TypeError("line")
    return SetAside(_text(fields["source"]), line, _text(fields["problem"]), _text(fields["remedy"]))


def _enclosed(fields: Mapping[str, object], order: Order) -> Enclosed:
    """An enclosed original, which must be a plain file within the room."""
    told, part = fields["original"], _text(fields["part"])
    if not isinstance(told, dict):
        raise TypeError("original")
    path = Path(_text(told["path"]))
    if path.is_symlink() or not path.is_file() or order.room not in path.resolve().parents:
        raise ValueError("a path outside of the room")
    inner = Original(
        path=path,
        name=_text(told["name"]),
        address=_text(told["address"]),
        media_type=_text_or_none(told["media_type"]),
        received=None if told["received"] is None else dt.datetime.fromisoformat(_text(told["received"])),
        headers=tuple((_text(name), _text(value)) for name, value in told["headers"]),
    )
    return Enclosed(inner, part)


_LABELS = ("id", "title", "publisher", "author", "url", "language")
_BUILDERS: Mapping[str, Callable[[Mapping[str, object], Order], Found]] = {
    DOCUMENT: _document,
    SET_ASIDE: _set_aside_told,
    ENCLOSED: _enclosed,
}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} in place of a text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _day(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(_text(value))
