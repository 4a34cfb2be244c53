import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from ascertain.places import open_gazetteer
from ascertain.places.names import fold
from ascertain.taxonomy import event_types
from corpus import dispatches, made, tables, wording, world
from scorers import datasets

DATA = made.corpus(seed=3, incidents=120)
ANSWERS = list(DATA.answers.values())


def test_a_seed_gives_the_same_corpus_again_and_another_seed_another() -> None:
    again, other = made.corpus(seed=3, incidents=120), made.corpus(seed=4, incidents=120)
    assert again == DATA
    assert other.reports != DATA.reports


def test_the_corpus_is_as_varied_as_it_should_be() -> None:
    sentences = sum(len(kind.leads) + len(kind.details) for kind in tables.kinds()) + sum(
        map(len, tables.common().values())
    )
    assert sentences >= 60
    assert len(tables.kinds()) >= 8
    assert len({town.country for town in tables.towns()}) >= 8
    per_incident = Counter(answer["subtopic"] for answer in ANSWERS)
    assert len(per_incident) == 120
    assert min(per_incident.values()) == 1
    assert 15 <= max(per_incident.values()) <= made.MOST_REPORTS


def test_every_place_is_in_the_gazetteer_and_every_kind_in_the_taxonomy() -> None:
    gazetteer = open_gazetteer()
    for town in tables.towns():
        assert any(sense.country == town.code for sense in gazetteer.senses(fold(town.name))), town.name
    assert {kind.code for kind in tables.kinds()} <= set(event_types())


def test_texts_are_whole_sentences_with_every_slot_filled() -> None:
    for report in DATA.reports:
        assert not re.search(r"[{}]|  |,[,.;]|\bNone\b", report.text), report.text
        assert report.text[0].isupper() or report.text[0] in '"0123456789'
        assert report.published is not None


def test_every_template_can_be_filled() -> None:
    random = Random(1)
    happened = world.happenings(40, random)
    for _ in range(25):
        for one, other in pairwise(happened):
            past = [other] if other.day < one.day else []
            for dispatch in dispatches.dispatches(one, 4, past, other, random):
                assert dispatch.sentences
                assert "{" not in " ".join((dispatch.title, *dispatch.sentences))


def test_answers_say_what_the_texts_say() -> None:
    for report in DATA.reports:
        answer = DATA.answers[report.id]
        for start, end in answer["cumulative"]:
            assert re.search(r"\d{3}", report.text[start:end])
        if answer["told"] is not None and answer["told"] < 300:
            number = answer["told"]
            words = {str(number), wording.SMALL[number] if number < len(wording.SMALL) else "-"}
            assert any(re.search(rf"\b{word}\b", report.text, re.IGNORECASE) for word in words), report.text


def test_tolls_rise_and_never_fall() -> None:
    for happened in world.happenings(200, Random(5)):
        tolls = [happened.toll(lag) for lag in range(10)]
        assert tolls == sorted(tolls)
        assert tolls[-1] == happened.killed
        assert 0 <= happened.children < happened.killed or happened.children == 0


def test_look_alikes_differ_in_place_day_or_spot() -> None:
    happened = {one.id: one for one in world.happenings(300, Random(6))}
    alike = [one for one in happened.values() if one.like]
    assert len(alike) > 30
    for one in alike:
        other = happened[one.like or ""]
        assert (one.town, one.day, one.spot) != (other.town, other.day, other.spot)
        assert one.kind == other.kind


def test_who_goes_on_telling_of_one_of_two_alike_in_one_town_and_day_says_which() -> None:
    random = Random(7)
    both = [one for one in world.happenings(300, random) if one.one_of_two]
    assert len(both) > 20
    for one in both:
        for dispatch in dispatches.dispatches(one, 6, [], None, random):
            told = " ".join(dispatch.sentences).casefold()
            assert any(spot.casefold() in told for spot in one.spot), told


def test_some_reports_are_copies_and_copies_share_words_with_others() -> None:
    copies = [report for report in DATA.reports if DATA.answers[report.id]["copy_of"]]
    assert len(copies) > len(DATA.reports) / 4
    leads = Counter(report.text.split("\n")[0][-60:] for report in DATA.reports)
    assert sum(leads[report.text.split("\n")[0][-60:]] > 1 for report in copies) > len(copies) / 4


def test_a_corpus_on_disk_is_a_set_like_any_other(tmp_path: Path) -> None:
    made.write(DATA, tmp_path)
    (found,) = datasets.find(["corpus"], data=tmp_path, gold=tmp_path)
    assert (found.name, found.kind, found.reports) == (DATA.name, DATA.kind, DATA.reports)


@pytest.mark.parametrize(("number", "words"), [(1, "one person"), (14, "14 people")])
def test_numbers_agree_with_whom_they_count(number: int, words: str) -> None:
    told = {wording.exact(number, Random(seed)).people("people") for seed in range(9)}
    assert words in told
