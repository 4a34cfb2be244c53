"""Reports made up for the record's tests, and ways to take them in."""

import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from ascertain.intake.settings import Settings
from ascertain.model import Attribution, Claim, EventClaim, Figure, Place, Reading, Report, When
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.services.finding import find_documents
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.receiving import Taken, receive
from ascertain.record.services.sources import originals_in

_TOLD = re.compile(r"market in (?P<place>\w+) on (?P<day>\d+) March 2024: (?P<killed>\d+) killed, (?P<said>police)")


def line(report_id: str, text: str, **more: object) -> str:
    return json.dumps({"id": report_id, "text": text, **more}) + "\n"


def told(number: int) -> str:
    """A report on one of a row of attacks, each at a place of its own: two papers tell it, in words of their own."""
    attack = number // 2
    place, day = name_of(attack), 1 + attack // 5 % 28
    raid = f"market in {place} on {day} March 2024: {1 + attack % 9} killed, police say."
    if number % 2:
        return f"Shops of {place} stay shut. Raid on the {raid}"
    return f"Gunmen raided the {raid} Traders of {place} fled."


def name_of(attack: int) -> str:
    """A place of its own for each attack."""
    syllables = ("ka", "lo", "mi", "ru", "se", "to", "na", "du", "bi", "go")
    return "".join(syllables[int(digit)] for digit in f"{attack:03}").capitalize() + "bad"


def lines(count: int) -> Iterator[str]:
    for number in range(count):
        day = 1 + number // 10 % 28
        yield line(f"n{number}", told(number), published=f"2024-03-{day:02}", publisher=f"Paper {number % 2}")


def take(folder: Path, *sources: Path) -> tuple[Taken, int]:
    """Receive sources and find their documents; what arrived, and how many reports are new."""
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    taken = receive(originals=originals_in(map(str, sources), spool), progress=Unwatched())
    return taken, find_documents(settings=Settings(), progress=Unwatched())


@dataclass(frozen=True)
class MadeReader:
    """Reads the reports made up here: one event each, with its day, place and dead; quick to start."""

    identity: str = "made 1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        return (self.reading(report) for report in reports)

    def reading(self, report: Report) -> Reading:
        found = _TOLD.search(report.text)
        if found is None:
            return Reading(report=report.header)
        place, day, killed = found["place"], dt.date(2024, 3, int(found["day"])), int(found["killed"])
        at = crc32(place.encode())
        claim = EventClaim(
            id="c1",
            type="attack",
            evidence=(found.span(),),
            when=When(start=day, end=day, precision="day", text=f"{day.day} March", span=found.span("day")),
            where=Place(
                text=place,
                span=found.span("place"),
                name=place,
                lat=at % 120 / 2,
                lon=at // 120 % 300 / 2,
                radius_km=2.0,
                precision="town",
                id=f"made:{at}",
                country="NG",
            ),
            figures=(
                Figure(
                    outcome="killed",
                    group="people",
                    low=killed,
                    high=killed,
                    text=found["killed"],
                    span=found.span("killed"),
                ),
            ),
            said_by=(Attribution(text="police", span=found.span("said"), kind="official"),),
        )
        return Reading(report=report.header, claims=(claim,))


class SpoiltReader(MadeReader):
    """Fails on one report."""

    def reading(self, report: Report) -> Reading:
        if report.id == "n7":
            raise ValueError("a fault")
        return super().reading(report)


class SecondReader(MadeReader):
    """A later version: it reads one more dead in `r1`, misses what `r2` tells, and finds that traders fled in `r3`."""

    def reading(self, report: Report) -> Reading:
        reading = super().reading(report)
        if report.id == "r1":
            return reading.model_copy(update={"claims": tuple(map(_with_one_more, reading.claims))})
        if report.id == "r2":
            return reading.model_copy(update={"claims": ()})
        if report.id == "r3":
            fled = EventClaim(id="c1", type="abduction_forced_disappearance", evidence=((0, 7),))
            (attack,) = reading.claims
            return reading.model_copy(update={"claims": (fled, attack.model_copy(update={"id": "c2"}))})
        return reading


def _with_one_more(claim: Claim) -> Claim:
    assert isinstance(claim, EventClaim)
    (figure,) = claim.figures
    assert figure.low is not None
    killed = figure.low + 1
    return claim.model_copy(update={"figures": (figure.model_copy(update={"low": killed, "high": killed}),)})


SECOND = SecondReader("made 2")


def take_three(record: Record) -> None:
    """Ingest `r1`, `r2` and `r3`, which tell of three attacks."""
    told_by = ((n, f"r{n}") for n in (1, 2, 3))
    text = "".join(line(id, told(22 * n), published="2024-03-15", publisher=id) for n, id in told_by)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text(text, encoding="utf-8")
        ingest(record=record, sources=[str(path)], settings=IngestSettings(reader=MadeReader(), workers=0))
