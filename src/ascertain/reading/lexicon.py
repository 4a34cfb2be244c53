"""The gate: which sentences hold something to find, by one Aho–Corasick pass over the words of the language.

In: a text in lower case. Out: `Hit`s, the longest where words overlap. Only sentences with a hit are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import ahocorasick

from ascertain.model import DataFileError
from ascertain.reading.condition_gate import gate_phrases
from ascertain.reading.harm import gate_words as harm_words
from ascertain.reading.inflection import inflected
from ascertain.reading.shorthand import Short
from ascertain.reading.words import LANGUAGE, table
from ascertain.taxonomy import event_types, means

Kind = Literal["event", "harm", "condition", "negotiation", "damage"]
# types of words that leave the type of event open: to the other words, to the object of the verb, to the event under
# discussion; or that tell of none
OPEN = ("violence", "object", "mishap", "gathering", "same", "figure")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon. `type`, `strength` and `means` are of event words."""

    words: str
    kind: Kind
    type: str = ""
    strength: int = 0
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase found at `start` to `end`, with all its entries."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def hits(low: str, short: Sequence[Short] = ()) -> list[Hit]:
    """The words of the lexicon in a lower-case text, in order, none inside a longer one; `short` are those cut so."""
    cut = (Hit(start, end, _known(words)) for (start, end), words in short)
    found = sorted((*_all_hits(low), *cut), key=lambda hit: (hit.start, -hit.end))
    longest: list[Hit] = []
    for hit in found:
        if not longest or hit.start >= longest[-1].end:
            longest.append(hit)
    return longest


def _all_hits(low: str) -> Iterator[Hit]:
    length = len(low)
    for last, (size, entries) in _automaton().iter(low):
        end = last + 1
        start = end - size
        if (start and low[start - 1].isalnum()) or (end < length and low[end].isalnum()):
            continue
        yield Hit(start, end, entries)


@cache
def _known(words: str) -> tuple[Entry, ...]:
    """The entries of a word of the lexicon."""
    _, entries = _automaton().get(words)
    return tuple(entries)


@lru_cache(maxsize=1)
def _automaton() -> Any:
    entries: dict[str, dict[tuple[Kind, str, str | None], Entry]] = {}
    for entry in _entries():
        entries.setdefault(entry.words, {}).setdefault((entry.kind, entry.type, entry.means), entry)
    automaton = ahocorasick.Automaton()
    for words, known in entries.items():
        automaton.add_word(words, (len(words), tuple(known.values())))
    automaton.make_automaton()
    return automaton


def _entries() -> Iterator[Entry]:
    for row in table("events")["trigger"]:
        _check(row)
        for words in (*row["words"], *(form for verb in row.get("verbs", ()) for form in inflected(verb))):
            for written in (words, words.replace(" ", "-")) if words.count(" ") == 1 else (words,):
                yield Entry(written, "event", row["type"], row["strength"], row.get("means"))
    for word in (*harm_words(), *table("harm")["opening"]):
        yield Entry(word, "harm")
    for words in gate_phrases():
        yield Entry(words, "condition")
    for words in table("negotiations")["gate"]:
        yield Entry(words, "negotiation")
    for degree in ("damaged", "destroyed", "burned"):
        for words in table("targets")["acts"][degree].split():
            yield Entry(words, "damage")


def _check(row: dict[str, Any]) -> None:
    faults = [f"words {w!r} are not lower case" for w in row["words"] if w != w.lower()]
    if row["type"] not in OPEN and row["type"] not in event_types():
        faults.append(f"type {row['type']!r} is not in the taxonomy")
    if row.get("means") not in (None, *means()):
        faults.append(f"means {row['means']!r} are not in the taxonomy")
    if faults:
        raise DataFileError("; ".join(faults), source=f"{LANGUAGE}/events.toml", remedy="mend the row")
