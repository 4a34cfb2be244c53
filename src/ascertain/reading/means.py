"""Means: the weapons and methods that a telling names.

In: the words of a telling. Out: codes of the taxonomy, in order of first mention. A general word ("blast", "gunmen")
counts only where nothing more exact is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ascertain.model import DataFileError, Span
from ascertain.reading.words import LANGUAGE, table, word_set
from ascertain.taxonomy import means as known_means

_WORD = re.compile(r"[^\W_]+")
Phrases = dict[str, list[tuple[tuple[str, ...], str | None, int]]]
# how surely a word names a weapon
GROUPS = {"named": 2, "hinted": 1, "borne": 0}


def means_in(text: str, spans: Iterable[Span], apart: Iterable[Span] = ()) -> tuple[str, ...]:
    """The codes of the means that the words of the spans name; words within `apart` (what was hit) name none.

    >>> means_in(text := "A car bomb went off and gunmen opened fire.", [(0, len(text))])
    ('car_bomb', 'small_arms')
    """
    victims, spans = list(apart), list(spans)
    found = [
        (code, sure)
        for start, end in spans
        for at, code, sure in _named(text, start, end)
        if not any(a <= at < b for a, b in victims)
    ]
    if any(code == "landmine" for code, _ in found) and _digs(text, spans):
        found = [(code, sure) for code, sure in found if code != "landmine"]
    surest = max((sure for _, sure in found), default=0)
    return tuple(dict.fromkeys(code for code, sure in found if sure == surest))


def _digs(text: str, spans: Iterable[Span]) -> bool:
    """Whether the words tell of a mine where something is dug."""
    words = {match.group().lower() for span in spans for match in _WORD.finditer(text, *span)}
    return not word_set("means", "nothing", "digging").isdisjoint(words)


def _named(text: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """What each longest phrase names, with where it stands and how surely."""
    matches = list(_WORD.finditer(text, start, end))
    words = [match.group().lower() for match in matches]
    index, past = _phrases(), 0
    for at, word in enumerate(words):
        if at < past or word not in index:
            continue
        for phrase, code, sure in index[word]:
            if tuple(words[at : at + len(phrase)]) == phrase:
                past = at + len(phrase)
                if code is not None:
                    yield matches[at].start(), code, sure
                break


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    """The phrases by their first word, the longest first."""
    rows = table("means")
    index: Phrases = {}
    for group, sure in GROUPS.items():
        for code, phrases in rows[group].items():
            if code not in known_means():
                raise DataFileError(
                    f"means {code!r} are not in the taxonomy", source=f"{LANGUAGE}/means.toml", remedy="mend the key"
                )
            for words in phrases:
                _add(index, words, code, sure)
    for words in (*rows["nothing"]["phrases"], *_pits()):
        _add(index, words, None, 0)
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return index


def _pits() -> Iterator[str]:
    """Mines where something is dug, which are no weapons."""
    return (f"{mineral} {mine}" for mineral in table("senses")["minerals"].split() for mine in ("mine", "mines"))


def _add(index: Phrases, words: str, code: str | None, sure: int) -> None:
    phrase = tuple(_WORD.findall(words))
    index.setdefault(phrase[0], []).append((phrase, code, sure))
