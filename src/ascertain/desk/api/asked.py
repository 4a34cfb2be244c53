"""What may be asked for in the address of a request. What is not known is refused: nobody gets more than they asked
for because of a mistyped code."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from ascertain.desk.api.answers import UnfitError
from ascertain.desk.naming import GRADINGS, TYPES
from ascertain.desk.selectors.filters import Box, Filters
from ascertain.model import Group, Outcome, Sector

MOST, USUAL = 500, 100
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Field(max_length=255, pattern=r"^[^\x00]*$")]
Codes = Annotated[list[Text], Field(max_length=20)]
Many = Annotated[int, Field(ge=1, le=MOST)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]

Sides = Annotated[str, Field(max_length=100, pattern=r"^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$")]


class Page(Schema):
    """A part of a list: those that come after one, by the `next` of the answer before."""

    after: Id = ""
    limit: Many = USUAL


class NumberedPage(Schema):
    """A part of a numbered list: those that come after a number, by the `next` of the answer before."""

    after: Annotated[int, Field(ge=0, lt=2**62)] = 0
    limit: Many = USUAL


class Chosen(Schema):
    """Which incidents; several values of one field are alternatives, several fields must all hold. `bbox` is west,
    south, east, north in degrees. `outcome` and `group` say which harm GeoJSON gives the range of."""

    q: Text = ""
    type: Codes = Field(default_factory=list)
    grading: Codes = Field(default_factory=list)
    country: Annotated[list[Country], Field(max_length=20)] = Field(default_factory=list)
    place: Codes = Field(default_factory=list)
    party: Codes = Field(default_factory=list)
    source: Codes = Field(default_factory=list)
    first: dt.date | None = Field(None, alias="from")
    last: dt.date | None = Field(None, alias="to")
    bbox: Sides | None = None
    outcome: Outcome = "killed"
    group: Group = "people"


class ChosenPage(Chosen):
    """A part of the incidents; `status` is one of those that stand, `since` gives those that changed since then."""

    status: Literal["open", "accepted"] | None = None
    since: AwareDatetime | None = None
    after: Id = ""
    limit: Many = USUAL


class ReportsPage(Page):
    """A part of the reports; of words that very many hold, those among the five thousand that came last."""

    q: Text = ""
    publisher: Text = ""
    first: dt.date | None = Field(None, alias="from")
    last: dt.date | None = Field(None, alias="to")


class ClaimsPage(Schema):
    """A part of the claims, `limit` reports at a time."""

    kind: Literal["event", "toll", "condition", "negotiation"] | None = None
    after: Id = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class ConditionsPage(NumberedPage):
    """A part of the weeks."""

    sector: Sector | None = None
    country: Country | None = None


class SourcesAsked(Schema):
    """Which sources: at most a hundred, those with most in the record."""

    kind: Literal["publisher", "speaker"] = "publisher"
    q: Text = ""


class SourceAsked(Schema):
    """Which source."""

    kind: Literal["publisher", "speaker"]
    name: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]


def filters_asked(asked: Chosen) -> Filters:
    """The filters of the desk's pages.

    Raises:
        UnfitError: a code is not known, or the box is none.
    """
    for name, known in (("type", TYPES), ("grading", GRADINGS)):
        for code in getattr(asked, name):
            if code not in known:
                raise UnfitError(f"{name} {code!r} is not known; give one of {', '.join(sorted(known))}")
    return Filters(
        words=asked.q.strip(),
        type=tuple(asked.type),
        grading=tuple(asked.grading),
        country=tuple(asked.country),
        place=tuple(asked.place),
        party=tuple(asked.party),
        source=tuple(asked.source),
        outcome=asked.outcome,
        group=asked.group,
        first=asked.first,
        last=asked.last,
        box=_box(asked.bbox),
    )


def _box(sides: str | None) -> Box | None:
    if sides is None:
        return None
    west, south, east, north = map(float, sides.split(","))
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        raise UnfitError("bbox is no part of the map; give west,south,east,north in degrees")
    return Box(west, south, east, north)
