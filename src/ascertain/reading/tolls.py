"""Tolls: cumulative counts over a war, a campaign or a period, told apart from the harm of one event.

In: a telling. Out: whether what it counts is a toll, and the start of the period that it covers. Five things tell a
toll: a period up to now ("since June", "this year"), a war as the doer or the setting of the harm ("the war has
claimed", "died in the conflict"), a period with many events in it ("in attacks in March"), a state that lasts ("remain
displaced"), and a count that no single event brings about.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ascertain.model import When
from ascertain.reading.cues import DECISIVE
from ascertain.reading.harm import Harm
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import phrases, word_set
from ascertain.times import TimeMention

LONG_DAYS = 4
# as many dead or hurt as one attack or battle does not leave; disasters do
BEYOND_ONE_EVENT = 1500
MANY, SEVERAL = 100, 20
DISASTERS = ("natural_disaster", "accident")
COVERS = ("year", "month")


def is_toll(telling: Telling) -> bool:
    """Whether the harm told is a cumulative count over a period rather than that of one event."""
    if not any(_counts(s.people.low, s.people.high, s.people.stated) for h in telling.harms for s in h.sufferers):
        return False
    words = " ".join([telling.words, *(time.text.lower() for time in telling.times if time.role != "since")])
    if phrases("one_event").search(words):
        return False
    named = any(cue.entry.strength >= DECISIVE for cue in telling.cues)
    if any(_is_period(time, telling, named=named) for time in telling.times) or _is_tally(telling):
        return True
    if phrases("toll").search(words) or _since_events().search(words):
        return True
    if any(_is_of_war(telling, harm) for harm in telling.harms):
        return True
    return _up_to_now(telling) or _lasts(telling) or _beyond_one_event(telling) or _adds_up_since(telling)


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


def _is_period(time: TimeMention, telling: Telling, *, named: bool) -> bool:
    """Whether a time is a period over which harm adds up. `named`: the way of harm is told, as of one event."""
    days = _days(time)
    if time.role == "since":
        if time.text.lower() == "since then" or not _governs_harm(telling, time):
            return False
        return not named or time.anchor != "report" or (days is not None and days > LONG_DAYS) or _perfect(telling)
    if time.role == "duration":
        return days is not None and days > LONG_DAYS
    if time.role == "date" and time.precision == "span":
        return days is not None and days >= LONG_DAYS
    return time.role == "date" and time.precision in COVERS and _many_events(telling)


def _days(time: TimeMention) -> int | None:
    if time.start is None or time.end is None:
        return None
    return (time.end - time.start).days


def _governs_harm(telling: Telling, time: TimeMention) -> bool:
    """Whether a "since" hangs on the clause of the harm rather than on a clause of its own about something else."""
    sentence = telling.sentence
    token = sentence.token_at(time.span[0])
    if token is None:
        return True
    acts = {at for harm in telling.harms for at in (harm.trigger, *sentence.ancestors(harm.trigger))}
    for at in (token, *sentence.ancestors(token)):
        if at in acts:
            return True
        if sentence.deps[at] in ("relcl", "ccomp", "parataxis"):
            return False
    return True


def _many_events(telling: Telling) -> bool:
    """Whether a year or month is told of many events: of attacks in the plural, or with many victims."""
    sentence = telling.sentence
    if any(sentence.tags[cue.token] in ("NN", "NNP") for cue in telling.cues if cue.entry.strength >= DECISIVE):
        return False
    if any(time.role == "date" and time.precision == "day" for time in telling.times):
        return False
    plural = any(sentence.tags[cue.token] == "NNS" for cue in telling.cues)
    return _most(telling) >= (SEVERAL if plural else MANY)


def _most(telling: Telling) -> int:
    """The greatest number told of people killed or hurt."""
    return max(
        (
            s.people.low or s.people.high or 0
            for h in telling.harms
            if h.outcome in ("killed", "injured")
            for s in h.sufferers
        ),
        default=0,
    )


def _perfect(telling: Telling) -> bool:
    """Whether the harm is told up to now: "have been killed"."""
    sentence = telling.sentence
    for harm in telling.harms:
        verb = harm.trigger
        for at in (verb, *sentence.ancestors(verb)[:2]):
            if any(
                sentence.low[c] in ("has", "have", "'ve") and sentence.deps[c] == "aux" for c in sentence.children[at]
            ):
                return True
    return False


def _up_to_now(telling: Telling) -> bool:
    """Whether harm told in the perfect is of a period under way: "have been killed this month", "since the coup"."""
    if not _perfect(telling) or any(entry.type in DISASTERS for hit in telling.line.hits for entry in hit.entries):
        return False
    if any(_is_under_way(time) for time in telling.times):
        return True
    if any(time.role == "date" and time.precision == "day" for time in telling.times):
        return False
    sentence = telling.sentence
    acts = {at for harm in telling.harms for at in (harm.trigger, *sentence.ancestors(harm.trigger)[:2])}
    for token, low in enumerate(sentence.low):
        if low != "since" or sentence.deps[token] == "advmod" or sentence.low[token + 1 : token + 2] == ["then"]:
            continue
        above = [token, *sentence.ancestors(token)][: 1 + (sentence.deps[token] == "mark") + 1]
        if acts.intersection(above) or acts.intersection(sentence.ancestors(above[-1])[:1]):
            return True
    return False


def _is_under_way(time: TimeMention) -> bool:
    """Whether a time is a week or longer that the report stands in: "this month"."""
    return time.role == "date" and time.text.lower().startswith("this ") and time.precision in ("week", "month", "year")


def _is_of_war(telling: Telling, harm: Harm) -> bool:
    """Whether a war or the like does the harm, or it is done in one: "the insurgency has killed", "died in the war"."""
    sentence = telling.sentence
    wars = word_set("discourse", "wars")
    for at in (harm.trigger, *sentence.ancestors(harm.trigger)[:2]):
        for child in sentence.children[at]:
            low, dep = sentence.low[child], sentence.deps[child]
            if dep == "nsubj" and low in wars and sentence.tags[child] in NOUN_TAGS and child < harm.trigger:
                return not _is_of_day(telling, child)
            if dep in ("prep", "agent") and low in ("in", "during", "from", "by", "of", "over"):
                inner = sentence.child(child, "pobj")
                if inner is not None and sentence.low[inner] in wars and not _is_short(telling, inner):
                    return True
    return False


def _is_short(telling: Telling, noun: int) -> bool:
    """Whether a campaign may be a single day's: "an operation", "the crackdown on 26 March"."""
    sentence = telling.sentence
    return any(sentence.low[c] in ("a", "an") for c in sentence.children[noun]) or _is_of_day(telling, noun)


def _is_of_day(telling: Telling, noun: int) -> bool:
    """Whether the words that hang on a noun, or stand right behind it, give the day on which it was."""
    sentence = telling.sentence
    days = [time for time in telling.line.times if time.role == "date" and time.precision == "day"]
    own = {*sentence.subtree(noun), noun + 1}
    return any(token in own for time in days for token in sentence.tokens_in(time.span))


def _lasts(telling: Telling) -> bool:
    """Whether a state is told that lasts: "remain displaced", "are still missing"."""
    sentence = telling.sentence
    lasting = word_set("discourse", "lasting")
    for harm in telling.harms:
        if harm.outcome not in ("displaced", "missing", "detained", "trapped"):
            continue
        if sentence.low[harm.trigger] in word_set("harm", "displaced", "tolls"):
            return True
        above = (harm.trigger, *sentence.ancestors(harm.trigger)[:1])
        if any(sentence.low[at] in lasting for at in above) or _is_state(sentence, harm.trigger):
            return _large(harm)
    return False


def _is_state(sentence: Sentence, token: int) -> bool:
    """Whether a participle tells what people are rather than what is done to them: "are internally displaced"."""
    helpers = {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in ("auxpass", "aux", "cop")}
    return sentence.tags[token] in ("VBN", "JJ") and helpers in ({"are"}, {"is"})


def _large(harm: Harm) -> bool:
    return any((s.people.low or s.people.high or 0) >= MANY for s in harm.sufferers)


def _beyond_one_event(telling: Telling) -> bool:
    """Whether more people were killed or hurt than one attack leaves, and no day is told on which they were."""
    if any(cue.entry.type in DISASTERS for cue in telling.cues):
        return False
    if any(time.role == "date" and time.precision == "day" for time in telling.times):
        return False
    return _most(telling) >= BEYOND_ONE_EVENT


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
    return (begun or dated) and any(sentence.tags[token] in ("VBD", "VBN") for token in clause)


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
    dates = [time for time in line.times if time.role == "date" and time.start is not None]
    within = [time for time in dates if sentence.token_at(time.span[0]) in clause]
    day = next((time for time in within if time.precision == "day"), None)
    first = day or next(iter(within), None)
    return first.when() if first is not None else None


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
