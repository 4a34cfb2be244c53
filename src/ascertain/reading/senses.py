"""Senses: whether a word of the lexicon is meant as the lexicon means it.

In: a hit in a parsed sentence. Out: its entries, without those whose sense is another one. The part of speech, the
company a word keeps ("price war"), the thing a verb is done to ("seized the town", "seized rifles") and what the
passage is about (sport, films, markets, drills) decide; all of it is data in `senses.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import ahocorasick

from ascertain.actors import describe
from ascertain.reading.frames import by_thing, gathers_for_cause, is_pit
from ascertain.reading.harm_words import given_back
from ascertain.reading.lexicon import Entry, Hit
from ascertain.reading.mishaps import mishap
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

WINDOW = 240
MANY = word_set("senses", "quantities") | {"forces", "tanks", "vehicles", "reserves", "units", "brigade", "battalion"}
# a year before 1900, where words of time stand before it
BYGONE = re.compile(
    r"(?:\b(?:in|since|until|of|by)|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|,) 1[5-8]\d\d(?= ?(?:[.,;:)]|and|ended|left|was|$))"
)
NEAR = 40
STATE = ("state_forces", "government")
TAKEN = ("non_state_actor_overtakes_territory",)


def meant(hit: Hit, token: int, line: Line) -> Iterator[Entry]:
    """The entries of a hit whose sense the sentence bears out; `token` is the head of its words."""
    if not _in_use(hit, token, line):
        return
    for entry in hit.entries:
        if entry.kind != "event" or entry.type == "figure":
            continue
        if entry.type == "object":
            named = by_thing(line, token)
            if named is not None:
                yield replace(entry, type=named[0], strength=named[1])
        elif entry.type == "mishap":
            kind = mishap(line, token)
            if kind is not None:
                yield replace(entry, type=kind)
        elif entry.type == "gathering":
            if gathers_for_cause(line, token):
                yield replace(entry, type="peaceful_protest")
        elif entry.type == "attack" and entry.words.startswith("fire") and (burns := mishap(line, token)):
            yield replace(entry, type=burns, means=None)
        elif _fits(line.sentence, token, _first(hit, token, line)):
            if entry.type == "same" and _blames_for_less(line.sentence, token):
                continue
            held = entry.type in TAKEN and _held_by_state(line, hit)
            yield replace(entry, type="government_regains_territory") if held else entry


def _first(hit: Hit, token: int, line: Line) -> int:
    """The first token of a hit's words."""
    while token and line.sentence.starts[token - 1] >= hit.start:
        token -= 1
    return token


def _in_use(hit: Hit, token: int, line: Line) -> bool:
    """Whether the word is one of the sentence's own, not part of a date or of the name of a place."""
    start = line.sentence.starts[token]
    if any(time.span[0] <= start < time.span[1] and time.role == "date" for time in line.times):
        return hit.entries[0].words not in word_set("senses", "months")
    return not any(p.place.span[0] <= start < p.place.span[1] and p.place.lat for p in line.places)


def _blames_for_less(sentence: Sentence, token: int) -> bool:
    """Whether a verb of blame only describes somebody, or blames for what is no event ("of breaking off talks")."""
    of = next((c for c in sentence.children[token] if sentence.low[c] == "of"), None)
    if of is not None and sentence.child(of, "pcomp") is not None:
        return True
    return sentence.deps[token] in ("acl", "amod") and sentence.tags[token] == "VBN"


def _fits(sentence: Sentence, token: int, first: int) -> bool:
    if sentence.deps[token] == "attr" and sentence.low[sentence.heads[token]] in ("is", "'s"):
        return False
    low, tag = sentence.low[token], sentence.tags[token]
    if low in word_set("senses", "nouns_only") and not tag.startswith("NN") and not _is_gerund(sentence, token):
        return False
    if low in word_set("senses", "verbs_only") and not tag.startswith("VB"):
        return False
    if is_pit(sentence, token):
        return False
    if low in word_set("senses", "going_off") and _moves_no_troops(sentence, token):
        return False
    if _leaves_no_ground(sentence, token) or given_back(sentence, token):
        return False
    if low in word_set("senses", "with_object") and _without_object(sentence, token):
        return False
    thing = sentence.child(token, "dobj", "nsubjpass") if tag.startswith("VB") else None
    if thing is not None and sentence.low[thing] in word_set("senses", "figurative_objects"):
        return False
    if thing is not None and sentence.low[thing] in word_set("senses", "bare_objects") and not sentence.children[thing]:
        return False
    subject = sentence.child(token, "nsubj") if tag.startswith("VB") else None
    if subject is not None and sentence.low[subject] in word_set("senses", "framing", "measures"):
        return False
    before = sentence.low[max(0, first - 2) : first]
    if any(word in word_set("senses", "figurative_before") for word in before):
        return False
    after = sentence.low[token + 1 : token + 3]
    return not any(word in word_set("senses", "figurative_after") for word in after)


def _is_gerund(sentence: Sentence, token: int) -> bool:
    """Whether a form in "-ing" stands for a noun: "fighting was reported"."""
    return sentence.tags[token] == "VBG" and sentence.deps[token] in ("nsubj", "nsubjpass", "csubj", "pobj", "dobj")


def _moves_no_troops(sentence: Sentence, token: int) -> bool:
    """Whether what a verb of going away is done to is neither people nor their arms."""
    thing = sentence.child(token, "dobj") if sentence.tags[token].startswith("VB") else None
    if thing is None or sentence.tags[thing] not in ("NN", "NNS", "CD"):
        return False
    arms = word_set("senses", "things", "weapons") | word_set("senses", "things", "quarters")
    return describe(sentence.words[thing]) is None and sentence.low[thing] not in arms | MANY


def _leaves_no_ground(sentence: Sentence, token: int) -> bool:
    """Whether what is left, or handed over, is no ground: "pulled out of the talks", "handed over the bodies"."""
    low = sentence.low[token]
    if low in ("hand", "hands", "handed", "handing", "handover"):
        thing = sentence.child(token, "dobj", "nsubjpass")
        bodies = word_set("harm", "killed", "bodies")
        return thing is not None and (sentence.low[thing] in bodies or describe(sentence.words[thing]) is not None)
    if low not in word_set("senses", "going_off") and low != "withdrawal":
        return False
    below = [token]
    for _ in range(3):
        below = [c for at in below for c in sentence.children[at] if sentence.low[c] in ("out", "of", "from")]
        left = (c for at in below for c in sentence.children[at] if sentence.deps[c] == "pobj")
        if any(sentence.low[c] in word_set("senses", "not_ground") for c in left):
            return True
    return False


def _without_object(sentence: Sentence, token: int) -> bool:
    """Whether an active verb has a subject and nobody that it is done to."""
    return (
        sentence.tags[token] in ("VBD", "VBP", "VBZ", "VB")
        and sentence.child(token, "dobj", "nsubjpass") is None
        and sentence.child(token, "auxpass") is None
    )


def _held_by_state(line: Line, hit: Hit) -> bool:
    """Whether words of holding name the state as the holder: "under the control of the army"."""
    if not hit.entries[0].words.endswith(" of"):
        return False
    after = line.sentence.tokens_in((hit.end, min(hit.end + NEAR, line.sentence.span[1])))
    start = line.sentence.starts[after[0]] if after else None
    if any(p.kind in STATE and start is not None and start <= p.span[0] <= start + NEAR // 2 for p in line.parties):
        return True
    described = describe(" ".join(line.sentence.words[t] for t in after))
    return described is not None and described.kind in STATE


def figurative(line: Line, text: str, counted: bool) -> bool:
    """Whether the passage that the sentence stands in is about sport, films, markets, drills and the like.

    At least two words of one such field must stand within `WINDOW` code points in its paragraph, one of them in the
    sentence and one of them a word of that field alone. Where people are `counted` as harmed, the words are meant as
    they are, except in drills and the like, for which a single word in the sentence is enough.
    """
    start, end = line.span
    first = max(text.rfind("\n", 0, start) + 1, start - WINDOW)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + WINDOW)
    passage = text[first:last].lower()
    found: dict[str, set[str]] = {}
    inside: dict[str, set[str]] = {}
    own: set[str] = set()
    for at, (word, field, alone) in _fields().iter(passage):
        begin = at - len(word) + 1
        if (begin and passage[begin - 1].isalnum()) or passage[at + 1 : at + 2].isalnum():
            continue
        found.setdefault(field, set()).add(word)
        if alone:
            own.add(field)
        if start <= first + begin < end:
            inside.setdefault(field, set()).add(word)
    return "make_believe" in inside or (
        not counted and any(field in own and len(found[field]) >= 2 for field in inside)
    )


def bygone(line: Line, text: str) -> bool:
    """Whether the sentence gives a year of long ago: it tells history, whomever it counts."""
    start, end = line.span
    return BYGONE.search(text[start:end].lower()) is not None


@lru_cache(maxsize=1)
def _fields() -> Any:
    automaton = ahocorasick.Automaton()
    for key in ("beside_fields", "fields"):
        for field, words in table("senses")[key].items():
            for word in words:
                automaton.add_word(word, (word, field, key == "fields"))
    automaton.make_automaton()
    return automaton
