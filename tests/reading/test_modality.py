"""Modality: whether what a sentence tells of is said to have happened."""

from datetime import date

import pytest

from ascertain.incidents import build
from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

CASES = {
    "denied": [
        "The army denied shelling the camp near Goma on Monday.",
        "The ministry denied that troops had shot dead four protesters in Sidon.",
        "The police chief denied any involvement in the murder of the priest in Cali.",
        "The governor dismissed reports that gunmen had kidnapped forty students in Zaria.",
        "The government rejected claims of a massacre in the village of Tula.",
        "There was no attack on the camp at Kutum, the army said.",
        "The militia said its men had neither killed nor kidnapped anyone in Tikrit.",
        'The ministry said claims that its jets had bombed the school in Taiz were "baseless".',
        "No warplanes bombed the town of Lashio that day, a general said.",
        "Rebels failed to capture the town of Sake on Friday.",
        "Soldiers did not bomb the school in Beni, the army insisted.",
        "The army rubbished reports that its men had burned twelve houses in Kupwara on Sunday.",
        "Reports that a depot at Saky was blown up by saboteurs have nothing to do with reality, the ministry said.",
        "The police poured scorn on allegations that officers shot three protesters in Lagos.",
        "The colonel laughed off a claim by the rebels that they had shot down a helicopter near Goma.",
        "The story that soldiers killed eleven herders at Barkin Ladi was made up, the commander said.",
        "The claim that our fighters killed civilians in Tadef is pure invention, the group said.",
        "Contrary to reports, no prisoner was executed at Insein, the prison department said.",
        "The rebels denied that they were behind the mortar that killed twelve in Goma on Saturday.",
        "The Taliban said it was not behind the explosion that killed nine people in Kunduz on Friday.",
        "The ELN said it was not involved in the bombing that killed five soldiers in Saravena on Tuesday.",
        "Al-Shabaab had no part in the blast that killed 20 people in Baidoa on Monday, its spokesman said.",
        "The junta denied its jets were behind the air strike which killed 30 villagers in Pazigyi on Tuesday.",
    ],
    "alleged": [
        "The minister accused the rebels of shelling the market in Taiz.",
        "The rebels claimed to have killed thirty soldiers near Beni.",
        "The group claimed that its fighters had shot dead nine policemen in Kashmir.",
        "Two officers allegedly beat a student to death in Nampula.",
        "The car bombing in Bogota on Monday was blamed on drug traffickers.",
        "He is suspected of killing three women in Ciudad Juarez.",
        "Villagers blamed the army for the killing of six farmers in Mindat.",
        "Up to 400 people may have been killed in an airstrike on a market in Tora on Sunday, residents said.",
        "As many as 60 villagers might have died in the attack on Zurmi on Monday, a lawmaker said.",
        "At least 20 miners may have been killed in the raid on the pit at Djugu on Friday.",
        "Rebels may have killed 30 people in Beni on Monday, the army said.",
    ],
    "planned": [
        "The army is preparing to attack the city of Kidal.",
        "The union has planned a march in Maputo for Friday.",
        "The opposition called for marches in Nairobi on Thursday.",
        "A protest is planned for Monday in Beirut.",
        "The opposition has called for a week of marches on Maputo.",
        "The rally planned for Saturday in Tbilisi has been called off.",
        "The two sides will begin an exchange of prisoners in Baku on Monday.",
    ],
    "threatened": [
        "The rebels vowed to attack the capital Bangui.",
        "The general warned that his forces would bomb the port of Odesa.",
        '"We will kill every soldier in Gwadar," a spokesman said.',
        "The militia threatened to kidnap aid workers in Herat.",
    ],
    "hypothetical": [
        "If the militia bombs the dam at Mosul, thousands could be killed.",
        "The army could attack the town of Kobane, residents said.",
        "Residents feared a massacre in the town of El Fasher.",
        "Thousands might have been killed if the bomb had exploded in Madrid, police said.",
        "Up to 12 people may be killed in an air strike on Sumy, the minister said.",
    ],
    "asserted": [
        "Gunmen killed six villagers near Djibo on Monday.",
        "The man who denied bail was shot dead in Karachi on Tuesday.",
        "Police did not say who killed the two men in Lima.",
        "No group has claimed responsibility for the attack that killed nine people in Quetta.",
        "The president vowed to fight the rebels, who killed six soldiers in Sake on Friday.",
        "Nobody was hurt when rockets hit the market in Erbil on Sunday.",
        "Mortar fire hit the camp at Kutum on Monday, no casualties reported.",
        "Troops arrested sixty refugees in Tripoli on 18 May.",
        "The car bomb in Basra on Monday did not kill anyone, police said.",
    ],
}


@pytest.mark.parametrize(("how", "text"), [(how, text) for how, texts in CASES.items() for text in texts])
def test_the_words_tell_whether_it_happened(how: str, text: str) -> None:
    claims = [c for c in read_report(Report(id="r", text=text)).claims if isinstance(c, EventClaim)]
    assert claims, "nothing was read"
    assert {claim.modality for claim in claims} == {how} or (how == "asserted" and claims[-1].modality == how)


@pytest.mark.parametrize(
    "text", [t for how, texts in CASES.items() if how not in ("asserted", "alleged") for t in texts]
)
def test_what_did_not_happen_is_no_incident(text: str) -> None:
    assert tuple(build([read_report(Report(id="r", text=text))])) == ()


@pytest.mark.parametrize("party", ["The militia", "Hezbollah", "The army", "Ukraine"])
def test_what_is_said_after_a_denial_is_told_apart(party: str) -> None:
    text = f"{party} denied that it was behind the rocket that killed 12 in Afrin and said a shell had hit the school."
    claims = read_report(Report(id="r", text=text)).claims
    assert [(claim.modality, bool(claim.figures)) for claim in claims if isinstance(claim, EventClaim)] == [
        ("denied", True),
        ("asserted", False),
    ]


@pytest.mark.parametrize("party", ["the army", "the rebels", "Israel", "Hamas", "Russia", "Ukraine"])
def test_a_denial_is_a_denial_whoever_denies(party: str) -> None:
    reading = read_report(Report(id="r", text=f"A spokesman for {party} denied shelling the camp near Kutum."))
    assert [claim.modality for claim in reading.claims] == ["denied"]


def test_a_warning_of_what_could_come_is_hypothetical() -> None:
    claims = read_report(Report(id="r", text="If the dam were attacked, thousands could die, experts warned.")).claims
    assert [claim.modality for claim in claims] == ["hypothetical"]


@pytest.mark.parametrize(
    "text",
    [
        "The army rubbished reports that its men had beaten nine villagers at Chandipora.",
        "The ministry has repudiated claims that its jets bombed the market in Mekelle on Tuesday.",
        "Kinshasa rebutted allegations that soldiers killed 30 civilians in Djugu.",
    ],
)
def test_who_rubbishes_a_report_denies_what_it_says(text: str) -> None:
    claims = read_report(Report(id="t", text=text, published=date(2024, 6, 5))).claims
    assert {claim.modality for claim in claims} == {"denied"}


def test_what_may_have_happened_counts_by_its_high_bound() -> None:
    text = "Up to 400 people may have been killed in an airstrike on a market in Tora on Sunday, residents said."
    (incident,) = build([read_report(Report(id="r", text=text, published=date(2024, 6, 5)))])
    assert [(figure.outcome, figure.high) for figure in incident.figures] == [("killed", 400)]


def test_a_question_asserts_nothing() -> None:
    text = "Did the air force bomb a school in Jabalia and kill 20 children?"
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert claim.modality == "hypothetical"
