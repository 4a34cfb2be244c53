"""Policies: how the figures of several sources become one range with a best number.

In: the counts of an incident's sources. A policy is a value: rules in order, each of which keeps some of the numbers
that were said, or some of the counts that the range spans. What each rule means, and why, is in docs/figures.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ascertain.incidents.counts import Size
from ascertain.incidents.entries import Precision
from ascertain.model import AttributionKind, Outcome, Saying, SettingsError, saying

# Kinds of speakers that fight, or speak for those who do: what they count is a party's count.
FIGHTING: frozenset[AttributionKind] = frozenset(("military", "armed_group"))
OFFICIAL: frozenset[AttributionKind] = frozenset(("official", "medical"))
# Those whose exact count is a position.
POSITIONS: frozenset[AttributionKind] = FIGHTING | {"official"}
# Outcomes of which people are found again, so that counts fall.
FALLING = frozenset(("missing", "trapped"))


@dataclass(frozen=True, slots=True)
class Count:
    """What one report counts, by entries that stand; `since` is the day of the report, or of what it copies."""

    report: str
    size: Size
    since: dt.date | None
    kinds: frozenset[AttributionKind]
    entries: tuple[str, ...]

    @property
    def number(self) -> int:
        """The number that it stands behind; 0 where it has none."""
        return self.size.number or 0

    @property
    def position(self) -> bool:
        """Whether it is the exact count of a party or an authority, which stands until they revise it themselves."""
        return self.size.precision == "exact" and bool(self.kinds) and self.kinds <= POSITIONS


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was said: by which independent sources, in which reports, on which days, how exactly.

    `sizes` are the counts that lead with it: none where reports give it only beside another.
    `enemies` says that it counts fighters alone.
    """

    outcome: Outcome
    value: int
    precision: Precision
    sizes: tuple[Size, ...]
    sources: frozenset[str]
    reports: frozenset[str]
    days: tuple[dt.date, ...]
    kinds: frozenset[AttributionKind]
    enemies: bool
    incomplete: bool
    entries: tuple[str, ...]

    @property
    def first(self) -> dt.date:
        """The day on which it was first said, as far as known."""
        return min(self.days, default=dt.date.min)

    @property
    def last(self) -> dt.date:
        """The day on which it was last said."""
        return max(self.days, default=dt.date.min)

    @property
    def by_a_party(self) -> bool:
        """Whether only those who fight say it."""
        return bool(self.kinds) and self.kinds <= FIGHTING

    def since(self, day: dt.date) -> int:
        """How many reports say it on that day or later."""
        return sum(said >= day for said in self.days)


@dataclass(frozen=True, slots=True)
class Rule:
    """Keeps some of the numbers; a rule that would leave none is passed over. `says` completes "because it is"."""

    name: str
    says: Saying
    keeps: Callable[[Number, Sequence[Number]], bool]


@dataclass(frozen=True, slots=True)
class SpanRule:
    """Leaves some counts out of the range; `says` completes "left out because it is"."""

    name: str
    says: Saying
    drops: Callable[[Count, Number, Sequence[Count]], bool]


@dataclass(frozen=True, slots=True)
class Policy:
    """How figures are reconciled: `best` are the rules that choose the number, in order, and `span` those that leave
    counts out of the range.

    `speakers` are the kinds of speakers who alone count where any of them speaks. `supported` lets a number lead that
    two independent sources give, though no report leads with it. `one_number` makes the best number the low bound,
    `plural` is what a plural without a number stands for, and `disputes` lets groups be fewer where sources differ over
    who the people were.
    """

    name: str
    source: str
    best: tuple[Rule, ...]
    span: tuple[SpanRule, ...] = ()
    one_number: bool = False
    supported: bool = False
    plural: int | None = None
    speakers: frozenset[AttributionKind] = frozenset()
    disputes: bool = False


def _most(number: Number, among: Sequence[Number], size: Callable[[Number], object]) -> bool:
    return size(number) == max((size(other) for other in among), default=None)  # type: ignore[type-var]


def _takes_place(value: int, sources: int, earlier: int, outcome: Outcome) -> bool:
    """Whether a later number may take an earlier one's place: tolls rise, the missing are found, and a correction
    downwards takes two sources."""
    return value > earlier or sources > 1 or outcome in FALLING


def _overtaken(number: Number, among: Sequence[Number]) -> bool:
    """Whether a number first said on a later day, and said more often since, has taken its place."""
    return any(
        other.first > number.first > dt.date.min
        and other.since(other.first) > number.since(other.first)
        and _takes_place(other.value, len(other.sources), number.value, number.outcome)
        and not any(size.rounds(number.value) for size in other.sizes)
        for other in among
    )


def _exceeded(number: Number, among: Sequence[Number]) -> bool:
    """Whether it is a minimum ("at least 8") below a number that as many sources give by then."""
    return number.precision == "bounded" and any(
        other.value > number.value and len(other.sources) >= len(number.sources) and other.first <= number.last
        for other in among
    )


def _rounds_another(number: Number, among: Sequence[Number]) -> bool:
    stated = [other.value for other in among if other.precision in ("exact", "bounded")]
    return bool(number.sizes) and all(any(size.rounds(value) for value in stated) for size in number.sizes)


def _is_whole(number: Number, among: Sequence[Number]) -> bool:
    return not number.incomplete or all(other.incomplete or other.value < number.value for other in among)


def _is_partisan(number: Number, among: Sequence[Number]) -> bool:
    """Whether only those who fight say it, of fighters, or more than twice or less than half what others say."""
    others = [other.value for other in among if not other.by_a_party]
    far = all(number.value > 2 * value or 2 * number.value < value for value in others)
    return number.by_a_party and bool(others) and (number.enemies or far)


def _is_round(value: int) -> bool:
    return value >= 20 and value % 10 == 0


NUMBERED = Rule("numbered", saying("a number, not a word such as several"), lambda n, _: n.precision != "vague")
COMPLETE = Rule("complete", saying("a count of all, not of some or on top of others"), _is_whole)
STATED = Rule("stated", saying("the number itself, not rounded"), lambda n, a: not _rounds_another(n, a))
SHARPER = Rule("sharper", saying("more than the minimum that others give"), lambda n, a: not _exceeded(n, a))
IMPARTIAL = Rule("impartial", saying("not only what those who fight claim"), lambda n, a: not _is_partisan(n, a))
UNREVISED = Rule(
    "unrevised",
    saying("not an early count"),
    lambda n, a: not _overtaken(n, a) or (any(size.precision == "exact" for size in n.sizes) and n.kinds <= POSITIONS),
)
STANDING = Rule("standing", saying("not overtaken by a later count"), lambda n, a: not _overtaken(n, a))
SUPPORTED = Rule(
    "supported", saying("given by most independent sources"), lambda n, a: _most(n, a, lambda o: len(o.sources))
)
REPEATED = Rule("repeated", saying("given in most reports"), lambda n, a: _most(n, a, lambda o: len(o.reports)))
EXACT = Rule("exact", saying("an exact number, not a minimum"), lambda n, _: n.precision == "exact")
UNROUNDED = Rule("unrounded", saying("not a round number"), lambda n, _: not _is_round(n.value))
LATEST = Rule("latest", saying("the latest"), lambda n, a: _most(n, a, lambda o: o.first))
LAST_SAID = Rule("last_said", saying("the one said last"), lambda n, a: _most(n, a, lambda o: o.last))
HIGHEST = Rule("highest", saying("the highest, as tolls rise"), lambda n, a: _most(n, a, lambda o: o.value))
LOWEST = Rule("lowest", saying("the lowest"), lambda n, a: _most(n, a, lambda o: -o.value))


def _is_early(count: Count, best: Number, _: Sequence[Count]) -> bool:
    return (
        count.since is not None
        and count.since < best.first
        and _takes_place(best.value, len(best.sources), count.number, best.outcome)
        and not count.position
    )


def _is_partial(count: Count, best: Number, _: Sequence[Count]) -> bool:
    return count.size.incomplete and count.number < best.value


def _agrees(count: Count, best: Number, counts: Sequence[Count]) -> bool:
    if count.size.vague:
        return any(not other.size.vague for other in counts) and _holds(count.size, best.value)
    return count.size.rounds(best.value)


def _holds(size: Size, value: int) -> bool:
    return (size.low is None or size.low <= value) and (size.high is None or value <= size.high)


PARTIAL = SpanRule(
    "partial",
    saying("a count of some of the people only, as by one hospital, one by one, or on top of others"),
    _is_partial,
)
EARLY = SpanRule("early", saying("an earlier count, which the best has taken the place of"), _is_early)
AGREEING = SpanRule("agreeing", saying("a rounded number or a word that agrees with the best"), _agrees)
DEFAULT = "ascertain"
POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy(
            DEFAULT,
            "docs/figures.md",
            best=(
                NUMBERED,
                COMPLETE,
                STATED,
                IMPARTIAL,
                SHARPER,
                STANDING,
                SUPPORTED,
                REPEATED,
                EXACT,
                UNROUNDED,
                LATEST,
                HIGHEST,
            ),
            span=(PARTIAL, EARLY, AGREEING),
            supported=True,
            disputes=True,
        ),
        Policy(
            "airwars",
            "Airwars' methodology: the range of all sources",
            best=(NUMBERED, COMPLETE, LOWEST),
            span=(PARTIAL,),
        ),
        Policy(
            "ucdp",
            "UCDP GED codebook, the variables best, low and high",
            best=(NUMBERED, COMPLETE, STATED, SHARPER, STANDING, SUPPORTED, IMPARTIAL, REPEATED, EXACT, LOWEST),
            span=(PARTIAL,),
        ),
        Policy(
            "acled",
            "ACLED codebook, fatalities",
            best=(NUMBERED, COMPLETE, UNREVISED, LOWEST),
            span=(PARTIAL, EARLY),
            one_number=True,
            plural=3,
        ),
        Policy(
            "latest_official",
            "the latest count by officials or medics, else the latest",
            best=(
                NUMBERED,
                COMPLETE,
                LAST_SAID,
                LATEST,
                STATED,
                SHARPER,
                SUPPORTED,
                REPEATED,
                EXACT,
                HIGHEST,
            ),
            span=(PARTIAL, EARLY, AGREEING),
            speakers=OFFICIAL,
        ),
    )
}


def policy_named(name: str) -> Policy:
    """The policy of a name.

    Raises:
        SettingsError: there is none of that name; the message lists those that there are.

    >>> policy_named("ucdp").source
    'UCDP GED codebook, the variables best, low and high'
    """
    if name not in POLICIES:
        raise SettingsError(f"--policy {name}: no such policy; choose one of {', '.join(POLICIES)}")
    return POLICIES[name]
