"""Values made by hand for the tests of the scorers."""

from __future__ import annotations

from typing import Any

from ascertain.model import EventClaim, Incident, Reading, Report

TEXT = (
    "An air strike hit a school in Kassala on 3 May 2021. At least 4 people were killed, two children among them, and "
    "7 were injured. The rebels of the Northern Front blamed the army."
)
REPORT = Report.model_validate({"id": "r1", "text": TEXT, "published": "2021-05-04"})


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def quoted(words: str, text: str = TEXT, **values: Any) -> dict[str, Any]:
    return {"text": words, "span": span(words, text), **values}


def event(text: str = TEXT, **values: Any) -> EventClaim:
    base: dict[str, Any] = {"id": "c1", "type": "air_drone_strike", "evidence": [(0, len(text))]}
    return EventClaim.model_validate({**base, **values})


def incident(**values: Any) -> Incident:
    base: dict[str, Any] = {
        "id": "i1",
        "type": "air_drone_strike",
        "reports": ["r1"],
        "claims": ["r1/c1"],
        "primary_for": ["r1"],
        "sources": 1,
        "grading": "single_source",
    }
    return Incident.model_validate({**base, **values})


def figure(outcome: str, group: str, low: int | None, best: int | None, high: int | None) -> dict[str, Any]:
    return {"outcome": outcome, "group": group, "low": low, "best": best, "high": high}


def reading(*claims: Any, report: Report = REPORT) -> Reading:
    return Reading(report=report.header, claims=claims)
