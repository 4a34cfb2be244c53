"""A release as a whole: opened by tools that are not ours, the same for the same state, signed, and compared."""

import csv
import datetime as dt
import hashlib
import json
import resource
import shutil
import signal
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.release.made_state import MadeState, incident, place, plain_state, secret_state

from ascertain.model import Reading, ReportHeader, SettingsError
from ascertain.release.changes import ABOUT
from ascertain.release.forms import plain_text, restored_text
from ascertain.release.pseudonyms import kept_key, pseudonyms
from ascertain.release.releasing import Order, release
from ascertain.release.state import Standing, State
from ascertain.release.sums import SUMS, write_sums
from ascertain.release.tables import TABLES, columns_of
from ascertain.release.verifying import verify_release

FORMULAS = ("=1+1", "+1", "-1", "@sum", "\t=1", "＝1", "'=1", " =1", "\n=1", "\u200b+1", "\r=1", "'\r1")


def made(state: State, folder: Path, **more: object) -> Path:
    order = Order(**{"profile": "public", "languages": (), **more})  # type: ignore[arg-type]
    return release(state, order, folder, pseudonym=pseudonyms(bytes(32))).folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(plain_state(), tmp_path_factory.mktemp("release") / "out")


def sums(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_same_state_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert sums(made(plain_state(), tmp_path / "again")) == sums(folder)


def test_libhxl_reads_the_tags(folder: Path) -> None:
    import hxl

    for table in TABLES:
        path = str(folder / f"{table}.hxl.csv")
        with hxl.data(path, hxl.InputOptions(allow_local=True)) as source:
            assert [column.display_tag for column in source.columns] == [each.hxl for each in columns_of(table)]
            count = len(list(source))
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert count == len(list(csv.DictReader(file))), table


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "message"]) == []
    assert report.valid


def test_pyogrio_reads_geojson_and_geopandas_geoparquet(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import geopandas
        import pyogrio

        by_ogr = pyogrio.read_dataframe(folder / "incidents.geojson")
        by_arrow = geopandas.read_parquet(folder / "incidents.parquet")
    assert list(by_ogr["killed_best"]) == list(by_arrow["killed_best"]) == [4, 4]
    assert [(point.x, point.y) for point in by_arrow.geometry] == [(point.x, point.y) for point in by_ogr.geometry]
    assert by_arrow.geometry[0].coords[0] == (-1.6, 14.1)
    assert by_arrow.crs.to_epsg() == 4326 or str(by_arrow.crs) == "OGC:CRS84"


def test_openpyxl_reads_typed_cells_frozen_heads_and_explanations(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "release.xlsx")
    assert book.sheetnames == ["read me", *TABLES]
    told = {row[0].value: row[1].value for row in book["read me"].iter_rows() if row[0].value}
    for table in TABLES:
        assert book[table].freeze_panes == "B2"
        assert [cell.value for cell in book[table][1]] == [column.name for column in columns_of(table)]
        assert {column.name for column in columns_of(table)} <= told.keys()
    cells = {head.value: cell for head, cell in zip(book["incidents"][1], book["incidents"][2], strict=True)}
    assert (cells["killed_best"].value, cells["killed_best"].data_type) == (4, "n")
    assert cells["start"].is_date
    assert cells["coarsened"].data_type == "b"


def test_duckdb_reads_each_parquet_as_typed(folder: Path) -> None:
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    for table in TABLES:
        told = duckdb.execute(f"describe select * from read_parquet('{folder / table}.parquet')").fetchall()
        found = {row[0]: row[1] for row in told}
        assert {each.name: found[each.name] for each in columns_of(table)} == {
            each.name: types.get(each.type, "VARCHAR[]") for each in columns_of(table)
        }


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_takes_a_text_for_a_formula_and_programs_read_it_as_it_is(text: str, tmp_path: Path) -> None:
    folder = made(MadeState(standings=(Standing(incident(where=place(text))),)), tmp_path / "out")
    with (folder / "incidents.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["place"][0] == "'"
    assert restored_text(row["place"]) == text
    assert row["lon"] == "-1.6"
    sheet = openpyxl.load_workbook(folder / "release.xlsx")["incidents"]
    cell = next(cell for head, cell in zip(sheet[1], sheet[2], strict=True) if head.value == "place")
    told = cell.value.replace("_x000D_", "\r")  # openpyxl leaves the escapes of XLSX as they are
    assert (told, cell.data_type) == (text, "s")
    assert duckdb.execute(f"select place from read_parquet('{folder}/incidents.parquet')").fetchall() == [(text,)]


@given(st.text(alphabet="'=- \t\r\n\u200ba"))
def test_one_apostrophe_can_always_be_taken_off_again(text: str) -> None:
    assert restored_text(plain_text(text)) == text


def test_each_cell_of_csv_comes_back_whatever_is_in_it(tmp_path: Path) -> None:
    names = ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b", "\x00\x1f\x7f\x85\u2028", "\r", '"', "a" * 40_000]
    told = tuple(Reading(report=ReportHeader(id=str(n), publisher=name)) for n, name in enumerate(names))
    folder = made(MadeState(told=told), tmp_path / "out", languages=("en",))
    for table, column in (("reports", "publisher"), ("sources", "name")):
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sorted(restored_text(row[column]) for row in rows) == sorted(names)


def test_texts_that_are_no_formula_stay() -> None:
    for text in ("Djibo", "'s-Hertogenbosch", "", "a=b", "''"):
        assert plain_text(text) == text == restored_text(text)


# in the order in which ACLED (columns of an export) and UCDP (GED codebook) publish them
PUBLISHED = {
    "acled": """
        event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
        assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country
        admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags
        timestamp
    """,
    "ged": """
        id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
        dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id
        side_b number_of_sources source_article source_office source_date source_headline source_original
        where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid
        country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians
        deaths_unknown best high low gwnoa gwnob
    """,
}
WHOLE_NUMBERS = {
    "acled": "year time_precision inter1 inter2 interaction iso geo_precision fatalities timestamp",
    "ged": "id year type_of_violence number_of_sources priogrid_gid event_clarity date_prec best high low",
}
DAYS = {"acled": "event_date", "ged": "date_start date_end"}


@pytest.mark.parametrize(("layout", "count"), [("acled", 31), ("ged", 49)])
def test_layouts_have_the_published_columns_and_types(layout: str, count: int, folder: Path) -> None:
    with (folder / f"{layout}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        assert rows.fieldnames == PUBLISHED[layout].split()
        assert len(rows.fieldnames) == count
        (first, *_) = rows
    for name in WHOLE_NUMBERS[layout].split():
        assert int(first[name]) >= 0, name
    for name in DAYS[layout].split():
        assert dt.date.fromisoformat(first[name]) == dt.date(2024, 3, 4)


def test_the_codebook_names_every_column_and_what_is_left_out(folder: Path) -> None:
    for name in ("codebook.md", "codebook.html"):
        text = (folder / name).read_text(encoding="utf-8")
        for table in TABLES:
            for column in columns_of(table):
                assert column.name in text
        assert "homes, hospitals or shelters" in text
        assert "not overtaken by a later count" in text


def test_verify_names_what_was_altered_added_or_taken_away(tmp_path: Path) -> None:
    folder = made(plain_state(), tmp_path / "out")
    assert verify_release(folder, key=None).faults == ()
    (folder / "incidents.csv").write_text("altered")
    (folder / "LICENCE").unlink()
    (folder / "more.csv").write_text("put in")
    faults = verify_release(folder, key=None).faults
    for told in ("incidents.csv: was altered", "LICENCE: is missing", "more.csv: has no sum", "more.csv: is not in"):
        assert any(fault.startswith(told) for fault in faults), told


def test_sums_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = made(plain_state(), tmp_path / "out")
    (folder / SUMS).write_text(f"{'0' * 64}  ../secret\n")
    assert "line 1 is no sum" in verify_release(folder, key=None).faults[0]


def ssh_key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], check=True)
    return path


def test_a_signature_tells_whose_it_is(tmp_path: Path) -> None:
    key, other = ssh_key(tmp_path / "key"), ssh_key(tmp_path / "other")
    folder = made(plain_state(), tmp_path / "out", key=key)
    again = made(plain_state(), tmp_path / "again", key=key)
    assert sums(again) == sums(folder)
    verdict = verify_release(folder, key=tmp_path / "key.pub")
    assert verdict.faults == ()
    assert verdict.signed is not None
    assert (verdict.signed.known, verdict.signed.by.startswith("SHA256:")) == (True, True)
    unnamed = verify_release(folder, key=None).signed
    assert unnamed is not None
    assert not unnamed.known
    assert "refuses" in verify_release(folder, key=tmp_path / "other.pub").faults[0]
    (folder / "LICENCE").write_text("altered")
    write_sums(folder)  # somebody renews the sums, too
    assert any("refuses" in fault for fault in verify_release(folder, key=tmp_path / "key.pub").faults)
    assert (
        "nobody has signed"
        in verify_release(made(plain_state(), tmp_path / "bare"), key=Path(f"{other}.pub")).faults[0]
    )


def test_changes_tell_what_was_added_changed_merged_and_withdrawn(tmp_path: Path) -> None:
    ids = [f"i{number:012x}" for number in range(5)]
    before = MadeState(standings=tuple(Standing(incident(id)) for id in ids[:4]))
    now = (incident(ids[0], formerly=(ids[2],)), incident(ids[1]), incident(ids[4]))
    first = made(before, tmp_path / "first")
    folder = made(MadeState(standings=tuple(map(Standing, now))), tmp_path / "second", previous=first)
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    assert rows == [
        (ids[0], "changed", ""),
        (ids[2], "merged", ids[0]),
        (ids[3], "withdrawn", ""),
        (ids[4], "added", ""),
    ]


def test_a_last_release_of_another_profile_or_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    first = made(plain_state(), tmp_path / "first", profile="internal")
    with pytest.raises(SettingsError, match="is a release of profile internal"):
        made(plain_state(), tmp_path / "second", previous=first)
    whole = made(plain_state(), tmp_path / "whole")
    (whole / "incidents.jsonl").write_text("")
    with pytest.raises(SettingsError, match="is not whole"):
        made(plain_state(), tmp_path / "third", previous=whole)
    assert not (tmp_path / "third").exists()


def test_what_cannot_be_followed_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such profile"):
        made(plain_state(), tmp_path / "out", profile="everybody")
    with pytest.raises(SettingsError, match="CC0-1"):
        made(plain_state(), tmp_path / "out", licence="GPL")
    with pytest.raises(SettingsError, match="cannot be read"):
        made(plain_state(), tmp_path / "out", key=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(SettingsError, match="holds something"):
        made(plain_state(), tmp_path)


def test_terms_and_moment_are_those_of_the_profile_and_the_state(folder: Path, tmp_path: Path) -> None:
    assert "CC-BY-4.0" in (folder / "LICENCE").read_text()
    assert "Do not pass it on" in (made(plain_state(), tmp_path / "in", profile="internal") / "LICENCE").read_text()
    assert json.loads((folder / ABOUT).read_text())["as_of"] == "2024-03-15T12:00:00+00:00"


def test_a_key_of_pseudonyms_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "made.key"
    assert kept_key(path) == kept_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("no key")
    with pytest.raises(SettingsError, match="holds no key"):
        kept_key(path)


def test_half_a_key_of_pseudonyms_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "made.key"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(SettingsError, match="no key of pseudonyms can be kept there"):
            kept_key(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert not path.exists()
    assert kept_key(path) == kept_key(path)


def test_sources_that_are_marked_have_a_pseudonym_and_no_type(tmp_path: Path) -> None:
    state = secret_state("Żqжzẞ", 1.234567, 2.345678)
    facts = replace(state.facts, withheld={}, noted={**state.facts.noted, "Radio Tide": {"type": "broadcaster"}})
    folder = made(replace(state, facts=facts), tmp_path / "out")
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["pseudonym"]: row for row in csv.DictReader(file)}
    assert (rows["false"]["name"], rows["false"]["type"]) == ("Radio Tide", "broadcaster")
    assert (rows["true"]["name"][:2], rows["true"]["type"]) == ("s-", "")


def test_a_folder_may_be_named_by_a_link_or_as_the_one_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "new")
    monkeypatch.chdir(tmp_path / "new")
    for name, there in ((Path(), tmp_path / "new"), (tmp_path / "link", tmp_path / "new")):
        assert made(plain_state(), name) == there
        assert verify_release(there, key=None).faults == ()
        shutil.rmtree(there)
        there.mkdir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "new"]


def test_of_two_releases_into_one_folder_the_first_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"

    def meanwhile(step: str) -> None:
        if step == "summing up":
            made(plain_state(), folder)

    with pytest.raises(OSError, match="not empty"):
        release(plain_state(), Order("public", languages=()), folder, pseudonym=pseudonyms(bytes(32)), tell=meanwhile)
    assert verify_release(folder, key=None).faults == ()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_key_that_is_not_there_is_told_before_the_work(tmp_path: Path) -> None:
    steps: list[str] = []
    order = Order("public", key=tmp_path / "none", languages=())
    with pytest.raises(SettingsError, match="none: cannot be read"):
        release(plain_state(), order, tmp_path / "out", pseudonym=pseudonyms(bytes(32)), tell=steps.append)
    assert steps == []


def test_a_release_that_is_not_for_everybody_is_for_its_owner_alone(tmp_path: Path) -> None:
    others = {
        profile: made(plain_state(), tmp_path / profile, profile=profile).stat().st_mode & 0o077
        for profile in ("public", "partner", "internal")
    }
    assert others["public"]
    assert (others["partner"], others["internal"]) == (0, 0)
