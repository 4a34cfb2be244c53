"""What is protected is in no file of a release, in no encoding."""

import base64
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.release.made_state import incident, place, plain_state, secret_state

from ascertain.model import Incident
from ascertain.release.profiles import profile_named
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.redaction import KM_PER_DEGREE, Redactor, cell_centre
from ascertain.release.releasing import Order, release
from ascertain.release.state import State

PSEUDONYM = pseudonyms(bytes(32))
# rare letters of several scripts, so that no secret is a part of what a release says anyway
secrets = st.text("ẞzŻqжЩخﺥ字Ꙁ'\"&<= \\|/-", min_size=6, max_size=30).filter(
    lambda text: text.strip() == text and sum(letter.isalpha() for letter in text) >= 5 and len(set(text)) > 3
)
degrees = st.integers(1, 89_999_999).map(lambda number: number / 1e6).filter(lambda value: len(str(value)) > 7)


def written(state: State, profile: str, folder: Path, *, languages: tuple[str, ...] = ()) -> Path:
    return release(state, Order(profile, languages=languages), folder, pseudonym=PSEUDONYM).folder


def every_byte(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of each file, those within zips, and the values of Parquet, whose columns are compressed."""
    for path in filter(Path.is_file, sorted(folder.rglob("*"))):
        yield path.name, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    yield f"{path.name}:{info.filename}", info.comment + info.extra + archive.read(info)
        if path.suffix == ".parquet":
            rows = duckdb.execute(f"select * from read_parquet('{path}')").fetchall()
            yield f"{path.name}:rows", repr(rows).encode() + "".join(map(str, rows)).encode()
            metadata = duckdb.execute(f"select key, value from parquet_kv_metadata('{path}')").fetchall()
            yield f"{path.name}:metadata", repr(metadata).encode()


def encodings_of(text: str) -> set[bytes]:
    """A text in the forms in which it may slip through."""
    plain = text.encode()
    escaped = json.dumps(text)[1:-1].encode()
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()
    encoded = [base64.b64encode(pad + plain)[4 if pad else 0 : -4] for pad in (b"", b"\0\0\0")]
    found = {plain, escaped, html, plain.hex().encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
    found |= {quote(text).encode(), quote(text, safe="").encode(), text.casefold().encode(), *encoded}
    return {each for each in found if len(each) >= 6}


@pytest.mark.parametrize("profile", ["public", "partner"])
@settings(max_examples=6, deadline=None)
@given(secret=secrets, lat=degrees, lon=degrees)
def test_no_file_holds_a_protected_string(profile: str, secret: str, lat: float, lon: float) -> None:
    state = secret_state(secret, lat, lon)
    protected = encodings_of(secret) | {repr(lat).encode(), repr(lon).encode(), b"i00000000dead"}
    if profile == "partner":  # partners are given whole addresses, and so what stands in them
        told = tuple(r.model_copy(update={"report": r.report.model_copy(update={"url": None})}) for r in state.told)
        state = type(state)(**{**state.__dict__, "told": told})
    with tempfile.TemporaryDirectory() as room:
        for name, content in every_byte(written(state, profile, Path(room) / "out")):
            assert [each for each in protected if each in content] == [], name


@pytest.mark.slow
def test_neither_do_the_page_and_its_pictures(tmp_path: Path) -> None:
    secret = "Żqжzẞ خﺥ字"
    folder = written(secret_state(secret, 1.234567, 2.345678), "public", tmp_path / "out", languages=("en", "ar"))
    assert (folder / "report.html").is_file()
    for name, content in every_byte(folder):
        assert [each for each in encodings_of(secret) | {b"1.234567", b"2.345678"} if each in content] == [], name


def test_the_law_finds_what_slips_through(tmp_path: Path) -> None:
    state = plain_state()
    internal = dict(every_byte(written(state, "internal", tmp_path / "out")))
    for name in ("claims.jsonl", "claims.csv", "claims.parquet:rows", "release.xlsx:xl/worksheets/sheet4.xml"):
        assert any(each in internal[name] for each in encodings_of("Amina Yusuf, 34")), name


@given(st.floats(-90, 90), st.sampled_from([0.05, 0.1]))
def test_a_cell_holds_what_was_moved_to_its_centre(lat: float, cell: float) -> None:
    assert abs(cell_centre(lat, cell, 90) - lat) <= cell / 2 + 1e-6


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(0, 2), st.sampled_from(["public", "partner"]))
def test_the_radius_of_a_coarsened_place_reaches_where_it_was(
    lat: float, lon: float, radius: float, profile: str
) -> None:
    from math import cos, hypot, radians

    redactor = Redactor(profile_named(profile), plain_state().facts, PSEUDONYM)
    home = place("a home", lat=lat, lon=lon, radius_km=radius, precision="point", id=None)
    moved, coarsened = redactor.place(home, {"residential"})
    assert coarsened
    assert moved is not None
    assert moved.lat is not None
    assert moved.lon is not None
    assert moved.radius_km is not None
    wide = cos(radians(min(abs(lat), abs(moved.lat))))
    away = hypot(moved.lat - lat, (moved.lon - lon) * wide) * KM_PER_DEGREE
    assert away + radius <= moved.radius_km + 1e-6


def test_a_town_keeps_its_place_and_name_though_homes_were_hit() -> None:
    redactor = Redactor(profile_named("public"), plain_state().facts, PSEUDONYM)
    moved, coarsened = redactor.place(place(), {"residential"})
    assert (moved and moved.name, coarsened) == ("Djibo", False)


def test_pseudonyms_are_stable_and_take_the_key() -> None:
    other = pseudonyms(b"k" * 32)
    assert PSEUDONYM("s", "Radio Tide") == PSEUDONYM("s", "Radio Tide") != other("s", "Radio Tide")


def test_what_is_marked_goes_by_level_and_incidents_of_withheld_reports_too() -> None:
    state = secret_state("Żqжzẞ", 1.234567, 2.345678)
    given_to = {
        name: sum(Redactor(profile_named(name), state.facts, PSEUDONYM).gives(each) for each in state.standings)
        for name in ("public", "partner", "internal")
    }
    assert given_to == {"public": 2, "partner": 2, "internal": 3}


def test_a_redacted_incident_is_still_one(tmp_path: Path) -> None:
    folder = written(plain_state(), "public", tmp_path / "out")
    lines = (folder / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Incident.model_validate_json(line).figures for line in lines] == [incident().figures] * 2
