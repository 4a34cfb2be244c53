"""Figures of an incident, reconciled from its ledger by a policy.

In: the entries of the ledger, and a `Policy`. Out: a `Reconciled` for each outcome and group: the figure, the rule that
chose its number, and the entries that it rests on; `reconcile` gives the figures alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ascertain.incidents.counts import Size, size_of
from ascertain.incidents.entries import Entry, Precision
from ascertain.incidents.policies import Count, Number, Policy
from ascertain.model import AttributionKind, Group, IncidentFigure, Outcome, Saying, saying

PRECISIONS: tuple[Precision, ...] = ("exact", "bounded", "range", "rounded", "vague")
FIGHTERS: frozenset[Group] = frozenset(("combatants", "security_forces"))
# Groups that have no member in common: who is one of these is none of the other.
DISJOINT: tuple[tuple[Group, Group], ...] = (("civilians", "combatants"),)
# Rules whose reason is a sentence of its own, not the end of "it is".
SENTENCES = frozenset(("none", "disputed", "vague", "exceeds"))
LeftOut = tuple[tuple[str, Saying], ...]
_LOW_END_OF_ONE = saying("the lower end of the only range that is said")
_DISPUTED = saying("what others leave of the people, as it is disputed who they were")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A figure, and why: `rule` names what chose `best`, `because` says it in words; `rests_on` are the ids of the
    entries that give the best number, `spans` of those that set the range, and `left_out` says of each count that the
    range leaves out why that is."""

    figure: IncidentFigure
    policy: str
    rule: str
    because: Saying
    rests_on: tuple[str, ...]
    spans: tuple[str, ...]
    left_out: LeftOut = ()


def reconcile(entries: Iterable[Entry], policy: Policy) -> tuple[IncidentFigure, ...]:
    """The figures of an incident, those of all people first within an outcome; no group outnumbers the people."""
    return tuple(found.figure for found in reconciled(entries, policy))


def reconciled(entries: Iterable[Entry], policy: Policy) -> tuple[Reconciled, ...]:
    """The figures of an incident, each with the rule that chose it and the entries that it rests on."""
    kept = [entry for entry in sorted(entries, key=_order) if entry.state != "toll"]
    found: list[Reconciled] = []
    for outcome in dict.fromkeys(entry.outcome for entry in kept):
        of_outcome = [entry for entry in kept if entry.outcome == outcome]
        people = _reconciled(of_outcome, outcome, "people", policy)
        groups = dict.fromkeys(entry.group for entry in of_outcome if entry.group != "people")
        parts = [part for group in groups if (part := _reconciled(of_outcome, outcome, group, policy))]
        if policy.disputes:
            parts = [_disputed(part, parts, people) for part in parts]
        if people is None:
            people = _unknown(outcome, policy)
        found += [people, *(_within(part, people) for part in parts)]
    return tuple(found)


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.report, entry.at, entry.id


def _reconciled(entries: Sequence[Entry], outcome: Outcome, group: Group, policy: Policy) -> Reconciled | None:
    told = [entry for entry in entries if entry.group == group and (group != "people" or entry.part_of is None)]
    told = [entry for entry in told if policy.speakers.intersection(entry.kinds)] or told
    counts = _counts(told, group, policy)
    numbers = _numbers(told, counts, policy)
    if not numbers:
        return None
    best, rule, because = _chosen(numbers, policy)
    kept, left_out = _spanning(counts, best, policy)
    low, high = _range(kept, best, policy)
    number = best.value if any(count.size.best is not None for count in kept) else None
    if best.precision == "vague" and policy.plural is None:
        number, rule, because = None, "vague", saying("nobody gives a number, only words such as several")
    figure = _figure(outcome, group, low, number, high)
    spans = tuple(entry for count in kept for entry in count.entries)
    return Reconciled(figure, policy.name, rule, because, best.entries, spans, left_out)


def _counts(told: Sequence[Entry], group: Group, policy: Policy) -> list[Count]:
    """What each report counts, by entries that stand."""
    reports: dict[str, list[Entry]] = {}
    for entry in told:
        reports.setdefault(entry.report, []).append(entry)
    found = []
    for report, entries in reports.items():
        standing = _leading(entries, group)
        size = size_of(standing, group)
        if size is not None:
            since = _first_said(entries[0], told)
            ids = tuple(entry.id for entry in standing)
            found.append(Count(report, _plural(size, policy), since, _kinds(standing), ids))
    return found


def _leading(entries: Sequence[Entry], group: Group) -> list[Entry]:
    """The entries that stand; where what the report leads with does not, only those that say more: the others were
    parts of it."""
    standing = [entry for entry in entries if entry.state in ("current", "part")]
    if len(standing) == len(entries):
        return standing
    whole = size_of(entries, group)
    if whole is None or whole.lead in standing:
        return standing
    return [entry for entry in standing if (entry.value or 0) > (whole.number or 0)]


def _first_said(entry: Entry, told: Sequence[Entry]) -> dt.date | None:
    """The day of the report, or of the earliest of its copies."""
    return min((e.published for e in told if e.origin == entry.origin and e.published), default=None)


def _plural(size: Size, policy: Policy) -> Size:
    """A plural without a number as the number that the policy has it stand for."""
    if policy.plural is None or not size.vague or (size.low or 0) >= policy.plural:
        return size
    low = policy.plural if size.high is None else min(policy.plural, size.high)
    return replace(size, low=low, best=low)


def _numbers(told: Sequence[Entry], counts: Sequence[Count], policy: Policy) -> list[Number]:
    """The numbers that reports lead with, and those that two sources give where the policy takes them too."""
    led: dict[int, list[Count]] = {}
    for count in counts:
        if count.size.number is not None:
            led.setdefault(count.number, []).append(count)
    beside: dict[int, list[Entry]] = {}
    told = [entry for entry in told if entry.state != "superseded"]
    for entry in told:
        if entry.value is not None and entry.precision in ("exact", "bounded") and not entry.individual:
            beside.setdefault(entry.value, []).append(entry)
    found = [_number(value, led[value], _bearing_out(led[value], beside.get(value, [])), told) for value in sorted(led)]
    if policy.supported:
        for value in sorted(set(beside) - set(led)):
            number = _number(value, [], beside[value], told)
            if len(number.sources) > 1 and not number.incomplete and min(led, default=0) < value:
                found.append(number)
    return found


def _bearing_out(led: Sequence[Count], beside: Sequence[Entry]) -> list[Entry]:
    """Of the entries that give a number beside others, those that bear it out: "two children were among the dead" does
    not say that two were killed in all."""
    some = all(count.size.incomplete for count in led)
    return [entry for entry in beside if some or not entry.incomplete]


def _number(value: int, led: Sequence[Count], beside: Sequence[Entry], told: Sequence[Entry]) -> Number:
    ids = {entry for count in led for entry in count.entries}
    leads = {count.size.lead.id for count in led}
    saying = [e for e in told if e.id in leads or (e.id in ids and e.value in (value, 1))]
    saying = list({entry.id: entry for entry in (*saying, *beside)}.values())
    precisions = [count.size.precision for count in led] or [entry.precision for entry in beside]
    days: dict[str, dt.date] = {}
    for entry in saying:
        if entry.published:
            days[entry.origin] = min(days.get(entry.origin, entry.published), entry.published)
    return Number(
        outcome=told[0].outcome,
        value=value,
        sizes=tuple(count.size for count in led),
        precision=min(precisions, key=PRECISIONS.index),
        sources=frozenset(source for entry in saying if entry.state != "copy" for source in entry.sources),
        reports=frozenset(entry.origin for entry in saying),
        days=tuple(sorted(days.values())),
        kinds=_kinds(saying),
        enemies=all(_counts_fighters(entry) for entry in saying),
        incomplete=all(count.size.incomplete for count in led) if led else all(e.incomplete for e in beside),
        entries=tuple(sorted(entry.id for entry in saying)),
    )


def _counts_fighters(entry: Entry) -> bool:
    return all(figure.group in FIGHTERS for figure in entry.figures)


def _kinds(entries: Iterable[Entry]) -> frozenset[AttributionKind]:
    """Who says it; a report that names nobody speaks for itself, as the media do."""
    return frozenset(kind for entry in entries for kind in (entry.kinds or ("media",)))


def _chosen(numbers: Sequence[Number], policy: Policy) -> tuple[Number, str, Saying]:
    """The number that the rules leave, and the rule that decided; a rule that would leave none is passed over."""
    left, decided = list(numbers), ("only", saying("the only number that is said"))
    for rule in policy.best:
        kept = [number for number in left if rule.keeps(number, left)]
        if kept and len(kept) < len(left):
            left, decided = kept, (rule.name, rule.says)
        if len(left) == 1:
            break
    name, says = decided
    if left[0].precision == "range":
        says = _LOW_END_OF_ONE if name == "only" else saying("the lower end of a range, and {says}", says=says)
    return left[0], name, says


def _spanning(counts: Sequence[Count], best: Number, policy: Policy) -> tuple[list[Count], LeftOut]:
    """The counts that the range spans, and why the others are left out; a count that gives the best number stays."""
    reasons: dict[str, Saying] = {}
    for count in counts:
        if count.number != best.value and not set(count.entries) & set(best.entries):
            why = next((rule.says for rule in policy.span if rule.drops(count, best, counts)), None)
            reasons |= dict.fromkeys(count.entries, why) if why else {}
    kept = [count for count in counts if not set(count.entries) & set(reasons)]
    return kept, tuple(sorted(reasons.items()))


def _range(kept: Sequence[Count], best: Number, policy: Policy) -> tuple[int | None, int | None]:
    """From the lowest to the highest count; open above where the best number is a minimum that nobody exceeds."""
    sizes = [count.size for count in kept if not count.size.vague] or [count.size for count in kept]
    low = min((size.low for size in sizes if size.low is not None), default=None)
    tops = [(_top(size), size.high is not None) for size in sizes]
    top = max((value for value, _ in tops), default=best.value)
    closed = top > best.value or any(is_closed for value, is_closed in tops if value == top)
    vague = [count.size.high for count in kept if count.size.vague and count.size.high is not None]
    high = max([top, *vague]) if closed or max(vague, default=0) > top else None
    if policy.one_number and low is not None:
        low = max(low, best.value)
    return low, high


def _top(size: Size) -> int:
    return next((bound for bound in (size.high, size.best, size.low) if bound is not None), 0)


def _figure(outcome: Outcome, group: Group, low: int | None, best: int | None, high: int | None) -> IncidentFigure:
    if best is not None:
        low = low if low is None else min(low, best)
        high = high if high is None else max(high, best)
    return IncidentFigure(outcome=outcome, group=group, low=low, best=best, high=high)


def _unknown(outcome: Outcome, policy: Policy) -> Reconciled:
    figure = IncidentFigure(outcome=outcome, group="people")
    return Reconciled(figure, policy.name, "none", saying("nobody counts all the people"), (), ())


def _disputed(part: Reconciled, parts: Sequence[Reconciled], people: Reconciled | None) -> Reconciled:
    """A group whose members another report counts among others: it may be as few as those leave of the people, and is
    so at best where the best number of the people is the others' count."""
    whole = people.figure.best if people is not None else None
    rival = next((other for other in parts if _are_disjoint(part.figure.group, other.figure.group)), None)
    if people is None or whole is None or rival is None or _reports(part.spans) & _reports(rival.spans):
        return part
    own, ours, theirs = part.figure, part.figure.best, rival.figure.best
    if ours is None or theirs is None or ours + theirs <= whole:
        return part
    left = max(0, whole - theirs)
    best = left if _reports(people.rests_on) & _reports(rival.rests_on) else ours
    low = min(left, best, own.low if own.low is not None else ours)
    why = part.because if best == ours else _DISPUTED
    rule = part.rule if best == ours else "disputed"
    figure = own.model_copy(update={"low": low, "best": best})
    return replace(part, figure=figure, rule=rule, because=why)


def _are_disjoint(one: Group, other: Group) -> bool:
    return (one, other) in DISJOINT or (other, one) in DISJOINT


def _reports(entries: Iterable[str]) -> set[str]:
    return {entry.rpartition("/")[0] for entry in entries}


def _within(part: Reconciled, people: Reconciled) -> Reconciled:
    """The part with no bound above that of the people, and no best number where that would be above: what the people
    leave of it nobody has said."""
    own, whole = part.figure, people.figure
    high = _least(own.high, whole.high)
    most = _least(own.best, whole.best, whole.high)
    low = _least(own.low, whole.low, most, high)
    figure = own.model_copy(update={"low": low, "best": most if most == own.best else None, "high": high})
    if most == own.best:
        return replace(part, figure=figure)
    why = saying("{number} is said, more than the people in all", number=own.best or 0)
    return replace(part, figure=figure, rule="exceeds", because=why)


def _least(bound: int | None, *limits: int | None) -> int | None:
    return None if bound is None else min([bound, *(limit for limit in limits if limit is not None)])
