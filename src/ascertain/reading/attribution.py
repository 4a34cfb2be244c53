"""Attribution: who says what a report tells, as the report words it.

In: the lines of a page. Out: `Heard` for each line: the speakers of the line, and of each event in it. A pronoun and
the first person stand for the last speaker; a label ("Ministry of Health: …") and an open quotation hold for what
follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import get_args

from ascertain.actors import PartyMention, describe
from ascertain.model import Attribution, AttributionKind, DataFileError
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NAME_TAGS, NOUN_TAGS, left_edge
from ascertain.reading.words import table, word_set

SUBJECTS = ("nsubj", "nsubjpass")
FIRST_PERSON = frozenset(("we", "our", "i", "us", "my"))
SPEAKING_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i"))
CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis", "advcl", "prep", "dep"))
CLAUSE_CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis"))
SAID_OF = frozenset(("ccomp", "parataxis", "acl", "advcl"))
SKIPPED = frozenset(("the", "a", "an", "but", "also", "however", "meanwhile", ",", "and"))
LONGEST_TAIL = 7
KIND_OF_PARTY: dict[str, AttributionKind] = {
    "state_forces": "military",
    "external_forces": "military",
    "rebel_group": "armed_group",
    "militia": "armed_group",
    "police": "official",
    "government": "official",
}

Speakers = tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Speakers with the token of the word that makes them so."""

    speakers: Speakers
    token: int


@dataclass(slots=True)
class Heard:
    """Who speaks in a line. `carried` speak where no word of the line makes anybody speak."""

    sentence: Sentence
    speeches: list[Speech] = field(default_factory=list)
    carried: Speakers = ()

    @property
    def all(self) -> Speakers:
        """All speakers of the line, in order of text."""
        return _unique(s for speech in self.speeches for s in speech.speakers) or self.carried

    def of(self, token: int) -> Speakers:
        """Who says what the word at `token` tells of: those whose clause holds it, else those nearest to it."""
        if not self.speeches:
            return self.carried
        above = {token, *self.sentence.ancestors(token)}
        near = [s for s in self.speeches if s.token in above] or _of_part(self.sentence, self.speeches, token)
        if len(self.speeches) == 1 or not near:
            return self.all
        first = min(near, key=lambda speech: (abs(speech.token - token), speech.token))
        return _unique(s for speech in near if speech.token == first.token for s in speech.speakers)


def _of_part(sentence: Sentence, speeches: Sequence[Speech], token: int) -> list[Speech]:
    """The speeches between the same semicolons as the token."""
    breaks = [n for n, word in enumerate(sentence.low) if word == ";"]
    part = sum(n < token for n in breaks)
    return [speech for speech in speeches if sum(n < speech.token for n in breaks) == part]


def _unique(speakers: Iterable[Attribution]) -> Speakers:
    by_span = {speaker.span: speaker for speaker in speakers}
    return tuple(by_span[span] for span in sorted(by_span))


def listen(lines: Sequence[Line], text: str) -> dict[Line, Heard]:
    """Who speaks in each line of a page."""
    heard: dict[Line, Heard] = {}
    hearing = _Hearing(text)
    for line in lines:
        heard[line] = hearing.hear(line)
    return heard


class _Hearing:
    """Listening to a page: who spoke last, whose label or quotation still holds, and who is who."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: Speakers = ()
        self.label: Speakers = ()
        self.kinds: dict[str, AttributionKind] = {}
        self.unclosed: list[Heard] = []

    def hear(self, line: Line) -> Heard:
        sentence = line.sentence
        heard = Heard(sentence, _speeches(line, self.text, self.last, self.kinds))
        label = _label(line, self.text)
        if label or sentence.heading:
            self.label = label
        quoted = _is_quoted(self.text, sentence.span[0])
        if not heard.speeches:
            heard.carried = self._carried(sentence, quoted=quoted)
        elif quoted:
            for earlier in self.unclosed:
                earlier.carried = heard.all
        self.unclosed = self._left_open(heard, quoted=quoted)
        self.last = heard.all or self.last
        for speaker in heard.all:
            self._know(speaker)
        return heard

    def _carried(self, sentence: Sentence, *, quoted: bool) -> Speakers:
        if self.label:
            return self.label
        return self.last if quoted or FIRST_PERSON.intersection(sentence.low) else ()

    def _left_open(self, heard: Heard, *, quoted: bool) -> list[Heard]:
        """The lines of a quotation whose speaker is still to be named."""
        open_after = _is_quoted(self.text, heard.sentence.span[1])
        if not open_after or heard.speeches:
            return []
        return [*(self.unclosed if quoted else ()), heard]

    def _know(self, speaker: Attribution) -> None:
        """Keep the kind of a named speaker for when only the last name is said."""
        if speaker.kind != "other":
            for word in speaker.text.split()[-1:]:
                if word[:1].isupper():
                    self.kinds.setdefault(word.lower(), speaker.kind)


def _is_quoted(text: str, offset: int) -> bool:
    """Whether a quotation that began in the paragraph is open at the offset."""
    start = text.rfind("\n", 0, offset) + 1
    if text.count('"', start, offset) % 2:
        return True
    return text.count("“", start, offset) > text.count("”", start, offset)


def _label(line: Line, text: str) -> Speakers:
    """The speaker whom a label before the sentence names: "The Foreign Secretary: …"."""
    sentence = line.sentence
    if not sentence.starts:
        return ()
    start = sentence.span[0]
    words = text[start : sentence.starts[0]].rstrip()
    if not words.endswith(":"):
        return ()
    words = words[:-1].rstrip()
    if " by " in words:
        start += words.rindex(" by ") + len(" by ")
        words = words[words.rindex(" by ") + len(" by ") :]
    kind = speaker_kind(words, [p for p in (*line.parties, *line.states) if start <= p.span[0] < start + len(words)])
    return () if kind == "other" else (Attribution(text=words, span=(start, start + len(words)), kind=kind),)


def _speeches(line: Line, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> list[Speech]:
    """The speeches that words of the line make, in order; what a speaker says of another's words is the first's."""
    sentence = line.sentence
    found: list[Speech] = []
    for token, low in enumerate(sentence.low):
        speakers: Speakers = ()
        if low in word_set("attribution", "according") and sentence.low[token + 1 : token + 2] == ["to"]:
            near = sentence.children[token] + sentence.children[min(token + 1, len(sentence) - 1)]
            heads = [child for child in near if sentence.deps[child] == "pobj"]
            speakers = tuple(s for head in heads for s in _named(line, head, text, kinds))
        elif low in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            speakers = _of_verb(line, token, text, last, kinds)
        if speakers:
            found.append(Speech(speakers, token))
    return [speech for speech in found if not _within_another(sentence, speech, found)]


def _within_another(sentence: Sentence, speech: Speech, found: Sequence[Speech]) -> bool:
    """Whether a speech is part of what another speaker says."""
    if sentence.low[speech.token] in ("told", "according"):
        return False
    others = {other.token for other in found if other is not speech}
    below = speech.token
    for above in sentence.ancestors(speech.token):
        if above in others and sentence.deps[below] == "ccomp":
            first, last = sorted((above, speech.token))
            return ";" not in sentence.low[first:last]
        below = above
    return False


def _of_verb(line: Line, verb: int, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> Speakers:
    sentence = line.sentence
    subject = _subject(sentence, verb)
    if subject is None or not _says_something(sentence, verb):
        return ()
    low = sentence.low[subject]
    if low in ("who", "that", "which") and sentence.deps[verb] == "relcl":
        return _named(line, sentence.heads[verb], text, kinds) if low == "who" else ()
    if low in SPEAKING_PRONOUNS or (
        low in word_set("attribution", "statements") and sentence.low[max(0, subject - 1)] in ("the", "his", "its")
    ):
        return last
    return _named(line, subject, text, kinds, weak=sentence.low[verb] in word_set("attribution", "weak"))


def _subject(sentence: Sentence, verb: int) -> int | None:
    """Who says what the verb says; of the passive, its agent."""
    passive = sentence.child(verb, "nsubjpass") is not None
    if passive or (sentence.tags[verb] == "VBN" and sentence.deps[verb] in ("acl", "amod", "advcl")):
        agent = sentence.child(verb, "agent")
        return sentence.child(agent, "pobj") if agent is not None else None
    at, subject = verb, sentence.child(verb, *SUBJECTS)
    while subject is None and sentence.deps[at] in ("conj", "advcl", "xcomp") and sentence.heads[at] != at:
        at = sentence.heads[at]
        if sentence.child(at, "nsubjpass") is not None:
            return None
        subject = sentence.child(at, *SUBJECTS)
    if subject is None and sentence.deps[verb] == "acl":
        subject = sentence.heads[verb]
    return subject


def _says_something(sentence: Sentence, verb: int) -> bool:
    """Whether something is said: a clause, a quotation, or an event as the object."""
    weak = sentence.low[verb] in word_set("attribution", "weak")
    content = CLAUSE_CONTENT if weak else CONTENT
    if any(sentence.deps[child] in content for child in sentence.children[verb]):
        return True
    if sentence.deps[verb] in SAID_OF:
        return not weak or sentence.deps[verb] != "advcl"
    return verb == len(sentence) - 1 or sentence.words[verb + 1] in (",", ".", ":", '"', "“")


def _named(line: Line, head: int, text: str, kinds: Mapping[str, AttributionKind], *, weak: bool = False) -> Speakers:
    """The speakers that a noun phrase names."""
    sentence = line.sentence
    conjoined = (c for c in sentence.children[head] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS)
    found = []
    for noun in (head, *conjoined):
        if not _may_speak(line, noun, weak=weak):
            continue
        first, last = left_edge(sentence, noun), _last(sentence, noun)
        while first < noun and sentence.low[first] in SKIPPED:
            first += 1
        span = sentence.span_of(first, last)
        words = text[slice(*span)]
        known = kinds.get(words.lower().removeprefix("mr ").removeprefix("mrs ").removeprefix("ms "))
        kind = known or speaker_kind(words, [p for p in (*line.parties, *line.states) if _meet(p.span, span)])
        if kind == "other":
            kind = _kind_of_aside(line, noun, text)
        if kind == "media" and _is_person_of(sentence, noun):
            kind = "journalist"
        found.append(Attribution(text=words, span=span, kind=kind))
    return tuple(found)


def _is_person_of(sentence: Sentence, noun: int) -> bool:
    """Whether the words are a name owned by another: "Al Jazeera's Tareq Abu Azzoum"."""
    owned = any(sentence.deps[c] == "poss" and sentence.tags[c] in NAME_TAGS for c in sentence.children[noun])
    return owned and sentence.tags[noun] in NAME_TAGS


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _may_speak(line: Line, noun: int, *, weak: bool) -> bool:
    """Whether the noun can be a speaker; of a `weak` verb only people, a body, a place or a document."""
    sentence = line.sentence
    low, tag = sentence.low[noun], sentence.tags[noun]
    if tag not in NOUN_TAGS or low in word_set("attribution", "nobody") or low in word_set("attribution", "mute"):
        return False
    if any(sentence.low[child] == "no" for child in sentence.children[noun]):
        return False
    if not weak or tag in ("NNP", "NNPS") or low in _speaking_words() or low in word_set("attribution", "statements"):
        return True
    return describe(sentence.words[noun]) is not None or any(
        _meet(p.span, sentence.span_of(noun, noun)) for p in line.parties
    )


def _last(sentence: Sentence, noun: int) -> int:
    """The last token of the noun with its "of" or "for" phrase."""
    last = noun
    for child in sentence.children[noun]:
        if child == noun + 1 and sentence.low[child] in ("of", "for", "at") and sentence.deps[child] == "prep":
            inner = [c for c in sentence.subtree(child) if c < noun + LONGEST_TAIL]
            last = max(inner) if inner == list(range(child, max(inner) + 1)) else last
    return last


def _kind_of_aside(line: Line, noun: int, text: str) -> AttributionKind:
    """The kind that an apposition gives a name ("Célestin M., the leader of the rebels"), or a place its government."""
    sentence = line.sentence
    for child in (*sentence.children[noun], *([sentence.heads[noun]] if sentence.deps[noun] == "appos" else [])):
        if sentence.deps[child] == "appos" or child == sentence.heads[noun]:
            tail = sentence.subtree(child) if sentence.deps[child] == "appos" else [child]
            span = sentence.span_of(left_edge(sentence, tail[0]), tail[-1])
            kind = speaker_kind(text[slice(*span)], [p for p in line.parties if _meet(p.span, span)])
            if kind != "other":
                return kind
    start = sentence.starts[noun]
    is_place = any(p.place.span[0] <= start < p.place.span[1] and p.place.lat is not None for p in line.places)
    return "official" if is_place else "other"


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    words: frozenset[str]
    phrases: tuple[str, ...]
    without: frozenset[str]


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    rows = [
        _Row(
            row["kind"],
            frozenset(row.get("words", "").split()),
            tuple(row.get("phrases", ())),
            frozenset(row.get("without", "").split()),
        )
        for row in table("attribution")["kind"]
    ]
    known = (*get_args(AttributionKind), "party")
    if wrong := [row.kind for row in rows if row.kind not in known]:
        raise DataFileError(f"unknown kinds {wrong}", source="en/attribution.toml", remedy=f"use one of {known}")
    return tuple(rows)


@lru_cache(maxsize=1)
def _speaking_words() -> frozenset[str]:
    return frozenset(word for row in _rows() for word in row.words) | word_set("attribution", "bodies")


def speaker_kind(words: str, parties: Sequence[PartyMention]) -> AttributionKind:
    """What kind of speaker the words name; `other` where they do not tell.

    >>> speaker_kind("the provincial health director", [])
    'medical'
    """
    low = words.lower().replace("’", "'")
    tokens = set(low.replace("-", " ").replace(",", " ").replace("(", " ").replace(")", " ").split()) | set(low.split())
    tokens |= {token.removesuffix("'s").rstrip(".") for token in tokens}
    for row in _rows():
        if row.kind == "party":
            if (kind := _of_parties(parties)) is not None:
                return kind
        elif (tokens & row.words and not tokens & row.without) or any(phrase in low for phrase in row.phrases):
            return row.kind  # type: ignore[return-value]  # checked when loaded
    return "other"


def _of_parties(parties: Sequence[PartyMention]) -> AttributionKind | None:
    return next((kind for party in parties if (kind := KIND_OF_PARTY.get(party.kind)) is not None), None)
