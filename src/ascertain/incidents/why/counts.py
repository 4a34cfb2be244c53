"""Where the numbers of an incident come from: the ledger, and for each bound the entries and the rule behind it.

In: the entries of the ledger and a policy. Out: `LedgerEntry`s and `FigureWhy`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ascertain.incidents.entries import Entry
from ascertain.incidents.figures import SENTENCES, Reconciled, reconciled
from ascertain.incidents.policies import Policy
from ascertain.incidents.why.answer import Bound, FigureWhy, LedgerEntry, LeftOut
from ascertain.incidents.why.sources import Names
from ascertain.model import Saying, Span, saying

_NOT_GIVEN = saying("nobody gives it")
_OPEN = saying("the best number is a minimum, and nobody gives more")
_AS_BEST = saying("the best number")
_CAPPED = saying("no group can be more than the people in all")
_TOGETHER = saying("from these counts of one report put together")


def ledger_told(
    entries: Sequence[Entry], names: Names, evidence: Mapping[str, tuple[Span, ...]]
) -> tuple[LedgerEntry, ...]:
    """The entries, by outcome and group, oldest first; `evidence` has that of each claim."""
    return tuple(_entry(entry, names, evidence[entry.claim]) for entry in sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[str, bool, str, str, str]:
    published = entry.published.isoformat() if entry.published else "9999"
    return entry.outcome, entry.group != "people", entry.group, published, entry.id


def _entry(entry: Entry, names: Names, evidence: tuple[Span, ...]) -> LedgerEntry:
    return LedgerEntry(
        id=entry.id,
        outcome=entry.outcome,
        group=entry.group,
        low=entry.low,
        high=entry.high,
        precision=entry.precision,
        words=entry.text,
        spans=entry.spans,
        evidence=evidence,
        report=entry.report,
        claim=entry.claim,
        published=entry.published,
        sources=tuple(names.of(source) for source in entry.sources),
        state=entry.state,
        by=entry.by,
        because=entry.why,
    )


def figures_explained(entries: Sequence[Entry], policy: Policy) -> tuple[FigureWhy, ...]:
    """Each figure with what its low, best and high rest on."""
    known = {entry.id: entry for entry in entries}
    return tuple(_figure(found, known) for found in reconciled(entries, policy))


def _figure(found: Reconciled, known: dict[str, Entry]) -> FigureWhy:
    figure = found.figure
    spans = [known[id] for id in dict.fromkeys(found.spans)]
    say_it = tuple(id for id in found.rests_on if known[id].value == figure.best) or found.rests_on
    chosen = found.because if found.rule in SENTENCES else saying("it is {says}", says=found.because)
    return FigureWhy(
        outcome=figure.outcome,
        group=figure.group,
        policy=found.policy,
        rule=found.rule,
        low=_bound(figure.low, spans, lambda entry: entry.low, saying("the lowest of the counts that stand"), found),
        best=Bound(value=figure.best, entries=say_it, because=chosen),
        high=_bound(figure.high, spans, _most, saying("the highest of the counts that stand"), found),
        left_out=tuple(LeftOut(entry=entry, because=why) for entry, why in found.left_out),
    )


def _most(entry: Entry) -> int | None:
    return entry.high if entry.high is not None else entry.low


def _bound(
    value: int | None, spans: Sequence[Entry], bound: Callable[[Entry], int | None], because: Saying, found: Reconciled
) -> Bound:
    """A low or high number: of the entries that give it, or else of those that it is worked out from."""
    best = found.figure.best
    if value is None:
        return Bound(value=None, entries=(), because=_NOT_GIVEN if best is None else _OPEN)
    exact = tuple(entry.id for entry in spans if bound(entry) == value)
    if exact:
        return Bound(value=value, entries=exact, because=_AS_BEST if value == best else because)
    if value == best:
        return Bound(value=value, entries=found.rests_on, because=_AS_BEST)
    capped = any((bound(entry) or 0) > value for entry in spans)
    why = found.because if found.rule == "disputed" else _CAPPED if capped else _TOGETHER
    return Bound(value=value, entries=found.spans, because=why)
