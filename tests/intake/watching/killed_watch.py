"""Watch feeds once, killed after the first, the second, … step, each time with a state of its own, and then go on.

A step is something that the state keeps, or part of that, or a server's answer. Writes how many watches were killed.
Originals are taken apart in the watch's own process here, which is quicker and no part of what is tested.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.intake.watching.feeding import fetcher, take_apart_in_process

from ascertain.intake.watching import Feed, FolderState, watch

MANY = 10_000
STEPS = ("keep", "take", "wait", "postpone", "give_up", "_put", "_begin")


def killed_after(steps: int, folder: Path, feeds: list[str]) -> bool:
    """Whether a watch, in a process of its own, was killed before it had come to its end."""
    child = os.fork()
    if child == 0:
        _watch(steps, folder, feeds)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status and not os.WIFSIGNALED(status):
        sys.exit(f"a watch ended with {status}")
    return os.WIFSIGNALED(status)


def _watch(steps: int, folder: Path, feeds: list[str]) -> None:
    left = [steps]

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def after(*given: Any, **named: Any) -> Any:
            result = step(*given, **named)
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return after

    fetching = fetcher()
    fetching.fetch = counted(fetching.fetch)  # type: ignore[method-assign]
    state = FolderState(folder)
    for name in STEPS:
        setattr(state, name, counted(getattr(state, name)))
    for _ in watch([Feed(feed) for feed in feeds], state, fetcher=fetching, once=True):
        pass


def main(folder: Path, feeds: list[str]) -> None:
    take_apart_in_process()
    steps = 0
    while killed_after(steps, folder / str(steps), feeds):
        if killed_after(MANY, folder / str(steps), feeds):
            sys.exit("it never comes to its end")
        steps += 1
    print(steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
