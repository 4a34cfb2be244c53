"""Attribution: who says what, and what kind of speaker it is."""

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report
from ascertain.reading.attribution import speaker_kind


def said(text: str) -> list[list[tuple[str, str]]]:
    """The speakers of each claim of a text, as words and kind."""
    claims = read_report(Report(id="r", text=text)).claims
    return [[(speaker.text, speaker.kind) for speaker in claim.said_by] for claim in claims]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Two farmers were shot dead near Kaduna, police said.", ("police", "official")),
        ("According to medics, six people were killed in the air strike.", ("medics", "medical")),
        ("The army told reporters that rebels killed four soldiers in Beni.", ("army", "military")),
        ('"They shot my neighbour dead," a resident said.', ("resident", "resident")),
        ("A suicide bomber killed nine people, the rescue service said.", ("rescue service", "official")),
        ("The UN mission reported that gunmen had killed five villagers.", ("UN mission", "un")),
        ("Red Cross: Shelling killed three volunteers in the camp.", ("Red Cross", "aid_agency")),
    ],
)
def test_the_subject_of_saying_speaks(text: str, speaker: tuple[str, str]) -> None:
    assert said(text) == [[speaker]]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the Ministry of Health", "medical"),
        ("the defence ministry", "military"),
        ("a rebel spokesman", "armed_group"),
        ("an army spokesman", "military"),
        ("the coast guard", "official"),
        ("witnesses", "witness"),
        ("local media", "media"),
        ("local residents", "resident"),
        ("the UN refugee agency", "un"),
        ("a human rights group", "rights_group"),
        ("our correspondent", "journalist"),
        ("the bishop", "other"),
    ],
)
def test_the_words_tell_the_kind_of_speaker(words: str, kind: str) -> None:
    assert speaker_kind(words, []) == kind


def test_a_report_that_speaks_for_itself_has_no_speaker() -> None:
    assert said("Gunmen killed five villagers near Djibo on Monday.") == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "The fighting has claimed 45 lives in Cali.",
        "Eight fighters were reported dead after an air strike on the base.",
        "A mortar attack hit the market in Taiz, no casualties reported.",
    ],
)
def test_what_happened_says_nothing(text: str) -> None:
    assert all(not speakers for speakers in said(text))


def test_each_clause_has_the_speaker_of_its_own() -> None:
    text = "Police said they arrested two men in Lashio; the rebels said soldiers shelled a school in Hsipaw."
    assert [[words for words, _ in speakers] for speakers in said(text)] == [["Police"], ["rebels"]]


def test_a_pronoun_stands_for_the_last_speaker() -> None:
    text = "The governor said gunmen killed six people in Zurmi. He said the attackers burned ten houses there."
    assert {words for speakers in said(text) for words, _ in speakers} == {"governor"}


def test_a_label_holds_for_what_follows() -> None:
    text = (
        "The Interior Minister: Gunmen killed six people in Zurmi on Monday. A bomb wounded four in Gusau on Tuesday."
    )
    assert [[words for words, _ in speakers] for speakers in said(text)] == [["The Interior Minister"]] * 2


def test_a_quotation_over_sentences_keeps_its_speaker() -> None:
    text = '"Soldiers shot two men dead in Mindat. They burned nine houses," said a villager.'
    assert all([words for words, _ in speakers] == ["villager"] for speakers in said(text))


@pytest.mark.parametrize("party", ["Hezbollah", "the PKK", "the ELN"])
def test_the_office_of_a_party_is_its_own_voice(party: str) -> None:
    [[(_, kind)]] = said(f"A spokesman for {party} said its fighters killed two soldiers near the border.")
    assert kind == "armed_group"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("At least 12 people were killed in a drone strike in Omdurman (Reuters).", ("Reuters", "media")),
        ("Between four and six villagers were killed (morgue).", ("morgue", "medical")),
        ("Eight killed in Sirte shelling – medics.", ("medics", "medical")),
        ("Fourteen soldiers were killed in the attack, by the army's account.", ("army", "military")),
        ("Five people died in the blast, per the health department.", ("health department", "medical")),
        ("A statement from the interior ministry said three policemen were killed.", ("interior ministry", "official")),
        ("The mayor was quoted as saying that gunmen killed two people.", ("mayor", "official")),
        ("Gunmen hit a convoy, killing four, an army officer who was there said.", ("army officer", "military")),
        ("An inquiry by Human Rights Watch found that soldiers shot 56 men.", ("Human Rights Watch", "rights_group")),
        ("Neighbours speak of six men killed by soldiers in Wad Madani.", ("Neighbours", "resident")),
    ],
)
def test_sources_need_no_verb_of_saying(text: str, speaker: tuple[str, str]) -> None:
    assert speaker in [found for claim in said(text) for found in claim]


@pytest.mark.parametrize(
    "text",
    [
        "The Popular Mobilisation Forces (PMF) killed four fighters near Mosul.",
        "Seven people (including three police) were killed in Quetta.",
        "The president declared martial law after gunmen killed nine people in Marawi.",
        "Protection: gunmen killed three women on the road to El Tarra.",
        "Somalia: gunmen killed three women in Baidoa.",
    ],
)
def test_short_forms_descriptions_headings_and_acts_are_no_sources(text: str) -> None:
    assert not any(said(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Seventeen dead (MoI), more than forty wounded.", ("MoI", "official")),
        ("Memorial: six residents killed by troops in Grozny.", ("Memorial", "rights_group")),
        ("Family of five killed in a cellar in Korin, Civil Defence.", ("Civil Defence", "official")),
        ("Three wounded by a glide bomb in Sumy (prosecutor), two homes destroyed.", ("prosecutor", "official")),
        ("Nineteen were killed in Sarmada, as the health directorate has it.", ("health directorate", "medical")),
        ("One of them, police tweeted, had killed a taxi driver.", ("police", "official")),
        ("The Front, which police call a cover, took responsibility for the killing of a judge.", ("Front", "other")),
        (
            'The ministry dismissed as "a lie" the charge that it had fired a missile at homes.',
            ("ministry", "official"),
        ),
    ],
)
def test_labels_tails_and_asides_name_the_source(text: str, speaker: tuple[str, str]) -> None:
    assert speaker in [found for claim in said(text) for found in claim]


@pytest.mark.parametrize(
    "text",
    [
        "Garissa: police vehicle hits mine on Dadaab road, four officers dead.",
        "Gunmen killed three men (father, son, neighbour) in Kwakta.",
        "Police academy: car bomb, 22 dead.",
    ],
)
def test_who_is_harmed_or_hit_is_no_source(text: str) -> None:
    assert not any(said(text))


def test_two_accounts_in_a_sentence_are_two_claims() -> None:
    text = (
        "The government accused the rebels of attacking Kobo and the air force said it had shot down a plane "
        "laden with weapons."
    )
    assert said(text) == [[("government", "official")], [("air force", "military")]]


def test_who_says_what_after_and_is_another() -> None:
    text = "Hamas said an air strike killed 12 people in Khan Younis and the army said it had killed two commanders."
    assert [speakers[0][0] for speakers in said(text)] == ["Hamas", "army"]


@pytest.mark.parametrize(
    "text", ["Fire from Mount Kule today claimed two lives.", "The blast in Aden took five lives."]
)
def test_what_claims_lives_says_nothing(text: str) -> None:
    reading = read_report(Report(id="r", text=text, published=date(2023, 5, 8)))
    assert [claim.said_by for claim in reading.claims] == [()]


@pytest.mark.parametrize("name", ["regional governor Oleh Syniehubov", "mayor Sani Abdullahi", "senator Luis Quispe"])
def test_who_says_it_is_none_of_the_dead_before(name: str) -> None:
    text = f"A drone strike on Uvira killed seven people, including three children, overnight, {name} said on Saturday."
    (claim,) = read_report(Report(id="r", text=text, published=date(2024, 6, 5))).claims
    assert isinstance(claim, EventClaim)
    assert [speaker.text for speaker in claim.said_by] == [name]
    assert [figure.low for figure in claim.figures] == [7, 3]
