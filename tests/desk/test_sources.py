"""Sources: what they said, how often independent others agree, and a register that is chained."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from tests.record.made import MadeReader, lines

from ascertain.model import RefusedError
from ascertain.record.models import IncidentClaim, SourceNote
from ascertain.record.models.people import Person
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.sources import compared, publishers, speakers, statements
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.deciding import Seen, merge
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person
from ascertain.record.services.register import note_source, noted

from .conftest import ClientOf


@pytest.fixture
def told_twice(tmp_path: Path) -> None:
    """A record of ten attacks, each told by two papers; the second has another count of the last three."""
    told = [json.loads(line) for line in lines(20)]
    for report in told[15::2]:
        report["text"] = re.sub(r"(\d) killed", lambda count: f"{int(count[1]) % 9 + 1} killed", report["text"])
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(report) + "\n" for report in told))
    record = open_record(str(tmp_path / "r.sqlite"))
    ingest(record=record, sources=[str(tmp_path / "in.jsonl")], settings=IngestSettings(reader=MadeReader(), workers=0))
    editor = add_person(name="editor", role="editor", by=None)
    for number in range(14, 20, 2):  # so that the linker's view of numbers that differ plays no part
        held = IncidentClaim.objects.filter(report__in=[f"n{number}", f"n{number + 1}"])
        pair = {row.incident_id: row.incident.version for row in held.select_related("incident")}
        if len(pair) > 1:
            merge(person=editor, seen=[Seen(incident, version) for incident, version in pair.items()])


@pytest.mark.usefixtures("told_twice")
def test_sources_are_listed_with_what_the_record_has_of_them() -> None:
    assert [(line.name, line.reports, line.incidents) for line in publishers()] == [
        ("Paper 0", 10, 10),
        ("Paper 1", 10, 10),
    ]
    assert [(line.name, line.incidents) for line in speakers()] == [("police", 10)]
    assert [line.name for line in publishers("er 1")] == ["Paper 1"]


@pytest.mark.usefixtures("told_twice")
def test_agreement_is_counted_over_incidents_in_which_others_give_a_number() -> None:
    found = compared("publisher", "Paper 0")
    assert (found.incidents, found.fits) == (10, 7)
    assert compared("publisher", "Paper 1") == found
    assert compared("speaker", "police").incidents == 0


@pytest.mark.usefixtures("told_twice")
def test_what_a_source_said_is_quoted_to_the_letter() -> None:
    said = statements("publisher", "Paper 1")
    assert len(said) == 10
    assert all(one.words.startswith("market in ") and one.report.publisher == "Paper 1" for one in said)


def test_the_register_keeps_every_note(client_of: ClientOf) -> None:
    client, page = client_of("reviewer"), f"{reverse('source')}?kind=publisher&name=r1"
    form = {"kind": "publisher", "name_of": "r1", "name": "The First Paper", "country": "NG", "note": ""}
    assert client.post(reverse("source_note"), form).status_code == 302
    assert client.post(reverse("source_note"), {**form, "name": "First Paper"}).status_code == 302
    assert noted("publisher", "r1") == {"name": "First Paper", "country": "NG"}
    assert SourceNote.objects.count() == 3
    shown = client.get(page).content.decode()
    assert "First Paper" in shown
    assert "The First Paper" in shown  # who noted what
    assert list(faults(progress=Unwatched())) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("url", "javascript:alert(1)", "begins with https"),
        ("country", "Nigeria", "two letters"),
        ("colour", "x", "no field"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_what_is_no_value_is_refused(field: str, value: str, said: str) -> None:
    person = Person.objects.get(username="reviewer")
    with pytest.raises(RefusedError, match=said):
        note_source(person=person, kind="publisher", source="r1", field=field, value=value)


def test_only_who_may_notes(client_of: ClientOf) -> None:
    form = {"kind": "publisher", "name_of": "r1", "name": "x"}
    assert client_of("reader").post(reverse("source_note"), form).status_code == 403
    assert client_of("reviewer").post(reverse("source_note"), {**form, "sensitivity": "internal"}).status_code == 400
    assert client_of("editor").post(reverse("source_note"), {**form, "sensitivity": "internal"}).status_code == 302
    assert "sensitivity" in noted("publisher", "r1")


def test_there_is_a_page_of_each_kind(client_of: ClientOf) -> None:
    client = client_of("reader")
    for kind in ("publisher", "speaker"):
        assert client.get(reverse("sources"), {"kind": kind}).status_code == 200
    assert client.get(reverse("sources"), {"q": "no such"}).status_code == 200
    assert client.get(reverse("source"), {"kind": "speaker", "name": "police"}).status_code == 200
    assert client.get(reverse("source"), {"kind": "publisher"}).status_code == 404
