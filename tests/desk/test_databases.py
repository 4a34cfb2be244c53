"""What Explore counts is the same on SQLite and on PostgreSQL."""

import pytest
from django.http import QueryDict
from tests.record.conftest import copy_of, files, filled_record, server  # noqa: F401 -- fixtures

from ascertain.desk.selectors import mapped
from ascertain.desk.selectors.downloads import as_csv, as_geojson
from ascertain.desk.selectors.explore import explored, panels, suggested
from ascertain.desk.selectors.filters import BY, SORTS, filters_of
from ascertain.desk.selectors.mapped import on_map
from ascertain.desk.selectors.series import asked_of, conditions, talks
from ascertain.record.models import IncidentRow

pytestmark = pytest.mark.usefixtures("filled_record")
QUERIES = (
    "",
    "q=market",
    "type=attack&grading=single_source&country=NG&source=police",
    "group=children",
    "outcome=injured&sort=-killed",
    "from=2024-03-01&to=2024-03-31&bbox=-180,-90,179,90",
    "bbox=170,-80,-170,80",
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_filter_can_be_asked(query: str) -> None:
    filters = filters_of(QueryDict(query))
    found = explored(filters)
    assert found.all.incidents == len(found.rows) == len(list(as_csv(filters))) - 1
    assert list(as_geojson(filters))
    assert len(on_map(filters)) == sum(row.lat is not None for row in found.rows)


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_can_be_asked(sort: str) -> None:
    assert len(explored(filters_of(QueryDict(f"sort={sort}"))).rows) == 3


@pytest.mark.parametrize("by", BY)
def test_charts_side_by_side_can_be_asked(by: str) -> None:
    found = panels(filters_of(QueryDict(f"by={by}")))
    assert len(found) == {"place": 3, "country": 1, "type": 1, "group": 1}.get(by, 0)


def test_cells_hold_all_incidents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST_DISCS", 1)
    cells = on_map(filters_of(QueryDict("")))
    assert sum(getattr(cell, "incidents", 0) for cell in cells) == IncidentRow.objects.filter(gone=False).count()


def test_names_and_series_can_be_asked() -> None:
    assert suggested("source", "pol") == ("police",)
    assert suggested("country", "n") == ("NG",)
    assert len(suggested("place", "")) == 3
    assert not conditions(asked_of(QueryDict(""))).weeks
    assert not talks(asked_of(QueryDict(""))).found
