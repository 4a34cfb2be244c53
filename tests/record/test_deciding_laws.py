"""Laws of deciding, on real records: whatever was decided, all of it taken back leaves the record as it was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue
from tests.record.conftest import CopyOf, filled

from ascertain.model import EventClaim, RefusedError
from ascertain.record.models import Decision, Forward, IncidentClaim, IncidentRow, Person, ReportRow
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.replay.decided import standing
from ascertain.record.selectors.decisions import decided
from ascertain.record.selectors.verifying import faults
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import add_person

Pick = Callable[[int], int]
FEW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # none of the steps is needed to see what is wrong, and each takes time
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KINDS = (
    "accept",
    "add_claim",
    "assign",
    "correct",
    "lock",
    "mark_report",
    "mark_sensitive",
    "merge",
    "merge",
    "reject",
    "reject_claim",
    "split",
    "undo",
    "undo",
    "unlock",
)


def seen(row: IncidentRow) -> Seen:
    return Seen(row.pk, row.version)


def decide(person: Person, kind: str, pick: Pick) -> None:
    """Make a decision of that kind about what is picked; it may be refused."""
    rows = list(IncidentRow.objects.filter(gone=False).order_by("pk"))
    if not rows:
        return
    row, other = rows[pick(len(rows))], rows[pick(len(rows))]
    report = f"r{1 + pick(3)}"
    held = list(row.held.order_by("report", "claim").values_list("report", "claim"))
    if kind == "merge":
        deciding.merge(person=person, seen=[seen(row), seen(other)])
    elif kind == "split":
        leaving = [f"{report}/{claim}" for report, claim in islice(held, 1 + pick(2))]
        deciding.split(person=person, seen=seen(row), claims=leaving)
    elif kind == "correct":
        figure: JsonValue = {"low": pick(4), "best": 4, "high": 4 + pick(3)}
        deciding.correct(person=person, seen=seen(row), field="figures/killed/people", to=figure, reason="a list")
    elif kind == "add_claim":
        claim = EventClaim(id="c1", type="attack", evidence=((pick(9), 12),))
        deciding.add_claim(person=person, report=report, claim=claim)
    elif kind == "reject_claim":
        its, claim_id = held[pick(len(held))]
        deciding.reject_claim(person=person, report=its, claim=claim_id, reason="a film")
    elif kind == "mark_report":
        deciding.mark_report_sensitive(person=person, report=report, level="internal")
    elif kind == "mark_sensitive":
        deciding.mark_sensitive(person=person, seen=seen(row), level="partner")
    elif kind == "assign":
        deciding.assign(person=person, seen=seen(row), to=person)
    elif kind == "reject":
        deciding.reject(person=person, seen=seen(row), reason="a film")
    elif kind == "undo":
        numbers = list(Decision.objects.order_by("-pk").values_list("pk", flat=True)[:6])
        if numbers:
            deciding.undo(person=person, decision=numbers[pick(len(numbers))])
    else:
        {"accept": deciding.accept, "lock": deciding.lock, "unlock": deciding.unlock}[kind](
            person=person, seen=seen(row)
        )


def take_all_back(person: Person, random: Random) -> None:
    """Take back all decisions in any order in which it can be done: what is decided on a locked incident waits."""
    while rows := standing(map(decided, Decision.objects.select_related("person"))):
        assert any(taken_back(person, row.number) for row in random.sample(rows, len(rows)))


def taken_back(person: Person, decision: int) -> bool:
    """Take a decision back; false where an incident is locked."""
    try:
        deciding.undo(person=person, decision=decision)
    except RefusedError as error:
        if "is locked" not in str(error):
            raise
        return False
    return True


def told() -> object:
    """All that decisions can change."""
    return (
        list(IncidentRow.objects.filter(gone=False).order_by("pk").values_list("pk", "value", "state")),
        list(IncidentClaim.objects.order_by("report", "claim").values_list("report", "claim", "incident")),
        list(ReportRow.objects.order_by("pk").values_list("pk", "sensitivity")),
        set(Forward.objects.filter(pk__in=IncidentRow.objects.filter(gone=False).values("pk"))),
    )


@FEW
@given(steps=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 10**6)), min_size=2, max_size=10))
def test_all_that_was_decided_taken_back_leaves_the_record_as_it_was(
    copy_of: CopyOf, steps: list[tuple[str, int]]
) -> None:
    record = open_record(copy_of(filled))
    person = add_person(name="amina", role="editor", by=None)
    before = told()
    for kind, seed in steps:
        with suppress(RefusedError):
            decide(person, kind, Random(seed).randrange)
    assert not list(faults(progress=Unwatched()))
    take_all_back(person, Random(len(steps)))
    assert told() == before
    assert not list(faults(progress=Unwatched()))
    record.close()
