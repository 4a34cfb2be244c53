"""The register of sources: what people note about publishers and speakers. Notes are appended; the last one holds."""

from __future__ import annotations

from ascertain.model import RefusedError, saying
from ascertain.record import chain
from ascertain.record.canonical import now
from ascertain.record.models import SourceNote
from ascertain.record.models.people import Person
from ascertain.record.replay.values import not_a_country
from ascertain.record.roles import check_may
from ascertain.record.services.deciding import check_level
from ascertain.record.writing import writing

KINDS = ("publisher", "speaker")
FIELDS = ("name", "type", "country", "url", "sensitivity", "note")
LONGEST = 2000


def note_source(*, person: Person, kind: str, source: str, field: str, value: str) -> SourceNote | None:
    """Note something about a source, in place of what was noted of the same field; `None` where that says the same.

    Args:
        person: who notes it.
        kind: `publisher` or `speaker`.
        source: its name as reports give it.
        field: one of `FIELDS`; `sensitivity` takes an editor.
        value: what; empty where nothing holds any more.

    Raises:
        RefusedError: the person may not, or the value is none of the field's.
    """
    with writing():
        check_may(person, "mark_sensitive" if field == "sensitivity" else "note a source")
        _check(kind, source, field, value := value.strip())
        if noted(kind, source).get(field, "") == value:
            return None
        made = SourceNote.objects.create(kind=kind, source=source, field=field, value=value, person=person, at=now())
        chain.append([made])
    return made


def noted(kind: str, source: str) -> dict[str, str]:
    """What holds of a source, by field."""
    rows = SourceNote.objects.filter(kind=kind, source=source).order_by("pk").values_list("field", "value")
    return {field: value for field, value in dict(rows).items() if value}


def _check(kind: str, source: str, field: str, value: str) -> None:
    if kind not in KINDS or not source.strip():
        raise RefusedError(saying("a note is about a publisher or a speaker; name one"))
    if field not in FIELDS:
        raise RefusedError(saying("there is no field {field}; give one of {known}", field=repr(field), known=FIELDS))
    if len(value) > LONGEST:
        raise RefusedError(saying("{field} is longer than {most} characters; shorten it", field=field, most=LONGEST))
    if field == "sensitivity":
        check_level(value)
    if field == "url" and value and not value.startswith(("https://", "http://")):
        raise RefusedError(saying("an address begins with https:// or http://; write it whole"))
    if field == "country" and value and not (len(value) == 2 and value.isalpha() and value.isupper()):
        raise RefusedError(not_a_country(value))
