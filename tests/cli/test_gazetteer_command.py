"""`ascertain gazetteer` as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

from ascertain.cli.app import gazetteers

ROW = (
    "900000001\tZibaré-Tekko\tZibare-Tekko\t\t14.31\t-1.62\tP\tPPL\tBF\t\t12\t\t\t\t0\t\t300\t"
    "Africa/Ouagadougou\t2024-01-01\n"
)


def gazetteer(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ascertain", "gazetteer", *map(str, arguments)]
    environ = {**os.environ, "ASCERTAIN_DATA": str(data)}
    return subprocess.run(command, capture_output=True, env=environ, check=False, text=True, encoding="utf-8")


def test_a_gazetteer_is_added_listed_searched_and_removed(tmp_path: Path) -> None:
    (tmp_path / "BF.txt").write_text(ROW, encoding="utf-8")
    data = tmp_path / "data"
    assert "the embedded one is in use" in gazetteer(data, "list").stdout
    done = gazetteer(data, "add", tmp_path / "BF.txt")
    assert (done.returncode, done.stderr) == (0, "bf: 1 place, 1 name\n")
    listed = gazetteer(data, "list").stdout
    assert all(part in listed for part in ("bf", "CC BY 4.0 (GeoNames)", str(tmp_path / "BF.txt")))
    found = gazetteer(data, "search", "zibare tekko")
    assert (found.returncode, "geonames:900000001" in found.stdout) == (0, True)
    assert gazetteer(data, "search", "zibare", "tekko").stdout == found.stdout
    done = gazetteer(data, "search", " ")
    assert (done.returncode, done.stderr) == (
        2, "ascertain: ' ' is no name to search for; write one with a letter or digit\n",
    )  # fmt: skip
    assert gazetteer(data, "remove", "bf").returncode == 0
    assert gazetteer(data, "search", "zibare tekko").returncode == 1


def test_skipped_rows_are_named_and_the_status_says_so(tmp_path: Path) -> None:
    (tmp_path / "BF.txt").write_text(ROW + "broken\n" + ROW.replace("-1.62", "-181"), encoding="utf-8")
    done = gazetteer(tmp_path / "data", "add", tmp_path / "BF.txt")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "skipped: BF.txt:2: 1 columns, not 19",
        "skipped: BF.txt:3: longitude -181 is beyond 180",
        "bf: 1 place, 1 name; 2 rows skipped",
    ]
    done = gazetteer(tmp_path / "data", "add", tmp_path / "BF.txt", "--skipped", tmp_path / "skipped.txt", "--quiet")
    assert (done.returncode, done.stderr) == (1, "")
    assert len((tmp_path / "skipped.txt").read_text().splitlines()) == 2


def test_faults_that_come_again_are_summed_up(tmp_path: Path) -> None:
    (tmp_path / "BF.txt").write_text(ROW + "broken\n" * 3 + ROW.replace("-1.62", "-181"), encoding="utf-8")
    done = gazetteer(tmp_path / "data", "add", tmp_path / "BF.txt", "--skipped", tmp_path / "skipped.txt")
    assert done.stderr.splitlines() == [
        "skipped: 3 rows: 1 columns, not 19",
        "bf: 1 place, 1 name; 4 rows skipped",
    ]


def test_every_option_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    section = manual.split("## `ascertain gazetteer")[1].split("\n## ")[0]
    for command in get_command(gazetteers).commands.values():  # type: ignore[attr-defined]
        assert f"`{command.name}" in section
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        assert all(f"`{option}`" in section for option in options), command.name


def test_what_cannot_be_added_is_told_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = gazetteer(tmp_path / "data", "add", tmp_path / "empty.txt")
    assert (done.returncode, done.stderr) == (2, "ascertain: empty.txt: is empty; download it again\n")
    assert gazetteer(tmp_path / "data", "remove", "nothing").returncode == 2
    done = gazetteer(tmp_path / "data", "add", tmp_path / "empty.txt", "--country", "France")
    assert (done.returncode, done.stderr) == (
        2, "ascertain: --country 'France' is no code of a country; write its two letters, FR\n",
    )  # fmt: skip


def test_the_file_to_be_added_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "BF.txt"
    path.write_text(ROW, encoding="utf-8")
    done = gazetteer(tmp_path / "data", "add", path, "--skipped", path)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (2, ROW)
    assert "--skipped" in done.stderr
    done = gazetteer(tmp_path / "data", "add", path, "--columns", "name=a,name=b")
    assert done.stderr == "ascertain: --columns tells of name twice; tell of it once\n"
