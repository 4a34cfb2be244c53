"""Faults in the data files of actors are named with file, line and remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ascertain.actors.nations import load_force_words, load_nations, load_units
from ascertain.actors.parties import Party, load_parties
from ascertain.actors.people import load_people_containers, load_people_modifiers, load_people_nouns
from ascertain.model import DataFileError

SOURCE = "# source: a test\n"
PARTIES = SOURCE + "id\tname\tkind\tcountries\tarmed\taliases\n"


def write(folder: Path, content: str) -> Path:
    file = folder / "table.tsv"
    file.write_text(content, encoding="utf-8")
    return file


def party(folder: Path, line: str) -> Party:
    (loaded,) = load_parties([write(folder, PARTIES + line + "\n")])
    return loaded


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Hamas\tHamas\trebel_group", "id is 'Hamas'"),
        ("party:a\tA\trebels", "kind is 'rebels'"),
        ("party:a\tA\tmilitia\tXX", "unknown country 'XX'"),
        ("party:a\tA\tmilitia\tML\tperhaps", "armed is 'perhaps'"),
        ("party:a\tA\tmilitia\tML\t\tB|B", "alias 'B' stands twice"),
        ("party:a\tA\tmilitia\tML\t\t=", "has no letters"),
        ("party:a\tA\tother\t\t\t?B", "has no countries"),
        ("party:a\tA\tmilitia\tML\t\tB@2020..2019", "ends before it starts"),
        ("party:a\tA\tmilitia\tML\t\tB@20201..", "dated wrongly"),
        ("party:a\tA\tmilitia\tML\t\tB@2020", "dated wrongly"),
        ("party:a\tA\tmilitia@..2020|other@2020..\tML", "in order of time"),
        ("state:ML/forces\tThe army\tstate_forces\tML", "named alike"),
        ("state:ML/fleet\tThe fleet\tstate_forces\tML", "id is 'state:ML/fleet'"),
    ],
)
def test_a_faulty_party_is_named(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(DataFileError, match=problem) as caught:
        party(tmp_path, line)
    assert caught.value.line == 3
    assert caught.value.remedy


def test_one_id_in_two_files_is_a_fault(tmp_path: Path) -> None:
    one, two = tmp_path / "one.tsv", tmp_path / "two.tsv"
    for file in (one, two):
        file.write_text(PARTIES + "party:a\tA\tmilitia\tML\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"one\.tsv:3 too"):
        load_parties([one, two])


def test_marks_dates_and_kinds_are_read(tmp_path: Path) -> None:
    loaded = party(tmp_path, "party:a\tA\trebel_group@..2020-06|other@2020-07-01..\tML|NE\t\t?=B@2012-02..2013|=A")
    b, a = loaded.aliases
    assert (b.words, b.own_case, b.in_country) == ("B", True, True)
    assert (b.period.start, b.period.end) == (dt.date(2012, 2, 1), dt.date(2013, 12, 31))
    assert (a.words, a.own_case) == ("A", True)
    assert loaded.kinds[0][1].end == dt.date(2020, 6, 30)
    assert (loaded.kind_on(dt.date(2020, 6, 30)), loaded.kind_on(None)) == ("rebel_group", "other")
    assert (loaded.armed_on(dt.date(2020, 6, 30)), loaded.armed_on(None)) == (True, False)
    assert loaded.country == "ML"


@pytest.mark.parametrize(
    ("load", "content", "problem"),
    [
        (
            load_nations,
            "code\tname\tnames\tadjectives\tpeople\tcapitals\tmilitary\nmali\tMali\tMali\t\t\t\tyes",
            "code is 'mali'",
        ),
        (
            load_nations,
            "code\tname\tnames\tadjectives\tpeople\tcapitals\tmilitary\nML\tMali\t\t\t\t\tyes",
            "has no names",
        ),
        (
            load_nations,
            "code\tname\tnames\tadjectives\tpeople\tcapitals\tmilitary\nML\tM\tM\t\tMalians\t\tyes",
            "people is",
        ),
        (load_units, "unit\tkind\tarmed\tname\nforces\tstate_forces\tyes\tArmy", "name is 'Army'"),
        (load_force_words, "words\trole\tunit\narmy\tverb\tforces", "role is 'verb'"),
        (load_force_words, "words\trole\tunit\narmy\tnoun\tfleet", "unit is 'fleet'"),
        (load_people_nouns, "singular\tplural\tkind\tarmed\tgroup\n\t\tother\tno\t", "without a noun"),
        (load_people_nouns, "singular\tplural\tkind\tarmed\tgroup\nman\tmen\tother\tno\tboys", "group is 'boys'"),
        (
            load_people_nouns,
            "singular\tplural\tkind\tarmed\tgroup\nman\tmen\tother\tno\tmen\nman\t\tother\tno\tmen",
            "stands twice",
        ),
        (load_people_modifiers, "word\theads\tkind\tarmed\tgroup\nold\tsome\tother\tno\t", "heads is 'some'"),
        (
            load_people_containers,
            "words\tkind\tarmed\tgroup\tbody\ndozens\tother\tno\tpeople\tmaybe",
            "body is 'maybe'",
        ),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, load: Callable[[Path], object], content: str, problem: str) -> None:
    with pytest.raises(DataFileError, match=problem) as caught:
        load(write(tmp_path, SOURCE + content + "\n"))
    assert caught.value.line == content.count("\n") + 2
