"""From a text to its places: names recognised, resolved, shifted by the words around them, and set into each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from ascertain.model import Place, PlacePrecision, Span
from ascertain.places.coordinates import written_positions
from ascertain.places.gazetteer import Sense, open_gazetteer
from ascertain.places.geometry import distance_km
from ascertain.places.grid import Area, full_plus_code, plus_code_area
from ascertain.places.lexicon import Lexicon, lexicon
from ascertain.places.names import fold
from ascertain.places.recognise import QUARTER_KM, Found, Recognised, given, recognise
from ascertain.places.relative import (
    Anchor,
    Offset,
    Pair,
    Spot,
    away_from_unknown,
    between,
    by_border,
    is_far_way,
    offset_before,
    pair_around,
    shifted,
)
from ascertain.places.resolve import resolve
from ascertain.places.scan import is_upper_case, runs
from ascertain.places.shapes import Shape

Role = Literal["mention", "dateline", "origin", "destination", "stands_for", "name_part"]

FINENESS: Mapping[PlacePrecision, int] = {
    "country": 0,
    "region": 1,
    "district": 2,
    "town": 3,
    "neighbourhood": 4,
    "point": 5,
}

_HELD = re.compile(
    r"\s*,\s*(?:(?:in|of)\s+)?(?:the\s+)?(?:[a-z-]+\s+(?:of\s+)?)?$"
    r"|\s+(?:in|of|inside|within)\s+(?:the\s+)?(?:(?!\w+ing\b)[a-z-]+\s+){0,2}(?:of\s+)?$|\s*\((?:the\s+)?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"['’]s\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)
_LIST_GOES_ON = re.compile(r"(?:\s*,\s*(?!and\b)[A-Z][\w'’ -]{1,30})*\s*,?\s+and\s", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[ \t]*(?P<head>[A-ZÀ-Þ](?:[^\n.!?—–]|\.(?=\s*[(—–-])|(?<=\b[A-Z])\.){1,70}?)\s*(?:\((?:[^)\n]{2,40})\)\s*)?"
    r"(?:—|–|--|\s-\s|:\s(?=[A-Z]{3}))",
    re.MULTILINE,
)
_DATELINE_WORD = re.compile(r"(?!\d)[\w.'’-]+")
_REPORTING = re.compile(r"\breport(?:ing|ed|s)?\s+(?:live\s+)?from\s+(?:the\s+)?(?:[a-z]+\s+)?$", re.IGNORECASE)
_SIDE = re.compile(
    r"^.*\b(?P<side>from|to|towards|toward|into)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}$", re.IGNORECASE | re.DOTALL
)
_SIDE_WORDS = frozenset({"from", "to", "towards", "toward", "into"})
_FARTHEST_BETWEEN_KM = 600
_UNKNOWN_END_KM = 20.0  # how far off the unknown one of "between A and B" may be, half-way
_SAME_SIZE = 4
_EDGE, _BEYOND_KM = 1.25, 0.7  # with these, nine in ten true points lie within (docs/places.md)
_SIDES: Mapping[str, Role] = {"from": "origin"}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the text, and what it does there.

    `place` keeps its words even where it is not resolved. `role` is `dateline` for where the reporter is, `origin` and
    `destination` for the ends of a movement, `stands_for` where the name means those who rule or act there ("Kabul
    government", "Mali said"), `name_part` inside another name ("Bank of Ghana"); of these, only
    a `mention` is where something may have happened. `container` is the span of the mention that this one is said
    to lie in. `fineness` runs from 0 (country) to 5 (point).
    """

    place: Place
    role: Role
    container: Span | None
    fineness: int


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
        _place(text, _own_span(text, draft.name), draft, _within(text, plain, containers, homes, index))
        for index, draft in enumerate(plain)
        if not (draft.role == "name_part" or (draft.name.doubtful and draft.sense is None))
    ]
    told = [one.place for one in _mentions(text, drafts, containers) if _is_relative(one)] if relative else []
    ordered = sorted([*told, *places], key=lambda place: (place.span[0], -place.span[1]))
    written = _written_places(text, ordered)
    return tuple(sorted([*written, *_apart_from(written, ordered)], key=lambda place: (place.span[0], -place.span[1])))


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
        _place(text, span, draft._replace(offset=None), _within(text, drafts, containers, homes, index))
        for index, (span, draft) in enumerate(zip(sorted(spans), drafts, strict=True))
    )


def _with_written(text: str, mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """The mentions with the positions that the text gives in figures, in place of names inside these."""
    written = _written_places(text, [mention.place for mention in mentions])
    if not written:
        return mentions
    kept = {place.span for place in _apart_from(written, [mention.place for mention in mentions])}
    named = [
        replace(mention, container=mention.container if mention.container in kept else None)
        for mention in mentions
        if mention.place.span in kept
    ]
    figured = [PlaceMention(place, "mention", None, FINENESS["point"]) for place in written]
    return tuple(sorted([*named, *figured], key=lambda mention: mention.place.span))


def _written_places(text: str, named: Sequence[Place]) -> list[Place]:
    """The positions that a text gives in figures; a short plus code is completed by the place told with it."""
    found = []
    for one in written_positions(text):
        at, radius = one.at, one.radius_km
        if one.short_code is not None:
            area = _short_code_area(text, one.short_code, one.span, named)
            if area is None:
                continue
            at, radius = area.at, max(radius, area.degrees * 111 / 2)
        found.append(
            Place(
                text=text[slice(*one.span)], span=one.span, name=f"{at[0]:.6g}, {at[1]:.6g}", lat=at[0], lon=at[1],
                radius_km=round(radius, 3), precision="point",
            )
        )  # fmt: skip
    return found


def _short_code_area(text: str, code: str, span: Span, named: Sequence[Place]) -> Area | None:
    """The area of a short plus code near the town after it, else near the last town before it."""
    known = [place for place in named if place.lat is not None and place.precision not in ("region", "country")]
    after = [place for place in known if not text[span[1] : place.span[0]].strip(" ,") and place.span[0] >= span[1]]
    before = [place for place in known if place.span[1] <= span[0]]
    near = after[0] if after else before[-1] if before else None
    if near is None or near.lat is None or near.lon is None:
        return None
    full = full_plus_code(code, (near.lat, near.lon))
    return plus_code_area(full) if full else None


def _apart_from(written: Sequence[Place], places: Iterable[Place]) -> list[Place]:
    spans = [place.span for place in written]
    return [place for place in places if not any(a < place.span[1] and place.span[0] < b for a, b in spans)]


def _recognised(text: str) -> Recognised:
    words, capitals = lexicon(), is_upper_case(text)
    return recognise(text, runs(text, words, capitals=capitals), open_gazetteer(), words, capitals=capitals)


def _drafts(text: str, seen: Recognised, country: str | None) -> tuple[list[_Draft], dict[int, int]]:
    """Each name with its sense, role and shift, and which of them lies in which."""
    names = seen.names
    containers = _containers(text, names)
    senses = resolve(names, containers, seen.nations, country)
    datelines, words = _datelines(text, capitals=is_upper_case(text)), lexicon()
    drafts = [
        _Draft(name, senses.get(index), _role(text, name, datelines, words), offset_before(text, name.start, name.left))
        for index, name in enumerate(names)
    ]
    return drafts, containers


def _spoken_for(seen: Recognised, homes: Mapping[str, float]) -> Recognised:
    nations = dict(seen.nations)
    for country, weight in sorted(homes.items()):
        nations[country] = nations.get(country, 0) + weight
    return Recognised(seen.names, nations)


def _own_span(text: str, name: Found) -> Span:
    """The name with the capitalised words of its kind ("Borno State"), without those in lower case."""
    words = list(re.finditer(r"\S+", text[name.start : name.end]))
    while len(words) > 1 and words[-1][0][0].islower():
        words.pop()
    return name.start, name.start + words[-1].end()


def _is_relative(mention: PlaceMention) -> bool:
    """Whether a place is told by way of another, whose name stands in it."""
    words = mention.place.text
    return mention.place.id is None and mention.place.lat is not None and (words[0].islower() or words[0].isdigit())


class _Draft(NamedTuple):
    name: Found
    sense: Sense | None
    role: Role
    offset: Offset | None


def _mentions(text: str, drafts: Sequence[_Draft], containers: Mapping[int, int]) -> tuple[PlaceMention, ...]:
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
            place = _between(text, span, drafts, index, pairs[index], containers)
            role = "mention" if role in ("origin", "destination") else role
        elif draft.offset and draft.offset.manner == "border" and draft.sense and span[0] < draft.name.start:
            place = _bordering(text, span, drafts, index, draft.offset)
        else:
            place = _place(text, span, draft, within)
        held = spans[holder] if holder is not None else None
        made.append(PlaceMention(place, role, held, _fineness(place, draft.name)))
    return tuple(made)


def _homes(drafts: Sequence[_Draft], containers: Mapping[int, int]) -> dict[str, _Draft]:
    """What a name is said to lie in at one of its uses holds for them all."""
    return {drafts[held].name.key: drafts[holder] for held, holder in containers.items()}


def _within(
    text: str, drafts: Sequence[_Draft], containers: Mapping[int, int], homes: Mapping[str, _Draft], index: int
) -> _Draft | None:
    """What a name lies in, as the text says there or elsewhere."""
    holder = containers.get(index)
    within = drafts[holder] if holder is not None else homes.get(drafts[index].name.key)
    return within or _town_before(text, drafts, index)


def _spans(drafts: Sequence[_Draft], pairs: Mapping[int, Pair]) -> list[Span | None]:
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
            start = draft.offset.start
        spans.append((start, stop))
        end = stop
    return spans


def _may_shift(draft: _Draft) -> bool:
    """Whether a phrase of the words before is of the place; of an unknown one only "10 km south of" is."""
    return draft.sense is not None or (draft.offset is not None and draft.offset.manner == "away")


def _pairs(text: str, drafts: Sequence[_Draft]) -> dict[int, Pair]:
    """The pairs of names that tell of one place, by the index of the first: "between A and B", "the A-B road"."""
    found: dict[int, Pair] = {}
    for index in range(len(drafts) - 1):
        one, two = drafts[index], drafts[index + 1]
        if index - 1 in found or two.name.use != "place" or one.name.use not in ("place", "stands_for"):
            continue
        if any(draft.sense is None and draft.name.doubtful for draft in (one, two)):
            continue
        pair = pair_around(text, (one.name.start, one.name.end), (two.name.start, two.name.end))
        if pair is not None and _is_stretch(text, pair, one.sense, two.sense):
            found[index] = pair
    return found


def _is_stretch(text: str, pair: Pair, one: Sense | None, two: Sense | None) -> bool:
    """Whether the two are such as one place may lie between: no two countries, unless it is their border."""
    if one is None or two is None:
        return not pair.border
    if pair.border:
        return one.country != two.country
    if "country" in (one.kind, two.kind):
        return False
    return is_far_way(text, pair) or distance_km((one.lat, one.lon), (two.lat, two.lon)) <= _FARTHEST_BETWEEN_KM


def _between(
    text: str, span: Span, drafts: Sequence[_Draft], index: int, pair: Pair, containers: Mapping[int, int]
) -> Place:
    first, second = drafts[index].sense, drafts[index + 1].sense
    known = first or second
    if first is not None and second is not None:
        spot = between(_anchor(first), _anchor(second), border=pair.border)
        return Place(
            text=text[slice(*span)], span=span, name=f"{first.name} – {second.name}", lat=spot.at[0], lon=spot.at[1],
            radius_km=spot.radius_km, precision=spot.precision,
            country=first.country if first.country == second.country else None,
            admin1=first.admin1 if (first.country, first.admin1) == (second.country, second.admin1) else None,
        )  # fmt: skip
    holder = containers.get(index + 1, containers.get(index))
    within = drafts[holder].sense if holder is not None else None
    words = text[slice(*span)]
    if known is None:
        return _held_place(words, span, drafts[index], drafts[holder] if holder is not None else None)
    radius = known.radius_km + _UNKNOWN_END_KM
    if within is not None and within.kind == "district":
        radius = min(radius, known.radius_km + within.radius_km)
    return Place(
        text=words, span=span, lat=known.lat, lon=known.lon, radius_km=round(radius, 1), precision="district",
        country=known.country, admin1=known.admin1,
    )  # fmt: skip


def _bordering(text: str, span: Span, drafts: Sequence[_Draft], index: int, offset: Offset) -> Place:
    """ "Near the border with B": the edge, towards B, of what the sentence or the report tells of."""
    neighbour = drafts[index].sense
    assert neighbour is not None
    holder = _beside_border(text, drafts, index, neighbour)
    if holder is None:
        return _place(text, span, drafts[index]._replace(offset=replace(offset, manner="near")), None)
    spot = by_border(offset, _anchor(holder), _anchor(neighbour))
    return Place(
        text=text[slice(*span)], span=span, name=f"{holder.name} – {neighbour.name}", lat=spot.at[0], lon=spot.at[1],
        radius_km=_reach(spot.radius_km, spot.precision), precision=spot.precision, country=holder.country,
    )  # fmt: skip


def _beside_border(text: str, drafts: Sequence[_Draft], index: int, neighbour: Sense) -> Sense | None:
    """Whose border with a neighbour is spoken of: the place told right before or after, else the nearest before."""
    name = drafts[index].name
    others = [
        (draft.name, draft.sense)
        for draft in drafts
        if draft.sense and draft.sense.country != neighbour.country and draft.name.use != "name_part"
    ]
    after = [sense for other, sense in others if other.start >= name.end and _HELD.match(text[name.end : other.start])]
    before = [sense for other, sense in others if other.end <= name.start]
    countries = [sense for _, sense in others if sense.kind == "country"]
    return next(iter([*after, *before[-1:], *countries]), None)


def _anchor(sense: Sense) -> Anchor:
    return Anchor((sense.lat, sense.lon), sense.radius_km, sense.kind, _shape_of(sense))


def _shape_of(sense: Sense) -> Shape | None:
    """The polygons of a place: its own, or those of a namesake of its country in which it lies."""
    gazetteer = open_gazetteer()
    if shape := gazetteer.polygon(sense.id):
        return shape
    for other in gazetteer.senses(fold(sense.name)):
        if other.country != sense.country or other.id == sense.id or not _may_be_the_same(sense, other):
            continue
        if (shape := gazetteer.polygon(other.id)) and gazetteer.contains(other.id, (sense.lat, sense.lon)):
            return shape
    return None


def _may_be_the_same(sense: Sense, other: Sense) -> bool:
    """Whether a namesake is of the same size, so that a village does not take the polygon of its province."""
    if "country" in (sense.kind, other.kind):
        return sense.kind == other.kind
    return other.radius_km <= _SAME_SIZE * sense.radius_km + 5


def _place(text: str, span: Span | None, draft: _Draft, within: _Draft | None) -> Place:
    assert span is not None
    words, sense = text[slice(*span)], draft.sense
    if sense is None:
        return _held_place(words, span, draft, within)
    at, radius, precision, known = (sense.lat, sense.lon), sense.radius_km, sense.kind, True
    if (finer := draft.name.kind) and not draft.name.before and _is_part(finer, sense):
        radius, precision, known = radius + 3, "neighbourhood" if finer in ("neighbourhood", "point") else finer, False
    if draft.offset and span[0] < draft.name.start:
        spot: Spot = shifted(draft.offset, Anchor(at, radius, sense.kind, _shape_of(sense)))
        at, radius, precision, known = spot.at, spot.radius_km, spot.precision, False
    return Place(
        text=words, span=span, name=sense.name, lat=at[0], lon=at[1], radius_km=_reach(radius, precision),
        precision=precision,
        id=sense.id if known else None, country=sense.country, admin1=sense.admin1,
    )  # fmt: skip


def _reach(radius_km: float, precision: PlacePrecision) -> float:
    """How far off an event told there may be: what is told of a place also happens at its edge and a little beyond."""
    if precision in ("region", "country"):
        return radius_km
    return round(_EDGE * radius_km + _BEYOND_KM, 1)


def _is_part(kind: PlacePrecision, sense: Sense) -> bool:
    """Whether the words make of a town a thing inside or about it: "Rafah hospital", "Djibo area"."""
    return sense.kind == "town" and kind in ("neighbourhood", "point", "district", "region")


def _held_place(words: str, span: Span, draft: _Draft, within: _Draft | None) -> Place:
    """An unknown name takes the position of what it lies in; without that it keeps its words and nothing else."""
    holder = within.sense if within else None
    if holder is None or holder.kind == "country":
        return Place(text=words, span=span, country=holder.country if holder else None)
    small = draft.name.kind in ("neighbourhood", "point") or (draft.name.kind is None and holder.kind == "town")
    precision: PlacePrecision = "neighbourhood" if small else "town"
    radius = _reach(holder.radius_km + 1, "town")
    if draft.offset and draft.offset.manner == "away" and span[0] < draft.name.start:
        spot = away_from_unknown(draft.offset, Anchor((holder.lat, holder.lon), holder.radius_km, holder.kind))
        radius, precision = _reach(spot.radius_km, "town"), spot.precision
    return Place(
        text=words, span=span, lat=holder.lat, lon=holder.lon, radius_km=radius, precision=precision,
        country=holder.country, admin1=holder.admin1,
    )  # fmt: skip


def _town_before(text: str, drafts: Sequence[_Draft], index: int) -> _Draft | None:
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


def _containers(text: str, names: Sequence[Found]) -> dict[int, int]:
    """Which name lies in which: "Al Shouka, Rafah", "the Mesbah area of Rafah", "Rafah's Mesbah area"."""
    found: dict[int, int] = {}
    for index in range(len(names) - 1):
        one, two = names[index], names[index + 1]
        gap = text[one.end : two.start]
        if len(gap) > 60 or not one.use == two.use == "place":
            continue
        if _HELD.match(gap) and _can_hold(two, one) and not _is_list(text, gap, one, two):
            found[index] = index + 2 if _is_owner(text, names, index + 1) else index + 1
        elif _HOLDS.fullmatch(gap) and _can_hold(one, two):
            found[index + 1] = index
    quarters = (
        index
        for index in range(1, len(names))
        if text[names[index - 1].end : names[index].start] == " " and _is_quarter_of(names[index], names[index - 1])
    )
    return found | {index: index - 1 for index in quarters}


def _is_quarter_of(quarter: Found, town: Found) -> bool:
    """Whether two towns whose names stand side by side are one: "Khartoum Bahri"."""
    return any(
        one.country == other.country and distance_km((one.lat, one.lon), (other.lat, other.lon)) <= QUARTER_KM
        for one in quarter.senses[:5]
        for other in town.senses[:5]
        if one.kind == other.kind == "town" and one.id != other.id
    )


def _is_owner(text: str, names: Sequence[Found], index: int) -> bool:
    """Whether the name only owns the next, which is the nearer container: "X in Haiti's Artibonite"."""
    if index + 1 >= len(names):
        return False
    one, two = names[index], names[index + 1]
    return bool(_HOLDS.fullmatch(text[one.end : two.start])) and two.use == "place" and _can_hold(one, two)


def _is_list(text: str, gap: str, one: Found, two: Found) -> bool:
    """Whether a comma parts members of a list: "Djibo, Arbinda and Dori"."""
    if "," not in gap or _coarsest(two) < _coarsest(one) or _is_known_within(one, two):
        return False
    return bool(_LIST_GOES_ON.match(text, two.end))


def _is_known_within(one: Found, two: Found) -> bool:
    """Whether a town of the first name is known in the country or division of the second: "Richmond, Virginia"."""
    if not one.senses or not two.senses or two.senses[0].kind not in ("country", "region"):
        return False
    if one.senses[0].kind == "country":
        return False
    holder = two.senses[0]
    inside = (sense for sense in one.senses if sense.country == holder.country and sense.kind == "town")
    return any(holder.kind == "country" or sense.admin1 == holder.admin1 for sense in inside)


def _can_hold(holder: Found, held: Found) -> bool:
    if not holder.senses:
        return holder.kind is not None and FINENESS[holder.kind] < FINENESS[held.kind or "point"]
    if not held.senses or held.near:
        return True
    if _coarsest(holder) < _finest(held) or _coarsest(holder) == FINENESS["town"] == _coarsest(held):
        return True
    return holder.key == held.key and holder.kind != held.kind


def _coarsest(name: Found) -> int:
    return min(map(_standing_in, name.senses), default=4)


def _finest(name: Found) -> int:
    return max(map(_standing_in, name.senses), default=5)


def _standing_in(sense: Sense) -> int:
    """How fine a sense is among containers: a lesser division ("Jadida district of Mosul") may lie in a town."""
    return FINENESS["town" if sense.kind == "district" and not sense.notable else sense.kind]


def _datelines(text: str, *, capitals: bool) -> list[Span]:
    spans = []
    for match in _DATELINE.finditer(text):
        names = _DATELINE_WORD.findall(match["head"])
        shouted = bool(names) and names[0].isupper() and len(names[0]) > 2
        agency = "(" in text[match.end("head") : match.end()]
        if len(names) <= 8 and (shouted or agency) and all(name[0].isupper() for name in names if len(name) > 3):
            spans.append(match.span("head"))
        if capitals:
            break
    return spans


def _role(text: str, name: Found, datelines: Sequence[Span], words: Lexicon) -> Role:
    if name.use in ("name_part", "stands_for"):
        return name.use
    if any(start <= name.start and name.end <= end for start, end in datelines):
        return "dateline"
    if _SIDE_WORDS.isdisjoint(name.left):
        return "mention"
    before = text[max(0, name.start - 90) : name.start]
    if _REPORTING.search(before):
        return "dateline"
    if (side := _SIDE.search(before)) and _moves(before[: side.start("side")], words):
        return _SIDES.get(side["side"].lower(), "destination")
    return "mention"


def _moves(before: str, words: Lexicon) -> bool:
    clause = re.split(r"[.;:!?]\s", before)[-1]
    return any(word.strip(",\"'“”") in words.movement for word in clause.lower().split())
