"""Watch feeds once, killed after the first, the second, … step, each time with a state of its own, and then go on.

A step is something that the state keeps, or part of that, or a server's answer. Writes how many watches were killed.
Originals are taken apart in the watch's own process here, which is quicker and no part of what is tested.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.intake.watching.feeding import fetcher, take_apart_in_process

from ascertain.intake.watching import Feed, FeedState, FolderState, watch

MANY = 10_000
STEPS = ("keep", "take", "wait", "postpone", "give_up", "_put", "_begin")
FETCHER = fetcher()

Counted = Callable[[Callable[..., Any]], Callable[..., Any]]
Opened = Callable[[Path, Counted], FeedState]


def counting(steps: int) -> Counted:
    """Wraps whatever is a step: after so many of them, the process is killed."""
    left = [steps]

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def after(*given: Any, **named: Any) -> Any:
            result = step(*given, **named)
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return after

    return counted


def is_killed_after(steps: int, place: Path, feeds: Sequence[str], opened: Opened) -> bool:
    """Whether a watch, in a process of its own, was killed before it had come to its end."""
    child = os.fork()
    if child == 0:
        _watch(steps, place, feeds, opened)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status and not os.WIFSIGNALED(status):
        sys.exit(f"a watch ended with {status}")
    return os.WIFSIGNALED(status)


def _watch(steps: int, place: Path, feeds: Sequence[str], opened: Opened) -> None:
    counted = counting(steps)
    state = opened(place, counted)
    for _ in watch([Feed(feed) for feed in feeds], state, fetcher=FETCHER, once=True):
        pass


def kill_after_each_step(feeds: Sequence[str], opened: Opened, place_of: Callable[[int], Path]) -> int:
    """How many watches were killed, each in a place of its own, before one was not."""
    take_apart_in_process()
    steps = 0
    while is_killed_after(steps, place := place_of(steps), feeds, opened):
        if is_killed_after(MANY, place, feeds, opened):
            sys.exit("it never comes to its end")
        steps += 1
    return steps


def _opened(folder: Path, counted: Counted) -> FeedState:
    state = FolderState(folder)
    FETCHER.fetch = counted(FETCHER.fetch)  # type: ignore[method-assign]
    for name in STEPS:
        setattr(state, name, counted(getattr(state, name)))
    return state


if __name__ == "__main__":
    print(kill_after_each_step(sys.argv[2:], _opened, lambda steps: Path(sys.argv[1], str(steps))))
