"""Reading a correction from its form: which field, what it is set to, and the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import JsonValue

from ascertain.desk.typed import whole_number
from ascertain.model import Incident, Passage, RefusedError

_BOUNDS = ("low", "best", "high")


def value_in(given: QueryDict, incident: Incident | None) -> tuple[str, JsonValue]:
    """The field that a form corrects and what it sets it to, in the exchange format.

    Raises:
        RefusedError: a field of the form holds what it cannot.
    """
    field = given.get("field", "")
    if field == "figures":
        return f"figures/{given.get('outcome', '')}/{given.get('group', '')}", _figure(given)
    if incident is None or field not in _READ:
        raise RefusedError(_("choose what to correct"))
    return field, _READ[field](given, incident)


def evidence_in(given: QueryDict) -> list[Passage]:
    """The words of a report that a form points at."""
    start, end = (whole_number(given.get(name, "")) for name in ("start", "end"))
    report = given.get("report", "")
    return [Passage(report=report, span=(start, end))] if report and start is not None and end is not None else []


def _figure(given: QueryDict) -> JsonValue:
    if given.get("none"):
        return None
    return {bound: _number(given.get(bound, "")) for bound in _BOUNDS}


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 8:
        raise RefusedError(_("%(text)s is no number; give a whole number, or leave it empty") % {"text": text})
    return int(text)


def _type(given: QueryDict, incident: Incident) -> JsonValue:  # noqa: ARG001 -- as all readers are called
    return given.get("type", "")


def _when(given: QueryDict, incident: Incident) -> JsonValue:
    if given.get("none"):
        return None
    start, end = given.get("day_from") or None, given.get("day_to") or None
    precision = "day" if start and (end is None or end == start) else "span"
    kept = incident.when
    text = given.get("words") or (kept.text if kept else None)
    return {"start": start, "end": end or start, "precision": precision, "text": text}


def _where(given: QueryDict, incident: Incident) -> JsonValue:
    if given.get("none"):
        return None
    kept: dict[str, Any] = incident.where.model_dump(mode="json") if incident.where else {"text": "", "span": [0, 0]}
    name = given.get("name", "").strip() or None
    lat, lon, radius = (_degrees(given.get(part, "")) for part in ("lat", "lon", "radius_km"))
    moved = (lat, lon) != (kept.get("lat"), kept.get("lon"))
    told: dict[str, JsonValue] = {**kept, "name": name, "lat": lat, "lon": lon, "radius_km": radius}
    told |= {"country": given.get("at_country", "").strip().upper() or None}
    if moved:
        told |= {"id": None, "precision": "point" if radius is not None and radius < 1 else None, "admin1": None}
    if not told["text"]:
        told["text"] = given.get("words") or name or ""
    return told


def _degrees(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise RefusedError(_("%(text)s is no number; give degrees or kilometres as 31.34") % {"text": text}) from None


def _actors(given: QueryDict, incident: Incident) -> JsonValue:
    kept = set(given.getlist("keep"))
    found: list[JsonValue] = [
        actor.model_dump(mode="json") for at, actor in enumerate(incident.actors) if str(at) in kept
    ]
    name = given.get("party_name", "").strip()
    if name:
        found.append({"role": given.get("role", "party"), "text": given.get("words") or name, "name": name})
    return found


def _targets(given: QueryDict, incident: Incident) -> JsonValue:
    kept = set(given.getlist("keep_target"))
    found: list[JsonValue] = [
        target.model_dump(mode="json") for at, target in enumerate(incident.targets) if str(at) in kept
    ]
    name = given.get("target_name", "").strip()
    if name:
        told: dict[str, JsonValue] = {"text": given.get("words") or name, "type": given.get("target_type", "other")}
        found.append(told | {"count": _number(given.get("count", "")), "damage": given.get("damage") or None})
    return found


def _means(given: QueryDict, incident: Incident) -> JsonValue:  # noqa: ARG001 -- as all readers are called
    return [code for code in given.getlist("means") if code]


_READ: Mapping[str, Callable[[QueryDict, Incident], JsonValue]] = MappingProxyType(
    {"type": _type, "when": _when, "where": _where, "actors": _actors, "targets": _targets, "means": _means}
)
