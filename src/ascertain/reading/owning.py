"""Owning: whether the speakers of a claim say of themselves, in words of owning and none of denial, that they did it.

In: the tellings of one voice, with the parties in them. Out: yes or no. It is asked of the words, apart from what the
parse makes of them, so that a denial that is misread never passes for an admission.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.model import Actor
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set

# How many words may stand between a verb and what it takes: "claimed full and sole responsibility".
_REACH = 4


def owned(told: Sequence[Telling], perpetrators: Sequence[Actor]) -> bool:
    """Whether a sentence of these owns to the deed, and none denies anything."""
    sentences = list({id(telling.sentence): telling.sentence for telling in told}.values())
    return not any(map(denies, sentences)) and any(_owns(each, told, perpetrators) for each in sentences)


def denies(sentence: Sentence) -> bool:
    """Whether a word of denial stands anywhere in a sentence."""
    words = set(sentence.low)
    if words & (word_set("modality", "denied") | word_set("modality", "belied") | word_set("modality", "negation")):
        return True
    if words & word_set("attribution", "withholding"):
        return True
    disowned = word_set("modality", "shares") | word_set("modality", "disowning")
    return bool(words & {"no", "without", "any"} and words & disowned)


def _owns(sentence: Sentence, told: Sequence[Telling], perpetrators: Sequence[Actor]) -> bool:
    """Whether a sentence admits or claims it, or its speakers tell of themselves as who did it, by pronoun or name."""
    if set(sentence.low) & word_set("attribution", "admitting") or _takes_responsibility(sentence):
        return True
    speakers = [speaker.span for telling in told if telling.sentence is sentence for speaker in telling.speakers]
    if not speakers:
        return False
    if set(sentence.low) & word_set("attribution", "selves"):
        return True
    first, last = sentence.span_of(0, len(sentence.low) - 1)
    here = [actor.span for actor in perpetrators if first <= actor.span[0] < last]
    return any(all(one[1] <= other[0] or other[1] <= one[0] for other in speakers) for one in here)


def _takes_responsibility(sentence: Sentence) -> bool:
    low, verbs, deeds = sentence.low, word_set("attribution", "claiming"), word_set("attribution", "responsibility")
    return any(word in verbs and not deeds.isdisjoint(low[at + 1 : at + 2 + _REACH]) for at, word in enumerate(low))
