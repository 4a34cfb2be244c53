from collections.abc import Iterable

import pytest
import spacy
from spacy.language import Language

from ascertain.model import Report
from ascertain.reading import read_report, read_reports, vectors
from ascertain.reading.parse import MODEL, UNUSED

TEXTS = (
    "Gunmen killed two farmers near Djibo on 3 May 2023.",
    "An air strike on a market in Kharkiv wounded 14 people, medics said. Nobody has said who did it.",
    "TWO POLICEMEN WERE KIDNAPPED IN AYACUCHO.",
    "The team won by two goals.",
    "Shelling killed at least 13 civilians in Sittwe, and the army burnt three villages.",
) * 3


def tensors(nlp: Language, texts: Iterable[str]) -> list[bytes]:
    return [doc.tensor.tobytes() for doc in nlp.pipe(texts)]


@pytest.fixture
def pipelines() -> tuple[Language, Language]:
    plain, remembering = (spacy.load(MODEL, exclude=list(UNUSED)) for _ in range(2))
    vectors.remember_words(remembering)
    return plain, remembering


def test_remembered_words_have_the_vectors_that_the_model_gives(pipelines: tuple[Language, Language]) -> None:
    plain, remembering = pipelines
    assert tensors(remembering, TEXTS) == tensors(plain, TEXTS)
    assert [tensors(remembering, [text]) for text in TEXTS] == [tensors(plain, [text]) for text in TEXTS]


def test_a_full_memory_begins_anew(pipelines: tuple[Language, Language], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST_WORDS", 12)
    plain, remembering = pipelines
    assert [tensors(remembering, [text]) for text in TEXTS] == [tensors(plain, [text]) for text in TEXTS]


def test_a_pipeline_of_another_make_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    vectors.remember_words(nlp)
    assert nlp.pipe_names == []


def test_a_reading_does_not_depend_on_its_company() -> None:
    reports = [Report(id=str(number), text=text) for number, text in enumerate(TEXTS)]
    assert list(read_reports(reports)) == [read_report(report) for report in reports]
