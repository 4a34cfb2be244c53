"""What a person says that a reader missed, as typed on the page of a report, as a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from ascertain.desk.typed import whole_number
from ascertain.model import Claim, RefusedError, Span, saying
from ascertain.places.find import locate
from ascertain.record.coded import not_a_day, not_a_number
from ascertain.taxonomy import event_types

KINDS = ("event", "toll", "condition", "negotiation")
OUTCOMES = ("killed", "injured", "missing", "detained", "abducted", "displaced")
_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)


def claim_in(typed: Mapping[str, str], text: str) -> Claim:
    """The claim that was typed, on words of a report's text.

    Raises:
        RefusedError: no words were chosen, or a value is none, with what to do.

    >>> typed = {"start": "0", "end": "15", "kind": "event", "type": "attack", "killed_low": "2", "where": "Kaya"}
    >>> claim = claim_in(typed, "Two died in Kaya.")
    >>> claim.where.span, claim.figures[0].low
    ((12, 16), 2)
    """
    words = _words(typed, text)
    told: dict[str, object] = {"id": "c1", "kind": typed.get("kind", ""), "evidence": [words]}
    told |= {name: value for name, value in _place_and_day(typed, text, words) if value is not None}
    if told["kind"] in ("event", "toll"):
        told["figures"] = [_figure(outcome, typed, text, words) for outcome in OUTCOMES if _is_counted(outcome, typed)]
    told |= {name: typed[name] for name in _OWN.get(str(told["kind"]), ()) if typed.get(name)}
    if told["kind"] == "event" and told.get("type") not in event_types():
        raise RefusedError(saying("an event has a type; choose one of the list"))
    try:
        return _CLAIM.validate_python(told, strict=False)
    except ValidationError as error:
        said = "; ".join(f"{'/'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()[:3])
        raise RefusedError(saying("this is no claim ({faults}); change what is named", faults=said)) from error


_OWN: Mapping[str, tuple[str, ...]] = {"event": ("type",), "condition": ("sector",), "negotiation": ("status",)}


def _words(typed: Mapping[str, str], text: str) -> Span:
    start, end = (whole_number(typed.get(name, "")) for name in ("start", "end"))
    if start is None or end is None or not start < end <= len(text):
        raise RefusedError(saying("choose the words that say so in the text first"))
    return start, end


def _is_counted(outcome: str, typed: Mapping[str, str]) -> bool:
    return bool(typed.get(f"{outcome}_low") or typed.get(f"{outcome}_high"))


def _figure(outcome: str, typed: Mapping[str, str], text: str, words: Span) -> dict[str, object]:
    bounds = {}
    for bound in ("low", "high"):
        told = typed.get(f"{outcome}_{bound}", "").strip()
        bounds[bound] = whole_number(told)
        if told and bounds[bound] is None:
            raise RefusedError(not_a_number(told))
    return {"outcome": outcome, "group": "people", **bounds, "text": text[slice(*words)], "span": words}


def _place_and_day(typed: Mapping[str, str], text: str, words: Span) -> Iterator[tuple[str, object]]:
    if named := typed.get("where", "").strip():
        at = text.find(named, words[0], words[1])
        at = at if at >= 0 else text.find(named)
        if at < 0:
            raise RefusedError(
                saying("the report does not name {place}; write the place as it stands in the text", place=repr(named))
            )
        (place,) = locate(text, [(at, at + len(named))])
        yield "where", place.model_dump()
    if day := typed.get("day", "").strip():
        try:
            when = dt.date.fromisoformat(day)
        except ValueError as error:
            raise RefusedError(not_a_day(day)) from error
        yield "when", {"start": when, "end": when, "precision": "day", "text": text[slice(*words)], "span": words}
