"""What keeps an address from being fetched.

InputError
└── FetchError      the server did not give what was asked for, or gave too much of it
    └── RefusedError     it was not asked: the address, its server or the publisher's robots.txt forbids it
"""

from __future__ import annotations

from ascertain.model import InputError


class FetchError(InputError):
    """An address that could not be fetched.

    Attributes:
        is_temporary: whether the same request may well succeed later.
        status: the status of the server's answer, where there was one.
        retry_after: the seconds for which the server asks to be left alone.
    """

    def __init__(
        self,
        problem: str,
        *,
        source: str,
        line: int | None = None,
        remedy: str,
        is_temporary: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(problem, source=source, line=line, remedy=remedy)
        self.is_temporary, self.status, self.retry_after = is_temporary, status, retry_after


class RefusedError(FetchError):
    """An address that is not asked for: it leads where we do not go, or the publisher does not want it read."""
