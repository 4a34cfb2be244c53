"""Blind double coding: a sample is drawn, two people code it, and what they disagree on is settled.

Each coding is appended and chained. Nobody is shown the other's values before their own are all given; that is for
`selectors.coding` to keep.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping

from ascertain.model import RefusedError, Saying, saying
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.coded import FIELDS, read_values
from ascertain.record.models import Coding, IncidentRow, Sample, SampleItem
from ascertain.record.models.people import Person
from ascertain.record.roles import check_may, may
from ascertain.record.writing import writing

LARGEST = 1000


def draw_sample(
    *,
    person: Person,
    name: str,
    coders: Collection[Person],
    fields: Collection[str],
    size: int,
    seed: int,
    among: Mapping[str, object] | None = None,
) -> Sample:
    """Draw incidents by chance for two people to code; the same seed draws the same of the same incidents.

    Args:
        person: who draws.
        name: what it is called.
        coders: the two.
        fields: which values they code, of `coded.FIELDS`.
        size: how many incidents, at most a thousand.
        seed: of the drawing.
        among: conditions on the columns of incidents, such as `{"country": "NG"}`; all that stand where not given.

    Raises:
        RefusedError: the person is no editor, or what is asked for cannot be.
    """
    with writing():
        check_may(person, "draw a sample")
        _check(name, coders, fields, size)
        ids = sorted(IncidentRow.objects.filter(gone=False, **(among or {})).values_list("pk", flat=True))
        if not ids:
            raise RefusedError(saying("no incident fits these conditions; widen them"))
        drawn = random.Random(seed).sample(ids, min(size, len(ids)))
        versions = dict(IncidentRow.objects.filter(pk__in=drawn).values_list("pk", "version"))
        chosen = [field for field in FIELDS if field in fields]
        told = canonical({key: str(value) for key, value in (among or {}).items()})
        sample = Sample.objects.create(
            name=name.strip(), by=person, at=now(), seed=seed, filter=told, fields=json.dumps(chosen)
        )
        sample.coders.set(coders)
        SampleItem.objects.bulk_create(
            SampleItem(sample=sample, incident_id=id, version=versions[id], place=place)
            for place, id in enumerate(drawn, 1)
        )
    return sample


def code(*, person: Person, item: SampleItem, typed: Mapping[str, str]) -> Coding:
    """Keep what a coder read in the reports of an item, in place of what they coded of it before.

    Args:
        person: one of the two coders.
        item: the item.
        typed: what was typed, by field; nothing means that the reports do not say.

    Raises:
        RefusedError: the person is no coder of the sample, a value cannot be read, or the item is settled.
    """
    with writing():
        check_may(person, "code")
        if not item.sample.coders.filter(pk=person.pk).exists():
            raise RefusedError(not_a_coder(person))
        if item.codings.filter(settled=True).exists():
            raise RefusedError(saying("this item is settled already; what was agreed stays"))
        if is_done(item.sample):
            raise RefusedError(saying("both have coded all of the sample; what differs is settled with a reason now"))
        return _appended(item, person, read_values(json.loads(item.sample.fields), typed))


def settle(*, person: Person, item: SampleItem, typed: Mapping[str, str], reason: str) -> Coding:
    """Keep what was agreed on an item after the disagreement was seen.

    Raises:
        RefusedError: the person is neither coder nor editor, not both have coded all, or no reason is given.
    """
    with writing():
        check_may(person, "code")
        sample = item.sample
        if not (sample.coders.filter(pk=person.pk).exists() or may(person, "draw a sample")):
            raise RefusedError(saying("{person} is no coder of this sample, and no editor", person=person.username))
        if not is_done(sample):
            raise RefusedError(saying("not both have coded all of the sample; what differs is settled after that"))
        if not reason.strip():
            raise RefusedError(saying("a reason is needed; say why in a few words"))
        values = read_values(json.loads(sample.fields), typed)
        return _appended(item, person, values, settled=True, reason=reason.strip())


def not_a_coder(person: Person) -> Saying:
    """Somebody may not code a sample."""
    return saying("{person} is no coder of this sample", person=person.username)


def has_coded_all(person: Person, sample: Sample) -> bool:
    """Whether a coder has coded each item of a sample."""
    return not sample.items.exclude(codings__in=Coding.objects.filter(person=person, settled=False)).exists()


def is_done(sample: Sample) -> bool:
    """Whether both have coded each item."""
    return all(has_coded_all(coder, sample) for coder in sample.coders.all())


def _check(name: str, coders: Collection[Person], fields: Collection[str], size: int) -> None:
    if not name.strip():
        raise RefusedError(saying("a sample needs a name; say what it is for"))
    if len({coder.pk for coder in coders}) != 2:
        raise RefusedError(saying("two people code a sample; choose two who differ"))
    for coder in coders:
        check_may(coder, "code")
    if not fields or not set(fields) <= FIELDS.keys():
        raise RefusedError(saying("choose at least one field to code, of {fields}", fields=tuple(FIELDS)))
    if not 1 <= size <= LARGEST:
        raise RefusedError(saying("a sample has 1 to {most} incidents; give another number", most=LARGEST))


def _appended(
    item: SampleItem, person: Person, values: Mapping[str, object], *, settled: bool = False, reason: str = ""
) -> Coding:
    made = Coding.objects.create(
        item=item, person=person, at=now(), values=canonical(values), settled=settled, reason=reason
    )
    chain.append([made])
    return made
