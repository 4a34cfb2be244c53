"""Counts: what one report, or one voice in it, counts of one outcome and one group.

In: entries of one report. Out: its `Size`: the range, and the entry that leads. The first entry that gives a number
leads; a higher one widens the range; one about a family or an addition is part of the whole and never lowers it;
people named one by one raise the low bound once their number passes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascertain.incidents.entries import Entry, Precision
from ascertain.model import Group

# Words within a name that are written small.
PARTICLES = frozenset(("al", "el", "bin", "ibn", "de", "la", "del", "van", "von", "abu", "ould", "ag", "da", "dos"))


@dataclass(frozen=True, slots=True)
class Size:
    """A range with the number that the teller stands behind, how exactly it is told, and the entry that tells it.

    `incomplete` says that by its words the count leaves people out, or names them one by one: there may be more.
    """

    low: int | None
    best: int | None
    high: int | None
    precision: Precision
    lead: Entry
    incomplete: bool = False

    @property
    def vague(self) -> bool:
        """Whether it gives no number."""
        return self.precision == "vague"

    @property
    def number(self) -> int | None:
        """The number that the teller stands behind, or the most that there may be."""
        return self.best if self.best is not None else self.high

    def rounds(self, value: int | None) -> bool:
        """Whether it is a rounded number that stands for the value: "about 20" for 17, "more than 30" for 34."""
        told = self.number
        if self.precision != "rounded" or told is None or value is None:
            return False
        return -1 <= value - told <= told // 2 if self.high is None else _is_near(told, value)


def size_of(entries: Iterable[Entry], group: Group) -> Size | None:
    """What the entries of one report count of the group; `None` where they count nobody.

    All people are counted by wholes alone; a group by what one whole or one statement tells of it together.
    """
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.low or 0, entry.high or 0, entry.id))
    if group == "people":
        return _whole(_distinct([entry for entry in ordered if entry.part_of is None]))
    return _of_group(ordered) if ordered else None


def _is_near(told: int, value: int) -> bool:
    """Whether one may round the value so: to thousands, hundreds, fifties, tens or fives, whichever it is a multiple
    of, and by a fifth at most."""
    unit = next((unit for unit in (1000, 100, 50, 10, 5) if told and told % unit == 0), 2)
    return 2 * abs(told - value) <= unit and 5 * abs(told - value) <= told


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that repeat another word for word."""
    kept: dict[object, Entry] = {}
    for entry in entries:
        kept.setdefault((entry.low, entry.high, tuple((f.group, f.text.lower()) for f in entry.figures)), entry)
    return list(kept.values())


def _whole(entries: Sequence[Entry]) -> Size | None:
    if not entries:
        return None
    persons = _persons(entries)
    counted = [entry for entry in entries if not entry.individual]
    lead = _lead(counted)
    if lead is None:
        alone = entries[0]
        precision: Precision = "exact" if len(entries) == 1 and not _name(alone.text) else "bounded"
        return Size(persons, persons, persons, precision, alone, incomplete=precision == "bounded")
    incomplete = lead.incomplete
    if _vague(lead):
        if persons > (lead.low or 0):
            return Size(persons, persons, None, "bounded", lead, incomplete)
        return Size(lead.low, lead.value, lead.high, "vague", lead, incomplete)
    low, best, high = _numbered(lead, counted, persons)
    return Size(low, best, high, lead.precision, lead, incomplete)


def _lead(counted: Sequence[Entry]) -> Entry | None:
    """The first that gives a number, but that "three more bodies" gives way to a count of all."""
    numbered = [entry for entry in counted if not _vague(entry)]
    first = numbered[0] if numbered else max(counted, key=lambda entry: entry.low or 0, default=None)
    if first is not None and first.incomplete:
        return next((e for e in numbered if not e.incomplete and (e.value or 0) >= (first.value or 0)), first)
    return first


def _numbered(lead: Entry, counted: Sequence[Entry], persons: int) -> tuple[int | None, int | None, int | None]:
    others = [entry for entry in counted if entry is not lead and not _vague(entry)]
    values = [value for e in others if (value := e.high if e.high is not None else e.low) is not None]
    if lead.high is not None and all(figure.low is None for figure in lead.figures):
        less = [value for value in [lead.low or 0, persons, *values] if 0 < value < lead.high]
        low = max(less, default=lead.low)
        return low, low if low is not None else lead.high, lead.high
    if lead.low is not None and lead.high is not None and lead.low < lead.high:
        return lead.low, lead.low, lead.high
    low = lead.low
    more = [entry.high for entry in counted if _vague(entry) and entry.high is not None]
    return low, low, max([value for value in [*values, *more] if low is not None and value > low], default=lead.high)


def _of_group(entries: Sequence[Entry]) -> Size:
    lead = max(entries, key=lambda entry: (not _vague(entry), entry.low or 0))
    stated = [entry for entry in entries if entry.low]
    if not stated:
        high = max((entry.high for entry in entries if entry.high is not None), default=None)
        return Size(None, None, high, lead.precision, lead)
    individuals = [figure for entry in entries for figure in entry.figures if figure.low == figure.high == 1]
    count = max(len(_names(figure.text for figure in individuals)), 1 if individuals else 0)
    low = max(entry.low or 0 for entry in stated)
    if all(entry.individual for entry in entries):
        low = max(low, count)
    high = max([count, *(entry.high for entry in stated if entry.high is not None)])
    named = all(entry.individual for entry in entries) and len(individuals) > 1
    return Size(low, low, high if high >= low else None, lead.precision, lead, named or lead.incomplete)


def _persons(entries: Sequence[Entry]) -> int:
    """How many people are told one by one: by distinct names, or as many as one entry tells of."""
    names = _names(f.text for entry in entries for f in entry.figures if f.low == f.high == 1)
    return max([len(names), *(len(entry.figures) for entry in entries if entry.individual)])


def _names(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The names in the texts, each person once."""
    names: list[tuple[str, ...]] = []
    for words in sorted({_name(text) for text in texts}, key=lambda words: (-len(words), words)):
        if words and not any(_same_person(words, other) for other in names):
            names.append(words)
    return names


def _name(text: str) -> tuple[str, ...]:
    """The words of the name that ends the text: "her brother, 16-year-old Sami Atta" names Sami Atta."""
    words: list[str] = []
    for word in reversed(re.sub(r"\([^)]*\)", " ", text).split()):
        plain = word.strip(",.;:“”\"'")
        if not plain[:1].isupper() and plain.lower().split("-")[0] not in PARTICLES:
            break
        words.append(plain.lower())
    return tuple(reversed(words))


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: first and last agree, and those between do not tell them apart."""
    if one[0] != other[0]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    between = set(one[1:-1]), set(other[1:-1])
    alike = one[-1] == other[-1] and (not all(between) or bool(between[0] & between[1]))
    return alike or set(one) <= set(other)


def _vague(entry: Entry) -> bool:
    return entry.precision == "vague"
