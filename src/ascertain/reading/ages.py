"""Ages of people in a sentence, and the group that an age makes of those told: children, or grown men and women.

In: a parsed sentence and the token of a noun or name. Out: an age in years, the ages of several, a group.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ascertain.model import Group
from ascertain.reading.noun_phrases import left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.quantities import bounds
from ascertain.reading.words import table, word_set

AGE_WORDS = frozenset(("old", "aged", "age", "ages"))
AGE = re.compile(
    r"(\d{1,3}|[a-z]+(?:-[a-z]+)?)[\s–-]+(year|month|week|day)s?(?:[\s–-]+old\b|$)|\b(?:aged?|ages)\s+(?:of\s+)?(\d{1,3})\b|(?:^|,\s?)(\d{1,2})$"
)
NUMBER = r"(?:\d{1,2}|[a-z]+)"
# "aged 4 and 7", "aged between 2 and 13", "all aged under 12"
AGES = re.compile(
    rf"^(?:,\s|\(\s?)?(?:(?:both|all|each|mostly)\s)?(?:aged?|ages|between\sthe\sages\sof)\s(?:from\s|between\s)?"
    rf"(?P<under>(?:under|below)\s)?(?P<first>{NUMBER})(?P<more>(?:(?:\s?,|\s(?:and|to|or)|\s?[-–])+\s?\d{{1,2}}\b)*)"
)
LISTED = re.compile(r"(?:(?:both|all|aged?|ages|between|from)\s)*\d{1,2}(?:(?:,|\s(?:and|to)|\s?[-–])+\s?\d{1,2}\b)+")


def by_age(sentence: Sentence, head: int, group: Group) -> Group:
    """`children` where an age below 18 stands by the noun; a grown son is no child."""
    age = age_at(sentence, head)
    if age is None:
        aside = re.split(r"\W+", sentence.asides.get(head, "").lower())
        return group if word_set("people", "modifiers_children").isdisjoint(aside) else "children"
    return "children" if is_child(age) else grown_group(group, sentence.low[head])


def by_ages(sentence: Sentence, head: int, group: Group) -> Group:
    """The group of several people by their ages: "four novices aged under 12" are children."""
    ages = _ages_at(sentence, head)
    if ages is None:
        return group
    if is_child(ages[1]):
        return "children"
    return grown_group(group, sentence.low[head]) if not is_child(ages[0]) else group


def grown_group(group: Group, noun: str) -> Group:
    """What a group is once an age tells that those told are grown up: sons are men, daughters women."""
    return _grown().get(noun, "people") if group == "children" else group


@lru_cache(maxsize=1)
def _grown() -> dict[str, Group]:
    return {word: group for group, words in table("people")["grown"].items() for word in words.split()}


def is_grown(sentence: Sentence, name: int) -> bool:
    """Whether an age of a grown-up, or a title, stands by a name."""
    age = age_at(sentence, name)
    if age is not None:
        return not is_child(age)
    return sentence.low[max(0, left_edge(sentence, name))].strip(".") in word_set("people", "titles")


def _ages_at(sentence: Sentence, head: int) -> tuple[float, float] | None:
    """The least and greatest age told behind a noun for several: "aged between 2 and 13", "(8, 11)"."""
    aside = sentence.asides.get(head, "").lower()
    if aside and LISTED.fullmatch(aside):
        years = [int(number) for number in re.findall(r"\d+", aside)]
        return min(years), max(years)
    after = sentence.low[head + 1 : head + 10]
    if AGE_WORDS.isdisjoint(after) or (match := AGES.match(" ".join(after))) is None:
        return None
    first = bounds(match["first"])
    if first is None or first.low is None:
        return None
    more = [int(number) for number in re.findall(r"\d+", match["more"])]
    years = [first.low - bool(match["under"]), *more]
    return (0 if match["under"] else min(years)), max(years)


def is_child(age: float) -> bool:
    """Whether somebody of this age, in years, counts as a child."""
    return age < float(table("people")["ages"]["child_below"])


def age_at(sentence: Sentence, head: int) -> float | None:
    """The age, in years, that stands right before or right after a noun or name, or `None`."""
    if not sentence.asides and not sentence.ages and AGE_WORDS.isdisjoint(sentence.low):
        return None
    if (aside := sentence.asides.get(head)) is not None and (age := _age(aside.lower())) is not None:
        return age
    first = left_edge(sentence, head)
    for token in range(first, head + 1):
        if token in sentence.ages and (age := _age(sentence.ages[token].lower())) is not None:
            return age
    kin = sentence.heads[head]
    if (
        sentence.deps[head] == "appos"
        and first - 2 <= kin < first
        and kin in sentence.ages
        and sentence.tags[kin] == "NN"
    ):
        return _age(sentence.ages[kin].lower())
    text_before = " ".join(sentence.low[max(0, first - 5) : head])
    after = sentence.low[head + 1 : head + 9]
    closers = [n for n, word in enumerate(after) if word in (")", "and", "who", "was", "were", ";")]
    cut = closers[0] if closers else len(after)
    if after[:1] == [","]:
        second = next((n for n, word in enumerate(after) if n and word in (",", "and")), cut)
        cut = min(cut, second)
    elif after[:1] not in (["("], ["["], ["who"], ["aged"]):
        cut = 0
    text_after = " ".join(after[: cut if after[:1] != ["aged"] else 2]).strip("(, ")
    after_it = _age(text_after.replace(" - ", "-"))
    return after_it if after_it is not None else _age_before(text_before[-24:].replace(" - ", "-") + " ")


def _age(words: str) -> float | None:
    """The age in years that the words state; a bare number counts only alone."""
    match = AGE.search(words)
    if match is None:
        return None
    if match.group(1) in ("a", "one") and "less than" in words[: match.start()]:
        return 0.5
    number = match.group(1) or match.group(3) or match.group(4)
    size = bounds(number) if number else None
    if size is None or size.low is None:
        return None
    return size.low if match.group(2) in (None, "year") else 0.5


def _age_before(words: str) -> float | None:
    """The age that stands right before a noun: "14-year-old", "aged 14"."""
    match = AGE.search(words)
    named = match is not None and match.group(3) is not None
    return None if match is None or (named and match.end() < len(words.rstrip())) else _age(words)
