"""Deciding by a program: what the desk's pages do, by the same checks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Status
from ninja.errors import HttpError

from ascertain.desk.api.answers import UnfitError
from ascertain.desk.api.reading import record
from ascertain.desk.api.told import Made
from ascertain.desk.pages import person_of
from ascertain.model import RefusedError, StaleError
from ascertain.record.decision_line import decision_in
from ascertain.record.models.people import Person
from ascertain.record.roles import may
from ascertain.record.services.taking_decisions import take_decision

_LINE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "One decision, as a line of docs/deciding.md.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DecisionLine"}}},
    }
}


@record.post("/decisions", response={201: Made}, openapi_extra=_LINE, tags=["decisions"])
def decide(request: HttpRequest) -> Status[Made]:
    """Make a decision. It is refused with 403 where the role does not allow it, with 409 where the incident changed
    since the version that was looked at, with 422 where it cannot be made at all."""
    if request.content_type != "application/json":
        raise HttpError(415, "a decision is sent as JSON; set the header Content-Type: application/json")
    person = _asker(request)
    try:
        told = decision_in(request.body)
    except RefusedError as error:
        raise UnfitError(str(error)) from error
    try:
        return Status(201, Made(number=take_decision(person=person, told=told).pk))
    except StaleError:
        raise
    except RefusedError as error:
        if may(person, told.kind):
            raise UnfitError(str(error)) from error
        raise


def _asker(request: HttpRequest) -> Person:
    """The person whom a token or a session is of."""
    asker = getattr(request, "auth", None)
    return asker if isinstance(asker, Person) else person_of(request)
