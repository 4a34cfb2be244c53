"""News agencies: who they are, and how their texts and words are credited.

In: a publisher, an address, a speaker, or the words of a report. Out: the id of the agency, or `None`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from ascertain.incidents.sketch import stem
from ascertain.model import DataFileError, ReportHeader, Sketch
from ascertain.taxonomy import read_table

COLUMNS = ("id", "names", "marks", "sites")
# A credit in the first line ("MOPTI, Mali (AFP) —") stands before this.
_FIRST_LINE = 80
# How far a stem's end and the next word are apart at most: "Reuters' crew".
_BESIDE = 3


@cache
def speaker_words(key: str) -> frozenset[str]:
    """The words under a key of `speakers.toml`.

    Raises:
        DataFileError: the file is not TOML, or lacks the key.

    >>> "correspondent" in speaker_words("staff")
    True
    """
    source = "incidents/speakers.toml"
    try:
        value = tomllib.loads((files(__package__) / "speakers.toml").read_text("utf-8"))[key]
    except (tomllib.TOMLDecodeError, KeyError) as fault:
        raise DataFileError(str(fault), source=source, remedy="mend the TOML, and give each key its words") from fault
    return frozenset(str(value).split())


@dataclass(frozen=True, slots=True)
class Agencies:
    """The table of agencies, turned for look-up: names, marks and sites lead to an agency's id, `titles`
    from there to its name."""

    names: Mapping[str, str]
    marks: Mapping[str, str]
    sites: Mapping[str, str]
    titles: Mapping[str, str]


@cache
def agencies() -> Agencies:
    """The agencies of `agencies.tsv`.

    Raises:
        DataFileError: the table has a fault, or a name leads to two agencies.
    """
    rows = read_table(files(__package__) / "agencies.tsv", COLUMNS, key="id")
    found: dict[str, dict[str, str]] = {column: {} for column in COLUMNS[1:]}
    for row in rows:
        for column, known in found.items():
            for written in row.many(column):
                key = stem(written.casefold()) if column == "marks" else written.casefold()
                if known.setdefault(key, row["id"]) != row["id"]:
                    raise row.fault(f"{written!r} stands for {known[key]} too", "give it to one agency")
    return Agencies(**found, titles={row["id"]: row.many("names")[0] for row in rows})


def agency_named(words: str) -> str | None:
    """The agency that these words name, and nothing else but its staff.

    >>> agency_named("the Associated Press"), agency_named("a Reuters correspondent"), agency_named("the Press")
    ('ap', 'reuters', None)
    """
    key = re.sub(r"^(?:the|an?|our) ", "", " ".join(words.casefold().split()))
    names = agencies().names
    if key in names:
        return names[key]
    first, _, last = key.rpartition(" ")
    if last == "agency":
        return names.get(first.removesuffix(" news"))
    return names.get(first.removesuffix("'s").removesuffix("’s")) if last in speaker_words("staff") else None


def agency_publishing(report: ReportHeader) -> str | None:
    """The agency that published a report itself, by the publisher's name or the address.

    >>> agency_publishing(ReportHeader(id="r", url="https://www.reuters.com/world/a"))
    'reuters'
    """
    if report.publisher and (named := agency_named(report.publisher)):
        return named
    host = _host(report.url)
    return next(
        (agency for site, agency in agencies().sites.items() if host == site or host.endswith(f".{site}")), None
    )


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


@cache
def _staff() -> frozenset[str]:
    return frozenset(map(stem, speaker_words("staff")))


def credits_in(sketch: Sketch) -> tuple[tuple[int, str], ...]:
    """Where the words of a report first name an agency, and which; names of its staff at work are left out, but not
    what follows the agency's name in a dateline: "(Reuters) - A car bomb".

    >>> credits_in(Sketch(words=("Mopti", "Afp", "gunmen"), at=(0, 7, 14), shingles=()))
    ((7, 'afp'),)
    """
    marks = agencies().marks
    words = [word.casefold() for word in sketch.words]
    named = [(index, sketch.at[index], marks[word]) for index, word in enumerate(words) if word in marks]
    return tuple((at, agency) for index, at, agency in named if at is not None and not _is_staff(sketch, index))


def _is_staff(sketch: Sketch, index: int) -> bool:
    """Whether a word for staff follows a word directly, with no bracket and dash between them."""
    if index + 1 == len(sketch.words) or sketch.words[index + 1].casefold() not in _staff():
        return False
    at, after = sketch.at[index], sketch.at[index + 1]
    return at is not None and after is not None and after - at - len(sketch.words[index]) <= _BESIDE


def agency_credited(sketch: Sketch) -> str | None:
    """The agency whose text it is by its own word: named in the first line, or as the last new word of the text.

    >>> agency_credited(Sketch(words=("Mopti", "Afp", "gunmen"), at=(0, 7, 14), shingles=()))
    'afp'
    """
    found = credits_in(sketch)
    last = max((at for at in sketch.at if at is not None), default=0) if found else 0
    return next((agency for at, agency in found if at < _FIRST_LINE or at == last), None)
