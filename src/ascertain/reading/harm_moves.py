"""People told to have left for elsewhere in numbers, without a word of flight: "12,000 people have crossed into Chad".

In: a parsed sentence and a verb of going. Out: the nouns of those who went. Who goes must be many, and be told as
people who live somewhere; from where or where to must be a place, not "left the party" or "reached the final".
"""

from __future__ import annotations

from ascertain.reading.harm_heads import of_intransitive
from ascertain.reading.noun_phrases import NAME_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.people import people_at
from ascertain.reading.words import word_set

# fewer people than this on their way are travellers
MANY = 20
TOLD = ("number", "vague")
PREPOSITIONS = frozenset(
    ("into", "to", "in", "from", "across", "for", "over", "out", "inside", "towards", "toward", "at")
)


def of_movers(sentence: Sentence, token: int, taken: frozenset[int]) -> list[int]:
    """Those who are said to have gone, where they are many and go from or to a place."""
    if sentence.tags[token] == "VB" or not (_leads_somewhere(sentence, token) or _passes(sentence, token)):
        return []
    return [head for head in of_intransitive(sentence, token) if _are_many(sentence, head, taken)]


def _are_many(sentence: Sentence, head: int, taken: frozenset[int]) -> bool:
    people = people_at(sentence, head, taken)
    if people is None or people.stated not in TOLD or max(people.low or 0, people.high or 0) < MANY:
        return False
    return people.head_is_number or sentence.low[people.head] in word_set("harm", "displaced", "movers")


def _leads_somewhere(sentence: Sentence, verb: int) -> bool:
    """Whether the verb has a place as its object or after a preposition."""
    children = sentence.children[verb]
    reached = [c for c in children if sentence.deps[c] == "dobj"]
    for link in children:
        if sentence.deps[link] == "prep" and sentence.low[link] in PREPOSITIONS:
            reached += [c for c in sentence.children[link] if sentence.deps[c] == "pobj"]
    return any(_is_place(sentence, noun) for noun in reached)


def _passes(sentence: Sentence, verb: int) -> bool:
    """Whether people walk past somebody who watches them."""
    return any(sentence.low[child] == "past" for child in sentence.children[verb])


def _is_place(sentence: Sentence, token: int) -> bool:
    return sentence.tags[token] in NAME_TAGS or sentence.low[token] in word_set("harm", "displaced", "moved_to")
