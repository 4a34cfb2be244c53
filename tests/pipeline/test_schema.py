import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ascertain.incidents import build
from ascertain.incidents.series import gather
from ascertain.intake.inputs import find_sources, read_items
from ascertain.intake.received import Received
from ascertain.pipeline.readers import RuleReader
from ascertain.pipeline.schema import schemas, write_schemas

ROOT = Path(__file__).parents[2]


def valid(name: str, value: object) -> bool:
    return bool(Draft202012Validator(schemas()[name]).is_valid(value))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


def test_the_published_schemas_are_those_of_the_model(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        published = ROOT / "schema" / path.name
        assert published.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
            "run: ascertain schema --out schema"
        )


def test_the_examples_and_what_is_read_in_them_follow_the_schemas() -> None:
    items = list(read_items(find_sources([str(ROOT / "examples")])))
    reports = [item.report for item in items if isinstance(item, Received)]
    assert len(reports) == len(items) >= 8
    readings = list(RuleReader().read(reports))
    assert all(valid("report", json.loads(report.model_dump_json())) for report in reports)
    assert all(valid("claims", json.loads(reading.model_dump_json())) for reading in readings)
    incidents, series = tuple(build(readings)), gather(readings)
    lines = {
        "incident": incidents,
        "toll": list(series.tolls()),
        "condition": list(series.conditions()),
        "negotiation": list(series.negotiations()),
    }
    assert all(lines.values())
    assert all(valid(name, json.loads(line.model_dump_json())) for name, told in lines.items() for line in told)


BAD = {
    "no text": ("report", {"id": "r1"}),
    "a number for a day": ("report", {"id": "r1", "text": "x", "published": 20240905}),
    "a claim without evidence": (
        "claims",
        {"report": {"id": "r1"}, "claims": [{"kind": "toll", "id": "c1", "evidence": []}]},
    ),
    "a kind that is none": (
        "claims",
        {"report": {"id": "r1"}, "claims": [{"kind": "x", "id": "c1", "evidence": [[0, 1]]}]},
    ),
    "an incident without sources": ("incident", {"id": "i1", "type": "attack", "reports": [], "claims": []}),
}


@pytest.mark.parametrize(("name", "value"), BAD.values(), ids=BAD.keys())
def test_the_schemas_refuse_what_is_not_of_the_format(name: str, value: object) -> None:
    assert not valid(name, value)


def test_a_report_may_carry_fields_of_its_owners() -> None:
    assert valid("report", {"id": "r1", "text": "x", "country": "KE"})
