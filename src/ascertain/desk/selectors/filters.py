"""What somebody asked to see of the incidents: read from the address of a page, and written into one.

What cannot be followed – a day that is none, a code that is not known – is left out, so that a mistyped address shows
too much rather than nothing; the form shows what was followed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.http import QueryDict

from ascertain.desk.naming import GRADINGS, GROUPS, OUTCOMES, TYPES
from ascertain.release.charts import Step
from ascertain.release.charts.scales import STEPS

SORTS = ("-start", "start", "-killed", "killed", "place", "type", "-sources", "grading")
BY = ("place", "admin1", "country", "group", "type", "party")
_LONGEST = 200
_MOST_VALUES = 20
_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, in degrees; where west is greater than east it holds the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return ",".join(
            f"{side:.4f}".rstrip("0").rstrip(".") for side in (self.west, self.south, self.east, self.north)
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """Which incidents are shown, of whom harm is counted (`outcome`, `group`), and how.

    Several values of one field are alternatives; several fields must all hold. `first` and `last` are days; an incident
    is within them where any day that it may have been is.
    """

    words: str = ""
    type: tuple[str, ...] = ()
    grading: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    outcome: str = "killed"
    group: str = "people"
    first: dt.date | None = None
    last: dt.date | None = None
    box: Box | None = None
    step: Step | None = None
    by: str = "place"
    sort: str = "-start"
    page: int = 1

    @property
    def query(self) -> str:
        """The part of an address after the question mark; only what differs from what is shown by itself.

        >>> Filters(type=("attack",), page=2).query
        'type=attack&page=2'
        """
        told = [
            (_IN_ADDRESS.get(field.name, field.name), one)
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
            for one in (value if isinstance(value, tuple) else (value,))
        ]
        return urlencode(told)

    @property
    def shared(self) -> str:
        """As `query`, without which page of the table is shown."""
        return replace(self, page=1).query

    def sorted_by(self, sort: str) -> Filters:
        """The same selection in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> Filters:
        """Another page of the same table."""
        return replace(self, page=page)

    def over(self, step: Step | None) -> Filters:
        """The same selection with other bars of the timeline."""
        return replace(self, step=step, page=1)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        kept = {"outcome", "group", "step", "by", "sort", "page"}
        return any(getattr(self, field.name) != field.default for field in fields(self) if field.name not in kept)


_IN_ADDRESS: Mapping[str, str] = {"words": "q", "first": "from", "last": "to", "box": "bbox"}


def filters_of(asked: QueryDict) -> Filters:
    """What an address asks for.

    >>> filters_of(QueryDict("type=attack&type=nonsense&from=2024-02-30&to=2024-03-01")).query
    'type=attack&to=2024-03-01'
    """
    return Filters(
        words=(asked.get("q") or "").strip()[:_LONGEST],
        type=_codes(asked, "type", TYPES),
        grading=_codes(asked, "grading", GRADINGS),
        country=_values(asked, "country"),
        place=_values(asked, "place"),
        party=_values(asked, "party"),
        source=_values(asked, "source"),
        outcome=_one(asked, "outcome", OUTCOMES, "killed"),
        group=_one(asked, "group", GROUPS, "people"),
        first=_day(asked.get("from")),
        last=_day(asked.get("to")),
        box=_box(asked.get("bbox")),
        step=next((step for step in STEPS if step == asked.get("step")), None),
        by=_one(asked, "by", BY, "place"),
        sort=_one(asked, "sort", SORTS, "-start"),
        page=_page(asked.get("page")),
    )


def _values(asked: QueryDict, name: str) -> tuple[str, ...]:
    given = (value.strip()[:_LONGEST].replace("\x00", "") for value in asked.getlist(name))
    return tuple(dict.fromkeys(value for value in given if value))[:_MOST_VALUES]


def _codes(asked: QueryDict, name: str, known: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in _values(asked, name) if value in known)


def _one(asked: QueryDict, name: str, known: Collection[str], otherwise: str) -> str:
    value = asked.get(name) or ""
    return value if value in known else otherwise


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def _page(text: str | None) -> int:
    return min(max(int(text), 1), _PAGES) if text and text.isdecimal() and len(text) < 8 else 1


def _box(text: str | None) -> Box | None:
    try:
        west, south, east, north = (float(side) for side in (text or "").split(","))
    except ValueError:
        return None
    if not all(map(math.isfinite, (west, south, east, north))) or not -90 <= south < north <= 90:
        return None
    return None if east - west >= 360 else Box(_turned(west), south, _turned(east), north)


def _turned(degrees: float) -> float:
    """The same meridian between -180 and 180."""
    return degrees if -180 <= degrees <= 180 else (degrees + 180) % 360 - 180
