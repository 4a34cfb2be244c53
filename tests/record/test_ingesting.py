"""Ingesting: what comes in day by day ends in the same incidents as what comes in at once."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ascertain.incidents import build
from ascertain.incidents.events import stories_of
from ascertain.incidents.linking.index import Index
from ascertain.model import Incident, Reading, SettingsError
from ascertain.record.models import (
    ChainEntry,
    ClaimRow,
    EventRow,
    Forward,
    IncidentClaim,
    IncidentRow,
    IncidentVersion,
    LinkParameters,
    ReadingRow,
    ReportRow,
    SetAsideRow,
)
from ascertain.record.opening import Record
from ascertain.record.selectors.policy import policy_in_force
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.ingesting import Ingested, IngestSettings, ingest
from ascertain.record.services.link_index import model_of
from ascertain.record.services.setting_aside import retry

from .made import MadeReader, SpoiltReader, lines

SETTINGS = IngestSettings(reader=MadeReader(), workers=0)


def put(record: Record, folder: Path, name: str, text: Iterable[str], settings: IngestSettings = SETTINGS) -> Ingested:
    path = folder / name
    path.write_text("".join(text))
    return ingest(record=record, sources=[str(path)], settings=settings)


def standing() -> list[Incident]:
    rows = IncidentRow.objects.filter(gone=False)
    return sorted((Incident.model_validate_json(row.value) for row in rows), key=lambda incident: incident.id)


def together(incidents: Iterable[Incident]) -> set[tuple[str, ...]]:
    return {tuple(sorted(incident.claims)) for incident in incidents}


def at_once() -> set[tuple[str, ...]]:
    """What is one where the linker gets all readings at once, by the record's own parameters."""
    parameters = LinkParameters.objects.order_by("-pk").first()
    assert parameters is not None
    with closing(Index(model_of(parameters), estimate=False)) as index:
        index.add(map(stories_of, readings_of(ReportRow.objects.values_list("pk", flat=True))))
        return {group for group in index.groups() if not group[0].endswith("/")}


@pytest.fixture(autouse=True)
def by_the_parameters_that_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made up here is too plain for anything to be estimated from it."""
    monkeypatch.setattr("ascertain.incidents.linking.index.estimated", lambda _, model: model)


def test_reports_become_incidents(record: Record, tmp_path: Path) -> None:
    done = put(record, tmp_path, "a.jsonl", lines(100))
    assert (done.originals, done.new_originals, done.reports, done.read) == (1, 1, 100, 100)
    assert (ReportRow.objects.count(), ReadingRow.objects.count(), ClaimRow.objects.count()) == (100, 100, 100)
    incidents = standing()
    assert done.incidents == len(incidents) == 50
    assert {incident.sources for incident in incidents} == {1}  # both papers quote the police
    assert {len(incident.reports) for incident in incidents} == {2}
    row = IncidentRow.objects.order_by("pk").first()
    assert row is not None
    incident = Incident.model_validate_json(row.value)
    assert (row.killed_best, row.reports_count, row.version) == (incident.figures[0].best, 2, 1)
    assert not EventRow.objects.filter(stale=True).exists()


def test_the_record_has_the_incidents_that_a_run_has(record: Record, tmp_path: Path) -> None:
    put(record, tmp_path, "a.jsonl", lines(100))
    readings: list[Reading] = list(readings_of(ReportRow.objects.values_list("pk", flat=True)))
    assert standing() == sorted(build(readings), key=lambda incident: incident.id)


def test_day_by_day_is_as_all_at_once(record: Record, tmp_path: Path) -> None:
    told = list(lines(100))
    put(record, tmp_path, "a.jsonl", told[:50])
    before = {incident.id for incident in standing()}
    for day, start in enumerate(range(50, 100, 10)):
        put(record, tmp_path, f"{day}.jsonl", told[start : start + 10])
    after = standing()
    assert before <= {id for incident in after for id in (incident.id, *incident.formerly)}
    assert together(after) == at_once()
    assert 1 < len(after) < 100


def test_only_incidents_that_change_get_a_version(record: Record, tmp_path: Path) -> None:
    told = list(lines(60))
    put(record, tmp_path, "a.jsonl", told[:-1])
    versions = IncidentVersion.objects.count()
    done = put(record, tmp_path, "b.jsonl", told[-1:])
    assert done.incidents == 1
    assert IncidentVersion.objects.count() == versions + 1


def test_nothing_new_changes_nothing(record: Record, tmp_path: Path) -> None:
    put(record, tmp_path, "a.jsonl", lines(20))
    entries = ChainEntry.objects.count()
    done = put(record, tmp_path, "a.jsonl", lines(20))
    assert (done.new_originals, done.reports, done.read, done.incidents) == (0, 0, 0, 0)
    assert ChainEntry.objects.count() == entries


def test_each_claim_is_held_by_one_incident(record: Record, tmp_path: Path) -> None:
    put(record, tmp_path, "a.jsonl", lines(60))
    held = {f"{row.report_id}/{row.claim}": row.incident_id for row in IncidentClaim.objects.all()}
    assert held == {claim: incident.id for incident in standing() for claim in incident.claims}


def test_an_id_that_moved_on_leads_on(record: Record, tmp_path: Path) -> None:
    told = list(lines(100))
    put(record, tmp_path, "a.jsonl", told[::2])
    put(record, tmp_path, "b.jsonl", told[1::2])
    forwards = dict(Forward.objects.values_list("pk", "to_id"))
    assert forwards == {former: incident.id for incident in standing() for former in incident.formerly}
    gone = IncidentRow.objects.filter(gone=True)
    assert set(forwards) == set(gone.values_list("pk", flat=True))
    assert all(row.versions.order_by("-number")[0].value == "" for row in gone)


def test_the_linker_s_file_can_be_lost(record: Record, tmp_path: Path) -> None:
    told = list(lines(100))
    put(record, tmp_path, "a.jsonl", told[::2])
    for path in record.derived.glob("links-*"):
        path.unlink()
    put(record, tmp_path, "b.jsonl", told[1::2])
    assert together(standing()) == at_once()


def test_a_linker_s_file_that_is_damaged_is_made_anew(record: Record, tmp_path: Path) -> None:
    told = list(lines(100))
    put(record, tmp_path, "a.jsonl", told[::2])
    (path,) = record.derived.glob("links-*.duckdb")
    path.write_bytes(b"cut short")
    put(record, tmp_path, "b.jsonl", told[1::2])
    assert together(standing()) == at_once()


def test_a_report_that_spoils_the_reader_is_set_aside_and_can_be_retried(record: Record, tmp_path: Path) -> None:
    spoilt = IngestSettings(reader=SpoiltReader(), workers=0)
    done = put(record, tmp_path, "a.jsonl", lines(100), spoilt)
    assert done.read == 99
    row = SetAsideRow.objects.get()
    assert row.report_id == "n7"
    assert "the reader failed" in row.problem
    assert retry() == 1
    again = ingest(record=record, sources=[], settings=spoilt)
    assert again.read == 0
    assert SetAsideRow.objects.get().mended is False
    assert retry(numbers=[row.pk]) == 1
    assert ingest(record=record, sources=[], settings=SETTINGS).read == 1
    assert SetAsideRow.objects.get().mended is True
    assert len(standing()) == 50


@pytest.mark.parametrize("source", ["", "nowhere"])
def test_a_source_that_is_not_there_is_refused(record: Record, source: str) -> None:
    with pytest.raises(Exception, match=r"named by nothing|no such file"):
        ingest(record=record, sources=[source], settings=SETTINGS)


def test_another_policy_renews_every_incident_and_stays(record: Record, tmp_path: Path) -> None:
    put(record, tmp_path, "a.jsonl", lines(100))
    done = ingest(record=record, sources=[], settings=replace(SETTINGS, policy="airwars"))
    assert done.incidents == IncidentRow.objects.count() == 50
    assert set(IncidentVersion.objects.values_list("number", "cause")) == {(1, "reports"), (2, "policy")}
    put(record, tmp_path, "b.jsonl", lines(110))
    assert {incident.policy for incident in standing()} == {"airwars"}
    assert ingest(record=record, sources=[], settings=replace(SETTINGS, policy="airwars")).incidents == 0


def test_a_policy_that_there_is_not_leaves_the_record_as_it_is(record: Record) -> None:
    with pytest.raises(SettingsError, match="--policy un: no such policy; choose one of ascertain, airwars"):
        ingest(record=record, sources=[], settings=replace(SETTINGS, policy="un"))
    assert policy_in_force() == "ascertain"
