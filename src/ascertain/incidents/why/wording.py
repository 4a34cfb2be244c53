"""Incidents and their figures in plain words, for one line of text.

In: values of the model. Out: strings.
"""

from __future__ import annotations

from collections.abc import Iterable

from ascertain.actors.nations import nations
from ascertain.incidents.linking.reasons import in_bounds
from ascertain.model import Incident, IncidentFigure, Place
from ascertain.times.told import days_told


def in_one_line(incident: Incident) -> str:
    """What, when, where, and the figures.

    >>> from ascertain.model import IncidentFigure, When
    >>> when = When(start="2024-03-04", end="2024-03-04", precision="day")
    >>> figures = (IncidentFigure(outcome="killed", group="people", low=11, best=13, high=13),)
    >>> known = {"reports": ("r1",), "claims": ("r1/c1",), "sources": 1, "grading": "single_source"}
    >>> in_one_line(Incident(id="i1", type="attack", when=when, figures=figures, **known))
    'attack, 2024-03-04, at an unknown place: 13 killed (11 to 13)'
    """
    what = incident.acled.sub_event_type if incident.acled else plain(incident.type)
    told, when = figures_told(incident.figures), days_told(incident.when) or "on an unknown day"
    return f"{what[:1].lower()}{what[1:]}, {when}, {_where(incident.where)}: {told or 'no figures'}"


def plain(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def figures_told(figures: Iterable[IncidentFigure]) -> str:
    """The figures in words, those of groups after the people."""
    return "; ".join(figure_told(figure) for figure in figures)


def figure_told(figure: IncidentFigure) -> str:
    """A figure in words: the best number, and in brackets from the low to the high one.

    >>> figure_told(IncidentFigure(outcome="killed", group="children", low=4, best=4, high=4))
    '4 killed (children)'
    >>> figure_told(IncidentFigure(outcome="injured", group="people", low=20, best=20))
    '20 or more injured'
    """
    named = figure.outcome if figure.group == "people" else f"{figure.outcome} ({plain(figure.group)})"
    low, best, high = figure.low, figure.best, figure.high
    if best is None:
        return f"{named}: {in_bounds(low, high)}"
    if low == best == high:
        return f"{best} {named}"
    if low == best and high is None:
        return f"{best} or more {named}"
    return f"{best} {named} ({in_bounds(low, high)})"


def _where(place: Place | None) -> str:
    if place is None:
        return "at an unknown place"
    state = nations().get(place.country or "")
    country = state.name if state else place.country
    named = f"{place.text} in {country}" if country and country != place.text else place.text
    return named if place.radius_km is None else f"{named} (within {place.radius_km:g} km)"
