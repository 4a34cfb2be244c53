"""The pages of double coding: the samples, and one of them, as far as it may be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ascertain.desk.selectors.withheld import given
from ascertain.record.models import Coding, IncidentRow, Sample
from ascertain.record.models.people import Person
from ascertain.record.selectors.coding import (
    ENOUGH,
    Agreement,
    Difference,
    Progress,
    agreement,
    differences,
    progress_of,
)
from ascertain.record.selectors.history import standing_id


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A sample in the list: how far it is, and whether it is the reader's own to code."""

    sample: Sample
    progress: tuple[Progress, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class CodingPage:
    """A sample as somebody may see it: `is_open` where it is not, or no longer, blind for them."""

    progress: tuple[Progress, ...]
    is_own: bool
    is_open: bool
    is_done: bool
    agreement: tuple[Agreement, ...]
    differences: tuple[Difference, ...]
    enough: int = ENOUGH


def samples_page(person: Person) -> tuple[SampleLine, ...]:
    """All samples, the newest first."""
    own = set(person.coded_samples.values_list("pk", flat=True))
    rows = Sample.objects.select_related("by").prefetch_related("coders").order_by("-pk")
    return tuple(SampleLine(row, progress_of(row), row.pk in own) for row in rows)


def coding_page(sample: Sample, person: Person, *, edits: bool) -> CodingPage:
    """A sample, as this person may see it: a coder sees the other's values when both have coded all; an editor who is
    no coder sees them at once."""
    progress = progress_of(sample)
    is_own = sample.coders.filter(pk=person.pk).exists()
    is_done = all(each.is_done for each in progress)
    is_open = is_done or (edits and not is_own)
    return CodingPage(
        progress,
        is_own,
        is_open,
        is_done,
        agreement(sample) if is_open else (),
        differences(sample) if is_open else (),
    )


def sheet(sample: Sample) -> Iterator[list[object]]:
    """The codings of a sample as lines of a table, with a head; without those of incidents that stay at the desk."""
    fields = json.loads(sample.fields)
    sampled = {id: standing_id(id) for id in sample.items.values_list("incident", flat=True)}
    named = {*sampled, *sampled.values()}
    kept = set(given(IncidentRow.objects.filter(pk__in=named)).values_list("pk", flat=True))
    yield ["item", "incident", "version", "coder", "at", "settled", *fields, "reason"]
    rows = Coding.objects.filter(item__sample=sample).select_related("item", "person").order_by("item__place", "pk")
    for row in rows:
        if not {row.item.incident_id, sampled[row.item.incident_id]} <= kept:
            continue
        values = json.loads(row.values)
        head = [row.item.place, row.item.incident_id, row.item.version, row.person.username, row.at.isoformat()]
        yield [*head, row.settled, *(values.get(field) for field in fields), row.reason]
