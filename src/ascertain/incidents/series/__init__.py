"""Series: tolls, conditions and negotiations over many reports.

In: readings, in any order, and who copied whom. Out: `TollSeries`, `ConditionWeek`s and `Negotiation`s, each claim of
these kinds in exactly one (a toll claim of several outcomes or groups in one for each). The order of the readings does
not matter, and a copy of a report adds its claims to the points that are there, and nothing else. docs/series.md says
how they are put together.
"""

from ascertain.incidents.series.gathering import Series, gather

__all__ = ["Series", "gather"]
