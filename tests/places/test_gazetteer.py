import multiprocessing
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ascertain.model import SettingsError
from ascertain.places import gazetteer, gazetteer_path, open_gazetteer, store
from ascertain.places.build import build, fingerprint
from ascertain.places.gazetteer import EMBEDDED, Store
from ascertain.places.locks import alone


def kinds(key: str) -> set[tuple[str, str | None]]:
    return {(sense.kind, sense.country) for sense in open_gazetteer().senses(key)}


def test_towns_countries_divisions_and_regions_are_known_by_their_names() -> None:
    assert ("town", "BF") in kinds("djibo")
    assert ("country", "CD") in kinds("dr congo")
    assert ("region", "AF") in kinds("nangarhar")
    assert ("district", "PS") in kinds("philadelphi corridor")


def test_an_article_more_or_less_is_the_same_name() -> None:
    assert ("town", "PS") in kinds("bureij")
    assert ("town", "PS") in kinds("al bureij")


def test_a_demonym_is_no_name() -> None:
    assert not kinds("palestinians")
    assert ("country", "MM") not in kinds("burmese")


def test_an_unknown_name_has_no_senses() -> None:
    assert open_gazetteer().senses("no such place anywhere") == ()


def test_a_division_lies_among_its_towns() -> None:
    (borno,) = (sense for sense in open_gazetteer().senses("borno") if sense.id == "geonames-admin1:NG.27")
    assert borno.lat == pytest.approx(11.8, abs=1)
    assert borno.lon == pytest.approx(13.0, abs=1)
    assert borno.radius_km > 50


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASCERTAIN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert gazetteer_path().parent == Path("/somewhere/ascertain")
    monkeypatch.setenv("ASCERTAIN_CACHE", "/elsewhere")
    assert gazetteer_path().parent == Path("/elsewhere")


def test_a_built_gazetteer_opens_at_once() -> None:
    open_gazetteer()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        Store(gazetteer_path(), EMBEDDED).close()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


@pytest.mark.parametrize("content", [b"", b"no database at all"])
def test_a_broken_file_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setenv("ASCERTAIN_CACHE", str(tmp_path))
    gazetteer_path().write_bytes(content)
    ready = open_gazetteer().fingerprint
    assert ready == fingerprint()


def _build(path: str) -> None:
    build(Path(path))


@pytest.mark.slow
def test_two_processes_may_build_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "new" / "gazetteer.sqlite"
    start = multiprocessing.get_context("spawn")
    builders = [start.Process(target=_build, args=(str(path),)) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert [file.name for file in path.parent.iterdir()] == ["gazetteer.sqlite"]
    built = Store(path, EMBEDDED)
    assert built.about["fingerprint"] == fingerprint()
    assert built.named("djibo")
    built.close()


def test_a_folder_that_cannot_be_written_in_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(SettingsError, match=r"file: the gazetteer cannot be kept there .* ASCERTAIN_CACHE"),
        alone(tmp_path / "file" / "gazetteer.lock", "ASCERTAIN_CACHE"),
    ):
        pass


def test_only_what_the_project_built_is_forgotten_after_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCERTAIN_CACHE", str(tmp_path))
    old, copy = "gazetteer-1-2.0.0-00000000.sqlite", "gazetteer-backup.sqlite"
    for name in (old, copy):
        with closing(sqlite3.connect(tmp_path / name)) as file:
            file.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value)")
            file.execute("INSERT INTO about VALUES ('fingerprint', '1/2.0.0/00000000')")
            file.commit()
    own = {"gazetteer.sqlite": b"mine", "gazetteer-x.sqlite": b"", "gazetteer-1-2.0.0-11111111.sqlite": b"mine too"}
    for name, content in own.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / ".draft-letter").write_bytes(b"Dear")
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    gazetteer._forget_old(tmp_path)
    store.sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*own, copy, ".draft-letter"}
