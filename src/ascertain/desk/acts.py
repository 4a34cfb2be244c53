"""What a reviewer does about an incident: forms of its page, as the services of the record take them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import QueryDict
from django.utils.translation import gettext as _

from ascertain.desk.correcting import evidence_in, value_in
from ascertain.desk.typed import whole_number
from ascertain.model import Incident, RefusedError
from ascertain.record.models import Decision, IncidentRow, Person
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import person_named

Act = Callable[[Person, Seen, QueryDict], Decision]


def _reason(given: QueryDict) -> str:
    return given.get("reason", "").replace("\x00", "")


def _correct(person: Person, seen: Seen, given: QueryDict) -> Decision:
    row = IncidentRow.objects.filter(pk=seen.incident).first()
    value = Incident.model_validate_json(row.value) if row else None
    field, to = value_in(given, value)
    return deciding.correct(
        person=person, seen=seen, field=field, to=to, evidence=evidence_in(given), reason=_reason(given)
    )


def _merge(person: Person, seen: Seen, given: QueryDict) -> Decision:
    named_too = [one.rpartition("@") for one in given.getlist("with")]
    also = [Seen(id, whole_number(version) or 0) for id, _mark, version in named_too]
    if not also:
        raise RefusedError(_("choose at least one other incident to merge this one with"))
    return deciding.merge(person=person, seen=[seen, *also], reason=_reason(given))


def _split(person: Person, seen: Seen, given: QueryDict) -> Decision:
    claims = [claim for group in given.getlist("claims") for claim in group.split("\n") if claim]
    return deciding.split(person=person, seen=seen, claims=claims, reason=_reason(given))


def _assign(person: Person, seen: Seen, given: QueryDict) -> Decision:
    to = given.get("to", "")
    return deciding.assign(person=person, seen=seen, to=person_named(to) if to else None)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "accept": lambda by, seen, given: deciding.accept(person=by, seen=seen, reason=_reason(given)),
        "reject": lambda by, seen, given: deciding.reject(person=by, seen=seen, reason=_reason(given)),
        "correct": _correct,
        "merge": _merge,
        "split": _split,
        "lock": lambda by, seen, given: deciding.lock(person=by, seen=seen, reason=_reason(given)),
        "unlock": lambda by, seen, given: deciding.unlock(person=by, seen=seen, reason=_reason(given)),
        "assign": _assign,
        "comment": lambda by, seen, given: deciding.comment(person=by, seen=seen, text=_reason(given)),
        "mark_sensitive": lambda by, seen, given: deciding.mark_sensitive(
            person=by, seen=seen, level=given.get("level", ""), reason=_reason(given)
        ),
    }
)
_SAID: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "accept": lambda: _("Accepted"),
        "reject": lambda: _("Rejected"),
        "correct": lambda: _("Corrected"),
        "merge": lambda: _("Merged"),
        "split": lambda: _("Split"),
        "lock": lambda: _("Locked"),
        "unlock": lambda: _("Unlocked"),
        "assign": lambda: _("Assigned"),
        "comment": lambda: _("Comment kept"),
        "mark_sensitive": lambda: _("Marked who may be given it"),
        "add_claim": lambda: _("Claim kept"),
        "reject_claim": lambda: _("Claim rejected"),
        "undo": lambda: _("Taken back"),
    }
)


def said_of(kind: str, incident: str | None = None) -> str:
    """What was decided, and where that happened, for who does not see the page change."""
    said = _SAID[kind]()
    place = IncidentRow.objects.filter(pk=incident).values_list("place", flat=True).first()
    return f"{said} · {place}" if place else said
