"""The place that a series is of, and when two places are one."""

from __future__ import annotations

from ascertain.model import Place, SeriesPlace

UNTOLD = "report"

AreaKey = tuple[str, ...]
"""`("id", …)`, `("country", code, admin1)`, `("words", …)`, or `("report", origin)` for a place that is not told."""


class Areas:
    """The places met so far, one for each key; which of several spellings is kept does not depend on the order."""

    def __init__(self) -> None:
        self._keys: dict[AreaKey, AreaKey] = {}
        self._places: dict[AreaKey, tuple[str, ...]] = {}

    def key(self, place: Place | None, origin: str) -> AreaKey:
        """What tells the place from others; an unknown place is nobody else's."""
        key = _key(place, origin)
        key = self._keys.setdefault(key, key)
        if place is not None:
            told = _as_strings(place, key)
            kept = self._places.get(key)
            if kept is None or told < kept:
                self._places[key] = told
        return key

    def place(self, key: AreaKey) -> SeriesPlace | None:
        """The place of a key; `None` where it is unknown."""
        if key not in self._places:
            return None
        values = (value or None for value in self._places[key])
        return SeriesPlace.model_validate(dict(zip(SeriesPlace.model_fields, values, strict=True)))

    def rank(self, key: AreaKey) -> tuple[object, ...]:
        """Places by country and name, the unknown ones last."""
        told = self._places.get(key)
        return (True, key) if told is None else (False, told[4] or "~", told[1] or told[2], key)


def _key(place: Place | None, origin: str) -> AreaKey:
    if place is None:
        return UNTOLD, origin
    if place.id is not None:
        return "id", place.id
    if place.country is not None:
        return "country", place.country, place.admin1 or ""
    return "words", " ".join(place.text.casefold().split())


def _as_strings(place: Place, key: AreaKey) -> tuple[str, ...]:
    """The fields of a `SeriesPlace`, empty where unknown."""
    if key[0] == "id":
        return key[1], place.name or "", "", place.precision or "", place.country or "", place.admin1 or ""
    if key[0] == "country":
        return "", "", "", "region" if key[2] else "country", key[1], key[2]
    return "", "", " ".join(place.text.split()), "", "", ""
