"""Severity: the report's own word for how bad a condition is.

In: a sentence and its findings. Out: the token of the word that grades a finding, `None` where there is none.
"""

from __future__ import annotations

import re
from functools import cache

from ascertain.reading.conditions.findings import FILE, STEPS_TO_SUBJECT, SUBJECTS, Finding
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

GRADED_THROUGH = frozenset(
    (*SUBJECTS, "compound", "conj", "pobj", "prep", "amod", "nmod", "det", "dobj", "attr", "acomp")
)


def severity_of(sentence: Sentence, finding: Finding, kept: list[Finding]) -> int | None:
    """The token of the report's word for how bad it is: by the word of lack, by the thing, or said of either."""
    for token in (finding.token, finding.about):
        word = grade_of(sentence, token)
        if word is not None:
            return word
    words = word_set(FILE, "severity", "words")
    for token, low in enumerate(sentence.low):
        if low in words and _grades_a_lack(sentence, token) and _last_before(kept, token) is finding:
            return token
    return None


def phase_in(words: str) -> str | None:
    """The first phase of the IPC scale of hunger that the words of a sentence name, as they name it, in lower case.

    >>> phase_in("Baidoa district faces an emergency (IPC 4)."), phase_in("the second phase of the offensive")
    ('ipc 4', None)
    """
    low = words.lower()
    found = _phase().search(low) if "ipc" in low else None
    return " ".join(found[0].split()) if found else None


@cache
def _phase() -> re.Pattern[str]:
    return re.compile(table(FILE)["severity"]["phase"])


def _last_before(kept: list[Finding], token: int) -> Finding:
    """The finding that a word of severity follows; the first where it precedes all."""
    return next((finding for finding in reversed(kept) if finding.token <= token), kept[0])


def _grades_a_lack(sentence: Sentence, token: int) -> bool:
    """Whether a word of severity elsewhere in the sentence may still speak of the lack."""
    head = sentence.heads[token]
    low = sentence.low[head]
    near = sentence.low[token + 1 : token + 3]
    if any(word in word_set(FILE, "severity", "illnesses") for word in near):
        return False
    return sentence.tags[token].startswith("JJ") and low in (
        "level",
        "levels",
        "situation",
        "conditions",
        "crisis",
        "emergency",
    )


def grade_of(sentence: Sentence, token: int) -> int | None:
    """The word of severity that hangs on a token or is said of it."""
    words = word_set(FILE, "severity", "words")
    if sentence.low[token] in words:
        return token
    illness = sentence.low[token] in word_set(FILE, "severity", "illnesses")
    for child in sentence.children[token]:
        if sentence.low[child] in words and sentence.deps[child] in ("amod", "advmod", "acomp", "oprd", "compound"):
            return None if illness else child
    at = token
    for _ in range(STEPS_TO_SUBJECT):
        dep, above = sentence.deps[at], sentence.heads[at]
        if above == at or dep not in GRADED_THROUGH:
            return None
        if dep in SUBJECTS:
            return _predicated(sentence, above, words)
        if dep in ("compound", "det", "amod") and not illness:
            beside = [c for c in sentence.children[above] if sentence.low[c] in words and sentence.deps[c] == "amod"]
            if beside:
                return beside[0]
        at = above
    return None


def _predicated(sentence: Sentence, verb: int, words: frozenset[str]) -> int | None:
    """The word of severity that a verb says of its subject: "is dire", "is described as catastrophic"."""
    if sentence.low[verb] in words:
        return verb
    for child in sentence.children[verb]:
        if sentence.deps[child] in ("acomp", "oprd", "attr", "xcomp") and sentence.low[child] in words:
            return child
    for token in range(verb + 1, min(len(sentence), verb + 9)):
        if sentence.low[token] in words and "as" in sentence.low[token - 2 : token]:
            return token
    return None
