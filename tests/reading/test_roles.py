"""Roles: who does what to whom, and what kind of party each is."""

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def parties(text: str) -> set[tuple[str, str, str]]:
    """The role, words and kind of each actor in a text."""
    claims = [c for c in read_report(Report(id="r", text=text)).claims if isinstance(c, EventClaim)]
    return {(actor.role, actor.text, actor.kind) for claim in claims for actor in claim.actors}


def doers(text: str) -> set[tuple[str, str]]:
    """The words and kind of each perpetrator in a text."""
    return {(words, kind) for role, words, kind in parties(text) if role == "perpetrator"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Suspected militants shot dead three teachers in Pattani.", ("Suspected militants", "rebel_group")),
        ("Two priests were kidnapped by unidentified individuals in Kaduna.", ("unidentified individuals", "militia")),
        ("Hooded men killed four farmers near Apatzingan.", ("Hooded men", "militia")),
        ("Riot police fired tear gas at demonstrators in Nairobi.", ("Riot police", "police")),
        ("Soldiers burned nine houses in Mindat on Friday.", ("Soldiers", "state_forces")),
        ("A group of armed men attacked a convoy near Djibo.", ("group of armed men", "militia")),
        ("Terrorists dynamited two pylons outside Ayacucho.", ("Terrorists", "rebel_group")),
        ("The attack on the school in Taiz was carried out by gunmen.", ("gunmen", "militia")),
        ("An attack by separatists on a barracks killed two soldiers in Lashio.", ("separatists", "rebel_group")),
    ],
)
def test_who_acts_is_the_perpetrator(text: str, doer: tuple[str, str]) -> None:
    assert doer in doers(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Members of the Shining Path killed two mayors in Junin.", "Shining Path"),
        ("Gunmen from Boko Haram kidnapped nine girls near Maroua.", "Boko Haram"),
        ("Hezbollah fighters shelled the town of Qusayr on Monday.", "Hezbollah"),
    ],
)
def test_people_of_a_party_carry_its_name(text: str, name: str) -> None:
    claims = read_report(Report(id="r", text=text)).claims
    assert name in {a.name for c in claims if isinstance(c, EventClaim) for a in c.actors}


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed nine people in Quetta. The Baloch Liberation Army claimed responsibility for the attack.",
        "A bomb killed nine people in Quetta. The police blamed the Baloch Liberation Army for the attack.",
        "A bomb killed nine people in Quetta. The minister accused the Baloch Liberation Army of the attack.",
        "A bomb killed nine people in Quetta. The attack was attributed to the Baloch Liberation Army.",
    ],
)
def test_who_is_blamed_or_claims_it_is_the_perpetrator(text: str) -> None:
    assert any("Baloch Liberation Army" in words for words, _ in doers(text))
    assert not any("olice" in words or "minister" in words for words, _ in doers(text))


def test_who_denies_involvement_is_no_perpetrator() -> None:
    text = "A bomb killed nine people in Quetta. The Baloch Liberation Army denied any involvement in the attack."
    assert doers(text) == set()


@pytest.mark.parametrize("verb", ["said gunmen shot", "condemned the killing of", "reported the murder of"])
def test_who_only_speaks_of_it_is_no_perpetrator(verb: str) -> None:
    assert not any("governor" in words.lower() for words, _ in doers(f"The governor {verb} six farmers in Zurmi."))


@pytest.mark.parametrize(
    "text",
    [
        "Police lowered the death toll of Sunday's attack on a Mogadishu hotel to 16.",
        "Police raised the death toll from Tuesday's bombing in Quetta to 25.",
        "The army revised the number of dead in Monday's attack on a convoy near Djibo to 11.",
        "Soldiers confirmed the death toll of 14 from Friday's blast in Maiduguri.",
        "The military put the death toll from the bombing in Jolo on Sunday at 20.",
        "Security forces updated the toll of Wednesday's shooting in Cali to seven dead.",
    ],
)
def test_who_counts_the_dead_is_no_perpetrator(text: str) -> None:
    assert doers(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Four killed in attack on Morales police station, Cauca.",
        "Two dead in bombing of Peshawar army base.",
        "Three officers wounded in grenade attack on Beni police post, North Kivu.",
        "Five hurt in mortar attack on Tal Afar army barracks.",
        "Six dead in blast at Kandahar police headquarters.",
    ],
)
def test_what_is_attacked_is_no_perpetrator(text: str) -> None:
    assert doers(text) == set()


def test_victims_who_are_counted_are_no_targets() -> None:
    text = "Rebels killed four soldiers and two policemen in Beni on Monday."
    assert {words for role, words, _ in parties(text) if role == "target"} == set()


def test_people_attacked_without_a_count_are_targets() -> None:
    assert ("target", "soldiers", "state_forces") in parties("Rebels attacked soldiers near Beni on Monday.")
    assert ("target", "villagers", "civilians") in parties("Soldiers opened fire on villagers in Mindat on Monday.")


def test_both_sides_of_a_clash_are_parties() -> None:
    found = parties("Clashes between the army and rebels killed nine people in Sake on Monday.")
    assert {(role, words) for role, words, _ in found} == {("party", "army"), ("party", "rebels")}


def test_a_crowd_that_does_violence_is_rioters_and_strangers_are_a_militia() -> None:
    assert ("crowd", "rioters") in doers("A crowd beat two shopkeepers to death in Ghazieh.")
    assert ("unidentified men", "militia") in doers("A student was abducted by unidentified men in Karachi.")


def test_a_uniform_tells_the_kind() -> None:
    assert {kind for _, kind in doers("Four women were raped by men in army uniform in Bentiu.")} <= {
        "state_forces",
        "militia",
    }


def test_a_pronoun_in_ones_own_words_is_the_speaker() -> None:
    assert ("Hezbollah", "rebel_group") in doers("Hezbollah said it had shelled a barracks near Metula on Monday.")


@pytest.mark.parametrize("party", ["The army", "Hamas", "Hezbollah", "Russian forces", "Ukrainian forces"])
def test_the_same_words_give_the_same_role_whoever_acts(party: str) -> None:
    found = parties(f"{party} shelled a school in Kutum on Monday, killing nine people.")
    assert [(role, words in party) for role, words, _ in found] == [("perpetrator", True)]


def test_the_name_of_a_place_is_no_party() -> None:
    assert {role for role, _, _ in parties("Gang members attacked Port-au-Prince on Monday.")} == {"perpetrator"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fighting erupted on Monday between the army and Karen fighters near Myawaddy.",
            {("party", "army"), ("party", "Karen fighters")},
        ),
        (
            "A military jet dropped two bombs on a school in Kanbalu, killing 13 people.",
            {("perpetrator", "military jet")},
        ),
        ("MPLK burned the village of Nyamura and killed four farmers.", {("perpetrator", "MPLK")}),
        ("Three farmers were killed by FARK in Bria.", {("perpetrator", "FARK")}),
        (
            "Serb forces took the town of Zepa after Dutch peacekeepers abandoned their posts.",
            {("perpetrator", "Serb forces"), ("party", "Dutch peacekeepers")},
        ),
        (
            "The rebels seized the town of Ghazni from government forces.",
            {("perpetrator", "rebels"), ("target", "government forces")},
        ),
        ("The mayor is said to have ordered the attack in which six students died.", {("perpetrator", "mayor")}),
        (
            "Rebels attacked Bangui and were thrown back with the help of Russian troops.",
            {("perpetrator", "Rebels"), ("supporter", "Russian troops")},
        ),
    ],
)
def test_who_takes_part_is_told_by_where_the_words_stand(text: str, expected: set[tuple[str, str]]) -> None:
    claims = read_report(Report(id="r", text=text)).claims
    assert {(a.role, a.text) for claim in claims if isinstance(claim, EventClaim) for a in claim.actors} == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("French troops killed five insurgents near Gao, Mali.", "external_forces"),
        ("Kenyan soldiers shot two traders in Afmadow, Somalia.", "external_forces"),
        ("Malian soldiers killed 20 herders near Mopti, Mali.", "state_forces"),
        ("Ukrainian forces shelled Belgorod, Russia, killing two people.", "state_forces"),
    ],
)
def test_troops_abroad_are_external_but_for_states_at_war(text: str, kind: str) -> None:
    assert {told for _, told in doers(text)} == {kind}
