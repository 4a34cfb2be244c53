"""Sketches: what is kept of a report's wording, so that reports can be compared without their texts.

In: a report. Out: its `Sketch`: content words of title and text, and the smallest hashes of its runs of five words.
A sketch is a function of title, text and language alone, the same on every machine.
"""

from __future__ import annotations

import re
import runpy
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from unicodedata import normalize

import numpy as np

from ascertain.model import Report, Sketch, Span
from ascertain.reading.words import LANGUAGE, table, word_set

RUN = 5
SHINGLES = 64
MOST_WORDS = 400
# How far the opening sentence is looked for, and how many characters make one: more than a dateline or a byline has.
MOST_OPENING = 2000
LEAST_OPENING = 40
LEAST_UNSPACED = 12

# Marks that stand within a word but are no letters to `re`: accents written apart, vowel signs, joiners.
_MARKS = "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
_MARKS += "\u0900-\u0963\u0966-\u0dff\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\ufe20-\ufe2f"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_WORD = re.compile(rf"(\d+(?:[.,:]\d+)+|[^\W_]{_LETTER}*(?:['’ʼ]{_LETTER}+)*)")
# Scripts that put no blanks between words: Thai to Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3040-\u30ff\u3400-\u9fff]")
_IGNORED = re.compile("[\u00ad\u200b-\u200d\u2060\u0640]")
_SENTENCE_END = re.compile(r"[.!?:…。؟।\n“\"«]")
_OPENING_END = re.compile(r"[.!?…](?=[\s”\"’»)])|[。！？؟।\n]")
_STOP = re.compile(r"[^\w\s“‘«(\[—–-]*")
_ELIDED = re.compile(r"^(?:l|d|qu|j|n|s|c|m|t)'(?=\w)")
_CONTRACTED = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m)|')$")
_VOWEL = re.compile("[aeiouyà-ÿ]")
_NO_NUMBERS = frozenset(("one", "both"))


def sketch(report: Report) -> Sketch:
    """The wording of a report, in short.

    `words` holds each content word once: first those that only the title has (`at` is `None`), then those of the text
    in order of first appearance; 400 at most. They are in lower case, normalised (NFKC) and lightly stemmed; one that
    is written with a capital within a sentence, and never without, is a name and keeps the capital. Numbers stay as
    written. `shingles` holds the 64 smallest hashes of the text's runs of five words, sorted. `opening` is where the
    first sentence of some length stands; `None` where the text has no word.

    >>> made = sketch(Report(id="r", title="Market hit", text="On Friday the market of Zarnek was hit by shells."))
    >>> list(zip(made.words, made.at)), made.opening
    ([('Friday', 3), ('market', 14), ('Zarnek', 24), ('hit', 35), ('shell', 42)], (0, 49))
    """
    language = (report.language or LANGUAGE).split("-")[0].lower()
    words, starts, names = _words(report.text, language)
    first: dict[str, int] = {}
    for word, start in zip(words, starts, strict=True):
        if word.stem and word.stem not in first:
            first[word.stem] = start
    titled, _, title_names = _words(report.title or "", language)
    title_only = dict.fromkeys(word.stem for word in titled if word.stem and word.stem not in first)
    kept = [*title_only, *first][:MOST_WORDS]
    names |= title_names & title_only.keys()
    return Sketch.model_construct(
        words=tuple(_capital(stem) if stem in names else stem for stem in kept),
        at=tuple(first.get(stem) for stem in kept),
        shingles=_shingles([word.hash for word in words]),
        opening=_opening(report.text),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: its stem, empty for a stop word; a hash; and whether it is written with a capital."""

    stem: str
    hash: int
    capital: bool


@lru_cache(maxsize=1 << 17)
def _word(written: str, language: str) -> _Word:
    folded = normalize("NFKC", normalize("NFKC", written).casefold())
    folded = _IGNORED.sub("", folded).replace("’", "'").replace("ʼ", "'")
    bare = _CONTRACTED.sub("", _ELIDED.sub("", folded))
    stops = stop_words(language)
    letter = len(bare) < 2 and bare.isascii() and not bare.isdigit()
    idle = letter or folded in stops or bare in stops
    root = bare if bare in _number_words(language) else stem(bare)
    return _Word("" if idle else root, zlib.crc32(bare.encode("utf-8", "surrogatepass")), written[0].isupper())


def _words(text: str, language: str) -> tuple[list[_Word], list[int], set[str]]:
    """The words of a text, where each begins, and the stems of its names."""
    parts = _WORD.split(text)
    written, starts = parts[1::2], list(accumulate(map(len, parts)))[0:-1:2]
    if _UNSPACED.search(text):
        written, starts = _paired(written, starts)
        return [_word(one, language) for one in written], starts, set()
    words = [_word(one, language) for one in written]
    return words, starts, _names(words, parts)


def _names(words: list[_Word], parts: list[str]) -> set[str]:
    """Stems of words with a capital where no sentence begins, and never without; none where most words have one."""
    small = {word.stem for word in words if not word.capital}
    if sum(word.capital for word in words) * 2 > len(words):
        return set()
    abbreviations = word_set("layout", "abbreviations")
    names: set[str] = set()
    for index, word in enumerate(words):
        if word.capital and word.stem not in small and word.stem not in names and index:
            between, before = parts[2 * index], parts[2 * index - 1]
            if not _ends(between, before, abbreviations):
                names.add(word.stem)
    return names


def _ends(between: str, before: str, abbreviations: frozenset[str]) -> bool:
    """Whether a sentence ends between two words, by what stands there and the word before."""
    if not _SENTENCE_END.search(between):
        return False
    return between != ". " or not (len(before) == 1 or before.lower() in abbreviations)


def _opening(text: str) -> Span | None:
    """The first sentence or line that is long enough to tell something, up to its stop; else the first of all."""
    abbreviations = word_set("layout", "abbreviations")
    first: Span | None = None
    begun, before = None, None
    for word in _WORD.finditer(text, 0, MOST_OPENING):
        if before is not None and begun is not None:
            between = text[before.end() : word.start()]
            if _OPENING_END.search(between) and _ends(between, before[0], abbreviations):
                found = begun, before.end() + _stop(between)
                if _tells(text[begun : before.end()]):
                    return found
                first, begun = first or found, None
        begun, before = word.start() if begun is None else begun, word
    if begun is None or before is None:
        return first
    last = begun, before.end() + _stop(text[before.end() : MOST_OPENING])
    return last if first is None or _tells(text[slice(*last)]) else first


def _tells(sentence: str) -> bool:
    return len(sentence) >= (LEAST_UNSPACED if _UNSPACED.search(sentence) else LEAST_OPENING)


def _stop(between: str) -> int:
    """How much of what stands after a sentence's last word belongs to it: the stop, and closing quotes after it."""
    found = _STOP.match(between)
    return found.end() if found else 0


def _paired(written: list[str], starts: list[int]) -> tuple[list[str], list[int]]:
    """Words of scripts without blanks as pairs of characters that overlap; all others whole."""
    pairs: list[tuple[str, int]] = []
    for word, start in zip(written, starts, strict=True):
        if len(word) > 2 and _UNSPACED.search(word):
            pairs += [(word[at : at + 2], start + at) for at in range(len(word) - 1)]
        else:
            pairs.append((word, start))
    return [word for word, _ in pairs], [start for _, start in pairs]


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _shingles(hashes: list[int]) -> tuple[int, ...]:
    """The smallest hashes (32 bits) of the runs of five words; a shorter text is one run."""
    if not hashes:
        return ()
    words = np.array(hashes, dtype=np.uint64)
    run = min(RUN, len(hashes))
    runs = np.zeros(len(hashes) - run + 1, dtype=np.uint64)
    for at in range(run):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + words[at : len(hashes) - run + 1 + at]
    # the last steps of SplitMix64 (Steele, Lea, Flood 2014), so that all bits count
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return tuple(np.unique(runs >> np.uint64(32))[:SHINGLES].tolist())


def stem(word: str) -> str:
    """A word in lower case without the endings of plurals and verbs; Latin script only, and none of numbers.

    The same for all languages: what counts is that forms of one word meet, not that the stem is a word.

    >>> [stem(word) for word in ("strikes", "striking", "killed", "bodies", "houses", "1,200", "Харків")]
    ['strik', 'strik', 'kill', 'body', 'hous', '1,200', 'Харків']
    """
    if len(word) < 4 or not "a" <= word[0] <= "ɏ" or any(sign.isdigit() for sign in word):
        return word
    return _without_verb_ending(_without_plural(word))


def _without_plural(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and _VOWEL.search(root):
            doubled = root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root.removesuffix("e")
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@cache
def stop_words(language: str) -> frozenset[str]:
    """spaCy's stop words of a language, but English numbers; none where spaCy has no list.

    >>> "the" in stop_words("en"), "five" in stop_words("en"), stop_words("tlh")
    (True, False, frozenset())
    """
    spacy = find_spec("spacy")
    if spacy is None or spacy.origin is None or not (language.isascii() and language.isalpha()):
        return frozenset()
    path = Path(spacy.origin).parent / "lang" / language / "stop_words.py"
    if not path.exists():
        return frozenset()
    # the file alone: importing it as a module would load all of spaCy, in each process that reads
    words: Iterable[str] = runpy.run_path(str(path))["STOP_WORDS"]
    return frozenset(words) - _number_words(language)


@cache
def _number_words(language: str) -> frozenset[str]:
    """Words for numbers, where the language has a table of them."""
    if language != LANGUAGE:
        return frozenset()
    numbers = table("quantities")
    return frozenset((*numbers["numbers"], *numbers["scales"])) - _NO_NUMBERS
