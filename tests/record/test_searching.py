"""Searching reports by words, the same on both databases."""

from pathlib import Path

import pytest
from django.db import connection
from tests.record.made import MadeReader, line

from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.searching import reports_with_words
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.searching import index_reports


def found(words: str) -> list[str]:
    return sorted(reports_with_words(words).values_list("pk", flat=True))


@pytest.fixture
def written(record: Record, tmp_path: Path) -> Record:
    texts = {"a": "غارة على المدرسة", "b": "Émile fled El-Fâsher", "c": "東京大火", "d": "Обстріл Харкова"}
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(line(id, text, publisher="Paper") for id, text in texts.items()), encoding="utf-8")
    ingest(record=record, sources=[str(path)], settings=IngestSettings(reader=MadeReader(), workers=0))
    return record


@pytest.mark.usefixtures("written")
def test_reports_are_found_in_any_script_however_they_are_written() -> None:
    assert found("مدرسه") == found("المَدرسة") == ["a"]
    assert found("emile") == found("FASHER") == ["b"]
    assert found("京大") == ["c"]
    assert found("харк") == ["d"]
    assert found("paper") == ["a", "b", "c", "d"]
    assert found("emile مدرسه") == []
    assert found("'\"&|:*()") == ["a", "b", "c", "d"]


@pytest.mark.usefixtures("written")
def test_what_is_missing_is_made_up_for() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("insert into report_words(report_words) values ('delete-all')")
        cursor.execute("delete from report_indexed")
    assert found("paper") == []
    assert index_reports(progress=Unwatched()) == 4
    assert index_reports(progress=Unwatched()) == 0
    assert found("paper") == ["a", "b", "c", "d"]
