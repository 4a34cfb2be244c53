import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.intake.serving import SetClock

from ascertain.intake.fetching.pacing import LONGEST, Pacing, backed_off, retry_after

NOON = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)


def test_requests_to_a_host_are_kept_apart_and_those_to_another_are_not() -> None:
    clock = SetClock()
    pacing = Pacing(clock, seconds=3)
    for host in ("a", "a", "b", "a"):
        pacing.wait(host)
    assert clock.slept == [3, 3]


def test_a_delay_that_robots_asks_for_is_longer_but_not_for_ever() -> None:
    clock = SetClock()
    pacing = Pacing(clock, seconds=3)
    pacing.set_delay("a", 20)
    pacing.set_delay("b", 1e9)
    for host in ("a", "a", "b", "b"):
        pacing.wait(host)
    assert clock.slept == [20, 300]


def test_a_host_that_asked_to_be_left_alone_is() -> None:
    pacing = Pacing(SetClock(), seconds=3)
    pacing.hold("a", 600)
    pacing.hold("a", 5)
    assert pacing.seconds_until("a") == 600


@given(st.integers(0, 2000), st.floats(0, 1, exclude_max=True), st.none() | st.floats(0, 1e12))
def test_a_pause_is_never_shorter_than_asked_nor_endless(failures: int, luck: float, asked: float | None) -> None:
    pause = backed_off(failures, base=60, asked=asked, chance=lambda: luck)
    assert 30 <= pause <= LONGEST + 60
    assert asked is None or pause >= min(asked, LONGEST)


def test_retry_after_is_read_in_both_forms() -> None:
    assert retry_after("90", NOON) == 90
    assert retry_after("Tue, 05 Mar 2024 12:10:00 GMT", NOON) == 600
    assert retry_after("Tue, 05 Mar 2024 11:00:00 GMT", NOON) == 0
    assert retry_after("99999999999999999999", NOON) == LONGEST


@given(st.text(max_size=40))
def test_what_is_no_retry_after_is_none(value: str) -> None:
    found = retry_after(value, NOON)
    assert found is None or 0 <= found <= LONGEST
