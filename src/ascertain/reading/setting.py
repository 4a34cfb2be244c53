"""The setting of a telling: the words that say when and where its event happened.

In: a telling with the times and places of its stretch of the sentence. Out: the one time and the one place that are
its event's; a dateline, where the speaker is, and where people fled to are not.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from ascertain.places import PlaceMention
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set
from ascertain.times import TimeMention

EARTH_KM = 6371.0


def distance_km(one: PlaceMention, other: PlaceMention) -> float | None:
    """The great-circle distance between two resolved places."""
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lat2 = radians(a.lat), radians(b.lat)
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, h)))


def event_time(telling: Telling) -> TimeMention | None:
    """The time in the telling that dates its event: the date nearest to the word of the event.

    The day on which something was said or posted does not date it, nor does the year of a birth.
    """
    dates = [t for t in telling.times if t.role == "date" and not _of_other_verb(telling, t)]
    if not dates:
        return None
    at = telling.sentence.starts[telling.token]
    full = [t for t in dates if t.start is not None or t.anchor == "discourse"] or dates
    days = [t for t in full if t.precision in ("day", "span")] or full
    return min(days, key=lambda t: (abs(t.span[0] - at), t.span))


def _of_other_verb(telling: Telling, time: TimeMention) -> bool:
    """Whether the time hangs on a verb of saying above the event, or on a birth."""
    sentence = telling.sentence
    tokens = sentence.tokens_in(time.span)
    if not tokens:
        return False
    above = sentence.ancestors(telling.token)
    for token in (tokens[0], *sentence.ancestors(tokens[0])):
        if token == telling.token:
            return False
        if sentence.low[token] in word_set("setting", "births"):
            return True
        if sentence.low[token] in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            return token in above and _complement(sentence, token, telling.token)
    return False


def _complement(sentence: Sentence, verb: int, token: int) -> bool:
    """Whether `token` lies in a clause that is what the verb of saying says, after it."""
    below = token
    for above in sentence.ancestors(token):
        if above == verb:
            return sentence.deps[below] in ("ccomp", "xcomp", "advcl", "dobj") and below > verb
        below = above
    return False


def event_place(telling: Telling) -> PlaceMention | None:
    """The place in the telling where its event happened: the most exact of those that may be it."""
    said = [speaker.span for speaker in telling.speakers]
    likely = [
        p
        for p in telling.places
        if p.role == "mention" and not any(a <= p.place.span[0] < b for a, b in said) and not _of_party(telling, p)
    ]
    if not likely:
        return None
    at = telling.sentence.starts[telling.token]
    return max(likely, key=lambda p: (p.fineness, p.place.span[0] >= at, -abs(p.place.span[0] - at)))


def _of_party(telling: Telling, place: PlaceMention) -> bool:
    a, b = place.place.span
    return any(m.span[0] <= a and b <= m.span[1] for m in telling.line.parties)
