"""Readings as people have them: claims that the reader missed are there, claims that it got wrong are not.

In: a reading, and the decisions that stand. Out: the reading that incidents are made from.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter

from ascertain.model import Claim, Reading
from ascertain.record.replay.decided import Decided

AMENDING = ("add_claim", "reject_claim")
_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)


def amended(reading: Reading, decisions: Iterable[Decided]) -> Reading:
    """The reading with the claims that people added to it and without those that they rejected.

    A claim that a person marked has the id `d<number of the decision>`, which no reader gives.
    """
    claims = {claim.id: claim for claim in reading.claims}
    for decided in decisions:
        if decided.subject.report != reading.report.id:
            continue
        if decided.kind == "reject_claim":
            claims.pop(str(decided.subject.claim), None)
        elif decided.kind == "add_claim":
            claim = claim_of(decided)
            claims[claim.id] = claim
    return reading.model_copy(update={"claims": tuple(claims.values())})


def claim_of(decided: Decided) -> Claim:
    """The claim that a person marked.

    Raises:
        ValidationError: the decision holds none.
    """
    claim = _CLAIM.validate_python(decided.value, strict=False)
    return claim.model_copy(update={"id": f"d{decided.number}"})
