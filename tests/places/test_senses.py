"""Which of a name's senses is meant, and what the words beside a name make of it; sentences of many conflicts."""

import pytest

from ascertain.places import PlaceMention, find_places, name_places
from ascertain.places.geometry import distance_km


def the(text: str, words: str) -> PlaceMention:
    """The one mention with these words."""
    (mention,) = (one for one in find_places(text) if one.place.text == words)
    return mention


def km_off(mention: PlaceMention, spot: tuple[float, float]) -> float:
    assert mention.place.lat is not None
    assert mention.place.lon is not None
    return distance_km((mention.place.lat, mention.place.lon), spot)


@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("Shelling of Sloviansk killed two civilians.", "Sloviansk", (48.85, 37.60)),
        ("A strike hit Deir al-Balah.", "Deir al-Balah", (31.42, 34.35)),
        ("Rockets hit Kiryat Shmona.", "Kiryat Shmona", (33.21, 35.57)),
        ("Rockets flew at Kiryat Shmona from Khiam in south Lebanon.", "Kiryat Shmona", (33.21, 35.57)),
        ("Bombing of Khan Sheikhoun in Syria killed 90.", "Khan Sheikhoun", (35.44, 36.65)),
        ("Shelling of Maarat al-Numan, Syria killed five.", "Maarat al-Numan", (35.65, 36.68)),
        ("A drone hit Tell Rifaat, Syria.", "Tell Rifaat", (36.47, 37.09)),
        ("Troops entered Bani Suhaila, east of Khan Younis.", "Bani Suhaila", (31.34, 34.32)),
    ],
)
def test_a_place_is_known_by_spellings_of_its_own_name(text: str, words: str, spot: tuple[float, float]) -> None:
    assert km_off(the(text, words), spot) < 10


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shelling hit Hama, Syria.", "Hama"),
        ("IS killed two in Raqqa.", "Raqqa"),
        ("IS killed two in Raqqah.", "Raqqah"),
        ("Fighting raged in Hudaydah, Yemen.", "Hudaydah"),
        ("M23 fighters took Rutshuru.", "Rutshuru"),
        ("A bomb went off in Beni Suef, Egypt.", "Beni Suef"),
        ("A bomb killed five in Kandahar.", "Kandahar"),
    ],
)
def test_the_bare_name_of_a_division_is_that_of_its_seat(text: str, words: str) -> None:
    assert the(text, words).place.precision == "town"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Air strikes hit southern Idlib, Syria.", "southern Idlib"),
        ("Shelling killed two in eastern Deir ez-Zor.", "eastern Deir ez-Zor"),
        ("Shells fell on southern Kherson.", "southern Kherson"),
        ("Fighting in northern Kunduz, Afghanistan.", "northern Kunduz"),
        ("Clashes in the Idlib countryside killed 3.", "Idlib countryside"),
        ("Fighting in the countryside of Hama.", "Hama"),
        ("Bombs fell on rural Aleppo.", "Aleppo"),
    ],
)
def test_a_side_or_the_country_is_of_the_division_and_not_of_its_seat(text: str, words: str) -> None:
    place = the(text, words).place
    assert place.precision == "region"
    assert (place.radius_km or 0) > 40


def test_a_city_of_millions_has_sides_of_its_own_and_a_small_town_its_surroundings() -> None:
    assert (the("Rebels hold eastern Aleppo.", "eastern Aleppo").place.radius_km or 99) < 20
    assert 15 < (the("Soldiers raided the Djibo countryside.", "Djibo countryside").place.radius_km or 0) < 30


@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("Gunmen raided Dablo, north of Kaya, Burkina Faso.", "Dablo", (13.19, -1.08)),
        ("Gunmen attacked Foubé, 45 km north of Kaya, Burkina Faso.", "Foubé", (13.49, -1.08)),
        ("Rebels ambushed a patrol in Mbuhi, 12 miles west of Butembo.", "Mbuhi", (0.14, 29.12)),
        ("Militants raided the village of Kwangoma, some 30 km from Maiduguri, Nigeria.", "Kwangoma", (11.85, 13.16)),
        ("Soldiers died at Ougarou (east of Fada N'Gourma).", "Ougarou", (12.06, 0.45)),
        ("Gunmen struck Tongo, south of Rutshuru.", "Tongo", (-1.28, 29.45)),
    ],
)
def test_a_place_told_by_way_of_another_is_where_those_words_say(
    text: str, words: str, spot: tuple[float, float]
) -> None:
    mention = the(text, words)
    assert km_off(mention, spot) < 2
    assert mention.container is None
    assert (mention.place.radius_km or 0) > 10


def test_what_lies_between_two_unknown_places_is_where_the_second_is_told_to_be() -> None:
    mention = the(
        "Fighters ambushed a convoy between Mentuwa and Namssiguia, 10 km south of Djibo.",
        "between Mentuwa and Namssiguia",
    )
    assert km_off(mention, (14.01, -1.63)) < 2


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Gunmen killed four in San Pedro, La Paz, Bolivia.", "San Pedro", "BO"),
        ("Gunmen killed four in Santa Cruz, Sinaloa.", "Santa Cruz", "MX"),
        ("Police shot a man in Jordan, South Carolina.", "Jordan", "US"),
        ("Rebels shelled Donetsk, Rostov, Russia.", "Donetsk", "RU"),
        ("Gunmen shot four in Colombia, Huila.", "Colombia", "CO"),
        ("Militia attacked the Plaine Savo displacement camp in Ituri, DRC.", "Plaine Savo displacement camp", "CD"),
        ("Insurgents took Macomia, Cabo Delgado, Mozambique; Maputo sent troops to Palma.", "Palma", "MZ"),
    ],
)
def test_a_name_lies_in_what_is_told_to_hold_it_or_where_the_report_is(text: str, words: str, country: str) -> None:
    assert the(text, words).place.country == country


def test_divisions_of_one_country_side_by_side_do_not_rule_each_other_out() -> None:
    text = "The states are Arizona, California, Colorado, Georgia, Missouri and Wisconsin."
    assert {mention.place.precision for mention in find_places(text)} == {"region"}


def test_towns_in_a_list_do_not_lie_in_each_other_though_a_division_bears_the_name() -> None:
    assert km_off(the("A drone hit Kramatorsk, Luhansk and Zaporizhzhia.", "Kramatorsk"), (48.73, 37.57)) < 5


@pytest.mark.parametrize(
    "text",
    [
        "Boko Haram abducted girls from Chibok.",
        "Bandits kidnapped 30 students from a school in Chibok.",
        "Militants stole cattle from herders in Chibok.",
        "Gunmen snatched a priest from Chibok.",
    ],
)
def test_where_people_are_taken_from_is_where_it_happened(text: str) -> None:
    assert the(text, "Chibok").role == "mention"


def test_an_ordinary_word_is_a_place_after_a_verb_of_taking_where_its_country_is_told() -> None:
    text = "M23 rebels entered Sake on Wednesday, North Kivu officials said."
    assert km_off(the(text, "Sake"), (-1.57, 29.04)) < 5
    assert not [one for one in find_places("He entered Sake on Wednesday.") if one.place.lat is not None]


def test_an_apostrophe_may_stand_inside_a_name() -> None:
    assert the("A fire killed two in Cox's Bazar, Bangladesh.", "Cox's Bazar").place.precision == "town"
    assert the("Gangs attacked Haiti's Artibonite.", "Artibonite").place.country == "HT"


def test_a_name_is_written_whole_where_an_article_stands_in_it() -> None:
    text = "Fighters hit Deir al-Balah, Umm al-Fahm and Hamrat al-Sheikh in Sudan."
    assert [place.text for place in name_places(text)][:2] == ["Deir al-Balah", "Umm al-Fahm"]


@pytest.mark.parametrize(
    ("text", "words", "spot"),
    [
        ("A tanker was hit 60 nautical miles west of Hodeidah.", "60 nautical miles west of Hodeidah", (14.80, 41.92)),
        ("A ship was attacked 60NM SW of Aden.", "60NM SW of Aden", (12.07, 44.32)),
        ("A patrol was ambushed 10 miles NE of Mosul.", "10 miles NE of Mosul", (36.44, 43.25)),
        ("Shells fell approx 3km W of Kupiansk.", "approx 3km W of Kupiansk", (49.71, 37.57)),
        ("A post was attacked ~20 km NNE of Djibo.", "~20 km NNE of Djibo", (14.26, -1.56)),
        ("Mortars landed 500m south of Kupiansk, Ukraine.", "500m south of Kupiansk", (49.71, 37.62)),
    ],
)  # fmt: skip
def test_units_and_points_of_the_compass_are_read(text: str, words: str, spot: tuple[float, float]) -> None:
    assert km_off(the(text, words), spot) < 3


def test_a_map_s_pin_goes_before_the_middle_of_its_screen() -> None:
    link = (
        "https://www.google.com/maps/place/31%C2%B015'31.1%22N+34%C2%B016'56.8%22E/@31.2500,34.2900,17z/"
        "data=!3m1!4b1!4m4!3m3!8m2!3d31.25864!4d34.28244"
    )
    place = the(f"A strike {link} today.", link).place
    assert (place.lat, place.lon) == (31.25864, 34.28244)
