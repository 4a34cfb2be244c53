"""The place of one who speaks, and where somebody comes from, are not where something happened."""

import pytest

from ascertain.places import find_places


def roles(text: str) -> dict[str, str]:
    return {mention.place.text: mention.role for mention in find_places(text)}


@pytest.mark.parametrize(
    ("text", "speaker", "event"),
    [
        ("A doctor in Khan Younis said a strike killed four people in Rafah.", "Khan Younis", "Rafah"),
        ("The ministry in Damascus said shells killed two people in Aleppo.", "Damascus", "Aleppo"),
        ("A man told Reuters by phone from El Fasher that drones had hit Nyala.", "El Fasher", "Nyala"),
        ("Speaking to reporters in Geneva, the envoy said ten people died in Goma.", "Geneva", "Goma"),
        ("According to medics in Omdurman, shells hit a market in Bahri.", "Omdurman", "Bahri"),
        (
            "“They shot him,” said Musa Idris, a shopkeeper in Maiduguri. Huts burned in Konduga.",
            "Maiduguri",
            "Konduga",
        ),
        ("The army said in Bamako on Tuesday that a mine went off near Gao.", "Bamako", "near Gao"),
        ("An official in the city of Zamboanga said gunmen raided Jolo.", "Zamboanga", "Jolo"),
        ("A witness in Bukavu, who asked not to be named, said shots rang out in Goma.", "Bukavu", "Goma"),
    ],
)
def test_where_somebody_speaks_is_the_speakers(text: str, speaker: str, event: str) -> None:
    found = roles(text)
    assert (found[speaker], found[event]) == ("speaker", "mention")


def test_what_the_speakers_place_lies_in_is_the_speakers_too() -> None:
    found = roles("A doctor at Nasser Hospital in Khan Younis, southern Gaza, said ten bodies had arrived.")
    assert set(found.values()) == {"speaker"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen killed a doctor in Khan Younis, officials said.", "Khan Younis"),
        ("Ten people died in Goma, a doctor said.", "Goma"),
        ("Iran said it had shot down missiles fired by the United States at Ouagadougou.", "Ouagadougou"),
        ("Police said a bomb in Quetta killed two.", "Quetta"),
        ("Officials said soldiers shot two men in Tripoli.", "Tripoli"),
    ],
)
def test_where_others_than_the_speaker_are_is_not_the_speakers(text: str, name: str) -> None:
    assert roles(text)[name] == "mention"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Heavy clashes were reported in El Fasher.", "El Fasher"),
        ("Looting has been widely reported in Port-au-Prince.", "Port-au-Prince"),
        ("Shelling reported in Kharkiv on Monday.", "Kharkiv"),
        ("Three cholera deaths were confirmed on Monday in Bukavu.", "Bukavu"),
        ("Acute shortages of food and water are reported in Kutupalong.", "Kutupalong"),
    ],
)
def test_where_something_is_reported_it_happened(text: str, name: str) -> None:
    assert roles(text)[name] == "mention"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police reported in Kano that a bomb had killed three people.", "Kano"),
        ("It was reported in Kano on Monday that a bomb had killed three people.", "Kano"),
        ("The minister confirmed in Abuja on Monday the deaths of three soldiers.", "Abuja"),
        ("General Bello confirmed in Abuja on Monday the deaths of three soldiers.", "Abuja"),
        ("Reuters reported from Goma on Monday.", "Goma"),
    ],
)
def test_where_somebody_reports_is_the_speakers(text: str, name: str) -> None:
    assert roles(text)[name] in ("speaker", "dateline")


@pytest.mark.parametrize(
    ("text", "home", "event"),
    [
        ("A peacekeeper from Kenya was shot dead in Bangui.", "Kenya", "Bangui"),
        ("The attacker, from Tunis, stabbed three people in Nice.", "Tunis", "Nice"),
        ("Two students who were from Medellín were abducted near Tibú.", "Medellín", "near Tibú"),
        ("Soldiers from Chad raided Diffa.", "Chad", "Diffa"),
    ],
)
def test_where_somebody_comes_from_is_an_origin(text: str, home: str, event: str) -> None:
    found = roles(text)
    assert found[home] == "origin"
    assert found[event] in ("mention", "destination")


def test_the_country_of_a_home_town_is_an_origin_too() -> None:
    assert set(roles("A nurse from Mombasa, Kenya, was among the dead.").values()) == {"origin"}


def test_fire_does_not_make_its_source_a_home() -> None:
    assert roles("Rockets fired from Tyre hit Haifa.")["Haifa"] == "mention"
