"""Tallies, and what they sum to: the arithmetic of every score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers were right, how many were given and how many were due.

    A share is a tally whose `given` and `due` are the same: its `f1`, `precision` and `recall` are then that share.

    >>> total = Tally(right=2, given=3, due=5) + Tally(right=1, given=1, due=1)
    >>> total.precision, total.recall, total.f1
    (0.75, 0.5, 0.6)
    """

    right: int = 0
    given: int = 0
    due: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.given + other.given, self.due + other.due)

    @property
    def precision(self) -> float | None:
        """Share of the given answers that are right; `None` where none was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Share of the answers due that were given; `None` where none was due."""
        return self.right / self.due if self.due else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; `None` where nothing was given and nothing due."""
        answers = self.given + self.due
        return 2 * self.right / answers if answers else None

    @property
    def is_share(self) -> bool:
        """Whether every answer due was given, so that one number says it all."""
        return self.given == self.due


def hit(right: bool) -> Tally:
    """The tally of one yes-or-no question.

    >>> hit(True).f1
    1.0
    """
    return Tally(int(right), 1, 1)


def overlap(given: Iterable[T], due: Iterable[T]) -> Tally:
    """The tally of two bags of answers: what stands in both is right, as often as it does in both.

    >>> overlap(["school", "school"], ["school", "water"])
    Tally(right=1, given=2, due=2)
    """
    got, want = Counter(given), Counter(due)
    return Tally((got & want).total(), got.total(), want.total())


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that went wrong: `kind` is a dotted name (`killed_highest.too_low`) that names the file it goes to.

    `passages` are the sentences that matter; `context` is the whole text where it is short enough to help.
    """

    kind: str
    report: str
    expected: str
    got: str
    passages: tuple[str, ...] = ()
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of scoring one report.

    `tallies` sum over reports, `measures` (distances in km) have statistics, and `traits` (genre, conflict) tell which
    groups the report belongs to.
    """

    report: str
    tallies: Mapping[str, Tally]
    mistakes: tuple[Mistake, ...] = ()
    measures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """Collects the tallies and mistakes of one report while it is scored."""

    report: str
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    mistakes: list[Mistake] = field(default_factory=list)
    measures: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, tally: Tally) -> None:
        """Add a tally to the score of that name."""
        self.tallies[name] += tally

    def measure(self, name: str, value: float) -> None:
        """Note a value whose median and mean over all reports matter."""
        self.measures[name].append(value)

    def wrong(
        self,
        kind: str,
        expected: object,
        got: object,
        passages: tuple[str, ...] = (),
        context: str | None = None,
    ) -> None:
        """Note a mistake of the report."""
        self.mistakes.append(Mistake(kind, self.report, str(expected), str(got), passages, context))

    def outcome(self, traits: Mapping[str, str] | None = None) -> Outcome:
        """The sheet as a value."""
        measures = {name: tuple(values) for name, values in self.measures.items()}
        return Outcome(self.report, dict(self.tallies), tuple(self.mistakes), measures, traits or {})


def total(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """The sum of the tallies by name, in the order in which the names first come.

    >>> total([Outcome("r1", {"date": hit(True)}), Outcome("r2", {"date": hit(False)})])["date"].f1
    0.5
    """
    sums: defaultdict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        for name, tally in outcome.tallies.items():
            sums[name] += tally
    return dict(sums)


def grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, dict[str, Tally]]:
    """The sums for each group of outcomes, groups in alphabetical order."""
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return {name: total(groups[name]) for name in sorted(groups)}
