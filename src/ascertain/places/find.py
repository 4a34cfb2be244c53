"""From a text to its places: names recognised, resolved, shifted by the words around them, and set into each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ascertain.model import Place, Span
from ascertain.places.apostrophes import whole_names
from ascertain.places.containers import containers_of, is_told_by
from ascertain.places.found import Found, Recognised
from ascertain.places.gazetteer import Sense, open_gazetteer
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import lexicon
from ascertain.places.mentions import FINENESS, Draft, PlaceMention
from ascertain.places.placing import placed, placed_at_border, placed_between
from ascertain.places.recognise import given, recognise
from ascertain.places.relative import Offset, Pair, is_far_way, offset_after, offset_before, pair_around
from ascertain.places.resolve import resolve
from ascertain.places.roles import datelines, role_of, with_containers
from ascertain.places.scan import is_upper_case, runs
from ascertain.places.written import apart_from, written_places

_FARTHEST_BETWEEN_KM = 600
_ENDS_RELATIVE = re.compile(r"\b(?:borders?|frontier|coast|coastline|shores?|waters|suburbs|outskirts|edges?|fringes)$")


def find_places(
    text: str, *, country: str | None = None, homes: Mapping[str, float] | None = None
) -> tuple[PlaceMention, ...]:
    """The places that a text names, in order and apart from each other.

    `country` (ISO 3166-1 alpha-2) is what the report is known to be about; it decides between namesakes. `homes` is
    how much the parties and peoples of the text speak for countries; it speaks along with the names of nations.

    >>> [(mention.place.text, mention.place.country) for mention in find_places("Shells fell on Djibo, Burkina Faso.")]
    [('Djibo', 'BF'), ('Burkina Faso', 'BF')]
    """
    return _with_written(text, _mentions(text, *_drafts(text, _spoken_for(_recognised(text), homes or {}), country)))


def name_places(text: str, *, country: str | None = None, relative: bool = False) -> tuple[Place, ...]:
    """Every place name of a text, in order, each where the named place is: what `ascertain places` writes.

    Unlike `find_places` it gives both names of "between A and B" and names that stand for a government; names inside
    other names ("Bank of Ghana") are left out. With `relative`, a place that is told by way of another ("10 km south of
    Djibo") comes too, before the name in it.

    >>> [place.text for place in name_places("Shells fell 10 km south of Djibo, Mali said.")]
    ['Djibo', 'Mali']
    >>> [place.text for place in name_places("Shells fell 10 km south of Djibo.", relative=True)]
    ['10 km south of Djibo', 'Djibo']
    """
    drafts, containers = _drafts(text, _recognised(text), country)
    plain = [draft._replace(offset=None) for draft in drafts]
    homes = _homes(drafts, containers)
    places = [
        placed(text, _own_span(text, draft.name), draft, _within(text, drafts, containers, homes, index))
        for index, draft in enumerate(plain)
        if not (draft.role == "name_part" or draft.name.demonym or (draft.name.doubtful and draft.sense is None))
    ]
    told = [one.place for one in _mentions(text, drafts, containers) if _is_relative(one)] if relative else []
    ordered = sorted([*told, *places], key=lambda place: (place.span[0], -place.span[1]))
    written = written_places(text, ordered)
    return tuple(sorted([*written, *apart_from(written, ordered)], key=lambda place: (place.span[0], -place.span[1])))


def locate(text: str, spans: Sequence[Span], *, country: str | None = None) -> tuple[Place, ...]:
    """Where the places are that a text names at the given spans, for names that somebody else has found.

    A demonym is its country. A name that is not known has the position of its container, or none.

    >>> text = "A Malian convoy left Ménaka."
    >>> [(place.name, place.country) for place in locate(text, [(2, 8), (21, 27)])]
    [('Mali', 'ML'), ('Ménaka', 'ML')]
    """
    seen = _recognised(text)
    forced = given(text, spans, seen.names, open_gazetteer(), lexicon(), capitals=is_upper_case(text))
    drafts, containers = _drafts(text, Recognised(forced, seen.nations), country)
    homes = _homes(drafts, containers)
    return tuple(
        placed(text, span, draft._replace(offset=None), _within(text, drafts, containers, homes, index))
        for index, (span, draft) in enumerate(zip(sorted(spans), drafts, strict=True))
    )


def _with_written(text: str, mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """The mentions with the positions that the text gives in figures, in place of names inside these."""
    written = written_places(text, [mention.place for mention in mentions])
    if not written:
        return mentions
    kept = {place.span for place in apart_from(written, [mention.place for mention in mentions])}
    named = [
        replace(mention, container=mention.container if mention.container in kept else None)
        for mention in mentions
        if mention.place.span in kept
    ]
    figured = [PlaceMention(place, "mention", None, FINENESS["point"]) for place in written]
    return tuple(sorted([*named, *figured], key=lambda mention: mention.place.span))


def _recognised(text: str) -> Recognised:
    words, capitals = lexicon(), is_upper_case(text)
    gazetteer = open_gazetteer()
    found = whole_names(text, runs(text, words, capitals=capitals), gazetteer)
    return recognise(text, found, gazetteer, words, capitals=capitals)


def _drafts(text: str, seen: Recognised, country: str | None) -> tuple[list[Draft], dict[int, int]]:
    """Each name with its sense, role and shift, and which of them lies in which."""
    names = seen.names
    containers = containers_of(text, names)
    beside = {index: index + 1 for index in range(len(names) - 1) if is_told_by(text, names[index], names[index + 1])}
    senses = resolve(names, containers, seen.nations, country, beside)
    sent_from, words = datelines(text, capitals=is_upper_case(text)), lexicon()
    roles = with_containers([role_of(text, name, sent_from, words) for name in names], containers)
    drafts = [Draft(name, senses.get(index), roles[index], _offset(text, name)) for index, name in enumerate(names)]
    return drafts, containers


def _offset(text: str, name: Found) -> Offset | None:
    """The shift that the words before or after a name put on it."""
    before = None if name.demonym else offset_before(text, name.start, name.left)
    return before or offset_after(text, name.start, name.end, demonym=name.demonym)


def _spoken_for(seen: Recognised, homes: Mapping[str, float]) -> Recognised:
    nations = dict(seen.nations)
    for country, weight in sorted(homes.items()):
        nations[country] = nations.get(country, 0) + weight
    return Recognised(seen.names, nations)


def _own_span(text: str, name: Found) -> Span:
    """The name with the capitalised words of its kind ("Borno State"), without those in lower case."""
    words = list(re.finditer(r"\S+", text[name.start : name.end]))
    while len(words) > 1 and words[-1][0].islower():
        words.pop()
    return name.start, name.start + words[-1].end()


def _is_relative(mention: PlaceMention) -> bool:
    """Whether a place is told by way of another, whose name stands in it."""
    words = mention.place.text
    told = words[0].islower() or words[0].isdigit() or _ENDS_RELATIVE.search(words) is not None
    return mention.place.id is None and mention.place.lat is not None and told


def _whole_span(draft: Draft) -> Span:
    return draft.name.start, draft.name.end


def _mentions(text: str, drafts: Sequence[Draft], containers: Mapping[int, int]) -> tuple[PlaceMention, ...]:
    pairs = _pairs(text, drafts)
    spans = _spans(drafts, pairs)
    homes = _homes(drafts, containers)
    made: list[PlaceMention] = []
    for index, draft in enumerate(drafts):
        span = spans[index]
        if span is None:
            continue
        holder = containers.get(index)
        within = _within(text, drafts, containers, homes, index)
        role = draft.role
        if index in pairs:
            around = _within(text, drafts, containers, homes, index + 1) or within
            place = placed_between(text, span, drafts, index, pairs[index], around)
            role = "mention" if role in ("origin", "destination") else role
        elif draft.offset and draft.offset.manner == "border" and draft.sense and span != _whole_span(draft):
            place = placed_at_border(text, span, drafts, index, draft.offset)
        else:
            place = placed(text, span, draft, within)
        held = spans[holder] if holder is not None else None
        made.append(PlaceMention(place, role, held, _fineness(place, draft.name)))
    return tuple(made)


def _homes(drafts: Sequence[Draft], containers: Mapping[int, int]) -> dict[str, Draft]:
    """What a name is said to lie in at one of its uses holds for them all."""
    return {drafts[held].name.key: drafts[holder] for held, holder in containers.items()}


def _within(
    text: str, drafts: Sequence[Draft], containers: Mapping[int, int], homes: Mapping[str, Draft], index: int
) -> Draft | None:
    """What a name lies in, as the text says there or elsewhere: the nearest container that is known."""
    if (beside := _told_by(text, drafts, containers, index)) is not None:
        return beside
    holder = containers.get(index)
    while holder is not None and drafts[holder].sense is None and holder in containers:
        holder = containers[holder]
    within = drafts[holder] if holder is not None else homes.get(drafts[index].name.key)
    return within or _town_before(text, drafts, index)


def _told_by(text: str, drafts: Sequence[Draft], containers: Mapping[int, int], index: int) -> Draft | None:
    """The known place by way of which the words right after an unknown one tell where it is, or what that lies in."""
    other = index + 1
    if drafts[index].sense is not None or other == len(drafts):
        return None
    if not is_told_by(text, drafts[index].name, drafts[other].name):
        return None
    known = other if drafts[other].sense is not None else containers.get(other)
    return drafts[known] if known is not None and drafts[known].sense is not None else None


def _spans(drafts: Sequence[Draft], pairs: Mapping[int, Pair]) -> list[Span | None]:
    """What each mention covers: its relative phrase too; the second of "between A and B" goes into the first."""
    spans: list[Span | None] = []
    end = 0
    for index, draft in enumerate(drafts):
        start, stop = draft.name.start, draft.name.end
        if (draft.name.doubtful and draft.sense is None) or index - 1 in pairs:
            spans.append(None)
            continue
        if pair := pairs.get(index):
            start, stop = max(end, pair.start), max(pair.end, drafts[index + 1].name.end)
        elif draft.offset and draft.name.use == "place" and draft.offset.start >= end and _may_shift(draft):
            start, stop = draft.offset.start, max(stop, draft.offset.end or 0)
        spans.append((start, stop))
        end = stop
    return spans


def _may_shift(draft: Draft) -> bool:
    """Whether a phrase of the words before is of the place; of an unknown one only "10 km south of" is."""
    return draft.sense is not None or (draft.offset is not None and draft.offset.manner == "away")


def _pairs(text: str, drafts: Sequence[Draft]) -> dict[int, Pair]:
    """The pairs of names that tell of one place, by the index of the first: "between A and B", "the A-B road"."""
    found: dict[int, Pair] = {}
    for index in range(len(drafts) - 1):
        one, two = drafts[index], drafts[index + 1]
        if index - 1 in found or two.name.use != "place" or one.name.use not in ("place", "stands_for"):
            continue
        if any(draft.sense is None and draft.name.doubtful for draft in (one, two)):
            continue
        pair = pair_around(text, (one.name.start, one.name.end), (two.name.start, two.name.end))
        if pair is not None and is_stretch(text, pair, one.sense, two.sense):
            found[index] = pair
    return found


def is_stretch(text: str, pair: Pair, one: Sense | None, two: Sense | None) -> bool:
    """Whether the two are such as one place may lie between: no two countries, unless it is their border."""
    if one is None or two is None:
        return not pair.border
    if pair.border:
        return one.country != two.country
    if "country" in (one.kind, two.kind):
        return False
    return is_far_way(text, pair) or distance_km((one.lat, one.lon), (two.lat, two.lon)) <= _FARTHEST_BETWEEN_KM


def _town_before(text: str, drafts: Sequence[Draft], index: int) -> Draft | None:
    """The town that the paragraph was about when it came to an unknown part of a town."""
    name = drafts[index].name
    if drafts[index].sense is not None or name.kind not in ("neighbourhood", "point"):
        return None
    paragraph = text.rfind("\n\n", 0, name.start)
    for other in reversed(drafts[:index]):
        if other.name.start < paragraph:
            return None
        if other.sense and other.role == "mention" and other.sense.kind in ("town", "district"):
            return other
    return None


def _fineness(place: Place, name: Found) -> int:
    if place.precision is not None and (place.id is not None or name.kind is None or name.senses):
        return FINENESS[place.precision]
    return FINENESS[name.kind or "town"]
