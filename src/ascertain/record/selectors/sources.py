"""Sources: publishers and those whom reports quote; what they said, and how often independent others say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from ascertain.model import Claim, EventClaim, ReportHeader
from ascertain.record.models import IncidentClaim, LineageRow, ReportRow, SourceNote, TraitRow
from ascertain.record.models.found_by import SOURCE
from ascertain.record.selectors.readings import readings_of

A_PAGE, STATEMENTS, COMPARED = 100, 30, 300
Range = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in the list: in how many incidents it is heard; of a publisher also how many reports are its own."""

    kind: str
    name: str
    incidents: int
    reports: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source said: a claim (`r1/c3`), the words of its first evidence, in which incident, in which report."""

    claim: str
    words: str
    incident: str
    report: ReportHeader


@dataclass(frozen=True, slots=True)
class Compared:
    """How often a source's number of people killed fits what independent others say: of `incidents` in which both give
    one, in how many the ranges share a number."""

    incidents: int
    fits: int


def publishers(words: str = "") -> tuple[SourceLine, ...]:
    """Publishers by how many reports they have in the record, the most first."""
    rows = ReportRow.objects.exclude(publisher=None).exclude(publisher="")
    if words:
        rows = rows.filter(publisher__icontains=words)
    told = rows.values("publisher").annotate(n=Count("pk"), first=Min("published"), last=Max("published"))
    page = list(told.order_by("-n", "publisher")[:A_PAGE])
    heard = _heard([str(row["publisher"]) for row in page])
    lines = ((str(row["publisher"]), row["n"], row["first"], row["last"]) for row in page)
    return tuple(SourceLine("publisher", name, heard.get(name, 0), *rest) for name, *rest in lines)


def speakers(words: str = "") -> tuple[SourceLine, ...]:
    """Those whom reports quote, by the words that name them, by how many incidents they are heard in."""
    rows = TraitRow.objects.filter(kind=SOURCE)
    if words:
        rows = rows.filter(value__icontains=words)
    own = ReportRow.objects.exclude(publisher=None).values("publisher")
    told = rows.exclude(value__in=own).values("value").annotate(n=Count("pk")).order_by("-n", "value")[:A_PAGE]
    return tuple(SourceLine("speaker", row["value"], row["n"], 0, None, None) for row in told)


def incidents_of(name: str) -> int:
    """In how many incidents a source is heard."""
    return TraitRow.objects.filter(kind=SOURCE, value=name[:200]).count()


def statements(kind: str, name: str) -> tuple[Statement, ...]:
    """What a source said last, of what is in incidents."""
    heard = [one for claims in _by_incident(name, STATEMENTS) for one in claims if _is_of(kind, name, one)]
    last = sorted(heard, key=lambda one: (one.report.published or dt.date.min, one.name), reverse=True)[:STATEMENTS]
    texts = dict(ReportRow.objects.filter(pk__in={one.report.id for one in last}).values_list("pk", "text"))
    return tuple(
        Statement(one.name, texts[one.report.id][slice(*one.claim.evidence[0])], one.incident, one.report)
        for one in last
    )


def compared(kind: str, name: str) -> Compared:
    """How often independent others agree, over the latest incidents in which the source is heard."""
    both = fits = 0
    for claims in _by_incident(name, COMPARED):
        own = [one for one in claims if _is_of(kind, name, one)]
        origins = {one.origin for one in own}
        others = [one for one in claims if one.origin not in origins and not _is_of(kind, name, one)]
        mine, theirs = _range(own), _range(others)
        if mine and theirs:
            both += 1
            fits += _share_a_number(mine, theirs)
    return Compared(both, fits)


def notes_on(kind: str, name: str) -> tuple[SourceNote, ...]:
    """All that was noted about a source, the newest first."""
    rows = SourceNote.objects.filter(kind=kind, source=name).select_related("person").order_by("-pk")
    return tuple(rows)


def _heard(names: Sequence[str]) -> dict[str, int]:
    rows = TraitRow.objects.filter(kind=SOURCE, value__in=[name[:200] for name in names])
    return dict(rows.values_list("value").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A claim of an incident: its name, the incident, the report that makes it and where that was first told."""

    name: str
    incident: str
    report: ReportHeader
    claim: Claim
    origin: str


def _by_incident(source: str, most: int) -> list[list[_Heard]]:
    """The claims of each of the latest incidents in which a source is heard."""
    rows = TraitRow.objects.filter(kind=SOURCE, value=source[:200], incident__gone=False)
    ids = list(rows.order_by("-incident__start", "incident").values_list("incident_id", flat=True)[:most])
    held = IncidentClaim.objects.filter(incident__in=ids).exclude(claim="")
    where = {f"{report}/{claim}": id for id, report, claim in held.values_list("incident_id", "report_id", "claim")}
    reports = sorted({name.rpartition("/")[0] for name in where})
    origins = dict(LineageRow.objects.filter(pk__in=reports).values_list("pk", "origin"))
    grouped: dict[str, list[_Heard]] = {id: [] for id in ids}
    for reading in readings_of(reports):
        for claim in reading.claims:
            name, report = f"{reading.report.id}/{claim.id}", reading.report
            if incident := where.get(name):
                heard = _Heard(name, incident, report, claim, origins.get(report.id) or report.id)
                grouped[incident].append(heard)
    return list(grouped.values())


def _is_of(kind: str, source: str, heard: _Heard) -> bool:
    """Whether a source makes a claim: a publisher by its report, a speaker by its words."""
    if kind == "publisher":
        return heard.report.publisher == source
    return source in (" ".join(said.text.split()) for said in heard.claim.said_by)


def _range(heard: Sequence[_Heard]) -> Range | None:
    """The least and the most of people killed that claims tell of an incident, where they tell any."""
    told = [
        figure
        for one in heard
        if isinstance(one.claim, EventClaim) and one.claim.modality == "asserted"
        for figure in one.claim.figures
        if (figure.outcome, figure.group) == ("killed", "people") and (figure.low, figure.high) != (None, None)
    ]
    if not told:
        return None
    highest = [figure.high for figure in told]
    return min(figure.low or 0 for figure in told), None if None in highest else max(filter(None, highest), default=0)


def _share_a_number(one: Range, other: Range) -> bool:
    """Whether two ranges have a number in common.

    >>> _share_a_number((13, None), (15, 17)), _share_a_number((1, 4), (5, 9))
    (True, False)
    """
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])
