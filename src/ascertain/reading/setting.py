"""The setting of a telling: the words that say when and where its event happened.

In: a telling with the times and places of its stretch of the sentence. Out: the one time and the one place that are
its event's; a dateline, where the speaker is, and where people fled to are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from math import inf

from ascertain.model import Span
from ascertain.places import PlaceMention, geometry
from ascertain.places.mentions import FINENESS
from ascertain.places.written import is_written
from ascertain.reading.harm_heads import takes_lives
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set
from ascertain.times import TimeMention, resolve

# Positions of places of one event may differ by so much beyond the size of the larger.
SUBJECTS = ("nsubj", "nsubjpass")
SLACK_KM = 5.0
# tags of the verbs of clauses that stand by themselves
FINITE = ("VBD", "VBZ", "VBP")
# how many words before a bracket may say that it names a source
FEW = 2
DISTRICT, TOWN = FINENESS["district"], FINENESS["town"]


def distance_km(one: PlaceMention, other: PlaceMention) -> float | None:
    """The great-circle distance between two resolved places."""
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return geometry.distance_km((a.lat, a.lon), (b.lat, b.lon))


def event_time(telling: Telling) -> TimeMention | None:
    """The time in the telling that dates its event: of those that hang on its own words, the nearest.

    The day on which something was said, posted or found does not date it, nor does the year of a birth: "found more
    bodies on Monday at the site of Friday's raid" is of Friday.
    """
    dates = [t for t in telling.times if t.role == "date" and not _is_beside(telling, t)]
    dates = dates or [t for t in telling.near_times if t.role == "date" and not _is_beside(telling, t)]
    if not dates:
        return None
    at = telling.sentence.starts[telling.token]
    full = [t for t in dates if t.start is not None or t.anchor == "discourse"] or dates
    days = [t for t in full if t.precision in ("day", "span")] or full
    return min(days, key=lambda t: (_is_elsewhere(telling, t), abs(t.span[0] - at), t.span))


def _is_elsewhere(telling: Telling, time: TimeMention) -> bool:
    """Whether a time hangs on a verb that is none of the event's, and does not stand behind its noun either."""
    sentence = telling.sentence
    tokens = sentence.tokens_in(time.span)
    if not tokens:
        return False
    named = {cue.token for cue in telling.cues}
    own = named | {harm.trigger for harm in telling.harms}
    if tokens[0] - 1 in named and sentence.tags[tokens[0] - 1].startswith("NN"):
        return False
    for token in (tokens[-1], *sentence.ancestors(tokens[-1])):
        if token in own or sentence.tags[token].startswith("VB"):
            return token not in own
    return False


def dated(when: TimeMention | None, telling: Telling, day: dt.date | None) -> TimeMention | None:
    """The time of an event after one more telling of it; `day` is the one under discussion before.

    The first time that gives a day counts; where no words give one, that of the heading or fragment above.
    """
    if when is not None:
        return when
    stated = event_time(telling)
    if stated is not None:
        time = resolve(stated, day or next((t.start for t in telling.line.lead_times), None))
        if time.start is not None or time.end is not None:
            return time
    return telling.line.lead_times[0] if telling.line.lead_times else None


def _is_beside(telling: Telling, time: TimeMention) -> bool:
    """Whether a time dates something else that the sentence tells of."""
    return _of_other_verb(telling, time) or (telling.tried and _of_trial(telling, time))


def _of_trial(telling: Telling, time: TimeMention) -> bool:
    """Whether a day is that of the verdict or charge, not of what it is about: "convicted on Tuesday of the murder"."""
    inside = telling.sentence.subtree(telling.token)
    return time.precision not in ("month", "year") and not set(telling.sentence.tokens_in(time.span)) & set(inside)


def _of_other_verb(telling: Telling, time: TimeMention) -> bool:
    """Whether the time hangs on a verb of saying above the event, or on a birth."""
    sentence = telling.sentence
    tokens = sentence.tokens_in(time.span)
    if not tokens:
        return False
    above = sentence.ancestors(telling.token)
    at = tokens[0] - 1 if _says_right_before(sentence, tokens[0]) else tokens[0]
    for token in (at, *sentence.ancestors(at)):
        if token == telling.token:
            return False
        if sentence.low[token] in word_set("setting", "births") or _is_count(sentence, token):
            return True
        if telling.token not in sentence.ancestors(token) and _is_published(sentence, token):
            return True
        if _is_said_clause(sentence, token) or takes_lives(sentence, token):
            return False
        if sentence.low[token] in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            impersonal = sentence.child(token, "nsubjpass") is not None
            impersonal |= tokens[0] < token and sentence.low[token] in word_set("setting", "chronicles")
            after = telling.token < tokens[0] != token + 1
            return token in above and not impersonal and not after and _complement(sentence, token, telling.token)
    return False


def _is_count(sentence: Sentence, verb: int) -> bool:
    """Whether the verb tells of a count that changes: "the death toll rose on Monday" dates the count alone."""
    subject = sentence.child(verb, *SUBJECTS)
    counted = subject is not None and sentence.low[subject] in word_set("setting", "counts")
    return counted and sentence.low[verb] in word_set("setting", "rising")


def _says_right_before(sentence: Sentence, token: int) -> bool:
    """Whether a verb of saying stands right before a time, and what it says behind: "said on Monday it had fired"."""
    verb = token - 1
    if (
        verb < 0
        or sentence.deps[token] == "poss"
        or sentence.low[verb] not in word_set("attribution", "says")
        or not sentence.tags[verb].startswith("VB")
    ):
        return False
    said = sentence.child(verb, "ccomp")
    return said is not None and said > token


def _is_said_clause(sentence: Sentence, verb: int) -> bool:
    """Whether the verb heads a clause that somebody says, and says nothing of its own: what dates it is no saying."""
    said = sentence.deps[verb] in ("ccomp", "parataxis") and sentence.tags[verb] in FINITE
    return said and sentence.child(verb, "ccomp", "xcomp") is None


def _is_published(sentence: Sentence, verb: int) -> bool:
    """Whether the verb tells when an account came out: "a report published on Monday", "video posted on Friday"."""
    account = sentence.low[sentence.heads[verb]] in word_set("attribution", "statements")
    return (
        account and sentence.deps[verb] in ("acl", "relcl") and sentence.low[verb] in word_set("setting", "published")
    )


def _complement(sentence: Sentence, verb: int, token: int) -> bool:
    """Whether `token` lies in a clause that is what the verb of saying says."""
    below = token
    for above in sentence.ancestors(token):
        if above == verb:
            return sentence.deps[below] in ("ccomp", "xcomp", "advcl", "dobj")
        below = above
    return False


def event_place(telling: Telling) -> PlaceMention | None:
    """The place where the telling's event happened: of the places told of its own clause, the most exact.

    A place without a known position takes that of the place around it.
    """
    likely = [p for p in telling.places if _may_be_it(telling, p)]
    likely = likely or [p for p in telling.near_places if _may_be_it(telling, p)]
    if not likely:
        return None
    holders = {p.container for p in likely} | _after_comma(telling.sentence, likely)
    exact = [p for p in likely if p.place.span not in holders] or likely
    near = [p for p in exact if _is_of_clause(telling, p)]
    near = near if any(p.fineness >= DISTRICT for p in near) else exact
    at = telling.sentence.starts[telling.token]
    best = max(near, key=lambda p: (p.fineness, p.place.span[0] >= at, -abs(p.place.span[0] - at)))
    return positioned(best, [p for p in likely if not _is_listed_with(telling.sentence, best, p)])


def _is_listed_with(sentence: Sentence, place: PlaceMention, other: PlaceMention) -> bool:
    """Whether an "and" lists a place with another no coarser, which therefore does not hold it: "in Niono and Diabaly".

    Nor does it in "a mosque in Niono and a church in Diabaly".
    """
    here, there = (sentence.tokens_in(p.place.span) for p in (place, other))
    if not here or not there or other.fineness < place.fineness:
        return False
    first, last = sorted((here, there), key=lambda tokens: tokens[0])
    return "and" in sentence.low[first[-1] + 1 : last[0]]


def _of_office(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether the place is what somebody holds an office of: "the mayor of Banibangou", "the bishop of Tibu"."""
    tokens = sentence.tokens_in(place.place.span)
    at = next((t for t in tokens if sentence.heads[t] not in tokens), None)
    if at is None or sentence.deps[at] != "pobj" or sentence.low[sentence.heads[at]] not in ("of", "for", "from"):
        return False
    return sentence.low[sentence.heads[sentence.heads[at]]] in word_set("setting", "offices")


def _after_comma(sentence: Sentence, places: Iterable[PlaceMention]) -> set[Span]:
    """The places that a comma sets behind one no coarser, which lies in them: "Ain al-Hilweh camp, Saida"."""
    found: set[Span] = set()
    before: tuple[int, int] | None = None
    for place in sorted(places, key=lambda p: p.place.span):
        tokens = sentence.tokens_in(place.place.span)
        if not tokens:
            continue
        follows = before is not None and tokens[0] == before[0] + 2 and sentence.low[before[0] + 1] == ","
        listed = sentence.low[tokens[-1] + 1 : tokens[-1] + 2] in (["and"], ["or"], ["&"])
        if follows and not listed and before is not None and place.fineness <= before[1]:
            found.add(place.place.span)
        before = (tokens[-1], place.fineness)
    return found


def _may_be_it(telling: Telling, place: PlaceMention) -> bool:
    if is_written(place.place):
        return True
    moved = place.role == "destination" and _is_move(telling)
    if place.role != "mention" and not moved and not _is_attacked(telling.sentence, place):
        return False
    if _of_party(telling, place) or _of_office(telling.sentence, place):
        return False
    if any(speaker.span[0] <= place.place.span[0] < speaker.span[1] for speaker in telling.speakers):
        return False
    sentence = telling.sentence
    if telling.line.lead_places and _is_source(sentence, place):
        return False
    return not (_is_away(sentence, place) or _is_of_care(telling, place))


def _is_source(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether the place stands alone in brackets for who says it: "version 1 (Baghdad)", "source A (Kyiv)"."""
    tokens = sentence.tokens_in(place.place.span)
    if not tokens or tokens[0] < FEW or sentence.words[tokens[0] - 1] != "(":
        return False
    if sentence.words[tokens[-1] + 1 : tokens[-1] + 2] != [")"]:
        return False
    before = sentence.low[tokens[0] - 1 - FEW : tokens[0] - 1]
    return not word_set("setting", "versions").isdisjoint(before)


def _is_attacked(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether a place named after another is the object of a verb of its own: "came from Goma and raided Sake"."""
    tokens = sentence.tokens_in(place.place.span)
    if place.role == "name_part" or not tokens or sentence.deps[tokens[-1]] != "dobj":
        return False
    return sentence.low[sentence.heads[tokens[-1]]] in word_set("setting", "spots", "verbs")


def _is_move(telling: Telling) -> bool:
    """Whether the telling tells of troops that move: they are where they go to."""
    return any(cue.entry.type in word_set("setting", "moves") for cue in telling.cues)


def _is_of_care(telling: Telling, place: PlaceMention) -> bool:
    """Whether the place is where the dead and hurt were brought: "47 bodies reached the morgue at Sirte"."""
    sentence = telling.sentence
    tokens = sentence.tokens_in(place.place.span)
    if not tokens or not telling.harms:
        return False
    wards = word_set("setting", "wards")
    for token in (tokens[-1], *sentence.ancestors(tokens[-1])[:3]):
        if sentence.low[token] in wards and token not in tokens[:-1]:
            above = sentence.heads[token]
            way = sentence.heads[above] if sentence.deps[token] == "pobj" else above
            return sentence.low[above] == "to" or sentence.low[way] in word_set("setting", "brought")
    return False


def _is_away(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether the place is where something came from ("launched from X") or stands for those who rule there."""
    tokens = sentence.tokens_in(place.place.span)
    at = next((t for t in tokens if sentence.heads[t] not in tokens), None)
    while at is not None and sentence.deps[at] == "conj" and sentence.tags[sentence.heads[at]].startswith("NNP"):
        at = sentence.heads[at]
    if at is None:
        return False
    above = sentence.heads[at]
    if sentence.deps[at] == "nsubj":
        if not place.place.text[:1].isupper():
            return False  # so far from a town: nobody rules there
        if any(sentence.deps[child] == "nsubj" and child > at for child in sentence.children[above]):
            return False  # a label before the sentence: "Ain al-Hilweh camp, Saida: a man lobbed a grenade"
        return sentence.tags[above].startswith("VB") and sentence.low[above] not in word_set("setting", "suffers")
    if sentence.deps[at] != "pobj":
        return False
    if sentence.low[above] == "to" and sentence.low[sentence.heads[above]] in word_set("setting", "brought"):
        return True
    if sentence.low[sentence.heads[above]] == "from" and sentence.deps[above] in ("prep", "pcomp"):
        return True
    if sentence.low[above] == "from" and _is_taken(sentence, above):
        return False
    return sentence.low[above] in word_set("setting", "away") or (
        place.fineness == 0 and sentence.low[above] == "between"
    )


def _is_taken(sentence: Sentence, link: int) -> bool:
    """Whether people or things are taken away from there, so that it is where it happened: "abducted girls from X"."""
    return any(sentence.low[above] in word_set("setting", "takes_away") for above in sentence.ancestors(link)[:3])


def _is_of_clause(telling: Telling, place: PlaceMention) -> bool:
    """Whether no clause of its own parts the place from the words of the event."""
    sentence = telling.sentence
    tokens = sentence.tokens_in(place.place.span)
    if not tokens:
        return True
    own = {cue.token for cue in telling.cues} | {harm.trigger for harm in telling.harms}
    for token in (tokens[-1], *sentence.ancestors(tokens[-1])):
        if token in own:
            return True
        if sentence.deps[token] in ("relcl", "advcl", "ccomp", "acl", "parataxis"):
            return not own.isdisjoint(sentence.subtree(token))
    return True


def positioned(place: PlaceMention, others: Iterable[PlaceMention]) -> PlaceMention:
    """The place at the position of the smallest known place among the others, where it has none of its own."""
    if place.place.lat is not None:
        return place
    known = [p for p in others if p.place.lat is not None and p.fineness > 0]
    if not known:
        return place
    around = min(known, key=lambda p: (p.place.radius_km or inf, p.place.span)).place
    shared = {name: getattr(around, name) for name in ("lat", "lon", "radius_km", "precision", "country", "admin1")}
    return replace(place, place=place.place.model_copy(update=shared))


def _led(telling: Telling) -> PlaceMention | None:
    """The place of the heading or fragment above the telling."""
    return max(telling.line.lead_places, key=lambda p: (p.fineness, -p.place.span[0]), default=None)


def settled(where: PlaceMention | None, telling: Telling) -> PlaceMention | None:
    """The place of an event after one more telling of it: a later place counts where it lies in the one before."""
    here, led = event_place(telling), _led(telling)
    if where is None:
        return here or led
    if here is None:
        return where
    finer = here.fineness > where.fineness
    if where.place.lat is None and here.place.lat is not None:
        return here if finer else positioned(where, [here])
    apart = distance_km(where, here)
    if not finer or (apart is not None and apart > (where.place.radius_km or 0) + SLACK_KM):
        return where
    return here if here.place.lat is not None else positioned(here, [where]) if where.fineness < TOWN else where


def _of_party(telling: Telling, place: PlaceMention) -> bool:
    a, b = place.place.span
    return any(m.span[0] <= a and b <= m.span[1] for m in telling.line.parties)
