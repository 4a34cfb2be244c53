"""A record of as many incidents as wanted, to open at the desk: reports made up with their texts, read by their form.

In: a file that is not there yet, and a number. Out: the record. Reports are taken in and incidents written as always;
only the linker is left out, as which reports belong together is known.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from ascertain.model import Actor, Attribution, AttributionKind, EventClaim, Figure, Place, Reading, Report, When

FIRST_DAY, DAYS, TOWNS = dt.date(2021, 1, 1), 1800, 600
LINES_A_FILE, READINGS_AT_ONCE, A_ROUND_UP = 2000, 500, 10
COUNTRIES = (("NG", 9.1, 8.7), ("SD", 14.6, 29.3), ("UA", 48.6, 36.0), ("MM", 20.2, 96.5), ("SY", 35.0, 38.2))
ATTACKS = (
    ("attack", "Gunmen raided the market in {place}"),
    ("air_drone_strike", "A drone hit a house in {place}"),
    ("shelling_artillery_missile_attack", "Shells fell on the bus station of {place}"),
    ("armed_clash", "Fighters and soldiers clashed near {place}"),
    ("abduction_forced_disappearance", "Armed men took villagers from {place}"),
)
SPEAKERS: tuple[tuple[str, AttributionKind], ...] = (
    ("police", "official"),
    ("medics", "medical"),
    ("residents", "resident"),
    ("the army", "military"),
)
PARTIES = ("the Northern Front", "the River Brigade", "the army", "the Hill Militia", "the coastal guard")
SYLLABLES = ("ka", "lo", "mi", "ru", "se", "to", "na", "du", "bi", "go")


@dataclass(frozen=True, slots=True)
class Town:
    """A made-up town."""

    name: str
    country: str
    lat: float
    lon: float


@cache
def towns() -> tuple[Town, ...]:
    """The towns, near the middle of countries, the same each time."""
    chance = Random(7)
    made = []
    for number in range(TOWNS):
        code, lat, lon = COUNTRIES[number % len(COUNTRIES)]
        name = "".join(SYLLABLES[int(digit)] for digit in f"{number:03}").capitalize() + "bad"
        made.append(Town(name, code, round(lat + chance.gauss(0, 1.5), 3), round(lon + chance.gauss(0, 1.5), 3)))
    return tuple(made)


@cache
def towns_by_name() -> dict[str, Town]:
    """The same, by their names."""
    return {town.name: town for town in towns()}


def lines(incidents: int, round_ups: int = 0) -> Iterator[str]:
    """The reports of these incidents, a line each: one to six of each, with numbers that differ and rise; and after
    every ten incidents so many reports that tell of all ten again."""
    chance = Random(11)
    told: list[str] = []
    for number in range(incidents):
        day = FIRST_DAY + dt.timedelta(days=number * DAYS // incidents)
        town, (_, attack), party = chance.choice(towns()), chance.choice(ATTACKS), chance.choice(PARTIES)
        killed = min(int(chance.paretovariate(1.2)), 400)
        for at in range(min(6, int(chance.paretovariate(1.6)))):
            speaker, _ = chance.choice(SPEAKERS)
            toll = killed + chance.choice((0, 0, 0, 1, 2)) + at // 2
            event = (
                f"{attack.format(place=town.name)} on {day.day} {day:%B} {day.year}: {toll} people were killed, "
                f"{speaker} said. {party.capitalize()} did it, {speaker} added."
            )
            told += [event] if at == 0 else []
            text = (
                f"{event}\n\nSchools in {town.name} stay shut. "
                "Roads to the south are open again, drivers say, and the clinic asks for blood."
            )
            told_on = day + dt.timedelta(days=at // 2)
            yield _line(f"n{number}-{at}", text, f"{toll} killed in {town.name}", told_on, chance)
        if len(told) == A_ROUND_UP:
            for at in range(round_ups):
                yield _line(f"u{number}-{at}", "\n\n".join(told), "Ten attacks", day + dt.timedelta(days=7), chance)
            told = []


def _line(id: str, text: str, title: str, published: dt.date, chance: Random) -> str:
    told = {"published": str(published), "publisher": f"Paper {chance.randrange(40)}", "language": "en"}
    return json.dumps({"id": id, "text": text, "title": title, **told}) + "\n"


@dataclass(frozen=True)
class MadeReader:
    """Reads these reports: an event for each attack, with its day, place, party and dead."""

    identity: str = "made for the desk 1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The reading of each."""
        return (Reading(report=report.header, claims=tuple(_claims(report.text))) for report in reports)


def _claims(text: str) -> Iterator[EventClaim]:
    """A claim for each paragraph that tells of an attack."""
    start = 0
    for number, paragraph in enumerate(text.split("\n\n"), start=1):
        if " did it, " in paragraph:
            yield _claim(f"c{number}", paragraph, start)
        start += len(paragraph) + 2


def _claim(id: str, text: str, start: int) -> EventClaim:
    opening, rest = text.split(": ", 1)
    told, date = opening.rsplit(" on ", 1)
    name = told.rsplit(" ", 1)[1]
    town = towns_by_name()[name]
    day = dt.datetime.strptime(date, "%d %B %Y").date()
    toll, speaker = rest.split(" ", 1)[0], rest.split(", ", 1)[1].split(" said", 1)[0]
    party = text.split(" said. ", 1)[1].split(" did it", 1)[0]

    def span(words: str) -> tuple[int, int]:
        at = start + text.index(words)
        return at, at + len(words)

    at = start + text.index(f"{toll} people")
    killed = Figure(
        outcome="killed", group="people", low=int(toll), high=int(toll), text=toll, span=(at, at + len(toll))
    )
    return EventClaim(
        id=id,
        type=next(type for type, form in ATTACKS if told == form.format(place=name)),
        evidence=((start, start + len(text)),),
        when=When(start=day, end=day, precision="day", text=date, span=span(date)),
        where=Place(
            text=name, span=span(name), name=name, lat=town.lat, lon=town.lon, radius_km=3.0, precision="town",
            id=f"made:{name}", country=town.country,
        ),
        actors=(Actor(role="perpetrator", text=party, span=span(party), name=party.lower()),),
        figures=(killed,),
        said_by=(Attribution(text=speaker, span=span(speaker), kind=dict(SPEAKERS)[speaker]),),
    )  # fmt: skip


def _heaps(report: str, claims: int) -> Iterator[tuple[str, str]]:
    """Each claim of a report, and the first event of the incident that it tells of."""
    number = int(report[1:].partition("-")[0])
    if report[0] == "n":
        yield "c1", f"n{number}-0/c1"
        return
    for at in range(claims):
        yield f"c{at + 1}", f"n{number - A_ROUND_UP + 1 + at}-0/c1"


def make_record(path: Path, incidents: int, round_ups: int = 0) -> None:
    """Make the record in a file that is not there yet; its name is taken when it is whole."""
    from ascertain.record.models import EventRow, ReadingRow, ReportRow
    from ascertain.record.opening import open_record
    from ascertain.record.progress import Unwatched
    from ascertain.record.selectors.readings import readings_of
    from ascertain.record.services.incidents import renew_stale
    from ascertain.record.services.ingesting import IngestSettings, ingest
    from ascertain.record.services.reading import read_waiting
    from ascertain.record.services.tracing import keep_cards

    part = path.with_name(f"{path.name}.part")
    record = open_record(str(part))
    with TemporaryDirectory() as folder:
        told = lines(incidents, round_ups)
        for number, some in enumerate(iter(lambda: list(islice(told, LINES_A_FILE)), [])):
            (Path(folder) / f"{number:05}.jsonl").write_text("".join(some), encoding="utf-8")
        settings = IngestSettings(reader=MadeReader(), workers=0, read=False)
        ingest(record=record, sources=[folder], settings=settings)
    read_waiting(reader=MadeReader(), workers=0, progress=Unwatched())
    ids = iter(ReportRow.objects.order_by("pk").values_list("pk", flat=True).iterator())
    while some_ids := list(islice(ids, READINGS_AT_ONCE)):
        readings = list(readings_of(some_ids))
        keep_cards(readings=readings)
        EventRow.objects.bulk_create(
            EventRow(report_id=reading.report.id, claim=claim, group=heap, heap=heap)
            for reading in readings
            for claim, heap in _heaps(reading.report.id, len(reading.claims))
        )
    ReadingRow.objects.update(linked=True)
    renew_stale(progress=Unwatched(), cause="reports")
    record.close()
    part.rename(path)
