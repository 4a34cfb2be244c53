"""The conditions of a line: the findings of all ways of telling, one a sector, with their severity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ascertain.model import Sector
from ascertain.reading.condition_gate import starters
from ascertain.reading.conditions.findings import Finding, masks, phrases_in
from ascertain.reading.conditions.lacks import lacked
from ascertain.reading.conditions.movement import kept_away
from ascertain.reading.conditions.severity import phase_in, severity_of
from ascertain.reading.conditions.states import partly_working, stopped
from ascertain.reading.conditions.suffering import lodged, situations, suffered
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence


@dataclass(frozen=True, slots=True)
class Condition:
    """What people lack or suffer, as one line tells it.

    `token` is the word that tells the lack ("no", "shortages", "blocked"); `severity` the report's own word, in lower
    case, `None` where it has none.
    """

    token: int
    sector: Sector
    severity: str | None


def conditions(line: Line, text: str) -> list[Condition]:
    """What the line says people lack or suffer, in order, each sector once; `text` is the report's."""
    sentence = line.sentence
    if starters().isdisjoint(sentence.low):
        return []
    masked = frozenset(
        token for phrase in phrases_in(masks(), sentence) for token in range(phrase.first, phrase.last + 1)
    )
    found = [
        *lacked(sentence, masked),
        *stopped(sentence, masked),
        *partly_working(sentence),
        *kept_away(sentence),
        *suffered(sentence, masked),
        *lodged(sentence),
        *situations(sentence),
    ]
    kept = _one_a_sector(found)
    return [Condition(f.token, f.sector, _severity(line, text, f, kept)) for f in kept]


def _severity(line: Line, text: str, finding: Finding, kept: list[Finding]) -> str | None:
    """The step of a scale that is named, for food; else the report's own word."""
    phase = phase_in(text[slice(*line.span)]) if finding.sector == "food" else None
    return phase or _own_word(line.sentence, text, severity_of(line.sentence, finding, kept))


def _one_a_sector(found: Iterable[Finding]) -> list[Finding]:
    best: dict[Sector, Finding] = {}
    for finding in sorted(found, key=lambda finding: finding.token):
        known = best.get(finding.sector)
        if known is None or finding.weight > known.weight:
            best[finding.sector] = finding
    if len(best) > 1 and "general" in best and best["general"].weight == 1:
        del best["general"]
    return sorted(best.values(), key=lambda finding: (finding.token, finding.about))


def _own_word(sentence: Sentence, text: str, token: int | None) -> str | None:
    return None if token is None else text[sentence.starts[token] : sentence.ends[token]].lower()
