"""How numbers, times and places are put into words, loosely or exactly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from corpus.tables import parties
from corpus.world import Happened

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HOURS: Mapping[str, tuple[str, ...]] = {
    "morning": ("on {day} morning", "on {day}", "early on {day}", "on the morning of {date}"),
    "evening": ("on {day} evening", "late on {day}", "on {day}", "on the evening of {date}"),
    "night": ("overnight", "in the early hours of {day}", "before dawn on {day}", "on {day}"),
}
LATER = ("on {day}", "on {date}", "last {day}")
LONG_AFTER = ("on {date}", "on {date} {year}")
A_WEEK = 6
VAGUE_PLACE = 0.07


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people as told: in `words`, whether of one alone, and whether "of" follows ("dozens of people")."""

    words: str
    exact: bool = True
    single: bool = False
    of: bool = False

    def people(self, noun: str) -> str:
        """The number with whom it counts."""
        person = parties()["persons"].get(noun, noun.removesuffix("s"))
        return f"{self.words} {'of ' if self.of else ''}{person if self.single else noun}"


def exact(number: int, random: Random) -> Number:
    """The number itself, small ones mostly spelled out."""
    spelled = number < len(SMALL) and random.random() < 0.7
    return Number(SMALL[number] if spelled else str(number), single=number == 1)


def at_least(number: int, random: Random) -> Number:
    """A lower bound, now and then lower than what is known."""
    least = number - random.choice((0, 0, 1, 2)) if number > 4 else number
    return Number(f"at least {exact(least, random).words}", exact=False, single=least == 1)


def about(number: int, random: Random) -> Number:
    """The nearest round number, or how many at the most or the least; small numbers stay as they are."""
    if number < 12:
        return exact(number, random)
    down, up = number // 10 * 10, -(-number // 10) * 10
    words = [f"about {round(number, -1)}", f"some {round(number, -1)}", f"around {round(number, -1)}"]
    words += [f"nearly {up}"] * (number < up) + [f"more than {down}"] * (number > down)
    return Number(random.choice(words), exact=False)


def vague(number: int, random: Random) -> Number:
    """A word for the size; numbers that no such word fits stay as they are."""
    if number >= 40 and random.random() < 0.3:
        return Number("scores", exact=False, of=True)
    if number >= 24:
        return Number("dozens", exact=False, of=True)
    return Number("several", exact=False) if 3 <= number <= 9 else at_least(number, random)


LOOSELY: tuple[Callable[[int, Random], Number], ...] = (at_least, at_least, at_least, about, about, vague)


def when(happened: Happened, published: dt.date, random: Random, *, copied: bool) -> str:
    """When it happened, as told on that day. What others will print on another day says neither today nor yesterday."""
    lag = (published - happened.day).days
    if lag > A_WEEK:
        return filled(random.choice(LONG_AFTER), happened.day)
    if not copied and lag <= 1 and random.random() < 0.25:
        return "yesterday" if lag else "today"
    if random.random() < 0.12:
        return filled("on {date}", happened.day)
    if lag > 1:
        return filled(random.choice(LATER), happened.day)
    told = random.choice(HOURS[happened.hour])
    return filled("on {day}" if told == "overnight" and lag else told, happened.day)


def filled(form: str, day: dt.date) -> str:
    """A form with a day in it.

    >>> filled("on {day}, {date}", dt.date(2023, 5, 3))
    'on Wednesday, 3 May'
    """
    return form.format(day=f"{day:%A}", date=f"{day.day} {day:%B}", year=day.year)


def where(happened: Happened, random: Random) -> str:
    """Where it happened: the town, its quarter, how far outside; loosely now and then, or in another spelling."""
    town = happened.town
    name = random.choice(town.spellings) if random.random() < 0.5 else town.name
    wide = random.choice(
        ("", "", f", {town.country},", f" in {town.province} {town.called}", f", {town.province} {town.called},")
    )
    if random.random() < VAGUE_PLACE:
        side = f"the {happened.outside[1]} of " if happened.outside else ""
        return f"in {side}{town.province} {town.called}" + random.choice(("", f", {town.country},"))
    if happened.outside:
        far, side = happened.outside
        forms = (
            f"near {name}",
            f"outside {name}",
            f"some {far} km {side} of {name}",
            f"{far} kilometres {side} of {name}",
        )
        return random.choice(forms) + wide
    if happened.quarter and random.random() < 0.75:
        return f"in {quarter(happened.quarter, random)} of {name}{wide}"
    return f"in {name}{wide}"


def quarter(name: str, random: Random) -> str:
    """A quarter with what it is; numbered ones say that themselves."""
    if any(character.isdigit() for character in name):
        return name
    return f"the {name} {random.choice(('neighbourhood', 'district', 'quarter', 'area'))}"


def tidy(sentence: str) -> str:
    """The sentence without commas before another stop, and with a spelled-out small number at its head.

    >>> tidy("4 died in Merca, Somalia,.")
    'Four died in Merca, Somalia.'
    """
    sentence = re.sub(r",(?=[.,;:])", "", sentence).replace(". .", ".")
    head, space, rest = sentence.partition(" ")
    return capital(SMALL[int(head)] if head.isdigit() and int(head) < len(SMALL) else head) + space + rest


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def a(noun: str) -> str:
    """The noun with its article.

    >>> a("air strike"), a("blast")
    ('an air strike', 'a blast')
    """
    if noun in ("shelling", "rocket fire", "fighting", "violence", "bombardment"):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
