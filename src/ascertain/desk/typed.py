"""Reading what is typed into addresses and forms."""

from __future__ import annotations

_LONGEST = 9


def whole_number(text: str) -> int | None:
    """A whole number of at most nine digits, in those of any script; `None` where it is none.

    >>> whole_number("12"), whole_number("٣"), whole_number("²"), whole_number("9" * 5000)
    (12, 3, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None
