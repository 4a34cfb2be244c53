"""Tolls: cumulative counts over a war, a campaign or a period, told apart from the harm of one event.

In: a telling. Out: whether what it counts is a toll, and the start of the period that it covers.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ascertain.model import When
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import phrases, word_set
from ascertain.times import TimeMention

LONG_DAYS = 4
NAMED_WAYS = 3


def is_toll(telling: Telling) -> bool:
    """Whether the harm told is a cumulative count over a period rather than that of one event."""
    if not any(_counts(s.people.low, s.people.high, s.people.stated) for h in telling.harms for s in h.sufferers):
        return False
    words = " ".join([telling.words, *(time.text.lower() for time in telling.times if time.role != "since")])
    if phrases("one_event").search(words):
        return False
    named = any(cue.entry.strength >= NAMED_WAYS for cue in telling.cues)
    if any(_is_period(time, named) for time in telling.times) or _is_tally(telling):
        return True
    if phrases("toll").search(words) or _since_events().search(words):
        return True
    return _adds_up_since(telling) or _is_of_war(telling)


def since_clause(sentence: Sentence) -> range:
    """The tokens of "since the rebels entered the town": a start that a count goes on from; empty where none is told.

    "Since" with a reason behind it ("…, since nobody came") is none.
    """
    for token, low in enumerate(sentence.low):
        if low != "since" or (token > 1 and sentence.low[token - 1] == "," and sentence.deps[token] == "mark"):
            continue
        if sentence.tags[token + 1 : token + 2] in (["VBN"], ["VBG"], ["RB"]):  # "two have since died"
            continue
        root = sentence.heads[token] if sentence.deps[token] == "mark" else token
        below = [at for at in sentence.subtree(root) if at >= token]
        return range(token, max(below) + 1)
    return range(0)


def tells_start(telling: Telling) -> bool:
    """Whether a telling only names what a count of its sentence goes on from, without the day on which it was."""
    clause = since_clause(telling.sentence)
    if telling.token not in clause or telling.harms:
        return False
    times = (time for time in telling.line.times if time.role == "date" and time.precision == "day")
    dated = any(telling.sentence.token_at(time.span[0]) in clause for time in times)
    return not dated or all(telling.sentence.low[cue.token] in word_set("discourse", "began") for cue in telling.cues)


def _adds_up_since(telling: Telling) -> bool:
    """Whether the harm is told as what has come about since something: "have died since the coalition stepped in"."""
    sentence = telling.sentence
    clause = since_clause(sentence)
    triggers = [harm.trigger for harm in telling.harms]
    if not clause or any(token in clause for token in triggers):
        return False
    begun = any(sentence.low[token] in word_set("discourse", "began") for token in clause)
    dated = any(sentence.token_at(time.span[0]) in clause for time in telling.line.times if time.start is not None)
    return any(_is_perfect(sentence, token) for token in triggers) or ((begun or dated) and len(clause) > 1)


def _is_of_war(telling: Telling) -> bool:
    """Whether a war or insurgency as a whole is said to have done the harm: "the conflict has killed 20,000"."""
    sentence = telling.sentence
    for trigger in (harm.trigger for harm in telling.harms):
        verb = next((at for at in (trigger, *sentence.ancestors(trigger)[:3]) if sentence.child(at, "nsubj")), trigger)
        subject = sentence.child(verb, "nsubj")
        named = subject is not None and sentence.low[subject] in word_set("discourse", "wars")
        if named and _is_perfect(sentence, verb):
            return True
    return False


def _is_perfect(sentence: Sentence, token: int) -> bool:
    """Whether a word, or a verb close above it, stands in the present perfect."""
    near = (token, *sentence.ancestors(token)[:2])
    return any(sentence.low[c] in ("has", "have", "'ve", "’ve") for at in near for c in sentence.children[at])


def _is_tally(telling: Telling) -> bool:
    """Whether somebody who keeps count gives a figure for a year or month: "verified 3,400 deaths in 2019"."""
    long = any(time.role == "date" and time.precision in ("year", "month", "span") for time in telling.times)
    return long and not word_set("discourse", "counting").isdisjoint(telling.sentence.low)


@cache
def _since_events() -> re.Pattern[str]:
    """What tells that a count goes on since something of long began: "since the ground operation began"."""
    return re.compile(r"\bsince (?:\w+ ){0,4}(?:" + "|".join(sorted(word_set("discourse", "began"))) + r")\b")


def _counts(low: int | None, high: int | None, stated: str) -> bool:
    return bool(low or high or stated == "vague") and stated not in ("single", "name")


def _is_period(time: TimeMention, named: bool) -> bool:
    """Whether a time is a period over which harm adds up. `named`: the way of harm is told, as of one event."""
    days = _days(time)
    if time.role == "since":
        return not named or time.anchor != "report" or (days is not None and days > LONG_DAYS)
    if time.role == "duration":
        return days is not None and days > LONG_DAYS
    return time.role == "date" and time.precision == "span" and days is not None and days >= LONG_DAYS


def _days(time: TimeMention) -> int | None:
    if time.start is None or time.end is None:
        return None
    return (time.end - time.start).days


def since(telling: Telling) -> When | None:
    """The start of the period that a toll covers, as its first day, month or year."""
    if (told := _told_start(telling)) is not None:
        return told
    times = sorted(telling.line.times, key=lambda time: (time not in telling.times, time.span))
    for time in times:
        if time.role in ("since", "duration") or (time.role == "date" and time.precision == "year"):
            found = time.when()
            return _beginning(found) if time.role == "since" or found.precision == "year" else found
    return None


def _told_start(telling: Telling) -> When | None:
    """The day that a clause with "since" gives: "since the rebels entered Goma on 27 January"."""
    sentence, line = telling.sentence, telling.line
    clause = since_clause(sentence)
    if not clause or any(time.role == "since" for time in line.times):
        return None
    times = (time for time in line.times if time.role == "date" and time.start is not None)
    time = next((time for time in times if sentence.token_at(time.span[0]) in clause), None)
    return time.when() if time is not None else None


def _beginning(period: When) -> When:
    """The first unit of a period: of "since March 2015", that March."""
    if period.start is None:
        return period
    return period.model_copy(update={"end": _end_of(period.start, period.precision)})


def _end_of(first: date, precision: str) -> date:
    if precision == "year":
        return date(first.year, 12, 31)
    if precision == "month":
        return (date(first.year, first.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6) if precision == "week" else first
