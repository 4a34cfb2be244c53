"""The page of people: accounts with their roles, and the last sign-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import IN, JOINED, SignIn

_SIGN_INS = 50


@dataclass(frozen=True, slots=True)
class Account:
    """A person: whether the account is open and has a password, how many decisions they took, and when they last
    came in."""

    name: str
    role: str
    open: bool
    has_password: bool
    decisions: int
    last: dt.datetime | None


def people_told() -> tuple[Account, ...]:
    """All accounts, in order of their names."""
    came = Max("sign_ins__at", filter=Q(sign_ins__outcome__in=[IN, JOINED]))
    rows = Person.objects.annotate(taken=Count("decisions", distinct=True), came=came).order_by("username")
    return tuple(
        Account(row.username, row.role, row.is_active, row.has_usable_password(), row.taken, row.came) for row in rows
    )


def sign_ins_told() -> tuple[SignIn, ...]:
    """The last sign-ins, the newest first."""
    return tuple(SignIn.objects.order_by("-at", "-pk")[:_SIGN_INS])
