"""The difference that staged readings would make: incidents that change, appear and go, figures that move, and
decisions whose claims are no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from ascertain.incidents.build import counting, incident_of, is_told
from ascertain.incidents.events import stories_of
from ascertain.incidents.lineage import trace
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import shipped
from ascertain.intake.spools import spool
from ascertain.model import Incident, IncidentFigure, Reading
from ascertain.record import settling
from ascertain.record.models import DecisionClaim, IncidentRow, ReadingRow
from ascertain.record.models.readings import IN_FORCE, STAGED
from ascertain.record.selectors.decisions import standing_about
from ascertain.record.selectors.policy import policy_in_force
from ascertain.record.selectors.readings import readings_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that would move: of which incident, outcome and group, from what to what; `None` where there is none."""

    incident: str
    outcome: str
    group: str
    before: IncidentFigure | None
    after: IncidentFigure | None

    @property
    def by(self) -> int:
        """By how many people the best figure moves, or the lowest where there is no best."""
        return abs(_number(self.after) - _number(self.before))


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change.

    Attributes:
        readings: how many readings are staged.
        unchanged: how many incidents stay as they are.
        changed, appeared, gone: ids of incidents.
        moved: figures that move, the largest moves first.
        left_over: numbers of the decisions that stand and of whose claims none is left.
    """

    readings: int
    unchanged: int
    changed: tuple[str, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[Moved, ...]
    left_over: tuple[int, ...]


def difference() -> Difference:
    """The difference that the staged readings would make, all reports being linked anew with them."""
    readings = _Readings()
    after = {incident.id: incident for incident in _incidents(readings)}
    rows = IncidentRow.objects.filter(gone=False).order_by("pk").values_list("value", flat=True).iterator()
    before = {incident.id: incident for incident in map(Incident.model_validate_json, rows)}
    both = sorted(before.keys() & after.keys())
    changed = tuple(id for id in both if before[id] != after[id])
    moved = [move for id in changed for move in _moves(before[id], after[id])]
    return Difference(
        readings=ReadingRow.objects.filter(state=STAGED).count(),
        unchanged=len(both) - len(changed),
        changed=changed,
        appeared=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        moved=tuple(sorted(moved, key=lambda move: (-move.by, move.incident, move.outcome, move.group))),
        left_over=_left_over(readings),
    )


class _Readings:
    """The readings as they would be, to be gone through as often as needed."""

    def __init__(self) -> None:
        rows = ReadingRow.objects.filter(state__in=(IN_FORCE, STAGED)).values_list("report_id", flat=True)
        self._reports = sorted(set(rows))

    def __iter__(self) -> Iterator[Reading]:
        return readings_of(self._reports, staged=True)


def _incidents(readings: Iterable[Reading]) -> Iterator[Incident]:
    lineage = trace(readings)
    claiming = {reading.report.id for reading in readings if reading.claims}
    issued = set(IncidentRow.objects.values_list("pk", flat=True))
    with (
        spool() as folder,
        closing(Index(counting(shipped(), readings), folder / "links.duckdb")) as index,
    ):
        index.add(map(stories_of, readings))
        told = [group for group in index.told() if is_told(group, lineage, claiming)]
    policy = policy_in_force()
    for settled in settling.settle(told):
        yield settled.finish(incident_of(settled.events, lineage, issued, policy)).incident


def _moves(before: Incident, after: Incident) -> Iterator[Moved]:
    old, new = _figures(before), _figures(after)
    for outcome, group in sorted(old.keys() | new.keys()):
        was, is_now = old.get((outcome, group)), new.get((outcome, group))
        if was != is_now:
            yield Moved(before.id, outcome, group, was, is_now)


def _figures(incident: Incident) -> Mapping[tuple[str, str], IncidentFigure]:
    return {(figure.outcome, figure.group): figure for figure in incident.figures}


def _number(figure: IncidentFigure | None) -> int:
    if figure is None:
        return 0
    return next((bound for bound in (figure.best, figure.low, figure.high) if bound is not None), 0)


def _left_over(readings: Iterable[Reading]) -> tuple[int, ...]:
    """The decisions of whose claims none is left."""
    named: dict[int, set[tuple[str, str]]] = {}
    for decision, report, claim in DecisionClaim.objects.values_list("decision", "report", "claim"):
        named.setdefault(decision, set()).add((report, claim))
    standing = {each.number for each in standing_about({report for claims in named.values() for report, _ in claims})}
    wanted = {report for number in standing for report, _ in named.get(number, ())}
    present = {
        (reading.report.id, claim)
        for reading in readings
        if reading.report.id in wanted
        for claim in ("", *(claim.id for claim in reading.claims))
    }
    return tuple(sorted(number for number in standing & named.keys() if named[number].isdisjoint(present)))
