"""The discourse: which tellings are of one event, and what a telling takes from the sentences before it.

In: the tellings of a page, in order. Out: `Told` events, each with its tellings, its day and its place. A telling goes
on about the event under discussion unless its day, place or kind says otherwise, or its words start another ("in a
separate attack"). Background ("since October 7", "last year's war") is told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ascertain.model import Actor
from ascertain.places import PlaceMention
from ascertain.reading.event_types import decide
from ascertain.reading.roles import actors
from ascertain.reading.setting import distance_km, event_place, event_time
from ascertain.reading.tellings import Telling, family_of
from ascertain.reading.tolls import is_toll
from ascertain.reading.words import table, word_set
from ascertain.times import TimeMention, resolve

REMEMBERED = 8
# how much a telling must say to be an event of its own, or to go on about one under discussion
NEW, KNOWN = 4, 3
NEAR_PARAGRAPHS = 3


@dataclass(slots=True, eq=False)
class Told:
    """An event as the report tells it."""

    tellings: list[Telling] = field(default_factory=list)
    type: str = ""
    when: TimeMention | None = None
    where: PlaceMention | None = None
    places: list[PlaceMention] = field(default_factory=list)
    parties: dict[Telling, list[Actor]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Discourse:
    """The events and tolls of a page."""

    events: list[Told] = field(default_factory=list)
    tolls: list[Telling] = field(default_factory=list)


def discourse(tellings: Sequence[Telling], text: str) -> Discourse:
    """Put the tellings of a page together."""
    found = Discourse()
    for telling in tellings:
        if is_toll(telling):
            found.tolls.append(telling)
        else:
            _place(telling, text, found.events)
    _mark_whole_sentences(found)
    return found


def _place(telling: Telling, text: str, events: list[Told]) -> None:
    """Add a telling to the event that it goes on about, to an event of its own, or to none."""
    who = actors(telling, text, clash=_is_clash(telling))
    kind = decide(telling.cues, telling.harms, who)
    if telling.only_goes_on:
        event = _under_discussion(telling, events)
        if event is not None:
            _add(event, telling, who)
        return
    if kind is None:
        return
    weight = _weight(telling, who, kind)
    event = _event_of(telling, kind, events)
    if weight < (NEW if event is None else KNOWN):
        return
    if event is None:
        event = Told()
        events.append(event)
    _add(event, telling, who)


def _under_discussion(telling: Telling, events: Sequence[Told]) -> Told | None:
    """The event told last, where it was told not long before."""
    if not events:
        return None
    last = max(events, key=lambda event: event.tellings[-1].line.span)
    near = telling.sentence.paragraph - last.tellings[-1].sentence.paragraph <= NEAR_PARAGRAPHS
    return last if near and not starts_another(telling) else None


def _mark_whole_sentences(found: Discourse) -> None:
    """A sentence that tells of one event only, in one modality, is evidence as a whole."""
    groups = [*(event.tellings for event in found.events), found.tolls]
    owners: dict[int, set[tuple[int, str]]] = {}
    for number, group in enumerate(groups):
        for telling in group:
            owners.setdefault(id(telling.line), set()).add((number, telling.modality))
    for group in groups:
        for telling in group:
            telling.whole_sentence = len(owners[id(telling.line)]) == 1


def _is_clash(telling: Telling) -> bool:
    return any(cue.entry.type == "armed_clash" and cue.entry.strength >= 3 for cue in telling.cues)


def _weight(telling: Telling, who: Sequence[Actor], kind: str) -> int:
    """How much the words tell that can be recorded, rather than of violence in general."""
    if any(s.people.stated not in ("back", "plural") for h in telling.harms for s in h.sufferers):
        return NEW
    strength = max((cue.entry.strength for cue in telling.cues), default=0)
    if telling.harms:
        strength = max(strength, 2)
    located = any(p.role == "mention" for p in telling.places)
    dated = any(t.role == "date" for t in telling.times)
    return strength + bool(who) + located + dated + bool(telling.targets)


def _event_of(telling: Telling, kind: str, events: Sequence[Told]) -> Told | None:
    """The event under discussion that the telling goes on about, or `None` where it starts another."""
    if starts_another(telling):
        return None
    for event in reversed(events[-REMEMBERED:]):
        if _goes_on(telling, kind, event):
            return event
        if telling.line.sentence.heading:
            return None
    return None


def starts_another(telling: Telling) -> bool:
    """Whether the sentence says that it is about another event."""
    low = telling.sentence.low
    pairs = {" ".join(low[i : i + n]) for n in (1, 2, 3) for i in range(min(len(low) - n + 1, 12))}
    return bool(pairs & word_set("discourse", "another"))


def _goes_on(telling: Telling, kind: str, event: Told) -> bool:
    only_harm = all(cue.entry.type == "violence" for cue in telling.cues)
    if family_of(kind) != family_of(event.type) and not (only_harm and telling.harms):
        return False
    if family_of(kind) == family_of(event.type) == "violence" and not _same_way(kind, event.type, only_harm):
        return False
    return not (_dates_differ(telling, event) or _places_differ(telling, event))


def _same_way(kind: str, other: str, only_harm: bool) -> bool:
    if kind == other or only_harm:
        return True
    return any(kind in group and other in group for group in table("discourse")["same_way"])


def _dates_differ(telling: Telling, event: Told) -> bool:
    stated = event_time(telling)
    if stated is None or event.when is None:
        return False
    time = resolve(stated, event.when.start)
    if time.start is None or time.end is None or event.when.start is None or event.when.end is None:
        return False
    if time.precision in ("month", "year") or event.when.precision in ("month", "year"):
        return not (time.start <= event.when.end and event.when.start <= time.end)
    return time.start > event.when.end or time.end < event.when.start


def _places_differ(telling: Telling, event: Told) -> bool:
    here = event_place(telling)
    if here is None or event.where is None or here.place.text.lower() == event.where.place.text.lower():
        return False
    known = {p.place.text.lower() for p in event.places}
    if here.place.text.lower() in known or any(
        p.place.text.lower() in known for p in telling.places if p.fineness >= 3
    ):
        return False
    if min(here.fineness, event.where.fineness) < 2:
        return not _may_hold(here, event.where)
    apart = distance_km(here, event.where)
    if apart is None:
        return not _refers_back(telling)
    slack = (here.place.radius_km or 1) + (event.where.place.radius_km or 1) + 3
    return apart > slack and not _refers_back(telling)


def _may_hold(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether the coarser of two places may hold the finer."""
    a, b = one.place, other.place
    if a.country and b.country and a.country != b.country:
        return False
    apart = distance_km(one, other)
    return apart is None or apart <= max(a.radius_km or 0, b.radius_km or 0) + 5


def _refers_back(telling: Telling) -> bool:
    """Whether the event word is definite: "the attack", "this strike"."""
    sentence = telling.sentence
    return any(
        sentence.low[child] in ("the", "this", "that", "its") and sentence.deps[child] in ("det", "poss")
        for cue in telling.cues
        for child in sentence.children[cue.token]
    )


def _add(event: Told, telling: Telling, who: list[Actor]) -> None:
    event.tellings.append(telling)
    event.parties[telling] = who
    stated = event_time(telling)
    if stated is not None:
        time = resolve(stated, event.when.start if event.when else None)
        if event.when is None or event.when.start is None:
            event.when = time
    here = event_place(telling)
    if here is not None and (event.where is None or here.fineness > event.where.fineness):
        event.where = here
    event.places += [p for p in telling.places if p.role == "mention"]
    cues = [cue for told in event.tellings for cue in told.cues]
    harms = [harm for told in event.tellings for harm in told.harms]
    first = decide(event.tellings[0].cues, event.tellings[0].harms, event.parties[event.tellings[0]])
    alone = {cue.entry.type for cue in event.tellings[0].cues if cue.entry.strength >= 3}
    if len(event.tellings) == 1 or alone:
        event.type = event.type or first or "other"
    else:
        parties = [actor for actors_ in event.parties.values() for actor in actors_]
        event.type = decide(cues, harms, parties) or event.type
