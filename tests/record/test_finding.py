"""Finding incidents: by words in any script, and by figures and traits that follow each change."""

import pytest

from ascertain.record.models import FigureRow, IncidentRow, TraitRow, WordsRow
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.finding import with_words
from ascertain.record.services.indexing import index, index_missing
from ascertain.record.words import rows_of_words, searchable
from ascertain.record.writing import writing

pytestmark = pytest.mark.usefixtures("filled_record")


def found(asked: str) -> int:
    return with_words(IncidentRow.objects.filter(gone=False), asked).count()


def test_an_incident_is_found_by_names_titles_and_evidence() -> None:
    place = IncidentRow.objects.filter(gone=False).order_by("pk").values_list("place", flat=True)[0]
    assert place is not None
    assert found(place) == found(place.upper()) == found(f"  {place[:4]} market") == 1
    assert found("market") == 3
    assert found("market earthquake") == 0
    assert found('"; -- *') == 3, "what holds no word asks for nothing"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("قُتل ١٣ شخصًا في الفاشر", "فاشر"),
        ("قُتل ١٣ شخصًا في الفاشر", "والفاشر 13"),
        ("У Херсоні загинули двоє", "ХЕРСОНІ"),
        ("El Fâsher", "fasher"),
        ("東京で爆発", "東京"),
        ("Mesbah_area", "mesb"),
    ],
)
def test_words_are_found_in_any_script(written: str, asked: str) -> None:
    incident = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    assert found(asked) == 0
    with writing():
        WordsRow.objects.filter(incident=incident).update(words=searchable(written))
    assert found(asked) == 1


def test_signs_of_the_query_language_are_words_like_others() -> None:
    for asked in ("NEAR(", "market OR rafah", "words: *", "a & b | !c <-> d", "'", '"', "()", ":*", "^x"):
        assert found(asked) in (0, 3)
    assert rows_of_words("&|!") == []


def test_what_is_indexed_follows_the_incident() -> None:
    incident = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    (figure,) = FigureRow.objects.filter(incident=incident)
    assert (figure.outcome, figure.group, figure.low) == ("killed", "people", incident.killed_low)
    sources = set(TraitRow.objects.filter(incident=incident, kind="source").values_list("value", flat=True))
    assert "police" in sources
    with writing():
        IncidentRow.objects.filter(pk=incident.pk).update(gone=True)
        index([incident.pk])
    assert not WordsRow.objects.filter(incident=incident).exists()
    assert not FigureRow.objects.filter(incident=incident).exists()


def test_a_record_of_an_older_version_is_indexed() -> None:
    with writing():
        for model in (FigureRow, TraitRow, WordsRow):
            model._default_manager.all().delete()
    assert found("market") == 0
    assert index_missing(progress=Unwatched()) == 3
    assert index_missing(progress=Unwatched()) == 0
    assert found("market") == FigureRow.objects.count() == 3
