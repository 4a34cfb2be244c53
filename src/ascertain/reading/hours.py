"""Hours: the part of the day in which a telling's event happened ("on Tuesday evening", "at dawn").

In: a telling. Out: the name of a part of the day, as the table `parts_of_day` has them. What happens in the morning and
kills, and what happens in the evening and kills others, are two events though they share a day and a town.
"""

from __future__ import annotations

from ascertain.reading.setting import event_time
from ascertain.reading.tellings import Telling
from ascertain.reading.words import table, word_set


def part_of_day(telling: Telling) -> str | None:
    """The part of the day of the telling's event; `None` where none is told, or several are."""
    time = event_time(telling)
    words = {word.strip(",.") for word in time.text.lower().split()} if time is not None else set()
    words |= {telling.sentence.low[token] for token in _hours(telling)}
    parts = [part for part in sorted(table("discourse")["parts_of_day"]) if words & _words(part)]
    return parts[0] if len(parts) == 1 else None


def _words(part: str) -> frozenset[str]:
    return word_set("discourse", "parts_of_day", part)


def _hours(telling: Telling) -> list[int]:
    """The words for parts of the day that hang on the telling's own words: not what was said or counted by then."""
    sentence = telling.sentence
    own = {cue.token for cue in telling.cues} | {harm.trigger for harm in telling.harms}
    known = frozenset().union(*(_words(part) for part in table("discourse")["parts_of_day"]))
    return [
        token
        for token in range(telling.first, telling.last + 1)
        if sentence.low[token] in known and _dates(telling, token, own)
    ]


def _dates(telling: Telling, token: int, own: set[int]) -> bool:
    """Whether a part of the day hangs on the event, by a preposition that says when and not until when."""
    sentence = telling.sentence
    for above in sentence.ancestors(token):
        if sentence.low[above] in ("by", "until", "till", "since", "before"):
            return False
        if above in own:
            return True
        if sentence.tags[above].startswith("VB"):
            return False
    return False


def kills_apart(telling: Telling, before: Telling) -> bool:
    """Whether both tell of people killed or hurt, each by a count, and each in another part of the day."""
    if not (_counts_harmed(telling) and _counts_harmed(before)):
        return False
    here, there = part_of_day(telling), part_of_day(before)
    return here is not None and there is not None and here != there


def _counts_harmed(telling: Telling) -> bool:
    """Whether the telling counts killed or hurt people, and not those told of before."""
    return any(
        harm.outcome in ("killed", "injured") and s.people.stated in ("number", "single", "name") and not harm.rival
        for harm in telling.harms
        for s in harm.sufferers
        if not s.people.definite
    )
