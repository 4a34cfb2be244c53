"""Events: the claims of one report about one thing that happened; the unit that is linked into incidents.

In: a reading. Out: its `Event`s. Denied, planned, threatened and hypothetical events are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from ascertain.model import EventClaim, Reading, ReportHeader, Sketch, TollClaim

HAPPENED = ("asserted", "alleged")
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")


@dataclass(frozen=True, slots=True)
class Event:
    """The claims of one report about one event; `main` marks the event that the report is mainly about, and `tolls` are
    the cumulative tolls that the report gives beside that one.

    A report in which nothing was claimed to have happened is one event without claims: other reports may tell what it
    is about, and its opening sentence is the evidence.
    """

    report: ReportHeader
    claims: tuple[EventClaim, ...]
    main: bool = False
    sketch: Sketch | None = None
    tolls: tuple[TollClaim, ...] = ()

    @property
    def id(self) -> str:
        """The id of its first claim, with the report's before it: `r1/c3`; `r1/` where nothing is claimed."""
        return f"{self.report.id}/{self.claims[0].id if self.claims else ''}"


def events_of(reading: Reading) -> tuple[Event, ...]:
    """The events that a report says happened, in the order of its claims, one of them marked as the main one."""
    together: dict[str, list[EventClaim]] = {}
    for claim in reading.claims:
        if isinstance(claim, EventClaim) and claim.modality in HAPPENED:
            together.setdefault(claim.event or claim.id, []).append(claim)
    groups = [tuple(claims) for claims in together.values()]
    first = min(groups, key=_rank, default=None)
    tolls = tolls_of(reading)
    return tuple(
        Event(reading.report, group, group is first, reading.sketch, tolls if group is first else ())
        for group in groups
    )


def stories_of(reading: Reading) -> tuple[Event, ...]:
    """The events of a report, or where it claims none the report itself, as something that others may tell of too;
    nothing where no sentence of it is known that could show so."""
    if events := events_of(reading):
        return events
    shown = reading.sketch is not None and reading.sketch.opening is not None
    return (Event(reading.report, (), True, reading.sketch, tolls_of(reading)),) if shown else ()


def tolls_of(reading: Reading) -> tuple[TollClaim, ...]:
    """The cumulative tolls of a report."""
    return tuple(claim for claim in reading.claims if isinstance(claim, TollClaim))


def _rank(claims: tuple[EventClaim, ...]) -> tuple[object, ...]:
    """Order of importance within a report: political violence before all else, which a protest is where people were
    killed; then harm, then what is told first."""
    harmed = [figure.outcome for claim in claims for figure in claim.figures if figure.high != 0]
    acled = claims[0].acled
    violent = acled is not None and (acled.event_type in VIOLENT or "killed" in harmed)
    return (not violent, not harmed, min(claim.evidence[0] for claim in claims))
