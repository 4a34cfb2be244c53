"""The discourse: which tellings are of one event, and what a telling takes from the sentences before it.

In: the tellings of a page, in order. Out: `Told` events, each with its tellings, its day and its place. A telling goes
on about the event under discussion unless its day, place or kind says otherwise, or its words start another ("in a
separate attack"). Background ("since October 7", "last year's war") is told apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from ascertain.actors.nations import have_fought
from ascertain.model import Actor
from ascertain.places import PlaceMention
from ascertain.reading.cues import DECISIVE, LIKELY, family_of
from ascertain.reading.event_types import decide, is_private
from ascertain.reading.framing import died, history_limit
from ascertain.reading.hours import kills_apart
from ascertain.reading.roles import actors
from ascertain.reading.setting import dated, distance_km, event_place, event_time, settled
from ascertain.reading.tellings import Telling
from ascertain.reading.tolls import is_toll, tells_start
from ascertain.reading.weight import NEW, is_general, is_note, weight
from ascertain.reading.words import phrases, plain, table, word_set
from ascertain.times import TimeMention, resolve

REMEMBERED = 8
# how much a telling must say to go on about an event under discussion
KNOWN, HINTED = 3, 1
NEAR_PARAGRAPHS = 3
# how many words of a sentence may say that it is about another event
OPENING = 12
# those who put a protest down
PUT_DOWN = ("police", "state_forces")
# events in which people are led away
TAKING = ("abduction_forced_disappearance", "arrests", "looting_property_destruction")
# types of words that tell what an event named before has done
OF_RESULTS = ("violence", "same", "looting_property_destruction")
# what may happen, and events of nature and private life: a forecast is no claim
UNREAL = ("planned", "threatened", "hypothetical")
SOFT = ("natural_disaster", "accident", "crime")
# words of names this short say nothing
SHORT = 2


@dataclass(slots=True, eq=False)
class Told:
    """An event as the report tells it; `beside` is where the event told before it happened, if not told apart."""

    tellings: list[Telling] = field(default_factory=list)
    type: str = ""
    when: TimeMention | None = None
    where: PlaceMention | None = None
    beside: PlaceMention | None = None
    places: list[PlaceMention] = field(default_factory=list)
    parties: dict[Telling, list[Actor]] = field(default_factory=dict)
    marks: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Discourse:
    """The events and tolls of a page."""

    events: list[Told] = field(default_factory=list)
    tolls: list[Telling] = field(default_factory=list)


def discourse(tellings: Sequence[Telling], text: str, published: dt.date | None = None) -> Discourse:
    """Put the tellings of a page together; what happened long before the report was `published` is history."""
    found = Discourse()
    opened: Telling | None = None
    for telling in tellings:
        if is_toll(telling):
            _count_up(telling, found.tolls)
        elif tells_start(telling):
            continue
        elif _place(telling, text, found.events):
            if opened is not None and found.events[-1].tellings == [telling] and _opens(opened, telling):
                found.events[-1] = _led_in(opened, found.events[-1], text)
            opened = None
        else:
            opened = telling
    found.events = [event for event in found.events if not _is_history(event, published)]
    _share_places(found.events)
    for event in found.events:
        _recast(event)
    _mark_whole_sentences(found)
    return found


def _count_up(telling: Telling, tolls: list[Telling]) -> None:
    """Add a toll; the counts of one sentence by the same speakers are one toll."""
    last = tolls[-1] if tolls else None
    if last is not None and (last.line, last.speakers, last.modality) == (
        telling.line,
        telling.speakers,
        telling.modality,
    ):
        last.harms += telling.harms
        last.times += telling.times
        last.places += telling.places
        last.first, last.last = min(last.first, telling.first), max(last.last, telling.last)
    else:
        tolls.append(telling)


def _opens(note: Telling, telling: Telling) -> bool:
    """Whether a note of too little weight names the event whose harm the next sentence tells ("Clash, Riyom.")."""
    if note.modality != "asserted" or not is_note(note.sentence) or _only_harm(note):
        return False
    here, there = note.sentence, telling.sentence
    near = here.paragraph == there.paragraph and there.number - here.number <= 1
    return near and bool(telling.harms) and all(cue.entry.type in OF_RESULTS for cue in telling.cues)


def _led_in(note: Telling, event: Told, text: str) -> Told:
    """The event with the note before it that names it; as it was, where the note tells of none."""
    who = actors(note, text, clash=_is_clash(note))
    kind = decide(note.cues, note.harms, who, note.targets)
    telling = event.tellings[0]
    if kind is None or family_of(kind) != "violence":
        return event
    led = Told()
    _add(led, note, who, None)
    if _dates_differ(telling, led) or _places_differ(telling, led):
        return event
    led.when = led.when or event.when
    _add(led, telling, event.parties[telling], None)
    return led


def _recast(event: Told) -> None:
    """Give the parties the roles and kinds that the type of their event makes of them.

    Who marches in peace is a party and no perpetrator; somebody who kills in private is no militia.
    """
    country = event.where.place.country if event.where is not None else None
    for telling, who in event.parties.items():
        if country is not None:
            who = event.parties[telling] = [_abroad(actor, country) for actor in who]
        if event.type == "peaceful_protest":
            event.parties[telling] = [_marcher(actor) for actor in who]
        elif event.type == "crime":
            event.parties[telling] = [
                actor.model_copy(update={"kind": "other"}) if actor.kind == "militia" and is_private(actor) else actor
                for actor in who
            ]


def _abroad(actor: Actor, country: str) -> Actor:
    """The forces of a state on the soil of another as external forces, but for states that have fought each other."""
    home = (actor.id or "").removeprefix("state:").split("/")[0]
    at_home = not (actor.id or "").startswith("state:") or home == country
    if actor.kind != "state_forces" or at_home or have_fought(home, country):
        return actor
    return actor.model_copy(update={"kind": "external_forces"})


def _marcher(actor: Actor) -> Actor:
    """A perpetrator of a peaceful protest as what they are: a party to it, protesters where nothing else is known."""
    if actor.role != "perpetrator" or actor.kind in ("police", "state_forces", "external_forces"):
        return actor
    kind = "protesters" if actor.kind in ("other", "civilians", "rioters", "militia") else actor.kind
    return actor.model_copy(update={"role": "party", "kind": kind})


def _share_places(events: Sequence[Told]) -> None:
    """An event told without a place happened where the event told before it did."""
    last: Told | None = None
    for event in events:
        if event.where is None and last is not None:
            near = event.tellings[0].sentence.paragraph - last.tellings[-1].sentence.paragraph <= NEAR_PARAGRAPHS
            first = event.tellings[0]
            event.where = last.where if near and (first.another == "beside" or not starts_another(first)) else None
        if event.where is not None:
            last = event


def _is_history(event: Told, published: dt.date | None) -> bool:
    """Whether an event is told as history rather than as news, of a trial too, or as a record of the war under way."""
    if event.when is None or event.when.end is None or any(telling.tried for telling in event.tellings):
        return False
    return event.when.end.year < history_limit(published.year if published else None, event.when.precision == "day")


def _place(telling: Telling, text: str, events: list[Told]) -> bool:
    """Add a telling to the event that it goes on about, to an event of its own, or to none; whether to any."""
    who = actors(telling, text, clash=_is_clash(telling))
    kind = decide(telling.cues, telling.harms, who, telling.targets)
    says = weight(telling, who)
    event = _event_of(telling, kind, who, events) if kind is not None else None
    if event is None and ((telling.goes_on and says < NEW) or (kind is None and (telling.harms or telling.targets))):
        event = _under_discussion(telling, events)
    if event is None and (kind is None or says < NEW or telling.only_goes_on or _is_mere_death(telling)):
        return False
    if telling.modality in UNREAL and kind in SOFT:
        return False
    hinted = (
        telling.goes_on
        or (telling.modality in ("denied", "alleged") and telling.speakers)
        or (_refers_back(telling) and not is_general(telling))
        or _is_aftermath(telling)
    )
    if event is not None and (says < (HINTED if hinted else KNOWN) or _only_spoken_of(telling)):
        return False
    if event is None:
        event = Told(beside=_beside(telling, events), when=_same_day(telling, events))
        events.append(event)
    _add(event, telling, who, _day(events))
    return True


def _beside(telling: Telling, events: Sequence[Told]) -> PlaceMention | None:
    """Where an event that gives no place of its own happened, as far as is known yet: where the one before did."""
    last = _under_discussion(telling, events)
    return (last.where or last.beside) if last is not None else None


def _same_day(telling: Telling, events: Sequence[Told]) -> TimeMention | None:
    """The day of the event told before, where the telling names only another part of it ("in the evening")."""
    last = _under_discussion(telling, events)
    if last is None or event_time(telling) is not None or not _is_later(telling, last):
        return None
    return last.when


def _is_mere_death(telling: Telling) -> bool:
    """Whether one person is only said to have died, of nothing that is told: an obituary, or the end of an event."""
    if telling.targets or any(not died(telling.sentence, cue.token) for cue in telling.cues):
        return False
    sufferers = [s.people for harm in telling.harms for s in harm.sufferers]
    alone = bool(sufferers) and all(people.stated in ("single", "name") for people in sufferers)
    return alone and all(died(telling.sentence, harm.trigger) for harm in telling.harms)


def _only_spoken_of(telling: Telling) -> bool:
    """Whether the event is only what somebody speaks about: "condemned the attack"."""
    if telling.harms or telling.targets or not telling.cues or not _refers_back(telling):
        return False
    sentence = telling.sentence
    above = {sentence.low[at] for cue in telling.cues for at in sentence.ancestors(cue.token)[:2]}
    return not above.isdisjoint(word_set("discourse", "spoken_of"))


def _is_aftermath(telling: Telling) -> bool:
    """Whether what followed is told: people under the rubble, or damage without a word for the event."""
    trapped = any(harm.outcome in ("trapped", "missing") for harm in telling.harms)
    return trapped or (bool(telling.targets) and not telling.cues)


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


def _names(telling: Telling) -> list[tuple[frozenset[str], str]]:
    """The words of the names of those harmed, each with the way of harm."""
    named = [
        (s.people.name, "hurt" if harm.outcome in ("killed", "injured") else harm.outcome)
        for harm in telling.harms
        for s in harm.sufferers
        if s.people.name
    ]
    return [(frozenset(word for word in name.lower().split() if len(word) > SHORT), how) for name, how in named]


def _of_victim(telling: Telling, events: Sequence[Told]) -> Told | None:
    """The event told before in which a person by the same name was harmed alike: nobody is killed twice."""
    here = _names(telling)
    if not here:
        return None
    for event in reversed(events):
        known = [one for other in event.tellings for one in _names(other)]
        if any(how == way and _same_name(a, b) for a, how in here for b, way in known):
            return event
    return None


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and (one <= other or other <= one)


def _event_of(telling: Telling, kind: str, who: Sequence[Actor], events: Sequence[Told]) -> Told | None:
    """The event under discussion that the telling goes on about, or `None` where it starts another."""
    if (told := _of_victim(telling, events)) is not None:
        return told
    if starts_another(telling):
        return None
    recent = events[-REMEMBERED:]
    if _only_harm(telling) and any(harm.outcome in ("killed", "injured") for harm in telling.harms):
        recent = sorted(recent, key=lambda event: family_of(event.type) == family_of(kind))
    for event in reversed(recent):
        if _goes_on(telling, kind, who, event):
            return event
        if telling.line.sentence.heading:
            return None
    return None


def starts_another(telling: Telling) -> bool:
    """Whether the sentence, or the clause, says that it is about another event."""
    if telling.another is not None:
        return True
    words = plain(telling.sentence.low[:OPENING])
    told = phrases("another").search(words)
    if told and not _of_reports(words[told.end() :]):
        return True
    return not _only_harm(telling) and phrases("next").search(words) is not None


def _of_reports(words: str) -> bool:
    """Whether what is another is a report, not an event: "in another post", "several different news agencies"."""
    return not word_set("discourse", "reports").isdisjoint(words.split()[:3])


def _goes_on(telling: Telling, kind: str, who: Sequence[Actor], event: Told) -> bool:
    """Whether the telling may be of the event: of one way of doing, on one day, in one place."""
    same_family = family_of(kind) == family_of(event.type)
    if kind == TAKING[0] and _only_takes(telling) and event.type not in TAKING:
        return False
    if (
        not same_family
        and not (_only_harm(telling) and telling.harms)
        and not _follows_protest(telling, kind, who, event)
        and not _takes_up_shots(telling, kind, event)
        and not (_only_burns(telling) and family_of(event.type) in ("violence", "protest"))
    ):
        return False
    if same_family and family_of(kind) == "violence" and not _same_way(telling, kind, event):
        return False
    return not (_dates_differ(telling, event) or _places_differ(telling, event) or _is_later(telling, event))


def _is_later(telling: Telling, event: Told) -> bool:
    """Whether the telling tells of others killed in another part of the day."""
    if _is_revision(telling) or _refers_back(telling):
        return False
    return any(kills_apart(telling, before) for before in event.tellings)


def _only_harm(telling: Telling) -> bool:
    """Whether only words of harm and general words of violence are used."""
    return all(cue.entry.type in ("violence", "same") for cue in telling.cues)


def _only_burns(telling: Telling) -> bool:
    """Whether only burning or collapse is told, which an attack or riot told before may have brought about."""
    fires = word_set("mishaps", "fire", "nouns") | word_set("mishaps", "fire", "burn")
    fires = fires | word_set("mishaps", "collapse", "words")
    mishaps = [cue for cue in telling.cues if cue.entry.type == "accident"]
    burnt = all(not fires.isdisjoint(cue.entry.words.split()) for cue in mishaps)
    return bool(mishaps) and len(mishaps) == len(telling.cues) and burnt


def _only_takes(telling: Telling) -> bool:
    """Whether the sentence tells of people led away and of nothing else."""
    return {harm.outcome for harm in telling.harms} == {"abducted"} and not _refers_back(telling)


def _follows_protest(telling: Telling, kind: str, who: Sequence[Actor], event: Told) -> bool:
    """Whether arrests or fire by the forces are told right after a protest, without a place of their own."""
    follows = kind == "arrests" or (kind == "attack" and any(actor.kind in PUT_DOWN for actor in who))
    here = event_place(telling)
    if here is not None and event.where is not None and here.place.span == event.where.place.span:
        here = None
    if not follows or family_of(event.type) != "protest" or here is not None:
        return False
    before = event.tellings[-1].sentence
    return (telling.sentence.paragraph, telling.sentence.number - 1) <= (before.paragraph, before.number)


def _takes_up_shots(telling: Telling, kind: str, event: Told) -> bool:
    """Whether "the shooting" is that at protesters told before, of which no more harm is told."""
    shot = event.type == "excessive_force_against_protesters" and kind in ("attack", "armed_clash")
    return shot and not telling.harms and _refers_back(telling)


def _same_way(telling: Telling, kind: str, event: Told) -> bool:
    """Whether two types may be one event in different words."""
    if kind == event.type or (_only_harm(telling) and event.type != "ground_advance"):
        return True
    if event.type == "ground_advance" and _accompanies(telling, event):
        return True
    open_way = _is_open(kind, telling) or _is_open(event.type, event.tellings[0])
    known = table("discourse")
    groups = [*known["same_way"], *(known["same_way_if_open"] if open_way else ())]
    return any(kind in group and event.type in group for group in groups)


def _dates_differ(telling: Telling, event: Told) -> bool:
    stated = event_time(telling)
    if stated is None or event.when is None or _is_revision(telling):
        return False
    time = resolve(stated, event.when.start)
    if time.start is None or time.end is None or event.when.start is None or event.when.end is None:
        return False
    if time.precision in ("month", "year") or event.when.precision in ("month", "year"):
        return not (time.start <= event.when.end and event.when.start <= time.end)
    return time.start > event.when.end or time.end < event.when.start


def _accompanies(telling: Telling, event: Told) -> bool:
    """Whether gunfire, shelling and the like are told in the paragraph of an advance, without harm of their own."""
    last = event.tellings[-1].sentence
    return not telling.harms and not telling.targets and telling.sentence.paragraph == last.paragraph


def _is_revision(telling: Telling) -> bool:
    """Whether the telling only brings a count up to date: its day is that of the news, not of the event."""
    words = telling.words
    return bool(telling.harms) and _only_harm(telling) and phrases("revision").search(words) is not None


def _places_differ(telling: Telling, event: Told) -> bool:
    here, there = event_place(telling), event.where or event.beside
    if here is None or there is None or here.place.text.lower() == there.place.text.lower():
        return False
    known = {p.place.text.lower() for p in event.places}
    if here.place.text.lower() in known or any(
        p.place.text.lower() in known for p in telling.places if p.fineness >= 3
    ):
        return False
    if _only_harm(telling) and not word_set("discourse", "treats").isdisjoint(here.place.text.lower().split()):
        return False
    if min(here.fineness, there.fineness) < 2:
        return not _may_hold(here, there)
    apart = distance_km(here, there)
    if apart is None:
        return not _refers_back(telling)
    slack = (here.place.radius_km or 1) + (there.place.radius_km or 1) + 3
    return apart > slack and not _refers_back(telling)


def _may_hold(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether the coarser of two places may hold the finer."""
    a, b = one.place, other.place
    if a.country and b.country and a.country != b.country:
        return False
    apart = distance_km(one, other)
    return apart is None or apart <= max(a.radius_km or 0, b.radius_km or 0) + 5


def _refers_back(telling: Telling) -> bool:
    """Whether the event word is definite: "the attack"; not where it takes up the march that the sentence tells of."""
    sentence = telling.sentence
    return any(
        sentence.low[child] in ("the", "this", "that", "its") and sentence.deps[child] in ("det", "poss")
        for cue in telling.cues
        if not any(family_of(other.entry.type) == "protest" and other.first < cue.first for other in telling.cues)
        for child in sentence.children[cue.token]
    )


def _day(events: Sequence[Told]) -> dt.date | None:
    """The day under discussion: that of the event told last."""
    return next((e.when.start for e in reversed(events) if e.when is not None and e.when.start is not None), None)


def _add(event: Told, telling: Telling, who: list[Actor], day: dt.date | None) -> None:
    event.tellings.append(telling)
    event.parties[telling] = who
    if not (event.when and _is_revision(telling)):
        event.when = dated(event.when, telling, day)
    event.where = settled(event.where, telling)
    event.places += [p for p in telling.places if p.role == "mention"]
    marks = _marks(telling, who)
    if not event.type or not marks <= event.marks:
        event.marks |= marks
        event.type = _type(event)


def _marks(telling: Telling, who: Sequence[Actor]) -> set[tuple[str, str]]:
    """What of a telling may change the type of its event: its words, its parties, whom it harmed."""
    words = {("word", cue.entry.words) for cue in telling.cues}
    hurt = {(harm.outcome, s.people.group) for harm in telling.harms for s in harm.sufferers}
    return words | hurt | {(actor.role, actor.kind) for actor in who}


def _type(event: Told) -> str:
    """The type that the first telling gives; one that says no more than "attack" takes it from a later one.

    Later words never make a clash of what was first told as harm to people.
    """
    first = event.tellings[0]
    kind = decide(first.cues, first.harms, event.parties[first], first.targets) or "other"
    if kind == "peaceful_protest" and len(event.tellings) > 1:
        return _protest_type(event)
    if not _is_open(kind, first):
        return kind
    gave_way = word_set("mishaps", "collapse", "words")
    later = [cue for telling in event.tellings[1:] for cue in telling.cues]
    later = [cue for cue in later if gave_way.isdisjoint(cue.entry.words.split())]
    enough = LIKELY if kind == "remote_explosive_landmine_ied" else DECISIVE
    cues = [*first.cues, *(cue for cue in later if cue.entry.strength >= enough or cue.entry.type == "violence")]
    harms = [harm for telling in event.tellings for harm in telling.harms]
    found = decide(cues, harms, [actor for who in event.parties.values() for actor in who])
    return kind if found is None or (found == "armed_clash" and first.harms and not _was_fight(event)) else found


def _was_fight(event: Told) -> bool:
    """Whether a later telling calls the event itself a fight: "in the firefight"."""
    return any(
        telling.sentence.low[cue.token] in word_set("senses", "ways", "mutual")
        and telling.sentence.low[max(0, cue.first - 1)] in ("the", "that", "this")
        for telling in event.tellings[1:]
        for cue in telling.cues
    )


def _protest_type(event: Told) -> str:
    """The type of a protest by all that is told of it: who broke it up, who was arrested or hurt."""
    cues = [cue for telling in event.tellings for cue in telling.cues]
    harms = [harm for telling in event.tellings for harm in telling.harms]
    return decide(cues, harms, [actor for who in event.parties.values() for actor in who]) or "peaceful_protest"


def _is_open(kind: str, telling: Telling) -> bool:
    """Whether the words of a telling leave the way of its event open."""
    open_words = word_set("discourse", "open_types")
    return kind in open_words and not any(cue.entry.type == kind and cue.entry.strength >= 3 for cue in telling.cues)
