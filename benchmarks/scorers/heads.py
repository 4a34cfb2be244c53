"""Head nouns: what two namings of one thing must share."""

from __future__ import annotations

import re

CUT = re.compile(
    r"\s(?:of|in|at|from|for|by|with|on|to|near|against|who|whom|whose|which|that|where|during|under|between|after|"
    r"before|inside|outside|over|into|as|wearing|belonging|including|carrying|aboard)\s",
    re.IGNORECASE,
)
CHUNKS = re.compile(r"[\[\](),;:/]|\s(?:and|or|y)\s|\s--?\s", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
IRREGULAR = {"people": "people", "children": "child", "wives": "wife", "police": "police", "news": "news"}
NO_HEADS = re.compile(
    r"(?:an?|the|his|her|their|its|some|several|many|few|others?|dozens|scores|hundreds|thousands|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|at|least|most|about|more|than|up|dead|wounded|injured|killed|[\d.]+)",
    re.IGNORECASE,
)


def singular(word: str) -> str:
    """The word in lower case without its plural ending, near enough to compare.

    >>> [singular(word) for word in ("POLICEMEN", "bodies", "churches", "Jesuits", "glass")]
    ['policeman', 'body', 'church', 'jesuit', 'glass']
    """
    word = word.casefold().removesuffix("'s").removesuffix("’s")
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes", "oes", "zes")):
        return word[:-1] if word.endswith(("houses", "bases", "cases", "nurses")) else word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def heads(text: str) -> frozenset[str]:
    """The head nouns of a naming: of each part that a comma, a bracket or an "and" sets apart, the last word that is
    no number and stands before a preposition.

    >>> sorted(heads("the five members of the Farabundo Marti National Liberation Front [FMLN]"))
    ['fmln', 'member']
    >>> heads("at least 13")
    frozenset()
    """
    found = (_head(chunk) for chunk in CHUNKS.split(text))
    return frozenset(head for head in found if head)


def _head(chunk: str) -> str | None:
    words = WORD.findall(CUT.split(f"{chunk} ", maxsplit=1)[0])
    content = [word for word in words if not NO_HEADS.fullmatch(word)]
    return singular(content[-1]) if content else None
