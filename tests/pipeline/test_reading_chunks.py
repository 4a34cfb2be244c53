from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.tiny_reader import FailingReader, TinyReader, UnusableReader

from ascertain.intake.received import Item, Received, SetAside
from ascertain.model import Report, SettingsError
from ascertain.pipeline.reading_chunks import MAX_CHARACTERS, Chunk, ChunkRead, chunked, read_chunk, read_in_order

ASIDE = SetAside("a.jsonl", 9, "no 'text'", "put it in")


def received(*texts: str) -> list[Item]:
    return [Received(Report(id=f"r{n}", text=text), "a.jsonl", n) for n, text in enumerate(texts, start=1)]


def told(results: list[ChunkRead]) -> list[str]:
    return [line.split('"')[5] for result in results for line in result.lines]


@given(st.lists(st.one_of(st.just(ASIDE), st.integers(0, 2 * MAX_CHARACTERS).map(lambda n: received("x" * n)[0]))))
def test_chunks_hold_all_items_in_order_and_cut_the_same_from_any_boundary(items: list[Item]) -> None:
    chunks = list(chunked(items))
    assert [item for chunk in chunks for item in chunk] == items
    for number in range(len(chunks)):
        rest = [item for chunk in chunks[number:] for item in chunk]
        assert list(chunked(rest)) == chunks[number:]


def test_a_report_that_the_reader_fails_on_is_set_aside_alone() -> None:
    result = read_chunk(FailingReader(), (*received("1 killed", "FAIL", "2 killed"), ASIDE))
    assert told([result]) == ["r1", "r3"]
    assert (result.items, result.claims) == (4, 2)
    problem = "the reader failed (RuntimeError: a fault\\x1b[31m of the reader)"
    assert (result.set_aside[0].line, result.set_aside[0].problem) == (2, problem)
    assert result.set_aside[1] == ASIDE


def test_a_report_that_the_reader_gives_nothing_for_is_set_aside() -> None:
    result = read_chunk(FailingReader(), tuple(received("1 killed", "LOSE")))
    assert told([result]) == ["r1"]
    assert result.set_aside[0].problem.startswith("the reader failed (ValueError")


def test_a_reader_that_cannot_work_stops_the_run() -> None:
    with pytest.raises(SettingsError, match="no such model"):
        read_chunk(UnusableReader(), tuple(received("x")))


def test_results_come_in_the_order_of_the_input() -> None:
    chunks: list[Chunk] = list(chunked(received(*[f"{n} killed" for n in range(100)])))
    results = list(read_in_order(chunks, TinyReader(), workers=2))
    assert told(results) == [f"r{n}" for n in range(1, 101)]


def test_a_report_that_kills_its_process_is_set_aside_alone() -> None:
    texts = ["1 killed"] * 40
    texts[20] = texts[35] = "DIE"
    results = list(read_in_order(chunked(received(*texts)), FailingReader(), workers=2))
    assert told(results) == [f"r{n}" for n in range(1, 41) if n not in (21, 36)]
    asides = [aside for result in results for aside in result.set_aside]
    assert [(aside.line, aside.problem) for aside in asides] == [
        (21, "the reader's process died on it"),
        (36, "the reader's process died on it"),
    ]


def test_a_reader_that_cannot_work_stops_the_run_from_its_process_too() -> None:
    with pytest.raises(SettingsError, match="no such model"):
        list(read_in_order(chunked(received("x")), UnusableReader(), workers=1))


def test_only_a_few_chunks_are_taken_ahead() -> None:
    taken = 0

    def endless() -> Item:
        nonlocal taken
        taken += 1
        return received("x")[0]

    results = read_in_order(chunked(iter(endless, None)), TinyReader(), workers=1)
    assert isinstance(results, Generator)
    next(results)
    assert taken <= 16 * 4
    results.close()
