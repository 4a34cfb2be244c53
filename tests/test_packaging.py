import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def names(requirements: list[str]) -> set[str]:
    found = (NAME.match(line) for line in requirements)
    return {match[0].lower().replace("_", "-") for match in found if match}


def pinned(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    return {line.split("==")[0]: line for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("constraints.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]),
        (
            "constraints-dev.txt",
            PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"],
        ),
    ],
)
def test_every_declared_package_is_pinned_by_version_and_hash(file: str, declared: list[str]) -> None:
    pins = pinned(file)
    assert names(declared) <= pins.keys(), "renew them as docs/decisions/002-packages-pinned-with-hashes.md says"
    assert all("==" in line and "--hash=sha256:" in line for line in pins.values())


def test_those_who_run_and_those_who_test_have_the_same_packages() -> None:
    run, dev = pinned("constraints.txt"), pinned("constraints-dev.txt")
    assert run.items() <= dev.items()


def test_pins_name_no_address() -> None:
    for file in ("constraints.txt", "constraints-dev.txt"):
        assert not re.search(r"://|--(index|extra-index|find-links)", (ROOT / file).read_text(encoding="utf-8"))


def test_the_wheel_holds_all_data_files_and_the_entry_points(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "ascertain"
    own = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT / "src").as_posix() for path in own} <= held
    (entry_points,) = [name for name in held if name.endswith("entry_points.txt")]
    text = zipfile.ZipFile(wheel).read(entry_points).decode()
    assert "ascertain = ascertain.cli:app" in text
    assert "ascertain = ascertain.reading.spacy_component:create" in text


def test_the_readme_has_two_commands_to_start_with_and_ci_runs_the_second() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv ")]
    assert [command.split("/")[-1] for command in commands] == ["ascertain run examples --out out", "pytest"]
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
