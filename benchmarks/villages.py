"""How many places that only an added gazetteer knows are found, and how many of its names are wrongly taken for places.

    python benchmarks/villages.py [--villages 20000] [--seed 7]

A GeoNames dump of villages in five countries is made up by the seed: names put together as they are there, and one in
ten a person's name. For 200 of the villages whose name is no person's and no other's, a sentence of each of ten shapes
is written, which tells the country elsewhere; told is for how many the place is where it is, before the dump is added
and after. Then come sentences about people, and of another country: for 200 names of people that villages bear, and for
as many of villages, told is in how many something is put at a village. Last the texts of gold/dev are read with and
without the dump: whatever is put at a village of it there is wrong, as no such village is.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from ascertain.model import Place, Report
from ascertain.places import find_places, open_gazetteer
from ascertain.places.gazetteer import forget_opened
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import lexicon
from ascertain.places.library import Order, add
from ascertain.places.names import fold

GOLD = Path(__file__).parent.parent / "gold" / "dev" / "reports.jsonl"
FIRST_NUMBER = 900_000_000
ASKED = 200
ONE_IN = 10  # of so many villages one has a person's name


class Land(NamedTuple):
    """A country as the dump and the sentences need it: its box (south, north, west, east) and the parts of names."""

    code: str
    name: str
    people: str
    box: tuple[float, float, float, float]
    heads: str
    middles: str
    ends: str


LANDS = (
    Land(
        "BF", "Burkina Faso", "Burkinabe", (10, 15, -5, 2), "Kou Bou Zi Tan Ga Nio Pou Lan Dia Sou Ya Bi Ki Ti Go",
        "ra la ba ri du ma ko ni gue to", "tenga gou ré dougou ssé na ga bila yargo kuy",
    ),
    Land(
        "SD", "Sudan", "Sudanese", (9.5, 21, 23, 37),
        "Um-Du Wad-Ha Hillat-Ma Kur Tay Far Gar Ab-Ru Zal Kab Dar Shu Ban",
        "ba ka ma la ri ja ro wa di fa", "ngei sa biya kan riya ha ra wal dat lin",
    ),
    Land(
        "AF", "Afghanistan", "Afghan", (30, 37, 62, 70), "Qala-Sha Deh-Na Kar Gul Spin-Ka Bagh-Mi Zar Kho Ma Pir Tor",
        "ma zi ra ka wa ja sha la no ba", "abad kalay khel zai gan dara qala wal bagh ghar",
    ),
    Land(
        "UA", "Ukraine", "Ukrainian", (46.5, 51.5, 24, 38), "Novo-Ber Staro-Kha Vel Kras Myr Shev Bil Ver Pok Dub Zel",
        "y no vo lo ro de mo ka la che", "vka ske nivka hirsk rivka pil lisne toretske chany dar",
    ),
    Land(
        "ET", "Ethiopia", "Ethiopian", (4.5, 14, 34, 44), "Ad Wer Deb Mek Sha Gon Ha Gi Ari Hum Bal Ne Se Chi",
        "i e a bo du ro ta ma le ge", "ra hara do so jo ber kemt dera mado wuha",
    ),
)  # fmt: skip
SHAPES: tuple[str, ...] = (
    "Gunmen killed three people in {x} on Monday, officials in {land} said.",
    "At least five civilians were wounded near {x}, {people} officials said on Tuesday.",
    "The army shelled {x}, {y} and {z} over the weekend. It was the worst fighting in {land} this year.",
    "Militants attacked {x} at dawn, leaving four dead, a {people} police officer said.",
    "Several residents of {x} fled after the raid, the {people} army said.",
    "A lorry hit a mine on the road from {x} to {y}, killing two, officials in {land} said.",
    "Families who fled from {x} reached {y} on Sunday, aid workers in {land} said.",
    "{X}, March 3 (Wire) - Two people were killed on Friday in the east of {land}, officials said.",
    "{land}: fighters withdrew from {x} after clashes that killed six.",
    "Authorities in {land} buried eight people on Friday. They had been killed at {x} a day earlier.",
)
STRANGE: tuple[str, ...] = (
    "Police in {land} arrested {x} on Monday.",
    "Two men died in {x}'s house, officials in {land} said.",
    "According to {x}, three {people} soldiers were killed on Monday.",
    "A statement by {x}, {land}'s interior minister, blamed the army for the attack.",
    "The body of {x} was found on Sunday, {people} police said.",
    "{x} told reporters in {land} that four people had died in an attack on the {x} family.",
    "Moussa {x} and Doru {x} were killed in {land} on Friday. Few had trust in {x}.",
    "The {x} Foundation said that two people were killed in {land}. It had a letter from {x}.",
    "Four people, {x} and {y} among them, were killed in {land}.",
    "Gunmen killed three people in {x} on Monday, officials in Paraguay said.",
)


class Village(NamedTuple):
    """A village of the dump."""

    number: int
    name: str
    lat: float
    lon: float
    land: Land


def villages(count: int, seed: int) -> tuple[Village, ...]:
    """The villages of the dump."""
    chance = random.Random(seed)
    people = sorted(name for name in _people() if name.isalpha() and len(name) > 2)
    return tuple(_village(number, chance, people) for number in range(FIRST_NUMBER, FIRST_NUMBER + count))


def rows(made: Iterable[Village]) -> Iterator[str]:
    """The rows of the dump."""
    for village in made:
        place = village.name, village.name, "", f"{village.lat:.5f}", f"{village.lon:.5f}", "P", "PPL"
        further = village.land.code, "", "", "", "", "", 0, "", "0", "UTC", "2024-01-01"
        yield "\t".join(map(str, (village.number, *place, *further))) + "\n"


def asked(made: Sequence[Village], *, people: bool) -> list[Village]:
    """The villages asked for, of names that the embedded gazetteer lacks: people's names, or names of their own."""
    borne = Counter(fold(village.name) for village in made)
    known, persons = open_gazetteer(), _people()
    fit = [
        village
        for village in made
        if (people or borne[fold(village.name)] == 1)
        and (fold(village.name) in persons) == people
        and not known.senses(fold(village.name))
    ]
    return fit[:ASKED]


def written(shape: str, chosen: Sequence[Village], at: int) -> str:
    """A sentence of a shape about a village and two others of its country."""
    village = chosen[at]
    others = [other for other in (*chosen[at + 1 :], *chosen[:at]) if other.land is village.land]
    y, z = ([other.name for other in others] * 2 or [village.name] * 2)[:2]
    land = village.land
    return shape.format(x=village.name, X=village.name.upper(), y=y, z=z, land=land.name, people=land.people)


def found(shape: str, chosen: Sequence[Village]) -> int:
    """For how many of the villages a place whose words hold the name is where the village is, as near as it claims."""
    return sum(
        any(_is_at(mention.place, village) for mention in find_places(written(shape, chosen, at)))
        for at, village in enumerate(chosen)
    )


def mistaken(shape: str, chosen: Sequence[Village]) -> int:
    """In how many sentences of a shape something is put at a village of the dump."""
    return sum(bool(in_texts([written(shape, chosen, at)])[1]) for at in range(len(chosen)))


def in_texts(texts: Sequence[str]) -> tuple[int, list[str]]:
    """How many places texts name, and the words among them that are put at a village of the dump."""
    read = [tuple(mention.place for mention in find_places(text)) for text in texts]
    return sum(map(len, read)), [place.text for places in read for place in places if _is_of_dump(place)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--villages", type=int, default=20_000, help="villages of the dump")
    options.add_argument("--seed", type=int, default=7, help="what the dump is made up by")
    told = options.parse_args(arguments)
    before = os.environ.get("ASCERTAIN_DATA")
    with tempfile.TemporaryDirectory(prefix="villages-") as folder:
        os.environ["ASCERTAIN_DATA"] = folder
        try:
            measure(Path(folder), villages(told.villages, told.seed), Console())
        finally:
            os.environ.pop("ASCERTAIN_DATA")
            if before is not None:
                os.environ["ASCERTAIN_DATA"] = before
            forget_opened()
    return 0


def measure(folder: Path, made: Sequence[Village], console: Console) -> None:
    """Read, add the dump, and read again; print both."""
    chosen, people = asked(made, people=False), asked(made, people=True)
    texts = [Report.model_validate_json(line).text for line in GOLD.read_text(encoding="utf-8").splitlines()]
    before, places = [found(shape, chosen) for shape in SHAPES], in_texts(texts)[0]
    dump = folder / "made.txt"
    dump.write_text("".join(rows(made)), encoding="utf-8")
    add(str(dump), Order(name="made"))
    shown = Table("sentence", "before", "after", title=f"places of {len(chosen)} found")
    for shape, known in zip(SHAPES, before, strict=True):
        shown.add_row(shape, str(known), str(found(shape, chosen)))
    console.print(shown)
    shown = Table("sentence", "people's names", "villages' names", title="places in sentences that have none there")
    for shape in STRANGE:
        shown.add_row(
            shape, f"{mistaken(shape, people)} of {len(people)}", f"{mistaken(shape, chosen)} of {len(chosen)}"
        )
    console.print(shown)
    after, wrong = in_texts(texts)
    console.print(
        f"gold/dev: {len(texts)} texts, {places} places before, {after} after; {len(wrong)} put at a village:"
    )
    console.print(", ".join(wrong) or "none")


def _people() -> frozenset[str]:
    return lexicon().given_names | lexicon().surnames


def _village(number: int, chance: random.Random, people: Sequence[str]) -> Village:
    land = chance.choice(LANDS)
    south, north, west, east = land.box
    name = chance.choice(people).capitalize() if chance.randrange(ONE_IN) == 0 else _name(chance, land)
    return Village(number, name, chance.uniform(south, north), chance.uniform(west, east), land)


def _name(chance: random.Random, land: Land) -> str:
    """A name as they are in a country; some of its heads are words of their own ("Qala-Sha" for "Qala Sha…")."""
    first, _, rest = chance.choice(land.heads.split()).rpartition("-")
    middles = land.middles.split()
    word = rest + chance.choice(middles) + chance.choice(middles) + chance.choice(land.ends.split())
    return f"{first} {word}" if first else word


def _is_at(place: Place, village: Village) -> bool:
    if fold(village.name) not in fold(place.text) or place.lat is None or place.lon is None:
        return False
    return distance_km((place.lat, place.lon), (village.lat, village.lon)) <= (place.radius_km or 0.0) + 1


def _is_of_dump(place: Place) -> bool:
    return (place.id or "").startswith(f"geonames:{FIRST_NUMBER // 100_000}")


if __name__ == "__main__":
    sys.exit(main())
