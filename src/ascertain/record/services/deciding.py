"""Deciding: what people decide is appended, and the incidents that it is about are put together anew.

Each function is one decision and one transaction. It is refused where the person's role does not allow it
(`RefusedError`), and where an incident has changed since the person saw it (`StaleError`), so that nobody overwrites
what somebody else did unseen. `seen` is the version of the incident that the person looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import JsonValue, ValidationError

from ascertain.model import Claim, EventClaim, Incident, Passage, RefusedError, Saying, StaleError, saying
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.models import Decision, DecisionClaim, IncidentClaim, IncidentRow, IncidentVersion, ReportRow
from ascertain.record.models.people import Person
from ascertain.record.replay.amending import claim_of
from ascertain.record.replay.decided import Decided, Kind, Subject
from ascertain.record.replay.values import check_parts, check_possible, corrected
from ascertain.record.roles import act_told, check_may, may
from ascertain.record.selectors.decisions import decided, level_of
from ascertain.record.services.amending import renew_events
from ascertain.record.services.incidents import heaps_of_claims, renew
from ascertain.record.writing import writing
from ascertain.taxonomy import event_types

LONGEST_REASON = 10_000
SENSITIVITIES = ("", "partner", "internal")
_CAUSES: Mapping[str, Saying] = MappingProxyType(
    {"reports": saying("new reports"), "reread": saying("a new reading"), "policy": saying("another policy")}
)
# What is decided on a locked incident all the same.
ON_LOCKED: tuple[Kind, ...] = ("unlock", "comment", "assign", "mark_sensitive")


@dataclass(frozen=True, slots=True)
class Seen:
    """An incident as a person saw it: its id, and which version it was."""

    incident: str
    version: int


def accept(*, person: Person, seen: Seen, reason: str = "") -> Decision:
    """The incident is as it should be."""
    return _of_incidents("accept", person, [seen], reason=reason)


def reject(*, person: Person, seen: Seen, reason: str) -> Decision:
    """The incident is none: it is left out of what is published, and stays in the record."""
    return _of_incidents("reject", person, [seen], reason=_given(reason))


def correct(
    *, person: Person, seen: Seen, field: str, to: JsonValue, evidence: Sequence[Passage] = (), reason: str = ""
) -> Decision:
    """Set a value of an incident: `type`, `when`, `where`, `actors`, `targets`, `means`, or a figure by
    `figures/killed/people` with `low`, `best` and `high`, or `None` for no such figure.

    Args:
        person: who decides.
        seen: the incident.
        field: which value.
        to: what it is set to, in the exchange format.
        evidence: the words of reports of the incident that say so.
        reason: why, where no words are pointed at.

    Raises:
        RefusedError: there is no such field, the value is none of it, or there is neither evidence nor reason.
    """
    if not evidence and not reason.strip():
        raise RefusedError(saying("a correction needs the words that say so, or a reason; give one of them"))
    words: list[JsonValue] = [passage.model_dump(mode="json") for passage in evidence]

    def check(incidents: Sequence[Incident]) -> None:
        for passage in evidence:
            _check_words(passage, incidents[0])
        after = corrected(incidents[0], field, to)
        figures = after.figures if field.startswith("figures/") else ()
        check_possible(figures, after.where if field == "where" else None)
        check_parts(after)

    value: JsonValue = {"field": field, "to": to, "evidence": words}
    return _of_incidents("correct", person, [seen], value=value, reason=reason, check=check)


def merge(*, person: Person, seen: Sequence[Seen], reason: str = "") -> Decision:
    """Several incidents are one thing that happened."""
    if len({each.incident for each in seen}) < 2:
        raise RefusedError(saying("one incident cannot be merged with itself; name two or more"))
    return _of_incidents("merge", person, seen, reason=reason)


def split(*, person: Person, seen: Seen, claims: Collection[str], reason: str = "") -> Decision:
    """Some claims of an incident tell of another one.

    Args:
        person: who decides.
        seen: the incident.
        claims: ids of the claims that leave (`r1/c3`; `r1/` for a report that claims nothing). What one report tells
            of one event leaves together.
        reason: why.
    """

    def parted(held: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
        leaving = tuple(claim for claim in held[0] if claim in set(claims))
        if unknown := sorted(set(claims) - set(held[0])):
            raise RefusedError(
                saying("{incident} holds no claim {claim}; name claims of it", incident=seen.incident, claim=unknown[0])
            )
        staying = tuple(claim for claim in held[0] if claim not in set(claims))
        if not leaving or not staying:
            raise RefusedError(
                saying("a split of {incident} needs claims that leave and claims that stay", incident=seen.incident)
            )
        return leaving, staying

    return _of_incidents("split", person, [seen], reason=reason, parted=parted)


def lock(*, person: Person, seen: Seen, reason: str = "") -> Decision:
    """Keep the incident as it is: no report that comes later changes it, until it is unlocked."""
    row = IncidentRow.objects.filter(pk=seen.incident).first()
    value: JsonValue = json.loads(row.value) if row else None
    return _of_incidents("lock", person, [seen], value=value, reason=reason)


def unlock(*, person: Person, seen: Seen, reason: str = "") -> Decision:
    """Let what is known now change the incident again."""
    return _of_incidents("unlock", person, [seen], reason=reason)


def assign(*, person: Person, seen: Seen, to: Person | None) -> Decision:
    """Whose the incident is to review; nobody's for `None`.

    Raises:
        RefusedError: they may not review.
    """
    if to is not None and not may(to, "accept"):
        raise RefusedError(
            saying("{person} may not review; assign it to somebody who may, or to nobody", person=to.username)
        )
    return _of_incidents("assign", person, [seen], value=to.username if to else None)


def comment(*, person: Person, seen: Seen, text: str) -> Decision:
    """Say something about an incident to those who review it."""
    return _of_incidents("comment", person, [seen], reason=_given(text))


def mark_sensitive(*, person: Person, seen: Seen, level: str, reason: str = "") -> Decision:
    """Say who may be given the incident: everybody (empty), `partner` or `internal`."""
    check_level(level)
    return _of_incidents("mark_sensitive", person, [seen], value=level, reason=reason)


def mark_report_sensitive(*, person: Person, report: str, level: str, reason: str = "") -> Decision:
    """Say who may be given a report: everybody (empty), `partner` or `internal`."""
    check_level(level)
    with writing():
        check_may(person, "mark_sensitive")
        row = _report(report)
        made = _append("mark_sensitive", person, Subject(report=report), value=level, reason=reason)
        _name(made)
        row.sensitivity = level
        row.save(update_fields=["sensitivity"])
        return made


def add_claim(*, person: Person, report: str, claim: Claim, reason: str = "") -> Decision:
    """A person marks a claim that the reader missed; its evidence are spans of the report's text."""
    check_possible(getattr(claim, "figures", ()), claim.where)
    if isinstance(claim, EventClaim) and claim.type not in event_types():
        raise RefusedError(saying("no type {type}; give a code of the taxonomy, such as attack", type=repr(claim.type)))
    with writing():
        check_may(person, "add_claim")
        row = _report(report)
        if any(end > len(row.text) for _, end in claim.evidence):
            raise RefusedError(
                saying(
                    "the evidence lies beyond the text of {report}, which has {length} characters",
                    report=report,
                    length=len(row.text),
                )
            )
        value: JsonValue = claim.model_dump(mode="json")
        made = _append("add_claim", person, Subject(report=report), value=value, reason=reason)
        _name(made)
        renew_events(report=report, cause=f"decision {made.pk}")
        return made


def reject_claim(*, person: Person, report: str, claim: str, reason: str) -> Decision:
    """The reader got a claim wrong: nothing is made of it any more."""
    with writing():
        check_may(person, "reject_claim")
        row = _report(report)
        if not _claims_of(row, claim):
            raise RefusedError(
                saying("{report} has no claim {claim}; name one that it has", report=report, claim=claim)
            )
        made = _append("reject_claim", person, Subject(report=report, claim=claim), reason=_given(reason))
        _name(made)
        renew_events(report=report, cause=f"decision {made.pk}")
        return made


def undo(*, person: Person, decision: int, reason: str = "") -> Decision:
    """Take a decision back; to take back an undo puts its decision in force again.

    Raises:
        RefusedError: there is no such decision, it is taken back already, it is somebody else's and the person is no
            editor, or an incident that would change by it is locked.
    """
    with writing():
        aim = Decision.objects.filter(pk=decision).select_related("person").first()
        if aim is None:
            raise RefusedError(saying("there is no decision {number}", number=decision))
        check_may(person, "undo" if aim.person_id == person.pk else "undo of another's")
        if is_undone(aim):
            raise RefusedError(
                saying("decision {number} is taken back already; take back its undoing instead", number=decision)
            )
        root = _root(aim)
        if root.kind not in (*ON_LOCKED, "lock"):
            _check_open(Subject.model_validate_json(root.subject).named)
        made = _append("undo", person, Subject(decision=decision), reason=reason, undoes=aim)
        _renew_after(root, f"decision {made.pk}")
        return made


def _of_incidents(
    kind: Kind,
    person: Person,
    seen: Sequence[Seen],
    *,
    value: JsonValue = None,
    reason: str = "",
    check: Callable[[Sequence[Incident]], None] | None = None,
    parted: Callable[[Sequence[tuple[str, ...]]], Sequence[tuple[str, ...]]] | None = None,
) -> Decision:
    with writing():
        check_may(person, kind)
        rows = [_checked(each, kind) for each in seen]
        if check is not None:
            check([Incident.model_validate_json(row.value) for row in rows])
        held = [_held(row.pk) for row in rows]
        events = parted(held) if parted else held
        subject = Subject(incidents=tuple(row.pk for row in rows), events=tuple(events))
        made = _append(kind, person, subject, value=value, reason=reason)
        _name(made)
        renew(heaps=heaps_of_claims(subject.named), cause=f"decision {made.pk}")
        return made


def _checked(seen: Seen, kind: Kind) -> IncidentRow:
    """The incident, as the person saw it.

    Raises:
        StaleError: it has changed since, or is no more.
        RefusedError: there is none, or it is locked.
    """
    row = IncidentRow.objects.filter(pk=seen.incident).first()
    if row is None:
        raise RefusedError(saying("there is no incident {incident}", incident=seen.incident))
    if row.gone or row.version != seen.version:
        raise StaleError(
            saying(
                "{incident} has changed since you saw it: {changes}; look at it again",
                incident=seen.incident,
                changes=_changes_since(seen),
            )
        )
    if row.locked and kind not in ON_LOCKED:
        raise RefusedError(_locked(seen.incident))
    if not row.locked and kind == "unlock":
        raise RefusedError(saying("{incident} is not locked", incident=seen.incident))
    return row


def _check_open(claims: Collection[str]) -> None:
    """Check that no incident that holds one of these claims is locked."""
    reports = {claim.rpartition("/")[0] for claim in claims}
    held = IncidentClaim.objects.filter(report__in=reports, incident__locked=True).order_by("incident")
    for report, claim, incident in held.values_list("report", "claim", "incident"):
        if f"{report}/{claim}" in claims:
            raise RefusedError(_locked(incident))


def _locked(incident: str) -> Saying:
    return saying("{incident} is locked; unlock it first", incident=incident)


def _changes_since(seen: Seen) -> tuple[Saying, ...]:
    versions = IncidentVersion.objects.filter(incident=seen.incident, number__gt=seen.version).order_by("number")
    return tuple(_told(version.cause) for version in versions) or (saying("it is no more"),)


def _told(cause: str) -> Saying:
    word, _, number = cause.partition(" ")
    row = Decision.objects.filter(pk=int(number)).select_related("person").first() if word == "decision" else None
    if row is not None:
        return saying("{person}: {act}", person=row.person.username, act=act_told(row.kind))
    return _CAUSES.get(word) or Saying(cause)


def _append(
    kind: Kind,
    person: Person,
    subject: Subject,
    *,
    value: JsonValue = None,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    if len(reason) > LONGEST_REASON:
        raise RefusedError(
            saying(
                "a reason of {length} characters; {most} is the most",
                length=f"{len(reason):,}",
                most=f"{LONGEST_REASON:,}",
            )
        )
    made = Decision.objects.create(
        kind=kind,
        subject=subject.model_dump_json(exclude_defaults=True),
        value=canonical(value),
        person=person,
        at=now(),
        reason=reason.strip(),
        undoes=undoes,
    )
    chain.append([made])
    if kind == "add_claim":
        _check_claim(made)
    return made


def _check_claim(made: Decision) -> None:
    try:
        claim_of(Decided(made.pk, "add_claim", Subject(), json.loads(made.value), "", made.at))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]["msg"]
        raise RefusedError(saying("that is no claim: {fault}", fault=fault)) from error


def _name(made: Decision) -> None:
    claims = decided(made).names
    ties = len(claims) > 1
    DecisionClaim.objects.bulk_create(
        DecisionClaim(decision=made, report_id=report, claim=claim, ties=ties) for report, claim in claims
    )


def _held(incident: str) -> tuple[str, ...]:
    """The ids of the claims of an incident, the founding one's first."""
    held = IncidentClaim.objects.filter(incident=incident).order_by("report", "claim").values_list("report", "claim")
    return tuple(f"{report}/{claim}" for report, claim in held)


def _root(decision: Decision) -> Decision:
    """The decision that a chain of undoings is about in the end."""
    while decision.undoes is not None:
        decision = decision.undoes
    return decision


def is_undone(decision: Decision) -> bool:
    """Whether a decision is taken back, and its undoing is not."""
    return any(not is_undone(undo) for undo in decision.undone_by.all())


def _renew_after(decision: Decision, cause: str) -> None:
    """Put anew together what a decision was about that is taken back or in force again."""
    subject = Subject.model_validate_json(decision.subject)
    if subject.report is not None and decision.kind in ("add_claim", "reject_claim"):
        renew_events(report=subject.report, cause=cause)
    elif subject.report is not None:
        _restore_level(subject.report)
    else:
        renew(heaps=heaps_of_claims(subject.named), cause=cause)


def _restore_level(report: str) -> None:
    row = _report(report)
    row.sensitivity = level_of(report)
    row.save(update_fields=["sensitivity"])


def _report(report: str) -> ReportRow:
    row = ReportRow.objects.filter(pk=report).first()
    if row is None:
        raise RefusedError(saying("there is no report {report}", report=report))
    return row


def _claims_of(row: ReportRow, claim: str) -> bool:
    return row.readings.filter(claims__claim=claim).exists() or row.decided.filter(claim=claim).exists()


def _check_words(passage: Passage, incident: Incident) -> None:
    if passage.report not in incident.reports:
        raise RefusedError(
            saying(
                "{report} is no report of {incident}; point at words of its reports",
                report=passage.report,
                incident=incident.id,
            )
        )
    length = len(_report(passage.report).text)
    start, end = passage.span
    if not 0 <= start < end <= length:
        raise RefusedError(
            saying(
                "no words stand at {start} to {end} of {report}, which has {length} characters",
                start=start,
                end=end,
                report=passage.report,
                length=length,
            )
        )


def check_level(level: str) -> None:
    """Check that there is this level of sensitivity.

    Raises:
        RefusedError: there is not.
    """
    if level not in SENSITIVITIES:
        known = tuple(filter(None, SENSITIVITIES))
        raise RefusedError(
            saying("no level {level} of sensitivity; give one of {known}, or none", level=repr(level), known=known)
        )


def _given(reason: str) -> str:
    if not reason.strip():
        raise RefusedError(saying("a reason is needed; say why in a few words"))
    return reason
