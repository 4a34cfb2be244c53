import datetime as dt
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, found_in, hold_the_law, original_of, small

from ascertain.intake.forms import find


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_each_line_is_a_report_in_the_exchange_format(tmp_path: Path) -> None:
    more = {"title": "t", "published": "2024-03-05", "publisher": "K", "url": "https://k.example", "language": "sw"}
    (report,) = documents(found_in(line(id="r1", text="Two hurt.", **more), "a.jsonl", tmp_path))
    assert (report.id, report.text, report.part) == ("r1", "Two hurt.", "line 1")
    assert (report.published, report.publisher, report.language) == (dt.date(2024, 3, 5), "K", "sw")


def test_a_bad_line_is_set_aside_by_its_number(tmp_path: Path) -> None:
    found = found_in(
        line(id="r1", text="x") + b"{broken\n" + line(id="r2") + line(id="r3", text="y"), "a.jsonl", tmp_path
    )
    assert [told.split(":")[1] for told in asides(found)] == ["2", "3"]
    assert len(found) == 4


@pytest.mark.slow
def test_a_line_of_any_length_is_passed_over_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.write(line(id="r1", text="x") + b'{"id": "r2", "text": "')
        file.seek(2 << 30, 1)
        file.write(b'"}\n' + line(id="r3", text="y"))
    original = original_of(b"", "huge.jsonl", tmp_path)
    path.replace(original.path)
    tracemalloc.start()
    found = list(find(original, small(characters=100_000), tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [told.split(";")[0] for told in asides(found)] == ["huge.jsonl:2: longer than 100,000 characters"]
    assert len(found) == 3
    assert peak < 8 << 20


@pytest.mark.fuzz
@given(st.lists(st.binary(max_size=60) | st.text(alphabet='{}[]":,idtex0\n', max_size=40).map(str.encode)))
def test_any_lines_hold_the_law(lines: list[bytes]) -> None:
    hold_the_law(line(id="r1", text="x") + line(id="r2", text="x") + b"\n".join(lines), "a.jsonl")
