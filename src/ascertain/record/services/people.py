"""People: accounts and roles. Every change of a role is chained, with who made it."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from ascertain.model import RefusedError, SettingsError, saying
from ascertain.record import chain
from ascertain.record.canonical import now
from ascertain.record.models.people import ROLES, Person, RoleChange
from ascertain.record.models.signing_in import Invitation, Token
from ascertain.record.roles import check_may
from ascertain.record.writing import writing

CLOSED = "closed"


def add_person(*, name: str, role: str, by: Person | None) -> Person:
    """Open an account; it has no password until one is set, and nobody signs in with none.

    Args:
        name: what the person is called in the record: letters, digits and `@.+-_`, at most 150.
        role: `reader`, `reviewer`, `editor` or `administrator`.
        by: who opens it; `None` where whoever can write to the record itself does.

    Raises:
        SettingsError: the name or role is none, or the name is taken.
        RefusedError: `by` is no administrator.
    """
    _check_role(role)
    try:
        Person.username_validator(name)
    except ValidationError as error:
        raise SettingsError(
            saying("{name} is no name for a person; use letters, digits and @ . + - _", name=repr(name))
        ) from error
    with writing():
        _check_by(by)
        if Person.objects.filter(username__iexact=name).exists():
            raise SettingsError(
                saying("{name} has an account already; give another name, or change the role", name=name)
            )
        person = Person.objects.create(username=name, role=role, password=make_password(None))
        _note(person, role, by)
    return person


def set_role(*, name: str, role: str, by: Person | None) -> Person:
    """Give a person another role.

    Raises:
        SettingsError: there is no such person or role.
        RefusedError: `by` is no administrator, or nobody would be one any more.
    """
    _check_role(role)
    with writing():
        _check_by(by)
        person = person_named(name)
        if person.role != role or not person.is_active:
            _check_some_administrator_is_left(person, role)
            person.role, person.is_active = role, True
            person.save(update_fields=["role", "is_active"])
            _note(person, role, by)
    return person


def close_account(*, name: str, by: Person | None) -> Person:
    """Close an account: what the person decided stays; they may do nothing any more.

    Its password, tokens and links end for good: who gets a role again comes in by another link.

    Raises:
        SettingsError: there is no such person.
        RefusedError: `by` is no administrator, or nobody would be one any more.
    """
    with writing():
        _check_by(by)
        person = person_named(name)
        if person.is_active:
            _check_some_administrator_is_left(person, CLOSED)
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
            Token.objects.filter(person=person, closed=None).update(closed=now())
            Invitation.objects.filter(person=person, used=None).update(until=now())
            _note(person, CLOSED, by)
    return person


def person_named(name: str) -> Person:
    """The person of that name.

    Raises:
        SettingsError: there is none.
    """
    person = Person.objects.filter(username__iexact=name).first()
    if person is None:
        raise SettingsError(
            saying("nobody is named {name}; see ascertain people list, or add them by ascertain people add", name=name)
        )
    return person


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise SettingsError(saying("no role {role}; give one of {known}", role=repr(role), known=ROLES))


def _check_by(by: Person | None) -> None:
    if by is not None:
        check_may(by, "change people")


def _check_some_administrator_is_left(person: Person, role: str) -> None:
    if person.role != "administrator" or role == "administrator":
        return
    if not Person.objects.filter(role="administrator", is_active=True).exclude(pk=person.pk).exists():
        raise RefusedError(
            saying("{person} is the last administrator; make somebody else one first", person=person.username)
        )


def _note(person: Person, role: str, by: Person | None) -> None:
    change = RoleChange.objects.create(person=person, name=person.username, role=role, by=by, at=now())
    chain.append([change])
