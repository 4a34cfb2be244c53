"""Negotiations: the rounds of talks, what they argue over, and how they stand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ascertain.incidents.series.areas import AreaKey, Areas
from ascertain.incidents.series.grouping import Talks, Word, talks_of
from ascertain.incidents.series.participants import bare, each_once, identity, shown, without_span
from ascertain.incidents.series.told import Published, Told, as_claim, as_of, in_order, reports_of
from ascertain.model import (
    Actor,
    IncidentActor,
    IssueTold,
    Modality,
    Negotiation,
    NegotiationClaim,
    NegotiationStatus,
    Round,
    SeriesPlace,
    StatusTold,
)

# of statuses told on one day: talks called for may be under way too, and talks under way may have an outcome
LESS_THAN_AN_OUTCOME = ("proposed", "ongoing")


@dataclass(frozen=True, slots=True)
class Kept:
    """A negotiation claim as it is kept until all are there."""

    told: Told
    area: AreaKey
    voices: tuple[str, ...]
    actors: tuple[IncidentActor, ...]
    issues: tuple[str, ...]
    status: NegotiationStatus | None


class TalksBook:
    """The negotiation claims so far."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._actors: dict[IncidentActor, IncidentActor] = {}

    def add(self, told: Told, claim: NegotiationClaim, area: AreaKey, voices: tuple[str, ...]) -> None:
        """Take in a claim."""
        actors = tuple(self._once(actor) for actor in claim.actors)
        self._kept.append(Kept(told, area, voices, actors, tuple(i.text for i in claim.issues), claim.status))

    def _once(self, actor: Actor) -> IncidentActor:
        plain = without_span(actor)
        return self._actors.setdefault(plain, plain)

    def negotiations(self, areas: Areas, published: Published) -> Iterator[Negotiation]:
        """The talks, by the day on which they are first told of."""
        talks = talks_of(_word(kept, published) for kept in self._kept)
        for words in sorted(talks, key=_first):
            yield _negotiation(sorted(words, key=lambda word: word.told.claim), areas)


def _word(kept: Kept, published: Published) -> Word:
    mediators = frozenset(known for a in kept.actors if a.role == "mediator" and (known := identity(a)) is not None)
    parties = frozenset(known for a in kept.actors if a.role == "party" and (known := identity(a)) is not None)
    return Word(
        told=kept.told,
        day=as_of(kept.told, published),
        area=kept.area,
        voices=kept.voices,
        parties=parties - mediators,
        mediators=mediators,
        actors=kept.actors,
        issues=kept.issues,
        status=kept.status,
    )


def _first(words: Talks) -> tuple[bool, dt.date, str]:
    return min((word.day is None, word.day or dt.date.min, word.told.original) for word in words)


def _negotiation(words: Talks, areas: Areas) -> Negotiation:
    days = [word.day for word in words if word.told.held and word.day is not None]
    by_day: dict[dt.date | None, Talks] = defaultdict(list)
    for word in words:
        by_day[word.day].append(word)
    status, status_on = _standing(words)
    mediators = each_once(actor for word in words for actor in word.actors if actor.role == "mediator")
    return Negotiation(
        id="n" + hashlib.sha256(repr(_first(words)).encode()).hexdigest()[:12],
        parties=each_once(actor for word in words for actor in word.actors if actor.role == "party"),
        mediators=mediators,
        start=min(days, default=None),
        end=max(days, default=None),
        status=status,
        status_on=status_on,
        issues=_issues(words),
        rounds=tuple(_round(day, by_day[day], areas) for day in in_order(by_day)),
        sources=_sources(word for word in words if word.told.held),
        reports=reports_of(word.told for word in words),
        claims=tuple(word.told.claim for word in words),
    )


def _standing(words: Talks) -> tuple[NegotiationStatus | None, dt.date | None]:
    """The status of the latest day, and that day: the one that tells furthest, then the one that most sources tell."""
    telling = [word for word in words if word.told.held and word.status is not None]
    day = max((word.day for word in telling if word.day is not None), default=None)
    by_status: dict[NegotiationStatus, Talks] = defaultdict(list)
    for word in telling:
        if word.day == day and word.status is not None:
            by_status[word.status].append(word)
    furthest = max(map(_how_far, by_status), default=0)
    sources = {status: _sources(same) for status, same in by_status.items() if _how_far(status) == furthest}
    best = [status for status, count in sources.items() if count == max(sources.values())]
    return (best[0] if len(best) == 1 else None), day


def _how_far(status: NegotiationStatus) -> int:
    return LESS_THAN_AN_OUTCOME.index(status) if status in LESS_THAN_AN_OUTCOME else len(LESS_THAN_AN_OUTCOME)


def _sources(words: Iterable[Word]) -> int:
    return len({voice for word in words for voice in word.voices})


def _issues(words: Talks) -> tuple[IssueTold, ...]:
    told: dict[str, dict[str, tuple[Word, list[str]]]] = defaultdict(dict)
    for word in words:
        for issue in word.issues:
            told[bare(issue).casefold()].setdefault(word.told.claim, (word, []))[1].append(issue)
    return tuple(
        IssueTold(
            text=min(bare(issue) for _, issues in by_claim.values() for issue in issues),
            claims=tuple(as_claim(word.told, dict.fromkeys(issues)) for word, issues in by_claim.values()),
        )
        for _, by_claim in sorted(told.items())
    )


def _round(day: dt.date | None, words: Talks, areas: Areas) -> Round:
    mediators = each_once(actor for word in words for actor in word.actors if actor.role == "mediator")
    return Round(
        date=day,
        places=_places({word.area for word in words}, areas),
        statuses=_statuses(words),
        mediators=tuple(sorted({shown(actor) for actor in mediators})),
        issues=tuple(issue.text for issue in _issues(words)),
        claims=tuple(as_claim(word.told, dict.fromkeys(word.issues)) for word in words),
    )


def _places(keys: Iterable[AreaKey], areas: Areas) -> tuple[SeriesPlace, ...]:
    found = (areas.place(key) for key in sorted(keys, key=areas.rank))
    return tuple(place for place in found if place is not None)


def _statuses(words: Talks) -> tuple[StatusTold, ...]:
    by_status: dict[tuple[NegotiationStatus, Modality], Talks] = defaultdict(list)
    for word in words:
        if word.status is not None:
            by_status[word.status, word.told.modality].append(word)
    return tuple(
        StatusTold(
            status=status,
            modality=modality,
            sources=_sources(same),
            claims=tuple(word.told.claim for word in same),
        )
        for (status, modality), same in sorted(by_status.items())
    )
