"""Indexing: what incidents are found and counted by is renewed whenever they change, within the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from ascertain.incidents.events import events_of
from ascertain.model import EventClaim, Incident, Reading
from ascertain.record.handfuls import handfuls
from ascertain.record.models import FigureRow, IncidentClaim, IncidentRow, ReportRow, TraitRow, WordsRow
from ascertain.record.models.found_by import PARTY, SOURCE, TARGET
from ascertain.record.progress import Progress
from ascertain.record.selectors.readings import readings_of
from ascertain.record.words import searchable
from ascertain.record.writing import writing

_AT_ONCE = 300
_LONGEST_VALUE = 200
_MOST_WORDS = 200_000
_INDEXES = (FigureRow, TraitRow, WordsRow)


def index_missing(*, progress: Progress) -> int:
    """Index the incidents that are not, as those of a record that an older version wrote; how many they were."""
    missing = list(IncidentRow.objects.filter(gone=False, words=None).order_by("pk").values_list("pk", flat=True))
    if missing:
        progress.step("indexing incidents", len(missing))
    for some in handfuls(missing, _AT_ONCE):
        with writing():
            index(some)
        progress.advance(len(some))
    return len(missing)


def index(incidents: Collection[str]) -> None:
    """Renew what these incidents are found by, as they now stand; of one that is gone nothing is left."""
    for some in handfuls(sorted(incidents), _AT_ONCE):
        for model in _INDEXES:
            model._default_manager.filter(incident__in=some).delete()
        values = IncidentRow.objects.filter(pk__in=some, gone=False).values_list("value", flat=True)
        standing = [Incident.model_validate_json(value) for value in values]
        _write(standing, _held(some))


def _held(incidents: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """The claims of each report that each incident holds."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = IncidentClaim.objects.filter(incident__in=incidents).values_list("incident_id", "report_id", "claim")
    for incident, report, claim in rows:
        found[incident][report].add(claim)
    return found


def _write(standing: Sequence[Incident], held: dict[str, dict[str, set[str]]]) -> None:
    reports = {report for incident in standing for report in held[incident.id]}
    readings = {reading.report.id: reading for reading in readings_of(reports, with_sketches=False)}
    texts = dict(ReportRow.objects.filter(pk__in=reports).values_list("pk", "text"))
    FigureRow.objects.bulk_create(
        FigureRow(incident_id=one.id, outcome=f.outcome, group=f.group, low=f.low, best=f.best, high=f.high)
        for one in standing
        for f in one.figures
    )
    told = {
        one.id: [(readings[report], held[one.id][report]) for report in sorted(held[one.id]) if report in readings]
        for one in standing
    }
    TraitRow.objects.bulk_create(
        TraitRow(incident_id=one.id, kind=kind, value=value)
        for one in standing
        for kind, value in sorted(set(_traits(one, told[one.id])))
    )
    WordsRow.objects.bulk_create(
        WordsRow(incident_id=one.id, words=searchable(*_texts(one, told[one.id], texts))[:_MOST_WORDS])
        for one in standing
    )


Told = Sequence[tuple[Reading, Collection[str]]]


def _traits(incident: Incident, told: Told) -> Iterator[tuple[str, str]]:
    for actor in incident.actors:
        yield PARTY, (actor.name or actor.text)[:_LONGEST_VALUE]
    for target in incident.targets:
        yield TARGET, target.type
    for reading, claims in told:
        if reading.report.publisher:
            yield SOURCE, reading.report.publisher[:_LONGEST_VALUE]
        for claim in _claims(reading, claims):
            yield from ((SOURCE, " ".join(said.text.split())[:_LONGEST_VALUE]) for said in claim.said_by)


def _claims(reading: Reading, held: Collection[str]) -> Iterator[EventClaim]:
    return (claim for event in events_of(reading) for claim in event.claims if claim.id in held)


def _texts(incident: Incident, told: Told, texts: dict[str, str]) -> Iterator[str]:
    """Its names, then what its reports say of it."""
    where = incident.where
    names: Iterable[str | None] = (
        incident.id,
        incident.type.replace("_", " "),
        *((where.name, where.text, where.admin1, where.country) if where else ()),
        *(word for actor in incident.actors for word in (actor.name, actor.text)),
        *(target.text for target in incident.targets),
    )
    yield from (name for name in names if name)
    for passage in incident.evidence:
        yield texts.get(passage.report, "")[slice(*passage.span)]
    for reading, claims in told:
        yield reading.report.title or ""
        yield reading.report.publisher or ""
        for claim in _claims(reading, claims):
            yield from (texts[reading.report.id][slice(*span)] for span in claim.evidence)
