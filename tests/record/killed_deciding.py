"""A process whose children take decisions on a record and are killed at random moments, and which looks at what is
left.

It opens nothing itself, so that each child has a connection of its own. Arguments: the record, and how many kills. On
standard output it tells how many were killed at work, how many decisions were taken, and what is wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

from tests.record.test_deciding_laws import KINDS, decide, take_all_back, told

from ascertain.model import RefusedError
from ascertain.record.models import ChainEntry, Decision
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.linking import link
from ascertain.record.services.people import add_person, person_named

Work = Callable[[Record, int], object]
WHO = "amina"
_LONGEST = 1.0
_DECISIONS_TO_A_LINKING = 12


def begin(target: str, work: Work) -> tuple[int, int]:
    """Begin work in a child with the record open; its number, and where what it writes comes out."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        work(open_record(target), writing)
        status = 0
    finally:
        # Nothing above may go on in the child; where it failed, the parent finds no answer and this tells why.
        if status:
            traceback.print_exc()
        os._exit(status)


def answer(target: str, work: Callable[[Record], object]) -> Any:
    """What work in a child gives, as JSON tells it."""
    child, reading = begin(target, lambda record, writing: os.write(writing, json.dumps(work(record)).encode()))
    with os.fdopen(reading, "rb") as stream:
        given = stream.read()
    os.waitpid(child, 0)
    return json.loads(given)


def go_on_deciding(seed: int) -> Work:
    """Take decisions, one after the other, and link now and then."""

    def work(record: Record, writing: int) -> None:
        person, chance = person_named(WHO), Random(seed)
        os.write(writing, b".")
        while True:
            for _ in range(_DECISIONS_TO_A_LINKING):
                with suppress(RefusedError):
                    decide(person, chance.choice(KINDS), chance.randrange)
            link(record=record, progress=Unwatched())

    return work


def killed(target: str, seed: int, seconds: float) -> bool:
    """Take decisions for a while and be killed; whether that was at work."""
    child, reading = begin(target, go_on_deciding(seed))
    os.read(reading, 1)
    os.close(reading)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def state(_: Record) -> list[object]:
    """How many decisions there are, and what is wrong."""
    count, chained = Decision.objects.count(), ChainEntry.objects.filter(kind="decision").count()
    wrong = [str(fault) for fault in faults(progress=Unwatched())]
    return [count, wrong if count == chained else [*wrong, f"{chained} of {count} decisions are in the chain"]]


def plainly(record: Record) -> str:
    """All that decisions can change, after all is linked."""
    link(record=record, progress=Unwatched())
    return repr(told())


def taken_back(record: Record) -> str:
    """The same, after every decision is taken back."""
    take_all_back(person_named(WHO), Random(0))
    return plainly(record)


def main(target: str, kills: int) -> None:
    chance, at_work, before, wrong = Random(kills), 0, 0, []
    answer(target, lambda _: add_person(name=WHO, role="editor", by=None).pk)
    first = answer(target, plainly)
    for number in range(kills):
        at_work += killed(target, number, chance.uniform(0, _LONGEST))
        count, found = answer(target, state)
        wrong += [*found, *([f"{count} decisions where there were {before}"] if count < before else [])]
        before = count
    if answer(target, taken_back) != first:
        wrong.append("what was decided and taken back left something")
    print(json.dumps({"killed": at_work, "decisions": before, "wrong": wrong}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
