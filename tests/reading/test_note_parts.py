"""Who takes part in notes, where signs, labels and bare names stand in a verb's place."""

from __future__ import annotations

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def _event(text: str) -> EventClaim:
    reading = read_report(Report(id="r", text=text, published=dt.date(2024, 6, 5)))
    return next(claim for claim in reading.claims if isinstance(claim, EventClaim))


def _actors(text: str) -> list[tuple[str, str, str]]:
    return [(actor.role, actor.text, actor.kind) for actor in _event(text).actors]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Am Dam, 8 Aug 2019: Ouaddaï farmers vs Arab nomads. 11 killed.", ["Ouaddaï farmers", "Arab nomads"]),
        (
            "Mangaize, 11 Feb 2021: Zarma farmers clashed with Fulani herders, 4 dead.",
            ["Zarma farmers", "Fulani herders"],
        ),
        ("Maguindanao, 2 Jan 2016: MILF v. BIFF, 6 killed.", ["MILF", "BIFF"]),
    ],
)
def test_both_sides_of_a_clash_of_notes_are_parties(text: str, sides: list[str]) -> None:
    event = _event(text)
    assert event.type == "armed_clash"
    assert [(actor.role, actor.text) for actor in event.actors] == [("party", side) for side in sides]


def test_parties_joined_by_a_sign_before_the_word_for_fighting_are_its_sides() -> None:
    assert [text for _, text, _ in _actors("FARDC/Nyatura CMC fighting at Bwiza, Rutshuru, 27 Nov 2022.")] == [
        "FARDC",
        "Nyatura",
    ]


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Sebba, 3 Apr 2021; actor: JNIM; three civilians shot dead.", "JNIM"),
        ("12 Mar 2015, Marka: Al Shabaab w/ two technicals, five policemen dead.", "Al Shabaab"),
        ("Baga, 5 Jan 2015. Perp: unknown gunmen; 3 traders killed.", "unknown gunmen"),
    ],
)
def test_who_is_labelled_or_named_first_in_a_note_without_a_verb_did_it(text: str, doer: str) -> None:
    assert [(role, words) for role, words, _ in _actors(text)] == [("perpetrator", doer)]


def test_people_named_by_a_community_are_a_militia_in_what_they_do() -> None:
    told = _event("Jonglei, 17 Mar 2016: Murle youths took 1,500 head and eleven children from Likuangole.")
    assert told.type == "looting_property_destruction"
    assert [(actor.text, actor.kind) for actor in told.actors] == [("Murle youths", "militia")]


def test_people_of_a_nation_are_no_militia() -> None:
    assert ("perpetrator", "French youths", "militia") not in _actors("French youths attacked a bus in Lyon on Monday.")


def test_a_match_between_clubs_is_no_clash() -> None:
    assert not read_report(Report(id="r", text="Kerala, 3 May 2019: Chelsea vs Arsenal, two late goals.")).claims


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zamfara, 2 Feb 2021: bandits took 17 passengers into the bush.", "abduction_forced_disappearance"),
        ("Djibo, 5 May 2022: armed men emptied the health centre of medicines.", "looting_property_destruction"),
        ("Cúcuta, 9 Jul 2020: men set off a charge at the police post; no injuries.", "remote_explosive_landmine_ied"),
        ("Arauca, 12 Aug 2019. ELN let off a cylinder under the pipeline.", "remote_explosive_landmine_ied"),
    ],
)
def test_what_is_done_without_a_word_of_violence_is_told_by_its_thing(text: str, kind: str) -> None:
    assert _event(text).type == kind


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Lashkar Gah, 9 Sep 2012: car bomb outside a bank, 17 dead (MoI), 30 injured.", ["MoI"]),
        ("Gereida, 14 Apr 2020. Raid by nomads, 9 dead (chief's count).", ["chief"]),
        ("Lake Sev, 14 Sep 2022: shelling, 4 soldiers dead (Yerevan's number).", ["Yerevan"]),
        ("Ansongo, 12 Mar 2018. Dozo hunters (Dan Nan) attacked the village, 4 killed.", []),
        ("Karamoja, 2 Mar 2010: bus (Gateway Coach) shot at by raiders, 2 killed.", []),
        ("Zamboanga, 10 Sep 2013: 5 MNLF believed killed in the shelling.", []),
    ],
)
def test_brackets_hold_a_speaker_only_behind_what_is_counted(text: str, speakers: list[str]) -> None:
    assert [speaker.text for speaker in _event(text).said_by] == speakers


def test_abbreviations_of_forces_are_known_by_the_country_of_the_place() -> None:
    assert ("perpetrator", "ISF", "state_forces") in _actors("ISF shot dead two men in Ramadi, Iraq, on 3 May 2006.")
    assert ("perpetrator", "ISF", "police") in _actors("ISF shot dead two men in Tripoli, Lebanon, on 3 May 2016.")
