import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.lineage import Lineage, trace
from ascertain.incidents.sketch import sketch
from ascertain.model import Attribution, AttributionKind, EventClaim, Place, Reading, Report

from .copying import copies, invented

ORIGINALS = invented()[:12]
POOL = [
    *ORIGINALS,
    *(copy for edit in ("cut to 60 %", "added to", "10 % rewritten") for copy in copies(edit, ORIGINALS)),
]


def made(report: Report, *claims: EventClaim, **more: object) -> Reading:
    header = report.header.model_copy(update=more)
    return Reading(report=header, claims=claims, sketch=sketch(report))


def said(*speakers: str, kind: AttributionKind = "other", country: str | None = None, at: int = 0) -> EventClaim:
    where = Place(text="there", span=(0, 5), country=country) if country else None
    heard = tuple(Attribution(text=one, span=(0, len(one)), kind=kind) for one in speakers)
    return EventClaim(id="c1", type="attack", evidence=((at, at + 200),), said_by=heard, where=where)


def origins(lineage: Lineage) -> dict[str, str]:
    return {card.id: lineage.origin(card.id) for card in lineage.cards}


def test_the_earliest_published_is_the_origin() -> None:
    first, second = ORIGINALS[0], ORIGINALS[0].model_copy(update={"id": "z"})
    found = trace([made(first, published=dt.date(2024, 5, 2)), made(second, published=dt.date(2024, 5, 1))])
    assert found.origin(first.id) == "z"
    assert found.reasons(first.id) == ("100 % of its runs of words stand in z, published 1 day before",)
    assert found.reasons("z") == ()


def test_of_one_day_the_agencys_own_is_the_origin_then_the_longest_then_the_first_by_id() -> None:
    full, short = ORIGINALS[0], copies("cut to 60 %", ORIGINALS[:1])[0]
    again = full.model_copy(update={"id": "zz"})
    day = dt.date(2024, 5, 2)
    dated = [made(one, published=day) for one in (again, short, full)]
    assert trace(dated).origin(short.id) == full.id
    agency = made(short.model_copy(update={"publisher": "Reuters"}), published=day)
    found = trace([dated[0], agency, dated[2]])
    assert found.origin(full.id) == short.id
    assert found.reasons(full.id) == (
        f"it holds 100 % of the runs of words of {short.id}, published the same day",
        "a copy of it is credited to the agency Reuters",
    )


def test_an_unknown_day_comes_after_a_known_one() -> None:
    first, second = ORIGINALS[0], ORIGINALS[0].model_copy(update={"id": "zz"})
    assert trace([made(first, published=None), made(second, published=dt.date(2024, 5, 1))]).origin(first.id) == "zz"


def test_several_papers_with_one_agency_are_one_voice() -> None:
    texts = [
        "TINDARA, Mali (AFP) - Gunmen killed nine traders on Friday, and burned the stalls of a weekly market.",
        "TINDARA (AFP) — Nine people have died after an attack on traders in the north, which began around noon.",
        "Nine traders were shot dead in the north on Friday, say people who fled from there by night.",
    ]
    found = trace(made(Report(id=f"r{n}", text=text)) for n, text in enumerate(texts))
    assert [found.voices(f"r{n}", said()) for n in range(3)] == [("agency:afp",), ("agency:afp",), ("report:r2",)]


def test_a_speaker_relayed_by_many_reports_is_one_voice() -> None:
    names = ("Gaza's health ministry", "the Hamas-run health ministry", "the health ministry")
    readings = [made(one, said(name, country="PS")) for one, name in zip(ORIGINALS, names, strict=False)]
    found = trace(readings)
    assert {found.voices(one.report.id, one.claims[0]) for one in readings} == {("health ministry/PS",)}


def test_people_without_a_name_are_voices_of_their_reports_origin() -> None:
    first, copy, other = ORIGINALS[0], copies("cut to 60 %", ORIGINALS[:1])[0], ORIGINALS[1]
    found = trace(made(one, said("Residents")) for one in (first, copy, other))
    assert found.voices(first.id, said("Residents")) == found.voices(copy.id, said("residents"))
    assert found.voices(first.id, said("Residents")) != found.voices(other.id, said("Residents"))
    assert found.voices(first.id, said("residents")) != found.voices(first.id, said("medics"))


def test_residents_who_told_an_agency_are_that_agencys() -> None:
    texts = [
        "The camp was hit at dawn, a resident told AFP by telephone; tents burned for hours before anybody came.",
        "Mothers and men with bandaged heads. After the strike on the camp a resident told AFP of burning tents.",
    ]
    found = trace(made(Report(id=f"r{n}", text=text), said("a resident")) for n, text in enumerate(texts))
    assert (
        found.voices("r0", said("a resident")) == found.voices("r1", said("a resident")) == ("agency:afp: a resident",)
    )


def test_a_surname_alone_is_the_person_named_in_full_before() -> None:
    reading = made(ORIGINALS[0], said("Mayor Oumar Guindo"), said("Mr Guindo"))
    found = trace([reading])
    assert [found.voices(ORIGINALS[0].id, claim) for claim in reading.claims] == [("oumar guindo",)] * 2


def test_an_unknown_report_is_an_error() -> None:
    with pytest.raises(KeyError):
        trace([]).origin("r1")


def test_a_report_traced_again_is_replaced() -> None:
    first = trace([made(ORIGINALS[0]), made(ORIGINALS[1])])
    again = trace([made(ORIGINALS[1].model_copy(update={"id": ORIGINALS[0].id}))], known=first)
    assert again.copies(ORIGINALS[0].id) == tuple(sorted((ORIGINALS[0].id, ORIGINALS[1].id)))


pool = st.lists(st.sampled_from(POOL), unique_by=lambda report: report.id, min_size=1)


@settings(max_examples=30, deadline=None)
@given(pool, st.randoms(use_true_random=False), st.data())
def test_neither_order_nor_arrival_in_parts_matters(reports: list[Report], chance: Random, data: st.DataObject) -> None:
    once = origins(trace(map(made, reports)))
    mixed = list(reports)
    chance.shuffle(mixed)
    at = data.draw(st.integers(0, len(mixed)))
    parts = trace(map(made, mixed[at:]), known=trace(map(made, mixed[:at])))
    assert origins(parts) == once


@settings(max_examples=30, deadline=None)
@given(pool, st.data())
def test_adding_a_copy_changes_no_number_of_origins_or_voices(reports: list[Report], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(reports))
    day = data.draw(st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2025, 1, 1)))
    copy = made(
        copied.model_copy(update={"id": data.draw(st.sampled_from(["0", "zz"])), "title": "New"}), published=day
    )
    claims = [said(), said("residents"), said("the police", country="ML")]
    before, after = trace(map(made, reports)), trace([*map(made, reports), copy])
    assert len(set(origins(before).values())) == len(set(origins(after).values()))

    def voices(lineage: Lineage) -> int:
        return len({voice for card in lineage.cards for claim in claims for voice in lineage.voices(card.id, claim)})

    assert voices(before) == voices(after)
    assert after.origin(copied.id) == after.origin(copy.report.id)
