"""What was decided in this session, so that it can be taken back by one key."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ascertain.model import RefusedError
from ascertain.record.models import Decision
from ascertain.record.services.deciding import is_undone

_DECIDED = "decided"
_MOST = 200


def remember(request: HttpRequest, made: Decision) -> None:
    """Keep that this session made a decision."""
    request.session[_DECIDED] = [*request.session.get(_DECIDED, []), made.pk][-_MOST:]


def forget(request: HttpRequest, decision: int) -> None:
    """A decision was taken back."""
    request.session[_DECIDED] = [number for number in request.session.get(_DECIDED, []) if number != decision]


def last_decided(request: HttpRequest) -> int:
    """The last decision of this session that stands; others may have taken back later ones.

    Raises:
        RefusedError: there is none.
    """
    decided: list[int] = request.session.get(_DECIDED, [])
    rows = Decision.objects.in_bulk(decided)
    standing = [number for number in decided if number in rows and not is_undone(rows[number])]
    if not standing:
        raise RefusedError(_("nothing was decided in this session that could be taken back"))
    return standing[-1]
