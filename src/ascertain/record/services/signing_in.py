"""Signing in: links by which an account gets its password, and a note of everybody who came in or was refused.

In: what somebody showed. Out: the person, or why not. Secrets are kept as their SHA-256 alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from ascertain.model import RefusedError, saying
from ascertain.record.canonical import now
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import IN, JOINED, LIMITED, REFUSED, Invitation, SignIn, Token
from ascertain.record.roles import check_may
from ascertain.record.writing import writing

LINK_ENDED = saying("this link was used or has run out; ask an administrator for another one")
_LINK_HOLDS = dt.timedelta(days=3)
_WINDOW, _TRIES_OF_A_NAME, _TRIES_OF_AN_ADDRESS = dt.timedelta(minutes=15), 10, 50
_NAME, _ADDRESS = 150, 64


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(*, person: Person, by: Person | None, ends_earlier: bool = True) -> str:
    """Make what is in a link by which a person gives the account a password, once; then all links of the person end.

    Args:
        person: whose account.
        by: who invites; `None` where whoever can write to the record itself does.
        ends_earlier: whether links that the person was given before end now.

    Raises:
        RefusedError: `by` is no administrator, or the account is closed.
    """
    with writing():
        if by is not None:
            check_may(by, "change people")
        if not person.is_active:
            raise RefusedError(
                saying("the account of {person} is closed; open it by giving it a role first", person=person.username)
            )
        at, secret = now(), secrets.token_urlsafe(32)
        if ends_earlier:
            Invitation.objects.filter(person=person, used=None).update(until=at)
        Invitation.objects.create(digest=digest_of(secret), person=person, by=by, at=at, until=at + _LINK_HOLDS)
    return secret


def invited(secret: str) -> Invitation | None:
    """The invitation of a link that still holds."""
    found = Invitation.objects.filter(digest=digest_of(secret), used=None, until__gt=now(), person__is_active=True)
    return found.select_related("person").first()


def join(*, secret: str, password: str, address: str) -> Person:
    """Give an account the password that its owner chose; the link is used up, and others of the account end.

    Raises:
        RefusedError: the link holds no more, or the password is too weak, with what to do.
    """
    with writing():
        invitation = invited(secret)
        if invitation is None:
            raise RefusedError(LINK_ENDED)
        person = invitation.person
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise RefusedError(" ".join(error.messages)) from error
        person.set_password(password)
        person.save(update_fields=["password"])
        invitation.used = now()
        invitation.save(update_fields=["used"])
        Invitation.objects.filter(person=person, used=None).update(until=invitation.used)
        note_sign_in(name=person.username, person=person, outcome=JOINED, address=address)
    return person


def sign_in(*, name: str, password: str, address: str) -> Person:
    """The person with this name and password. Every try is noted, of those that are not looked at one in a window.

    What was refused is counted in the transaction that notes the try: of many at once no more are answered than of
    those that come one after the other.

    Raises:
        RefusedError: there is none, the account is closed, or too many tries were refused of late.
    """
    name, address = name[:_NAME], address[:_ADDRESS]
    person = None if _limit(name, address) else authenticate(username=name, password=password)
    with writing():
        limit = _limit(name, address)
        came_in = isinstance(person, Person) and not limit
        if not limit:
            note_sign_in(
                name=name, person=person if came_in else None, outcome=IN if came_in else REFUSED, address=address
            )
        elif not _lately(LIMITED).filter(**limit).exists():
            note_sign_in(name=name, person=None, outcome=LIMITED, address=address)
    if limit:
        raise RefusedError(
            saying("too many tries were refused; wait a quarter of an hour, or ask for a link to sign in")
        )
    if not isinstance(person, Person):
        raise RefusedError(saying("name and password do not fit; try again, or ask an administrator for a link"))
    return person


def _limit(name: str, address: str) -> dict[str, str]:
    """What has been refused too often within a window: the name or the address, empty where neither has."""
    refused = _lately(REFUSED)
    if refused.filter(name=name).count() >= _TRIES_OF_A_NAME:
        return {"name": name}
    return {"address": address} if refused.filter(address=address).count() >= _TRIES_OF_AN_ADDRESS else {}


def _lately(outcome: str) -> QuerySet[SignIn]:
    return SignIn.objects.filter(outcome=outcome, at__gte=now() - _WINDOW)


def note_sign_in(*, name: str, person: Person | None, outcome: str, address: str) -> None:
    """Note who came in, went out or was refused."""
    SignIn.objects.create(at=now(), name=name[:_NAME], person=person, outcome=outcome, address=address[:_ADDRESS])


def make_token(*, person: Person, name: str, decides: bool) -> str:
    """Make what a program shows to act for a person; it is told once, here."""
    if not name.strip():
        raise RefusedError(saying("a token needs a name; say which program uses it"))
    secret = secrets.token_urlsafe(32)
    Token.objects.create(digest=digest_of(secret), person=person, name=name.strip(), decides=decides, at=now())
    return secret


def token_of(secret: str) -> Token | None:
    """The token that a program shows, if it holds."""
    found = Token.objects.filter(digest=digest_of(secret), closed=None, person__is_active=True).select_related("person")
    token = found.first()
    if token is not None and (token.used is None or now() - token.used > _WINDOW):
        token.used = now()
        token.save(update_fields=["used"])
    return token


def close_token(*, person: Person, number: int) -> None:
    """End a token of this person; an administrator may end anybody's.

    Raises:
        RefusedError: there is no such token, or it is somebody else's.
    """
    token = Token.objects.filter(pk=number).first()
    if token is None:
        raise RefusedError(saying("there is no token {number}", number=number))
    if token.person_id != person.pk:
        check_may(person, "change people")
    Token.objects.filter(pk=number, closed=None).update(closed=now())
