"""What the API is asked: parts of lists, filters, decisions; what is none of them is refused, never left out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from django.http import QueryDict
from ninja import Path, Query, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field, ValidationError, WithJsonSchema, model_validator

from ascertain.desk.selectors.filters import Filters, filters_of
from ascertain.model import Grading, Group, Outcome
from ascertain.record.decision_line import DecisionLine
from ascertain.record.services.deciding import LONGEST_REASON
from ascertain.taxonomy import event_types

MOST = 500
# PostgreSQL knows no text with a null in it.
_WHOLE = r"^[^\x00]*$"
_NULL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_DAY = re.compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_NUMBER = r"-?[0-9]{1,4}(\.[0-9]{1,20})?"

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
After = Annotated[str, Query(max_length=300, pattern=_WHOLE, description="`next` of the page before.")]
Words = Annotated[str, Query(max_length=1000, pattern=_WHOLE, description="Words that it holds, in any script.")]
IncidentId = Annotated[str, Path(pattern=r"^[^\x00/]+$", description="An id that it has or ever had.")]
ReportId = Annotated[str, Path(pattern=r"^[^\x00]+$", description="It may hold slashes.")]


def _known_type(code: str) -> str:
    if code not in event_types():
        raise ValueError(f"no type of event {code!r}; give a code of the taxonomy")
    return code


def _known_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day; write it as 2026-03-01")
    dt.date.fromisoformat(text)
    return text


EventType = Annotated[
    str, AfterValidator(_known_type), WithJsonSchema({"type": "string", "enum": sorted(event_types())})
]
Day = Annotated[
    str, AfterValidator(_known_day), WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY.pattern})
]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


SourceKind = Literal["publisher", "speaker"]


class Chosen(Schema):
    """Which incidents: several values of one filter are alternatives, and all filters must hold."""

    q: Annotated[str, Field(max_length=200, pattern=_WHOLE, description="Words in names, titles or evidence.")] = ""
    type: Annotated[tuple[EventType, ...], Field(max_length=20)] = ()
    grading: Annotated[tuple[Grading, ...], Field(max_length=20)] = ()
    country: Annotated[tuple[Country, ...], Field(max_length=20, description="ISO 3166-1 alpha-2.")] = ()
    place: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    party: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    source: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    first: Annotated[Day | None, Field(alias="from", description="It may have been on this day or later.")] = None
    last: Annotated[Day | None, Field(alias="to", description="It may have been on this day or earlier.")] = None
    bbox: Annotated[
        str | None,
        Field(pattern=f"^{_NUMBER}(,{_NUMBER}){{3}}$", description="west,south,east,north in degrees."),
    ] = None


class Mapped(Chosen):
    """Which incidents, and of whom harm is counted."""

    outcome: Outcome = "killed"
    group: Group = "people"


class DecisionAsked(DecisionLine):
    """A decision to be made: a line as `ascertain decide` takes it; what its kind does not take is left out."""

    incidents: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    versions: Annotated[tuple[int, ...], Field(max_length=100)] = ()
    claims: Annotated[tuple[str, ...], Field(max_length=1000)] = ()
    decision: Annotated[int, Field(ge=1, le=2**62)] | None = None
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""

    @model_validator(mode="after")
    def _tells_what_was_seen(self) -> Self:
        if len(self.versions) != len(self.incidents):
            raise ValueError("'versions' needs one for each of 'incidents': those that were looked at")
        return self


def filters_in(asked: QueryDict) -> Filters:
    """The filters of an address, of which each value was found to be one.

    Raises:
        HttpError: the part of the map is none.

    >>> filters_in(QueryDict("bbox=-180,-90,180,90&type=attack")).query
    'type=attack'
    >>> filters_in(QueryDict("bbox=3,14,15,4"))
    Traceback (most recent call last):
    ninja.errors.HttpError: bbox: no part of the map; give west,south,east,north in degrees, south below north
    """
    _west, south, _east, north = map(float, asked.get("bbox", "0,-90,0,90").split(","))
    if not -90 <= south < north <= 90:
        raise HttpError(422, "bbox: no part of the map; give west,south,east,north in degrees, south below north")
    return filters_of(asked)


def decision_asked(body: bytes) -> DecisionLine:
    """The decision of a body of JSON; a number in quotes is none.

    Raises:
        HttpError: it is no decision.
    """
    if _NULL.search(body):
        raise HttpError(422, "a text holds a null character; leave it out")
    try:
        return DecisionAsked.model_validate_json(body, strict=True)
    except ValidationError as error:
        said = "; ".join(f"{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise HttpError(422, f"this is no decision: {said}") from error
