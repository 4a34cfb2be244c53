"""The laws that every value of the model keeps."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ascertain.model import (
    DataFileError,
    EventClaim,
    Figure,
    IncidentFigure,
    InputError,
    Place,
    Reading,
    Report,
    TollClaim,
    When,
)

bounds = st.one_of(st.none(), st.integers(0, 10**6))


def figure(low: int | None, high: int | None) -> Figure:
    return Figure(outcome="killed", group="people", low=low, high=high, text="some", span=(0, 4))


@given(bounds, bounds)
def test_low_is_never_above_high(low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        with pytest.raises(ValidationError, match="is above high"):
            figure(low, high)
    else:
        assert (figure(low, high).low, figure(low, high).high) == (low, high)


@given(bounds, bounds, bounds)
def test_best_lies_between_low_and_high(low: int | None, best: int | None, high: int | None) -> None:
    known = [bound for bound in (low, best, high) if bound is not None]
    make = {"outcome": "killed", "group": "people", "low": low, "best": best, "high": high}
    if known == sorted(known):
        assert IncidentFigure.model_validate(make).best == best
    else:
        with pytest.raises(ValidationError, match="is false"):
            IncidentFigure.model_validate(make)


def test_a_time_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValidationError, match="is after end"):
        When(start=dt.date(2024, 1, 2), end=dt.date(2024, 1, 1), precision="span")


@pytest.mark.parametrize("values", [{"lat": 91}, {"lon": -181}, {"radius_km": -1}, {"precision": "planet"}])
def test_a_place_lies_on_the_earth(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Place.model_validate({"text": "x", "span": (0, 1), **values})


def test_a_claim_has_evidence() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        TollClaim(id="c1", evidence=())


def test_values_are_frozen_and_have_no_other_fields() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        figure(1, 2).low = 3
    with pytest.raises(ValidationError, match="Extra inputs"):
        Report.model_validate({"id": "r", "text": "x", "country": "KE"})


def test_a_reading_survives_being_written_and_read_back() -> None:
    claim = EventClaim(id="c1", evidence=((0, 4),), type="attack", figures=(figure(1, None),))
    toll = TollClaim(id="c2", evidence=((0, 4),), since=When(start=dt.date(2023, 10, 7), end=None, precision="span"))
    reading = Reading(report=Report(id="r", text="some").header, claims=(claim, toll))
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


def test_a_header_is_the_report_without_its_text() -> None:
    report = Report(id="r", text="x", title="T", published=dt.date(2024, 1, 1), publisher="P", url="U", language="en")
    assert Report(**report.header.model_dump(), text="x") == report


@pytest.mark.parametrize("kind", [InputError, DataFileError])
def test_an_error_crosses_from_process_to_process_whole(kind: type[InputError]) -> None:
    import pickle

    error = kind("no 'id'", source="a.jsonl", line=3, remedy="add one")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.line) == (kind, "a.jsonl:3: no 'id'; add one", 3)
