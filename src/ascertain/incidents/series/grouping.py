"""Which negotiation claims are of the same talks.

Claims that name two or more parties found the talks: those whose parties are mostly the same, with no long silence
between. A claim that names one party, or two mediators, goes to the only talks that it fits; one that fits several, or
none, stays with those that name the same. One that names less goes to the only talks that its report tells of.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ascertain.incidents.series.areas import AreaKey
from ascertain.incidents.series.participants import identity
from ascertain.incidents.series.told import Told
from ascertain.model import IncidentActor, NegotiationStatus

# talks of the same parties that nobody tells of for longer than this have ended
SILENCE = dt.timedelta(days=90)
# parties are mostly the same where so many of all that either claim names are named by both
SAME_PARTIES = 0.5
# these talk with many at a time: one of them alone does not tell which talks are meant
MANY_TALKS = ("government", "international")


@dataclass(frozen=True, slots=True)
class Word:
    """One negotiation claim: its day, who takes part, by what they are known, and what it says."""

    told: Told
    day: dt.date | None
    area: AreaKey
    voices: tuple[str, ...]
    parties: frozenset[str]
    mediators: frozenset[str]
    actors: tuple[IncidentActor, ...]
    issues: tuple[str, ...]
    status: NegotiationStatus | None

    @property
    def tells_which(self) -> bool:
        """Whether it names enough for its talks to be known by it in other reports."""
        return bool(self.parties) or len(self.mediators) > 1

    @property
    def talks_with_many(self) -> bool:
        """Whether its only party is one that may be in many talks at a time."""
        return not any(a.role == "party" and identity(a) and a.kind not in MANY_TALKS for a in self.actors)


Talks = list[Word]


def talks_of(words: Iterable[Word]) -> list[Talks]:
    """The words parted into talks; each is in exactly one, whatever their order."""
    ordered = sorted(words, key=lambda word: word.told.claim)
    talks = _founded([word for word in ordered if len(word.parties) > 1])
    few = [word for word in ordered if len(word.parties) < 2]
    left = _joining(talks, [word for word in few if word.tells_which], _Fitting(talks))
    talks += [part for same in _naming_the_same(left) for part in _by_silence(same)]
    unknown = _joining(talks, [word for word in few if not word.tells_which], _of_report(talks))
    by_report: dict[str, Talks] = defaultdict(list)
    for word in unknown:
        by_report[word.told.origin].append(word)
    return talks + list(by_report.values())


def _naming_the_same(words: Talks) -> list[Talks]:
    """The words of one party together, parted by mediators where it has several; those of the same mediators."""
    alike: dict[frozenset[str], dict[frozenset[str], Talks]] = defaultdict(lambda: defaultdict(list))
    for word in words:
        alike[word.parties][word.mediators].append(word)
    for by_mediators in alike.values():
        others = [mediators for mediators in by_mediators if mediators]
        if len(others) == 1 and frozenset() in by_mediators:
            by_mediators[others[0]] += by_mediators.pop(frozenset())
    return [same for by_mediators in alike.values() for same in by_mediators.values()]


def _founded(words: Talks) -> list[Talks]:
    """Talks of mostly the same parties without a silence; parted until neither rule parts them further."""
    parts = [part for same in _same_parties(words) for part in _by_silence(same)]
    if len(parts) < 2:
        return parts
    return [talks for part in parts for talks in _founded(part)]


def _same_parties(words: Talks) -> list[Talks]:
    by_parties: dict[frozenset[str], Talks] = defaultdict(list)
    for word in words:
        by_parties[word.parties].append(word)
    leader = {parties: parties for parties in by_parties}

    def lead(parties: frozenset[str]) -> frozenset[str]:
        while leader[parties] != parties:
            leader[parties] = parties = leader[leader[parties]]
        return parties

    for one, other in _sharing_two(by_parties):
        if len(one & other) >= SAME_PARTIES * len(one | other):
            leader[lead(one)] = lead(other)
    joined: dict[frozenset[str], Talks] = defaultdict(list)
    for parties, same in by_parties.items():
        joined[lead(parties)].extend(same)
    return list(joined.values())


def _sharing_two(sets: Iterable[frozenset[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    by_pair: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for parties in sets:
        for pair in combinations(sorted(parties), 2):
            by_pair[pair].append(parties)
    for sharing in by_pair.values():
        yield from combinations(sharing, 2)


def _by_silence(words: Talks) -> list[Talks]:
    """The words parted where nobody tells of the talks for long; undated ones go with the only part there is."""
    parts: list[Talks] = []
    last: dt.date | None = None
    for day, word in sorted(((w.day, w) for w in words if w.day), key=lambda each: (each[0], each[1].told.claim)):
        if last is None or day - last > SILENCE:
            parts.append([])
        parts[-1].append(word)
        last = day
    undated = [word for word in words if word.day is None]
    if len(parts) == 1:
        parts[0].extend(undated)
    elif undated:
        parts.append(undated)
    return parts


def _joining(talks: list[Talks], words: Sequence[Word], fitting: Callable[[Word], Iterable[int]]) -> Talks:
    """Put each word to the only talks that fit, or the only ones of its report that do; those left over."""
    left: Talks = []
    found: list[tuple[int, Word]] = []
    reports = [{word.told.origin for word in each} for each in talks]
    for word in words:
        fit = set(fitting(word))
        near = {each for each in fit if word.told.origin in reports[each]}
        chosen = near if len(near) == 1 else fit
        if len(chosen) == 1:
            found.append((chosen.pop(), word))
        else:
            left.append(word)
    for at, word in found:
        talks[at].append(word)
    return left


class _Fitting:
    """The talks that a claim naming few may be of, as they stand before any such claim is put to them."""

    def __init__(self, talks: Sequence[Talks]) -> None:
        self._parties = [frozenset[str]().union(*(word.parties for word in each)) for each in talks]
        self._mediators = [frozenset[str]().union(*(word.mediators for word in each)) for each in talks]
        self._reports = [{word.told.origin for word in each} for each in talks]
        self._days = [[word.day for word in each if word.day] for each in talks]
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for at in range(len(talks)):
            for name in sorted(self._parties[at] | self._mediators[at]):
                self._by_name[name].append(at)

    def __call__(self, word: Word) -> list[int]:
        first = min(word.parties or word.mediators)
        return [at for at in self._by_name.get(first, ()) if self._fits(word, at)]

    def _fits(self, word: Word, at: int) -> bool:
        if not self._near(word.day, at):
            return False
        if not word.parties:
            return word.mediators <= self._mediators[at]
        if word.parties <= self._parties[at] and word.mediators & self._mediators[at]:
            return True
        silent = not word.mediators or not self._mediators[at]
        known = not word.talks_with_many or word.told.origin in self._reports[at]
        return word.parties <= self._parties[at] and silent and known

    def _near(self, day: dt.date | None, at: int) -> bool:
        days = self._days[at]
        return day is None or not days or min(days) - SILENCE <= day <= max(days) + SILENCE


def _of_report(talks: Sequence[Talks]) -> Callable[[Word], Iterable[int]]:
    """The talks that a report tells of."""
    by_report: dict[str, set[int]] = defaultdict(set)
    for at, each in enumerate(talks):
        for word in each:
            by_report[word.told.origin].add(at)
    return lambda word: by_report.get(word.told.origin, ())
