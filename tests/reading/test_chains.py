"""Places that only their chain shows."""

from __future__ import annotations

import pytest

from ascertain.actors import find_parties
from ascertain.places import find_places
from ascertain.reading.chains import with_chains
from ascertain.times import find_times


def found(text: str) -> list[str]:
    barred = [*(m.span for m in find_parties(text)), *(m.span for m in find_times(text, None))]
    return [mention.place.text for mention in with_chains(text, find_places(text), barred)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Villawood Barracks, Freetown: rebels overran the armoury.", "Villawood Barracks"),
        ("12 Aug 1998, Army Staff College, Peshawar - car bomb, 4 dead.", "Army Staff College"),
        ("Nyamukala, Bunia, 3 May 2003. Eleven villagers were hacked to death.", "Nyamukala"),
        ("4/5/95, nr Dolna Trpeza (Sarajevo): mortar fire, 2 dead", "Dolna Trpeza"),
        ("Helmand (Tangi Mela), 9 July 2009: IED on a patrol", "Tangi Mela"),
        ("Six soldiers died in an ambush on the road from Marib to Sanaa.", "the road from Marib to Sanaa"),
        (
            "They held up a bus on the highway linking Zaria and Jos.",
            "the highway linking Zaria and Jos",
        ),
        ("A bomb went off on the main road to Kandahar.", "the main road to Kandahar"),
    ],
)
def test_a_note_names_a_place_beside_the_one_that_holds_it(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Amal Said, Beirut. The dead were all from one street.",
        "KABUL, Afghanistan (Wire) — A bomb killed four. Amal Said, London, counted them.",
        "The Red Cross, Geneva, said that six had died.",
    ],
)
def test_a_person_or_an_agency_before_a_town_is_no_place(text: str) -> None:
    assert not {"Amal Said", "The Red Cross"} & set(found(text))
