"""A reader of one rule, quick to start, whose readings depend on the text alone; and readers with faults."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ascertain.model import EventClaim, Figure, Place, Reading, Report, SettingsError, TollClaim

_KILLED = re.compile(r"(\d+) (?:people )?killed")


@dataclass(frozen=True)
class TinyReader:
    """Finds "N killed"; waits `seconds` over each report."""

    identity: str = "tiny 1"
    seconds: float = 0.0

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            time.sleep(self.seconds)
            yield self.reading(report)

    def reading(self, report: Report) -> Reading:
        claims = tuple(_claim(number, found) for number, found in enumerate(_KILLED.finditer(report.text), start=1))
        return Reading(report=report.header, claims=claims)


class FailingReader(TinyReader):
    """Raises on a text with FAIL, kills its process on one with DIE, loses one with LOSE."""

    def reading(self, report: Report) -> Reading:
        if "FAIL" in report.text:
            raise RuntimeError("a fault\x1b[31m of the reader")
        if "DIE" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().reading(report)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        return (self.reading(report) for report in reports if "LOSE" not in report.text)


class UnusableReader(TinyReader):
    """Cannot work at all."""

    def reading(self, report: Report) -> Reading:  # noqa: ARG002 -- none can be read
        raise SettingsError("ASCERTAIN_SPACY_MODEL: no such model; install it")


def _claim(number: int, found: re.Match[str]) -> EventClaim:
    killed = int(found[1])
    figure = Figure(outcome="killed", group="people", low=killed, high=killed, text=found[0], span=found.span())
    return EventClaim(id=f"c{number}", evidence=(found.span(),), type="attack", figures=(figure,))


def _toll(number: int, match: re.Match[str]) -> TollClaim:
    claim = _claim(number, match)
    return TollClaim(id=claim.id, evidence=claim.evidence, figures=claim.figures)


class TollReader(TinyReader):
    """Reads "N killed" as a toll of Sudan."""

    def reading(self, report: Report) -> Reading:
        place = Place(text="Sudan", span=(0, 5), country="SD")
        found = enumerate(_KILLED.finditer(report.text), start=1)
        claims = tuple(_toll(number, match).model_copy(update={"where": place}) for number, match in found)
        return Reading(report=report.header, claims=claims)
