"""The drawings of the figures: over time, and as range bars by group, area, party, grading and incident."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from ascertain.model import Incident, Outcome
from ascertain.release.charts import (
    BarRow,
    Bucket,
    Panel,
    Range,
    Said,
    Step,
    breakdown,
    buckets_between,
    small_multiples,
    start_of,
    step_for,
    timeline,
)
from ascertain.release.charts.wording import told_day
from ascertain.release.page.counting import (
    GROUPS,
    MOST_AREAS,
    OUTCOMES,
    PANEL_STEPS,
    Area,
    Counted,
    Sum,
    Tally,
    largest_areas,
    people_of,
)
from ascertain.release.page.saying import KilledTold
from ascertain.release.page.wording import PageWords

_DWARFING = 3
_MOST_BUCKETS, _MOST_PANELS, _MOST_ROWS, _GRAVEST = 60, 6, 12, 12
_GRADINGS = ("confirmed", "fair", "weak", "contested", "single_source")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing on the page and as a file: `name` is the file's, without its ending; `note` says who is not counted."""

    name: str
    title: str
    svg: str
    note: str = ""


def lead_outcome(counted: Counted) -> Outcome:
    """The outcome that the drawings are of: the killed, or, where nobody was, what most incidents tell of."""
    told = counted.whole.people
    if "killed" in told or not told:
        return "killed"
    return max(told, key=lambda outcome: (told[outcome].known, outcome))


def told_outcomes(counted: Counted) -> tuple[Outcome, ...]:
    """The outcomes that have drawings over time and columns of their own: that of the drawings, and the injured."""
    lead = lead_outcome(counted)
    return (lead, "injured") if lead != "injured" and "injured" in counted.whole.people else (lead,)


def timelines(counted: Counted, words: PageWords) -> Iterator[Drawing]:
    """What was reported over time: of the killed and the injured, or of what else is told of."""
    period = counted.period
    if period is None:
        return
    step = step_for(*period, most=_MOST_BUCKETS)
    for outcome in told_outcomes(counted):
        buckets, left = _buckets(counted, step, outcome)
        title = words.phrase(
            "timeline_title", outcome=words.name("outcomes", outcome), per=words.charts.phrase(f"per_{step}")
        )
        spread = words.phrase("timeline_spread", incidents=words.count("incidents", left)) if left else ""
        note = words.phrase("timeline_note", spread=spread).strip()
        yield Drawing(f"timeline-{outcome}", title, timeline(buckets, step, words.charts, title=title), note)


def _buckets(counted: Counted, step: Step, outcome: Outcome) -> tuple[list[Bucket], int]:
    """The buckets of the whole period, and how many incidents are in none of them."""
    within: defaultdict[dt.date, list[Tally]] = defaultdict(list)
    left = counted.dates["unknown"]
    for (start, end), tally in counted.days.items():
        if start_of(start, step) == start_of(end, step):
            within[start_of(start, step)].append(tally)
        else:
            left += tally.incidents
    if not within:
        return [], left
    first, last = min(within), max(within)
    return [
        Bucket(start, end, _sum(within[start], outcome), sum(tally.incidents for tally in within[start]))
        for start, end in buckets_between(first, last, step)
    ], left


def _sum(tallies: Sequence[Tally], outcome: Outcome) -> Range:
    whole = Sum()
    for tally in tallies:
        if outcome in tally.people:
            whole.add_all(tally.people[outcome])
    return whole.range


def panels(counted: Counted, words: PageWords) -> Iterator[Drawing]:
    """The killed over time in each of the areas with most of them, where there are two or more."""
    period, areas = counted.period, largest_areas(counted, "killed")[:MOST_AREAS]
    if period is None or len(areas) < 2:
        return
    wanted = step_for(*period, most=_MOST_BUCKETS)
    step = next(one for one in PANEL_STEPS if PANEL_STEPS.index(one) >= _order(wanted))
    drawn = (Panel(words.area(*area), tuple(_area_buckets(counted, area, step, period))) for area in areas)
    told = [panel for panel in drawn if panel.buckets][:_MOST_PANELS]
    if len(told) < 2:
        return
    title = words.phrase(
        "panels_title", outcome=words.name("outcomes", "killed"), per=words.charts.phrase(f"per_{step}")
    )
    yield Drawing(
        "areas-over-time", title, small_multiples(told, words.charts, title=title), words.phrase("panels_note")
    )


def _order(step: Step) -> int:
    return PANEL_STEPS.index(step) if step in PANEL_STEPS else 0


def _area_buckets(counted: Counted, area: Area, step: Step, period: tuple[dt.date, dt.date]) -> Iterator[Bucket]:
    for start, end in buckets_between(*period, step):
        tally = counted.killed_of_areas.get((area, step, start))
        if tally is not None and "killed" in tally.people:
            yield Bucket(start, end, tally.of("killed"), tally.incidents)


def bars(counted: Counted, words: PageWords) -> Iterator[Drawing]:
    """The range bars, in the order of the page."""
    if not counted.whole.people:
        return
    outcome = lead_outcome(counted)
    apart = _displaced_dwarf_others(counted)
    displaced = words.phrase("outcomes_displaced") if apart else ""
    yield from _drawn("outcomes", "outcomes", _outcomes(counted, words, apart), words, displaced=displaced)
    yield from _drawn("groups", "groups", _groups(counted, outcome, words), words, outcome)
    areas = [
        _bar(words.area_parts(*area), counted.areas[area], outcome, words) for area in largest_areas(counted, outcome)
    ]
    yield from _drawn("areas", "areas", areas[:_MOST_ROWS], words, outcome)
    yield from _drawn(
        "parties",
        "parties",
        _parties(counted, outcome, words),
        words,
        outcome,
        incidents=words.count("incidents", counted.nobody_named),
    )
    graded = [one for one in _GRADINGS if one in counted.gradings and outcome in counted.gradings[one].people]
    rows = [_bar((words.name("gradings", one),), counted.gradings[one], outcome, words) for one in graded]
    yield from _drawn("gradings", "gradings", rows, words, outcome)


def _displaced_dwarf_others(counted: Counted) -> bool:
    others = [people.top for outcome, people in counted.whole.people.items() if outcome != "displaced"]
    return bool(others) and counted.whole.of("displaced").top > _DWARFING * max(others)


def _drawn(
    name: str, phrase: str, rows: Sequence[BarRow], words: PageWords, outcome: Outcome | None = None, **more: str
) -> Iterator[Drawing]:
    if not rows:
        return
    filled = {"outcome": words.name("outcomes", outcome)} if outcome else {}
    title = words.phrase(f"{phrase}_title", **filled)
    file = f"{name}-{outcome}" if outcome else name
    yield Drawing(
        file, title, breakdown(rows, words.charts, title=title), words.phrase(f"{phrase}_note", **more).strip()
    )


def _bar(name: Sequence[str], tally: Tally, outcome: Outcome, words: PageWords) -> BarRow:
    return _row(name, words.count("incidents", tally.incidents), tally.of(outcome))


def _row(name: Sequence[str], beside: str, range: Range) -> BarRow:
    """A bar of what has a name, and of what stands beside it: what it lies in, and how many incidents, or when."""
    return BarRow(name[0], range, beside=" · ".join((*name[1:], beside)))


def _outcomes(counted: Counted, words: PageWords, apart: bool) -> list[BarRow]:
    """The outcomes on one scale; the displaced stand `apart`, as they would dwarf all others."""
    told = [outcome for outcome in OUTCOMES if outcome in counted.whole.people]
    order = [outcome for outcome in told if not (apart and outcome == "displaced")]
    rows = []
    for outcome in order:
        whole = counted.whole.people[outcome]
        beside = words.count("incidents", whole.known + whole.unknown)
        rows.append(BarRow(words.name("short_outcomes", outcome), whole.range, beside=beside))
    return rows


def _groups(counted: Counted, outcome: Outcome, words: PageWords) -> list[BarRow]:
    told = [group for group in GROUPS if (outcome, group) in counted.groups]
    ranges = {group: counted.groups[outcome, group].range for group in told}
    return [
        BarRow(
            words.name("groups", group),
            ranges[group],
            beside=words.count("incidents", counted.in_group[outcome, group]),
        )
        for group in sorted(told, key=lambda group: (-ranges[group].top, group))
    ]


def _parties(counted: Counted, outcome: Outcome, words: PageWords) -> list[BarRow]:
    told = [name for name, tally in counted.parties.items() if outcome in tally.people]
    order = sorted(told, key=lambda name: (-counted.parties[name].of(outcome).top, name))
    return [_bar((words.party(name),), counted.parties[name], outcome, words) for name in order[:_MOST_ROWS]]


def gravest_of(counted: Counted) -> tuple[tuple[Incident, Range], ...]:
    """The incidents with most killed that are drawn, each with its range."""
    told = ((incident, dict(people_of(incident)).get("killed")) for incident in counted.shown)
    return tuple(islice(((incident, range) for incident, range in told if range is not None and range.top), _GRAVEST))


def gravest(
    counted: Counted, words: PageWords, saying: Mapping[str, Sequence[KilledTold]] = MappingProxyType({})
) -> Iterator[Drawing]:
    """The incidents with most killed, each with its range, and a dot for each number that a report gives."""
    rows = []
    for incident, range in gravest_of(counted):
        row = _row(words.place_parts(incident.where), words.when(incident.when), range)
        said = dict.fromkeys(_said(one, words) for one in saying.get(incident.id, ()))
        rows.append(replace(row, sources=tuple(said)))
    dots = words.phrase("gravest_dots") if any(row.sources for row in rows) else ""
    yield from _drawn("gravest", "gravest", rows, words, dots=dots)


def _said(told: KilledTold, words: PageWords) -> Said:
    name = told.publisher or words.phrase("publisher_not_told")
    day = f", {told_day(told.published, words.charts)}" if told.published else ""
    return Said(f"{name}{day}", told.low, told.high)
