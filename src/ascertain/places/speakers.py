"""Where those are who speak in a report, and where the people told of come from: no places of what happened.

In: a name with the words around it. Out: whether somebody there says something ("a doctor in Khan Younis said", "told
Reuters by phone from El Fasher"), and whether somebody is from there ("a peacekeeper from Kenya").
"""

from __future__ import annotations

import re
from functools import lru_cache

from ascertain.places.found import Found
from ascertain.places.lexicon import Lexicon, lexicon

_REACH, _FROM_WORDS = 110, 4
_CLAUSE_END = re.compile(r"[.;:!?]\s|\n|[“”\"]")
_TOKEN = re.compile(r"[\w'’-]+|,")
_LINKS = frozenset({"in", "at", "from", "of", "near", "outside", "inside"})
_ENDS = re.compile(r"\s*(?:[.,;)]|(?:that|on|late|early|this|after|before|when|during)\b|$)")
_THAT = re.compile(r"(?:\s+on\s+\w+day)?,?\s+that\b")
_BETWEEN = re.compile(r"\w+ly|also|first|later|earlier|now|again|still|since|already")
_NAMED = r"\s+[A-Z][\w.'’ -]{1,40},\s+(?:(?:an?|the|who\s+is\s+an?)\s+)?(?:[a-z-]+\s+){0,3}$"
_BY_ACCOUNT = re.compile(r"\b(?:according\s+to|as\s+told\s+by)\s+[^.;,]{0,50}$", re.IGNORECASE)
_HOLDERS = r"(?:(?:\s*,\s*(?:in\s+)?(?:the\s+)?(?:[a-z-]+\s+)?[A-Z][\w’' -]{1,30}){1,2}\s*,)?"
"""What holds a place, between commas; without the second it is somebody else who speaks: "in Gao, Reuters reported"."""


def is_of_speaker(text: str, name: Found, words: Lexicon) -> bool:
    """Whether a name tells where somebody is who says something."""
    before = _clause_before(text, name, words)
    if before is None:
        return False
    return _is_of_those_who_say(text, name, before, words) or _is_said_there(text, name, before, words)


def is_home_of_person(text: str, name: Found, words: Lexicon) -> bool:
    """Whether a name tells where somebody comes from: "a peacekeeper from Kenya", "the attacker, from Tunis"."""
    before = _clause_before(text, name, words)
    if before is None or _link(name, words) != "from" or is_taken_from(before, words):
        return False
    last = [token.lower() for token in _TOKEN.findall(before) if token != ","][-_FROM_WORDS:]
    while last and last[-1] in words.from_links:
        last.pop()
    return bool(last) and last[-1] in words.people_from


def is_taken_from(before: str, words: Lexicon) -> bool:
    """Whether a clause tells that somebody or something is taken away: "gunmen abducted 30 students from X"."""
    return not words.takes_away.isdisjoint(token.lower() for token in _TOKEN.findall(before))


def _link(name: Found, words: Lexicon) -> str:
    """The preposition before a name, but for the direction or article between."""
    return next((word for word in reversed(name.left) if word.replace("-", " ") not in words.directions), "")


def _clause_before(text: str, name: Found, words: Lexicon) -> str | None:
    """The clause before the preposition of a name; `None` where that is none that tells where somebody is."""
    link = _link(name, words)
    if link not in _LINKS:
        return None
    clause = _CLAUSE_END.split(text[max(0, name.start - _REACH) : name.start])[-1]
    at = clause.lower().rfind(f" {link}")
    return clause[:at] if at > 0 and any(map(str.islower, clause)) else None


def _is_of_those_who_say(text: str, name: Found, before: str, words: Lexicon) -> bool:
    """Whether a word for somebody stands before the place, and the verb of saying after it or before him."""
    noun = None
    for found in reversed(list(_TOKEN.finditer(before))):
        word = found[0].lower()
        if word in words.speakers:
            noun = found
            break
        if not (found[0][0].isupper() or word in words.beside_speaker or word in words.after or word in words.before):
            return False
    if noun is None:
        return False
    lead = before[: noun.start()]
    return bool(_says_after().match(text, name.end) or _BY_ACCOUNT.search(lead) or _said_by_named().search(lead))


def _is_said_there(text: str, name: Found, before: str, words: Lexicon) -> bool:
    """Whether the place is where, or whence, something is said: "told reporters in Geneva"."""
    plain = _link(name, words) == "from"
    for found in reversed(list(_TOKEN.finditer(before))):
        word = found[0].lower()
        begins = not before[: found.start()].strip()
        if (found[0] == word or begins) and word in words.saying | words.telling:
            if word in words.told_of and _is_told_of_there(text, name, before[: found.start()], words):
                return False
            return plain or _ENDS.match(text, name.end) is not None
        if word in words.audience:
            plain = True
        elif not found[0][0].isupper() and found[0] != ",":
            return False
    return False


def _is_told_of_there(text: str, name: Found, subject: str, words: Lexicon) -> bool:
    """Whether something is told to be there: "clashes were reported in Goma", not "police reported in Kano that"."""
    if _link(name, words) == "from" or _THAT.match(text, name.end):
        return False
    tokens = [token for token in _TOKEN.findall(subject) if token != "," and not _BETWEEN.fullmatch(token)]
    if not tokens or tokens[-1].lower() in words.speakers:
        return False
    return tokens[-1].islower() or len(tokens) == 1


@lru_cache(1)
def _says_after() -> re.Pattern[str]:
    says = "|".join(sorted(lexicon().saying))
    return re.compile(
        rf"{_HOLDERS}(?:\s*,\s*who\s[^.;]{{1,80}})?\s*,?\s*(?:(?:has|have|had|also|later|earlier|on\s+\w+day)\s+){{0,2}}(?:{says})\b"
    )


@lru_cache(1)
def _said_by_named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(lexicon().saying))}){_NAMED}")
