"""ACLED's layout of 31 columns."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

from ascertain.model import Incident, IncidentActor, IncidentFigure, Place, When
from ascertain.model.claims import AcledType
from ascertain.release.layouts.parts import (
    LeftOut,
    countries,
    country_codes,
    days,
    killed,
    name_of,
    place_of,
    sides,
)
from ascertain.release.tables import Row, figure_of
from ascertain.taxonomy import event_types
from ascertain.taxonomy.layouts import crosswalk, layout_columns

NO_TYPE, NO_DAY = LeftOut("no ACLED type"), LeftOut("no day")


def acled_row(incident: Incident, *, publishers: Sequence[str], as_of: dt.datetime) -> Row | LeftOut:
    """An incident as a row of ACLED's layout, or why it has no place there.

    Args:
        incident: redacted.
        publishers: of its reports, as they may be named.
        as_of: the moment of the state.
    """
    if incident.acled is None:
        return NO_TYPE
    when = incident.when
    precision = _time_precision(when)
    if when is None or when.start is None or precision is None:
        return NO_DAY
    ours, theirs = sides(incident)
    where = place_of(incident.where)
    country, iso = countries().get(where.country or "", (None, None))
    inter1, inter2 = _inter(ours), _inter(theirs)
    return (
        incident.id,
        when.start,
        when.start.year,
        precision,
        _disorder(incident.acled),
        incident.acled.event_type,
        incident.acled.sub_event_type,
        *_named(ours),
        inter1,
        *_named(theirs),
        inter2,
        _interaction(inter1, inter2),
        "Civilian targeting" if _targets_civilians(incident) else None,
        *(iso, None, country, where.admin1, None, None, where.name, where.lat, where.lon),
        _code("geo_precision", where.precision),
        "; ".join(publishers) or None,
        *(None, None),
        _fatalities(killed(incident)),
        _tags(incident),
        calendar.timegm(as_of.utctimetuple()),
    )


def _code(codes: str, ours: str | None) -> int | None:
    found = crosswalk("acled", codes).theirs.get(ours or "")
    return None if found is None else int(found)


def _time_precision(when: When | None) -> int | None:
    if when is None:
        return None
    if when.precision != "span":
        return _code("time_precision", when.precision)
    span = days(when)
    if span is None or span > 31:
        return None
    return _code("time_precision", "day" if span == 1 else "week" if span <= 7 else "month")


def _disorder(acled: AcledType) -> str | None:
    table = crosswalk("acled", "disorder_type").theirs
    return table.get(acled.sub_event_type) or table.get(acled.event_type)


def _named(side: Sequence[IncidentActor]) -> tuple[str | None, str | None]:
    names = list(dict.fromkeys(map(name_of, side)))
    return (names[0] if names else None, "; ".join(names[1:]) or None)


def _inter(side: Sequence[IncidentActor]) -> int | None:
    return _code("inter", side[0].kind) if side else None


def _interaction(first: int | None, second: int | None) -> int | None:
    """Both codes, the lower first.

    >>> _interaction(7, 1), _interaction(2, None), _interaction(None, None)
    (17, 20, None)
    """
    known = sorted(code for code in (first, second) if code is not None)
    if not known:
        return None
    return 10 * known[0] + (known[1] if len(known) == 2 else 0)


def _targets_civilians(incident: Incident) -> bool:
    at_civilians = any(each.role == "target" and each.kind == "civilians" for each in incident.actors)
    return at_civilians or (incident.acled is not None and incident.acled.event_type == "Violence against civilians")


def _fatalities(figure: IncidentFigure) -> int | None:
    return figure.low if figure.low is not None else figure.best


def _tags(incident: Incident) -> str:
    told = {"type": incident.type, "grading": incident.grading}
    for outcome in ("killed", "injured"):
        figure = figure_of(incident, outcome)
        bounds = {"low": figure.low, "best": figure.best, "high": figure.high}
        told |= {f"{outcome}_{name}": str(bound) for name, bound in bounds.items() if bound is not None}
    return "; ".join(f"{name}={value}" for name, value in told.items())


def incident_of_acled(row: Row) -> Incident:
    """The incident that a row tells, as far as the layout holds it."""
    cells = dict(zip((column.name for column in layout_columns("acled")), row, strict=True))
    tags = dict(part.split("=", 1) for part in str(cells["tags"] or "").split("; ") if "=" in part)
    code = tags.get("type") or _type_of(str(cells["event_type"]), str(cells["sub_event_type"]))
    inter = crosswalk("acled", "inter").ours
    named = ((cells["actor1"], cells["inter1"]), (cells["actor2"], cells["inter2"]))
    return Incident.model_validate(
        {
            "id": cells["event_id_cnty"],
            "type": code,
            "acled": {"event_type": cells["event_type"], "sub_event_type": cells["sub_event_type"]},
            "when": _when_of(cells["event_date"], str(cells["time_precision"])),
            "where": _place_of(cells),
            "figures": [figure for outcome in ("killed", "injured") if (figure := _figure_of(outcome, tags))],
            "actors": [
                {"role": "party", "text": name, "kind": inter.get(str(kind), "other")} for name, kind in named if name
            ],
            "reports": (),
            "claims": (),
            "sources": 1,
            "grading": tags.get("grading", "single_source"),
        }
    )


def _type_of(event: str, sub_event: str) -> str:
    words = AcledType(event_type=event, sub_event_type=sub_event)
    return next(code for code, each in event_types().items() if each.acled == words)


def _when_of(start: object, precision: str) -> When:
    assert isinstance(start, dt.date)
    ours = crosswalk("acled", "time_precision").ours[precision]
    end = start if ours == "day" else None
    return When.model_validate({"start": start, "end": end, "precision": ours})


def _place_of(cells: Mapping[str, object]) -> Place | None:
    precision = crosswalk("acled", "geo_precision").ours.get(str(cells["geo_precision"]))
    told = (cells["location"], cells["country"], cells["latitude"], precision)
    if all(each is None for each in told):
        return None
    return Place.model_validate(
        {
            "text": cells["location"] or "",
            "span": (0, 0),
            "name": cells["location"],
            "lat": cells["latitude"],
            "lon": cells["longitude"],
            "precision": precision,
            "country": country_codes().get(str(cells["country"])),
            "admin1": cells["admin1"],
        }
    )


def _figure_of(outcome: str, tags: Mapping[str, str]) -> dict[str, object] | None:
    bounds = {name: tags.get(f"{outcome}_{name}") for name in ("low", "best", "high")}
    if not any(bounds.values()):
        return None
    return {"outcome": outcome, "group": "people", **{name: int(each) for name, each in bounds.items() if each}}
