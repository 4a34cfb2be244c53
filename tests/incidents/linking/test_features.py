import pytest
from tests.incidents.made import event, figure, on

from ascertain.incidents.linking.features import Features, features
from ascertain.incidents.linking.model import shipped
from ascertain.incidents.linking.reasons import reasons
from ascertain.model import Actor, EventClaim, Figure, Place

from .records import WORDS, events, index_of, place, strike, told


def of(*claims: EventClaim) -> Features:
    """The features of the one event of a report that claims this."""
    (found,) = features(events(told("r1", *claims)), shipped())
    return found


def by(text: str) -> Actor:
    return Actor(role="perpetrator", text=text, span=(0, len(text)))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((figure("19 people", 19, 19), figure("30 militants", 30, 30, at=40)), (19, 30)),
        ((figure("73", 73, 73), figure("more", 2, None, at=40)), (73, 73)),
        ((figure("at least 13", 13, None),), (13, None)),
        ((figure("about 20 people", 20, 20),), (16, 24)),
        ((figure("three more bodies", 3, 3),), (3, None)),
        ((figure("two children", 2, 2, group="children"),), (2, None)),
        ((), (None, None)),
    ],
)
def test_what_is_compared_is_the_number_that_a_report_leads_with(
    figures: tuple[Figure, ...], expected: tuple[int | None, int | None]
) -> None:
    found = of(event(*figures))
    assert (found.killed_low, found.killed_high) == expected


def test_named_parties_are_told_from_words_for_perpetrators_and_nobody_is_neither() -> None:
    found = of(event(actors=(by("Northern Front"), by("Gunmen"), by("masked gunmen"), by("Nobody"))))
    assert (found.blamed, found.doers) == (["northern front"], ["gunmen", "masked gunmen"])


def test_a_name_is_no_reason_against_words_for_a_perpetrator() -> None:
    index = index_of(
        [
            events(told("r1", strike("2024-03-01", place(15, 30), actors=(by("Northern Front"),)), words=WORDS)),
            events(told("r2", strike("2024-03-01", place(15, 30), actors=(by("gunmen"),)), words=WORDS)),
        ]
    )
    assert index.weigh([("r1/c1", "r2/c1")])["r1/c1", "r2/c1"]["blamed"] == 0


def test_words_of_one_town_and_day_tell_less_than_others() -> None:
    here, there = place(15, 30), place(15, 30, radius_km=80)
    told_of = {
        name: told(name, strike("2024-03-01", where), words=WORDS) for name, where in (("r1", here), ("r2", here))
    }
    told_of["r3"] = told("r3", strike("2024-03-01", there), words=WORDS)
    index = index_of([events(reading) for reading in told_of.values()])
    near, wide = (index.weigh([("r1/c1", f"{other}/c1")])["r1/c1", f"{other}/c1"] for other in ("r2", "r3"))
    assert near["words"] == 0 < near["words_here"] < wide["words"]
    assert wide["words_here"] == 0


def test_what_hangs_together_on_one_day_is_compared_whole() -> None:
    # The second has no place and shares words with the first alone; the third is where the first is.
    first = told("r1", strike("2024-03-01", place(15, 30), 12), words=WORDS)
    second = told("r2", strike("2024-03-01", None, 12), words=WORDS[:9])
    third = told("r3", strike("2024-03-01", place(15, 30), 12), words=("bakery", "sluice", "cornice", "gable"))
    index = index_of([events(reading) for reading in (first, second, third)])
    pairs = {(one, other) for one, other, _, _ in index.compared_with(["r1/c1", "r2/c1", "r3/c1"])}
    assert ("r2/c1", "r3/c1") in pairs


def test_a_protest_at_which_people_were_killed_can_be_what_a_report_is_about() -> None:
    protest = event(
        figure("ten people", 10, 10), type="peaceful_protest", acled=PROTEST, evidence=((0, 60),), when=on("2024-03-14")
    )
    raid = event(figure("two", 2, 2), id="c2", event="e2", type="attack", acled=ATTACK, evidence=((200, 260),))
    assert [found.main for found in events(told("r1", protest, raid))] == [True, False]


PROTEST = {"event_type": "Protests", "sub_event_type": "Peaceful protest"}
ATTACK = {"event_type": "Violence against civilians", "sub_event_type": "Attack"}


def reasons_of(one: Place | None, other: Place | None, *numbers: int) -> dict[str, float]:
    """What speaks for and against two strikes of one day in these places being one, in words."""
    pairs = zip((one, other), numbers or (12, 12), strict=True)
    tellings = [told(f"r{n}", strike("2024-03-01", where, dead)) for n, (where, dead) in enumerate(pairs)]
    found = reasons(index_of([events(telling) for telling in tellings]), [("r0/c1", "r1/c1")])
    return {reason.text: reason.bits for reason in found["r0/c1", "r1/c1"]}


def unplaced(name: str) -> Place:
    return Place(text=name, span=(0, len(name)), country="SD")


def test_a_name_that_no_gazetteer_has_is_a_reason_for_and_another_one_against() -> None:
    same = reasons_of(unplaced("Kondolorma village"), unplaced("Kondolorma"))
    assert same["a place of the same rare name, which no gazetteer has (kondolorma)"] > 3
    other = reasons_of(unplaced("Kondolorma"), unplaced("Tesseit"))
    assert other["in places of other names, which no gazetteer has (kondolorma; tesseit)"] < 0
    assert not any("elsewhere" in reason for reason in (*same, *other))


def test_of_an_unplaced_village_and_a_town_it_is_not_said_that_they_are_apart() -> None:
    found = reasons_of(unplaced("Kondolorma"), place(15, 30))
    assert abs(found["in one country, not known where in it (SD)"]) < 1


def test_places_in_two_provinces_speak_against_one_event() -> None:
    here, there = place(15, 30), place(18, 33)
    one, other = (where.model_copy(update={"admin1": name}) for where, name in ((here, "North"), (there, "South")))
    apart = next(bits for text, bits in reasons_of(one, other).items() if "in another province" in text)
    beside = next(bits for text, bits in reasons_of(here, there).items() if "in another place" in text)
    assert apart < -1.5 < beside < 0


def test_exact_numbers_of_one_town_and_day_that_differ_tell_look_alikes_apart() -> None:
    differ = reasons_of(place(15, 30), place(15, 30), 3, 40)
    assert differ["3 against 40 killed, other numbers killed, of one town and day"] < -4
    agree = reasons_of(place(15, 30), place(15, 30), 12, 12)
    assert not any("other numbers" in reason for reason in agree)
