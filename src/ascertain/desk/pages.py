"""What every page has around it: where one can go, in which language, and who one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from ascertain.record.models.people import ROLES, Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Room:
    """A page that the head of each page leads to: its view's name, its title, and the least role that it is for."""

    view: str
    title: _StrPromise
    role: str = "reader"


ROOMS: tuple[Room, ...] = (
    Room("inbox", _("Inbox")),
    Room("explore", _("Explore")),
    Room("conditions", _("Conditions")),
    Room("negotiations", _("Negotiations")),
    Room("reports", _("Reports")),
    Room("sources", _("Sources")),
    Room("coding", _("Double coding")),
    Room("people", _("People"), "administrator"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """What the template of every page may use."""
    match = request.resolver_match
    return {
        "rooms": [
            {"title": room.title, "url": reverse(room.view), "here": bool(match and match.url_name == room.view)}
            for room in ROOMS
            if has_role(request, room.role)
        ],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "base_map": reverse("base_map") if settings.BASE_MAP else "",
    }


def has_role(request: HttpRequest, role: str) -> bool:
    """Whether who asks is signed in and has at least this role."""
    person = request.user
    return isinstance(person, Person) and person.is_active and ROLES.index(person.role) >= ROLES.index(role)


def person_of(request: HttpRequest) -> Person:
    """Who asks; every view that is not open to all has one."""
    assert isinstance(request.user, Person)
    return request.user
