"""The bundle: found by Vite's manifest, built only when its sources change, and typed strictly."""

import json
import re
from pathlib import Path

import pytest

from ascertain.desk.bundles import bundle, bundles
from ascertain.model import DataFileError

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
MANIFEST = {
    "src/main.ts": {
        "file": "assets/main-1a2b3c4d.js",
        "name": "main",
        "isEntry": True,
        "imports": ["_a.js", "_b.js"],
        "css": ["assets/main.css"],
    },
    "_a.js": {"file": "assets/a.js", "name": "a", "imports": ["_b.js"], "css": ["assets/a.css"]},
    "_b.js": {"file": "assets/b.js", "name": "b", "css": ["assets/b.css"]},
    "src/map.ts": {"file": "assets/map.js", "name": "map", "isDynamicEntry": True},
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    return tmp_path


def test_an_entry_names_what_it_needs_once_and_what_is_needed_first(built: Path) -> None:
    main = bundle("main", built)
    assert main.script == "desk/assets/main-1a2b3c4d.js"
    assert main.styles == ("desk/assets/b.css", "desk/assets/a.css", "desk/assets/main.css")
    assert main.preloads == ("desk/assets/b.js", "desk/assets/a.js")


def test_what_is_no_entry_is_refused_with_the_entries_that_there_are(built: Path) -> None:
    with pytest.raises(DataFileError, match="only main"):
        bundle("map", built)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"a": {"isEntry": true}}'])
def test_a_bundle_that_is_not_built_says_how_to_build_it(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"python hatch_build\.py"):
        bundles(tmp_path)


def test_the_lock_names_no_host_and_a_hash_for_each_package() -> None:
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock, "take `resolved` and `funding` out of the lock: both name hosts"
    packages = {name: entry for name, entry in json.loads(lock)["packages"].items() if name}
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_packages_are_asked_for_in_one_exact_version_each() -> None:
    described = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    wanted = {**described["dependencies"], **described["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
