"""Dispatches: what is written of an incident by those who write themselves, before others copy it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from corpus import wording
from corpus.tables import common, parties
from corpus.wording import Number, capital
from corpus.world import Happened

EXACTLY, FULL_IF_ALONE = 0.62, 0.7
LATE, AGENCY, DATELINE = 0.04, 0.45, 0.6
BACKWARD, CUMULATIVE, COLOUR, DETAIL, LANDMARK, BLAME = 0.12, 0.12, 0.55, 0.6, 0.5, 0.35
LAGS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text as first written. `voices` are those whose words it carries, `told` the number of dead that it gives
    where it gives one exactly, `cumulative` the sentences among `sentences` that count over a time."""

    id: str
    about: Happened
    published: dt.date
    agency: str | None
    title: str
    sentences: tuple[str, ...]
    voices: frozenset[str]
    told: int | None
    cumulative: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A dispatch while it is written."""

    happened: Happened
    published: dt.date
    number: int
    random: Random
    source: str
    slots: dict[str, str] = field(default_factory=dict)
    revises: bool = False

    def say(self, form: str) -> str:
        return wording.tidy(form.format(**self.slots))

    def one_of(self, name: str) -> str:
        return self.say(self.random.choice(common()[name]))


def dispatches(
    happened: Happened, count: int, past: Sequence[Happened], twin: Happened | None, random: Random
) -> list[Dispatch]:
    """So many dispatches about an incident, the first first; the last full count is exact, as somebody gives it.

    `past` are incidents that may be told of in passing, `twin` one of the same day and town that one tells apart.
    """
    lags = sorted(_lag(random) for _ in range(count))
    made = []
    for number, lag in enumerate(lags):
        full = number == count - 1 and (count > 1 or random.random() < FULL_IF_ALONE)
        lag = max(lag, happened.rises_after) if full else lag
        other = twin if number == 0 else None
        made.append(_dispatch(f"{happened.id}.{number}", happened, lag, full, past, other, random))
    return made


def _lag(random: Random) -> int:
    return random.randint(14, 60) if random.random() < LATE else random.choice(LAGS)


def _dispatch(
    name: str,
    happened: Happened,
    lag: int,
    must_count: bool,
    past: Sequence[Happened],
    twin: Happened | None,
    random: Random,
) -> Dispatch:
    agency = random.choice(parties()["agencies"]) if random.random() < AGENCY else None
    toll = happened.toll(lag)
    loosely = not must_count and random.random() > EXACTLY
    number = random.choice(wording.LOOSELY)(toll, random) if loosely else wording.exact(toll, random)
    source, voice = _speaker(name, random)
    draft = _Draft(happened, happened.day + dt.timedelta(lag), toll, random, source)
    draft.slots = _slots(draft, number, copied=agency is not None)
    voices = {voice}
    sentences = [*_beginning(draft, number, lag, twin), *_middle(draft, voices)]
    if happened.contested and random.random() < 0.5:
        sentences.append(_rival(draft, voices))
    cumulative = [draft.one_of("cumulative")] if random.random() < CUMULATIVE else []
    if past and random.random() < BACKWARD:
        sentences.append(_backward(draft, random.choice(past)))
    if random.random() < COLOUR:
        sentences.append(draft.one_of("colour"))
    sentences += cumulative
    headlines = common()["revision_headlines"] if draft.revises else happened.kind.headlines
    title = draft.say(_suited(headlines, number, random))
    told = toll if number.exact else None
    return Dispatch(
        name, happened, draft.published, agency, title, tuple(sentences), frozenset(voices), told, tuple(cumulative)
    )


def _speaker(name: str, random: Random) -> tuple[str, str]:
    """Who says it, in words, and the voice that it counts as: a named person is one of their own, or their body's."""
    kind = random.choice(("named", "named", "bodies", "bodies", "nameless"))
    words = random.choice(parties()[kind])
    voice = parties()["spokesmen"].get(words, name) if kind == "named" else words
    return words.replace("PERSON", _person(random)), voice


def _again(source: str) -> str:
    """The speaker when named again: a person by the last name."""
    last = source.rpartition(" ")[2]
    return last if last in parties()["last_names"] else source


def _person(random: Random) -> str:
    return f"{random.choice(parties()['first_names'])} {random.choice(parties()['last_names'])}"


def _beginning(draft: _Draft, number: Number, lag: int, twin: Happened | None) -> list[str]:
    """The lead, of the kind's own or of a special case, and the injured where it does not tell them."""
    happened, random = draft.happened, draft.random
    special = None
    if twin is not None and lag <= 1:
        spare = wording.exact(twin.killed, random)
        draft.slots |= {"spot2": random.choice(twin.spot), "count2": spare.people(twin.people), "n2": spare.words}
        special = "double"
    elif lag > wording.A_WEEK:
        special = "late"
    elif (
        number.exact and 0 < happened.rises_after <= lag and happened.early < happened.killed and random.random() < 0.7
    ):
        special, draft.revises = "revisions", True
    lead = draft.say(_suited(common()[special] if special else happened.kind.leads, number, random))
    told = any(words and words in lead for name, words in draft.slots.items() if name.startswith("and_"))
    untold = happened.injured and not told and random.random() < 0.6
    draft.slots["src"] = again = _again(draft.source)
    draft.slots["Src"] = capital(again)
    return [lead, *([draft.one_of("wounded")] if untold else [])]


def _middle(draft: _Draft, voices: set[str]) -> list[str]:
    """Part of the dead, circumstances and blame, each now and then."""
    happened, random = draft.happened, draft.random
    told = []
    if 1 < happened.children < draft.number and random.random() < 0.6:
        told.append(draft.one_of("children"))
    if random.random() < DETAIL:
        told.append(draft.say(random.choice(happened.kind.details)))
    if random.random() < LANDMARK:
        told.append(draft.one_of("landmark"))
    if random.random() < BLAME:
        told.append(draft.one_of("blame"))
        if told[-1].startswith(capital(happened.group)):
            voices.add(happened.group)
    random.shuffle(told)
    return told


def _rival(draft: _Draft, voices: set[str]) -> str:
    told = draft.one_of("rivals")
    voices.add("the army" if "army" in told else draft.happened.group)
    return told


def _backward(draft: _Draft, other: Happened) -> str:
    """Another incident in passing, dated from this one."""
    days = (draft.happened.day - other.day).days
    number = wording.exact(other.killed, draft.random)
    noun = wording.a(draft.random.choice(other.kind.nouns))
    draft.slots |= {
        "days": "a day" if days == 1 else f"{wording.exact(days, draft.random).words} days",
        "a_noun2": noun,
        "A_noun2": capital(noun),
        "in_place2": f"in {other.town.name}",
        "n2": number.words,
        "people2": number.people(other.people).removeprefix(f"{number.words} "),
        "date2": wording.filled("{date}", other.day),
    }
    return draft.one_of("backward")


def _suited(forms: Sequence[str], number: Number, random: Random) -> str:
    """A form that the number fits: "dozens" wants to be followed by whom."""
    fitting = [form for form in forms if not number.of or "{n}" not in form]
    return random.choice(fitting or forms)


def _slots(draft: _Draft, number: Number, *, copied: bool) -> dict[str, str]:
    happened, random = draft.happened, draft.random
    spot, noun = random.choice(happened.spot), random.choice(happened.kind.nouns)
    when = wording.when(happened, draft.published, random, copied=copied)
    day = when.removeprefix("on ")
    # Who goes on telling of one of two that struck a town on one day says which.
    which = f" that hit {spot}" if happened.one_of_two else ""
    body = random.choice(parties()["bodies"][-2:])
    town = random.choice(happened.town.spellings) if random.random() < 0.3 else happened.town.name
    others = wording.exact(happened.injured, random)
    rival = wording.exact(max(1, round(draft.number * random.choice((0.3, 0.5, 1.6)))), random)
    children = wording.exact(happened.children, random)
    slots = {
        "count": number.people(happened.people),
        "n": number.words,
        "were": "was" if number.single else "were",
        "have": "has" if number.single else "have",
        "spot": spot,
        "the_spot": _the(happened.spot[0]),
        "in_place": wording.where(happened, random),
        "in_town": f"{'near' if happened.outside else 'in'} {town}",
        "town": town,
        "province": happened.town.province,
        "country": happened.town.country,
        "when": when,
        "when_noun": f"{day}'s {noun}{which}"
        if day[0].isupper() and " " not in day
        else f"the {noun} {wording.filled('on {date}', happened.day)}{which}",
        "today": wording.filled("on {day}", draft.published),
        "old": wording.exact(happened.early, random).words,
        "src": draft.source,
        "by": happened.by,
        "group": happened.group,
        "landmark": happened.landmark,
        "noun": noun,
        "the_noun": f"the {noun}",
        "a_noun": wording.a(noun),
        "children": children.people("children"),
        "were_c": "was" if children.single else "were",
        "w": others.words,
        "wounded": others.people("people"),
        "were_w": "was" if others.single else "were",
        "r": rival.words,
        "r_militants": rival.people("militants"),
        "r_fighters": rival.people("fighters"),
        "were_r": "was" if rival.single else "were",
        "t": str(random.randint(110, 960)),
        "body": body,
        "person": _person(random),
    }
    slots |= _injured(others, told=happened.injured > 0 and random.random() < 0.7)
    return slots | {name.capitalize() if name != "n" else "N": capital(words) for name, words in slots.items()}


def _the(spot: str) -> str:
    """A spot named again.

    >>> _the("a bus station"), _the("protesters")
    ('the bus station', 'the site')
    """
    article, _, rest = spot.partition(" ")
    return f"the {rest}" if article in ("a", "an", "the") else "the site"


def _injured(others: Number, *, told: bool) -> dict[str, str]:
    """The injured as they follow the dead in a lead, or nothing."""
    verb = "was" if others.single else "were"
    forms = {
        "and_wounded": f" and wounded {others.words} others",
        "and_wounding": f" and wounding {others.words}",
        "and_were_wounded": f" and {others.words} others {verb} wounded",
        "and_more": f" and {others.words} wounded",
        "and_left": f" and left {others.words} wounded",
    }
    return {name: words if told else "" for name, words in forms.items()}
