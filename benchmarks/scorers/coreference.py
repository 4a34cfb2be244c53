"""How like two groupings are: the scores by which coreference, and the grouping of reports by event, is measured.

A grouping is told as the groups themselves. The two need not hold the same things: what only one of them has counts
against that one. The scores are those of the CoNLL shared tasks (Pradhan et al. 2014, "Scoring Coreference Partitions
of Predicted Mentions: A Reference Implementation"): MUC counts links (Vilain et al. 1995), B³ things (Bagga and Baldwin
1998), CEAF-e groups (Luo 2005), and CoNLL is the mean of the three F1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scorers.alignment import best_pairs

Thing = TypeVar("Thing", bound=Hashable)
Groups = Sequence[Collection[Thing]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall as fractions, told apart as their denominators differ; what has none of them scores 0."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean.

        >>> Agreement(0.5, 1.0).f1
        0.6666666666666666
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The three scores of one grouping against another."""

    muc: Agreement
    b3: Agreement
    ceaf_e: Agreement

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b3.f1 + self.ceaf_e.f1) / 3


def groups_of(labels: Mapping[Thing, Hashable]) -> list[list[Thing]]:
    """The groups that labels make.

    >>> groups_of({"r1": "a", "r2": "b", "r3": "a"})
    [['r1', 'r3'], ['r2']]
    """
    together: defaultdict[Hashable, list[Thing]] = defaultdict(list)
    for thing, label in labels.items():
        together[label].append(thing)
    return list(together.values())


def scores(given: Groups[Thing], due: Groups[Thing]) -> Scores:
    """All three scores of the groups given against the groups due.

    >>> round(scores([["a", "b"], ["c"]], [["a", "b", "c"]]).conll, 3)
    0.638
    """
    return Scores(muc(given, due), b_cubed(given, due), ceaf_e(given, due))


def muc(given: Groups[Thing], due: Groups[Thing]) -> Agreement:
    """The share of the links that hold a group together which the other grouping has too.

    A group of n is held by n - 1 links; each piece that the other grouping breaks it into costs one. Groups of one have
    no links: groupings of nothing else score 0.
    """
    return Agreement(_links_kept(given, due), _links_kept(due, given))


def _links_kept(groups: Groups[Thing], others: Groups[Thing]) -> float:
    place = _places(others)
    links = sum(len(group) - 1 for group in groups)
    kept = sum(len(group) - len({place.get(thing, thing) for thing in group}) for group in groups)
    return kept / links if links else 0.0


def b_cubed(given: Groups[Thing], due: Groups[Thing]) -> Agreement:
    """The mean, over the things, of the share of a thing's group that stands with it in the other grouping too."""
    return Agreement(_company_kept(given, due), _company_kept(due, given))


def _company_kept(groups: Groups[Thing], others: Groups[Thing]) -> float:
    place = _places(others)
    things = sum(map(len, groups))
    kept = sum(
        count**2 / len(group)
        for group in groups
        for count in Counter(place[thing] for thing in group if thing in place).values()
    )
    return kept / things if things else 0.0


def ceaf_e(given: Groups[Thing], due: Groups[Thing]) -> Agreement:
    """The likeness of the groups put one to one as best can be, by the number of groups; a likeness is the share of
    their members, counted in both, that two groups have in common (Luo's phi 4)."""
    total = sum(_best_likeness(block) for block in _blocks(given, due))
    return Agreement(total / len(given) if given else 0.0, total / len(due) if due else 0.0)


def _best_likeness(block: Mapping[tuple[int, int], float]) -> float:
    """The total likeness of the best one-to-one alignment of the groups that the pairs name."""
    rows, columns = ({pair[side]: None for pair in block} for side in (0, 1))
    if len(rows) == 1 or len(columns) == 1:
        return max(block.values())
    matrix = [[block.get((row, column), 0.0) for column in columns] for row in rows]
    return sum(matrix[row][column] for row, column in best_pairs(matrix))


def _blocks(given: Groups[Thing], due: Groups[Thing]) -> Iterator[dict[tuple[int, int], float]]:
    """The likeness of every two groups that share a thing, in blocks that share none, to be aligned apart."""
    place = _places(due)
    common: Counter[tuple[int, int]] = Counter(
        (row, place[thing]) for row, group in enumerate(given) for thing in group if thing in place
    )
    blocks: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    root = _roots((row, ~column) for row, column in common)
    for (row, column), count in common.items():
        blocks[root[row]][row, column] = 2 * count / (len(given[row]) + len(due[column]))
    yield from blocks.values()


def _roots(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """One of the joined ones for each that pairs join, directly or by others."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = parent[node]
        return node

    for one, other in pairs:
        parent[root(one)] = root(other)
    return {node: root(node) for node in list(parent)}


def _places(groups: Groups[Thing]) -> dict[Thing, int]:
    return {thing: number for number, group in enumerate(groups) for thing in group}
