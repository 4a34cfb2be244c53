"""Chains: places that no gazetteer holds, told by their stand beside one that it does ("Tarata St, Miraflores (Lima)").

In: a text with the places found by name and the spans that are no places. Out: more `PlaceMention`s, each within the
known place that follows it, or within the known one that it follows in brackets. Notes and headings name places so,
without a preposition that would show them. A way is named by its ends: "the road between Djibo and Dori".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ascertain.model import Place, Span
from ascertain.places import PlaceMention
from ascertain.places.mentions import FINENESS
from ascertain.reading.casing import is_english
from ascertain.reading.words import word_set

LONGEST = 80
POINT = FINENESS["neighbourhood"]
TOWN = FINENESS["town"]
_SHOWN_BEFORE = re.compile(r"(?:\d,?|\b(?:nr|near|in|at|outside|of))\s+$")
_SHOWN_AFTER = re.compile(r"[^.!?\n]{0,40}?[\d:]")
_WORD = r"[^\W\d_a-z][\w.'’-]*"


def with_chains(text: str, places: Sequence[PlaceMention], barred: Iterable[Span]) -> list[PlaceMention]:
    """The places, and those that only their chain shows, in order; nothing within the `barred` spans is a place."""
    taken = [p.place.span for p in places if p.role != "name_part"]
    named = list(barred)
    new: list[PlaceMention] = []
    new += _ways(text, places)
    for holder in places:
        if holder.role != "mention":
            continue
        for span in (_before(text, holder.place.span), _bracketed(text, holder.place.span)):
            if span is None or not _is_free(span, taken):
                continue
            if _is_built(text[slice(*span)]) or (_is_free(span, named) and _is_of_note(text, span, holder)):
                new.append(_within(text, span, holder))
    if not new:
        return list(places)
    kept = [p for p in places if _is_free(p.place.span, [n.place.span for n in new])]
    return sorted([*kept, *new], key=lambda mention: mention.place.span)


def _ways(text: str, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The roads and railways that are named by the places at their ends, at the position of the first that is known."""
    for match in _way().finditer(text):
        a, b = match.span("way")
        inside = [p for p in places if p.place.span[0] < b and a < p.place.span[1]]
        known = next((p for p in inside if p.place.lat is not None), None)
        place = known.place if known is not None else Place(text="", span=(a, b))
        place = place.model_copy(update={"text": text[a:b], "span": (a, b), "id": None, "name": None})
        yield PlaceMention(place, "mention", None, TOWN)


def _before(text: str, span: Span) -> Span | None:
    """The name that a comma or bracket parts from the known place after it."""
    start = max(0, span[0] - LONGEST)
    match = _chain().search(text, start, span[0])
    return match.span("name") if match is not None and match.end() == span[0] else None


def _bracketed(text: str, span: Span) -> Span | None:
    """The name in brackets after a known place that begins a note: "Sar-e Pol (Sangcharak), 3 June"."""
    match = _in_brackets().match(text, span[1])
    if match is None or not _begins(text, span[0]):
        return None
    return match.span("name")


def _begins(text: str, start: int) -> bool:
    return _opening().search(text, max(0, start - 20), start) is not None


def _is_free(span: Span, taken: Iterable[Span]) -> bool:
    return not any(a < span[1] and span[0] < b for a, b in taken)


def _is_place(name: str) -> bool:
    """Whether nothing in the name says that it is a person's, a paper's or a month's."""
    words = [word.strip(".,") for word in name.lower().split()]
    no_place = word_set("setting", "spots", "never") | (word_set("setting", "spots", "titles") - {"gen"})
    known = all(is_english(word) or not word.isalpha() for word in re.split(r"[\s-]+", name.lower()))
    return not (name.isupper() or known or no_place & set(words))


def _is_built(name: str) -> bool:
    """Whether the name ends in a word for a place ("Army Public School"): whose name it bears says nothing."""
    return name.split()[-1].lower().strip(".") in _kinds() and " " in name


def _is_of_note(text: str, span: Span, holder: PlaceMention) -> bool:
    """Whether a preposition, a day or a colon shows that the words are no person's: "Amal Said, Beirut" is one's."""
    if not _is_place(text[slice(*span)]):
        return False
    before = text[max(0, span[0] - LONGEST) : span[0]]
    after = text[holder.place.span[1] : holder.place.span[1] + LONGEST]
    return _SHOWN_BEFORE.search(before) is not None or _SHOWN_AFTER.match(after) is not None


def _within(text: str, span: Span, holder: PlaceMention) -> PlaceMention:
    at = holder.place
    place = Place(
        text=text[slice(*span)], span=span, lat=at.lat, lon=at.lon, radius_km=at.radius_km,
        precision="neighbourhood" if holder.fineness >= TOWN else "town", country=at.country, admin1=at.admin1,
    )  # fmt: skip
    return PlaceMention(place, "mention", at.span, POINT if holder.fineness >= TOWN else TOWN)


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return word_set("setting", "spots", "kinds") | word_set("setting", "spots", "buildings")


@lru_cache(maxsize=1)
def _name() -> str:
    kinds = "|".join(sorted(_kinds()))
    small = rf"(?:of|de|del|la|las|los|le|les|el|al|du|do|da|and|\d+|{kinds})\b"
    return rf"(?P<name>{_WORD}(?:[ -](?:{_WORD}|{small})){{0,5}})"


@lru_cache(maxsize=1)
def _way() -> re.Pattern[str]:
    ways = "|".join(sorted(word_set("setting", "spots", "ways")))
    word = r"[^\W\d_a-z](?:[\w'’-]*\w)?"
    end = rf"{word}(?:[ -]{word}){{0,3}}"
    ends = rf"(?:(?:between|from|linking|connecting|joining) {end} (?:and|to|with) {end}|(?:to|towards?) {end})"
    return re.compile(rf"\b(?:on|along|off|near|of) (?P<way>the (?:[a-z]+ )?(?:{ways}) (?:that links )?{ends})")


_OPENS = r"(?:^|[\n;:–—/|•*]\s*|[.)]\s+|\s-\s|\d,?\s+|\b(?:nr|near|in|at|outside|of)\s+)"


@lru_cache(maxsize=1)
def _chain() -> re.Pattern[str]:
    return re.compile(rf"{_OPENS}{_name()}(?:,\s|\s\()$", re.MULTILINE)


@lru_cache(maxsize=1)
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\s\({_name()}\)")


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    return re.compile(rf"{_OPENS}$", re.MULTILINE)
