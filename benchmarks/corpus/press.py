"""The press: who prints a dispatch, whole, cut or lightly edited, and how the report then reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from corpus.dispatches import DATELINE, Dispatch
from corpus.tables import common, parties

EDITS = (
    (" killed ", " left dead "),
    (" were killed", " lost their lives"),
    ("air strike", "airstrike"),
    (" said.", " told reporters."),
    (" when ", " as "),
    (" people", " persons"),
    ("neighbourhood", "area"),
    ("carried out", "conducted"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as printed: whose dispatch it is, in which paper and when, and whether it is a copy."""

    dispatch: Dispatch
    publisher: str
    published: dt.date
    title: str | None
    text: str
    copy: bool


def print_all(made: Sequence[Dispatch], count: int, random: Random) -> list[Printed]:
    """So many reports of the dispatches: each as first printed, and copies of those of agencies, else of any."""
    papers = random.sample(parties()["papers"], min(count, len(parties()["papers"])))
    printed = [_first(dispatch, paper, random) for dispatch, paper in zip(made, papers, strict=False)]
    sold = [dispatch for dispatch in made if dispatch.agency] or list(made)
    printed += [_copy(random.choice(sold), paper, random) for paper in papers[len(made) : count]]
    return printed


def _first(dispatch: Dispatch, paper: str, random: Random) -> Printed:
    publisher = _short(dispatch.agency)[1] if dispatch.agency else paper
    text = _with_dateline(dispatch, random) + _paragraphs(dispatch.sentences, random)
    title = dispatch.title if random.random() < 0.8 else None
    return Printed(dispatch, publisher, dispatch.published, title, text, copy=False)


def _copy(dispatch: Dispatch, paper: str, random: Random) -> Printed:
    sentences, changed = random.choice((_whole, _whole, _cut, _cut, _edited))(dispatch.sentences, random)
    published = dispatch.published + dt.timedelta(random.choice((0, 0, 0, 1)) if dispatch.agency else 0)
    text = ("" if changed else _with_dateline(dispatch, random)) + _paragraphs(sentences, random)
    if dispatch.agency:
        agency, short = dispatch.agency, _short(dispatch.agency)[0]
        text += "\n" + random.choice(common()["credits"]).format(agency=agency, short=short)
    return Printed(dispatch, paper, published, dispatch.title if random.random() < 0.5 else None, text, copy=True)


def _whole(sentences: Sequence[str], _: Random) -> tuple[Sequence[str], bool]:
    return sentences, False


def _cut(sentences: Sequence[str], random: Random) -> tuple[Sequence[str], bool]:
    """Without the last sentences."""
    return sentences[: max(1, len(sentences) - random.randint(1, 3))], False


def _edited(sentences: Sequence[str], random: Random) -> tuple[Sequence[str], bool]:
    """A few words exchanged, one sentence after the lead dropped."""
    changed = []
    chosen = random.sample(EDITS, 3)
    for sentence in sentences:
        for old, new in chosen:
            sentence = sentence.replace(old, new)
        changed.append(sentence)
    if len(changed) > 2:
        changed.pop(random.randrange(1, len(changed)))
    return changed, True


def _with_dateline(dispatch: Dispatch, random: Random) -> str:
    if not dispatch.agency or random.random() > DATELINE:
        return ""
    town = dispatch.about.town
    return f"{town.name.upper()}, {town.country.removeprefix('the ')} ({_short(dispatch.agency)[0]}) — "


def _paragraphs(sentences: Sequence[str], random: Random) -> str:
    """The sentences in paragraphs of one to three."""
    lines: list[str] = []
    rest = list(sentences)
    while rest:
        size = random.randint(1, 3)
        lines.append(" ".join(rest[:size]))
        rest = rest[size:]
    return "\n".join(lines)


def _short(agency: str) -> tuple[str, str]:
    """An agency's letters and its name.

    >>> _short("Highland Wire (HW)")
    ('HW', 'Highland Wire')
    """
    name, letters = agency.removesuffix(")").split(" (")
    return letters, name
