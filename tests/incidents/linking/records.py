"""Reports made for the tests of linking: strikes in invented towns, told in words that are given."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import strategies as st
from tests.incidents.made import event, figure, on

from ascertain.incidents.events import Event, stories_of
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel, shipped
from ascertain.incidents.linking.words import WordCounts
from ascertain.model import Claim, EventClaim, Place, Reading, ReportHeader, Sketch

# Words that no record holds more than a few times, so that each tells much.
WORDS = ("bakery", "ferry", "tannery", "orchard", "minaret", "depot", "weavers", "granary", "aqueduct", "pharmacy")


def place(lat: float, lon: float, radius_km: float = 3.0, name: str = "Asha") -> Place:
    return Place(
        text=name, span=(0, len(name)), name=name, lat=lat, lon=lon, radius_km=radius_km, precision="town", country="SD"
    )


def told(
    report: str, *claims: Claim, words: Iterable[str] = (), published: str | None = None, publisher: str = "Wire"
) -> Reading:
    """A report that claims this in these words, the n-th of which stands at character 10 n."""
    kept = tuple(words)
    header = ReportHeader(
        id=report, published=dt.date.fromisoformat(published) if published else None, publisher=publisher
    )
    runs = sorted({zlib.crc32(f"{report} {n} {word}".encode()) for word in kept for n in range(6)})
    at = tuple(range(0, 10 * len(kept), 10))
    sketch = Sketch(words=kept, at=at, shingles=tuple(runs[:48]), opening=(0, 10 * len(kept)))
    return Reading(report=header, claims=claims, sketch=sketch)


def copy_of(reading: Reading, id: str, published: str | None = "2024-03-09", publisher: str = "Echo") -> Reading:
    """The same text, printed later by another."""
    day = dt.date.fromisoformat(published) if published else None
    return reading.model_copy(update={"report": ReportHeader(id=id, published=day, publisher=publisher)})


def strike(
    day: str | None, where: Place | None, dead: int | None = None, id: str = "c1", event_id: str = "e1", **more: object
) -> EventClaim:
    """An air strike on that day, there, that killed so many."""
    figures = () if dead is None else (figure(f"{dead} people", dead, dead),)
    return event(*figures, id=id, event=event_id, when=on(day) if day else None, where=where, **more)


def model_of(**counts: int) -> LinkModel:
    """The shipped model with these counts of words in a thousand reports."""
    return replace(shipped(), words=WordCounts(1000, counts))


def groups(index: Index) -> list[tuple[str, ...]]:
    return sorted(index.groups())


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Three to nine reports, alike in all degrees."""
    made = []
    for n in range(draw(st.integers(3, 9))):
        claims = [draw(strikes(k)) for k in range(draw(st.integers(0, 2)))]
        words = draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=8, unique=True))
        published = draw(st.none() | st.sampled_from(["2024-03-02", "2024-03-05"]))
        made.append(told(f"r{n}", *claims, words=words, published=published))
    return made


def records() -> st.SearchStrategy[list[list[Event]]]:
    """The events of such reports."""
    return readings().map(lambda made: [events(reading) for reading in made])


@st.composite
def strikes(draw: st.DrawFn, n: int) -> EventClaim:
    """A strike of which a day, a town and a figure may be known."""
    day = draw(st.none() | st.sampled_from(["2024-03-01", "2024-03-02", "2024-03-20"]))
    where = draw(st.none() | st.sampled_from([place(15.0, 30.0), place(15.03, 30.02), place(18.0, 33.0, name="Bel")]))
    dead = draw(st.none() | st.sampled_from([3, 4, 12]))
    return strike(day, where, dead, id=f"c{n}", event_id=f"e{n}", evidence=((40 * n, 40 * n + 40),))


def events(reading: Reading) -> list[Event]:
    """Its events, as they are linked."""
    return list(stories_of(reading))


def index_of(told: Iterable[Sequence[Event]], model: LinkModel | None = None) -> Index:
    """An index of these reports, that takes the model as it is."""
    index = Index(model or shipped(), estimate=False)
    index.add(told)
    return index
