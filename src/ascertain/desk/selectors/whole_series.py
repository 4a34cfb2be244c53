"""The series of all the record, kept until it changes: as pages show them, and as files hold them."""

from __future__ import annotations

from collections.abc import Hashable

from ascertain.desk.selectors.kept import kept
from ascertain.desk.selectors.withheld import withheld_reports
from ascertain.model import ConditionWeek, Negotiation, TollSeries
from ascertain.record.selectors.series import series_of, state_of_series


@kept(1, state_of_series)
def all_conditions() -> tuple[ConditionWeek, ...]:
    """What people lacked, week by week and place by place, over all the record."""
    return tuple(series_of("condition").conditions())


@kept(1, state_of_series)
def all_talks() -> tuple[Negotiation, ...]:
    """All negotiations of the record."""
    return tuple(series_of("negotiation").negotiations())


def _state_of_given() -> tuple[Hashable, ...]:
    return *state_of_series(), withheld_reports()


@kept(1, _state_of_given)
def given_conditions() -> tuple[ConditionWeek, ...]:
    """The same for files: as if the reports that are marked as sensitive were not in the record."""
    marked = withheld_reports()
    return tuple(series_of("condition", without=marked).conditions()) if marked else all_conditions()


@kept(1, _state_of_given)
def given_talks() -> tuple[Negotiation, ...]:
    """The negotiations for files: as if the reports that are marked as sensitive were not in the record."""
    marked = withheld_reports()
    return tuple(series_of("negotiation", without=marked).negotiations()) if marked else all_talks()


@kept(1, state_of_series)
def all_tolls() -> tuple[TollSeries, ...]:
    """All running totals of the record, a series for each source, place and time that they count from."""
    return tuple(series_of("toll").tolls())
