"""Which tellings are of one event, and what is none."""

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


def events(text: str) -> list[EventClaim]:
    reading = read_report(Report(id="r", text=text, published=PUBLISHED))
    return [claim for claim in reading.claims if isinstance(claim, EventClaim)]


def test_sentences_about_one_event_are_one_claim() -> None:
    found = events("A drone hit a market in El Obeid on Monday. Nine people were killed and 20 were wounded.")
    assert [len(claim.evidence) for claim in found] == [2]
    assert [(f.outcome, f.low) for f in found[0].figures] == [("killed", 9), ("injured", 20)]


def test_a_separate_attack_is_another_event() -> None:
    found = events(
        "A roadside bomb killed two soldiers in Pattani on Monday. In a separate attack in Yala, gunmen shot dead "
        "a teacher."
    )
    assert len({claim.event for claim in found}) == 2


def test_a_clause_after_another_event_is_its_own() -> None:
    found = events("Police arrested five men in Quetta on Tuesday after a bomb killed ten people at a bus station.")
    assert sorted(claim.type for claim in found) == ["arrests", "remote_explosive_landmine_ied"]
    spans = sorted(claim.evidence[0] for claim in found)
    assert spans[0][1] <= spans[1][0]


def test_a_later_rise_of_the_toll_is_the_same_event() -> None:
    found = events(
        "A bomb killed ten people at a market in Jos on Saturday. The death toll rose to 12 on Monday after two of the "
        "wounded died in hospital."
    )
    assert len({claim.event for claim in found}) == 1


def test_a_claim_of_responsibility_goes_on_about_the_attack() -> None:
    found = events(
        "A car bomb killed six people in Mogadishu on Monday, police said. Al-Shabaab claimed responsibility for "
        "the attack."
    )
    assert len({claim.event for claim in found}) == 1
    assert len(found) == 2


def test_an_advance_with_air_strikes_is_an_event_of_its_own() -> None:
    text = (
        "At least nine people were killed in air strikes on two homes in the Riyadh district. "
        "Tanks advanced further into north-west Omdurman, backed by airstrikes and heavy artillery fire."
    )
    advance = next(claim for claim in events(text) if claim.type == "ground_advance")
    assert set(advance.means) == {"tank", "aircraft", "artillery"}
    assert len({claim.event for claim in events(text)}) == 2


def test_violence_in_general_is_no_event() -> None:
    assert not events("The escalation of hostilities in Kordofan has raised concerns about the safety of civilians.")
    assert not events("The need for a solution to the conflict in Cabo Delgado has never been more urgent.")


def test_an_issue_of_talks_is_no_event() -> None:
    assert not events("The two sides remain at an impasse over key issues, including the exchange of prisoners.")


def test_history_is_no_event() -> None:
    assert not events("The battle fought at Maychew on 31 March 1936 left some 9,000 soldiers dead.")


def test_gunfire_heard_in_the_paragraph_of_an_advance_goes_with_it() -> None:
    found = events(
        "Tanks advanced further into north-west Omdurman on Monday. Residents reported the sound of explosions and "
        "gunfire."
    )
    assert {claim.type for claim in found} == {"ground_advance"}
    assert len({claim.event for claim in found}) == 1


def test_items_of_a_list_are_events_of_their_own_places() -> None:
    found = events("3 killed in Bani Suheila; 14 arrested in Hebron.")
    assert [(claim.type, claim.where.text if claim.where else "") for claim in found] == [
        ("attack", "Bani Suheila"),
        ("arrests", "Hebron"),
    ]


def test_what_had_happened_before_is_another_event() -> None:
    found = events("Protesters torched a post in Khrew, where seven people had been killed by a bomb on Sunday.")
    assert sorted(claim.type for claim in found) == ["remote_explosive_landmine_ied", "violent_demonstration"]


def test_a_release_is_told_with_its_own_day() -> None:
    taken, freed = events("Bandits kidnapped 30 pupils in Kuriga on Thursday. 12 were freed on Sunday.")
    assert (freed.type, taken.when and taken.when.start) == ("rescue", dt.date(2024, 5, 30))
    assert freed.when is not None
    assert freed.when.start == dt.date(2024, 6, 2)


def test_arrests_beside_harm_are_told_of_one_event() -> None:
    (claim,) = events("In Helmand, 22 fighters were killed and 14 arrested on Monday, the ministry said.")
    assert {figure.outcome for figure in claim.figures} == {"killed", "detained"}


def test_a_condemnation_adds_no_claim() -> None:
    found = events("Six people were killed in an attack on a church in Jos on Sunday. The bishop condemned the attack.")
    assert [len(claim.evidence) for claim in found] == [1]


def test_flight_after_an_attack_is_told_of_the_attack() -> None:
    (claim,) = events("Militants attacked Arbinda on Tuesday. More than 4,000 people fled to Djibo after the attack.")
    assert (claim.type, [figure.outcome for figure in claim.figures]) == ("attack", ["displaced"])


def test_a_march_elsewhere_is_another_protest() -> None:
    found = events(
        "Police broke up a sit-in in Baramulla on Monday, detaining nine lawyers. In Sopore, about 3,000 women marched "
        "in silence; the demonstration passed off without incident."
    )
    assert [claim.type for claim in found] == ["protest_with_intervention", "peaceful_protest"]


def test_days_after_parts_two_events() -> None:
    found = events("A blast hit a bus in Kano on Monday, three days after gunmen killed five people in Jos.")
    assert [claim.where.text if claim.where else "" for claim in found] == ["Kano", "Jos"]


def test_nobody_is_killed_twice() -> None:
    text = (
        "Judge Amina Yusuf was shot dead in Mogadishu on Monday. Two soldiers died near Jowhar on Tuesday.\n\n"
        "Gunmen had followed Yusuf for days. Amina Yusuf was killed as she left her court."
    )
    killed = [c for c in read_report(Report(id="d", text=text)).claims if isinstance(c, EventClaim)]
    assert len({c.event for c in killed if any("Yusuf" in f.text for f in c.figures)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A government that kills its people has lost its right to rule.",
        "Nothing will stop the rebels from murdering officials.",
        "They keep attacking civilians because nobody punishes them.",
    ],
)
def test_what_somebody_is_said_to_do_at_large_is_no_event(text: str) -> None:
    assert read_report(Report(id="d", text=text)).claims == ()


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Communal clash, Fulani v Berom, Riyom. 17 killed both sides, 40 houses burnt.", "armed_clash"),
        ("Ambush on police patrol. 3 killed, 2 wounded.", "armed_clash"),
        ("Looting of aid warehouse by armed youths, Ardamata.", "looting_property_destruction"),
    ],
)
def test_a_note_without_a_verb_names_the_event_whose_harm_follows(note: str, kind: str) -> None:
    claims = read_report(Report(id="note", text=note)).claims
    assert [claim.type for claim in claims if claim.kind == "event"] == [kind]


def test_the_shooting_is_the_one_at_the_protesters_told_before() -> None:
    told = "Police shot dead six protesters in Lagos on Monday. The internet was cut soon after the shooting."
    reading = read_report(Report(id="r", text=told, published=dt.date(2024, 6, 5)))
    assert len({claim.event for claim in reading.claims if isinstance(claim, EventClaim)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In the morning a shell struck a bakery in Sumy and killed four people. "
        "In the evening a drone strike on a car killed two men.",
        "Two people were killed in a car bombing in Baghdad on Tuesday morning. "
        "Three more were killed in a shooting in Baghdad on Tuesday evening.",
        "Gunmen killed three people in Jos on Friday morning. On Friday evening, they shot dead two farmers in Jos.",
        "A rocket killed two girls in Taiz at dawn. In the afternoon a sniper killed a man in Taiz.",
        "On Sunday morning a mine killed a farmer near Izium. In the evening, a rocket killed two women in Izium.",
    ],
)
def test_others_killed_in_another_part_of_the_day_are_of_another_event(text: str) -> None:
    found = events(text)
    assert len({claim.event for claim in found}) == 2
    assert len({claim.when.start if claim.when else None for claim in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed five in Kabul on Sunday morning. By evening the toll had risen to nine.",
        "An air strike killed six people in Aleppo on Monday morning. "
        "Officials said in the evening that eight people had been killed in the strike.",
        "A mine killed two boys near Pibor on Monday morning. They were buried in the evening.",
    ],
)
def test_what_is_counted_later_in_the_day_is_of_the_same_event(text: str) -> None:
    assert len({claim.event for claim in events(text)}) == 1
