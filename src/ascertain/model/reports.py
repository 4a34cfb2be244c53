"""Reports as received, and a reading: a report's claims."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from ascertain.model.claims import Claim, Frozen, Place, Span


class ReportHeader(Frozen):
    """What is known of a report but its text."""

    id: Annotated[str, Field(min_length=1)]
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


class Report(ReportHeader):
    """One document as received; `text` is never altered, and all spans count its code points."""

    text: str

    @property
    def header(self) -> ReportHeader:
        """The report without its text, as `claims.jsonl` repeats it."""
        return ReportHeader.model_construct(**{name: getattr(self, name) for name in ReportHeader.model_fields})


class Sketch(Frozen):
    """What is kept of a report's wording, so that reports can be compared without their texts.

    `words` are its content words, each once, in the order of the text, and `at` where each begins (`None` for one that
    only the title has); `shingles` are the smallest hashes of its runs of words, by which copies are told; `opening` is
    where the first sentence stands.
    """

    words: tuple[str, ...] = ()
    at: tuple[int | None, ...] = ()
    shingles: tuple[int, ...] = ()
    opening: Span | None = None


class Reading(Frozen):
    """What was read in one report: a line of `claims.jsonl`. `sketch` is there once a run has made it."""

    report: ReportHeader
    claims: tuple[Claim, ...] = ()
    sketch: Sketch | None = None


class ReportId(Frozen):
    """Which report a line is about."""

    id: Annotated[str, Field(min_length=1)]


class ReportPlaces(Frozen):
    """The place names of one report, in the order of the text: a line of `places.jsonl`."""

    report: ReportId
    places: tuple[Place, ...] = ()
