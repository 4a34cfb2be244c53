import pytest

from ascertain.model import DataFileError
from ascertain.places import open_gazetteer, tables
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import lexicon


@pytest.fixture
def towns() -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    store = open_gazetteer()._stores[0]._file
    for country, lat, lon in store.execute("SELECT country, lat, lon FROM place WHERE kind = 'town'"):
        found.setdefault(country, []).append((lat, lon))
    return found


def test_each_region_lies_by_towns_of_its_country(towns: dict[str, list[tuple[float, float]]]) -> None:
    beyond = {
        row.name: min(distance_km(spot, (row.lat, row.lon)) for spot in towns[row.country]) - row.radius_km
        for row in tables.regions()
        if row.country
    }
    assert max(beyond.values()) < 250
    far = sorted(name for name, km in beyond.items() if km > 60)
    assert len(far) <= 9, far  # in deserts and marshes


def test_each_region_lies_by_the_entry_of_geonames_that_is_its_source() -> None:
    told = [(row, row.source.split()[1:]) for row in tables.regions() if row.source.startswith("GeoNames")]
    assert len(told) >= 240
    for row, number in told:
        entry = open_gazetteer().sense(f"geonames:{number[0]}" if len(number) == 1 else "geonames-" + ":".join(number))
        assert entry is not None, row.name
        assert distance_km((entry.lat, entry.lon), (row.lat, row.lon)) <= row.radius_km + entry.radius_km, row.name


def test_each_other_region_says_how_far_off_it_may_be() -> None:
    for row in tables.regions():
        if row.source.startswith("general knowledge"):
            assert row.source.partition(";")[0] == f"general knowledge, ±{row.radius_km:g} km", row.name
        else:
            assert row.source.partition(" ")[0] in ("GeoNames", "airportsdata"), row.name


def test_there_are_regions_enough_and_each_once() -> None:
    names = [row.name for row in tables.regions()]
    assert len(names) >= 250
    assert len(names) == len(set(names))


def test_each_country_holds_its_towns(towns: dict[str, list[tuple[float, float]]]) -> None:
    for row in tables.countries():
        spots = towns.get(row.code, [])
        inside = sum(distance_km(spot, (row.lat, row.lon)) <= row.radius_km + 30 for spot in spots)
        assert inside >= 0.9 * len(spots), row.code


def test_a_bad_row_names_file_line_and_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "name\taliases\tkind\tcountry\tlat\tlon\tradius_km\tsource\nSomewhere\t\tregion\tML\tnorth\t1\t5\tx\n"
    monkeypatch.setattr(tables, "text", lambda _: table)
    with pytest.raises(DataFileError, match=r"regions\.tsv:2: lat 'north' is no number; write lat"):
        tables.regions()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Somewhere\t\tplanet\tML\t1\t1\t5\tx", "kind 'planet' is unknown"),
        ("Somewhere\t\tregion\tML\t1\t1", "6 cells, not 8"),
        ("Somewhere\t\tregion\tML\t1\t1\t5\t", "has no source; write where"),
        ("Somewhere\t\tregion\tML\t91\t1\t5\tx", "lat 91.0 is beyond 90"),
    ],
)
def test_each_fault_of_a_row_is_told(monkeypatch: pytest.MonkeyPatch, row: str, said: str) -> None:
    monkeypatch.setattr(tables, "text", lambda _: f"name\taliases\tkind\tcountry\tlat\tlon\tradius_km\tsource\n{row}\n")
    with pytest.raises(DataFileError, match=said):
        tables.regions()


def test_a_bad_word_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.cache_clear()
    monkeypatch.setattr(tables, "text", lambda _: "function_words = 3")
    with pytest.raises(DataFileError, match=r"en\.toml"):
        lexicon()
    lexicon.cache_clear()
