from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.places import PlaceMention, find_places
from ascertain.places.geometry import distance_km


def the(text: str, words: str, *, country: str | None = None) -> PlaceMention:
    """The one mention with these words."""
    found = find_places(text, country=country)
    (mention,) = (one for one in found if one.place.text == words)
    return mention


def words(text: str) -> list[str]:
    return [mention.place.text for mention in find_places(text) if mention.role not in ("name_part", "stands_for")]


CASES = [
    ("Gunmen on motorbikes raided the market in Djibo on Friday.", "Djibo", "BF", (14.10, -1.63)),
    ("A drone hit a bus near a checkpoint in Kherson, officials in Ukraine said.", "Kherson", "UA", (46.65, 32.62)),
    ("Fighting resumed in El Fasher, the last army base in Darfur.", "El Fasher", "SD", (13.63, 25.35)),
    ("M23 rebels marched on Goma in the Democratic Republic of Congo.", "Goma", "CD", (-1.66, 29.22)),
    ("Villagers in Maungdaw, Rakhine State, fled the shelling.", "Maungdaw", "MM", (20.82, 92.37)),
    ("A bomb went off in Quetta, in Pakistan's Balochistan province.", "Quetta", "PK", (30.18, 67.0)),
    ("Al-Shabaab mortars landed in Mogadishu.", "Mogadishu", "SO", (2.04, 45.34)),
    ("Tibú, in the Catatumbo region of Colombia, was cut off.", "Tibú", "CO", (8.64, -72.73)),
    ("Soldiers burned huts in Gwoza, Borno State.", "Gwoza", "NG", (11.09, 13.69)),
    ("Jets struck Saada in northern Yemen.", "Saada", "YE", (16.94, 43.76)),
    ("Shells fell on Stepanakert in Nagorno-Karabakh.", "Stepanakert", "AZ", (39.82, 46.75)),
    ("Rebels took Mekelle, the capital of Tigray in Ethiopia.", "Mekelle", "ET", (13.5, 39.48)),
    ("Clashes broke out in Palma, Cabo Delgado, Mozambique.", "Palma", "MZ", (-10.77, 40.47)),
    ("A convoy was ambushed at Ménaka in Mali.", "Ménaka", "ML", (15.92, 2.4)),
    ("Israeli tanks entered Khan Younis.", "Khan Younis", "PS", (31.34, 34.31)),
    ("Two died in a raid on Jenin camp in the West Bank.", "Jenin camp", "PS", (32.46, 35.29)),
    ("Gangs attacked Pont-Sondé in Haiti's Artibonite.", "Pont-Sondé", "HT", (19.15, -72.61)),
    ("Troops patrolled Jolo in the southern Philippines.", "Jolo", "PH", (6.05, 121.0)),
]


@pytest.mark.parametrize(("text", "name", "country", "position"), CASES)
def test_a_place_is_found_and_put_where_it_is(
    text: str, name: str, country: str, position: tuple[float, float]
) -> None:
    place = the(text, name).place
    assert place.country == country
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_km is not None
    assert distance_km((place.lat, place.lon), position) <= place.radius_km + 15


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Smith wrote the book.",
        "Israeli and Palestinian officials met British and American envoys.",
        "The march began in March. Most men stayed. Of the police, the best were nice.",
        "Nigerians and Ukrainians sang; a Syrian danced.",
        "President Lincoln Chafee and Michael Jordan came with Paris Hilton.",
    ],
)
def test_people_nations_and_ordinary_words_are_no_places(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Washington Post told it first.", "Washington"),
        ("Talks on the Paris Agreement went on.", "Paris"),
        ("A lecturer at the University of Nairobi was shot.", "Nairobi"),
        ("The Bank of Ghana closed its doors.", "Ghana"),
    ],
)
def test_a_place_inside_another_name_is_a_part_of_it(text: str, name: str) -> None:
    assert the(text, name).role == "name_part"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kabul government blamed foreign fighters.", "Kabul"),
        ("Mali said it would withdraw from the bloc.", "Mali"),
        ("The Gaza health ministry gave a new count.", "Gaza"),
    ],
)
def test_a_place_that_stands_for_those_who_rule_there_is_not_where_something_happened(text: str, name: str) -> None:
    assert the(text, name).role == "stands_for"


def test_the_same_word_can_be_a_person_and_a_place() -> None:
    roles = [(one.place.text, one.role) for one in find_places("Paris Hilton flew to Paris, France.")]
    assert ("Paris", "mention") in roles or ("Paris", "destination") in roles
    assert [role for text, role in roles if text == "Paris"].count("mention") <= 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RAFAH, Gaza Strip — Two homes were hit in Jabalia.", "RAFAH"),
        ("KABUL (Wire) - A blast shook Jalalabad.", "KABUL"),
        ("Our correspondent, reporting from Deir el-Balah, saw tanks in Rafah.", "Deir el-Balah"),
        ("LIMA, 15 JAN 90 -- TWO BOMBS WENT OFF IN AYACUCHO.", "LIMA"),
    ],
)
def test_a_dateline_is_where_the_reporter_is(text: str, name: str) -> None:
    found = {mention.place.text: mention.role for mention in find_places(text)}
    assert found.pop(name) == "dateline"
    assert "mention" in found.values()


def test_a_journey_has_an_origin_and_a_destination() -> None:
    text = "Families fled from El Fasher to Nyala, in Sudan."
    assert the(text, "El Fasher").role == "origin"
    assert the(text, "Nyala").role == "destination"


def test_names_set_into_each_other_are_mentions_of_their_own_with_their_containers() -> None:
    text = "Two homes in the Mesbah area of Rafah, southern Gaza Strip, were hit."
    area, town, strip = find_places(text)
    assert (area.place.text, town.place.text, strip.place.text) == ("Mesbah area", "Rafah", "southern Gaza Strip")
    assert (area.container, town.container, strip.container) == (town.place.span, strip.place.span, None)
    assert area.fineness > town.fineness > strip.fineness


def test_an_unknown_area_takes_the_position_of_what_it_lies_in() -> None:
    area, town, _ = find_places("Two homes in the Mesbah area of Rafah, southern Gaza Strip, were hit.")
    assert (area.place.lat, area.place.lon) == (town.place.lat, town.place.lon)
    assert area.place.precision == "neighbourhood"
    assert area.place.id is None
    assert area.place.radius_km is not None
    assert town.place.radius_km is not None
    assert area.place.radius_km >= town.place.radius_km


def test_an_owner_is_a_container() -> None:
    text = "Shells hit Gaza's Sabra neighbourhood."
    assert the(text, "Sabra neighbourhood").container == the(text, "Gaza").place.span


def test_members_of_a_list_do_not_contain_each_other() -> None:
    found = find_places("Strikes were reported in Kyiv, Odesa, Kharkiv and Lviv.")
    assert [mention.container for mention in found] == [None] * 4


def test_an_unknown_village_keeps_its_words_and_nothing_else() -> None:
    place = the("Attackers burned the village of Qwertystan overnight.", "Qwertystan").place
    kept = place.model_dump(exclude={"text", "span"})
    assert set(kept.values()) == {None}


def test_an_unknown_neighbour_harms_no_one() -> None:
    alone = the("Militants attacked Djibo on Monday.", "Djibo").place
    beside = the("Militants attacked the village of Qwertystan and Djibo on Monday.", "Djibo").place
    assert (alone.id, alone.lat, alone.lon) == (beside.id, beside.lat, beside.lon)


@pytest.mark.parametrize(
    ("text", "name", "toward"),
    [
        ("Ten died 10 km south of Djibo.", "10 km south of Djibo", (14.01, -1.63)),
        ("Ten died 10 km (six miles) north of Djibo.", "10 km (six miles) north of Djibo", (14.19, -1.63)),
        ("Tanks advanced into northwest Rafah in the Gaza Strip.", "northwest Rafah", (31.31, 34.23)),
        ("A truck was hit near Djibo.", "near Djibo", (14.10, -1.63)),
        ("A mine blew up between Djibo and Bourzanga.", "between Djibo and Bourzanga", (13.89, -1.59)),
        ("Raids went on in eastern Ukraine.", "eastern Ukraine", (48.5, 36.5)),
    ],
)  # fmt: skip
def test_a_relative_place_covers_its_phrase_and_reaches_where_it_may_be(
    text: str, name: str, toward: tuple[float, float]
) -> None:
    place = the(text, name).place
    assert place.id is None
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_km is not None
    assert distance_km((place.lat, place.lon), toward) <= place.radius_km


def test_a_direction_in_a_name_is_a_part_of_the_name() -> None:
    assert the("Aid reached South Sudan.", "South Sudan").place.country == "SS"
    assert the("Clashes hit North Kivu.", "North Kivu").place.country == "CD"


def test_the_report_decides_between_namesakes() -> None:
    assert the("Shells fell on Tripoli, Lebanon.", "Tripoli").place.country == "LB"
    assert the("Militias clashed in Tripoli, Libya.", "Tripoli").place.country == "LY"
    assert the("A raid on San Miguel.", "San Miguel", country="SV").place.country == "SV"


def test_a_name_has_one_sense_in_a_report() -> None:
    text = "Militias clashed in Tripoli, Libya. Tripoli was quiet on Tuesday. Later Tripoli burned."
    assert len({mention.place.id for mention in find_places(text) if mention.place.text == "Tripoli"}) == 1


def test_the_kind_that_the_words_say_chooses_the_sense() -> None:
    assert the("Raids in Nangarhar province, Afghanistan.", "Nangarhar province").place.precision == "region"
    assert the("A car bomb in Herat, Afghanistan.", "Herat").place.precision == "town"


def test_text_in_capitals_is_read_too() -> None:
    text = (
        "SAN SALVADOR, 3 JAN 90 -- REBELS ATTACKED A GARRISON IN SAN MIGUEL DEPARTMENT. "
        "THE POLICE SAID A BRIDGE WAS BLOWN UP NEAR USULUTAN. MOST MEN OF THE UNIT SURVIVED."
    )
    found = {mention.place.text: mention.place.country for mention in find_places(text)}
    assert found["SAN MIGUEL DEPARTMENT"] == "SV"
    assert found["NEAR USULUTAN"] == "SV"
    assert not {"POLICE", "MOST", "MEN", "OF"} & set(found)


def test_text_without_places_has_none() -> None:
    assert find_places("") == ()
    assert find_places("nothing to see here, said the man.") == ()


PIECES = st.sampled_from(
    [
        *("Rafah", "Djibo", "Gaza's", "Paris", "Khan Younis", "RAFAH", "Jordan", "U.S.", "Al", "El", "Mr", "Israeli"),
        *("the village of Qwerty", "Kabul government", "10 km south of", "northwest", "Sabra neighbourhood"),
        *("in", "near", "between", "and", "from", "to", "fled", "of", "Mesbah area"),
        *(",", ".", "\n\n", "(", ")", "—", "’s", "ſ", "İ", "e\u0301"),
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=200))
def test_spans_quote_the_text_in_order_and_apart(text: str) -> None:
    found = find_places(text)
    for mention in found:
        start, end = mention.place.span
        assert text[start:end] == mention.place.text != ""
        place = mention.place
        assert (place.lat is None) == (place.lon is None) == (place.radius_km is None) == (place.precision is None)
        assert 0 <= mention.fineness <= 5
    for one, two in pairwise(found):
        assert one.place.span[1] <= two.place.span[0]
    spans = {mention.place.span for mention in found}
    assert all(mention.container is None or mention.container in spans for mention in found)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_the_same_text_gives_the_same_places(text: str) -> None:
    assert find_places(text) == find_places(text)


@pytest.mark.parametrize("town", ["Rafah", "Idlib", "Sittwe", "Goma", "Khan Younis", "Mazar-i-Sharif"])
def test_a_large_town_needs_no_other_place_beside_it(town: str) -> None:
    for text in (f"An air strike on {town} killed four.", f"Drones were shot down over {town} overnight."):
        assert [mention.place.text for mention in find_places(text)] == [town]


def test_a_preposition_begins_no_name() -> None:
    found = find_places("Missiles were fired by Turkey at Goma.")
    assert [mention.place.text for mention in found] == ["Turkey", "Goma"]


def test_who_is_blamed_for_an_attack_does_not_lie_in_the_town_attacked() -> None:
    accused, town = find_places("They accused India of shelling Kandahar.")
    assert accused.container is None
    assert town.container is None


@pytest.mark.parametrize(
    "text",
    ["Gunmen overran the position at Razih.", "Gunmen overran the position at Razih in Mali, France said."],
)
def test_another_name_of_a_small_town_puts_no_place_on_another_continent(text: str) -> None:
    assert {mention.place.country for mention in find_places(text)} <= {None, "ML", "FR"}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Inata", "BF"),
        ("Galkayo", "SO"),
        ("Kobani", "SY"),
        ("Jenin", "PS"),
        ("Kitshanga", "CD"),
        ("Hpakant", "MM"),
        ("Robotyne", "UA"),
        ("Mir Ali", "PK"),
        ("Pont-Sondé", "HT"),
    ],
)
def test_a_town_that_the_news_of_a_war_names_is_known_without_its_country(name: str, country: str) -> None:
    mention = the(f"Fighting broke out in {name} on Monday, residents said.", name)
    assert mention.place.country == country
    assert mention.place.lat is not None


def test_a_district_s_own_name_outweighs_a_town_that_is_also_called_so() -> None:
    assert the("A bomb hit a vehicle in Kech district.", "Kech district").place.country == "PK"


def test_a_town_is_known_by_a_listed_spelling_of_one_sound() -> None:
    assert the("Jets struck Saada.", "Saada").place.country == "YE"


def test_names_side_by_side_are_a_quarter_and_its_town() -> None:
    text = "Shells fell on Khartoum Bahri in Sudan."
    assert the(text, "Khartoum").role == the(text, "Bahri").role == "mention"
    assert the(text, "Bahri").container == the(text, "Khartoum").place.span


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("Clashes in the Abu Salim district of Tripoli, Libya.", "Abu Salim district", "Tripoli"),
        ("A strike hit the Al Thani neighbourhood of Benghazi, Libya.", "Al Thani neighbourhood", "Benghazi"),
    ],
)
def test_a_name_is_not_cut_short_at_a_known_part(text: str, name: str, town: str) -> None:
    assert the(text, name).container == the(text, town).place.span
    assert the(text, name).place.lat == the(text, town).place.lat


def test_a_spelling_of_one_sound_does_not_put_a_place_in_another_country() -> None:
    place = the("Two homes in Rafah, in the Gaza Strip, were hit, and a car at Saada.", "Saada").place
    assert place.country != "YE"


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Fighting resumed in Ukraine. A rally in St. Paul drew thousands.", "geonames:5045360"),
        ("Six people died in St. John's, Antigua.", "geonames:3576022"),
        ("A blast in St. Petersburg killed ten, Russian officials said.", "geonames:498817"),
    ],
)
def test_st_is_short_for_saint(text: str, place_id: str) -> None:
    assert place_id in {mention.place.id for mention in find_places(text)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen ambushed a patrol in Saravena before dawn, killing six.", "Saravena", "CO"),
        ("Shells fell on houses in Daquq on Thursday.", "Daquq", "IQ"),
        ("Rebels raided a post near Beni on Monday.", "near Beni", "CD"),
    ],
)
def test_a_little_known_town_is_found_where_the_words_put_a_place(text: str, name: str, country: str) -> None:
    assert the(text, name).place.country == country


def test_the_name_of_an_agency_tells_no_country() -> None:
    text = "Fighting broke out in Shwebo on 28 February, security sources told the Gulf and Sahel Press."
    assert the(text, "Shwebo").place.country == "MM"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thousands marched on Independence Square on Sunday.", "Independence Square"),
        ("A bomb went off near Liberty Bridge.", "Liberty Bridge"),
        ("The camp lies beside the Unity dam.", "Unity dam"),
    ],
)
def test_a_square_or_bridge_that_bears_a_word_is_of_no_town_of_that_name(text: str, name: str) -> None:
    found = [one.place for one in find_places(text) if one.place.text.endswith(name)]
    assert [place.country for place in found] in ([], [None])
