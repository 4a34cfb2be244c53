"""Reports made up for the record's tests, and ways to take them in."""

import json
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.settings import Settings
from ascertain.record.progress import Unwatched
from ascertain.record.services.finding import find_documents
from ascertain.record.services.receiving import Taken, receive
from ascertain.record.services.sources import originals_in

PLACES = ("Maiduguri", "Kherson", "Djibo", "Goma", "Sittwe", "Idlib", "Tillabery", "Mocha", "Kutum", "Cali")


def line(report_id: str, text: str, **more: object) -> str:
    return json.dumps({"id": report_id, "text": text, **more}) + "\n"


def told(number: int) -> str:
    """A report on an attack of its own, told by two papers each."""
    place, day = PLACES[number // 2 % len(PLACES)], 1 + number // 20 % 28
    return (
        f"Gunmen attacked a market in {place} on {day} March 2024. {1 + number // 2 % 9} people were killed, police in "
        f"{place} said. Stall {number // 2} burned down, said a trader of the quarter {place}-{number // 2}."
    )


def lines(count: int) -> Iterator[str]:
    for number in range(count):
        day = 1 + number // 20 % 28
        yield line(f"n{number}", told(number), published=f"2024-03-{day:02}", publisher=f"Paper {number % 2}")


def take(folder: Path, *sources: Path) -> tuple[Taken, int]:
    """Receive sources and find their documents; what arrived, and how many reports are new."""
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    taken = receive(originals=originals_in(map(str, sources), spool), progress=Unwatched())
    return taken, find_documents(settings=Settings(), progress=Unwatched())
