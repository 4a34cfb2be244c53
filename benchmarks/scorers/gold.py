"""The gold set: claims against claims, span by span.

Within a snippet, predicted and gold claims of one kind whose evidence overlaps are aligned one to one by the best total
of likeness (evidence, event type or sector, figures, modality, speakers). What stands in claims that found no partner
counts as false or missed, so every F1 below is of the whole way from text to value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from ascertain.model import Claim, Incident, Reading, Report, Span
from scorers.alignment import best_pairs
from scorers.passages import around
from scorers.tally import Outcome, Sheet, Tally, hit, overlap

CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)
KINDS = ("event", "toll", "condition", "negotiation")
FIGURED = ("event", "toll")
UNHAPPENED = frozenset({"denied", "planned", "threatened", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a claim that holds items: which they are, and when two are the same."""

    name: str
    kinds: tuple[str, ...]
    items: Callable[[Any], Sequence[Any]]
    same: Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Detail:
    """A question about two items of a slot that were found to be the same; asked where gold has an answer."""

    name: str
    slot: str
    answer: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about two claims that belong together; asked where gold has an answer."""

    name: str
    kinds: tuple[str, ...]
    answer: Callable[[Any], Any]


def touching(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _spans_touch(one: Any, other: Any) -> bool:
    return touching(one.span, other.span)


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _same_figure(one: Any, other: Any) -> bool:
    return _same_number(one, other) and bool(one.group == other.group)


def _same_number(one: Any, other: Any) -> bool:
    return bool((one.outcome, one.low, one.high) == (other.outcome, other.low, other.high))


def _same_actor(one: Any, other: Any) -> bool:
    return bool(one.role == other.role) and _spans_touch(one, other)


def _same_target(one: Any, other: Any) -> bool:
    return bool(one.type == other.type) and _spans_touch(one, other)


def _same_days(one: Any, other: Any) -> bool:
    return bool((one.start, one.end) == (other.start, other.end))


def _only(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


SLOTS = (
    Slot("figures", FIGURED, lambda c: c.figures, _same_figure),
    Slot("figures_any_group", FIGURED, lambda c: c.figures, _same_number),
    Slot("said_by", KINDS, lambda c: c.said_by, _spans_touch),
    Slot("when", KINDS, lambda c: _only(c.when), _same_days),
    Slot("where", KINDS, lambda c: _only(c.where), _spans_touch),
    Slot("actors", ("event", "negotiation"), lambda c: c.actors, _same_actor),
    Slot("targets", ("event",), lambda c: c.targets, _same_target),
    Slot("means", ("event",), lambda c: c.means, _equal),
    Slot("since", ("toll",), lambda c: _only(c.since), _same_days),
    Slot("issues", ("negotiation",), lambda c: c.issues, _spans_touch),
    Slot("mediators", ("negotiation",), lambda c: [a for a in c.actors if a.role == "mediator"], _spans_touch),
)
DETAILS = (
    Detail("said_by_kind", "said_by", lambda item: item.kind),
    Detail("actor_kind", "actors", lambda item: item.kind),
    Detail("target_damage", "targets", lambda item: item.damage),
    Detail("target_count", "targets", lambda item: item.count),
    Detail("where_country", "where", lambda item: item.country),
    Detail("when_precision", "when", lambda item: item.precision),
)
QUESTIONS = (
    Question("event_type", ("event",), lambda c: c.type),
    Question("modality", KINDS, lambda c: c.modality),
    Question("when_exact", KINDS, lambda c: c.when and (c.when.start, c.when.end)),
    Question("negotiation_status", ("negotiation",), lambda c: c.status),
)


def score(report: Report, reading: Reading, incidents: Sequence[Incident], answer: Mapping[str, Any]) -> Outcome:
    """Score the claims of one snippet, and whether what did not happen was kept out of its incidents."""
    return _Snippet(report, reading.claims, [of_answer(claim) for claim in answer["claims"]]).score(answer, incidents)


def of_answer(claim: Mapping[str, Any]) -> Claim:
    """A claim of the gold set, whose files leave out every key without a value."""
    whole = {**claim, "figures": [{"low": None, "high": None, **figure} for figure in claim.get("figures", ())]}
    if claim["kind"] not in FIGURED:
        del whole["figures"]
    for key in ("when", "since"):
        if claim.get(key):
            whole[key] = {"start": None, "end": None, **claim[key]}
    return CLAIM.validate_python(whole)


def align(given: Sequence[Claim], due: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """The predicted and gold claims that belong together."""
    pairs = best_pairs([[likeness(mine, theirs) for theirs in due] for mine in given])
    return [(given[mine], due[theirs]) for mine, theirs in pairs]


def likeness(mine: Claim, theirs: Claim) -> float:
    """How alike two claims are; 0 for claims of two kinds, or without a word of evidence in common."""
    shared = _shared(mine.evidence, theirs.evidence)
    if mine.kind != theirs.kind or not shared:
        return 0.0
    either = _length(mine.evidence) + _length(theirs.evidence) - shared
    figures = overlap(_numbers(mine), _numbers(theirs)).f1 or 0.0
    speakers = any(_spans_touch(a, b) for a in mine.said_by for b in theirs.said_by)
    same_sort = _sort(mine) == _sort(theirs)
    same_modality = mine.modality == theirs.modality
    return 1 + shared / either + same_sort + 0.5 * figures + 0.25 * same_modality + 0.25 * speakers


class _Snippet:
    """One snippet while it is scored."""

    def __init__(self, report: Report, given: Sequence[Claim], due: Sequence[Claim]) -> None:
        self.report, self.given, self.due = report, given, due
        self.sheet = Sheet(report.id)
        self.pairs = align(given, due)
        paired = {id(claim) for pair in self.pairs for claim in pair}
        self.false = [claim for claim in given if id(claim) not in paired]
        self.missed = [claim for claim in due if id(claim) not in paired]

    def score(self, answer: Mapping[str, Any], incidents: Sequence[Incident]) -> Outcome:
        self.claims()
        self.unhappened(incidents)
        for slot in SLOTS:
            self.slot(slot)
        for question in QUESTIONS:
            self.question(question)
        self.sorts("event_types", "event")
        self.sorts("sectors", "condition")
        if not self.due:
            self.sheet.add("look_alikes", hit(not self.given))
        return self.sheet.outcome({"genre": answer["genre"], "conflict": answer["conflict"]})

    def claims(self) -> None:
        for name, kinds in (("claims", KINDS), *((f"claims_{kind}", (kind,)) for kind in KINDS)):
            pairs = sum(mine.kind in kinds for mine, _ in self.pairs)
            given = sum(claim.kind in kinds for claim in self.given)
            self.sheet.add(name, Tally(pairs, given, sum(claim.kind in kinds for claim in self.due)))
        for claim in self.false:
            kind = f"claim_false.{claim.kind}" if self.due else "look_alike_read"
            self.wrong(kind, claim, "nothing", told(claim))
        for claim in self.missed:
            self.wrong(f"claim_missed.{claim.kind}", claim, told(claim), "nothing")

    def unhappened(self, incidents: Sequence[Incident]) -> None:
        """What was denied, planned, threatened or imagined is no incident, unless the incident also rests on a claim of
        something that did happen."""
        partners = {f"{self.report.id}/{mine.id}": theirs for mine, theirs in self.pairs}
        rests_on = [[partners[name] for name in incident.claims if name in partners] for incident in incidents]
        made = [claim for claims in rests_on if all(c.modality in UNHAPPENED for c in claims) for claim in claims]
        for claim in self.due:
            if claim.kind == "event" and claim.modality in UNHAPPENED:
                wrong = any(claim is other for other in made)
                self.sheet.add("no_incident_of_what_was_not", hit(not wrong))
                if wrong:
                    self.wrong(f"incident_of_what_was_not.{claim.modality}", claim, told(claim), "an incident")

    def slot(self, slot: Slot) -> None:
        for mine, theirs in self.pairs:
            if mine.kind not in slot.kinds:
                continue
            got, due = slot.items(mine), slot.items(theirs)
            pairs = best_pairs([[float(slot.same(a, b)) for b in due] for a in got])
            self.sheet.add(slot.name, Tally(len(pairs), len(got), len(due)))
            self.details(slot, [(got[i], due[j]) for i, j in pairs], theirs)
            false = [told_item(x) for i, x in enumerate(got) if i not in {i for i, _ in pairs}]
            missed = [told_item(x) for j, x in enumerate(due) if j not in {j for _, j in pairs}]
            if false or missed:
                kind = "wrong" if false and missed else "false" if false else "missed"
                self.wrong(f"{slot.name}.{kind}", theirs, "; ".join(missed) or "no more", "; ".join(false) or "no more")
        for claim in (*self.false, *self.missed):
            if claim.kind in slot.kinds:
                count = len(slot.items(claim))
                ours = any(claim is other for other in self.false)
                self.sheet.add(slot.name, Tally(given=count) if ours else Tally(due=count))

    def details(self, slot: Slot, pairs: Iterable[tuple[Any, Any]], claim: Claim) -> None:
        for detail in DETAILS:
            if detail.slot != slot.name:
                continue
            for mine, theirs in pairs:
                got, due = detail.answer(mine), detail.answer(theirs)
                if due is None:
                    continue
                self.sheet.add(detail.name, hit(got == due))
                if got != due:
                    self.wrong(detail.name, claim, f"{due} [{told_item(theirs)}]", f"{got} [{told_item(mine)}]")

    def question(self, question: Question) -> None:
        for mine, theirs in self.pairs:
            if mine.kind not in question.kinds:
                continue
            got, due = question.answer(mine), question.answer(theirs)
            if due is None:
                continue
            self.sheet.add(question.name, hit(got == due))
            # What slot `when` notes already needs no second note.
            if got != due and question.name != "when_exact":
                sort = f".{due}" if isinstance(due, str) else ""
                self.wrong(f"{question.name}{sort}", theirs, due, f"{got} [{told(mine)}]")

    def sorts(self, name: str, kind: str) -> None:
        right = sum(_sort(mine) == _sort(theirs) for mine, theirs in self.pairs if mine.kind == kind)
        given, due = (sum(claim.kind == kind for claim in claims) for claims in (self.given, self.due))
        self.sheet.add(name, Tally(right, given, due))

    def wrong(self, kind: str, claim: Claim, expected: object, got: object) -> None:
        self.sheet.wrong(kind, expected, got, around(self.report.text, claim.evidence))


def told(claim: Claim) -> str:
    """The claim in one line, for a person."""
    sort = _sort(claim) or getattr(claim, "status", None)
    parts = [claim.kind, str(sort or ""), claim.modality]
    parts += [told_item(item) for slot in SLOTS if claim.kind in slot.kinds for item in _once(slot, claim)]
    return " · ".join(part for part in parts if part)


def told_item(item: Any) -> str:
    """An item of a claim in a few words, for a person."""
    if isinstance(item, str):
        return item
    values = item.model_dump(mode="json", exclude_none=True, exclude={"span", "text", "id", "lat", "lon", "part_of"})
    return f"{getattr(item, 'text', None)!r} ({', '.join(f'{key} {value}' for key, value in values.items())})"


def _once(slot: Slot, claim: Claim) -> Sequence[Any]:
    return () if slot.name in {"figures_any_group", "mediators"} else slot.items(claim)


def _sort(claim: Claim) -> str | None:
    return getattr(claim, "type", None) or getattr(claim, "sector", None)


def _numbers(claim: Claim) -> list[tuple[object, ...]]:
    return [(f.outcome, f.low, f.high) for f in getattr(claim, "figures", ())]


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _shared(one: Iterable[Span], other: Iterable[Span]) -> int:
    theirs = list(other)
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in theirs)
