import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.places.geometry import distance_km, midpoint, moved

positions = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(positions, st.floats(0, 360), st.floats(0.1, 1000))
def test_what_moves_so_far_is_so_far_away(here: tuple[float, float], bearing: float, km: float) -> None:
    assert distance_km(here, moved(here, bearing, km)) == pytest.approx(km, abs=0.02)


@given(positions, positions)
def test_distance_is_the_same_both_ways(here: tuple[float, float], there: tuple[float, float]) -> None:
    assert distance_km(here, there) == pytest.approx(distance_km(there, here))


def test_the_middle_of_two_places_across_the_date_line_lies_on_it() -> None:
    assert abs(midpoint((0.0, 179.0), (0.0, -179.0))[1]) == 180.0
