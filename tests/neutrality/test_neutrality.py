"""The same words about another party, place, nationality or religion get the same reading, but for the names."""

from __future__ import annotations

import json
from collections import Counter
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


def shown(claims: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(claim, ensure_ascii=False, sort_keys=True) for claim in claims) or "no claim"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_swapped_name_changes_nothing_but_the_name(template: Template, readings: dict[str, Reading]) -> None:
    filled = [fill(template, number) for number in range(FILLS)]
    plain = [shown(without_names(readings[f.report.id], f)) for f in filled]
    usual = Counter(plain).most_common(1)[0][0]
    others = [f"{f.text}\n{read}" for f, read in zip(filled, plain, strict=True) if read != usual]
    assert not others, "\n\n".join([f"usually read as\n{usual}", "but", *others])


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
