"""A process that does ingests in children of its own, to be killed: it has loaded all there is to load, and opened
nothing, so that a child begins its work at once and has nothing of another's.

Each line of standard input is an order, each line of standard output the answer: `run TARGET FOLDER [MOST_BYTES]` gives
the number of a child, `wait NUMBER` its exit code.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import ascertain.places  # noqa: F401 -- loaded for the children
from ascertain.record.opening import open_record
from ascertain.record.services.ingesting import IngestSettings, ingest

from .made import MadeReader

SETTINGS = IngestSettings(reader=MadeReader(), workers=0)


def ingest_into(target: str, folder: Path) -> None:
    ingest(record=open_record(target), sources=[str(folder)], settings=SETTINGS)


def run(target: str, folder: str, most_bytes: str = "") -> int:
    number = os.fork()
    if number:
        return number
    status = 1
    try:
        os.setsid()
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
        ingest_into(target, Path(folder))
        status = 0
    finally:
        os._exit(status)


def wait(number: str) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(int(number), 0)[1])


def main() -> None:
    orders: dict[str, Callable[..., int]] = {"run": run, "wait": wait}
    for line in sys.stdin:
        name, *arguments = line.rstrip("\n").split("\t")
        print(orders[name](*arguments), flush=True)


if __name__ == "__main__":
    main()
