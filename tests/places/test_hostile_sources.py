"""Files as they should not be: each is refused with what to do about it, or loses only the rows at fault."""

import gzip
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ascertain.model import DataFileError, SettingsError
from ascertain.places import library, open_gazetteer
from ascertain.places.gazetteer import added_folder, forget_opened
from ascertain.places.library import Added, Fault, Order

from . import made

NOISE = random.Random(7).randbytes(5000)
DUMP = "".join(f"{row}\n" for row in made.VILLAGES)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    yield
    forget_opened()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASCERTAIN_DATA", str(folder / "data"))
        added(folder / "BF.txt", DUMP, name="here")
    return folder / "data"


def added(path: Path, content: str | bytes, **order: object) -> tuple[Added, list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    faults: list[Fault] = []
    done = library.add(str(path), Order(told=faults.append, **order))  # type: ignore[arg-type]  # any of its fields
    return done, [str(fault) for fault in faults]


def zipped(**files: str) -> bytes:
    path = added_folder().parent.parent / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path.read_bytes()


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut.zip": (lambda: zipped(**{"BF.txt": DUMP * 50})[:-40], "is a zip archive that is broken or cut"),
    "spoilt.zip": (lambda: _spoilt(zipped(**{"BF.txt": DUMP})), r"is a zip archive that is broken or cut short \("),
    "text.zip": (lambda: b"404 not found", "is broken: its name says zip archive, and its content is none; d"),
    "noise.osm.pbf": (lambda: NOISE, "is broken: its name says OpenStreetMap extract, and its content is none; d"),
    "noise.csv": (lambda: NOISE, "is broken, or no table of text; download it again, or give a GeoNames dump"),
    "noise.txt": (lambda: NOISE, "is broken, or no table of text"),
    "list.geojson": (lambda: b"[]", r"is broken: its name says GeoJSON, and its content is none; give a Feat"),
    "lone.geojson": (lambda: b'{"type": "Feature"}', r":1: has no 'features'; give a FeatureCollection"),
    "five.geojson": (lambda: b'{"features": 5}', r":1: 'features' is no list; give a FeatureCollection"),
    "bad.geojson": (lambda: b'{"features": [\n{"a": tru }\n' + b" " * 99 + b"]}", r":2: is no JSON, or ends too early"),
    "long.geojson": (lambda: b'{"features": [1' + b"0" * 9999 + b"]}", r":1: cannot be read as JSON"),
    "three.txt": (lambda: b"900000005\tX\tX\n", r":1: has 3 columns, not the 19 of a GeoNames dump; add the dump as"),
    "evil.zip": (lambda: zipped(**{"../../BF.txt": DUMP}), r"path leads out of the archive \('../../BF.txt'\); get"),
    "two.zip": (lambda: zipped(**{"a.geojson": "{}", "b.geojson": "{}"}), "holds a.geojson, b.geojson, and not one"),
    "shapes.zip": (lambda: zipped(**{"a.shp": "x", "a.dbf": "x"}), "convert the shapefile to GeoJSON"),
    "bomb.zip": (lambda: zipped(**{"BF.txt": "0" * 300_000_000}), "which unpacks to 0.3 GB from next to nothing"),
    "book.xlsx": (lambda: zipped(**{"[Content_Types].xml": "x", "xl/a.xml": "x"}), "save the sheet as CSV in UTF-8"),
    "BF.txt.gz": (lambda: gzip.compress(DUMP.encode()), "is packed by gzip; unpack it"),
    "page.csv": (lambda: b"\n<!DOCTYPE html><html>", "is a web page; download the file"),
    "map.osm": (lambda: b"<?xml version='1.0'?><osm>", "is XML; of OpenStreetMap, download the .osm.pbf"),
    "mac.csv": (lambda: b"name,lat,lon\rX,1,1\r", "has lines that end in CR alone; save it with"),
    "latin.csv": (lambda: "Dörfer,lat,lon\nX,1,1\n".encode("latin-1"), r":1: has a header that is not UTF-8; save"),
    "wide.csv": (lambda: "name,lat,lon\nX,1,1\n".encode("utf-16-le"), "is broken, or no table of text"),
}  # fmt: skip


def _spoilt(archive: bytes) -> bytes:
    return archive[:60] + bytes(20) + archive[80:]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_remedy_and_leaves_nothing(tmp_path: Path, old: Path, name: str) -> None:
    content, said = BROKEN[name]
    shutil.copytree(old, tmp_path / "data")
    with pytest.raises(DataFileError, match=said):
        added(tmp_path / name, content(), name="here")
    (kept,) = library.added()
    assert (kept.name, kept.places) == ("here", 4)
    assert [path.name for path in added_folder().iterdir() if path.name != ".lock"] == ["here.sqlite"]


def test_an_archive_cut_or_spoilt_anywhere_is_told(tmp_path: Path) -> None:
    whole, chance = zipped(**{"BF.txt": DUMP * 20}), random.Random(3)
    for _ in range(60):
        spoilt = bytearray(whole[: chance.choice((len(whole), chance.randrange(len(whole))))])
        for _ in range(chance.randrange(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            added(tmp_path / "x.zip", bytes(spoilt))
        except (DataFileError, SettingsError):
            continue


def test_what_surrounds_the_table_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    content = zipped(**{"BF.txt": DUMP, "readme.txt": "x", "__MACOSX/._BF.txt": "x", ".DS_Store": "x"})
    assert added(tmp_path / "BF.zip", content)[0].places == 4


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row(tmp_path: Path) -> None:
    rows = "".join(f"Place {number},12,{number % 90}\n" for number in range(1, 200))
    done, faults = added(tmp_path / "x.csv", f'name,lat,lon\n"Villa,12,1\n{rows}"Zed",12,3\nO"Hara,12,4\n')
    assert (done.places, faults) == (201, ["x.csv:2: a quotation mark is opened and not closed"])


def test_cells_of_several_lines_are_read(tmp_path: Path) -> None:
    done, faults = added(tmp_path / "x.csv", 'name,note,lat,lon\r\n"Villa\r\nZed","a ""b""\n\nc",12,1\r\nX,,0,0\r\n')
    assert (done.places, faults) == (1, ["x.csv:6: its position is 0, 0, which stands for a missing one"])
    found = open_gazetteer().sense("csv:x:2")
    assert found is not None
    assert found.name == "Villa Zed"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("\ufeffname;lat;lon\r\nX;12.5;-1\r\n", 1),
        ("\n\nname\tlat\tlon\nX\t12.5\t\u22121\n", 1),
        ("name,lat,lon,population\nX,12.5,-1,61000.0\nY,12.5,-1,\"61,000\"\n", 2),
        ("name,lat,lon,country\nX,12.5,-1,Burkina Faso\nY,12.5,-1,BFA\n", 2),
    ],
)  # fmt: skip
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str, places: int) -> None:
    done, faults = added(tmp_path / "x.csv", text)
    assert (done.places, faults) == (places, [])
    for hit in open_gazetteer().search("X"):
        if hit.gazetteer == "x":
            assert (hit.sense.country, hit.sense.lon) == ("BF", -1)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("X,0,0,", "its position is 0, 0, which stands for a missing one"),
        ("X,12.5,181,", "longitude 181 is beyond 180"),
        ('X,"12,5",1,', "latitude '12,5' is no number: write a point for the comma"),
        ("X,12°30'N,1,", 'latitude "12°30\'N" is no number'),
        ("12,12,1,", "name '12' has no letter"),
        ("X\x00,12,1,", r"name 'X\x00' has a control character"),
        ("X,12,1,ZZ", "country 'ZZ' is no code of ISO 3166-1"),
        ("X,12,1", "3 cells, not 4"),
    ],
)
def test_a_bad_row_of_a_csv_is_named_and_skipped(tmp_path: Path, row: str, problem: str) -> None:
    done, faults = added(tmp_path / "x.csv", f"name,lat,lon,country\n{row}\nTorvik,12,1,\n")
    assert (done.places, done.skipped, faults) == (1, 1, [f"x.csv:2: {problem}"])


@pytest.mark.parametrize(
    ("name", "content", "column", "said"),
    [
        ("BF.txt", DUMP, "name", "--columns name=… does not apply to BF.txt, which is geonames; leave --columns out"),
        (
            "x.csv",
            "name,lat,lon\nX,1,1\n",
            "id",
            "--columns id=… does not apply to x.csv, which is csv; of csv, name, lat",
        ),
        ("x.geojson", json.dumps({"features": []}), "lat", "--columns lat=… does not apply .* of geojson, name, id"),
    ],
)
def test_a_column_that_a_form_has_no_use_for_is_refused(
    tmp_path: Path, name: str, content: str, column: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        added(tmp_path / name, content, columns={column: "x"})


def test_a_feature_spoilt_by_another_encoding_is_named(tmp_path: Path) -> None:
    text = json.dumps(
        {"features": [made.point({"name": "Café"}, 1, 1), made.point({"name": "X"}, 1, 1)]}, ensure_ascii=False
    )
    done, faults = added(tmp_path / "x.geojson", text.encode("latin-1"))
    assert (done.places, faults) == (1, ["x.geojson:1: feature 1: name 'Caf\ufffd' is not UTF-8"])


def test_what_is_no_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for what, said in ((tmp_path, "is a folder"), (tmp_path / "pipe", "is a pipe or device"), ("-", "is a pipe")):
        with pytest.raises(SettingsError, match=said):
            library.add(str(what), Order(name="x"))


def test_a_damaged_gazetteer_does_not_keep_it_from_being_added_again(tmp_path: Path) -> None:
    added(tmp_path / "BF.txt", DUMP)
    (added_folder() / "bf.sqlite").write_bytes(b"no database")
    forget_opened()
    assert added(tmp_path / "BF.txt", DUMP)[0].places == 4
    assert open_gazetteer().sense("geonames:900000001")


def test_the_embedded_one_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="embedded: it is built in"):
        library.remove("embedded")
    added(tmp_path / "BF.txt", DUMP)
    with pytest.raises(SettingsError, match="known: bf"):
        library.remove("../data/gazetteers/bf")


def test_a_full_disk_is_told_and_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added(tmp_path / "BF.txt", DUMP)
    connect = sqlite3.connect

    def small(path: str, **settings: object) -> sqlite3.Connection:
        opened = connect(path, **settings)  # type: ignore[call-overload]  # passed on as it comes
        opened.execute("PRAGMA max_page_count = 8")
        return opened  # type: ignore[no-any-return]  # of the call above

    rows = "".join(f"{made.dump_row(number, f'Place {number}', 12, 1)}\n" for number in range(900_000_100, 900_002_000))
    monkeypatch.setattr("ascertain.places.store.sqlite3.connect", small)
    with pytest.raises(SettingsError, match=r"cannot be written there \(.*full\); make room"):
        added(tmp_path / "BF.txt", rows)
    monkeypatch.undo()
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    assert [each.places for each in library.added()] == [4]
    assert [path.name for path in added_folder().iterdir() if path.name != ".lock"] == ["bf.sqlite"]
