"""Harm: who suffered what, however the sentence puts it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report
from ascertain.reading.page import page
from ascertain.reading.tellings import tellings

Told = tuple[str, str, int | None, int | None]


def told(text: str) -> list[Told]:
    """Outcome, words and bounds of all whom a text tells to be harmed."""
    leaf = page(Report(id="r", text=text, published=date(2024, 6, 5)))
    harms = [harm for line in leaf.lines for telling in tellings(line, text) for harm in telling.harms]
    people = [(harm.outcome, sufferer.people) for harm in harms for sufferer in harm.sufferers]
    return [(outcome, text[slice(*p.span)], p.low, p.high) for outcome, p in people if p.stated != "back"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed three traders near Gao.", ("killed", "three traders", 3, 3)),
        ("Three traders were killed near Gao.", ("killed", "three traders", 3, 3)),
        ("The killing of three traders near Gao was condemned.", ("killed", "three traders", 3, 3)),
        ("A bomb left three traders dead in Herat.", ("killed", "three traders", 3, 3)),
        ("The blast claimed 13 lives in Quetta.", ("killed", "13 lives", 13, 13)),
        ("The bodies of six miners were recovered in Zamfara.", ("killed", "six miners", 6, 6)),
        ("Jean Mukendi lost his wife in the raid on Goma.", ("killed", "his wife", 1, 1)),
        ("The rebels said they had lost no fighters in the raid.", ("killed", "no fighters", 0, 0)),
        ("A peasant who was shot by soldiers had crossed the road.", ("killed", "A peasant", 1, 1)),
        ("Nine villagers are thought to have been killed in Ituri.", ("killed", "Nine villagers", 9, 9)),
        ("Six nurses had been taken prisoner in Mariupol.", ("detained", "Six nurses", 6, 6)),
        (
            "Some 34,000 civilians fled after gunmen attacked Juba.",
            ("displaced", "Some 34,000 civilians", 34000, 34000),
        ),
        ("Rebels took 49 hostages at the mission in Jolo.", ("abducted", "49 hostages", 49, 49)),
        ("No civilians were harmed in the shelling of Aden.", ("injured", "No civilians", 0, 0)),
        ("The shelling of Donetsk hurt nobody but killed a dog.", ("injured", "nobody", 0, 0)),
    ],
)
def test_harm_is_read_in_every_voice(text: str, expected: Told) -> None:
    assert [(o, w.lower(), low, high) for o, w, low, high in told(text)] == [
        (expected[0], expected[1].lower(), *expected[2:])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raid on Kidal, 3 May: 6 soldiers dead, 3 missing.", [("killed", 6), ("missing", 3)]),
        ("2 herders killed, 4 wounded in Pibor.", [("killed", 2), ("injured", 4)]),
        ("Ambush near Puno; 7 dead, 12 injured, 2 arrested.", [("killed", 7), ("injured", 12), ("detained", 2)]),
    ],
)
def test_notes_in_brief_tell_each_number_of_its_own_harm(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(outcome, low) for outcome, _, low, _ in told(text)] == expected


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The death toll rose to 17 on Monday.", 17),
        ("The death toll from a missile strike on a block of flats in Kharkiv rose from 38 to 40 on Monday.", 40),
        ("A police source put the number of dead at 77.", 77),
        ("The governor put the number of insurgents killed at 36.", 36),
        ("The ministry gave the toll as 103.", 103),
    ],
)
def test_a_toll_is_the_number_that_it_reached(text: str, low: int) -> None:
    assert [(outcome, number) for outcome, _, number, _ in told(text)][:1] == [("killed", low)]


def test_a_toll_of_a_group_is_of_that_group() -> None:
    (claim,) = read_report(
        Report(id="r", text="After the raid the army put the number of insurgents killed at 36.")
    ).claims
    assert [(f.group, f.low) for f in getattr(claim, "figures", ())] == [("combatants", 36)]


def test_those_who_were_injured_are_the_nearest_not_the_first_of_the_sentence() -> None:
    text = "Twelve men were killed, including two boys, and four women, including a nurse, were injured in Idlib."
    assert [(o, w) for o, w, _, _ in told(text)] == [
        ("killed", "Twelve men"),
        ("killed", "two boys"),
        ("injured", "four women"),
        ("injured", "a nurse"),
    ]


def test_who_died_of_a_wound_is_not_also_injured() -> None:
    assert told("A teacher was shot in the hip and died in Juba.") == [("killed", "A teacher", 1, 1)]


def test_the_dead_who_are_named_are_told_as_victims() -> None:
    names = ["Ana Ruiz", "her brother", "Luis Paz"]
    found = told("The dead in Cali include Ana Ruiz, her brother and Luis Paz.")
    assert [words for _, words, _, _ in found] == names


def test_a_list_with_a_comma_before_and_is_no_description() -> None:
    found = told("A police colonel, a judge, and Senator Luis Galvez were murdered last week.")
    assert [words for _, words, _, _ in found] == ["A police colonel", "a judge", "Senator Luis Galvez"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A bomb killed 28 people, nine of them children.", (9, "children")),
        ("A bomb killed 28 people, including nine children.", (9, "children")),
        ("A bomb killed 28 people, among them nine children.", (9, "children")),
        ("A bomb killed 28 people, one of them a 15-year-old boy.", (1, "children")),
        ("A bomb killed 28 people, three of whom were women.", (3, "women")),
        ("A bomb killed 28 people, including children.", (1, "children")),
    ],
)
def test_parts_are_told_apart_from_their_whole(text: str, part: tuple[int, str]) -> None:
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert isinstance(claim, EventClaim)
    whole, inside = claim.figures
    assert (whole.low, whole.group, whole.part_of) == (28, "people", None)
    assert (inside.low, inside.group, inside.part_of) == (*part, 0)


def test_a_share_of_the_dead_is_of_the_group_that_they_are_said_to_be() -> None:
    claims = read_report(
        Report(id="r", text="A car bomb killed 28 people in Ankara. Twenty of the dead were soldiers.")
    ).claims
    figures = [f for claim in claims for f in getattr(claim, "figures", ())]
    assert [(f.low, f.group) for f in figures] == [(28, "people"), (20, "security_forces")]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Shelling killed six civilians and wounded 11 in Poonch.", ["civilians", "civilians"]),
        ("Troops killed 22 rebels and arrested 14 in Arauca.", ["combatants", "combatants"]),
        ("Two women were killed and five people were hurt in Kyiv.", ["women", "people"]),
        ("A strike killed two girls and wounded 30 in Mekelle.", ["children", "people"]),
    ],
)
def test_a_bare_number_is_of_the_parties_told_before_but_not_of_their_age_or_sex(text: str, groups: list[str]) -> None:
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert [f.group for f in getattr(claim, "figures", ())] == groups


NOUNS = ("farmers", "soldiers", "children", "rebels", "teachers", "women", "fishermen", "protesters", "nurses")
FRAMES = (
    "Gunmen killed {} {} near the border.",
    "{} {} were killed in the shelling.",
    "The ambush left {} {} dead.",
    "A blast wounded {} {} at the market.",
)


@given(st.sampled_from(FRAMES), st.integers(2, 900), st.sampled_from(NOUNS))
def test_spans_equal_the_words_and_bounds_are_in_order(frame: str, number: int, noun: str) -> None:
    text = frame.format(number, noun)
    figures = [f for claim in read_report(Report(id="r", text=text)).claims for f in getattr(claim, "figures", ())]
    assert [(f.low, f.high) for f in figures] == [(number, number)]
    for figure in figures:
        assert text[slice(*figure.span)] == figure.text == f"{number} {noun}"


@given(st.integers(3, 60), st.integers(1, 60), st.sampled_from(NOUNS))
def test_a_part_never_exceeds_its_whole(whole: int, part: int, noun: str) -> None:
    text = f"A strike killed {whole} people, including {part} {noun}."
    for claim in read_report(Report(id="r", text=text)).claims:
        figures = getattr(claim, "figures", ())
        for figure in figures:
            if figure.part_of is not None:
                assert figure.low <= figures[figure.part_of].low


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The air strike on Sirte led to civilian injuries.", [("injured", 2, None)]),
        ("There were deaths and injuries after the strike on Sirte.", [("killed", 2, None), ("injured", 2, None)]),
        ("The strike on Sirte left 70 dead and “hundreds” of wounded.", [("killed", 70, 70), ("injured", 100, None)]),
        ("A man was killed and several wounded villagers were reported.", [("killed", 1, 1), ("injured", 2, None)]),
    ],
)
def test_deaths_and_injuries_that_are_only_reported_count_as_a_plural(
    text: str, expected: list[tuple[str, int, int | None]]
) -> None:
    assert [(outcome, low, high) for outcome, _, low, high in told(text)] == expected


@pytest.mark.parametrize("text", ["He died of his injuries in Goma.", "The agency did not mention injuries."])
def test_injuries_of_somebody_or_none_are_no_count(text: str) -> None:
    assert "injured" not in [outcome for outcome, *_ in told(text)]


def test_two_people_of_different_sex_do_not_spell_out_a_number_of_men() -> None:
    found = told("Three men, two women and a child were killed in the shelling of Aden.")
    assert [low for _, _, low, _ in found] == [3, 2, 1]
    claims = read_report(Report(id="r", text="Three men, two women and a child were killed in Aden.")).claims
    assert all(f.part_of is None for claim in claims for f in getattr(claim, "figures", ()))


def test_among_them_tells_a_part_and_not_the_whole() -> None:
    assert told("A strike hit a school in Amhara, leaving several dead, among them a teacher.") == [
        ("killed", "several dead", 2, None),
        ("killed", "a teacher", 1, 1),
    ]


def test_thousands_killed_and_displaced_are_both() -> None:
    assert told("The war goes on in Kivu, with thousands killed and displaced.") == [
        ("killed", "thousands", 1000, None),
        ("displaced", "thousands", 1000, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "One peacekeeper was killed and another was wounded near Kidal.",
            [("killed", "One peacekeeper", 1, 1), ("injured", "another", 1, 1)],
        ),
        (
            "Two policemen were killed and a third was hurt in Quetta.",
            [("killed", "Two policemen", 2, 2), ("injured", "a third", 1, 1)],
        ),
        ("Mortar fire on Nyala: 3 civs KIA.", [("killed", "3 civs", 3, 3)]),
        ("Ambush near Bouar: 2 killed, 3 inj.", [("killed", "2 killed", 2, 2), ("injured", "3 inj.", 3, 3)]),
        ("Fatalities: 4.", [("killed", "4", 4, 4)]),
        ("Killed: 4 civilians, 2 soldiers.", [("killed", "4 civilians", 4, 4), ("killed", "2 soldiers", 2, 2)]),
        ("Gunmen dragged six miners from a bus and murdered them.", [("killed", "six miners", 6, 6)]),
        (
            "The raid resulted in the death and injury of eight farmers.",
            [("killed", "eight farmers", 8, 8), ("injured", "eight farmers", 8, 8)],
        ),
        ("Also killed were two teachers and a nurse.", [("killed", "two teachers", 2, 2), ("killed", "a nurse", 1, 1)]),
        (
            "The strike claimed the lives of 27 villagers and 80 injured civilians.",
            [("killed", "27 villagers", 27, 27), ("injured", "80 injured civilians", 80, 80)],
        ),
    ],
)
def test_harm_in_notes_and_lists(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The ministry said 31 people had been killed in Taiz; the rebels put the number at 118.", [31, 118]),
        ("The hospital counted 12 dead after the raid, while the opposition gives 40.", [12, 40]),
        ("Police said nine miners had been killed in Zamfara; residents say at least 20.", [9, 20]),
    ],
)
def test_a_rival_count_needs_no_word_of_harm(text: str, counts: list[int]) -> None:
    assert [low for _, _, low, _ in told(text)] == counts


def test_a_rival_count_has_its_own_voice() -> None:
    text = "The ministry said 31 people had been killed in Taiz; the rebels put the number at 118."
    claims = read_report(Report(id="r", text=text)).claims
    assert [(c.said_by[0].text, c.figures[0].low) for c in claims if c.kind == "event"] == [
        ("ministry", 31),
        ("rebels", 118),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen on motorbikes shot dead a tribal elder as he left a mosque in Wana.", [("killed", "people", 1, 1)]),
        ("At least 40 people have been killed in the worst violence in a year.", [("killed", "people", 40, None)]),
    ],
)
def test_those_who_shoot_and_the_year_compared_with_change_nothing(
    text: str, expected: list[tuple[str, str, int, int | None]]
) -> None:
    claims = read_report(Report(id="r", text=text)).claims
    assert [(f.outcome, f.group, f.low, f.high) for c in claims for f in getattr(c, "figures", ())] == expected


def test_people_forced_from_their_homes_open_the_gate() -> None:
    text = "More than 8 million people have been forced from their homes since the war broke out last April."
    (claim,) = read_report(Report(id="r", text=text, published=date(2024, 6, 5))).claims
    assert claim.kind == "toll"
    assert [(f.outcome, f.low, f.high) for f in claim.figures] == [("displaced", 8_000_001, None)]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The number of casualties was initially reported at 17 but rose to 26.", 26),
        ("The toll, initially given as 12, rose to 15.", 15),
        ("The death toll stood at 17 while the number of injured rose to 40.", 17),
    ],
)
def test_a_toll_that_rose_is_what_it_rose_to(text: str, killed: int) -> None:
    assert max(low or 0 for outcome, _, low, _ in told(text) if outcome == "killed") == killed
