"""From a name and its sense to a place: its position, how far off it may be, and how precise it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ascertain.model import Place, PlacePrecision, Span
from ascertain.places.containers import HELD
from ascertain.places.gazetteer import Sense
from ascertain.places.lexicon import lexicon
from ascertain.places.mentions import Draft
from ascertain.places.polygons import shape_of
from ascertain.places.relative import Anchor, Offset, Pair, Spot, away_from_unknown, between, by_border, shifted
from ascertain.places.shapes import middle, reach_km

_UNKNOWN_END_KM = 20.0  # how far off the unknown one of "between A and B" may be, half-way

_EDGE, _BEYOND_KM = 1.25, 0.7  # with these, nine in ten true points lie within (docs/places.md)


def placed(text: str, span: Span, draft: Draft, within: Draft | None) -> Place:
    """The place of a draft that covers `span`, in what it lies in."""
    words, sense = text[slice(*span)], draft.sense
    if sense is None:
        return _held(words, span, draft, within)
    at, radius, precision, known = (sense.lat, sense.lon), sense.radius_km, sense.kind, True
    kind = sense.kind
    if (around := lexicon().surroundings.get(draft.name.kind_word or "")) and sense.kind == "town":
        radius, precision, kind, known = radius + around, "district", "district", False
    elif (finer := draft.name.kind) and not draft.name.before and _is_part(finer, sense):
        radius, precision, known = radius + 3, "neighbourhood" if finer in ("neighbourhood", "point") else finer, False
    if draft.offset and span != (draft.name.start, draft.name.end):
        spot: Spot = shifted(draft.offset, Anchor(at, radius, kind, shape_of(sense)))
        at, radius, precision, known = spot.at, spot.radius_km, spot.precision, False
    return Place(
        text=words, span=span, name=sense.name, lat=at[0], lon=at[1], radius_km=_reach(radius, precision),
        precision=precision,
        id=sense.id if known else None, country=sense.country, admin1=sense.admin1,
    )  # fmt: skip


def _held(words: str, span: Span, draft: Draft, within: Draft | None) -> Place:
    """An unknown name takes the position of what it lies in; without that it keeps its words and nothing else."""
    holder = within.sense if within else None
    if holder is None or holder.kind == "country":
        return Place(text=words, span=span, country=holder.country if holder else None)
    small = draft.name.kind in ("neighbourhood", "point") or (draft.name.kind is None and holder.kind == "town")
    precision: PlacePrecision = "neighbourhood" if small else "town"
    around = _extent(holder)
    at, radius = around.at, _reach(around.radius_km + 1, "town")
    if within is not None and (way := _way_from(within, span)):
        spot = shifted(way, around)
        at, radius, precision = spot.at, _reach(spot.radius_km, "town"), "town"
    if draft.offset and draft.offset.manner == "away" and span[0] < draft.name.start:
        spot = away_from_unknown(draft.offset, around)
        radius, precision = _reach(spot.radius_km, "town"), spot.precision
    return Place(
        text=words, span=span, lat=at[0], lon=at[1], radius_km=radius, precision=precision,
        country=holder.country, admin1=holder.admin1,
    )  # fmt: skip


def _way_from(holder: Draft, span: Span) -> Offset | None:
    """How what stands before a place lies to it, where words say so: "Foubé, 45 km north of Kaya"."""
    offset = holder.offset
    told = offset is not None and offset.manner in ("away", "near", "edge") and span[1] <= offset.start
    return offset if told else None


def _extent(holder: Sense) -> Anchor:
    """Where what lies in a place may be: in its polygons where they are known, else about its position."""
    shape = shape_of(holder)
    if shape is None:
        return Anchor((holder.lat, holder.lon), holder.radius_km, holder.kind)
    at = (holder.lat, holder.lon) if holder.kind == "town" else middle(shape)
    return Anchor(at, round(max(reach_km(shape, at), 0.5), 1), holder.kind)


def placed_between(
    text: str, span: Span, drafts: Sequence[Draft], index: int, pair: Pair, within: Draft | None
) -> Place:
    """The place between the names at `index` and after it; where one is unknown, around the other.

    Where both are it is where the words say that they are: `within` what, or by way of it.
    """
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
    words = text[slice(*span)]
    if known is None:
        return _held(words, span, drafts[index], within)
    radius = known.radius_km + _UNKNOWN_END_KM
    if within is not None and within.sense is not None and within.sense.kind == "district":
        radius = min(radius, known.radius_km + within.sense.radius_km)
    return Place(
        text=words, span=span, lat=known.lat, lon=known.lon, radius_km=round(radius, 1), precision="district",
        country=known.country, admin1=known.admin1,
    )  # fmt: skip


def placed_at_border(text: str, span: Span, drafts: Sequence[Draft], index: int, offset: Offset) -> Place:
    """ "Near the border with B": the edge, towards B, of what the sentence or the report tells of."""
    neighbour = drafts[index].sense
    assert neighbour is not None
    holder = _beside_border(text, drafts, index, neighbour)
    if holder is None:
        return placed(text, span, drafts[index]._replace(offset=replace(offset, manner="near")), None)
    spot = by_border(offset, _anchor(holder), _anchor(neighbour))
    return Place(
        text=text[slice(*span)], span=span, name=f"{holder.name} – {neighbour.name}", lat=spot.at[0], lon=spot.at[1],
        radius_km=_reach(spot.radius_km, spot.precision), precision=spot.precision, country=holder.country,
    )  # fmt: skip


def _beside_border(text: str, drafts: Sequence[Draft], index: int, neighbour: Sense) -> Sense | None:
    """Whose border with a neighbour is spoken of: the place told right before or after, else the nearest before."""
    name = drafts[index].name
    others = [
        (draft.name, draft.sense)
        for draft in drafts
        if draft.sense and draft.sense.country != neighbour.country and draft.name.use != "name_part"
    ]
    after = [sense for other, sense in others if other.start >= name.end and HELD.match(text[name.end : other.start])]
    before = [sense for other, sense in others if other.end <= name.start]
    countries = [sense for _, sense in others if sense.kind == "country"]
    return next(iter([*after, *before[-1:], *countries]), None)


def _anchor(sense: Sense) -> Anchor:
    return Anchor((sense.lat, sense.lon), sense.radius_km, sense.kind, shape_of(sense))


def _reach(radius_km: float, precision: PlacePrecision) -> float:
    """How far off an event told there may be: what is told of a place also happens at its edge and a little beyond."""
    if precision in ("region", "country"):
        return radius_km
    return round(_EDGE * radius_km + _BEYOND_KM, 1)


def _is_part(kind: PlacePrecision, sense: Sense) -> bool:
    """Whether the words make of a town a thing inside or about it: "Rafah hospital", "Djibo area"."""
    return sense.kind == "town" and kind in ("neighbourhood", "point", "district", "region")
