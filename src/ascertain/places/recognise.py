"""Which stretches of the runs are place names, by what the gazetteer knows and by the words around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ascertain.model import Span
from ascertain.places.found import ACCEPTED, SURE, Found, Recognised, is_great, is_only_added, standing
from ascertain.places.gazetteer import Gazetteer, Sense
from ascertain.places.kinds import left_of, named
from ascertain.places.lexicon import Label, Lexicon, lexicon
from ascertain.places.names import ARTICLES, fold, near_form
from ascertain.places.relative import is_beyond_border, is_demonym_of_place
from ascertain.places.scan import Run, tokens_of
from ascertain.places.stretch import Stretch
from ascertain.places.unknown import longer_near, unknown, unknown_length
from ascertain.places.uses import doubt, use_of
from ascertain.places.villages import village
from ascertain.places.within import is_seated

_AFTER_NAME = re.compile(r"[A-Z][\w'’-]*,\s?$")


def recognise(text: str, runs: Iterable[Run], gazetteer: Gazetteer, words: Lexicon, *, capitals: bool) -> Recognised:
    """The place names of a text, in order and apart from each other."""
    nations: Counter[str] = Counter()
    found: list[Found] = []
    for run in runs:
        if all(token.lower or _is_dull(token.key, token.label, gazetteer) for token in run):
            continue
        beyond = {token.start for token in run if token.label == "demonym" and is_beyond_border(text, token.end)}
        nations.update(
            [words.demonyms[token.key] for token in run if token.label == "demonym" and token.start not in beyond]
        )
        stretch = Stretch(text, run, gazetteer, words, capitals)
        named = list(_names(stretch))
        found.extend(sorted([*named, *_of_demonyms(stretch, named)], key=lambda name: name.start))
    return Recognised(tuple(_accepted(found)), nations)


def _of_demonyms(stretch: Stretch, known: Sequence[Found]) -> Iterator[Found]:
    """The countries whose borders and coasts are told by their peoples: "the Egyptian border"."""
    for at, token in enumerate(stretch.run):
        if token.label != "demonym" or not is_demonym_of_place(stretch.text, token.end):
            continue
        if any(name.start < token.end and token.start < name.end for name in known):
            continue
        yield Found(
            token.start, token.end, token.key, _nation(stretch, at, 1), False, None, None, False,
            left_of(stretch, token.start), "place", SURE, False, demonym=True,
        )  # fmt: skip


def given(
    text: str, spans: Iterable[Span], seen: Iterable[Found], gazetteer: Gazetteer, words: Lexicon, *, capitals: bool
) -> tuple[Found, ...]:
    """The names at the given spans, in order, each held to be a place; what was seen there is kept."""
    known = {name.start: name for name in seen}
    found = []
    for start, end in sorted(spans):
        name = known.get(start)
        if name is None or not _is_same(text, name, end):
            run = tokens_of(text, start, end, words, capitals=capitals)
            name = _whole(Stretch(text, run, gazetteer, words, capitals))
        found.append(name._replace(use="place", doubtful=False, weight=max(name.weight, SURE)))
    return tuple(found)


def _is_same(text: str, name: Found, end: int) -> bool:
    """Whether a name ends there, but for the words in lower case after it."""
    return name.end == end or (name.end > end and text[end : name.end].strip().islower())


@lru_cache(20_000)
def _is_dull(key: str, label: Label, gazetteer: Gazetteer) -> bool:
    """Whether a word is no place and begins none, so that among its like it need not be looked at."""
    first = key.split(" ", 1)[0]
    if key in _short_keys():
        return False
    if (
        label in ("link", "demonym")
        or key in lexicon().abbreviations
        or first in ARTICLES
        or gazetteer.begins_longer(first)
    ):
        return False
    return label != "name" or (lexicon().is_ordinary(key) and not gazetteer.senses(key))


@lru_cache(1)
def _short_keys() -> frozenset[str]:
    return frozenset(map(fold, lexicon().short_forms))


def _accepted(found: list[Found]) -> Iterator[Found]:
    """A name that is surely a place once is likelier one elsewhere in the report, and a person's likelier not."""
    sure = {name.key for name in found if name.use == "place" and name.weight >= SURE}
    people = {name.key for name in found if name.use == "person"}
    for name in found:
        if name.use == "person":
            continue
        bonus = 1.5 * (name.key in sure) - 2.5 * (name.key in people and name.kind is None)
        if name.weight + bonus >= ACCEPTED:
            yield name


def _names(stretch: Stretch) -> Iterator[Found]:
    """The names of the run, longest first from the left."""
    at = 0
    while at < len(stretch.run):
        if short := _short_form(stretch, at):
            yield short
            at += 1
            continue
        count, senses = stretch.longest(at)
        if longer := longer_near(stretch, at, count, senses):
            yield longer
            at = max(at + 1, stretch.first_after(longer.end))
            continue
        added = is_only_added(senses)
        if senses and not (added and unknown_length(stretch, at) > count):
            known = _known(stretch, at, count, senses)
            name: Found | None = village(stretch, at, count, known) if added else known
        else:
            count = unknown_length(stretch, at)
            name = unknown(stretch, at, count) if count else None
            if name is None:
                yield from _villages_in_names(stretch, at, count)
        at += max(1, count)
        if name is not None:
            yield name
            at = max(at, stretch.first_after(name.end))


def _villages_in_names(stretch: Stretch, at: int, count: int) -> Iterator[Found]:
    """The names of added places inside a longer name that is none: a person's, who may be told by one of them later."""
    for index in range(at, at + count if count > 1 else at):
        length, senses = stretch.longest(index)
        if is_only_added(senses):
            yield named(stretch, index, length, senses, near=False)._replace(use="person")


def _whole(stretch: Stretch) -> Found:
    """The run as one name; what follows it of its kind is no part of the run's own tokens."""
    count = sum(not token.lower for token in stretch.run)
    for length in range(count, 0, -1):
        senses = _nation(stretch, 0, length) or stretch.senses(0, length)
        rest = all(token.key in stretch.words.after for token in stretch.run[length:count])
        if senses and rest:
            return named(stretch, 0, length, senses, near=False)
    key = " ".join(stretch.keys[:count])
    near = stretch.gazetteer.near_senses(near_form(key)) if len(key) > 4 else ()
    return named(stretch, 0, count, near, near=bool(near))


def _nation(stretch: Stretch, at: int, count: int) -> tuple[Sense, ...]:
    """The country or region of a demonym."""
    key = " ".join(stretch.keys[at : at + count])
    if key in stretch.words.peoples:
        return stretch.gazetteer.senses(fold(stretch.words.peoples[key]))[:1]
    code = stretch.words.demonyms.get(key)
    return stretch.gazetteer.senses(fold(stretch.words.countries[code]))[:1] if code else ()


def _short_form(stretch: Stretch, at: int) -> Found | None:
    """The division that a short form stands for: "Columbia, Ky.", "Austin, TX", "in N.J."."""
    start, end = stretch.run[at].start, stretch.run[at].end
    word = stretch.text[start:end]
    dotted = word if word.endswith(".") else f"{word}."
    end += stretch.text[end : end + 1] == "." and dotted in stretch.words.short_forms and dotted != word
    form = next((form for form in (dotted, word) if form in stretch.words.short_forms), None)
    if stretch.capitals or form is None or (stretch.run[at].lower or not _may_be_short(stretch, word, start)):
        return None
    if stretch.run[at].label == "link" and stretch.neighbour(at + 1, at) is not None:
        return None  # "La Libertad" is not in Louisiana
    division = stretch.words.short_forms[form]
    known = stretch.gazetteer.senses(fold(division.name))
    senses = tuple(sense for sense in known if sense.id == f"geonames-admin1:{division.country}.{division.code}")
    key = f"{fold(division.name)} ({fold(form)})"
    name = Found(start, end, key, senses, False, "region", None, False, left_of(stretch, start), "place", SURE, False)
    return name if senses else None


def _may_be_short(stretch: Stretch, word: str, start: int) -> bool:
    """Whether a word stands as a short form does: after a name and a comma, or with stops between its letters."""
    if word.count(".") > 1 or (len(word) > 2 and word.isupper() and not stretch.words.is_ordinary(word.lower())):
        return True
    return _AFTER_NAME.search(stretch.text, max(0, start - 40), start) is not None


def _known(stretch: Stretch, at: int, count: int, senses: tuple[Sense, ...]) -> Found:
    name = named(stretch, at, count, senses, near=False)
    use = use_of(stretch, at, count, name)
    if use == "place" and is_seated(stretch, name):
        return name._replace(weight=max(name.weight, SURE))
    doubtful = not is_great(senses) and name.weight < 2 and use == "place"
    against = doubt(stretch, at, count, name)
    weight = name.weight + standing(senses) - against
    if use == "place" and not against and _is_only_town(stretch, name):
        weight = max(weight, ACCEPTED)
    if weight < ACCEPTED and use == "place" and _is_led_to(stretch, name, doubtless=not against):
        weight, doubtful = ACCEPTED, True
    name = name._replace(use=use, weight=weight, doubtful=doubtful)
    return _end_of_longer(stretch, at, name) if use == "place" and not stretch.capitals else name


def _end_of_longer(stretch: Stretch, at: int, name: Found) -> Found:
    """A name with its kind behind an unknown name is the end of a longer one: "Plaine Savo displacement camp"."""
    before = stretch.neighbour(at - 1, at)
    if name.kind_word not in stretch.words.after or name.before or before is None or before.label != "name":
        return name
    if stretch.is_ordinary(before) or is_great(stretch.gazetteer.senses(before.key)):
        return name
    return name._replace(start=before.start, key=f"{before.key} {name.key}", near=True)


def _is_led_to(stretch: Stretch, name: Found, *, doubtless: bool) -> bool:
    """Whether the word before leads to a place, though few know it: "from Chibok", and "entered Sake" of a word."""
    if stretch.capitals or not name.left:
        return False
    led = stretch.words.strong_prepositions if doubtless else stretch.words.taken
    return name.left[-1] in led


def _is_only_town(stretch: Stretch, name: Found) -> bool:
    """Whether a name behind "in" or "near" names towns of one country alone: as much a place as an unknown one."""
    placed = bool(name.left) and name.left[-1] in stretch.words.before_unknown
    return placed and any(sense.main for sense in name.senses) and len({s.country for s in name.senses}) == 1
