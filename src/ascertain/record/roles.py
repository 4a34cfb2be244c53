"""Roles: who may decide what. What no role is given, nobody may."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ascertain.model import RefusedError, Saying, saying
from ascertain.record.models.people import ROLES, Person

LEAST_ROLE: Mapping[str, str] = MappingProxyType(
    {
        "accept": "reviewer",
        "add_claim": "reviewer",
        "assign": "reviewer",
        "code": "reviewer",
        "comment": "reviewer",
        "correct": "reviewer",
        "draw a sample": "editor",
        "lock": "editor",
        "mark_sensitive": "editor",
        "merge": "reviewer",
        "note a source": "reviewer",
        "reject": "reviewer",
        "reject_claim": "reviewer",
        "split": "reviewer",
        "undo": "reviewer",
        "undo of another's": "editor",
        "unlock": "editor",
        "change people": "administrator",
    }
)
_ACTS: Mapping[str, Saying] = MappingProxyType(
    {
        "accept": saying("accept"),
        "add_claim": saying("add claim"),
        "assign": saying("assign"),
        "code": saying("code"),
        "comment": saying("comment"),
        "correct": saying("correct"),
        "draw a sample": saying("draw a sample"),
        "lock": saying("lock"),
        "mark_sensitive": saying("mark sensitive"),
        "merge": saying("merge"),
        "note a source": saying("note a source"),
        "reject": saying("reject"),
        "reject_claim": saying("reject claim"),
        "split": saying("split"),
        "undo": saying("undo"),
        "undo of another's": saying("undo of another's"),
        "unlock": saying("unlock"),
        "change people": saying("change people"),
    }
)
_ROLES: Mapping[str, Saying] = MappingProxyType(
    {
        "reader": saying("reader"),
        "reviewer": saying("reviewer"),
        "editor": saying("editor"),
        "administrator": saying("administrator"),
    }
)
_CLOSED = saying("has no account any more")


def may(person: Person, act: str) -> bool:
    """Whether a person's role allows something; nobody whose account is closed may do anything."""
    return person.is_active and ROLES.index(person.role) >= ROLES.index(LEAST_ROLE[act])


def check_may(person: Person, act: str) -> None:
    """Check that a person's role allows something.

    Raises:
        RefusedError: it does not.
    """
    if not may(person, act):
        state = saying("is {role}", role=role_told(person.role)) if person.is_active else _CLOSED
        raise RefusedError(
            saying(
                "{person} {state} and may not {act}; it takes the role {least}",
                person=person.username,
                state=state,
                act=act_told(act),
                least=role_told(LEAST_ROLE[act]),
            )
        )


def act_told(act: str) -> Saying:
    """What somebody may do, in words."""
    return _ACTS[act]


def role_told(role: str) -> Saying:
    """A role, in words."""
    return _ROLES[role]
