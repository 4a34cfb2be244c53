import re

import pytest

from ascertain.actors import find_parties, find_states
from ascertain.model import Report
from ascertain.reading import read_report
from ascertain.reading.layout import blocks
from ascertain.reading.lexicon import Entry, Hit
from ascertain.reading.negotiations import Negotiation, negotiations
from ascertain.reading.page import Line
from ascertain.reading.parse import Position, parse
from ascertain.reading.words import table


def lines_of(text: str) -> list[Line]:
    positions = [
        Position(span, number, order, block.heading)
        for number, block in enumerate(blocks(text))
        for order, span in enumerate(block.sentences)
    ]
    lines = [Line(sentence) for sentence in parse(text, positions)]
    for line in lines:
        start, end = line.span
        for words in table("negotiations")["gate"]:
            for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[start:end].lower()):
                line.hits.append(Hit(start + found.start(), start + found.end(), (Entry(words, "negotiation"),)))
        line.parties = [m for m in find_parties(text) if start <= m.span[0] < end]
        line.states = [m for m in find_states(text) if start <= m.span[0] < end]
    return lines


def read(text: str) -> list[Negotiation]:
    return negotiations(lines_of(text), text)


def roles(negotiation: Negotiation) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for actor in negotiation.actors:
        found.setdefault(actor.role, set()).add(actor.text)
    return found


def test_mediators_parties_issues_and_status_of_talks_in_two_sentences() -> None:
    text = (
        "Efforts by Norway, Kenya, and Qatar to broker a truce between Sudan's army and the RSF continued on Monday. "
        "The two sides remain deadlocked over key issues, including the withdrawal of fighters from homes "
        "and the release of detainees."
    )
    (found,) = read(text)
    assert roles(found) == {"mediator": {"Norway", "Kenya", "Qatar"}, "party": {"Sudan's army", "RSF"}}
    assert [i.text for i in found.issues] == [
        "the withdrawal of fighters from homes",
        "the release of detainees",
    ]
    assert found.status == "impasse"
    assert len(found.lines) == 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Colombian government and the ELN signed a ceasefire deal on Monday.", "agreed"),
        ("Houthi rebels rejected a truce proposal on Monday.", "rejected"),
        ("Talks between Armenia and Azerbaijan collapsed.", "collapsed"),
        ("Negotiations between Armenia and Azerbaijan stalled.", "impasse"),
        ("The ceasefire took effect at dawn.", "implemented"),
        ("Talks between Armenia and Azerbaijan made progress on Friday.", "progress"),
        ("Peace talks between Armenia and Azerbaijan resumed on Friday.", "ongoing"),
        ("A new round of talks between Armenia and Azerbaijan will begin next week.", "proposed"),
    ],
)
def test_status_is_what_the_words_say(text: str, status: str) -> None:
    (found,) = read(text)
    assert found.status == status


def test_the_later_sentence_states_the_status() -> None:
    text = "Talks between Armenia and Azerbaijan resumed on Monday. The talks collapsed on Tuesday."
    (found,) = read(text)
    assert found.status == "collapsed"
    assert roles(found) == {"party": {"Armenia", "Azerbaijan"}}


def test_a_mediator_may_be_joined_by_a_hyphen() -> None:
    (found,) = read("The UN-brokered talks between the government and the rebels broke down.")
    assert roles(found) == {"mediator": {"UN"}, "party": {"the government", "the rebels"}}


def test_who_welcomes_a_ceasefire_supports_it() -> None:
    (found,) = read("France welcomed the ceasefire agreed between Israel and Hezbollah.")
    assert roles(found) == {"supporter": {"France"}, "party": {"Israel", "Hezbollah"}}


@pytest.mark.parametrize(
    "text",
    [
        "The EU and China signed a trade deal.",
        "Union leaders broke off wage talks with the airline.",
        "The club reached a deal to sign the striker.",
        "The drought dealt a blow to farmers, and the deal is off.",
        "The UN Security Council called for an immediate ceasefire in Sudan.",
        "The army broke the truce on Monday, killing five villagers.",
        "The international community calls for an end to the violence and a return to negotiations.",
    ],
)
def test_other_bargains_and_calls_for_peace_are_no_negotiation(text: str) -> None:
    assert read(text) == []


def test_spans_quote_the_text() -> None:
    text = "Talks between Armenia and Azerbaijan on the release of prisoners and on reopening roads have stalled."
    (found,) = read(text)
    assert {i.text for i in found.issues} == {"the release of prisoners", "reopening roads"}
    quotes = [(actor.span, actor.text) for actor in found.actors] + [(issue.span, issue.text) for issue in found.issues]
    for span, quote in quotes:
        assert text[slice(*span)] == quote


def test_talks_between_others_are_talks_of_their_own() -> None:
    text = "Talks between Armenia and Azerbaijan stalled. Talks between Kosovo and Serbia resumed in Brussels."
    assert [found.status for found in read(text)] == ["impasse", "ongoing"]


@pytest.mark.parametrize(
    ("text", "mediator"),
    [
        ("The government and rebels agreed a truce in Aden in May under Omani mediation.", "Omani"),
        ("Church leaders mediated talks between the rebels and the government in Juba.", "Church leaders"),
        ("Talks between the government and the rebels, under tribal elders, made progress.", "tribal elders"),
    ],
)
def test_adjectives_and_people_of_standing_name_mediators(text: str, mediator: str) -> None:
    (found,) = negotiations(lines_of(text), text)
    assert [actor.text for actor in found.actors if actor.role == "mediator"] == [mediator]


def test_one_party_that_talks_to_somebody_else_holds_other_talks() -> None:
    text = (
        "Talks between Israel and Hamas resumed in Cairo on Monday. "
        "Talks between Israel and Hezbollah collapsed in Naqoura on Tuesday."
    )
    assert [found.status for found in negotiations(lines_of(text), text)] == ["ongoing", "collapsed"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Azerbaijan and Armenia have failed to agree on the delimitation of the border.", "impasse"),
        ("The Houthis and the government agreed to swap 900 prisoners in Bern.", "agreed"),
        ("Talks between the government and the FARC dissidents made little headway.", "impasse"),
        ("Israel and Hezbollah accepted a ceasefire that came into force on Wednesday.", "implemented"),
        ("Indirect talks mediated by Egypt between Israel and Hamas resumed in Doha.", "ongoing"),
        ("The army suspended flights after peace talks with the rebels broke down.", "collapsed"),
    ],
)
def test_what_is_told_in_passing_gives_no_status(text: str, status: str) -> None:
    (found,) = read(text)
    assert found.status == status


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Local elders brokered a truce between the two clans in Galkayo.", {"the two clans"}),
        ("A ceasefire between the Lebanese army and gunmen was holding.", {"Lebanese army", "gunmen"}),
        ("Colombia's government and the ELN opened talks brokered by Qatar.", {"Colombia's government", "ELN"}),
    ],
)
def test_parties_need_no_name_and_who_had_help_is_no_mediator(text: str, parties: set[str]) -> None:
    (found,) = read(text)
    assert roles(found)["party"] == parties


@pytest.mark.parametrize(
    "text",
    [
        "The European Union urged the parties to return to the negotiating table.",
        "The company and the union are in talks over pay.",
        "The bank is in talks to buy its rival.",
    ],
)
def test_talks_without_a_word_of_war_or_a_party_are_none(text: str) -> None:
    assert read(text) == []


def test_what_is_proposed_beside_talks_that_stand_otherwise_is_told_apart() -> None:
    text = (
        "The government and the rebels signed a truce in Khartoum on Monday. "
        "Talks between the government and the rebels on an amnesty will begin next week."
    )
    assert [found.status for found in read(text)] == ["agreed", "proposed"]


def test_what_was_agreed_to_be_done_is_an_issue() -> None:
    (found,) = read("The Houthis and the government agreed to swap 900 prisoners in Bern.")
    assert [issue.text for issue in found.issues] == ["swap 900 prisoners"]


def test_a_semicolon_parts_two_talks_that_stand_differently() -> None:
    truce, talks = read(
        "The truce agreed between the army and the rebels in Juba on 1 April was holding; "
        "talks on reopening the roads had yet to begin."
    )
    assert (truce.status, talks.status) == ("implemented", "proposed")
    assert [issue.text for issue in talks.issues] == ["reopening the roads"]


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("The Taliban offered a three-month ceasefire to the government on Friday.", "a three-month ceasefire"),
        ("A humanitarian truce between the army and the rebels collapsed within minutes.", "A humanitarian truce"),
        ("Talks between the army and the FARC on a truce went on in Havana.", "a truce"),
    ],
)
def test_a_truce_is_what_its_talks_are_about(text: str, issue: str) -> None:
    (found,) = read(text)
    assert any(one.text.startswith(issue) for one in found.issues)


def test_parties_that_sit_down_with_each_other_talk() -> None:
    (found,) = read("The government and the MILF sat down with Malaysian mediators on Tuesday.")
    assert found.status == "ongoing"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Envoys held talks in Jeddah on Monday on the release of hostages and prisoners.", ["negotiation"]),
        ("Negotiators met in Doha on Tuesday to discuss freeing 50 hostages, officials said.", ["negotiation"]),
        ("Talks on the release of 20 prisoners collapsed in Sanaa on Monday.", ["negotiation"]),
        ("The army rescued 40 hostages in Kaduna on Monday after talks with the kidnappers.", ["event"]),
        ("Gunmen released 12 schoolgirls in Zamfara on Friday after negotiations with elders.", ["event"]),
    ],
)
def test_a_release_that_is_only_talked_of_is_no_event(text: str, kinds: list[str]) -> None:
    assert [claim.kind for claim in read_report(Report(id="r1", text=text)).claims] == kinds
