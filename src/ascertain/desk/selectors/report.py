"""The page of a report: its text with the words that claims stand on, its claims, where it came from, what it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ascertain.desk.marking import Mark, marked, marks_of
from ascertain.model import Claim, Figure, Reading
from ascertain.record.models import IncidentClaim, LineageRow, Receipt, ReportRow
from ascertain.record.selectors.readings import readings_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text as it came, from which character on, with its marks."""

    at: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim of the report: its key in marks (`c1/`), and the incident that it is in."""

    claim: Claim
    key: str
    words: str
    incident: str | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures; a claim of a kind without any has none."""
        return tuple(getattr(self.claim, "figures", ()))

    @property
    def type(self) -> str:
        """What is claimed, as a code: the type of an event, the sector of a condition, else its kind."""
        return str(getattr(self.claim, "type", None) or getattr(self.claim, "sector", None) or self.claim.kind)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as it is looked at; `copies` are reports that took their words from it, `origin` the one that it took
    its own from."""

    report: ReportRow
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[ClaimTold, ...]
    arrivals: tuple[Receipt, ...]
    incidents: tuple[str, ...]
    origin: str | None
    copies: tuple[str, ...]


def report_page(report: ReportRow) -> ReportPage:
    """The page of a report."""
    reading = next(iter(readings_of([report.pk], with_sketches=False)), None)
    held = dict(IncidentClaim.objects.filter(report=report).values_list("claim", "incident_id"))
    origin = LineageRow.objects.filter(pk=report.pk).values_list("origin", flat=True).first()
    copies = LineageRow.objects.filter(origin=report.pk).exclude(pk=report.pk).order_by("pk")
    return ReportPage(
        report,
        tuple(_paragraphs(report.text, _marks(reading))),
        tuple(_claims(report, reading, held)),
        tuple(_arrivals(report.receipt)),
        tuple(dict.fromkeys(sorted(held.values()))),
        origin if origin != report.pk else None,
        tuple(copies.values_list("pk", flat=True)[:A_PAGE]),
    )


def _marks(reading: Reading | None) -> list[Mark]:
    return [mark for claim in (reading.claims if reading else ()) for mark in marks_of(claim, under=f"{claim.id}/")]


def _paragraphs(text: str, marks: list[Mark]) -> Iterator[Paragraph]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Paragraph(at, marked(text, marks, at, at + len(line)))
        at += len(line)


def _claims(report: ReportRow, reading: Reading | None, held: dict[str, str]) -> Iterator[ClaimTold]:
    for claim in sorted(reading.claims if reading else (), key=lambda claim: claim.evidence):
        words = " … ".join(report.text[slice(*span)] for span in claim.evidence)
        yield ClaimTold(claim, f"{claim.id}/", words, held.get(claim.id))


def _arrivals(receipt: Receipt) -> Iterator[Receipt]:
    """The arrival of what the report was found in, and of all that this was enclosed in, the outermost last."""
    arrival: Receipt | None = receipt
    while arrival is not None:
        yield arrival
        arrival = arrival.within
