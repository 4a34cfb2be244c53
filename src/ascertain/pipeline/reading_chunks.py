"""Reading chunk by chunk in worker processes, results in the order of the input.

A fault spoils only its own report: one that the reader fails on, and one that kills the process, are set aside.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from ascertain.intake.received import Item, Received, SetAside, one_line, printable
from ascertain.model import DataFileError, Reading, ReportPlaces, SettingsError
from ascertain.pipeline.readers import ReaderOf

Chunk = tuple[Item, ...]
Result = Reading | ReportPlaces
T = TypeVar("T", bound=Result)

MAX_ITEMS = 16
MAX_CHARACTERS = 100_000
_CHUNKS_AHEAD = 3
_SEND_IN = "leave the report out, and send it in with the message so that the reader can be mended"


@dataclass(frozen=True, slots=True)
class ChunkRead:
    """What came of a chunk: a line for each reading, what was set aside, how many items there were, and how many claims
    (or places) in them."""

    items: int
    claims: int
    lines: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


def chunked(items: Iterable[Item]) -> Iterator[Chunk]:
    """Consecutive items by the handful; where a chunk ends depends on its own items alone, so a run that goes on
    from the end of a chunk cuts the rest as an unbroken run does.

    >>> aside = SetAside("a.jsonl", 1, "no 'text'", "put it in")
    >>> [len(chunk) for chunk in chunked([aside] * 40)]
    [16, 16, 8]
    """
    chunk: list[Item] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += len(item.report.text) if isinstance(item, Received) else 0
        if len(chunk) == MAX_ITEMS or characters >= MAX_CHARACTERS:
            yield tuple(chunk)
            chunk, characters = [], 0
    if chunk:
        yield tuple(chunk)


def read_chunk(reader: ReaderOf[Result], chunk: Chunk) -> ChunkRead:
    """Read the reports of a chunk; those that the reader fails on are set aside."""
    received = [item for item in chunk if isinstance(item, Received)]
    results = iter(_read_together(reader, received))
    outcomes = [item if isinstance(item, SetAside) else next(results) for item in chunk]
    readings = [outcome for outcome in outcomes if not isinstance(outcome, SetAside)]
    return ChunkRead(
        items=len(chunk),
        claims=sum(map(_findings, readings)),
        lines=tuple(one_line(reading.model_dump_json()) for reading in readings),
        set_aside=tuple(outcome for outcome in outcomes if isinstance(outcome, SetAside)),
    )


def _findings(result: Result) -> int:
    return len(result.claims if isinstance(result, Reading) else result.places)


def _read_together(reader: ReaderOf[Result], received: list[Received]) -> list[Result | SetAside]:
    try:
        readings = reader.read(item.report for item in received)
        return [_sketched(item, reading) for item, reading in zip(received, readings, strict=True)]
    except (DataFileError, SettingsError):
        raise
    except Exception:  # noqa: BLE001 -- the boundary: which report it was shows when each is read alone
        pass
    return [read_alone(reader, item) for item in received]


def read_alone(reader: ReaderOf[T], item: Received) -> T | SetAside:
    """The reading of one report, or why it was set aside."""
    try:
        (reading,) = reader.read([item.report])
        return _sketched(item, reading)
    except (DataFileError, SettingsError):
        raise
    except Exception as error:  # noqa: BLE001 -- the boundary: one bad report spoils only itself
        problem = printable(f"the reader failed ({type(error).__name__}: {error})")
        return SetAside(item.source, item.line, problem, _SEND_IN)


def _sketched(item: Received, result: T) -> T:
    """A reading with the sketch of its report's words; places as they are."""
    if not isinstance(result, Reading) or result.sketch is not None:
        return result
    from ascertain.incidents.sketch import sketch

    return result.model_copy(update={"sketch": sketch(item.report)})


def read_in_order(chunks: Iterable[Chunk], reader: ReaderOf[Result], workers: int) -> Iterator[ChunkRead]:
    """What came of each chunk, in order, read by `workers` processes; a few chunks are under way at a time.

    Processes are started by `spawn`, so a script that calls this needs `if __name__ == "__main__":`.

    Raises:
        DataFileError, SettingsError: the reader cannot work at all.
    """
    pool = _Pool(reader, workers)
    under_way: deque[tuple[Chunk, Future[ChunkRead]]] = deque()
    try:
        for chunk in chunks:
            under_way.append((chunk, pool.submit(chunk)))
            if len(under_way) >= workers * _CHUNKS_AHEAD:
                yield pool.result(under_way)
        while under_way:
            yield pool.result(under_way)
    finally:
        pool.close()


class _Pool:
    """Worker processes that are started anew when one of them dies."""

    def __init__(self, reader: ReaderOf[Result], workers: int) -> None:
        self._reader, self._workers = reader, workers
        self._executor = self._new_executor(workers)

    def submit(self, chunk: Chunk) -> Future[ChunkRead]:
        try:
            return self._executor.submit(_read_in_worker, chunk)
        except BrokenProcessPool as error:
            broken: Future[ChunkRead] = Future()
            broken.set_exception(error)
            return broken

    def result(self, under_way: deque[tuple[Chunk, Future[ChunkRead]]]) -> ChunkRead:
        """What came of the first chunk under way; where a process died, the chunk is read again by itself."""
        chunk, future = under_way.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=True, cancel_futures=True)
            result = self._read_apart(chunk)
            self._executor = self._new_executor(self._workers)
            rest = [waiting for waiting, _ in under_way]
            under_way.clear()
            under_way.extend((waiting, self.submit(waiting)) for waiting in rest)
            return result

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _read_apart(self, chunk: Chunk) -> ChunkRead:
        """Read a chunk in a process of its own; where that dies, its items one by one, and the deadly is set aside."""
        with self._new_executor(1) as executor:
            try:
                return executor.submit(_read_in_worker, chunk).result()
            except BrokenProcessPool:
                pass
        if len(chunk) > 1:
            return _joined([self._read_apart((item,)) for item in chunk])
        (item,) = chunk
        aside = SetAside(item.source, item.line, "the reader's process died on it", _SEND_IN)
        return ChunkRead(1, 0, (), (aside,))

    def _new_executor(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(self._reader,))


def _joined(parts: list[ChunkRead]) -> ChunkRead:
    return ChunkRead(
        items=sum(part.items for part in parts),
        claims=sum(part.claims for part in parts),
        lines=tuple(line for part in parts for line in part.lines),
        set_aside=tuple(aside for part in parts for aside in part.set_aside),
    )


class _Worker:
    """What a worker process holds; the first chunk makes the reader load what it needs."""

    reader: ReaderOf[Result]


def _start(reader: ReaderOf[Result]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.reader = reader


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended: nobody else would."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(chunk: Chunk) -> ChunkRead:
    return read_chunk(_Worker.reader, chunk)
