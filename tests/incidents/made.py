"""Claims and readings made for the tests of incidents."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from ascertain.model import EventClaim, Figure, Place, Reading, ReportHeader, When


def figure(words: str, low: int | None, high: int | None, at: int = 0, **more: object) -> Figure:
    """A figure of people killed, unless `more` says otherwise."""
    fields = {
        "outcome": "killed",
        "group": "people",
        "low": low,
        "high": high,
        "text": words,
        "span": (at, at + len(words)),
    }
    return Figure(**{**fields, **more})  # type: ignore[arg-type]


def event(*figures: Figure, event: str = "e1", id: str = "c1", **more: object) -> EventClaim:
    """An air strike with these figures."""
    fields = {"id": id, "event": event, "type": "air_drone_strike", "evidence": ((0, 200),), "figures": figures}
    return EventClaim(**{**fields, **more})  # type: ignore[arg-type]


def reading(report: str, *claims: EventClaim) -> Reading:
    """A reading of a report with these claims."""
    return Reading(report=ReportHeader(id=report), claims=claims)


def on(day: str) -> When:
    """A day."""
    return When(start=dt.date.fromisoformat(day), end=dt.date.fromisoformat(day), precision="day")


DJIBO = Place(
    text="Djibo", span=(0, 5), name="Djibo", lat=14.1, lon=-1.6, radius_km=5, precision="town", id="geonames:2361454"
)


def _in_order(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    return (high, low) if low is not None and high is not None and high < low else (low, high)


bounds = st.builds(_in_order, st.none() | st.integers(0, 50), st.none() | st.integers(0, 50))
words = st.sampled_from(
    ["five people", "several people", "at least three", "Amina Yusuf", "Omar Yusuf", "his wife", "the two men"]
)
groups = st.sampled_from(["people", "civilians", "children", "women"])
outcomes = st.sampled_from(["killed", "injured"])


@st.composite
def claims(draw: st.DrawFn) -> EventClaim:
    """An event claim with figures that may be parts of, or stand beside, earlier ones."""
    figures: list[Figure] = []
    for n in range(draw(st.integers(0, 5))):
        low, high = draw(bounds)
        before = st.none() | st.integers(0, n - 1) if n else st.none()
        part = draw(before)
        figures.append(
            figure(
                draw(words),
                low,
                high,
                n * 20,
                group=draw(groups),
                outcome=draw(outcomes),
                part_of=part,
                adds_to=None if part is not None else draw(before),
            )
        )
    return event(*figures, event=draw(st.sampled_from(["e1", "e2"])), id=f"c{draw(st.integers(1, 99))}")
