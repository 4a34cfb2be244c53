"""The lexicon of parties: names, kinds and aliases, each dated where the field dates it.

Every file `data/parties/*.tsv` holds one party a line: `id`, `name`, `kind`, `countries` (alpha-2, the home first),
`armed` (`yes`, `no`, or empty: by its kind) and `aliases`. Kinds and aliases are lists parted by `|`; each may end in
`@FROM..TO` with dates of a year, month or day and either side open (`ISIS@2013-04..2014-06`). An alias may begin with

- `=`: an ordinary word or abbreviation too; matches only in its own case, within a line of mixed case;
- `?`: stands for other things too; matches only where one of the party's countries is named in the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import get_args

from ascertain.actors.nations import nations, units
from ascertain.model import ActorKind
from ascertain.taxonomy import Row, read_table

COLUMNS = ("id", "name", "kind", "countries", "armed", "aliases")
ARMED_KINDS = frozenset({"state_forces", "rebel_group", "militia", "police", "external_forces"})
_DATED = re.compile(r"(?P<words>.*?)(?:@(?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")
_ID = re.compile(r"party:[a-z0-9]+(-[a-z0-9]+)*|state:[A-Z]{2}/[a-z]+")


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which something held; an open side is None."""

    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies within."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Alias:
    """One way of naming a party. `own_case` and `in_country` are the marks `=` and `?` of the data file."""

    words: str
    period: Period
    own_case: bool
    in_country: bool


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the lexicon; `kinds` are in order of time, and the last holds where no day is known."""

    id: str
    name: str
    kinds: tuple[tuple[ActorKind, Period], ...]
    countries: tuple[str, ...]
    armed_always: bool | None
    aliases: tuple[Alias, ...]

    def kind_on(self, on: dt.date | None) -> ActorKind:
        """What kind of party it was on a day."""
        if on is not None:
            for kind, period in self.kinds:
                if period.holds(on):
                    return kind
        return self.kinds[-1][0]

    def armed_on(self, on: dt.date | None) -> bool:
        """Whether it bore arms on a day."""
        return self.kind_on(on) in ARMED_KINDS if self.armed_always is None else self.armed_always

    @property
    def country(self) -> str | None:
        """Its home: the first of its countries."""
        return self.countries[0] if self.countries else None


@lru_cache(maxsize=1)
def parties() -> tuple[Party, ...]:
    """All parties of the lexicon, in the order of its files."""
    folder = files(__package__) / "data" / "parties"
    return load_parties(sorted((file for file in folder.iterdir() if file.name.endswith(".tsv")), key=lambda f: f.name))


def load_parties(paths: Iterable[Traversable | Path]) -> tuple[Party, ...]:
    """The parties of data files; DataFileError where one has a fault, or two have the same id."""
    rows = [row for path in paths for row in read_table(path, COLUMNS, key="id")]
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row["id"], row)
        if first is not row:
            raise row.fault(f"id {row['id']!r} stands in {first.source}:{first.line} too", "merge the two rows")
    return tuple(_party(row) for row in rows)


def _party(row: Row) -> Party:
    if not _ID.fullmatch(row["id"]):
        raise row.fault(f"id is {row['id']!r}", "write party:some-name, or state:XX/unit for a body of a state")
    if unknown := [code for code in row.many("countries") if code not in nations()]:
        raise row.fault(f"unknown country {unknown[0]!r}", "use an alpha-2 code of nations.tsv")
    if row["id"].startswith("state:"):
        _check_state_name(row)
    return Party(
        id=row["id"],
        name=row["name"],
        kinds=_kinds(row),
        countries=row.many("countries"),
        armed_always=row.flag("armed") if row["armed"] else None,
        aliases=_aliases(row),
    )


def _check_state_name(row: Row) -> None:
    code, _, unit = row["id"].removeprefix("state:").partition("/")
    if code not in nations() or unit not in units():
        raise row.fault(f"id is {row['id']!r}", "name a state of nations.tsv and a unit of units.tsv")
    if row["name"] != (name := units()[unit].name(nations()[code])):
        raise row.fault(f"name is {row['name']!r}", f"all states' bodies are named alike: write {name!r}")


def _kinds(row: Row) -> tuple[tuple[ActorKind, Period], ...]:
    kinds = [_dated(row, part) for part in row.many("kind")]
    if not kinds or any(kind not in get_args(ActorKind) for kind, _ in kinds):
        raise row.fault(f"kind is {row['kind']!r}", f"use one of {', '.join(get_args(ActorKind))}")
    for (_, before), (_, after) in pairwise(kinds):
        if before.end is None or after.start is None or before.end >= after.start:
            raise row.fault(f"kind is {row['kind']!r}", "put dated kinds in order of time, without overlap")
    return tuple(kinds)  # type: ignore[arg-type]  # checked against the model


def _aliases(row: Row) -> tuple[Alias, ...]:
    listed = [_alias(row, part) for part in row.many("aliases")]
    name_is_marked = any(alias.words == row["name"] for alias in listed)
    own_name = () if name_is_marked else (Alias(row["name"], Period(), own_case=False, in_country=False),)
    aliases = (*own_name, *listed)
    words = [alias.words for alias in aliases]
    if twice := next((word for word in words if words.count(word) > 1), None):
        raise row.fault(f"alias {twice!r} stands twice", "take one out")
    if not row["countries"] and (open_one := next((alias.words for alias in aliases if alias.in_country), None)):
        raise row.fault(f"alias {open_one!r} is marked ? but the party has no countries", "take the mark out")
    return aliases


def _alias(row: Row, part: str) -> Alias:
    words, period = _dated(row, part)
    bare = words.lstrip("=?")
    marks = words[: len(words) - len(bare)]
    if not any(letter.isalnum() for letter in bare):
        raise row.fault(f"alias {part!r} has no letters", "write the name after the marks")
    return Alias(bare, period, own_case="=" in marks, in_country="?" in marks)


def _dated(row: Row, part: str) -> tuple[str, Period]:
    match = _DATED.fullmatch(part)
    if match is None or "@" in match["words"]:
        raise row.fault(f"{part!r} is dated wrongly", "write @FROM..TO, each side YYYY, YYYY-MM, YYYY-MM-DD or nothing")
    try:
        start, end = _first_day(match["start"]), _last_day(match["end"])
    except ValueError as error:
        raise row.fault(f"{part!r} is dated wrongly ({error})", "write dates as YYYY, YYYY-MM or YYYY-MM-DD") from error
    if start and end and start > end:
        raise row.fault(f"{part!r} ends before it starts", "swap the two dates")
    return match["words"].strip(), Period(start, end)


def _first_day(date: str | None) -> dt.date | None:
    if not date:
        return None
    return dt.date.fromisoformat((date + "-01-01")[:10] if len(date) != 7 else date + "-01")


def _last_day(date: str | None) -> dt.date | None:
    if not date:
        return None
    if len(date) == 10:
        return dt.date.fromisoformat(date)
    first = _first_day(date)
    assert first is not None
    later = first.replace(year=first.year + 1) if len(date) == 4 else (first + dt.timedelta(days=31)).replace(day=1)
    return later - dt.timedelta(days=1)
