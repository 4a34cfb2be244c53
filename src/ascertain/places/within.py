"""Which place lies in which, as far as gazetteers can tell, and the names that are told with what they lie in."""

from __future__ import annotations

import re

from ascertain.places.containers import LIST_GOES_ON
from ascertain.places.found import Found
from ascertain.places.gazetteer import Sense
from ascertain.places.geometry import distance_km
from ascertain.places.names import fold
from ascertain.places.polygons import is_within
from ascertain.places.stretch import Stretch

_HOLDER_AFTER = re.compile(
    r"(?P<link>,\s(?:in\s)?|\s\(|\sin\s)(?:the\s)?(?P<first>[A-Z][\w.’'-]+)(?P<second>\s[A-Z][\w’'-]+)?"
)


def lies_in(sense: Sense, holder: Sense, *, nearly: bool = False) -> bool:
    """Whether a place is in another: by polygons where they are known, else by divisions and distance."""
    if holder.kind != "country" and (inside := is_within((sense.lat, sense.lon), holder, nearly=nearly)) is not None:
        return inside
    if holder.country is not None and sense.country != holder.country:
        return False
    if holder.kind == "country":
        return True
    if holder.kind == "region" and holder.admin1 is not None and holder.admin1 == sense.admin1:
        return True
    if holder.id.startswith("geonames-admin1:") and sense.admin1 is not None:
        return False
    return distance_km((sense.lat, sense.lon), (holder.lat, holder.lon)) <= 1.2 * holder.radius_km + 15


def is_seated(stretch: Stretch, name: Found) -> bool:
    """Whether a place follows that one of this name lies in: "Price, Utah", "Hugo, Okla.", "Al Shouka, Rafah"."""
    match = _HOLDER_AFTER.match(stretch.text, name.end)
    if match is None or name.senses[0].kind == "country":
        return False
    ordinary = stretch.words.is_ordinary(name.key)
    listed = LIST_GOES_ON.match(stretch.text, match.end()) is not None
    holders = [
        holder
        for holder in _holders(stretch, match, ordinary=ordinary)
        if _is_state(holder) or not (listed or ordinary or holder.kind == "region")
    ]
    return any(_may_hold(holder, sense) for holder in holders for sense in name.senses)


def _is_state(holder: Sense) -> bool:
    """Whether a place is a country or a first-level division, which are written after any town of theirs."""
    return holder.kind == "country" or holder.id.startswith("geonames-admin1:")


def _holders(stretch: Stretch, match: re.Match[str], *, ordinary: bool) -> tuple[Sense, ...]:
    """What may be meant by the capitalised words after the name: by two of them, else by the first."""
    words = match["first"]
    whole = words + (match["second"] or "")
    forms = stretch.words.short_forms
    begun = match["second"] is not None and fold(words) in stretch.words.links  # "La Libertad" is not in Louisiana
    short = forms.get(words) or forms.get(f"{words}.") if not begun else None
    senses = stretch.gazetteer.senses(fold(short.name if short else whole))
    return senses if ordinary else senses or stretch.gazetteer.senses(fold(words))


def _may_hold(holder: Sense, sense: Sense) -> bool:
    """Whether a place is written before the name of another for lying in it."""
    if holder.id == sense.id or sense.country != holder.country:
        return False
    if holder.added and sense.added and holder.kind == "town":
        return False  # of names of villages, which people bear too, one is no proof of the other
    if holder.kind == "country":
        return True
    if holder.id.startswith("geonames-admin1:"):
        return sense.admin1 == holder.admin1
    return lies_in(sense, holder)
