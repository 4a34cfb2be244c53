"""How like a name is to the own name of a place that it may mean: what tells Slovyansk from a town also so called."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from ascertain.places.gazetteer import Sense
from ascertain.places.names import fold, near_form

_UNLIKE = 0.5  # names as like as this, or less, are alike by chance


def bears(key: str, sense: Sense) -> bool:
    """Whether a name is a place's own, in this spelling or in another of one sound: "Kiryat" and "Qiryat"."""
    return sense.main or likeness(key, sense.name) == 1


@lru_cache(50_000)
def likeness(key: str, own: str) -> float:
    """How like a key is to a place's own name: 1 where both are spellings of one sound, 0 where they are unlike.

    >>> likeness("sloviansk", "Slovyansk"), likeness("hudaydah", "Al Ḩudaydah"), likeness("sloviansk", "Nikopol")
    (1.0, 1.0, 0.0)
    """
    ratio = SequenceMatcher(None, near_form(key), near_form(fold(own)), autojunk=False).ratio()
    return max(0.0, ratio - _UNLIKE) / (1 - _UNLIKE)
