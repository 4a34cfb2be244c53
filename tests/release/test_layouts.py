"""ACLED's and GED's layouts: what they hold comes back, and what they do not is named."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.release.made_state import DAY, MOMENT, STRIKE, incident, place

from ascertain.model import Incident, IncidentActor, IncidentFigure, When
from ascertain.release.layouts import LeftOut, acled_row, ged_row, incident_of_acled, incident_of_ged
from ascertain.release.layouts.acled import NO_DAY, NO_TYPE
from ascertain.release.layouts.ged import NO_DAY as GED_NO_DAY
from ascertain.release.layouts.ged import NO_SIDES, NOBODY_KILLED
from ascertain.taxonomy import event_types
from ascertain.taxonomy.layouts import crosswalk, layout_columns, losses

REBELS = IncidentActor(role="perpetrator", text="fighters", kind="rebel_group", name="Tide Front")
ARMY = IncidentActor(role="target", text="army", kind="state_forces", name="Military Forces of Israel")
PEOPLE = IncidentActor(role="target", text="people", kind="civilians")


def acled(it: Incident) -> dict[str, object]:
    row = acled_row(it, publishers=("Paper", "Radio"), as_of=MOMENT)
    assert not isinstance(row, LeftOut)
    return dict(zip((column.name for column in layout_columns("acled")), row, strict=True))


def ged(it: Incident) -> dict[str, object]:
    row = ged_row(it, publishers=("Paper", "Radio"))
    assert not isinstance(row, LeftOut)
    return dict(zip((column.name for column in layout_columns("ged")), row, strict=True))


def test_a_row_of_acled_holds_what_its_columns_say() -> None:
    row = acled(incident())
    assert (row["event_date"], row["time_precision"], row["sub_event_type"]) == (DAY, 1, "Air/drone strike")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"], row["interaction"]) == (
        "Military Forces of Israel",
        1,
        "Civilians",
        7,
        17,
    )
    assert (row["fatalities"], row["iso"], row["country"], row["geo_precision"]) == (3, 854, "Burkina Faso", 1)
    assert (row["disorder_type"], row["civilian_targeting"]) == ("Political violence", "Civilian targeting")
    assert (row["source"], row["timestamp"]) == ("Paper; Radio", 1710504000)


def test_a_row_of_ged_holds_what_its_columns_say() -> None:
    row = ged(incident(actors=(REBELS, ARMY)))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (1, "Military Forces of Israel", "Tide Front")
    assert (row["best"], row["low"], row["high"]) == (4, 3, 6)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (0, 0, 2, 2)
    assert (row["date_prec"], row["where_prec"], row["priogrid_gid"]) == (1, 1, (208 * 720 + 356 + 1))
    one_sided = ged(incident(actors=(REBELS, PEOPLE)))
    assert (one_sided["type_of_violence"], one_sided["side_b"], one_sided["deaths_civilians"]) == (3, "Civilians", 4)


@pytest.mark.parametrize("code", [code for code, each in event_types().items() if each.acled])
def test_event_types_come_back_from_acled(code: str) -> None:
    it = incident(type=code, acled=event_types()[code].acled)
    row = acled_row(it, publishers=(), as_of=MOMENT)
    assert not isinstance(row, LeftOut)
    assert incident_of_acled(row).type == code


@given(
    kind=st.sampled_from(["state_forces", "rebel_group", "militia", "civilians", "external_forces"]),
    bounds=st.lists(st.integers(0, 900), min_size=3, max_size=3).map(sorted),
    precision=st.sampled_from(["town", "district", "region"]),
    day=st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)),
)
def test_what_both_layouts_hold_comes_back(kind: str, bounds: list[int], precision: str, day: dt.date) -> None:
    low, best, high = bounds
    it = incident(
        actors=(
            {"role": "perpetrator", "text": kind, "kind": kind},
            {"role": "target", "text": "x", "kind": "civilians"},
        ),
        figures=(IncidentFigure(outcome="killed", group="people", low=low, best=best, high=high),),
        where=place(precision=precision, admin1="12"),
        when=When(start=day, end=day, precision="day"),
    )
    row = acled_row(it, publishers=(), as_of=MOMENT)
    assert not isinstance(row, LeftOut)
    back = incident_of_acled(row)
    for told in (back, *_ged_back(it)):
        assert (told.id, told.when) == (it.id, it.when)
        assert told.figures[0] == it.figures[0]
        assert told.where is not None
        assert it.where is not None
        for name in ("name", "lat", "lon", "precision", "country", "admin1"):
            assert getattr(told.where, name) == getattr(it.where, name)
    assert [actor.kind for actor in back.actors] == [kind, "civilians"]
    assert back.grading == it.grading


def _ged_back(it: Incident) -> list[Incident]:
    row = ged_row(it, publishers=())
    return [] if isinstance(row, LeftOut) else [incident_of_ged(row)]


def test_codes_are_read_back_by_one_row_each() -> None:
    for layout, codes in (("acled", "inter"), ("acled", "geo_precision"), ("acled", "time_precision")):
        table = crosswalk(layout, codes)
        assert set(table.ours) == set(table.theirs.values())
        assert all(table.theirs[ours] == theirs for theirs, ours in table.ours.items())
    for codes in ("side", "where_prec", "date_prec"):
        table = crosswalk("ged", codes)
        assert set(table.ours) == set(table.theirs.values())
        assert all(table.theirs[ours] == theirs for theirs, ours in table.ours.items())


def test_what_has_no_place_in_a_layout_is_left_out_with_a_named_reason() -> None:
    year = When(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31), precision="year")
    alone = incident(actors=(), acled=STRIKE)
    by_acled = [
        acled_row(it, publishers=(), as_of=MOMENT)
        for it in (incident(type="accident", acled=None), incident(when=None), incident(when=year))
    ]
    assert by_acled == [NO_TYPE, NO_DAY, NO_DAY]
    by_ged = [ged_row(it, publishers=()) for it in (incident(figures=()), alone, incident(when=None))]
    assert by_ged == [NOBODY_KILLED, NO_SIDES, GED_NO_DAY]
    for layout, reasons in (("acled", {NO_TYPE, NO_DAY}), ("ged", {NOBODY_KILLED, NO_SIDES, GED_NO_DAY})):
        assert {loss.leaves_out for loss in losses(layout)} - {""} == {each.reason for each in reasons}


def test_an_unknown_number_of_dead_is_not_none_dead() -> None:
    assert acled(incident(figures=()))["fatalities"] is None
