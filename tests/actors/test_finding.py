"""Which words name a party, and that what they mean never depends on which state or group stands there."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.actors import Party, PartyMention, find_parties, find_states, parties
from ascertain.actors.nations import Nation, force_words, nations, units

NATIONS = sorted((n for n in nations().values() if n.adjectives and n.military), key=lambda n: n.code)
NOUNS = sorted(words for words, force in force_words().items() if force.role == "noun" and force.unit)


def ids(text: str, on: dt.date | None = None) -> list[str | None]:
    return [mention.id for mention in find_parties(text, on=on)]


def words(text: str) -> list[str]:
    return [mention.text for mention in find_parties(text)]


def only(text: str, on: dt.date | None = None) -> PartyMention:
    (mention,) = find_parties(text, on=on)
    return mention


@pytest.mark.parametrize(
    ("text", "named", "party"),
    [
        ("Israeli forces entered the camp.", "Israeli forces", "state:IL/forces"),
        ("He met Russian troops there.", "Russian troops", "state:RU/forces"),
        ("Burkinabe soldiers left.", "Burkinabe soldiers", "state:BF/forces"),
        ("the Sudanese army", "Sudanese army", "state:SD/forces"),
        ("Ukraine's military", "Ukraine's military", "state:UA/forces"),
        ("the U.S. Navy base", "U.S. Navy", "state:US/forces"),
        ("the armed forces of the Philippines", "armed forces of the Philippines", "state:PH/forces"),
        ("Mexican federal police officers", "Mexican federal police officers", "state:MX/police"),
        ("the Kabul government", "Kabul government", "state:AF/government"),
        ("Kyiv said so.", "Kyiv", "state:UA/government"),
        ("killed in Turkish airstrikes", "Turkish", "state:TR/forces"),
        ("Russia's shelling of the town", "Russia", "state:RU/forces"),
        ("Syrian\n  government   forces", "Syrian\n  government   forces", "state:SY/forces"),
        ("Fighters of Jama'at Nusrat al-Islam wal-Muslimin", "Jama'at Nusrat al-Islam wal-Muslimin", "party:jnim"),
        ("Al-Shabaab struck", "Al-Shabaab", "party:al-shabaab"),
        ("al-Shabaab struck", "al-Shabaab", "party:al-shabaab"),
        ("the ex-Seleka in Bria", "ex-Seleka", "party:ex-seleka"),
        ("Movement of Sendero Luminoso’s column", "Sendero Luminoso", "party:shining-path"),
    ],
)
def test_a_party_is_named_by(text: str, named: str, party: str) -> None:
    mention = only(text)
    assert (mention.text, mention.id) == (named, party)


@pytest.mark.parametrize(
    "text",
    [
        "the Hamas-run health ministry",
        "a Houthi-controlled port",
        "the Israel-Hamas war",
        "the Israel–Hamas war",
        "pro-Russian forces shelled it",
        "an anti-Taliban rally",
        "Iran-backed militias",
        "the Indian Ocean fleet",
        "the Latin American army chiefs",
        "in Israel and in Lebanon",
        "a Palestinian attack",
        "The polish army surplus",
        "We told us troops nothing",
        "The base and the red front",
        "He was mending the fact that amal sang",
    ],
)
def test_no_party_is_named_by(text: str) -> None:
    assert find_parties(text) == ()


def test_capitals_throughout_are_read_too() -> None:
    text = "FMLN GUERRILLAS ATTACKED THE SALVADORAN ARMY NEAR SAN MIGUEL, AND U.S. TROOPS WATCHED. CAR BOMBS KILLED US."
    assert ids(text) == ["party:fmln", "state:SV/forces", "state:US/forces"]


def test_a_text_without_capitals_is_read_too() -> None:
    assert ids("israeli forces fought hezbollah near tyre") == ["state:IL/forces", "party:hezbollah"]


def test_the_last_of_a_list_lends_its_noun() -> None:
    mentions = find_parties("US, French and British warplanes took off")
    assert [(m.text, m.id) for m in mentions] == [
        ("US", "state:US/forces"),
        ("French", "state:FR/forces"),
        ("British warplanes", "state:GB/forces"),
    ]


def test_an_abbreviation_in_brackets_repeats_the_name() -> None:
    assert words("Malian Armed Forces (FAMa) said") == ["Malian Armed Forces"]


def test_a_name_that_others_bear_needs_its_country() -> None:
    assert ids("In Singapore the SAF said") == []
    assert ids("In Sudan the SAF said") == ["state:SD/forces"]
    assert [m.id for m in find_parties("In Wagga the SAF said", countries=lambda: {"SD"})] == ["state:SD/forces"]
    assert ids("The SNA in Somalia") == ["state:SO/forces"]
    assert ids("The SNA in Syria") == ["party:syrian-national-army"]


def test_a_text_about_no_country_takes_the_only_bearer_of_a_name() -> None:
    assert ids("The SDF said it withdrew") == ["party:sdf-syria"]
    assert not only("The SNA said it withdrew", dt.date(2024, 1, 1)).known


def test_a_state_acts_through_its_forces_and_speaks_through_its_government() -> None:
    assert ids("Israel bombed the port. Israel said nothing.") == ["state:IL/forces", "state:IL/government"]


def test_a_name_that_stays_open_has_no_id() -> None:
    mention = only("The SNA, said in both Somalia and Syria", dt.date(2024, 1, 1))
    assert (mention.known, mention.id, mention.name, mention.country) == (False, None, None, None)
    assert mention.kind == "other"


def test_the_day_tells_what_a_party_was() -> None:
    assert only("the Taliban", dt.date(2021, 8, 1)).kind == "rebel_group"
    assert only("the Taliban", dt.date(2021, 9, 1)).kind == "government"
    assert only("the Rapid Support Forces", dt.date(2022, 1, 1)).kind == "state_forces"
    assert only("the Rapid Support Forces", dt.date(2024, 1, 1)).kind == "rebel_group"


def test_an_old_name_still_names_its_party() -> None:
    assert only("Islamic State of Iraq and the Levant", dt.date(2024, 1, 1)).id == "party:islamic-state"


def test_bare_names_of_states_stand_apart() -> None:
    text = "Israel and Lebanon met in Rome; Egypt said no. The Israel-Hamas war"
    assert [m.text for m in find_states(text)] == ["Israel", "Lebanon"]
    assert [m.text for m in find_parties(text)] == ["Egypt"]


@given(st.sampled_from(NATIONS), st.sampled_from(NATIONS), st.sampled_from(NOUNS))
@settings(deadline=None, max_examples=150)
def test_swapping_two_states_swaps_nothing_but_the_state(one: Nation, other: Nation, noun: str) -> None:
    first = only(f"Before dawn {one.adjectives[0].lstrip('=')} {noun} came")
    second = only(f"Before dawn {other.adjectives[0].lstrip('=')} {noun} came")
    if first.id and second.id and first.id.startswith("state:") and second.id.startswith("state:"):
        assert (first.kind, first.armed, first.id[8:]) == (second.kind, second.armed, second.id[8:])


@given(
    st.sampled_from(parties()), st.sampled_from(["attacked the town", "said it withdrew", "was bombed", "denied it"])
)
@settings(deadline=None, max_examples=200)
def test_a_partys_kind_does_not_depend_on_what_it_does(party: Party, what: str) -> None:
    mentions = find_parties(f"On Monday {party.name} {what}.")
    own = [m for m in mentions if m.id == party.id]
    assert all(m.kind == party.kind_on(None) and m.armed == party.armed_on(None) for m in own)


@given(
    st.lists(
        st.sampled_from([a.words for p in parties()[::7] for a in p.aliases] + ["the", "in", ".", "-", "’s", "İ", "ß"])
    )
)
@settings(deadline=None, max_examples=150)
def test_spans_quote_the_text_in_order_and_never_overlap(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for mention in find_parties(text):
        assert text[slice(*mention.span)] == mention.text
        assert mention.span[0] >= end
        end = mention.span[1]


def test_every_name_of_a_party_finds_it() -> None:
    for party in parties():
        country = nations()[party.countries[0]].name if party.countries else ""
        for alias in party.aliases:
            found = find_parties(f"In {country}, then, {alias.words} did it, of mixed case.")
            assert any(m.id == party.id or not m.known or alias.words in m.text for m in found), (party.id, alias.words)


def test_names_take_no_side() -> None:
    judging = {"terrorist", "terrorists", "regime", "thugs", "so-called", "self-styled", "illegal", "puppet"}
    assert not [p.name for p in parties() if judging & set(p.name.lower().split())]
    assert not [u.pattern for u in units().values() if judging & set(u.pattern.lower().split())]


def test_the_lexicon_is_broad() -> None:
    assert len(parties()) >= 1000
    assert sum(len(party.aliases) for party in parties()) >= 3000


@pytest.mark.slow
def test_a_long_text_is_scanned_quickly() -> None:
    text = (
        "On Tuesday Israeli forces and Hezbollah traded fire near the town while residents fled to the north. " * 2000
    )
    find_parties("warm")
    start = time.perf_counter()
    find_parties(text)
    assert (time.perf_counter() - start) / len(text.split()) < 20e-6
