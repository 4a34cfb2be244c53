"""Adding gazetteers of each form, as a caller does; what is added is found, and what fails leaves no trace."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ascertain.model import DataFileError, SettingsError
from ascertain.pipeline import RuleReader
from ascertain.places import find_places, gazetteers_in_use, library, open_gazetteer
from ascertain.places.gazetteer import added_folder, forget_opened
from ascertain.places.library import Added, Fault, Order
from ascertain.places.locks import alone

from . import made


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    yield
    forget_opened()


def added(path: Path, order: Order | None = None) -> tuple[Added, list[str]]:
    faults: list[Fault] = []
    told = order or Order()
    return library.add(str(path), Order(told.name, told.columns, told.country, told.licence, told=faults.append)), [
        str(fault) for fault in faults
    ]


def ids(name: str) -> list[str]:
    return [hit.sense.id for hit in open_gazetteer().search(name) if hit.likeness != "beginning"]


def files() -> list[str]:
    return sorted(path.name for path in added_folder().iterdir() if path.name != ".lock")


def test_a_dump_is_added_with_where_it_came_from(tmp_path: Path) -> None:
    path = made.dump(tmp_path)
    done, faults = added(path)
    assert (done.name, done.places, done.skipped, faults) == ("bf", 4, 0, [])
    assert done.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (done.source, done.size, done.licence) == (str(path), path.stat().st_size, "CC BY 4.0 (GeoNames)")
    assert library.added() == (done,)


@pytest.mark.parametrize("name", ["Zibare Tekko", "Zibaré-Tekko", "ZIBARE TEKKO", "زيباري"])
def test_a_village_of_a_dump_is_found_in_every_spelling(tmp_path: Path, name: str) -> None:
    added(made.dump(tmp_path))
    assert ids(name) == ["geonames:900000001"]


def test_the_reader_resolves_what_only_an_added_gazetteer_knows(tmp_path: Path) -> None:
    text = "Gunmen killed five people in the village of Zibare Tekko, Burkina Faso, on Monday."
    before = {mention.place.id for mention in find_places(text)}
    added(made.dump(tmp_path))
    after = {mention.place.id for mention in find_places(text)}
    assert after - before == {"geonames:900000001"}


def test_what_no_report_names_is_left_out(tmp_path: Path) -> None:
    added(made.dump(tmp_path))
    assert not ids("Hotel Bravo")


def test_a_place_that_two_gazetteers_hold_is_one(tmp_path: Path) -> None:
    before = [sense.id for sense in open_gazetteer().senses("djibo")]
    added(made.dump(tmp_path))
    after = open_gazetteer().senses("djibo")
    assert sorted(sense.id for sense in after) == sorted(before)
    (djibo,) = (sense for sense in after if sense.id == "geonames:2361177")
    assert (djibo.lat, djibo.feature) == (14.0994, "P.PPL")


def test_a_division_of_a_dump_is_the_embedded_one(tmp_path: Path) -> None:
    before = len(open_gazetteer().senses("borno"))
    row = made.dump_row(2346794, "Borno", 11.5, 13.0, code="A.ADM1", country="NG", admin1="27", population=4_000_000)
    added(made.dump(tmp_path, [row], "NG.txt"))
    after = open_gazetteer().senses("borno")
    assert len(after) == before
    assert "geonames:2346794" in {sense.id for sense in after}


def test_a_zip_is_read_as_it_is(tmp_path: Path) -> None:
    path = made.dump(tmp_path)
    with zipfile.ZipFile(tmp_path / "BF.zip", "w") as archive:
        archive.write(path, "BF.txt")
        archive.writestr("readme.txt", "what the columns mean")
    done, _ = added(tmp_path / "BF.zip")
    assert done.places == 4


def test_names_of_divisions_come_from_the_lists_beside_a_dump(tmp_path: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text("BF.99\tZedland\tZedlandia\t900000009\nbroken\n")
    row = made.dump_row(900000009, "Région Z", 14.0, -1.0, code="A.ADM1", admin1="99")
    done, faults = added(made.dump(tmp_path, [row]))
    assert ids("Zedlandia") == ["geonames:900000009"]
    assert faults == ["admin1CodesASCII.txt:2: not code, name, ASCII name and id, parted by tabs"]
    assert done.skipped == 1


BAD_ROWS = {
    "too few columns": ("900000005\tX\tX", "3 columns, not 19"),
    "longitude": (made.dump_row(900000005, "X", 10, 181), "longitude 181 is beyond 180"),
    "latitude": (made.dump_row(900000005, "X", -90.5, 1), "latitude -90.5 is beyond 90"),
    "no number": (made.dump_row(900000005, "X", "north", 1), "latitude 'north' is no number"),
    "not finite": (made.dump_row(900000005, "X", "nan", 1), "latitude 'nan' is no number"),
    "no name": (made.dump_row(900000005, " ", 1, 1), "has no name"),
    "population": (
        made.dump_row(900000005, "X", 1, 1, population=-4),
        "population '-4' is no whole number of 0 or more",
    ),
    "country": (made.dump_row(900000005, "X", 1, 1, country="BFA"), "country 'BFA' is no code of two letters"),
    "unknown country": (made.dump_row(900000005, "X", 1, 1, country="ZZ"), "country 'ZZ' is no code of ISO 3166-1"),
    "null island": (made.dump_row(900000005, "X", 0, "0.0"), "its position is 0, 0, which stands for a missing one"),
    "no letter": (made.dump_row(900000005, "42", 1, 1), "name '42' has no letter"),
    "underscore": (made.dump_row(900000005, "X", "1_0", 1), "latitude '1_0' is no number"),
    "repeated": (made.dump_row(900000001, "X", 1, 1), "geonames:900000001 is there already"),
}


@pytest.mark.parametrize(("row", "problem"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_named_by_line_and_skipped(tmp_path: Path, row: str, problem: str) -> None:
    done, faults = added(made.dump(tmp_path, [*made.VILLAGES, row]))
    assert (done.places, done.skipped) == (4, 1)
    assert faults == [f"BF.txt:6: {problem}"]


def test_a_line_in_another_encoding_is_named_and_skipped(tmp_path: Path) -> None:
    path = made.dump(tmp_path)
    path.write_bytes(path.read_bytes() + "900000007\tCafé\n".encode("latin-1"))
    done, faults = added(path)
    assert (done.places, faults) == (4, ["BF.txt:6: not UTF-8 at byte 14"])


def test_a_file_in_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "BF.txt"
    path.write_text("\n".join(made.VILLAGES), encoding="utf-16")
    with pytest.raises(DataFileError, match=r"BF\.txt: is UTF-16 or UTF-32; save it as UTF-8"):
        added(path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02 what", b"name,lat,lon\n", b"hello\n", b"PK\x03\x04 broken"])
def test_a_file_of_no_use_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"^x\.txt"):
        added(path)
    assert files() == []


def test_the_old_gazetteer_stays_where_the_new_one_is_of_no_use(tmp_path: Path) -> None:
    old, _ = added(made.dump(tmp_path))
    with pytest.raises(DataFileError, match="holds no place that can be used; 1 rows were skipped"):
        added(made.dump(tmp_path, [made.dump_row(1, "X", 99, 0)]))
    assert library.added() == (old,)
    assert files() == ["bf.sqlite"]


def test_the_new_gazetteer_takes_the_place_of_the_old(tmp_path: Path) -> None:
    added(made.dump(tmp_path))
    added(made.dump(tmp_path, [made.dump_row(900000099, "Quxbar", 12, -1)]))
    assert (ids("Quxbar"), ids("Zibare Tekko")) == (["geonames:900000099"], [])


def test_an_interruption_leaves_nothing_half(tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add(str(made.dump(tmp_path)), Order(progress=interrupt))
    assert files() == []


def test_a_kill_leaves_the_old_one_whole_and_the_next_add_works(tmp_path: Path) -> None:
    old, _ = added(made.dump(tmp_path))
    rows = (made.dump_row(number, f"Place {number}", 12, -1) for number in range(900_000_000, 900_060_000))
    big = made.dump(tmp_path, rows, "big.txt")
    code = f"from ascertain.places.library import *; add({str(big)!r}, Order(name='bf'))"
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ})
    while not list(added_folder().glob(".ascertain-draft-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert library.added() == (old,)
    added(made.dump(tmp_path, [made.dump_row(900000099, "Quxbar", 12, -1)]))
    assert ids("Quxbar") == ["geonames:900000099"]


def test_a_gazetteer_may_be_read_by_whom_the_users_other_files_may(tmp_path: Path) -> None:
    done, _ = added(made.dump(tmp_path))
    (tmp_path / "other").touch()
    assert done.path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_drafts_of_a_day_ago_are_swept_away(tmp_path: Path) -> None:
    added_folder().mkdir(parents=True)
    left = added_folder() / ".ascertain-draft-x.sqlite"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    added(made.dump(tmp_path))
    assert files() == ["bf.sqlite"]


def test_columns_are_known_by_their_names_or_told(tmp_path: Path) -> None:
    plain = made.table(tmp_path, "Place Name;Latitude;Longitude;Type\nQuxbar;12.5;-1.5;hospital\n")
    added(plain)
    (hit,) = open_gazetteer().search("Quxbar")
    assert (hit.sense.id, hit.sense.kind, hit.sense.country) == ("csv:sites:2", "point", "BF")
    told = made.table(tmp_path, "a,b,c\nTorvik,12.5,-1.5\n", "told.csv")
    with pytest.raises(DataFileError, match=r"told\.csv:1: has no column for name; name it by --columns name=…"):
        added(told)
    done, _ = added(told, Order(columns={"name": "a", "lat": "b", "lon": "c"}))
    assert done.places == 1


def test_bad_rows_of_a_csv_are_named_by_line(tmp_path: Path) -> None:
    text = 'name,lat,lon\n"Two\nlines",12,-1\nX,12\nY,12,-181\n,1,1\nZ,"12,5",1\n'
    done, faults = added(made.table(tmp_path, text))
    assert done.places == 1
    assert faults == [
        "sites.csv:4: 2 cells, not 3",
        "sites.csv:5: longitude -181 is beyond 180",
        "sites.csv:6: has no name",
        "sites.csv:7: latitude '12,5' is no number: write a point for the comma",
    ]


def test_divisions_keep_their_polygons_and_p_codes(tmp_path: Path) -> None:
    done, _ = added(made.collection(tmp_path))
    assert (done.places, done.polygons) == (2, 2)
    gazetteer = open_gazetteer()
    assert "pcode:PS0101" in ids("قرناباد")
    assert "pcode:PS0101" in ids("Qarnabad")
    assert gazetteer.contains("pcode:PS0101", (31.35, 34.35)) is True
    assert gazetteer.contains("pcode:PS0101", (31.27, 34.27)) is False  # a hole
    assert gazetteer.contains("pcode:PS0101", (31.5, 34.3)) is False
    assert gazetteer.contains("geonames:281102", (31.5, 34.3)) is None
    assert [sense.id for sense in gazetteer.holders((31.35, 34.35))] == ["pcode:PS0101"]
    shape = gazetteer.polygon("pcode:PS0102")
    assert shape is not None
    assert shape[0][0][0] == (31.4, 34.2)
    sense = gazetteer.sense("pcode:PS0101")
    assert sense is not None
    assert (sense.kind, sense.country) == ("district", "PS")


BOW_TIE = [[20, 10], [22, 12], [22, 10], [20, 12], [20, 10]]
BROKEN = {"type": "Polygon", "coordinates": [[3]]}


@pytest.mark.parametrize(
    ("feature", "problem"),
    [
        (made.division({"name": "X"}, made.square(10, 179.9, 0.2)), "longitude 180.1 is beyond 180"),
        (made.division({"name": ""}, made.square(10, 10, 1)), "has no name"),
        ({"type": "Feature", "properties": {"name": "X"}, "geometry": None}, "has no geometry"),
        ({"type": "Feature", "properties": {"name": "X"}, "geometry": BROKEN}, "3 is no position of longitude and"),
        (made.division({"name": "X"}, [[1, 1], [2, 2]]), "a ring of fewer than 3 corners"),
        (7, "is no feature with properties"),
        (made.division({"name": 5}, made.square(10, 10, 1)), "name 5 is no text"),
        (made.division({"name": "5"}, made.square(10, 10, 1)), "name '5' has no letter"),
        (made.division({"name": "\ud800x"}, made.square(10, 10, 1)), "a property holds half a character"),
        (made.division({"name": "X"}, BOW_TIE), "a ring crosses itself near 11, 21"),
        (made.division({"name": "X"}, [[1, 1], [2], [3, 3]]), "[2] is no position of longitude and latitude"),
        (made.division({"name": "X"}, [[1, 1], [2, "2"], [3, 3]]), "[2, '2'] is no position of longitude and latitude"),
        (made.division({"name": "X"}), "its geometry has no rings where they are due"),
        (made.point({"name": "X"}, 0, 0), "its position is 0, 0, which stands for a missing one"),
        (made.point({"name": "X"}, 10**400, 1), "latitude inf is beyond 90"),
        (made.point({"ADM0_EN": "X", "ADM0_PCODE": "ZZ"}, 1, 1), "country 'ZZ' is no code of ISO 3166-1"),
    ],
)  # fmt: skip
def test_a_bad_feature_is_named_by_line(tmp_path: Path, feature: object, problem: str) -> None:
    path = tmp_path / "adm2.geojson"
    head = json.dumps(made.DIVISIONS[1])
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{head},\n{json.dumps(feature)}]}}')
    done, faults = added(path)
    assert (done.places, done.skipped) == (1, 1)
    assert faults[0].replace(" (ZZ)", "").startswith(f"adm2.geojson:3: feature 2: {problem}")


def test_features_on_one_line_are_told_apart_by_number_and_p_code(tmp_path: Path) -> None:
    bad = made.division({"ADM2_EN": "Torvik", "ADM2_PCODE": "ML0207", "ADM0_PCODE": "ML"}, BOW_TIE)
    nameless = made.point({"name": ""}, 12, -3)
    towns = [made.point({"name": name}, 12, lon) for name, lon in (("Quxbar", -3), ("Zedville", -4))]
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [towns[0], bad, nameless, towns[1]]}))
    done, faults = added(path)
    assert faults == [
        "one.geojson:1: feature 2 (ML0207): a ring crosses itself near 11, 21",
        "one.geojson:1: feature 3: has no name",
    ]
    assert (done.places, ids("Quxbar"), ids("Zedville")) == (2, ["geojson:one:1"], ["geojson:one:4"])


def test_a_geojson_that_ends_too_early_or_is_in_another_grid_is_refused(tmp_path: Path) -> None:
    path = made.collection(tmp_path)
    path.write_text(path.read_text()[:-40])
    with pytest.raises(DataFileError, match="ends too early"):
        added(path)
    grid = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32636"}}
    with pytest.raises(DataFileError, match="another grid than WGS 84"):
        added(made.collection(tmp_path, crs=grid))
    assert files() == []


def test_an_extract_gives_its_places_buildings_roads_and_divisions(tmp_path: Path) -> None:
    done, faults = added(made.extract(tmp_path))
    assert (done.places, done.polygons, done.licence) == (4, 1, "ODbL 1.0 (OpenStreetMap contributors)")
    assert faults == ["made.osm.pbf, way 5: none of its nodes has a position"]
    found = {hit.sense.id: hit.sense for hit in open_gazetteer().search("Marwa", 50) if hit.gazetteer == "made"}
    assert found["osm:w2"].feature == "amenity=hospital"
    assert found["osm:r7"].kind == "district"
    assert open_gazetteer().contains("osm:r7", (31.05, 34.05)) is True
    assert ids("Tell Marwa") == ids("قرية") == ["osm:n20"]
    (road,) = (sense for sense in found.values() if sense.name == "Marwa Road")
    assert road.lat == pytest.approx(31.21, abs=0.01)
    assert road.radius_km > 1


def test_what_an_extract_cuts_is_told_and_left_out(tmp_path: Path) -> None:
    done, faults = added(made.cut_extract(tmp_path))
    missing = "ways or nodes of its boundary are missing, as where an extract is cut off"
    assert sorted(faults) == [
        "cut.osm.pbf, relation 7 (Torvik District): " + missing,
        "cut.osm.pbf, relation 8: its boundary is not closed",
        "cut.osm.pbf, relation 9 (Zedland District): " + missing,
        "cut.osm.pbf, way 4: none of its nodes has a position",
        "cut.osm.pbf, way 5 (Quxbar Municipality): " + missing,
    ]
    assert (done.places, done.polygons, done.skipped) == (2, 0, 5)
    assert ids("Velmira Road") == ["osm:w3"]


LED = {
    "Département de Testou": "Testou",
    "Sous-préfecture de l'Oukar": "Oukar",
    "Municipio del Zarbón": "Zarbón",
    "Província da Quibala-Zed": "Quibala-Zed",
    "Kabupaten Zigori": "Zigori",
    "محافظة زيبار": "زيبار",
    "Mkoa wa Zidodo": "Zidodo",
}


@pytest.mark.parametrize(("name", "bare"), LED.items())
def test_a_search_finds_a_name_behind_the_word_for_its_kind(tmp_path: Path, name: str, bare: str) -> None:
    added(made.table(tmp_path, f'name,lat,lon\n"{name}",12.5,-1.5\n'))
    assert [(hit.sense.name, hit.likeness) for hit in open_gazetteer().search(bare)][:1] == [(name, "kind")]


def test_a_broken_extract_is_refused(tmp_path: Path) -> None:
    path = made.extract(tmp_path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataFileError, match=r"made\.osm\.pbf: cannot be read"):
        added(path)
    assert files() == []


def test_the_gazetteers_in_use_are_part_of_what_a_run_depends_on(tmp_path: Path) -> None:
    alone, reader = gazetteers_in_use(), RuleReader()
    path = made.dump(tmp_path)
    added(path)
    one = gazetteers_in_use()
    assert one in reader.identity
    assert alone != one == open_gazetteer().fingerprint
    added(path, Order(name="other"))
    assert gazetteers_in_use() != one
    library.remove("other")
    assert gazetteers_in_use() == one
    library.remove("bf")
    assert gazetteers_in_use() == alone


def test_a_damaged_file_is_told_by_name_and_can_be_removed(tmp_path: Path) -> None:
    added(made.dump(tmp_path))
    (added_folder() / "bf.sqlite").write_bytes(b"no database")
    forget_opened()
    with pytest.raises(DataFileError, match=r"bf\.sqlite: is no gazetteer .*gazetteer remove bf"):
        open_gazetteer()
    (damaged,) = library.added()
    assert damaged.problem
    library.remove("bf")
    assert library.added() == ()


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order(name="../up"), "--name '../up' cannot be a name"),
        (Order(country="Mali"), "--country 'Mali' is no code of a country; write its two letters, ML"),
        (Order(country="Zz"), "--country 'Zz' is no code of a country; write the two letters of ISO 3166-1"),
        (Order(country="uk"), "--country 'uk' is no code of a country; write its two letters, GB"),
        (Order(country=""), "--country '' is no code of a country"),
        (Order(name="embedded"), "--name embedded is the one that is built in"),
        (Order(columns={"where": "x"}), "--columns where=…: no such column"),
    ],
)
def test_an_order_that_cannot_be_followed_is_refused(tmp_path: Path, order: Order, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        library.add(str(made.dump(tmp_path)), order)


def test_a_missing_file_and_an_unknown_name_are_told() -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        library.add("nowhere.txt")
    with pytest.raises(SettingsError, match="no gazetteer of that name was added; known: none is there"):
        library.remove("nowhere")


def test_only_one_process_adds_at_a_time(tmp_path: Path) -> None:
    added_folder().mkdir(parents=True)
    with (
        alone(added_folder() / ".lock", "ASCERTAIN_DATA", or_else="…"),
        pytest.raises(SettingsError, match="another gazetteer is being added"),
    ):
        library.add(str(made.dump(tmp_path)))
