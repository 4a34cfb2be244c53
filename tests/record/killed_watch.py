"""Watch feeds once into a record, killed after the first, the second, … step, and then go on (as with a folder)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.intake.watching.killed_watch import Counted, kill_after_each_step

from ascertain.intake.watching import FeedState
from ascertain.record import chain
from ascertain.record.opening import open_record
from ascertain.record.services import feeds, receiving


def _opened(file: Path, counted: Counted) -> FeedState:
    """The state in a record; what is written within a transaction is a step here."""
    open_record(str(file))
    chain.append = counted(chain.append)
    receiving.keep_blob = counted(receiving.keep_blob)  # type: ignore[attr-defined]
    feeds._entry = counted(feeds._entry)
    return feeds.RecordedFeeds()


def main(folder: Path, watched: list[str]) -> None:
    empty = folder / "empty"
    open_record(str(empty)).close()

    def place_of(steps: int) -> Path:
        return Path(shutil.copyfile(empty, folder / f"{steps}.sqlite"))

    print(kill_after_each_step(watched, _opened, place_of))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
