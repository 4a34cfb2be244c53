"""Parts of notes: who takes part where no verb says so ("Hema v. Lendu", "FARDC/Mai-Mai clash", "perp: gunmen").

In: a telling. Out: `Part`s by the signs and labels that writers of notes put in a verb's place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ascertain.actors import describe
from ascertain.model import ActorRole
from ascertain.reading.communities import is_community
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set

VERSUS = frozenset(("vs", "versus", "v"))
ENDS = frozenset((",", ";", ":", ".", "(", ")"))
JOINING = frozenset(("/", "-", "–", "—", "and", "&", "'s", "’s"))
BEFORE = NOUN_TAGS | {"JJ", "CD", "HYPH", "SYM", "CC", "POS"}
FAR = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A noun phrase's head with its role.

    `blamed`: words of blame or claim give it the role; `strict`: only who is armed by nature can have it; `uncounted`:
    a plural without a number, the object of violence ("shot at villagers").
    """

    head: int
    role: ActorRole
    blamed: bool = False
    strict: bool = False
    uncounted: bool = False


def note_parts(telling: Telling) -> Iterator[Part]:
    """The parts that signs and labels give."""
    yield from _against_each_other(telling)
    yield from _joined_by_signs(telling)
    yield from _labelled(telling)


def _against_each_other(telling: Telling) -> Iterator[Part]:
    """Both sides of "Tutsi herders vs Hema farmers"."""
    sentence = telling.sentence
    signs = {cue.token for cue in telling.cues if cue.entry.words.strip(".") in VERSUS}
    signs |= {t for t in range(telling.first, telling.last + 1) if sentence.low[t].strip(".") in VERSUS}
    for token in sorted(signs):
        before = next((t for t in range(token - 1, -1, -1) if sentence.tags[t] in NOUN_TAGS), None)
        after = _next_head(sentence, token + 1)
        if before is not None and before == token - 1 and after is not None:
            yield Part(before, "party")
            yield Part(after, "party")


def _next_head(sentence: Sentence, start: int) -> int | None:
    """The last noun of the first run of nouns from a token on."""
    at = next((t for t in range(start, min(start + FAR, len(sentence))) if sentence.tags[t] in NOUN_TAGS), None)
    if at is None or any(sentence.low[t] in ENDS for t in range(start, at)):
        return None
    while at + 1 < len(sentence) and sentence.tags[at + 1] in NOUN_TAGS:
        at += 1
    return at


def _joined_by_signs(telling: Telling) -> Iterator[Part]:
    """The sides that stand before a noun of fighting: "FARDC/Mai-Mai clash", "army - rebel firefight"."""
    sentence = telling.sentence
    for cue in telling.cues:
        if cue.entry.type != "armed_clash" or cue.entry.strength < 2 or sentence.tags[cue.token] not in CLASH_TAGS:
            continue
        first = cue.first
        while first and (sentence.tags[first - 1] in BEFORE or sentence.low[first - 1] in JOINING):
            first -= 1
        stretch = range(first, cue.first)
        if not any(sentence.low[t] in JOINING for t in stretch):
            continue
        named = {
            sentence.tokens_in(party.span)[-1]
            for party in telling.line.parties
            if _within(sentence, party.span, stretch)
        }
        described = {t for t in stretch if (d := describe(sentence.words[t])) is not None and d.armed}
        described |= {t for t in stretch if is_community(telling.line, t)}
        yield from (Part(t, "party") for t in sorted(named | described))


CLASH_TAGS = NOUN_TAGS | {"VBP", "VBG", "VB"}


def _within(sentence: Sentence, span: tuple[int, int], stretch: range) -> bool:
    tokens = sentence.tokens_in(span)
    return bool(tokens) and tokens[0] in stretch and tokens[-1] in stretch


def _labelled(telling: Telling) -> Iterator[Part]:
    """Who stands behind a label for those who did it: "actor: JNIM", "perp: unknown gunmen"."""
    sentence = telling.sentence
    for token in range(telling.first, min(telling.last, len(sentence) - 2) + 1):
        if sentence.low[token] in word_set("roles", "doer_labels") and sentence.low[token + 1] in (":", "=", "-", "–"):
            head = _next_head(sentence, token + 2)
            if head is not None:
                yield Part(head, "perpetrator")


def left_over(telling: Telling) -> Iterator[Part]:
    """Who is named first in a note without a verb where nothing says who did it: "ISIS w/ 8 trucks, five dead"."""
    sentence = telling.sentence
    taken = {t for harm in telling.harms for s in harm.sufferers for t in range(s.people.first, s.people.last + 1)}
    beside = [*(speaker.span for speaker in telling.speakers), *(target.span for target in telling.targets)]
    for token in range(telling.first, telling.last + 1):
        if token in taken or sentence.tags[token] not in NOUN_TAGS or _is_attacked(sentence, token):
            continue
        start = sentence.starts[token]
        if any(a <= start < b for a, b in beside):
            continue
        named = any(party.armed and party.span[0] <= start < party.span[1] for party in telling.line.parties)
        described = describe(sentence.words[token])
        if named or (described is not None and described.armed) or is_community(telling.line, token):
            yield Part(token, "perpetrator", strict=True)
            return


def _is_attacked(sentence: Sentence, token: int) -> bool:
    """Whether a noun stands behind a preposition, by itself or as part of a name: "attack on Beni police post"."""
    while sentence.deps[token] in ("compound", "nmod", "amod"):
        token = sentence.heads[token]
    return sentence.deps[token] == "pobj"
