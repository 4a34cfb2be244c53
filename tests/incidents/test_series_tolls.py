import datetime as dt

import pytest
from tests.incidents.made_series import CAMP, GOMA, SUDAN, count, reading, toll, when

from ascertain.incidents.series import gather
from ascertain.incidents.voices import Apart
from ascertain.model import Attribution, Growth, Place, Reading, TollSeries, When

JUNE, JULY, AUGUST = dt.date(2024, 6, 1), dt.date(2024, 7, 1), dt.date(2024, 8, 1)
MINISTRY = (Attribution(text="the health ministry", span=(0, 19), kind="medical"),)
SINCE_APRIL = when(dt.date(2023, 4, 15))


def series(*readings: Reading) -> list[TollSeries]:
    return list(gather(readings).tolls())


def test_a_toll_grows_by_a_range() -> None:
    (killed,) = series(
        reading("r1", toll(100, 120, said_by=MINISTRY), published=JUNE),
        reading("r2", toll(150, 150, said_by=MINISTRY), published=JULY),
        reading("r3", toll(200, None, said_by=MINISTRY), published=AUGUST),
    )
    assert [point.date for point in killed.points] == [JUNE, JULY, AUGUST]
    assert [point.growth for point in killed.points] == [None, Growth(low=30, high=50), Growth(low=50, high=None)]
    assert killed.voice == "health ministry"


def test_between_two_least_numbers_no_growth_is_known() -> None:
    least = [reading("r1", toll(100, None), published=JUNE), reading("r2", toll(150, None), published=JULY)]
    (killed,) = series(*least)
    assert [point.growth for point in killed.points] == [None, None]


def test_a_figure_surely_below_an_earlier_one_is_kept_and_marked() -> None:
    (killed,) = series(
        reading("r1", toll(100, None), published=JUNE),
        reading("r2", toll(80, 80), published=JULY),
        reading("r3", toll(90, None), published=AUGUST),
    )
    assert [point.revised_down for point in killed.points] == [False, True, False]
    assert killed.points[1].growth == Growth(low=None, high=-20)


def test_each_voice_has_a_series_of_its_own() -> None:
    other = (Attribution(text="the UN", span=(0, 6), kind="un"),)
    told = series(
        reading("r1", toll(100, 100, said_by=MINISTRY), published=JUNE),
        reading("r2", toll(60, 60, said_by=other), published=JULY),
        reading("r3", toll(70, 70), published=JULY, publisher="The Daily"),
        reading("r4", toll(75, 75), published=JULY),
    )
    assert [each.voice for each in told] == ["The Daily", "health ministry", "un", None]
    assert not any(point.revised_down for each in told for point in each.points)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({"since": SINCE_APRIL}, {"since": SINCE_APRIL}, True),
        ({"since": SINCE_APRIL}, {}, False),
        ({"since": SINCE_APRIL}, {"since": when(dt.date(2023, 5, 1))}, False),
        (
            {"since": SINCE_APRIL},
            {"since": When(start=dt.date(2023, 4, 1), end=dt.date(2023, 4, 30), precision="month")},
            True,
        ),
        ({"where": GOMA}, {"where": SUDAN}, False),
        ({"where": CAMP}, {"where": CAMP}, True),
        ({"where": None}, {"where": None}, False),
        ({"where": GOMA}, {"where": GOMA.model_copy(update={"text": "the town of Goma", "span": (40, 56)})}, True),
    ],
)
def test_tolls_are_one_series_where_place_and_start_agree(
    one: dict[str, object], other: dict[str, object], together: bool
) -> None:
    told = series(reading("r1", toll(5, 5, **one), published=JUNE), reading("r2", toll(9, 9, **other), published=JULY))
    assert len(told) == (1 if together else 2)


def test_a_month_in_which_two_days_are_told_as_the_start_goes_with_neither() -> None:
    april = When(start=dt.date(2023, 4, 1), end=dt.date(2023, 4, 30), precision="month")
    starts = [SINCE_APRIL, when(dt.date(2023, 4, 20)), april]
    told = series(*(reading(f"r{n}", toll(n, n, since=start), published=JUNE) for n, start in enumerate(starts)))
    assert len(told) == 3


def test_a_count_of_a_month_or_year_begins_with_it_and_goes_no_further_than_the_report() -> None:
    (year,) = series(reading("r1", toll(7, 7, when=when(dt.date(2024, 1, 1), dt.date(2024, 12, 31))), published=JUNE))
    assert year.since is not None
    assert year.since.start == dt.date(2024, 1, 1)
    assert year.points[0].date == JUNE


def test_a_count_whose_place_is_not_told_goes_with_the_only_one_by_the_same_speaker_since_the_same_day() -> None:
    placed = reading("r1", toll(5, 5, said_by=MINISTRY, since=SINCE_APRIL), published=JUNE)
    unplaced = reading("r2", toll(9, 9, said_by=MINISTRY, since=SINCE_APRIL, where=None), published=JULY)
    elsewhere = reading("r3", toll(7, 7, said_by=MINISTRY, since=SINCE_APRIL, where=SUDAN), published=JULY)
    (together,) = series(placed, unplaced)
    assert [point.low for point in together.points] == [5, 9]
    assert together.speakers == ("the health ministry",)
    assert len(series(placed, unplaced, elsewhere)) == 3


def test_a_copy_counts_for_the_publisher_of_its_origin() -> None:
    class Copied(Apart):
        def origin(self, report_id: str) -> str:
            return report_id.replace("2", "1")

    told = [reading(f"r{n}", toll(5, 5), published=JUNE, publisher=f"Paper {n}") for n in (2, 1)]
    (killed,) = gather(told, Copied()).tolls()
    assert (killed.voice, len(killed.points)) == ("Paper 1", 1)


def test_a_denied_toll_is_kept_and_has_no_part_in_the_growth() -> None:
    (killed,) = series(
        reading("r1", toll(10, 10), published=JUNE),
        reading("r2", toll(500, 500, modality="denied"), published=JULY),
        reading("r3", toll(12, 12), published=AUGUST),
    )
    assert [point.counted for point in killed.points] == [True, False, True]
    assert [point.growth for point in killed.points] == [None, None, Growth(low=2, high=2)]
    assert not any(point.revised_down for point in killed.points)


def test_what_two_reports_tell_alike_is_one_point_with_both_claims() -> None:
    (killed,) = series(
        reading("r1", toll(10, 10, said_by=MINISTRY), published=JUNE),
        reading("r2", toll(10, 10, said_by=MINISTRY), published=JUNE),
    )
    (point,) = killed.points
    assert point.reports == ("r1", "r2")
    assert [(claim.claim, claim.words) for claim in point.claims] == [("r1/c1", ("10-10",)), ("r2/c1", ("10-10",))]


def test_people_told_side_by_side_add_up_and_a_part_of_the_same_group_is_no_total() -> None:
    beside = toll(
        100, 100, count(20, None, adds_to=0), count(40, 40, part_of=0), count(9, 9, group="children", part_of=0)
    )
    children, people = series(reading("r1", beside, published=JUNE))
    assert [(p.low, p.high) for p in people.points] == [(120, None)]
    assert [(p.low, p.high) for p in children.points] == [(9, 9)]


def test_a_point_without_a_day_comes_last_and_is_compared_with_none() -> None:
    (killed,) = series(reading("r1", toll(3, 3)), reading("r2", toll(9, 9), published=JUNE))
    assert [(point.date, point.revised_down, point.growth) for point in killed.points] == [
        (JUNE, False, None),
        (None, False, None),
    ]


def test_a_place_outside_the_gazetteer_keeps_the_words_of_the_report() -> None:
    (killed,) = series(reading("r1", toll(3, 3, where=CAMP)))
    assert killed.place is not None
    assert (killed.place.text, killed.place.id) == ("Camp Nine", None)


def test_a_place_known_by_country_only_is_that_country() -> None:
    far = Place(text="10 km north of somewhere", span=(0, 24), country="SD", lat=15.0, lon=30.0)
    (killed,) = series(reading("r1", toll(3, 3, where=far)), reading("r2", toll(4, 4, where=SUDAN)))
    assert killed.place is not None
    assert (killed.place.country, killed.place.precision) == ("SD", "country")
