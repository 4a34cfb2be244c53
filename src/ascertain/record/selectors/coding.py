"""Double coding as it is looked at: what is to be coded, how far it is, how well two people agree, and on what not.

Agreement is Krippendorff's alpha: 1 where they always agree, 0 where no more than chance would bring about.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import krippendorff
from pydantic import JsonValue

from ascertain.model import Incident
from ascertain.record.coded import FIELDS, Level, compared
from ascertain.record.models import Coding, IncidentVersion, ReportRow, Sample, SampleItem
from ascertain.record.models.people import Person

ENOUGH = 10  # values of both, for less alpha says next to nothing

Values = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items of a sample somebody has coded."""

    name: str
    coded: int
    items: int

    @property
    def is_done(self) -> bool:
        """Whether all are."""
        return self.coded == self.items


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two coders agree on a field: of `both` items on which both gave a value, on how many it is the same;
    `alpha` is `None` where both gave too few values, or always the same one."""

    field: str
    both: int
    same: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that two coded differently, or that is settled: the values of each, by name of the coder and field."""

    item: SampleItem
    fields: tuple[str, ...]
    values: tuple[tuple[str, Values], ...]
    settled: Coding | None

    @property
    def key(self) -> str:
        """What tells it from the others of its sample."""
        return f"{self.item.place}-"

    def proposed(self) -> Values:
        """The values to begin settling from: what was agreed, else what both gave, nothing where they differ."""
        if self.settled:
            return dict(json.loads(self.settled.values))
        return {field: None if field in self.fields else value for field, value in self.values[0][1].items()}

    def rows(self) -> list[tuple[str, list[JsonValue], JsonValue]]:
        """The fields that differ, each with the values in order of the coders, and what was agreed."""
        agreed = json.loads(self.settled.values) if self.settled else {}
        return [(field, [told[field] for _, told in self.values], agreed.get(field)) for field in self.fields]


def progress_of(sample: Sample) -> tuple[Progress, ...]:
    """How far each coder is, in order of their names."""
    items = sample.items.count()
    return tuple(
        Progress(
            coder.username,
            Coding.objects.filter(item__sample=sample, person=coder, settled=False).values("item").distinct().count(),
            items,
        )
        for coder in sample.coders.order_by("username")
    )


def next_item(sample: Sample, person: Person) -> SampleItem | None:
    """The first item that a coder has not coded yet."""
    mine = Coding.objects.filter(person=person, settled=False)
    return sample.items.exclude(codings__in=mine).order_by("place").first()


def own_values(item: SampleItem, person: Person) -> Values:
    """What a coder coded of an item last; nothing yet is empty."""
    last = item.codings.filter(person=person, settled=False).order_by("-pk").first()
    return json.loads(last.values) if last else {}


def reports_of(item: SampleItem) -> tuple[ReportRow, ...]:
    """The reports that the incident was told by when the sample was drawn, the earliest first."""
    version = IncidentVersion.objects.get(incident=item.incident_id, number=item.version)
    ids = Incident.model_validate_json(version.value).reports
    return tuple(ReportRow.objects.filter(pk__in=ids).order_by("published", "pk"))


def agreement(sample: Sample) -> tuple[Agreement, ...]:
    """How well the two agree, field by field, as coded before anything was settled."""
    coders, coded = _coded(sample)
    return tuple(_agreement(field, coders, coded) for field in json.loads(sample.fields))


def differences(sample: Sample) -> tuple[Difference, ...]:
    """The items on which the two differ, in order; those that are settled too."""
    coders, coded = _coded(sample)
    settled = {
        row.item_id: row
        for row in Coding.objects.filter(item__sample=sample, settled=True).select_related("person").order_by("pk")
    }
    found = []
    for item in sample.items.select_related("incident").order_by("place"):
        told = [coded.get((item.pk, coder)) for coder in coders]
        both = [values for values in told if values is not None]
        if len(both) < 2:
            continue
        fields = tuple(f for f in json.loads(sample.fields) if compared(f, both[0][f]) != compared(f, both[1][f]))
        if fields:
            named = tuple(zip(coders, both, strict=True))
            found.append(Difference(item, fields, named, settled.get(item.pk)))
    return tuple(found)


def _coded(sample: Sample) -> tuple[list[str], dict[tuple[int, str], Values]]:
    """The coders by name, and the last values of each by item."""
    rows = Coding.objects.filter(item__sample=sample, settled=False).select_related("person").order_by("pk")
    coded = {(row.item_id, row.person.username): json.loads(row.values) for row in rows}
    return sorted(coder.username for coder in sample.coders.all()), coded


def _agreement(field: str, coders: Sequence[str], coded: Mapping[tuple[int, str], Values]) -> Agreement:
    items = sorted({item for item, _ in coded})
    told = [
        tuple(compared(field, coded[item, coder].get(field)) if (item, coder) in coded else None for coder in coders)
        for item in items
    ]
    both = [pair for pair in told if None not in pair]
    same = sum(one == other for one, other in both)
    return Agreement(field, len(both), same, _alpha(both, FIELDS[field].level))


def _alpha(pairs: Sequence[tuple[str | float | None, ...]], level: Level) -> float | None:
    """Krippendorff's alpha of pairs of values, or `None` where there are too few, or nothing varies."""
    known = sorted({value for pair in pairs for value in pair if value is not None}, key=str)
    if len(pairs) < ENOUGH or len(known) < 2:
        return None
    numbers: dict[str | float | None, float] = {
        value: float(value) if isinstance(value, float) else float(at) for at, value in enumerate(known)
    }
    data = [[numbers[pair[at]] for pair in pairs if pair[at] is not None] for at in (0, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))
