"""A release of a run's folder: whatever is wrong with it is told with file, line and remedy, and nothing is written."""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.release.made_state import plain_state

from ascertain.intake import results
from ascertain.model import AscertainError, SettingsError
from ascertain.pipeline.journal import JOURNAL
from ascertain.release.from_run import RunState
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release
from ascertain.release.state import BadStateError

FILES = (results.CLAIMS, results.INCIDENTS, results.TOLLS, results.CONDITIONS, results.NEGOTIATIONS)
AGAIN = "run ascertain run anew, with --replace"
Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run wrote."""
    folder, state = tmp_path_factory.mktemp("run"), plain_state()
    written: dict[str, Iterable[BaseModel]] = {
        results.CLAIMS: state.readings(),
        results.INCIDENTS: (standing.incident for standing in state.incidents()),
        results.TOLLS: state.tolls(),
        results.CONDITIONS: state.conditions(),
        results.NEGOTIATIONS: state.negotiations(),
    }
    counts = {}
    for name, values in written.items():
        lines = [value.model_dump_json() for value in values]
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        counts["reports" if name == results.CLAIMS else Path(name).stem] = len(lines)
    manifest = {"policy": "ascertain", "reader": "made 1", **counts}
    (folder / results.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "run"))


def released(folder: Path, out: Path) -> Path:
    state = RunState(folder)
    state.check()
    return release(state, Order("public", languages=()), out, pseudonym=pseudonyms(bytes(32))).folder


def refused(folder: Path) -> str:
    out = folder.parent / "out"
    with pytest.raises(AscertainError) as caught:
        released(folder, out)
    assert [path.name for path in folder.parent.iterdir() if path != folder] == []
    return str(caught.value)


def rewritten(folder: Path, name: str, change: Callable[[dict[str, object]], object], line: int = 1) -> None:
    """A line of a file changed."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    value = json.loads(lines[line - 1])
    change(value)
    lines[line - 1] = json.dumps(value)
    (folder / name).write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")


def manifest_with(folder: Path, **changed: object) -> None:
    rewritten(folder, results.MANIFEST, lambda told: told.update(changed))


def test_a_run_is_released(folder: Path, tmp_path: Path) -> None:
    assert (released(folder, tmp_path / "out") / "incidents.csv").is_file()


def test_what_an_older_version_wrote_is_refused_with_what_it_lacks(folder: Path) -> None:
    rewritten(folder, results.MANIFEST, lambda told: [told.pop(key) for key in ("policy", "tolls")])
    told = refused(folder)
    assert f"{folder / results.MANIFEST}: does not tell policy, tolls: an older version of ascertain wrote it" in told
    assert AGAIN in told


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is no JSON"),
        ('{"policy": "ascer', "is no JSON"),
        ("[]", "does not describe a run"),
        ("null", "does not describe a run"),
        ('"\ud800"', "is no JSON"),
    ],
)
def test_a_broken_manifest_is_refused(folder: Path, content: str, problem: str) -> None:
    (folder / results.MANIFEST).write_bytes(content.encode("utf-8", "surrogatepass"))
    told = refused(folder)
    assert f"{folder / results.MANIFEST}: {problem}" in told
    assert AGAIN in told


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"policy": 7}, "policy is 7, which is no name"),
        ({"policy": ""}, "policy is '', which is no name"),
        ({"policy": "un"}, "the policy 'un' is not known; there are ascertain, airwars"),
        ({"reader": None}, "reader is None, which is no name"),
        ({"incidents": "3"}, "incidents is '3', which is no number of lines"),
        ({"incidents": True}, "incidents is True, which is no number of lines"),
        ({"tolls": 1.5, "reader": []}, "tolls is 1.5, which is no number of lines"),
    ],
)
def test_a_manifest_of_wrong_types_is_refused(folder: Path, changed: dict[str, object], problem: str) -> None:
    manifest_with(folder, **changed)
    assert f"{folder / results.MANIFEST}: {problem}" in refused(folder)


@pytest.mark.parametrize("name", FILES)
def test_each_file_that_is_missing_too_long_or_cut_is_named(folder: Path, name: str) -> None:
    path = folder / name
    content = path.read_bytes()
    path.unlink()
    assert f"{path}: is missing; {AGAIN}" in refused(folder)
    path.mkdir()
    assert f"{path}: cannot be read (Is a directory); {AGAIN}" in refused(folder)
    path.rmdir()
    lines = content.count(b"\n")
    path.write_bytes(content * 2)
    assert f"{path}: holds {2 * lines} lines where the run wrote {lines}; {AGAIN}" in refused(folder)
    path.write_bytes(content[:-20])
    assert f"{path}:{lines}: is cut off within the line; {AGAIN}" in refused(folder)


def test_all_faults_of_files_are_listed_at_once(folder: Path) -> None:
    for name in FILES[2:]:
        (folder / name).unlink()
    with pytest.raises(BadStateError) as caught:
        RunState(folder).check()
    assert len(caught.value.to_mend) == 3


@pytest.mark.parametrize(
    ("name", "field", "value", "problem"),
    [
        (results.CLAIMS, "claims", "many", "claims: Input should be a valid array"),
        (results.CLAIMS, "claims", [{"id": "c1", "kind": "rumour"}], "claims.0"),
        (results.INCIDENTS, "sources", "some", "sources: Input should be a valid integer"),
        (results.INCIDENTS, "grading", "sure", "grading: Input should be 'confirmed'"),
        (results.INCIDENTS, "mood", "bad", "mood: Extra inputs are not permitted"),
        (results.TOLLS, "points", None, "points: Input should be a valid array"),
        (results.CONDITIONS, "sector", "money", "sector: Input should be 'food'"),
        (results.NEGOTIATIONS, "start", "soon", "start: Input should be a valid date"),
    ],
)
def test_a_line_of_wrong_types_is_named(folder: Path, name: str, field: str, value: object, problem: str) -> None:
    rewritten(folder, name, lambda told: told.update({field: value}))
    told = refused(folder)
    assert f"{folder / name}:1: is no line of a run" in told
    assert AGAIN in told
    if name != results.CLAIMS or field != "claims" or value != "many":
        assert problem in told


def test_what_is_told_of_a_broken_line_names_nobody(folder: Path) -> None:
    rewritten(folder, results.INCIDENTS, lambda told: told.update(grading="Amina Yusuf", sources="Amina Yusuf"))
    assert "Amina Yusuf" not in refused(folder)


@pytest.mark.parametrize("number", [10**30, -(10**30), float("inf"), float("nan")])
def test_numbers_that_no_table_holds_are_refused(folder: Path, number: float) -> None:
    def change(told: dict[str, object]) -> None:
        told["sources"] = 3 if isinstance(number, float) else number
        told["where"] = {"text": "", "span": [0, 0], "radius_km": number if isinstance(number, float) else 1}

    rewritten(folder, results.INCIDENTS, change, line=2)
    told = refused(folder)
    assert f"{folder / results.INCIDENTS}:2: " in told
    assert AGAIN in told


def test_long_numbers_within_texts_are_no_fault(folder: Path, tmp_path: Path) -> None:
    rewritten(folder, results.CLAIMS, lambda told: told["report"].update(title="NaN, 12345678901234567890"))  # type: ignore[attr-defined]
    assert released(folder, tmp_path / "out").is_dir()


def test_foreign_ids_are_named(folder: Path) -> None:
    rewritten(folder, results.INCIDENTS, lambda told: told.update(claims=["nobody/c1"], reports=["nobody"]), line=2)
    told = refused(folder)
    path = folder / results.INCIDENTS
    assert f"{path}:2: rests on claim nobody/c1, which is not in claims.jsonl" in told
    assert f"{path}:2: rests on report nobody, which is not in claims.jsonl" in told


def test_what_stands_twice_is_named(folder: Path) -> None:
    for name, key in ((results.INCIDENTS, "incidents"), (results.CLAIMS, "reports")):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content + content.split(b"\n")[0] + b"\n")
        manifest_with(folder, **{key: content.count(b"\n") + 1})
    told = refused(folder)
    assert f"{folder / results.CLAIMS}:3: report Amina Yusuf, 34 stands on line 1 too" in told
    assert f"{folder / results.INCIDENTS}:4: incident i0b7c1d2e3f40 stands on line 1 too" in told


def test_a_run_that_is_not_finished_or_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / JOURNAL).write_text("{}\n")
    with pytest.raises(SettingsError, match=r"is not finished; go on with ascertain run --resume"):
        RunState(folder)
    with pytest.raises(SettingsError, match="no such folder"):
        RunState(tmp_path / "nowhere")


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), name=st.sampled_from([*FILES, results.MANIFEST]))
def test_whatever_is_spoilt_is_told_or_does_not_matter(whole: Path, seed: int, name: str) -> None:
    """Bytes put in, taken out and changed anywhere: a release, or an error raised on purpose; never another one."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(shutil.copytree(whole, Path(room) / "run"))
        content = bytearray((folder / name).read_bytes())
        for _ in range(chance.choice((1, 1, 2, 5))):
            at = chance.randrange(len(content))
            content[at : at + chance.choice((0, 1, 1, 4))] = chance.choice(
                (b"", b'"', b"}", b"[", b",", b"-", b"9" * 20, b"\xff", b"\x00", b"null", b"\\ud800", b"e999")
            )
        (folder / name).write_bytes(content)
        told = None
        try:
            released(folder, Path(room) / "out")
        except AscertainError as error:
            told = str(error)
        assert told is None or (str(folder) in told and AGAIN in told)
