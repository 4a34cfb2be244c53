import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.incidents.sketch import MOST_WORDS, SHINGLES, sketch, stem, stop_words
from ascertain.model import Report, Sketch

TEXT = (
    "MOPTI, Mali (AFP) — Gunmen on motorbikes killed 14 farmers near Bandiagara on Tuesday, Mayor Oumar Guindo said. "
    "The mayor's brother was among those killed. Guindo's house, he added, was burned; 1,200 people fled."
)


def made(text: str, title: str | None = None, language: str | None = None) -> Sketch:
    return sketch(Report(id="r", text=text, title=title, language=language))


def test_each_offset_is_where_the_word_begins_in_the_text() -> None:
    found = made(TEXT)
    for word, at in zip(found.words, found.at, strict=True):
        assert at is not None
        assert TEXT[at:].casefold().startswith(word.casefold()[:3])
    assert "1,200" in found.words
    assert "14" in found.words


def test_a_word_stands_once_whatever_its_ending() -> None:
    found = made("The mayors' houses burned. The mayor's house is burning; the mayor fled.")
    assert found.words == ("mayor", "hous", "burn", "fled")


def test_words_of_the_headline_alone_have_no_offset() -> None:
    found = made("Shells hit a school in Zarnek.", title="School shelling leaves dozens hurt")
    assert dict(zip(found.words, found.at, strict=True)) == {
        "leav": None,
        "dozen": None,
        "hurt": None,
        "shell": 0,
        "hit": 7,
        "school": 13,
        "Zarnek": 23,
    }


def test_a_capital_within_a_sentence_marks_a_name() -> None:
    words = made("Police spoke. The chief of police, Gen. Traoré, told Reuters. Nobody believed the police.").words
    assert {"police", "polic"} & set(words) == {"polic"}
    assert "Traoré" in words
    assert "Reuter" in words


def test_a_text_all_in_capitals_marks_no_names() -> None:
    assert all(word == word.casefold() for word in made("GUNMEN KILLED THE MAYOR OF SAN VICENTE IN HIS HOME").words)


def test_diacritics_stay_and_spellings_of_one_sign_are_one() -> None:
    composed = made("les obus sur l'école de Tombouctou", language="fr")
    apart = made(unicodedata.normalize("NFD", "les obus sur l’école de Tombouctou"), language="fr")
    assert composed.words == apart.words == ("obus", "écol", "Tombouctou")
    assert composed.shingles == apart.shingles


def test_words_of_other_scripts_stay_whole() -> None:
    assert made("قُتل ثلاثة أشخاص في قصف على خان يونس", language="ar").words[1] == "ثلاثة"
    assert made("Троє людей загинули в Куп'янську", language="uk").words[-1] == "Куп'янську"
    assert made("कश्मीर में तीन लोग मारे गए", language="hi").words[0] == "कश्मीर"


def test_a_script_without_blanks_still_has_runs_of_words() -> None:
    assert len(made("昨日上午，叛军炮击了该镇的医院，造成三人死亡。", language="zh").shingles) > 5


def test_number_words_are_kept() -> None:
    assert made("At least five people and then twelve more").words[:2] == ("five", "peopl")


def test_an_unknown_language_has_no_stop_words() -> None:
    assert stop_words("xx-none") == stop_words("../en") == frozenset()


def test_another_headline_leaves_the_runs_of_words_as_they_are() -> None:
    assert made(TEXT, title="Fourteen dead").shingles == made(TEXT, title="Attack in Mali").shingles


def test_the_hashes_are_the_same_on_every_machine() -> None:
    assert made("Gunmen killed 14 farmers near Bandiagara").shingles == (787968088, 899855679)


def test_the_sketch_does_not_depend_on_the_seed_of_a_process() -> None:
    code = (
        "from ascertain.incidents.sketch import sketch; from ascertain.model import Report;"
        f"print(sketch(Report(id='r', text={TEXT!r})).model_dump_json())"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == made(TEXT).model_dump_json()


@given(st.text(max_size=400), st.none() | st.text(max_size=60))
def test_any_text_has_a_sketch_within_its_bounds(text: str, title: str | None) -> None:
    found = made(text, title)
    assert len(found.words) == len(found.at) <= MOST_WORDS
    assert len({word.casefold() for word in found.words}) <= len(set(found.words)) == len(found.words)
    assert len(found.shingles) <= SHINGLES
    assert found.shingles == tuple(sorted(set(found.shingles)))
    assert all(at is None or 0 <= at < len(text) for at in found.at)
    assert Sketch.model_validate_json(found.model_dump_json()) == found


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Jets bombed Goma.", "Jets bombed Goma."),
        (TEXT, TEXT[: TEXT.index(" The mayor's")]),
        (
            "By A Reporter\nThe U.S. Army said Gen. Haile was hurt on Sunday near the wall. He lives.",
            "The U.S. Army said Gen. Haile was hurt on Sunday near the wall.",
        ),
        ("Shells fell. Eleven people who queued for bread in Kupiansk were killed.\nMore soon", None),
        ("俄军周日袭击了哈尔科夫市中心，造成三人死亡。官员说。", "俄军周日袭击了哈尔科夫市中心，造成三人死亡。"),
    ],
)
def test_the_opening_is_the_first_sentence_long_enough_to_tell_something(text: str, opening: str | None) -> None:
    span = made(text).opening
    assert span is not None
    assert text[slice(*span)] == (opening or "Eleven people who queued for bread in Kupiansk were killed.")


@given(st.text())
def test_the_opening_lies_within_the_text_and_holds_a_word(text: str) -> None:
    found = made(text)
    assert (found.opening is None) == (not found.shingles)
    if found.opening:
        begin, end = found.opening
        assert 0 <= begin < end <= len(text)
        assert text[begin:end] == text[begin:end].strip()
