"""Totals: the number of those whom a word such as "the dead" sums up, told beside or behind it.

In: a parsed sentence and the token of such a word. Out: the number as `People`: "the injured, 20 in all", "the dead
numbered at least 40", "fatalities totalled 12". The order of the words tells, as a parser often takes "numbered" for an
adjective.
"""

from __future__ import annotations

from dataclasses import replace

from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, people_at
from ascertain.reading.words import word_set

# how many words may stand between the verb and its number: "totalled at least"
REACH = 4


def total(sentence: Sentence, token: int) -> People | None:
    """The number of those whom the word at `token` sums up, or `None` where none stands there."""
    if sentence.low[token] not in word_set("people", "totals", "summed_up"):
        return None
    behind = token + 1
    if sentence.low[behind : behind + 1] == [","]:
        number = _number(sentence, behind + 1)
        return number if number is not None and _in_all(sentence, number) else None
    while sentence.low[behind : behind + 1] and sentence.low[behind] in word_set("people", "totals", "auxiliaries"):
        behind += 1
    if sentence.low[behind : behind + 1] and sentence.low[behind] in word_set("people", "totals", "amount"):
        return _number(sentence, behind + 1)
    return None


def _number(sentence: Sentence, first: int) -> People | None:
    """The number that begins at `first`, of no noun of its own."""
    at = next((t for t in range(first, min(len(sentence), first + REACH)) if sentence.tags[t] == "CD"), None)
    if at is None or (at + 1 < len(sentence) and sentence.tags[at + 1] in NOUN_TAGS):
        return None
    people = people_at(sentence, at)
    if people is None or people.stated != "number":
        return None
    return replace(people, first=max(first, people.first))


def _in_all(sentence: Sentence, number: People) -> bool:
    """Whether the words behind a number say that it is the whole: "in all", "altogether"."""
    behind = sentence.low[number.last + 1 : number.last + 3]
    known = word_set("people", "totals", "in_all")
    return any(" ".join(behind[:size]) in known for size in (1, 2))
