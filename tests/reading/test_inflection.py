"""The forms of verbs."""

from __future__ import annotations

import pytest

from ascertain.reading.inflection import inflected
from ascertain.reading.lexicon import hits


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("ambush", ("ambush", "ambushes", "ambushed", "ambushing")),
        ("raze", ("raze", "razes", "razed", "razing")),
        ("gun down", ("gun down", "guns down", "gunned down", "gunning down")),
        ("fall back", ("fall back", "falls back", "fell back", "fallen back", "falling back")),
        ("carry off", ("carry off", "carries off", "carried off", "carrying off")),
    ],
)
def test_a_phrase_has_all_forms_of_its_verb(phrase: str, forms: tuple[str, ...]) -> None:
    assert inflected(phrase) == forms


def test_notes_in_the_present_tense_are_found() -> None:
    for words in ("gunmen open fire", "rebels ambush a patrol", "soldiers torch huts", "police detain students"):
        assert hits(words), words
