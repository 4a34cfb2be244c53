"""Speeches: the words of a line that make somebody say what it tells, and who that is.

In: a line. Out: `Speech`es in order; what a speaker says of another's words is the first's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ascertain.model import AttributionKind
from ascertain.reading.attribution.sources import sources
from ascertain.reading.attribution.speakers import Speakers, Speech, may_speak, named
from ascertain.reading.harm_heads import takes_lives
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

SUBJECTS = ("nsubj", "nsubjpass")


SPEAKING_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i"))


CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis", "advcl", "prep", "dep"))


CLAUSE_CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis"))


LONGEST_PHRASE = 12


SAID_OF = frozenset(("ccomp", "parataxis", "acl", "advcl"))


def speeches(line: Line, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> list[Speech]:
    """The speeches that words of the line make, in order; what a speaker says of another's words is the first's."""
    sentence = line.sentence
    found: list[Speech] = []
    for token, low in enumerate(sentence.low):
        speakers: Speakers = ()
        if low in word_set("attribution", "according") and "to" in sentence.low[token + 1 : token + 3]:
            speakers = _according(line, token, text, kinds)
        elif low in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            speakers = _of_verb(line, token, text, last, kinds)
        elif low in ("has", "have", "had") and _has_it(sentence, token):
            speakers = tuple(
                s for c in sentence.children[token] if sentence.deps[c] in SUBJECTS for s in named(line, c, text, kinds)
            )
        if speakers:
            found.append(Speech(speakers, token))
            last = speakers
    found = sorted([*found, *sources(line, text, kinds)], key=lambda speech: speech.token)
    return [speech for speech in found if not _within_another(sentence, speech, found)]


def _has_it(sentence: Sentence, verb: int) -> bool:
    """ "As the ministry has it": who has it so says it."""
    if sentence.low[verb + 1 : verb + 2] != ["it"]:
        return False
    return any(sentence.low[c] == "as" for c in sentence.children[verb])


def _according(line: Line, token: int, text: str, kinds: Mapping[str, AttributionKind]) -> Speakers:
    """Whom something is according to."""
    sentence = line.sentence
    near = [c for at in range(token, min(len(sentence), token + 3)) for c in sentence.children[at]]
    heads = [child for child in near if sentence.deps[child] == "pobj"]
    return tuple(s for head in heads for s in named(line, head, text, kinds))


def _within_another(sentence: Sentence, speech: Speech, found: Sequence[Speech]) -> bool:
    """Whether a speech is part of what another speaker says."""
    if sentence.low[speech.token] in ("told", "according"):
        return False
    others = {other.token for other in found if other is not speech}
    below = speech.token
    for above in sentence.ancestors(speech.token):
        if sentence.deps[below] == "conj" and sentence.child(below, "nsubj") is not None:
            return False
        if sentence.deps[below] == "advcl" and _sets_against(sentence, below):
            return False
        if above in others and sentence.deps[below] == "ccomp":
            first, last = sorted((above, speech.token))
            return ";" not in sentence.low[first:last]
        below = above
    return False


def _sets_against(sentence: Sentence, clause: int) -> bool:
    """Whether a clause sets another's words against those before: "while residents said that eight had died"."""
    marks = word_set("attribution", "against")
    return any(sentence.low[c] in marks for c in sentence.children[clause] if sentence.deps[c] in ("mark", "advmod"))


def _of_verb(line: Line, verb: int, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> Speakers:
    sentence = line.sentence
    subject = _subject(sentence, verb)
    if subject is None:
        subject = _just_before(line, verb)
    if subject is None or not _says_something(sentence, verb) or _is_reputed(sentence, verb):
        return ()
    if sentence.low[verb] in word_set("attribution", "giving") and not _gives_count(sentence, verb):
        return ()
    if sentence.low[verb] in word_set("attribution", "taking") and not _takes_responsibility(sentence, verb):
        return ()
    if sentence.child(verb, "prt") is not None and sentence.low[verb] in word_set("attribution", "phrasal"):
        return ()
    if sentence.low[verb] in word_set("attribution", "performing") and _performs(sentence, verb):
        return ()
    subject = _author(sentence, subject)
    low = sentence.low[subject]
    if low in ("who", "that", "which") and sentence.deps[verb] == "relcl":
        return named(line, sentence.heads[verb], text, kinds) if low == "who" else ()
    if low in SPEAKING_PRONOUNS or (
        low in word_set("attribution", "statements") and sentence.low[max(0, subject - 1)] in ("the", "his", "its")
    ):
        return _meant(last, low)
    return named(line, subject, text, kinds, weak=sentence.low[verb] in word_set("attribution", "weak"))


def _meant(last: Speakers, pronoun: str) -> Speakers:
    """Whom a pronoun can stand for: "he" for no body of many."""
    if pronoun not in ("he", "she"):
        return last
    return tuple(speaker for speaker in last if not _is_many(speaker.text)) or last


def _is_many(words: str) -> bool:
    """Whether a speaker is named in the plural: "witnesses", "two officials"."""
    head = words.split(" of ")[0].split(" in ")[0].split(" at ")[0].split()[-1]
    return head.islower() and (
        head in ("police", "media", "people") or (head.endswith("s") and not head.endswith("ss"))
    )


def _is_reputed(sentence: Sentence, verb: int) -> bool:
    """Whether something is said of the subject in a note, the "was" left out: "5 rebels believed killed"."""
    if sentence.low[verb] not in word_set("roles", "reputed") or verb + 1 >= len(sentence):
        return False
    return sentence.tags[verb + 1] == "VBN" or sentence.low[verb + 1] in ("dead", "missing")


def _author(sentence: Sentence, subject: int) -> int:
    """Who speaks in a statement, report or count: "a statement from the ministry said"."""
    if sentence.low[subject] not in word_set("attribution", "statements"):
        return subject
    for child in sentence.children[subject]:
        if sentence.deps[child] in ("poss", "compound") and sentence.tags[child] in NOUN_TAGS and child < subject:
            return child if sentence.deps[child] == "poss" else subject
        by = sentence.low[child] in ("by", "from") and sentence.child(child, "pobj")
        if by or sentence.deps[child] == "acl":
            agent = sentence.child(child, "agent")
            found = by or (sentence.child(agent, "pobj") if agent is not None else None)
            if found:
                return found
    return subject


def _gives_count(sentence: Sentence, verb: int) -> bool:
    """Whether what is given is a count: "gave a figure of 12 dead"."""
    given = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    counts = word_set("attribution", "counts")
    return any(sentence.low[c] in counts or sentence.tags[c] == "CD" for c in given)


def _takes_responsibility(sentence: Sentence, verb: int) -> bool:
    """Whether somebody says that it was they: "took responsibility"."""
    return any(
        sentence.deps[c] == "dobj" and sentence.low[c] in ("responsibility", "credit") for c in sentence.children[verb]
    )


def _performs(sentence: Sentence, verb: int) -> bool:
    """Whether to say it is to do it: "declared martial law", "announced a merger"."""
    told = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    if sentence.deps[verb] == "acl" and sentence.tags[verb] == "VBN":
        told = [sentence.heads[verb]]
    elif sentence.child(verb, "ccomp", "parataxis") is not None or sentence.deps[verb] in SAID_OF:
        return False
    return bool(told) and not any(sentence.low[c] in word_set("attribution", "of_harm") for c in told)


def _just_before(line: Line, verb: int) -> int | None:
    """The noun phrase right before a verb that the parse gave no subject: "…, a farmer who fled said"."""
    sentence = line.sentence
    if sentence.tags[verb] not in ("VBD", "VBZ", "VBP") or sentence.deps[verb] not in ("ROOT", "parataxis", "conj"):
        return None
    end = verb - 1 if verb and sentence.low[verb - 1] != "," else verb - 2
    for noun in range(end, max(-1, end - LONGEST_PHRASE), -1):
        if sentence.tags[noun] not in NOUN_TAGS or max(sentence.subtree(noun)) not in (end, end + 1):
            continue
        while sentence.deps[noun] == "appos" and may_speak(line, sentence.heads[noun], weak=True):
            noun = sentence.heads[noun]
        return noun if may_speak(line, noun, weak=True) else None
    return None


def _subject(sentence: Sentence, verb: int) -> int | None:
    """Who says what the verb says; of the passive, its agent."""
    passive = sentence.child(verb, "nsubjpass") is not None
    if passive and sentence.low[verb] in ("quoted", "cited") and _as_saying(sentence, verb):
        return sentence.child(verb, "nsubjpass")
    if passive or (sentence.tags[verb] == "VBN" and sentence.deps[verb] in ("acl", "amod", "advcl")):
        agent = sentence.child(verb, "agent")
        return sentence.child(agent, "pobj") if agent is not None else None
    at, subject = verb, sentence.child(verb, *SUBJECTS)
    if subject is not None and verb > 0 and sentence.low[verb - 1] == ",":
        subject = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in SUBJECTS), subject)
    beside = [c for c in sentence.children[verb] if subject is not None and subject < c < verb]
    subject = next((c for c in beside if sentence.deps[c] in SUBJECTS), subject)
    while subject is None and sentence.deps[at] in ("conj", "advcl", "xcomp") and sentence.heads[at] != at:
        at = sentence.heads[at]
        if sentence.child(at, "nsubjpass") is not None:
            return None
        subject = sentence.child(at, *SUBJECTS)
    if subject is None and sentence.deps[verb] == "acl":
        subject = sentence.heads[verb]
    return subject


def _as_saying(sentence: Sentence, verb: int) -> bool:
    """ "Was quoted as saying": the subject of the passive speaks."""
    return any(sentence.low[t : t + 2] == ["as", "saying"] for t in range(verb + 1, min(len(sentence), verb + 6)))


def _as(sentence: Sentence, verb: int) -> bool:
    """Whether a clause with "as" is spoken ("as told by families"), or a denial calls what it denies something."""
    if any(sentence.low[c] == "as" and sentence.deps[c] == "mark" for c in sentence.children[verb]):
        return True
    denied = sentence.low[verb] in word_set("modality", "denied")
    return denied and any(sentence.low[c] == "as" for c in sentence.children[verb])


def _says_something(sentence: Sentence, verb: int) -> bool:
    """Whether something is said: a clause, a quotation, or an event as the object."""
    if takes_lives(sentence, verb):
        return False
    weak = sentence.low[verb] in word_set("attribution", "weak")
    content = CLAUSE_CONTENT if weak else CONTENT
    if sentence.low[verb] in word_set("attribution", "speaking_of"):
        return any(sentence.low[child] == "of" for child in sentence.children[verb])
    if sentence.low[verb] in word_set("attribution", "finding"):
        return sentence.child(verb, "ccomp") is not None
    if any(sentence.deps[child] in content for child in sentence.children[verb]) or _as(sentence, verb):
        return True
    if any(sentence.deps[child] in SUBJECTS and child == verb + 1 for child in sentence.children[verb]):
        return True
    if sentence.deps[verb] in SAID_OF:
        return not weak or sentence.deps[verb] != "advcl"
    return verb == len(sentence) - 1 or sentence.words[verb + 1] in (",", ".", ":", '"', "“")
