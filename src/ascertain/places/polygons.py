"""The polygons of places: which are a place's, and whether a spot lies in them."""

from __future__ import annotations

from functools import lru_cache

from ascertain.places import shapes
from ascertain.places.gazetteer import Gazetteer, Sense, open_gazetteer
from ascertain.places.geometry import Position, distance_km, moved
from ascertain.places.names import fold
from ascertain.places.shapes import Shape

_SAME_SIZE = 4
_BESIDE_KM = 1.5  # a point and a boundary that two sources give differ so much
_WAYS = (0.0, 90.0, 180.0, 270.0)


def shape_of(sense: Sense) -> Shape | None:
    """The polygons of a place: its own, or those of a namesake of its country and size in which it lies."""
    return _shape_of(open_gazetteer(), sense)


def is_within(at: Position, holder: Sense, *, nearly: bool = False) -> bool | None:
    """Whether a spot lies in a place, by polygons; `None` where none are known of it.

    A town is also what is ruled from it: the division of its name in which it lies. A spot is `nearly` within so little
    beyond a boundary as two sources may differ by.
    """
    gazetteer = open_gazetteer()
    shape = _shape_of(gazetteer, holder) or _ruled_from(gazetteer, holder)
    if shape is None:
        return None
    if holder.kind == "town" and distance_km(at, (holder.lat, holder.lon)) <= holder.radius_km:
        return True
    spots = [at, *(moved(at, way, _BESIDE_KM) for way in _WAYS if nearly)]
    return any(shapes.contains(shape, spot) for spot in spots)


def has_polygons(sense: Sense) -> bool:
    """Whether polygons of a place itself are known."""
    return open_gazetteer().polygon(sense.id) is not None


@lru_cache(4096)
def _shape_of(gazetteer: Gazetteer, sense: Sense) -> Shape | None:
    if shape := gazetteer.polygon(sense.id):
        return shape
    return _around(gazetteer, sense, [other for other in _namesakes(gazetteer, sense) if _is_of_size(sense, other)])


@lru_cache(4096)
def _ruled_from(gazetteer: Gazetteer, town: Sense) -> Shape | None:
    """The polygons of the lesser division that bears a town's name."""
    if town.kind != "town":
        return None
    return _around(gazetteer, town, [other for other in _namesakes(gazetteer, town) if other.kind == "district"])


def _namesakes(gazetteer: Gazetteer, sense: Sense) -> list[Sense]:
    """The other places of the same name and country."""
    return [
        other for other in gazetteer.senses(fold(sense.name)) if other.country == sense.country and other.id != sense.id
    ]


def _around(gazetteer: Gazetteer, sense: Sense, others: list[Sense]) -> Shape | None:
    """The polygons of the first of the others that hold a place."""
    held = (other for other in others if gazetteer.contains(other.id, (sense.lat, sense.lon)))
    return next((gazetteer.polygon(other.id) for other in held), None)


def _is_of_size(sense: Sense, other: Sense) -> bool:
    """Whether a namesake is of the same size, so that a village does not take the polygon of its province."""
    if "country" in (sense.kind, other.kind):
        return sense.kind == other.kind
    return other.radius_km <= _SAME_SIZE * sense.radius_km + 5
