"""Runs that an apostrophe parts inside a name: "Cox's Bazar" is one, "Haiti's Artibonite" two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascertain.places.gazetteer import Gazetteer
from ascertain.places.scan import Run

_OWNED = frozenset(("'s ", "’s ", "ʼs ", "‘s "))
_MOST_WORDS = 3


def whole_names(text: str, runs: Iterable[Run], gazetteer: Gazetteer) -> Iterator[Run]:
    """The runs, two of them as one where the gazetteer knows a name with the "'s" that parts them."""
    before: Run = ()
    for run in runs:
        if joined := _joined(text, before, run, gazetteer):
            before = joined
            continue
        if before:
            yield before
        before = run
    if before:
        yield before


def _joined(text: str, before: Run, run: Run, gazetteer: Gazetteer) -> Run | None:
    if not before or text[before[-1].end : run[0].start] not in _OWNED:
        return None
    owner = before[-1]._replace(end=before[-1].end + 2, key=f"{before[-1].key}s", label="name")
    if not gazetteer.begins_longer(owner.key):
        return None
    keys = [owner.key, *(token.key for token in run[:_MOST_WORDS])]
    known = any(gazetteer.senses(" ".join(keys[:count])) for count in range(2, len(keys) + 1))
    return (*before[:-1], owner, *run) if known else None
