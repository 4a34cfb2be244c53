"""A `When` in words, for one line of text.

In: a `When`. Out: a string.
"""

from __future__ import annotations

from ascertain.model import When


def days_told(when: When | None) -> str | None:
    """The days, or the month or year that they are; the report's own words where it gives no day; `None` for neither.

    >>> days_told(When(start="2024-03-01", end="2024-03-05", precision="span")), days_told(None)
    ('2024-03-01 to 2024-03-05', None)
    >>> days_told(When(start="2024-03-01", end="2024-03-31", precision="month"))
    '2024-03'
    >>> days_told(When(end="2024-03-05", precision="span")), days_told(When(text="last week", precision="week"))
    ('until 2024-03-05', 'last week')
    """
    if when is None:
        return None
    start, end = when.start, when.end
    if start and end:
        if when.precision == "month" and start.month == end.month:
            return f"{start:%Y-%m}"
        if when.precision == "year" and start.year == end.year:
            return f"{start:%Y}"
        return str(start) if start == end else f"{start} to {end}"
    if start or end:
        return f"from {start}" if start else f"until {end}"
    return when.text or None
