"""Reading: a report becomes claims with their evidence.

In: a `Report`. Out: a `Reading`, the report's claims. The words of a language are data under `languages/<code>/`; the
code is shared. Other readers sit behind the same protocol: reports in, readings out, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascertain.model import Reading, Report

__all__ = ["read_report", "read_reports"]


def read_report(report: Report) -> Reading:
    """Read one report: its claims, each with the words that assert it.

    >>> reading = read_report(Report(id="r1", text="Gunmen killed two farmers near Djibo on 3 May 2023."))
    >>> [(claim.type, claim.figures[0].low) for claim in reading.claims]
    [('attack', 2)]
    """
    from ascertain.reading import english  # spaCy takes a second to load

    return english.read_report(report)


def read_reports(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read reports in order, faster than one by one."""
    from ascertain.reading import english

    return english.read_reports(reports)
