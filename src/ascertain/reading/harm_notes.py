"""Harm in notes without verbs: "Fatalities: 9 (5 civilians)", "Seven village guards and the driver killed".

In: a parsed sentence and the token of a word of harm. Out: the people who suffered it, by the order of the words alone,
as a parser makes little of such lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ascertain.reading.noun_phrases import NOUN_TAGS, NUMBER_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, people_at

ENDS = frozenset((",", ".", ";", "(", ")", "/", "-", "–"))
PARTICIPLES = ("VBN", "JJ")
STATED = ("number", "vague", "none")
# What may stand between people and the word that tells what befell them: "2 soldiers seriously wounded".
BETWEEN = frozenset(("were", "was", "are", "is", "been", "being", "have", "has"))


def value(sentence: Sentence, token: int, taken: frozenset[int]) -> list[People]:
    """The number behind a label, with its parts in brackets: "Fatalities: 9 (5 civilians, 4 soldiers)"."""
    at = token + 2
    if at >= len(sentence) or sentence.low[token + 1] not in (":", "=") or sentence.tags[at] not in NUMBER_TAGS:
        return []
    if at + 1 < len(sentence) and sentence.low[at + 1] not in ENDS:
        return []
    people = people_at(sentence, at, taken)
    if people is None or people.low is None:
        return []
    whole = replace(people, first=at, last=at, head=at)
    return [whole, *(part for part in _in_brackets(sentence, at + 1, taken) if _fits(part, whole))]


def _fits(part: People, whole: People) -> bool:
    return part.stated == "number" and whole.high is not None and part.low is not None and part.low <= whole.high


def _in_brackets(sentence: Sentence, opens: int, taken: frozenset[int]) -> Iterator[People]:
    """The people counted in the brackets that open at a token."""
    if sentence.low[opens : opens + 1] != ["("]:
        return
    at = opens + 1
    while at < len(sentence) and sentence.low[at] != ")":
        if sentence.tags[at] in NUMBER_TAGS:
            noun = at
            while noun + 1 < len(sentence) and (
                sentence.tags[noun + 1] in NOUN_TAGS or sentence.tags[noun + 1] == "JJ"
            ):
                noun += 1
            people = people_at(sentence, noun, taken)
            if people is not None:
                yield people
            at = noun
        at += 1


def note(sentence: Sentence, token: int, taken: frozenset[int]) -> list[People]:
    """Those who are told right before a participle or adjective of harm: "One farmer dead", "4 suspects killed"."""
    tag, last = sentence.tags[token], token - 1
    while last >= 0 and (sentence.tags[last] == "RB" or sentence.low[last] in BETWEEN):
        last -= 1
    if last < 0 or tag not in (*PARTICIPLES, "VBD") or not _is_noun(sentence, last) or _describes(sentence, token):
        return []
    people = people_at(sentence, last, taken)
    if people is None or not (people.stated in STATED or (people.stated == "single" and tag in PARTICIPLES)):
        return []
    if people.first > 1 and sentence.low[people.first - 1] == "in" and sentence.tags[people.first - 2] == "CD":
        return []
    glued = any(_within_a_word(sentence, at) for at in range(people.first, last + 1) if sentence.tags[at] == "CD")
    if people.first > people.head or people.definite or glued:
        return []
    before = people.first - 2
    if people.first > 1 and sentence.low[people.first - 1] == "and" and _is_noun(sentence, before):
        other = people_at(sentence, before, taken)
        if other is not None and other.stated == "number":
            return [other, people]
    return [people]


def _describes(sentence: Sentence, token: int) -> bool:
    """Whether the word of harm describes a noun behind it: "four abducted traders"."""
    noun = sentence.heads[token]
    return sentence.deps[token] == "amod" and noun > token and ENDS.isdisjoint(sentence.low[token:noun])


def _within_a_word(sentence: Sentence, token: int) -> bool:
    """Whether a token is joined to the word before it: "under-21 players"."""
    before = token - 1
    return before >= 0 and sentence.low[before] in ("-", "–") and sentence.ends[before] == sentence.starts[token]


def _is_noun(sentence: Sentence, token: int) -> bool:
    return sentence.tags[token] in NOUN_TAGS or sentence.tags[token] in NUMBER_TAGS
