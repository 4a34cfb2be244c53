"""An incident as people have it: values that they corrected, and its state.

In: an incident as it is computed, and the decisions that stand. Out: the incident with the values that people set, and
what stands beside it. A value that a person set holds however the incident is computed anew, and the computed one is
kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue, TypeAdapter, ValidationError

from ascertain.incidents.events import Event
from ascertain.incidents.ids import id_from
from ascertain.model import (
    Figure,
    Incident,
    IncidentActor,
    IncidentFigure,
    IncidentTarget,
    Place,
    RecordError,
    RefusedError,
    Saying,
    When,
    saying,
)
from ascertain.record.replay.decided import Decided, marks
from ascertain.record.replay.grouping import locks
from ascertain.taxonomy import event_types, means

Status = Literal["open", "accepted", "rejected"]
Adapter = TypeAdapter[object]
_ADAPTERS: Mapping[str, Adapter] = {
    "when": TypeAdapter(When | None),
    "where": TypeAdapter(Place | None),
    "actors": TypeAdapter(tuple[IncidentActor, ...]),
    "targets": TypeAdapter(tuple[IncidentTarget, ...]),
    "means": TypeAdapter(tuple[str, ...]),
}
MOST_PEOPLE, FARTHEST_KM = 500_000_000, 20_040
_COUNTRY = re.compile("[A-Z]{2}")
FIELDS = ("type", *_ADAPTERS, "figures/<outcome>/<group>")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that a person set: of which field, what is computed, what holds, and by which decision."""

    field: str
    computed: JsonValue
    holds: JsonValue
    decision: int


@dataclass(frozen=True, slots=True)
class Finished:
    """An incident with all that was decided about it; `corrections` are those that hold, `decided_by` is the decision
    by which it has its status."""

    incident: Incident
    status: Status = "open"
    locked: bool = False
    sensitivity: str = ""
    assigned_to: str | None = None
    corrections: tuple[Correction, ...] = ()
    decided_by: int | None = None


def state_of(finished: Finished) -> dict[str, JsonValue]:
    """What was decided beside an incident's values, as JSON."""
    corrections: list[JsonValue] = [
        {"field": each.field, "computed": each.computed, "holds": each.holds, "decision": each.decision}
        for each in finished.corrections
    ]
    return {
        "status": finished.status,
        "locked": finished.locked,
        "sensitivity": finished.sensitivity,
        "assigned_to": finished.assigned_to,
        "corrections": corrections,
    }


def about(events: Sequence[Event], decisions: Iterable[Decided], present: Callable[[str], bool]) -> list[Decided]:
    """The decisions about the incident that these events are.

    A decision is about the incident that holds the event which founded the one that the person saw; where that is gone,
    the first that is left of the claims that the person saw.

    Args:
        events: those of the incident.
        decisions: those that stand, in order.
        present: whether a claim is in the record.
    """
    held = frozenset[str]().union(*map(marks, events))
    return [each for each in decisions if each.kind not in ("merge", "split") and _is_about(each, held, present)]


def _is_about(decided: Decided, held: frozenset[str], present: Callable[[str], bool]) -> bool:
    for incident, seen in zip(decided.subject.incidents, decided.subject.events, strict=False):
        ordered = sorted(seen, key=lambda claim: (id_from(claim) != incident, claim))
        if next((claim for claim in ordered if present(claim)), None) in held:
            return True
    return False


def finished(incident: Incident, decisions: Sequence[Decided]) -> Finished:
    """The incident as it stands after the decisions about it, in order."""
    closed = locks(decisions)
    if closed:
        return replace(_with_state(_as_locked(incident, closed[-1]), decisions), locked=True)
    corrections: dict[str, Correction] = {}
    for each in decisions:
        if each.kind == "correct":
            field, holds = correction_in(each)
            corrections[field] = Correction(field, _told(incident, field), holds, each.number)
    for correction in corrections.values():
        incident = corrected(incident, correction.field, correction.holds)
    return replace(_with_state(incident, decisions), corrections=tuple(corrections.values()))


def corrected(incident: Incident, field: str, value: JsonValue) -> Incident:
    """The incident with one value set by a person.

    Raises:
        RefusedError: there is no such field, or the value is none of it.
    """
    try:
        if field == "type":
            return incident.model_copy(update=_of_type(value))
        if field.startswith("figures/"):
            return incident.model_copy(update={"figures": _with_figure(incident, field, value)})
        if field not in _ADAPTERS:
            raise RefusedError(
                saying("no field {field}; correct one of {known}", field=repr(field), known=tuple(FIELDS))
            )
        set_to = _ADAPTERS[field].validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        told = {"field": field, "value": repr(value), "fault": first["msg"]}
        raise RefusedError(saying("{field} cannot be {value}: {fault}; give another value", **told)) from error
    if field == "means" and (unknown := sorted(set(set_to) - set(means()))):  # type: ignore[call-overload]
        known = tuple(sorted(means()))
        raise RefusedError(
            saying("means has no code {means}; give one of {known}", means=repr(unknown[0]), known=known)
        )
    return incident.model_copy(update={field: set_to})


def check_parts(incident: Incident) -> None:
    """Parts never exceed wholes: no group of people has more killed, hurt or missing than there are people.

    Raises:
        RefusedError: a group has.
    """
    whole = {figure.outcome: figure for figure in incident.figures if figure.group == "people"}
    for figure in incident.figures:
        people = whole.get(figure.outcome)
        if people is None or people.high is None:
            continue
        most = max(bound for bound in (figure.low, figure.best, figure.high, 0) if bound is not None)
        if most > people.high:
            raise RefusedError(
                saying(
                    "a part exceeds its whole: {part} {counted}, of {whole} people at most; "
                    "correct the one or the other first",
                    part=most,
                    counted=_counted(figure),
                    whole=people.high,
                )
            )


def check_possible(figures: Iterable[Figure | IncidentFigure], where: Place | None) -> None:
    """What a person says can be: no more people than there are, a country by its two letters, a place on the Earth.

    Raises:
        RefusedError: something cannot.
    """
    for figure in figures:
        most = max(bound for bound in (figure.low, getattr(figure, "best", None), figure.high, 0) if bound is not None)
        if most > MOST_PEOPLE:
            raise RefusedError(
                saying(
                    "{number} {counted} are too many; {most} is the most",
                    number=most,
                    counted=_counted(figure),
                    most=f"{MOST_PEOPLE:,}",
                )
            )
    if where and where.country is not None and not _COUNTRY.fullmatch(where.country):
        raise RefusedError(not_a_country(where.country))
    if where and where.radius_km is not None and where.radius_km > FARTHEST_KM:
        raise RefusedError(
            saying(
                "no place lies {km} km off; {most} is half way round the Earth",
                km=str(where.radius_km),
                most=f"{FARTHEST_KM:,}",
            )
        )


def not_a_country(told: str) -> Saying:
    """What was given is no country."""
    return saying("{told} is no country; give its two letters (ISO 3166), such as NG", told=repr(told))


def _counted(figure: Figure | IncidentFigure) -> Saying:
    """Whom a figure counts, and what happened to them."""
    group, outcome = (saying("{code}", code=code) for code in (figure.group, figure.outcome))
    return saying("{group} {outcome}", group=group, outcome=outcome)


def _of_type(value: JsonValue) -> dict[str, object]:
    kinds = event_types()
    if not isinstance(value, str) or value not in kinds:
        raise RefusedError(
            saying(
                "no type {type}; give a code of the taxonomy, such as {known}",
                type=repr(value),
                known=tuple(sorted(kinds)[:5]),
            )
        )
    return {"type": value, "acled": kinds[value].acled}


def _with_figure(incident: Incident, field: str, value: JsonValue) -> tuple[IncidentFigure, ...]:
    outcome, group = _outcome_and_group(field)
    others = tuple(each for each in incident.figures if (each.outcome, each.group) != (outcome, group))
    if value is None:
        return others
    if not isinstance(value, dict):
        raise RefusedError(
            saying(
                "{field} cannot be {value}: a figure has low, best and high; give these, or nothing",
                field=field,
                value=repr(value),
            )
        )
    figure = IncidentFigure.model_validate({**value, "outcome": outcome, "group": group})
    at = next((n for n, each in enumerate(incident.figures) if (each.outcome, each.group) == (outcome, group)), None)
    return (*others, figure) if at is None else (*others[:at], figure, *others[at:])


def _outcome_and_group(field: str) -> tuple[str, str]:
    parts = field.split("/")
    if len(parts) != 3:
        raise RefusedError(saying("no field {field}; name a figure as figures/killed/people", field=repr(field)))
    return parts[1], parts[2]


def correction_in(decided: Decided) -> tuple[str, JsonValue]:
    """The field that a decision corrects, and what it is set to.

    Raises:
        RecordError: it holds no correction.
    """
    value = decided.value
    if not isinstance(value, dict) or not isinstance(value.get("field"), str):
        raise RecordError(f"decision {decided.number} corrects nothing; it is damaged, so verify the record")
    return str(value["field"]), value.get("to")


def _told(incident: Incident, field: str) -> JsonValue:
    """What is computed of a field, as JSON."""
    if field.startswith("figures/"):
        outcome, group = _outcome_and_group(field)
        for figure in incident.figures:
            if (figure.outcome, figure.group) == (outcome, group):
                return {"low": figure.low, "best": figure.best, "high": figure.high}
        return None
    value: JsonValue = incident.model_dump(mode="json").get(field)
    return value


def _as_locked(incident: Incident, lock: Decided) -> Incident:
    """A locked incident is as the person saw it who locked it, whatever is computed now."""
    kept = Incident.model_validate(lock.value)
    return kept.model_copy(update={"id": incident.id, "formerly": incident.formerly})


def _with_state(incident: Incident, decisions: Iterable[Decided]) -> Finished:
    state = Finished(incident)
    for each in decisions:
        match each.kind:
            case "accept":
                state = replace(state, status="accepted", decided_by=each.number)
            case "reject":
                state = replace(state, status="rejected", decided_by=each.number)
            case "assign":
                state = replace(state, assigned_to=None if each.value is None else str(each.value))
            case "mark_sensitive":
                state = replace(state, sensitivity=str(each.value or ""))
    return state
