"""The workbook: whatever stands in a cell is read as it was by a program that is not ours, and is no formula."""

import datetime as dt
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from ascertain.release.forms import Workbook, workbook
from ascertain.release.tables import Cell, Column, Row

TYPES = ("string", "integer", "number", "boolean", "date", "list")
COLUMNS = tuple(Column(kind, kind, "#x", f"a {kind}") for kind in TYPES)  # type: ignore[arg-type]
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
rows = st.tuples(
    st.none()
    | texts
    | st.sampled_from(["=1+1", "_x0041_", " a ", "<b>&amp;", "\x00", "￾", "a\r\nb", "http://a.example"]),
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.none() | st.booleans(),
    st.none() | st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)),
    st.lists(texts.filter(lambda text: text.strip() == text), max_size=3).map(tuple),
)


def written(path: Path, *given_rows: Row, title: str = "title", columns: tuple[Column, ...] = COLUMNS) -> Path:
    book = Workbook(path, title, [("left", "right")])
    book.sink("table", columns).add(list(given_rows))
    book.close()
    return path


def read(path: Path, sheet: str = "table") -> list[list[object]]:
    """The cells of a sheet without its heads; codes of OOXML for odd letters taken back, as spreadsheets do."""
    found = openpyxl.load_workbook(path)[sheet]
    assert not [cell for row in found.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    return [
        [unescape(cell) if isinstance(cell, str) else cell for cell in row]
        for row in found.iter_rows(min_row=2, values_only=True)
    ]


def as_read(cell: Cell) -> object:
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    return (" | ".join(cell) or None) if isinstance(cell, tuple) else cell


@settings(max_examples=80, deadline=None)
@given(st.lists(rows, min_size=1, max_size=4))
def test_every_cell_comes_back_as_it_was(given_rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as room:
        found = read(written(Path(room) / "a.xlsx", *given_rows))
    expected = [[as_read(cell) for cell in row] for row in given_rows]
    while expected and not any(cell is not None for cell in expected[-1]):
        expected.pop()
    for row, wanted in zip([row + [None] * (6 - len(row)) for row in found], expected, strict=False):
        assert row[:2] + row[3:] == wanted[:2] + wanted[3:]
        assert (row[2] is None) == (wanted[2] is None)
        assert (row[2] or 0) == pytest.approx(wanted[2] or 0, rel=1e-15)  # 16 digits, as spreadsheets hold them


def test_each_part_is_sound_and_of_one_moment(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.xlsx", ("\x07<&\ud7ff", 1, 1.5, True, dt.date(2024, 3, 4), ("a", "b")), title='<"&\x00'
    )
    with zipfile.ZipFile(path) as archive:
        assert len({info.date_time for info in archive.infolist()}) == 1
        for name in archive.namelist():
            fromstring(archive.read(name))
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_days_that_spreadsheets_do_not_count_are_texts(tmp_path: Path) -> None:
    days = dt.date(1, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1)
    path = written(tmp_path / "a.xlsx", *((None, None, None, None, day, ()) for day in days))
    assert [row[4] for row in read(path)] == ["0001-01-01", "1900-02-28", dt.datetime(1900, 3, 1)]


def test_a_table_goes_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 3)
    path = written(tmp_path / "a.xlsx", *(("a", number, None, None, None, ()) for number in range(7)))
    assert openpyxl.load_workbook(path).sheetnames == ["read me", "table", "table 2", "table 3"]
    assert [[row[1] for row in read(path, name)] for name in ("table", "table 2", "table 3")] == [
        [0, 1, 2],
        [3, 4, 5],
        [6],
    ]
    assert [cell.value for cell in openpyxl.load_workbook(path)["table 3"][1]] == list(TYPES)


def test_a_text_that_no_cell_holds_is_cut_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ("a" * 40_000, None, None, None, None, ()))
    text = read(path)[0][0]
    assert isinstance(text, str)
    assert (len(text), text[-34:]) == (32_767, " … (cut; whole in the other files)")
