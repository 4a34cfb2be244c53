"""The baseline that grouping reports must beat: clusters of texts by the words that they share.

TF-IDF as usual (sublinear counts, smoothed inverse document frequency, unit length), cosine likeness, and agglomerative
clustering cut at a threshold. Where the threshold is chosen by the answers it is an oracle: more than a baseline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Linkage = Literal["average", "single"]
Matrix = NDArray[np.float64]

WORD = re.compile(r"\w\w+")
STEPS = 100


def likeness(texts: Sequence[str]) -> Matrix:
    """The cosine of every two texts' weighted words.

    >>> found = likeness(["the mine fell in", "the mine fell in", "rebels fled"])
    >>> [round(float(found[0, n]), 2) for n in (1, 2)]
    [1.0, 0.0]
    """
    counts = [Counter(WORD.findall(text.casefold())) for text in texts]
    spread = Counter(word for count in counts for word in count)
    column = {word: number for number, word in enumerate(sorted(spread))}
    weights = np.zeros((len(texts), len(column)))
    for row, count in enumerate(counts):
        for word, times in count.items():
            rarity = 1 + np.log((1 + len(texts)) / (1 + spread[word]))
            weights[row, column[word]] = (1 + np.log(times)) * rarity
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(lengths > 0, lengths, 1)
    return np.asarray(weights @ weights.T)


def joins(alike: Matrix, linkage: Linkage) -> list[tuple[float, int, int]]:
    """How the things join, the most alike first: at what likeness, and one member of each of the two groups.

    `average` takes the mean likeness of two groups' members, `single` that of the two nearest.
    """
    between = alike.copy()
    np.fill_diagonal(between, -np.inf)
    sizes = np.ones(len(alike))
    made = []
    for _ in range(len(alike) - 1):
        one, other = sorted(map(int, np.unravel_index(int(np.argmax(between)), between.shape)))
        made.append((float(between[one, other]), one, other))
        if linkage == "average":
            row = (sizes[one] * between[one] + sizes[other] * between[other]) / (sizes[one] + sizes[other])
        else:
            row = np.maximum(between[one], between[other])
        row[one] = row[other] = -np.inf
        between[one], between[:, one] = row, row
        between[other], between[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
    return made


def cuts(names: Sequence[str], alike: Matrix, linkage: Linkage) -> Iterator[tuple[float, dict[str, str]]]:
    """The groups at thresholds from 1 down to 0: each with a label, one of its members', for every name."""
    order = joins(alike, linkage)
    group = {name: [name] for name in names}
    done = 0
    for step in range(STEPS, -1, -1):
        threshold = step / STEPS
        while done < len(order) and order[done][0] >= threshold:
            _, one, other = order[done]
            kept, gone = group[names[one]], group[names[other]]
            kept += gone
            group.update(dict.fromkeys(gone, kept))
            done += 1
        yield threshold, {name: group[name][0] for name in names}


def best_cut(
    names: Sequence[str], texts: Sequence[str], linkage: Linkage, value: Callable[[Mapping[str, str]], float]
) -> tuple[float, dict[str, str]]:
    """The threshold whose groups are worth most, the highest of equal ones, and those groups."""
    return max(cuts(names, likeness(texts), linkage), key=lambda cut: value(cut[1]))
