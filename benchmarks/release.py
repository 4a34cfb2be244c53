"""How long a release takes, and how much memory, as the record grows: incidents made directly as values.

    python benchmarks/release.py --incidents 1000000 [--profile public] [--series 3] [--no-page]

`--series 3`: every third report tells a toll, a condition and talks, too, which are put together as for a record.
Writes one line of JSON: incidents, seconds, seconds of one core, peak memory in MiB (of this process), and MiB on disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ascertain.incidents.series import Series, gather
from ascertain.model import (
    Actor,
    Attribution,
    ConditionClaim,
    ConditionWeek,
    EventClaim,
    Figure,
    Incident,
    IncidentActor,
    IncidentFigure,
    Negotiation,
    NegotiationClaim,
    Place,
    Reading,
    ReportHeader,
    TollClaim,
    TollSeries,
    When,
)
from ascertain.model.claims import Claim
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release
from ascertain.release.state import Facts, Standing
from ascertain.taxonomy import event_types

_FIRST = dt.date(1990, 1, 1)
_TYPE = "air_drone_strike"
_ACTORS = (
    IncidentActor(role="perpetrator", text="fighters", kind="rebel_group"),
    IncidentActor(role="target", text="people", kind="civilians"),
)


@dataclass(frozen=True)
class MadeState:
    """So many incidents, each told by one report with one claim; one report in `series` also tells of series, none
    where that is 0."""

    count: int
    series: int = 0

    @property
    def facts(self) -> Facts:
        """Made up."""
        return Facts("made", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "ascertain", ("made 1",), f"1:{'ab' * 32}")

    def without(self, reports: Collection[str]) -> MadeState:
        """The same: no report is marked."""
        del reports
        return self

    def incidents(self) -> Iterator[Standing]:
        """Each at a place and on a day of its own."""
        return (Standing(_incident(number)) for number in range(self.count))

    def readings(self) -> Iterator[Reading]:
        """A report for each."""
        return (self._reading(number) for number in range(self.count))

    def tolls(self) -> Iterator[TollSeries]:
        """As they are put together out of a record."""
        return self._told("toll").tolls()

    def conditions(self) -> Iterator[ConditionWeek]:
        """As they are put together out of a record."""
        return self._told("condition").conditions()

    def negotiations(self) -> Iterator[Negotiation]:
        """As they are put together out of a record."""
        return self._told("negotiation").negotiations()

    def _told(self, kind: str) -> Series:
        numbers = range(0, self.count, self.series) if self.series else range(0)
        readings = (_header(number, tuple(c for c in _series(number) if c.kind == kind)) for number in numbers)
        return gather(readings)

    def _reading(self, number: int) -> Reading:
        told = _series(number) if self.series and number % self.series == 0 else ()
        return _header(number, (_event(number), *told))


def _when(number: int) -> When:
    day = _FIRST + dt.timedelta(days=number % 13_000)
    return When(start=day, end=day, precision="day")


def _place(number: int) -> Place:
    return Place(
        text="Djibo",
        span=(0, 5),
        name="Djibo",
        lat=number % 50_000 % 160 - 80,
        lon=number % 50_000 / 160 - 156,
        radius_km=1 + number % 50_000 % 40,
        precision="town",
        id=f"made:{number % 50_000}",
        country="BF",
        admin1="12",
    )


def _incident(number: int) -> Incident:
    killed = number % 50
    return Incident(
        id=f"i{number:012x}",
        type=_TYPE,
        acled=event_types()[_TYPE].acled,
        when=_when(number),
        where=_place(number),
        figures=(
            IncidentFigure(outcome="killed", group="people", low=killed, best=killed + 1, high=killed + 3),
            IncidentFigure(outcome="injured", group="people", low=killed),
        ),
        actors=_ACTORS,
        means=("aircraft",),
        reports=(f"report-{number}",),
        claims=(f"report-{number}/c1",),
        primary_for=(f"report-{number}",),
        sources=1,
        grading="single_source",
        policy="ascertain",
    )


def _event(number: int) -> EventClaim:
    killed = number % 50
    figure = Figure(outcome="killed", group="people", low=killed, high=killed + 3, text="some", span=(0, 4))
    return EventClaim(
        id="c1", evidence=((0, 40),), type=_TYPE, when=_when(number), where=_place(number), figures=(figure,)
    )


def _series(number: int) -> tuple[Claim, ...]:
    """A toll of one of 50 voices since one of 20 days, a condition, and talks of two of 100 parties."""
    where, since = _place(number % 500), _when(number % 20)
    said = (Attribution(text=f"ministry {number % 50}", span=(0, 4), kind="official"),)
    figure = Figure(outcome="killed", group="people", low=number, high=number, text="so many", span=(0, 4))
    actors = tuple(
        Actor(role="party", text=f"party {one}", name=f"Party {one}", id=f"party:made-{one}", span=(0, 4))
        for one in (number % 100, (number + 7) % 100)
    )
    return (
        TollClaim(id="d1", evidence=((0, 40),), figures=(figure,), since=since, where=where, said_by=said),
        ConditionClaim(id="d2", evidence=((0, 40),), sector="food", severity="severe", where=where),
        NegotiationClaim(id="d3", evidence=((0, 40),), actors=actors, status="ongoing", where=where),
    )


def _header(number: int, claims: tuple[Claim, ...]) -> Reading:
    day = _when(number).start
    header = ReportHeader(id=f"report-{number}", published=day, publisher=f"Paper {number % 200}", language="en")
    return Reading(report=header, claims=claims)


def main() -> None:
    """Release, and tell what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--profile", default="public")
    parser.add_argument("--series", type=int, default=0)
    parser.add_argument("--no-page", action="store_true")
    given = parser.parse_args()
    languages = () if given.no_page else ("en", "ar")
    with tempfile.TemporaryDirectory() as room:
        started = time.perf_counter()
        done = release(
            MadeState(given.incidents, given.series),
            Order(given.profile, languages=languages),
            Path(room) / "out",
            pseudonym=pseudonyms(bytes(32)),
        )
        seconds, busy = time.perf_counter() - started, time.process_time()
        size = sum(path.stat().st_size for path in done.folder.rglob("*"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "incidents": given.incidents,
        "seconds": round(seconds, 1),
        "core_seconds": round(busy, 1),
        "peak_mib": round(peak),
        "mib": round(size / 2**20),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
