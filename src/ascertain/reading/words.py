"""The words of a language, loaded from its data files.

In: `languages/<code>/<name>.toml`. Out: tables and sets of lower-case words. A fault in a file raises `DataFileError`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ascertain.model import DataFileError

LANGUAGE = "en"


@cache
def table(name: str) -> dict[str, Any]:
    """The content of a data file of the language.

    Raises:
        DataFileError: the file is not TOML.
    """
    path = files("ascertain.reading") / "languages" / LANGUAGE / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(str(fault), source=f"{LANGUAGE}/{name}.toml", remedy="mend the TOML there") from fault


@cache
def word_set(name: str, *keys: str) -> frozenset[str]:
    """The words under a key of a data file, written as one text of words apart by blanks, or as a list of phrases.

    >>> "mr" in word_set("layout", "abbreviations")
    True
    """
    value: Any = table(name)
    for key in keys:
        value = value[key]
    words = value.split() if isinstance(value, str) else value
    if not all(isinstance(word, str) and word == word.lower() for word in words):
        raise DataFileError(
            "words must be lower case", source=f"{LANGUAGE}/{name}.toml [{'.'.join(keys)}]", remedy="write them so"
        )
    return frozenset(words)


@cache
def phrases(key: str) -> re.Pattern[str]:
    """A pattern of the phrases under a key of `discourse.toml`, as whole words of a text in lower case.

    >>> phrases("toll").search("so far this year 40 have died") is not None
    True
    """
    found = sorted(word_set("discourse", key), key=lambda words: (-len(words), words))
    return re.compile(r"\b(?:" + "|".join(re.escape(words) for words in found) + r")\b")


def plain(words: Sequence[str]) -> str:
    """Words as one text, hyphens closed up.

    >>> plain(["post", "-", "election", "violence"])
    'post-election violence'
    """
    return " ".join(words).replace(" - ", "-")


PhraseIndex = dict[str, list[tuple[tuple[str, ...], str]]]


def phrase_index(file: str, rows: Iterable[tuple[str, str]]) -> PhraseIndex:
    """Phrases by their first word, longest first, each with a name; `file` is the data file that they stand in.

    Raises:
        DataFileError: a phrase is not in lower case.

    >>> phrase_index("talks", [("peace", "a"), ("peace talks", "b")])["peace"]
    [(('peace', 'talks'), 'b'), (('peace',), 'a')]
    """
    index: PhraseIndex = {}
    for phrase, name in rows:
        if phrase != phrase.lower():
            raise DataFileError(f"{phrase!r} is not lower case", source=f"{LANGUAGE}/{file}.toml", remedy="write it so")
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((words, name))
    for known in index.values():
        known.sort(key=lambda row: -len(row[0]))
    return index
