"""A public release, with page and pictures, depends on nothing that is protected, and holds none of it.

Two laws. What is protected may be anything, and the release is the same, byte for byte: that leaves no encoding in
which it could stand. And whoever searches every file, in whatever form, finds no name.
"""

import csv
import dataclasses
import json
import re
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.release.made_state import DAY, MadeState, incident, place, secret_state
from tests.release.searching import folded, found_in, words_of

from ascertain.model import (
    ConditionWeek,
    EventClaim,
    Growth,
    IncidentActor,
    Negotiation,
    Reading,
    ReportHeader,
    Round,
    SeriesClaim,
    StatusTold,
    TollPoint,
    TollSeries,
)
from ascertain.release.profiles import profile_named
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.redaction import Redactor
from ascertain.release.releasing import Order, release
from ascertain.release.state import Facts, Standing, State

PSEUDONYM = pseudonyms(bytes(range(32)))
WHOLE = ("en", "ar")
# letters and joints of names as they are written in many places; the syllables are in no word of a release
SYLLABLES = st.sampled_from(("zhuq", "Vïxé", "qofẑ", "xūwj", "žøkk", "ñuqx", "wyjj", "ęxxā", "Ḥuqz"))
ARABIC = st.sampled_from(("ظغث", "خذژ", "غثء", "ضظخ", "ثغذ", "ؤظخ"))
HEBREW = st.sampled_from(("ץזט", "זצק", "טץע"))
JOINTS = st.sampled_from(("", "'", "’", "-", "ʿ"))


@st.composite
def words(draw: st.DrawFn) -> str:
    script = draw(st.sampled_from((SYLLABLES, SYLLABLES, ARABIC, HEBREW)))
    parts = draw(st.lists(script, min_size=2, max_size=3, unique=True))
    word = draw(JOINTS).join(parts)
    return word[:1].upper() + word[1:] if draw(st.booleans()) else word


names = st.lists(words(), min_size=1, max_size=3).map(" ".join).filter(lambda name: len(folded(name)) >= 6)
# anywhere in one cell of 0.1 degrees, in which the centre of the cell of 0.05 degrees is not that of the other
within = st.floats(0.0501, 0.0999)


def made(state: State, folder: Path, profile: str = "public", languages: tuple[str, ...] = ()) -> Path:
    return release(state, Order(profile, languages=languages), folder, pseudonym=PSEUDONYM).folder


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def nameless(kind: str, name: str) -> str:
    """A pseudonym that does not depend on the name: two states that differ in nothing but names have the same."""
    del name
    return f"{kind}-0000000000000000"


@settings(max_examples=8, deadline=None)
@given(one=names, other=names, lat=within, lon=within)
def test_a_release_does_not_depend_on_what_is_protected(one: str, other: str, lat: float, lon: float) -> None:
    order = Order("public", languages=())
    with tempfile.TemporaryDirectory() as room:
        states = secret_state(one, 31.3777, 34.2666), secret_state(other, 31.3 + lat, 34.2 + lon)
        folders = [
            release(state, order, Path(room) / name, pseudonym=nameless).folder
            for state, name in zip(states, "ab", strict=True)
        ]
        first, second = map(all_bytes, folders)
        assert first.keys() == second.keys()
        assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
def test_neither_do_its_page_and_pictures(tmp_path: Path) -> None:
    order = Order("public", languages=WHOLE)
    states = secret_state("Zhuqvé O'Xūwj", 31.3777, 34.2666), secret_state("ظغثخذژ بن غثء", 31.3511, 34.2999)
    first, second = (
        all_bytes(release(state, order, tmp_path / name, pseudonym=nameless).folder)
        for state, name in zip(states, "ab", strict=True)
    )
    assert {"report.html", "report.ar.html", "charts/map.png"} <= first.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("profile", ["public", "partner"])
@settings(max_examples=8, deadline=None)
@given(name=names)
def test_no_file_holds_a_name_in_any_form(profile: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = made(without_addresses(secret_state(name, 31.3777, 34.2666)), Path(room) / "out", profile)
        assert found_in(folder, name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Zhuqvé O’Xūwj", "ʿAbd-ظغث الخذژي", "Ḥuqzä d'Ñuqxé-Wyjj", "ץזטזצ בן-קטץעז"])
def test_neither_does_the_page_nor_a_picture(name: str, tmp_path: Path) -> None:
    folder = made(without_addresses(secret_state(name, 31.3777, 34.2666)), tmp_path / "out", languages=WHOLE)
    assert (folder / "charts" / "map.png").is_file()
    assert found_in(folder, name) == []


def without_addresses(state: MadeState) -> MadeState:
    """Partners are given whole addresses, and so what stands in them."""
    bare = (r.model_copy(update={"report": r.report.model_copy(update={"url": None})}) for r in state.told)
    return dataclasses.replace(state, told=tuple(bare))


@settings(max_examples=5, deadline=None)
@given(name=names)
def test_whoever_searches_finds_what_is_there(name: str) -> None:
    assume(words_of(name))
    with tempfile.TemporaryDirectory() as room:
        folder = made(secret_state(name, 1.25, 2.25), Path(room) / "out", "internal")
        files = {file for file, _ in found_in(folder, name)}
        assert {"claims.jsonl", "claims.csv", "reports.parquet:read_parquet", "incidents.geojson"} <= files
        assert any(file.startswith("release.xlsx:xl/") for file in files)


def test_whoever_searches_knows_each_form(tmp_path: Path) -> None:
    import base64
    import html
    from urllib.parse import quote

    name = "Zhuqvé O'Xūwj"
    forms = {
        "entities": "".join(f"&#x{ord(letter):x};" for letter in name),
        "html": html.escape(name),
        "tagged": name.replace("q", "<b>q</b>"),
        "json": json.dumps(name),
        "xlsx": "".join(f"_x{ord(letter):04X}_" for letter in name),
        "percent": quote(name),
        "small": name.casefold(),
        "bare": "zhuqve oxuwj",
        "base64": base64.b64encode(b"a" + name.encode()).decode(),
        "hex": name.encode().hex(),
        "isolated": f"\u2068{name[:4]}\u2069{name[4:]}",
    }
    for kind, form in forms.items():
        (tmp_path / f"{kind}.txt").write_text(form, encoding="utf-8")
    (tmp_path / "wide.txt").write_bytes(name.encode("utf-16"))
    assert {file for file, _ in found_in(tmp_path, name)} == {f"{kind}.txt" for kind in (*forms, "wide")}


# -- positions


def positions(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Every position in a release, by table: as (where, latitude, longitude)."""
    for table in ("incidents", "claims"):
        for lat, lon in duckdb.execute(f"select lat, lon from read_parquet('{folder}/{table}.parquet')").fetchall():
            yield f"{table}.parquet", lat, lon
    for (point,) in duckdb.execute(f"select geometry from read_parquet('{folder}/incidents.parquet')").fetchall():
        if isinstance(point, bytes):
            lon, lat = struct.unpack("<dd", point[5:])
            yield "incidents.parquet:geometry", lat, lon
    for feature in json.loads((folder / "incidents.geojson").read_text())["features"]:
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            yield "incidents.geojson", lat, lon
    columns = {"incidents": ("lat", "lon"), "acled": ("latitude", "longitude"), "ged": ("latitude", "longitude")}
    for table, (lat_column, lon_column) in columns.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row[lat_column]:
                    yield f"{table}.csv", float(row[lat_column]), float(row[lon_column])
                for told in re.findall(r"POINT \((\S+) (\S+)\)", row.get("geom_wkt", "")):
                    yield f"{table}.csv:geom_wkt", float(told[1]), float(told[0])


@settings(max_examples=10, deadline=None)
@given(
    lat=st.integers(-89_000_000, 89_000_000).map(lambda n: n / 1e6),
    lon=st.integers(-179_000_000, 179_000_000).map(lambda n: n / 1e6),
    kind=st.sampled_from(
        (
            {"id": None, "precision": "point", "radius_km": 0.1},
            {"id": None, "precision": None, "radius_km": None},
            {"id": None, "precision": "town", "radius_km": 5.0},
            {"id": "osm:node/1", "precision": None, "radius_km": None},
            {"id": "osm:node/1", "precision": "neighbourhood", "radius_km": 3.0},
            {"id": "osm:node/1", "precision": "town", "radius_km": 0.5},
        )
    ),
)
def test_no_position_of_a_home_is_nearer_than_the_centre_of_its_cell(
    lat: float, lon: float, kind: dict[str, object]
) -> None:
    home = place("a home", lat=lat, lon=lon, **kind)
    state = secret_state("Zhuqvé O'Xūwj", lat, lon)
    moved = tuple(
        dataclasses.replace(each, incident=each.incident.model_copy(update={"where": home}))
        for each in state.standings
        if each.incident.targets
    )
    told = tuple(
        reading.model_copy(
            update={"claims": tuple(claim.model_copy(update={"where": home}) for claim in reading.claims)}
        )
        for reading in state.told
    )
    with tempfile.TemporaryDirectory() as room:
        folder = made(dataclasses.replace(state, standings=moved, told=told), Path(room) / "out")
        found = {(where, a, o) for where, a, o in positions(folder) if a is not None}
        assert {where for where, *_ in found} >= {"incidents.parquet", "claims.parquet", "incidents.geojson"}
        for where, a, o in found:
            centre = all(abs(degrees / 0.1 - 0.5 - round(degrees / 0.1 - 0.5)) < 1e-6 for degrees in (a, o))
            assert centre, (where, a, o)
            assert abs(a - lat) <= 0.05 + 1e-6


def test_what_may_be_said_of_a_coarsened_place_depends_on_its_cell_alone() -> None:
    redactor = Redactor(profile_named("public"), MadeState().facts, PSEUDONYM)
    for lat in (31.301, 31.333, 31.37, 31.399):
        for base in (1, -1):
            home = place("a home", lat=base * lat, lon=34.25, radius_km=0.1, precision="point", id=None)
            moved, _ = redactor.place(home, {"residential"})
            assert moved == redactor.place(home.model_copy(update={"lat": base * 31.35}), {"residential"})[0]


# -- what people marked, and what only they wrote


def facts(**more: object) -> Facts:
    return dataclasses.replace(MadeState().facts, **more)  # type: ignore[arg-type]


def redactor(**more: object) -> Redactor:
    return Redactor(profile_named("public"), facts(**more), PSEUDONYM)


def claims(*reports: str) -> tuple[SeriesClaim, ...]:
    return tuple(SeriesClaim(claim=f"{report}/c1") for report in reports)


def test_claims_of_an_incident_that_is_marked_are_not_given(tmp_path: Path) -> None:
    told = EventClaim(id="c1", type="attack", evidence=((0, 9),)), EventClaim(id="c2", type="crime", evidence=((0, 9),))
    state = MadeState(
        facts=facts(withheld_claims={"r1/c1": "internal"}),
        standings=(Standing(incident(), sensitivity="internal"),),
        told=(Reading(report=ReportHeader(id="r1"), claims=told),),
    )
    for profile, ids in (("public", ["c2"]), ("partner", ["c2"]), ("internal", ["c1", "c2"])):
        folder = made(state, tmp_path / profile, profile)
        (line,) = (folder / "claims.jsonl").read_text().splitlines()
        assert [claim["id"] for claim in json.loads(line)["claims"]] == ids


def test_of_a_toll_points_that_only_withheld_reports_tell_are_left_out() -> None:
    points = (
        TollPoint(date=DAY, low=100, reports=("r1",), claims=claims("r1")),
        TollPoint(
            date=DAY.replace(day=9), low=130, reports=("r2",), claims=claims("r2"), growth=Growth(low=30, high=30)
        ),
    )
    series = TollSeries(id="t1", outcome="killed", group="people", points=points)
    left = redactor(withheld={"r1": "internal"}).toll(series)
    assert left is not None
    assert [(point.low, point.growth) for point in left.points] == [(130, None)]
    assert redactor(withheld={"r1": "internal", "r2": "internal"}).toll(series) is None
    whole = redactor().toll(series)
    assert whole is not None
    assert whole.points[1].growth is not None


def test_a_week_that_only_withheld_reports_tell_of_is_left_out() -> None:
    week = ConditionWeek(
        id="k1",
        sector="food",
        worst="IPC Phase 4, as Zhuqvé Xūwj said",
        scale="IPC acute food insecurity",
        sources=1,
        reports=("r1", "r2"),
        claims=claims("r1", "r2"),
    )
    given = redactor().condition(week)
    assert given is not None
    assert (given.worst, given.scale) == ("ipc phase 4", "IPC acute food insecurity")
    partly = redactor(withheld={"r1": "partner"}).condition(week)
    assert partly is not None
    assert (partly.worst, partly.scale) == (None, None)
    assert redactor(withheld={"r1": "partner", "r2": "internal"}).condition(week) is None


def test_of_talks_days_that_only_withheld_reports_tell_of_are_left_out() -> None:
    days = DAY, DAY.replace(day=9)
    rounds = tuple(
        Round(
            date=day,
            statuses=(StatusTold(status=status, sources=1, claims=(f"{report}/c1",)),),  # type: ignore[arg-type]
            claims=claims(report),
        )
        for day, status, report in zip(days, ("ongoing", "agreed"), ("r1", "r2"), strict=True)
    )
    talks = Negotiation(
        id="n1",
        start=days[0],
        end=days[1],
        status="agreed",
        status_on=days[1],
        rounds=rounds,
        sources=2,
        reports=("r1", "r2"),
        claims=("r1/c1", "r2/c1"),
    )
    left = redactor(withheld={"r2": "internal"}).negotiation(talks)
    assert left is not None
    assert (left.start, left.end, left.status, len(left.rounds)) == (days[0], days[0], None, 1)
    assert redactor(withheld={"r1": "internal", "r2": "internal"}).negotiation(talks) is None


def test_ids_of_series_and_foreign_ids_of_incidents_cannot_be_made_again_by_trying_names() -> None:
    given = redactor().toll(
        TollSeries(id="t1", outcome="killed", group="people", points=(TollPoint(reports=("r",), claims=()),))
    )
    assert given is not None
    assert given.id == PSEUDONYM("t", "t1")
    named, _ = redactor().incident(incident("Zhuqvé Xūwj", formerly=("i61c6ad363f8e", "Ñuqx")))
    assert (named.id, named.formerly) == (
        PSEUDONYM("i", "Zhuqvé Xūwj"),
        ("i61c6ad363f8e", PSEUDONYM("i", "Ñuqx")),
    )


def test_a_name_of_a_party_is_the_lexicons_whatever_was_written() -> None:
    actors = (
        IncidentActor(role="party", text="x", name="Zhuqvé Xūwj", id="party:rsf", kind="rebel_group"),
        IncidentActor(role="party", text="x", name="Zhuqvé Xūwj", id="party:zhuqve-xuwj", kind="militia"),
        IncidentActor(role="party", text="x", name="Zhuqvé Xūwj", id="state:ML/forces", kind="state_forces"),
    )
    given, _ = redactor().incident(incident(actors=actors))
    assert [actor.name for actor in given.actors] == ["Rapid Support Forces", None, "Military Forces of Mali"]
    assert "uqv" not in given.model_dump_json()


def test_a_place_that_a_person_named_keeps_no_name() -> None:
    standing = Standing(incident(where=place("Zhuqvé Xūwj")), corrected=("where",), place_by_hand=True)
    given, _ = redactor().standing(standing)
    assert given.incident.where is not None
    assert (given.incident.where.name, given.incident.where.lat) == (None, 14.1)


def test_bodies_that_people_marked_go_by_a_pseudonym() -> None:
    unmarked, marked = (
        redactor(),
        redactor(speakers={"Gaza's health ministry": "internal"}, noted={"AFP": {"sensitivity": "partner"}}),
    )
    for voice in ("health ministry/PS", "agency:afp"):
        assert unmarked.voice(voice) == voice
        assert marked.voice(voice) == PSEUDONYM("s", voice)
    assert unmarked.voice("party:zhuqve") == PSEUDONYM("s", "party:zhuqve")
    assert marked.voice("state:IL/forces", ["Gaza's health ministry"]) == PSEUDONYM("s", "state:IL/forces")


def test_what_somebody_wrote_of_a_source_is_given_where_it_is_a_kind_alone(tmp_path: Path) -> None:
    told = tuple(Reading(report=ReportHeader(id=name, publisher=name)) for name in ("Post", "Blog"))
    noted = {"Post": {"type": "newspaper"}, "Blog": {"type": "the blog of Zhuqvé Xūwj"}}
    folder = made(MadeState(facts=facts(noted=noted), told=told), tmp_path / "out")
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        assert {row["name"]: row["type"] for row in csv.DictReader(file)} == {"Post": "newspaper", "Blog": ""}


def test_a_password_in_an_address_is_given_to_nobody() -> None:
    header = ReportHeader(id="r", url="https://amina:word@news.example:8443/a?b=c")
    partner = Redactor(profile_named("partner"), facts(), PSEUDONYM)
    assert partner.header(header).url == "https://news.example:8443/a?b=c"
    assert redactor().header(header).url == "https://news.example/"


def test_pictures_are_of_the_redacted_state(tmp_path: Path) -> None:
    """The map's rings stand at the coarsened position: within it and in the table alike."""
    folder = made(secret_state("Zhuqvé Xūwj", 31.3777, 34.2666), tmp_path / "out", languages=("en",))
    svg = (folder / "charts" / "map.svg").read_text(encoding="utf-8")
    assert "within" in svg
    lines = (folder / "incidents.jsonl").read_text().splitlines()
    assert {json.loads(line)["where"]["lat"] for line in lines} <= {14.1, 31.35}


def test_of_a_withheld_report_not_even_the_row_is_given(tmp_path: Path) -> None:
    """Rows stand in the order of the reports' own ids: between its neighbours a row tells its day, or how it begins."""
    told = tuple(Reading(report=ReportHeader(id=id, language="en")) for id in ("2024-03-04-a", "2024-03-05-b"))
    state = MadeState(facts=facts(withheld={"2024-03-05-b": "internal"}), told=told)
    for profile, count in (("public", 1), ("partner", 1), ("internal", 2)):
        folder = made(state, tmp_path / profile, profile)
        assert len((folder / "reports.csv").read_text().splitlines()) == count + 1
        assert len((folder / "claims.jsonl").read_text().splitlines()) == count
        assert json.loads((folder / "release.json").read_text())["rows"]["reports"] == count


def test_what_names_a_state_cannot_be_made_again_by_trying_ids_of_reports(tmp_path: Path) -> None:
    name = "0123456789abcdef0123456789abcdef"
    state = MadeState(facts=facts(name=name, head=None))
    for profile, there in (("public", False), ("partner", False), ("internal", True)):
        folder = made(state, tmp_path / profile, profile)
        assert bool(found_in(folder, name)) == there
        assert (name[:8] in json.loads((folder / "release.json").read_text())["version"]) == there


def test_no_path_of_somebodys_files_is_given(tmp_path: Path) -> None:
    reader = "ascertain 1.0, spacy 3.8, /home/zhuqve/models/zhuqve (not a package), gazetteer 0a1b"
    told = (Reading(report=ReportHeader(id="r", url="file:///home/zhuqve/reports/r.html")),)
    state = MadeState(facts=facts(readers=(reader,)), told=told)
    for profile in ("public", "partner"):
        folder = made(state, tmp_path / profile, profile)
        assert found_in(folder, "zhuqve") == []
        kept = json.loads((folder / "release.json").read_text())["readers"]
        assert kept == ["ascertain 1.0, spacy 3.8, a file, gazetteer 0a1b"]


def test_foreign_ids_of_claims_stay_apart_and_name_nobody(tmp_path: Path) -> None:
    told = tuple(EventClaim(id=f"Zhuqvé {n}", type="attack", evidence=((0, 9),)) for n in (1, 2))
    folder = made(MadeState(told=(Reading(report=ReportHeader(id="r"), claims=told),)), tmp_path / "out")
    (line,) = (folder / "claims.jsonl").read_text().splitlines()
    assert [each["id"] for each in json.loads(line)["claims"]] == [PSEUDONYM("c", f"Zhuqvé {n}") for n in (1, 2)]


def test_words_in_place_of_a_country_of_a_source_are_left_out(tmp_path: Path) -> None:
    told = tuple(Reading(report=ReportHeader(id=name, publisher=name)) for name in ("Post", "Blog"))
    noted = {"Post": {"country": "NG"}, "Blog": {"country": "at Zhuqvé Xūwj's"}}
    folder = made(MadeState(facts=facts(noted=noted), told=told), tmp_path / "out")
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        assert {row["name"]: row["country"] for row in csv.DictReader(file)} == {"Post": "NG", "Blog": ""}
