"""UCDP GED's layout of 49 columns."""

from __future__ import annotations

import datetime as dt
import math
import zlib
from collections.abc import Sequence

from ascertain.model import Incident, IncidentActor, When
from ascertain.release.layouts.parts import LeftOut, countries, country_codes, days, killed, name_of, place_of, sides
from ascertain.release.tables import Row, figure_of
from ascertain.taxonomy.layouts import crosswalk, layout_columns

NOBODY_KILLED, NO_SIDES, NO_DAY = LeftOut("nobody killed"), LeftOut("sides not known"), LeftOut("no day")
_CIVILIANS = "Civilians"


def ged_row(incident: Incident, *, publishers: Sequence[str]) -> Row | LeftOut:
    """An incident as a row of GED's layout, or why it has no place there.

    Args:
        incident: redacted.
        publishers: of its reports, as they may be named.
    """
    dead, when = killed(incident), incident.when
    best = dead.best if dead.best is not None else dead.low
    if not best:
        return NOBODY_KILLED
    precision = _date_precision(when)
    if when is None or when.start is None or when.end is None or precision is None:
        return NO_DAY
    opposed = _opposed(incident)
    if opposed is None:
        return NO_SIDES
    violence, side_a, side_b = opposed
    civilians = best if violence == 3 else min(figure_of(incident, "killed", "civilians").best or 0, best)
    where = place_of(incident.where)
    has_position = where.lat is not None and where.lon is not None
    country, _ = countries().get(where.country or "", (None, None))
    pair = f"{side_a} - {side_b}"
    where_prec = crosswalk("ged", "where_prec").theirs.get(where.precision or "")
    return (
        _number(incident.id),
        incident.id,
        when.end.year,
        None,
        "Clear",
        violence,
        *(None, None, pair),
        *(None, None, pair),
        *(None, None, side_a),
        *(None, None, side_b),
        incident.sources,
        None,
        ";".join(publishers) or None,
        *(None, None, None),
        int(where_prec) if where_prec else None,
        where.name,
        None,
        where.admin1,
        None,
        where.lat,
        where.lon,
        f"POINT ({where.lon} {where.lat})" if has_position else None,
        priogrid_cell(where.lat, where.lon) if where.lat is not None and where.lon is not None else None,
        country,
        None,
        None,
        1 if precision == 1 else 2,
        precision,
        when.start,
        when.end,
        *(0, 0, civilians, best - civilians),
        best,
        max(best, dead.high) if dead.high is not None else best,
        min(best, dead.low) if dead.low is not None else best,
        None,
        None,
    )


def priogrid_cell(lat: float, lon: float) -> int:
    """The number of PRIO-GRID's cell of half a degree, from the south-west corner, 720 a row.

    >>> priogrid_cell(34.53, 69.17), priogrid_cell(-90, -180), priogrid_cell(90, 180)
    (179779, 1, 259200)
    """
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _date_precision(when: When | None) -> int | None:
    if when is None:
        return None
    span = days(when)
    if when.precision != "span":
        return int(crosswalk("ged", "date_prec").theirs[when.precision])
    if span is None:
        return None
    return next(code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (math.inf, 5)) if span <= most)


def _opposed(incident: Incident) -> tuple[int, str, str] | None:
    """The type of violence, and the names of side A and side B; `None` where the sides are not known."""
    first, second = sides(incident)
    side = crosswalk("ged", "side").theirs
    ours = [each for each in first if side.get(each.kind) in ("state", "group")]
    theirs = [each for each in second if side.get(each.kind) in ("state", "group")]
    if ours and theirs:
        a, b = _state_first(ours[0], theirs[0])
        state_based = "state" in (side[a.kind], side[b.kind])
        return (1 if state_based else 2, name_of(a), name_of(b))
    if ours and any(side.get(each.kind) == "civilians" for each in second):
        return (3, name_of(ours[0]), _CIVILIANS)
    return None


def _state_first(one: IncidentActor, other: IncidentActor) -> tuple[IncidentActor, IncidentActor]:
    side = crosswalk("ged", "side").theirs
    swap = side[one.kind] != "state" and side[other.kind] == "state"
    return (other, one) if swap else (one, other)


def _number(id: str) -> int:
    """A number made of an incident's id.

    >>> _number("i61c6ad363f8e") == int("61c6ad363f8e", 16), _number("x")
    (True, 2363233923)
    """
    digits = id[1:13]
    is_hex = len(digits) == 12 and all(digit in "0123456789abcdef" for digit in digits)
    return int(digits, 16) if is_hex else zlib.crc32(id.encode())


def incident_of_ged(row: Row) -> Incident:
    """The incident that a row tells, as far as the layout holds it; GED has no event type: it is `other`."""
    cells = dict(zip((column.name for column in layout_columns("ged")), row, strict=True))
    start, end = cells["date_start"], cells["date_end"]
    assert isinstance(start, dt.date)
    assert isinstance(end, dt.date)
    precision = crosswalk("ged", "date_prec").ours.get(str(cells["date_prec"]), "span")
    where_prec = crosswalk("ged", "where_prec").ours.get(str(cells["where_prec"]))
    where = {
        "text": cells["where_coordinates"] or "",
        "span": (0, 0),
        "name": cells["where_coordinates"],
        "lat": cells["latitude"],
        "lon": cells["longitude"],
        "precision": where_prec,
        "country": country_codes().get(str(cells["country"])),
        "admin1": cells["adm_1"],
    }
    has_place = any(where[name] is not None for name in ("name", "lat", "country", "precision"))
    figures = [{"outcome": "killed", "group": "people", **{name: cells[name] for name in ("low", "best", "high")}}]
    if cells["deaths_civilians"]:
        civilians = cells["deaths_civilians"]
        figures.append({"outcome": "killed", "group": "civilians", "best": civilians})
    return Incident.model_validate(
        {
            "id": cells["relid"],
            "type": "other",
            "when": {"start": start, "end": end, "precision": precision},
            "where": where if has_place else None,
            "figures": figures,
            "actors": [{"role": "party", "text": cells[side], "name": cells[side]} for side in ("side_a", "side_b")],
            "reports": (),
            "claims": (),
            "sources": cells["number_of_sources"],
            "grading": "single_source",
        }
    )
