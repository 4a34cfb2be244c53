"""What was decided in this session, so that it can be taken back by one key."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ascertain.desk.pages import person_of
from ascertain.model import RefusedError
from ascertain.record.models import Decision
from ascertain.record.selectors.decisions import subject_of
from ascertain.record.services import deciding

_DECIDED = "decided"
_MOST = 200


def remember(request: HttpRequest, made: Decision) -> None:
    """Keep that this session made a decision."""
    request.session[_DECIDED] = [*request.session.get(_DECIDED, []), made.pk][-_MOST:]


def take_back(request: HttpRequest, number: int | None, report: str | None = None) -> Decision:
    """Take back a decision.

    Args:
        request: whose session it is.
        number: the decision's; without it, the last one of this session that stands.
        report: then of those on this report; without it, of those on incidents.

    Raises:
        RefusedError: there is none, or the person may not.
    """
    number = number or _last(request, report)
    deciding.undo(person=person_of(request), decision=number)
    request.session[_DECIDED] = [other for other in request.session.get(_DECIDED, []) if other != number]
    return Decision.objects.get(pk=number)


def _last(request: HttpRequest, report: str | None) -> int:
    """The last decision of this session that stands; others may have taken back later ones."""
    decided: list[int] = request.session.get(_DECIDED, [])
    rows = Decision.objects.in_bulk(decided)
    about = [number for number in decided if number in rows and subject_of(rows[number]).report == report]
    standing = [number for number in about if not deciding.is_undone(rows[number])]
    if not standing:
        raise RefusedError(_("nothing was decided in this session that could be taken back"))
    return standing[-1]
