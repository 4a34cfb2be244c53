"""Positions that a text gives in figures, as places; a short plus code is completed by the town told with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ascertain.model import Place, Span
from ascertain.places.coordinates import Written, written_positions
from ascertain.places.geometry import KM_PER_DEGREE, distance_km
from ascertain.places.grid import Area, full_plus_code, plus_code_area

_SAME_PLACE_KM = 50.0
_SHORT_CODE_KM = 25.0  # how far beyond its town a short plus code may lie; farther, code or town is a slip


def written_places(text: str, named: Sequence[Place]) -> list[Place]:
    """The positions that a text gives in figures; a short plus code is completed by the place told with it."""
    found = []
    for one in written_positions(text):
        if one.doubtful and not _is_of_place_before(text, one, named):
            continue
        at, radius = one.at, one.radius_km
        if one.short_code is not None:
            area = _short_code_area(text, one.short_code, one.span, named)
            if area is None:
                continue
            at, radius = area.at, max(radius, area.degrees * KM_PER_DEGREE / 2)
        found.append(
            Place(
                text=text[slice(*one.span)], span=one.span, name=_named(*at), lat=at[0], lon=at[1],
                radius_km=round(radius, 3), precision="point",
            )
        )  # fmt: skip
    return found


def is_written(place: Place) -> bool:
    """Whether a place is a position that a text gives in figures."""
    return place.lat is not None and place.lon is not None and place.name == _named(place.lat, place.lon)


def _named(lat: float, lon: float) -> str:
    return f"{lat:.6g}, {lon:.6g}"


def _is_of_place_before(text: str, one: Written, named: Sequence[Place]) -> bool:
    """Whether a place that lies there is named right before the bracket: "Nyala (12.05, 24.88)"."""
    return any(
        place.lat is not None
        and place.lon is not None
        and text[place.span[1] : one.span[0]].strip() in ("(", "[")
        and distance_km((place.lat, place.lon), one.at) <= (place.radius_km or 0) + _SAME_PLACE_KM
        for place in named
    )


def _short_code_area(text: str, code: str, span: Span, named: Sequence[Place]) -> Area | None:
    """The area of a short plus code by the town after it, else by the last town before it; `None` far from that."""
    known = [place for place in named if place.lat is not None and place.precision not in ("region", "country")]
    after = [place for place in known if not text[span[1] : place.span[0]].strip(" ,") and place.span[0] >= span[1]]
    before = [place for place in known if place.span[1] <= span[0]]
    near = after[0] if after else before[-1] if before else None
    if near is None or near.lat is None or near.lon is None:
        return None
    full = full_plus_code(code, (near.lat, near.lon))
    area = plus_code_area(full) if full else None
    if area is None or distance_km(area.at, (near.lat, near.lon)) > (near.radius_km or 0) + _SHORT_CODE_KM:
        return None
    return area


def apart_from(written: Sequence[Place], places: Iterable[Place]) -> list[Place]:
    """The places that no written position covers."""
    spans = [place.span for place in written]
    return [place for place in places if not any(a < place.span[1] and place.span[0] < b for a, b in spans)]
