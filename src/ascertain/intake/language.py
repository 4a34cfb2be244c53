"""The language that a text is in, where its own letters and words leave no doubt."""

from __future__ import annotations

import functools
import re

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_LOOKED_AT = 4_000
_FEWEST_LETTERS = 60
_SURE = 0.95
_NO_LANGUAGE = re.compile(r"https?://\S+|\S+@\S+|[\d\W_]+")


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def likeliest_language(text: str) -> str:
    """The code of the language that a text is in if it must be in one.

    >>> likeliest_language("Salı sabahı en az on üç kişi öldü")
    'tr'
    """
    return str(_identifier().classify(text[:_LOOKED_AT])[0])


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text; `None` where it is short, mixed, or in no language for sure.

    >>> language_of("At least thirteen people were killed when shells hit the market of the town on Tuesday morning.")
    'en'
    >>> language_of("13 / 27 / 44") is None
    True
    """
    words = _NO_LANGUAGE.sub(" ", text[:_LOOKED_AT])
    if sum(map(str.isalpha, words)) < _FEWEST_LETTERS:
        return None
    language, probability = _identifier().classify(words)
    return str(language) if probability >= _SURE and len(language) == 2 else None
