"""`ascertain history`: every state that an incident had, and why it changed."""

from __future__ import annotations

import datetime as dt
import json
import sys

from ascertain.cli.record_watcher import tell
from ascertain.intake.received import one_line, printable
from ascertain.model import Incident, IncidentFigure, SettingsError
from ascertain.record.canonical import moment
from ascertain.record.opening import open_record
from ascertain.record.selectors.history import State, end_of, history, standing_id


def show_history(incident: str, target: str | None, *, as_of: str | None, as_json: bool) -> None:
    """Print a line for each state of an incident, or for the one that it had at the end of a day.

    Raises:
        SettingsError: no incident has the id, or had it on that day.
    """
    until = None if as_of is None else end_of(day_in(as_of))
    open_record(target, make=False)
    standing = standing_id(incident)
    states = [state for state in history(incident) if until is None or state.since <= until]
    if until is not None:
        if not states:
            raise SettingsError(f"{incident}: there was no such incident on {as_of}; ask without --as-of")
        states = states[-1:]
    for state in states:
        sys.stdout.write(f"{_as_json(state) if as_json else _line(state)}\n")
    if standing != incident and until is None:
        tell(f"{incident} is part of {standing} now")


def day_in(text: str) -> dt.date:
    """The day that a person gave.

    Raises:
        SettingsError: it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"--as-of {text}: is no day; give it as 2026-03-01") from error


def _as_json(state: State) -> str:
    told = {
        "number": state.number,
        "since": moment(state.since),
        "cause": state.cause,
        "by": state.by,
        "reason": state.reason,
        "incident": state.incident.model_dump(mode="json") if state.incident else None,
    }
    return one_line(json.dumps(told, ensure_ascii=False))


def _line(state: State) -> str:
    since = f"{state.since.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}"
    by = f" by {state.by}" if state.by else ""
    why = f" ({state.reason})" if state.reason else ""
    what = _told(state.incident) if state.incident else "no more"
    return "\t".join(map(printable, (str(state.number), since, f"{state.cause}{by}{why}", what)))


def _told(incident: Incident) -> str:
    where = (incident.where.name or incident.where.text) if incident.where else "place unknown"
    day = incident.when.start if incident.when else None
    figures = ", ".join(map(_figure, incident.figures)) or "no figures"
    return f"{incident.type}, {day or 'day unknown'}, {where}: {figures}; {len(incident.reports)} reports"


def _figure(figure: IncidentFigure) -> str:
    low, best, high = ("?" if bound is None else f"{bound}" for bound in (figure.low, figure.best, figure.high))
    return f"{figure.outcome} {figure.group} {low}/{best}/{high}"
