"""The exchange format as JSON Schema (draft 2020-12), made from the model and published in `schema/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ascertain.model import ConditionWeek, Incident, Negotiation, Reading, Report, ReportPlaces, TollSeries
from ascertain.model.claims import Frozen

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCHEMAS: dict[str, tuple[type[Frozen], str]] = {
    "report": (Report, "A report: what goes in, one JSON object a line"),
    "claims": (Reading, "A line of claims.jsonl: what one report asserts"),
    "places": (ReportPlaces, "A line of places.jsonl: the place names of one report"),
    "incident": (Incident, "A line of incidents.jsonl: one thing that happened"),
    "toll": (TollSeries, "A line of tolls.jsonl: how a count of people grew, by who counts"),
    "condition": (ConditionWeek, "A line of conditions.jsonl: what people lacked at a place in a week"),
    "negotiation": (Negotiation, "A line of negotiations.jsonl: talks, round by round"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of line, by name.

    >>> sorted(schemas())
    ['claims', 'condition', 'incident', 'negotiation', 'places', 'report', 'toll']
    >>> schemas()["report"]["required"]
    ['id', 'text']
    """
    return {name: _schema(name, model, title) for name, (model, title) in _SCHEMAS.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write each schema to `NAME.schema.json` in a folder; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _schema(name: str, model: type[Frozen], title: str) -> dict[str, Any]:
    body = model.model_json_schema(mode="validation" if name == "report" else "serialization")
    if name == "report":
        # A report may carry fields of its owner's; they are passed over, not refused.
        body["additionalProperties"] = True
        body["required"] = sorted(body["required"])
    return {"$schema": _DIALECT, "$id": f"urn:ascertain:exchange-format:1:{name}", **body, "title": title}
