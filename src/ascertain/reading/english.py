"""The English reader: a report becomes claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ascertain.model import Claim, Reading, Report
from ascertain.reading.attribution import Heard, listen
from ascertain.reading.claims import condition_claim, event_claims, negotiation_claim, numbered, toll_claim
from ascertain.reading.conditions import conditions
from ascertain.reading.discourse import Told, discourse
from ascertain.reading.framing import long_ago
from ascertain.reading.marks import in_own_words, without_marks
from ascertain.reading.negotiations import Negotiation, negotiations
from ascertain.reading.page import Line, Page, pages
from ascertain.reading.senses import figurative
from ascertain.reading.tellings import Telling, tellings
from ascertain.reading.vectors import rows_stand_alone

HANDFUL = 6000  # characters


def read_report(report: Report) -> Reading:
    """Read one report.

    >>> reading = read_report(Report(id="r", text="At least 13 people were killed in an air strike on Rafah."))
    >>> [(claim.type, [(f.low, f.high) for f in claim.figures]) for claim in reading.claims]
    [('air_drone_strike', [(13, None)])]
    """
    (reading,) = read_reports([report])
    return reading


def read_reports(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read reports in order, a handful at a time."""
    for handful in handfuls(reports, HANDFUL if rows_stand_alone() else 0):
        for report, leaf in zip(handful, pages([without_marks(report) for report in handful]), strict=True):
            reading = Reading(report=report.header, claims=claims_of(leaf))
            yield reading if leaf.report is report else in_own_words(reading, report.text)


def handfuls(reports: Iterable[Report], characters: int) -> Iterator[list[Report]]:
    """Reports by the handful, each of as few reports as have that many characters.

    >>> reports = [Report(id=str(n), text="x" * 50) for n in range(5)]
    >>> [len(handful) for handful in handfuls(reports, 100)]
    [2, 2, 1]
    """
    handful: list[Report] = []
    length = 0
    for report in reports:
        handful.append(report)
        length += len(report.text)
        if length >= characters:
            yield handful
            handful, length = [], 0
    if handful:
        yield handful


def claims_of(leaf: Page) -> tuple[Claim, ...]:
    """The claims of a page."""
    voices = listen(leaf.lines, leaf.text)
    told = _told(leaf, voices)
    body = [telling for telling in told if not telling.sentence.heading]
    found = discourse(body or told, leaf.text, leaf.report.published)
    talks = negotiations([line for line in leaf.lines if not figurative(line, leaf.text, False)], leaf.text)
    claims: list[Claim] = []
    for number, event in enumerate(found.events, 1):
        if not _is_only_talked_of(event, talks):
            claims += event_claims(event, number, leaf.text)
    claims += [toll_claim(telling, leaf.text) for telling in found.tolls]
    for line in leaf.lines:
        if not line.sentence.heading and not _is_no_news(line, leaf):
            claims += [condition_claim(line, lack, voices[line].of(lack.token)) for lack in conditions(line, leaf.text)]
    claims += [negotiation_claim(some, voices[some.lines[0]].of(some.token)) for some in talks]
    return numbered(claims)


def _is_only_talked_of(event: Told, talks: Sequence[Negotiation]) -> bool:
    """Whether a rescue or release, of nobody who is counted, is only what talks are about."""
    lines = {id(line) for some in talks if some.status not in ("agreed", "implemented") for line in some.lines}
    return event.type == "rescue" and all(id(telling.line) in lines and not telling.harms for telling in event.tellings)


def _told(leaf: Page, voices: dict[Line, Heard]) -> list[Telling]:
    """The tellings of a page, each with its speakers."""
    told: list[Telling] = []
    year = _year(leaf)
    paragraph, carried = -1, False
    for line in leaf.lines:
        carried = carried and line.sentence.paragraph == paragraph
        here = tellings(line, leaf.text, carried, year, voices[line])
        for telling in here:
            telling.speakers = voices[line].of(telling.token)
            told.append(telling)
        paragraph, carried = line.sentence.paragraph, _of_killed(here) or (carried and not here)
    return told


def _is_no_news(line: Line, leaf: Page) -> bool:
    """Whether a line tells of long ago, or of sport, films and the like."""
    return long_ago(line, leaf.text, _year(leaf)) or figurative(line, leaf.text, False)


def _year(leaf: Page) -> int | None:
    return leaf.report.published.year if leaf.report.published is not None else None


def _of_killed(tellings: list[Telling]) -> bool:
    return any(harm.outcome == "killed" for telling in tellings for harm in telling.harms)
