"""Spots: places that no gazetteer holds and that the sentence shows to be places ("in Ain Zara", "bombed Maarakeh").

In: a line with the places, parties and times found by name. Out: more `PlaceMention`s, unresolved, or at the position
of the known place that the words say holds them ("Boga, Irumu territory").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ascertain.model import Place, Span
from ascertain.places import PlaceMention
from ascertain.places.mentions import FINENESS
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

if TYPE_CHECKING:
    from ascertain.reading.page import Line

# how a name that a comma sets beside something hangs on it
BESIDE = ("appos", "npadvmod", "dep", "conj", "nmod")
PROPER = ("NNP", "NNPS")
LONGEST = 6
TOWN = FINENESS["town"]
MOVABLE = ("vehicle", "agriculture", "residential")
_HELD = re.compile(
    r"\s*(?:,\s*(?:in|of)?|\(|\s(?:in|of|inside))\s*(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?",
    re.IGNORECASE,
)


def spots(line: Line, text: str) -> list[PlaceMention]:
    """The places that only the sentence shows, in order."""
    sentence = line.sentence
    taken = frozenset(token for span in _named(line) for token in sentence.tokens_in(span))
    days = frozenset(token for time in line.times for token in sentence.tokens_in(time.span))
    named = {token: place for place in line.places for token in sentence.tokens_in(place.place.span)}
    found: list[PlaceMention] = []
    for head, tag in enumerate(sentence.tags):
        if not tag.startswith("NN") or head in taken:
            continue
        first = _first(sentence, head)
        if not _is_where(sentence, head, days) and not _is_beside(sentence, first, head):
            continue
        if not _is_name(sentence, first, head) or any(i in taken for i in range(first, head)):
            continue
        inner = _inner(sentence, first, head, named)
        if inner is not None:
            found.append(_mention(line, text, sentence.span_of(first, head), sentence.low[head], inner))
    return found


def _named(line: Line) -> list[Span]:
    """The spans of parties and times, which are no places."""
    return [party.span for party in line.parties] + [time.span for time in line.times]


def _inner(
    sentence: Sentence, first: int, head: int, named: Mapping[int, PlaceMention]
) -> tuple[PlaceMention, ...] | None:
    """The known places whose names a spot's name says it lies in ("Erbil consulate compound").

    `None` where the name is all known already, but for two names side by side ("Khartoum Bahri"); a known name that is
    only the beginning of a longer one says nothing.
    """
    rest = [i for i in range(first, head + 1) if i not in named and sentence.words[i].isalpha()]
    if not rest and first < head and head in named and named[head].role == "name_part":
        return (named[head],)
    if not rest or (named and head in named and named[head].role == "mention"):
        return None
    if any(sentence.tags[i] in PROPER and sentence.low[i] not in _kinds() for i in rest):
        return ()
    return tuple(named[i] for i in range(first, head) if i in named)


def with_spots(line: Line, text: str, dateline: PlaceMention | None) -> list[PlaceMention]:
    """All places of the line: those known by name, and spots in place of the parts of names that lie in them."""
    new = spots(line, text)
    if dateline is not None:
        new += _stands_for(line, text, dateline)
    if not new:
        return line.places
    kept = [
        known
        for known in line.places
        if not any(a <= known.place.span[0] and known.place.span[1] <= b for a, b in (m.place.span for m in new))
    ]
    return sorted([*kept, *new], key=lambda mention: mention.place.span)


def without_persons(sentence: Sentence, places: list[PlaceMention]) -> list[PlaceMention]:
    """The places but for those whose name is somebody's here: "his son Hassan", "Sabah's daughter"."""
    return [p for p in places if p.role != "mention" or not _is_person(sentence, sentence.tokens_in(p.place.span))]


def _is_person(sentence: Sentence, tokens: Sequence[int]) -> bool:
    """Whether kin stands right before the name, or behind its possessive, or an age before it."""
    if not tokens:
        return False
    first, last = tokens[0], tokens[-1]
    kin = word_set("people", "kin")
    before = [low for low in sentence.low[max(0, first - 3) : first] if low not in (",", "named", "called", ":")]
    if first in sentence.ages or (before and before[-1] in kin):
        return True
    owner = sentence.low[last + 1 : last + 2] in (["'s"], ["’s"])
    return owner and not kin.isdisjoint(sentence.low[last + 2 : last + 5])


def _stands_for(line: Line, text: str, dateline: PlaceMention) -> Iterator[PlaceMention]:
    """The words that stand for the town that the report is sent from: "the Libyan capital", "this city"."""
    sentence = line.sentence
    for head, low in enumerate(sentence.low):
        if low not in ("capital", "city") or sentence.deps[head] != "pobj":
            continue
        if sentence.low[sentence.heads[head]] not in word_set("setting", "spots", "prepositions"):
            continue
        before = [c for c in sentence.children[head] if c < head]
        words = {sentence.low[c] for c in before}
        if any(sentence.deps[c] == "prep" for c in sentence.children[head]):
            continue
        if "this" in words or (low == "capital" and "the" in words):
            span = sentence.span_of(min(before), head)
            place = dateline.place.model_copy(update={"text": text[slice(*span)], "span": span})
            yield PlaceMention(place, "mention", None, dateline.fineness)


def with_country(places: list[PlaceMention], country: str | None) -> list[PlaceMention]:
    """The places, those without a country in the one that the report is about."""
    if country is None:
        return places
    return [
        p if p.place.country or p.fineness == 0 else replace(p, place=p.place.model_copy(update={"country": country}))
        for p in places
    ]


def home(places: Iterable[PlaceMention], spoken_for: Mapping[str, float]) -> str | None:
    """The country that most places of a report lie in; where they do not agree, its parties and peoples speak too.

    `spoken_for` is how much these speak for each country. `None` where no country has more than half.
    """
    known = [p for p in places if p.place.country and p.role not in ("stands_for", "name_part")]
    known = [p for p in known if p.role != "origin" or p.fineness > 0]
    exact = Counter(p.place.country or "" for p in known if p.fineness > 0)
    counts: dict[str, float] = dict(spoken_for)
    for place in known:
        counts[place.place.country or ""] = counts.get(place.place.country or "", 0) + 1
    return _most(exact) or _most(counts)


def _most(counts: Mapping[str, float]) -> str | None:
    """The one that has more than half of all."""
    best = max(counts, key=lambda one: (counts[one], one), default=None)
    return best if best is not None and counts[best] > sum(counts.values()) / 2 else None


def _is_where(sentence: Sentence, head: int, days: frozenset[int]) -> bool:
    """Whether the noun stands where a place of an event does: after "in", or as the object of "bombed".

    A day right behind it may have taken its place in the parse: "in Barbacoas Thursday".
    """
    dep, above = sentence.deps[head], sentence.heads[head]
    if dep in ("compound", "nmod", "poss") and above in days and above == head + 1:
        dep, above = sentence.deps[above], sentence.heads[above]
    while dep == "conj" and sentence.tags[above] in PROPER:
        dep, above = sentence.deps[above], sentence.heads[above]
    low = sentence.low[above]
    if dep == "pobj":
        if low == "of":
            return sentence.low[sentence.heads[above]] in word_set("setting", "spots", "part_of")
        if low == "on":
            struck = sentence.low[sentence.heads[above]] in word_set("setting", "spots", "strikes")
            struck |= sentence.low[head] in word_set("setting", "spots", "kinds") and (
                sentence.low[sentence.heads[above]] in word_set("setting", "spots", "assaults")
            )
            return struck or sentence.low[head].strip(".") in word_set("setting", "spots", "lines")
        return low in word_set("setting", "spots", "prepositions")
    if dep in ("dobj", "nsubjpass"):
        return low in word_set("setting", "spots", "verbs") or _is_back(sentence, above)
    return False


def _is_back(sentence: Sentence, verb: int) -> bool:
    """Whether the verb is one of a place changing hands: "took back", "has been handed over"."""
    if sentence.low[verb] not in word_set("setting", "spots", "back"):
        return False
    return any(sentence.low[child] in ("back", "over") for child in sentence.children[verb])


def _is_beside(sentence: Sentence, first: int, head: int) -> bool:
    """Whether a comma sets a name beside what it tells the place of: "shot in his car, Ring Road"."""
    if first == 0:
        return False
    kind = sentence.low[head].strip(".") in word_set("setting", "spots", "kinds")
    before = first - 1
    if sentence.low[before] in word_set("setting", "spots", "kinds_before"):
        kind, before = True, before - 1
    if not kind or before < 0 or sentence.low[before] != ",":
        return False
    return sentence.deps[head] in BESIDE and (head + 1 == len(sentence) or not sentence.words[head + 1].isalpha())


def _first(sentence: Sentence, head: int) -> int:
    """The first token of the name that ends at `head`."""
    first = head
    while first > 0 and head - first < LONGEST:
        before = first - 1
        joined = sentence.tags[before] in ("HYPH",) or sentence.words[before] in ("-", "'", "’")
        named = sentence.words[before][:1].isupper() and sentence.tags[before] in (*PROPER, "JJ", "NN", "NNS")
        named = named or (sentence.deps[before] == "compound" and sentence.tags[before] == "NN" and before > 0)
        if not joined and not named:
            break
        if sentence.deps[before] == "pobj" or (sentence.starts[first] - sentence.ends[before] > 1):
            break
        first = before
    return first


def _is_name(sentence: Sentence, first: int, head: int) -> bool:
    words = [sentence.low[i] for i in range(first, head + 1)]
    kind = words[-1] in _kinds()
    if any(word in word_set("setting", "spots", "never") for word in words):
        return False
    if kind:
        foreign = words[-1] in word_set("setting", "spots", "foreign") and sentence.words[head - 1][:1].isupper()
        return first < head and (foreign or any(sentence.tags[i] in PROPER for i in range(first, head)))
    before = sentence.low[first - 1] if first else ""
    if before in word_set("setting", "spots", "titles") or words[0] in word_set("setting", "spots", "titles"):
        return False
    capital = all(sentence.words[i][:1].isupper() or not sentence.words[i].isalpha() for i in range(first, head + 1))
    return capital and (sentence.tags[head] in PROPER or (first > 0 and sentence.tags[head] == "NN"))


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    """Words for things with a place of their own, at the end of a name ("Hayat Hotel", "Siloé neighbourhood")."""
    built = (words for kind, words in table("targets")["types"].items() if kind not in MOVABLE)
    return frozenset(word for words in built for word in words.split()) | word_set("setting", "spots", "kinds")


def _mention(line: Line, text: str, span: Span, head: str, inner: tuple[PlaceMention, ...]) -> PlaceMention:
    holder = next((p for p in (*inner, *_after(line, text, span)) if p.place.lat is not None and p.fineness > 0), None)
    point = head in _kinds()
    if holder is None:
        place = Place(text=text[slice(*span)], span=span)
    else:
        at = holder.place
        place = Place(
            text=text[slice(*span)], span=span, lat=at.lat, lon=at.lon, radius_km=at.radius_km,
            precision="neighbourhood" if point else "town", country=at.country, admin1=at.admin1,
        )  # fmt: skip
    return PlaceMention(place, "mention", holder.place.span if holder else None, FINENESS["point" if point else "town"])


def _after(line: Line, text: str, span: Span) -> Iterator[PlaceMention]:
    """Places right after a spot that the words say hold it."""
    for known in line.places:
        a = known.place.span[0]
        if a >= span[1] and _HELD.fullmatch(text[span[1] : a]):
            yield known
