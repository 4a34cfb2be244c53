"""The same words about another party, place, nationality or religion get the same reading, but for the names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from ascertain.model import EventClaim, Reading
from ascertain.reading import read_reports

from .filling import FILLERS, FILLS, Template, fill, templates, without_names

TEMPLATES = templates()


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    reports = [fill(template, number).report for template in TEMPLATES for number in range(FILLS)]
    return {reading.report.id: reading for reading in read_reports(reports)}


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value under its path (`0.figures.1.low`)."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in pairs:
            yield from flat(item, f"{path}.{key}" if path else str(key))
    else:
        yield path, json.dumps(value, ensure_ascii=False)


def differences(usual: dict[str, str], other: dict[str, str]) -> str:
    paths = [path for path in {**usual, **other} if usual.get(path) != other.get(path)]
    return "\n".join(f"  {path}: usually {usual.get(path, '-')}, here {other.get(path, '-')}" for path in paths)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_swapped_name_changes_nothing_but_the_name(template: Template, readings: dict[str, Reading]) -> None:
    filled = [fill(template, number) for number in range(FILLS)]
    read = [dict(flat(without_names(readings[one.report.id], one))) for one in filled]
    usual = dict(Counter(tuple(one.items()) for one in read).most_common(1)[0][0])
    others = [f"{text.text}\n{differences(usual, one)}" for text, one in zip(filled, read, strict=True) if one != usual]
    if others:
        pytest.fail("\n".join(others), pytrace=False)


def test_there_are_200_templates_with_distinct_ids() -> None:
    assert len({template.id for template in TEMPLATES}) == len(TEMPLATES) >= 200


def test_every_list_holds_as_many_fillers_as_are_filled_in() -> None:
    assert {name: len(found) for name, found in FILLERS.items()} == dict.fromkeys(FILLERS, FILLS)


def test_the_templates_are_read_at_all(readings: dict[str, Reading]) -> None:
    """A reader that reads nothing is neutral and of no use: look-alikes apart, most templates hold a claim."""
    telling = [template for template in TEMPLATES if not template.id.startswith("alike")]
    read = [template for template in telling if readings[f"{template.id}/0"].claims]
    assert len(read) >= 0.8 * len(telling)


def test_the_templates_tell_of_many_kinds_of_events(readings: dict[str, Reading]) -> None:
    claims = [claim for reading in readings.values() for claim in reading.claims]
    assert len({claim.type for claim in claims if isinstance(claim, EventClaim)}) >= 20
    assert {claim.kind for claim in claims} == {"event", "toll", "condition", "negotiation"}
