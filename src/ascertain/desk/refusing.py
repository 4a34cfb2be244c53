"""How a refusal is told over HTTP, on pages and in the API."""

from __future__ import annotations

from ascertain.model import RefusedError, SettingsError, StaleError

_STATUS: tuple[tuple[type[Exception], int], ...] = ((StaleError, 409), (RefusedError, 403), (SettingsError, 404))


def status_of(error: Exception) -> int | None:
    """409 where somebody else was quicker, 403 where it is refused otherwise, 404 where there is no such thing; none
    for what is no refusal.

    >>> status_of(StaleError("i1 has changed")), status_of(RefusedError("i1 is locked")), status_of(ValueError())
    (409, 403, None)
    """
    return next((status for kind, status in _STATUS if isinstance(error, kind)), None)
