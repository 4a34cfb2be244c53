"""Going through many things by the handful."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def handfuls(
    items: Iterable[T], most: int, *, weight: Callable[[T], int] | None = None, heaviest: int = 0
) -> Iterator[list[T]]:
    """The items in order, at most so many at a time, and fewer where they weigh `heaviest` together.

    >>> list(handfuls("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    >>> list(handfuls(["a", "bbbb", "c"], 9, weight=len, heaviest=4))
    [['a', 'bbbb'], ['c']]
    """
    rest = iter(items)
    if weight is None:
        while some := list(islice(rest, most)):
            yield some
        return
    some, weighs = [], 0
    for item in rest:
        some.append(item)
        weighs += weight(item)
        if len(some) >= most or weighs >= heaviest:
            yield some
            some, weighs = [], 0
    if some:
        yield some
