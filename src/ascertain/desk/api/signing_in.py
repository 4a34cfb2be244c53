"""Who asks: a program that shows a token, or a browser in which somebody is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, APIKeyQuery, HttpBearer

from ascertain.model import RefusedError
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Token
from ascertain.record.services.signing_in import token_of


class ByToken(HttpBearer):
    """A token in the header `Authorization: Bearer …`; to change anything it must be one that decides."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The person that the token is of."""
        found = token_of(token)
        if found is None:
            return None
        if request.method not in ("GET", "HEAD") and not found.decides:
            raise RefusedError(f"the token {found.name!r} may only read; make one that decides on the page of tokens")
        return _person(found)


class BySession(APIKeyCookie):
    """The session of a browser; to change anything the request carries the desk's own CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:  # noqa: ARG002 -- as ninja calls it
        """The person who is signed in."""
        user = request.user
        return user if isinstance(user, Person) and user.is_active else None


class ByAddress(APIKeyQuery):
    """A token in the address, for programs that can open an address and nothing else, such as QGIS. Addresses are kept
    in logs and histories: only a token that reads is taken."""

    param_name = "token"

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:  # noqa: ARG002 -- as ninja calls it
        """The person that the token is of."""
        found = token_of(key) if key else None
        if found is not None and found.decides:
            raise RefusedError("a token that decides does not belong in an address; make one that only reads")
        return _person(found) if found else None


def _person(token: Token) -> Person:
    return token.person
