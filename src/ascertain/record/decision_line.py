"""A decision as a line of JSON, in which decisions leave one record and come into another."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import JsonValue, ValidationError

from ascertain.model import Claim, Passage, RefusedError
from ascertain.model.claims import Frozen
from ascertain.record.replay.decided import Decided, Kind


class DecisionLine(Frozen):
    """One decision, as a person writes it down; what its kind does not take is left out.

    Attributes:
        kind: as in `docs/deciding.md`.
        incidents: ids of the incidents that it is about.
        versions: for each, the version that was looked at; without them, they are taken as they stand.
        report: the report that it is about.
        claim: of `reject_claim` the claim's id within the report; of `add_claim` the claim.
        claims: of a split, the claims that leave (`r1/c3`).
        field, to, evidence: of a correction, what is set to what, and the words that say so.
        level: of `mark_sensitive`, `partner`, `internal` or empty.
        assignee: of `assign`, the name of the person; nobody where it is left out.
        decision: of `undo`, the number of the decision that is taken back: of the line that has it as `number`, where
            one before has, else that of the record.
        reason: why; of `comment`, what is said.
        number, person, at: of a line that came out of a record; who takes lines in is who decides.
    """

    kind: Kind
    incidents: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()
    report: str | None = None
    claim: str | Claim | None = None
    claims: tuple[str, ...] = ()
    field: str | None = None
    to: JsonValue = None
    evidence: tuple[Passage, ...] = ()
    level: str | None = None
    assignee: str | None = None
    decision: int | None = None
    reason: str = ""
    number: int | None = None
    person: str | None = None
    at: str | None = None


def line_of(decided: Decided) -> str:
    """A decision of the record as a line of JSON, without what its kind does not take."""
    subject = decided.subject
    told = {
        "kind": decided.kind,
        "incidents": subject.incidents,
        "report": subject.report,
        "claim": subject.claim,
        "decision": subject.decision,
        "reason": decided.reason,
        "number": decided.number,
        "person": decided.person,
        "at": decided.at.isoformat(),
        **_value(decided),
    }
    return json.dumps({name: value for name, value in told.items() if value not in (None, "", ())}, ensure_ascii=False)


def _value(decided: Decided) -> Mapping[str, object]:
    """What was decided, under the names that a line has for it."""
    match decided.kind:
        case "correct" if isinstance(decided.value, dict):
            return decided.value
        case "split":
            return {"claims": decided.subject.events[0]}
        case "assign":
            return {"assignee": decided.value}
        case "mark_sensitive":
            return {"level": decided.value}
        case "add_claim":
            return {"claim": decided.value}
    return {}


def decision_in(line: str | bytes) -> DecisionLine:
    """The decision that a line tells.

    Raises:
        RefusedError: it tells none.
    """
    try:
        return DecisionLine.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        problem = f"{where}: {first['msg']}" if where else first["msg"]
        raise RefusedError(f"no decision ({problem}); write it as docs/deciding.md has it") from error
