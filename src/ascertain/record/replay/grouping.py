"""Groups as people have them: what the linker put together, merged and split by decisions.

In: groups of events, and the decisions that stand. Out: groups. Merge then split restores, and decisions about
different events may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ascertain.incidents.events import Event
from ascertain.record.replay.decided import Decided, marks

Group = tuple[Event, ...]


def ties(decisions: Iterable[Decided]) -> tuple[frozenset[str], ...]:
    """The ids of the claims that each decision holds together: where one is looked at anew, so are the others."""
    return tuple(decided.subject.named for decided in decisions if len(decided.subject.named) > 1)


def regrouped(groups: Iterable[Group], decisions: Iterable[Decided]) -> tuple[Group, ...]:
    """The groups after the merges, splits and locks among the decisions.

    Args:
        groups: what the linker put together, with all groups that the decisions tie to them.
        decisions: those that stand, in order.

    Events that came after a decision go with those that the linker puts them with; where a split parted these, with the
    side whose words they share. A locked incident takes in none: they become one of their own beside it.
    """
    parts = [list(group) for group in groups]
    made = tuple(decisions)
    locked = {lock.number for lock in locks(made)}
    for decided in made:
        if decided.kind == "merge":
            parts = _merged(parts, decided.subject.named)
        elif decided.kind == "split":
            leaving, staying = map(frozenset, decided.subject.events)
            parts = [half for part in parts for half in _split(part, leaving, staying)]
        elif decided.number in locked:
            kept = decided.subject.named
            parts = [half for part in _merged(parts, kept, whole=False) for half in _closed(part, kept)]
    ordered = (tuple(sorted(part, key=_id)) for part in parts)
    return tuple(sorted(ordered, key=lambda group: group[0].id))


def locks(decisions: Iterable[Decided]) -> tuple[Decided, ...]:
    """The locks that hold: those that no later unlock of the same incident opens."""
    held: dict[str, Decided] = {}
    for decided in decisions:
        if decided.kind == "lock":
            held[decided.subject.incidents[0]] = decided
        elif decided.kind == "unlock":
            held.pop(decided.subject.incidents[0], None)
    return tuple(held.values())


def _id(event: Event) -> str:
    return event.id


def _is_in(event: Event, named: frozenset[str]) -> bool:
    return not named.isdisjoint(marks(event))


def _merged(parts: Sequence[list[Event]], named: frozenset[str], *, whole: bool = True) -> list[list[Event]]:
    """The parts that hold a named event as one; without `whole`, of the parts only the named events themselves."""
    one: list[Event] = []
    others: list[list[Event]] = []
    for part in parts:
        inside = [event for event in part if _is_in(event, named)]
        if not inside:
            others.append(part)
            continue
        one.extend(part if whole else inside)
        left = [] if whole else [event for event in part if not _is_in(event, named)]
        others.extend([left] if left else [])
    return [*others, one] if one else others


def _closed(part: list[Event], kept: frozenset[str]) -> list[list[Event]]:
    inside = [event for event in part if _is_in(event, kept)]
    outside = [event for event in part if not _is_in(event, kept)]
    return [half for half in (inside, outside) if half]


def _split(part: list[Event], leaving: frozenset[str], staying: frozenset[str]) -> list[list[Event]]:
    gone = [event for event in part if _is_in(event, leaving)]
    stayed = [event for event in part if _is_in(event, staying) and event not in gone]
    if not gone or not stayed:
        return [part]
    left, kept = list(gone), list(stayed)
    for event in part:
        if event not in gone and event not in stayed:
            (left if _likeness(event, gone) > _likeness(event, stayed) else kept).append(event)
    return [left, kept]


def _likeness(event: Event, others: Sequence[Event]) -> float:
    """What share of an event's words the others have, on average."""
    words = _words(event)
    if not words:
        return 0.0
    return sum(len(words & _words(other)) for other in others) / (len(words) * len(others))


def _words(event: Event) -> frozenset[str]:
    return frozenset(event.sketch.words) if event.sketch else frozenset()
