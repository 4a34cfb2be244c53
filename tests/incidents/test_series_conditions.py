import datetime as dt
from pathlib import Path

import pytest
from tests.incidents.made_series import CAMP, SUDAN, condition, reading, when

from ascertain.incidents.series import gather
from ascertain.incidents.series.severity import load_steps, steps, worst
from ascertain.model import ConditionWeek, DataFileError, Reading

MONDAY, SUNDAY = dt.date(2024, 5, 27), dt.date(2024, 6, 2)


def weeks(*readings: Reading) -> list[ConditionWeek]:
    return list(gather(readings).conditions())


def test_a_week_gathers_what_reports_say_of_one_sector_at_one_place() -> None:
    (week,) = weeks(
        reading("r1", condition("food", severity="severe"), published=MONDAY),
        reading("r2", condition("food", severity="catastrophic"), published=SUNDAY),
        reading("r3", condition("food"), published=SUNDAY),
    )
    assert (week.week, week.starts, week.sources) == ("2024-W22", MONDAY, 3)
    assert week.severities == ("catastrophic", "severe")
    assert week.worst is None
    assert [claim.claim for claim in week.claims] == ["r1/c1", "r2/c1", "r3/c1"]


def test_places_sectors_and_weeks_stay_apart() -> None:
    told = weeks(
        reading("r1", condition("food"), condition("water"), condition("food", where=CAMP), published=MONDAY),
        reading("r2", condition("food"), condition("food", where=SUDAN), published=MONDAY + dt.timedelta(days=7)),
    )
    assert len(told) == 5


def test_a_place_that_is_not_told_is_nobody_elses() -> None:
    first, second = (reading(report, condition("food", where=None), published=MONDAY) for report in ("r1", "r2"))
    assert [week.place for week in weeks(first, second)] == [None, None]


@pytest.mark.parametrize(
    ("first", "last", "week"),
    [
        (dt.date(2024, 5, 20), dt.date(2024, 5, 26), "2024-W21"),
        (dt.date(2024, 5, 1), dt.date(2024, 5, 31), "2024-W22"),
        (dt.date(2024, 3, 1), dt.date(2024, 3, 31), None),
        (dt.date(2024, 12, 30), dt.date(2024, 12, 31), "2025-W01"),
    ],
)
def test_the_week_is_that_of_the_days_told(first: dt.date, last: dt.date, week: str | None) -> None:
    (told,) = weeks(reading("r1", condition("food", when=when(first, last)), published=dt.date(2024, 5, 30)))
    assert told.week == week


def test_a_condition_without_any_day_has_no_week() -> None:
    (told,) = weeks(reading("r1", condition("food")))
    assert (told.week, told.starts) == (None, None)


def test_a_denied_condition_is_listed_and_adds_no_severity_and_no_source() -> None:
    (week,) = weeks(reading("r1", condition("food", severity="IPC Phase 5", modality="denied"), published=MONDAY))
    assert (week.severities, week.worst, week.sources) == ((), None, 0)
    assert [claim.modality for claim in week.claims] == ["denied"]


def test_only_words_of_a_published_scale_are_ordered() -> None:
    assert worst(["IPC Phase 3", "phase 4", "dire"], "food") == ("phase 4", "IPC acute food insecurity")
    assert worst(["emergency levels"], "food") == ("emergency levels", "IPC acute food insecurity")
    assert worst(["phase 4"], "electricity") is None
    assert worst(["catastrophic", "severe", "phase 12"], "food") is None


def test_each_step_of_the_scales_is_above_none() -> None:
    assert {step.step for step in steps()} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("row", ["phase 9\tfoods\tIPC\t9", "phase 9\tfood\tIPC\tnine", "phase 9\tfood\t\t9"])
def test_a_fault_in_the_scales_names_file_and_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "scales.tsv"
    path.write_text(f"# source: made\nwords\tsectors\tscale\tstep\n{row}\n")
    with pytest.raises(DataFileError, match=r"scales\.tsv:3: "):
        load_steps(path)
