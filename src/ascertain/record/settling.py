"""Settling: what decisions make of the groups that linking finds. It stands between groups and incidents.

In: groups of events. Out: groups as people decided them, each with what they decided of its incident (`replay` has the
rules; here they are given the record's decisions).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ascertain.incidents.events import Event
from ascertain.model import Incident, Sketch
from ascertain.record.handfuls import handfuls
from ascertain.record.models import DecisionClaim, EventRow
from ascertain.record.replay.decided import Decided, marks
from ascertain.record.replay.grouping import Group, regrouped
from ascertain.record.replay.values import Finished, about, finished
from ascertain.record.selectors.decisions import standing_about
from ascertain.record.selectors.readings import readings_of

__all__ = ["Finished", "Settled", "settle", "tied"]

_KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Settled:
    """A group of events that is one incident, in order of their ids, and the decisions about it."""

    events: Group
    decisions: tuple[Decided, ...] = ()

    def finish(self, incident: Incident) -> Finished:
        """The incident with what was decided of it."""
        return finished(incident, self.decisions)


def settle(groups: Sequence[Group]) -> Sequence[Settled]:
    """What is one incident, after all decisions about these groups.

    Args:
        groups: all groups of some heaps, and of those that `tied` finds for them.
    """
    reports = {event.report.id for group in groups for event in group}
    decisions = standing_about(reports)
    if not decisions:
        return [Settled(group) for group in groups]
    present = frozenset[str]().union(*(marks(event) for group in groups for event in group))
    worded = _with_words(groups, decisions)
    return [
        Settled(group, tuple(about(group, decisions, present.__contains__))) for group in regrouped(worded, decisions)
    ]


def tied(heaps: Collection[str]) -> dict[str, frozenset[str]]:
    """For each of these heaps, all heaps that decisions tie to it, itself among them.

    A decision may be about claims of several heaps, and each of these may be tied to others again.
    """
    bundle_of: dict[str, set[str]] = {heap: {heap} for heap in heaps}
    asked = set(heaps)
    while asked:
        found: set[str] = set()
        for several in _heaps_of_ties(asked):
            joined = set[str]().union(*(bundle_of.get(heap, {heap}) for heap in several))
            found |= joined - bundle_of.keys()
            bundle_of.update(dict.fromkeys(joined, joined))
        asked = found
    return {heap: frozenset(bundle_of[heap]) for heap in heaps}


def _heaps_of_ties(heaps: Iterable[str]) -> list[set[str]]:
    """The heaps that each decision is about which ties one of these heaps to another."""
    decisions: set[int] = set()
    for some in handfuls(sorted(heaps), _KEYS_AT_ONCE):
        events = EventRow.objects.filter(heap__in=some).values("report_id", "claim")
        wanted = {(row["report_id"], row["claim"]) for row in events}
        for reports in handfuls(sorted({report for report, _ in wanted}), _KEYS_AT_ONCE):
            named = DecisionClaim.objects.filter(ties=True, report__in=reports)
            decisions |= {d for d, r, c in named.values_list("decision", "report", "claim") if (r, c) in wanted}
    return [_heaps_of(decision) for decision in sorted(decisions)]


def _heaps_of(decision: int) -> set[str]:
    named = set(DecisionClaim.objects.filter(decision=decision).values_list("report", "claim"))
    events = EventRow.objects.filter(report__in={report for report, _ in named})
    return {heap for report, claim, heap in events.values_list("report", "claim", "heap") if (report, claim) in named}


def _with_words(groups: Sequence[Group], decisions: Iterable[Decided]) -> Sequence[Group]:
    """The groups, the events of those that a split is about with their words: by these it is known which side a later
    event is on."""
    split = frozenset[str]().union(*(each.subject.named for each in decisions if each.kind == "split"))
    cut = [any(not split.isdisjoint(marks(event)) for event in group) for group in groups]
    reports = {event.report.id for group, is_cut in zip(groups, cut, strict=True) if is_cut for event in group}
    sketches = {reading.report.id: reading.sketch for reading in readings_of(reports)} if reports else {}
    return [
        tuple(_worded(event, sketches.get(event.report.id)) for event in group) if is_cut else group
        for group, is_cut in zip(groups, cut, strict=True)
    ]


def _worded(event: Event, sketch: Sketch | None) -> Event:
    return replace(event, sketch=sketch)
