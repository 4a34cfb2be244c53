"""Roles: who may decide what. What no role is given, nobody may."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ascertain.model import RefusedError
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


def may(person: Person, act: str) -> bool:
    """Whether a person's role allows something; nobody whose account is closed may do anything."""
    return person.is_active and ROLES.index(person.role) >= ROLES.index(LEAST_ROLE[act])


def check_may(person: Person, act: str) -> None:
    """Check that a person's role allows something.

    Raises:
        RefusedError: it does not.
    """
    if not may(person, act):
        state = f"is {person.role}" if person.is_active else "has no account any more"
        told = act.replace("_", " ")
        raise RefusedError(f"{person.username} {state} and may not {told}; it takes the role {LEAST_ROLE[act]}")
