"""`ascertain people`: who may do what in the record."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable

import typer

from ascertain.cli.record_watcher import tell
from ascertain.record.models.people import Person
from ascertain.record.opening import open_record
from ascertain.record.services import people
from ascertain.record.services.signing_in import invite


def show_people(target: str | None, *, as_json: bool) -> None:
    """Print a line for each person: the name, and the role, or `closed`."""
    open_record(target, make=False)
    for person in Person.objects.order_by("username"):
        role = person.role if person.is_active else people.CLOSED
        typer.echo(
            json.dumps({"name": person.username, "role": role}, ensure_ascii=False)
            if as_json
            else f"{person.username}\t{role}"
        )


def add_to(target: str | None, name: str, role: str, acting: str | None) -> None:
    """Open an account, in a record that may be new."""
    open_record(target)
    _tell(people.add_person(name=name, role=role, by=who_acts(acting)))


def give_role(target: str | None, name: str, role: str, acting: str | None) -> None:
    """Give a person another role; who has a closed account gets it back."""
    _change(target, acting, lambda by: people.set_role(name=name, role=role, by=by))


def close(target: str | None, name: str, acting: str | None) -> None:
    """Close an account."""
    _change(target, acting, lambda by: people.close_account(name=name, by=by))


def show_link(target: str | None, name: str, desk: str, acting: str | None) -> None:
    """Print a link by which a person comes in at the desk."""
    open_record(target, make=False)
    secret = invite(person=people.person_named(name), by=who_acts(acting))
    typer.echo(f"{desk.rstrip('/')}/join/{secret}/")


def who_acts(named: str | None) -> Person | None:
    """The person who acts: who is named, else the user of this machine's account if they have one in the record; else
    nobody, as whoever can write to the record's file or database may.

    Raises:
        SettingsError: nobody has the name that is given.
    """
    if named is not None:
        return people.person_named(named)
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a machine's account without a name
        return None
    return Person.objects.filter(username=user).first()


def _change(target: str | None, acting: str | None, change: Callable[[Person | None], Person]) -> None:
    open_record(target, make=False)
    _tell(change(who_acts(acting)))


def _tell(person: Person) -> None:
    tell(f"{person.username}: {person.role if person.is_active else people.CLOSED}")
