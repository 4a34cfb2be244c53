"""The page as a file of a release: it tells what lies in the folder, and the same bytes every time."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel
from tests.release.page_state import ABOUT, Made

from ascertain.release.page import Changes, write_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Made(30)
    told: dict[str, Iterable[BaseModel]] = {
        "incidents": made.incidents(),
        "tolls": made.tolls(),
        "conditions": made.conditions(),
        "negotiations": made.negotiations(),
    }
    for name, values in told.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in values))
    (tmp_path / "sources.csv").write_text(
        'name,type,country,pseudonym,reports\n"Agency, One",,,false,7\nThe Post,,,false,9\n'
    )
    (tmp_path / "changes.csv").write_text("incident,change,into\ni0001,added,\ni0002,merged,i0001\nx1,withdrawn,\n")
    return tmp_path


def sums(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def test_the_page_tells_what_lies_in_the_folder_and_the_same_twice(folder: Path) -> None:
    about = replace(ABOUT, changes=Changes("version 2", 0))
    written = write_page(folder, about, languages=("en", "ar"))
    first = sums(folder, written)
    assert {"report.html", "report.ar.html", "charts/map.svg", "charts/map.png"} <= first.keys()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Agency, One" in page
    assert page.index("The Post") < page.index("Agency, One")
    assert "Since version 2: 3 changes." in page
    assert page.index("<bdi>x1</bdi>") < page.index("<bdi>i0002</bdi>") < page.index("<bdi>i0001</bdi>")
    assert (
        sums(folder, write_page(folder, replace(ABOUT, changes=Changes("version 2", 0)), languages=("en", "ar")))
        == first
    )


def test_a_first_release_has_no_changes(folder: Path) -> None:
    write_page(folder, replace(ABOUT, changes=None))
    assert "This is the first release" in (folder / "report.html").read_text(encoding="utf-8")
