"""Lacks: "no clean water", "shortages of fuel", "food shortages", "medicine is urgently needed".

In: a sentence. Out: a `Finding` for each thing that stands with a word of lack.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ascertain.model import Sector
from ascertain.reading.conditions.findings import FILE, SUBJECTS, Finding, Phrase, phrase_at, phrases_in, things
from ascertain.reading.conditions.spared import negated, spared
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

NOUN_PHRASE_TAGS = frozenset((*NOUN_TAGS, "JJ", "JJR", "JJS", "CD", "VBN", "VBG", "RB", "HYPH", "PRP$", "DT", "PDT"))
LONGEST_LIST = 24


def lacked(sentence: Sentence, masked: frozenset[int]) -> Iterator[Finding]:
    """What the sentence says is lacking."""
    for phrase in phrases_in(_lack_words(), sentence):
        if phrase.first in masked or not _is_lack(sentence, phrase):
            continue
        for thing in _list_after(sentence, phrase.last + 1, masked):
            if not _handed_out(sentence, phrase, thing) and not _spared_by(sentence, phrase, thing):
                yield _lack(sentence, phrase.first, phrase.last, thing)
    for token, low in enumerate(sentence.low):
        if token in masked:
            continue
        tag = sentence.tags[token]
        if low in word_set(FILE, "lacks", "verbs") and tag.startswith("VB") and not negated(sentence, token):
            things = list(_list_after(sentence, token + 1, masked)) or list(_subject_things(sentence, token, masked))
            yield from (_lack(sentence, token, token, thing) for thing in things)
        elif tag in NOUN_TAGS and low in _lack_nouns() and not spared(sentence, token, token):
            yield from _of_noun(sentence, token, masked)


@lru_cache(maxsize=1)
def _lack_words() -> PhraseIndex:
    return phrase_index(FILE, ((phrase, "") for phrase in table(FILE)["lacks"]["words"]))


@lru_cache(maxsize=1)
def _lack_nouns() -> frozenset[str]:
    return word_set(FILE, "lacks", "nouns") | word_set(FILE, "lacks", "compound")


def _is_lack(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether words that lack something only in company have it."""
    words = " ".join(sentence.low[phrase.first : phrase.last + 1])
    if words not in word_set(FILE, "lacks", "weak"):
        return not (words.startswith(("short", "in need", "need")) and spared(sentence, phrase.first, phrase.last))
    before = sentence.low[max(0, phrase.first - 3) : phrase.first]
    return any(word in word_set(FILE, "lacks", "only_with") for word in before)


def _lack(sentence: Sentence, token: int, last: int, thing: Phrase) -> Finding:
    words = " ".join(sentence.low[token : last + 1])
    sector: Sector = thing.name  # type: ignore[assignment]  # the table's keys are checked by the model's sectors
    if sector == "access" and words in word_set(FILE, "lacks", "need"):
        sector = "general"
    return Finding(token, sector, thing.last, 3)


def _list_after(sentence: Sentence, start: int, masked: frozenset[int]) -> Iterator[Phrase]:
    """The things in the list that starts at `start`: "clean water, food and fuel"."""
    at, end = start, min(len(sentence), start + LONGEST_LIST)
    between = word_set(FILE, "list", "words")
    parted = False
    while at < end:
        thing = phrase_at(things(), sentence, at) if at not in masked else None
        low, tag = sentence.low[at], sentence.tags[at]
        if thing is not None:
            if parted and _starts_clause(sentence, thing.last, start):
                return
            if (carried := _carried(sentence, thing)) is not None:
                yield thing
                at = carried + 1
            else:
                at = thing.last + 1
            continue
        if low == "of" and at > start and sentence.low[at - 1] not in word_set(FILE, "list", "measures"):
            return
        if low in between:
            parted = parted or tag in (",", "CC")
        elif tag not in NOUN_PHRASE_TAGS or (parted and _starts_clause(sentence, at, start)):
            return
        at += 1


def _starts_clause(sentence: Sentence, token: int, start: int) -> bool:
    """Whether the token is the subject of a clause of its own rather than a part of the list."""
    at = token
    while sentence.deps[at] in ("compound", "amod", "nmod", "det"):
        at = sentence.heads[at]
    return sentence.deps[at] in SUBJECTS and sentence.heads[at] > at and at > start


def _carried(sentence: Sentence, thing: Phrase) -> int | None:
    """The last token of the thing with the nouns that carry it, `None` where it only names another noun."""
    last = thing.last
    while (
        last + 1 < len(sentence)
        and sentence.tags[last + 1] in NOUN_TAGS
        and sentence.deps[last] in ("compound", "nmod", "amod")
    ):
        if sentence.low[last + 1] not in word_set(FILE, "lacks", "carriers"):
            return None
        last += 1
    return last


def _handed_out(sentence: Sentence, phrase: Phrase, thing: Phrase) -> bool:
    """Whether the thing, though said to be little, is what was delivered."""
    words = sentence.low[phrase.first : phrase.last + 1]
    if any(word in word_set(FILE, "lacks", "firm") for word in words):
        return False
    return any(sentence.low[at] in word_set(FILE, "spared", "given") for at in sentence.ancestors(thing.last)[:3])


def _spared_by(sentence: Sentence, phrase: Phrase, thing: Phrase) -> bool:
    """Whether a "no" denies what would have been done to a thing: "no hospitals were hit"."""
    if sentence.low[phrase.first] != "no":
        return False
    done = [c for c in sentence.children[thing.last] if sentence.deps[c] == "acl" and sentence.tags[c] == "VBN"]
    if sentence.deps[thing.last] == "nsubjpass":
        done.append(sentence.heads[thing.last])
    known = word_set(FILE, "spared", "given") | word_set(FILE, "movement", "moves")
    return any(sentence.low[verb] not in known for verb in done)


def _subject_things(sentence: Sentence, verb: int, masked: frozenset[int]) -> Iterator[Phrase]:
    """ "Medicine is urgently needed": the things in the subject of a passive."""
    subject = sentence.child(verb, "nsubjpass")
    if subject is not None:
        yield from _list_after(sentence, left_edge(sentence, subject), masked)


def _of_noun(sentence: Sentence, noun: int, masked: frozenset[int]) -> Iterator[Finding]:
    low = sentence.low[noun]
    after = sentence.low[noun + 1 : noun + 2]
    things: list[Phrase] = []
    if low in word_set(FILE, "lacks", "nouns") and after in (["of"], ["in"], ["for"]):
        things = list(_list_after(sentence, noun + 2, masked))
    elif low in word_set(FILE, "lacks", "compound"):
        things = list(_before(sentence, noun, masked))
    yield from (_lack(sentence, noun, noun, thing) for thing in things)
    if not things and low in ("shortage", "shortages") and after not in (["of"], ["in"]) and _alone(sentence, noun):
        yield Finding(noun, "general", noun, 2)


def _alone(sentence: Sentence, noun: int) -> bool:
    """Whether no noun before it says what is short ("labour shortage")."""
    return noun == 0 or sentence.tags[noun - 1] not in NOUN_TAGS | {"HYPH"}


def _before(sentence: Sentence, noun: int, masked: frozenset[int]) -> Iterator[Phrase]:
    """The things named right before a noun of lack: "food, water and fuel shortages"."""
    at = noun - 1
    while at >= 0 and (sentence.tags[at] in NOUN_TAGS | {"CC", ","}):
        at -= 1
    token = at + 1
    while token < noun:
        thing = phrase_at(things(), sentence, token) if token not in masked else None
        if thing is not None and thing.last < noun:
            yield thing
            token = thing.last
        token += 1
