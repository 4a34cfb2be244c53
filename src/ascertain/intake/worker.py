"""The worker's side of `apart`: takes orders from standard input, finds, and answers in frames on standard output.

An order is a pickle (it comes from the process that started this one); an answer is a length and JSON, as what comes
out of a process that has read hostile bytes is not to be trusted with more.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from ascertain.intake.confinement import allow_seconds, confine
from ascertain.intake.documents import Document, Enclosed, Limits, Original
from ascertain.intake.forms import Found, find
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings

LENGTH = struct.Struct(">I")
DOCUMENT, ENCLOSED, SET_ASIDE, DONE = "document", "enclosed", "set_aside", "done"


@dataclass(frozen=True, slots=True)
class Order:
    """An original to take apart."""

    original: Original
    settings: Settings
    room: Path


def serve(limits: Limits, writable: Path, parent: int) -> None:
    """Work until standard input ends."""
    orders, answers = _private_pipes()
    confine(limits, writable, parent)
    while length := orders.read(LENGTH.size):
        order: Order = pickle.loads(orders.read(*LENGTH.unpack(length)))
        tempfile.tempdir = str(order.room)
        seconds = order.settings.limits.seconds
        allow_seconds(seconds)
        for item in find(order.original, order.settings, order.room):
            _send(answers, *_told(item))
            allow_seconds(seconds)
        _send(answers, DONE, {})


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output as files of our own; what a library reads or prints goes nowhere."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for number, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY)):
        nowhere = os.open(os.devnull, mode)
        os.dup2(nowhere, number)
        os.close(nowhere)
    return pipes


def _told(item: Found) -> tuple[str, Mapping[str, object]]:
    if isinstance(item, Document):
        return DOCUMENT, asdict(item)
    if isinstance(item, SetAside):
        return SET_ASIDE, asdict(item)
    return ENCLOSED, _enclosed(item)


def _enclosed(item: Enclosed) -> Mapping[str, object]:
    return {"original": asdict(item.original), "part": item.part}


def _send(answers: BinaryIO, kind: str, fields: Mapping[str, object]) -> None:
    frame = json.dumps([kind, fields], ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    answers.write(LENGTH.pack(len(frame)))
    answers.write(frame)
    answers.flush()


if __name__ == "__main__":
    serve(Limits(**json.loads(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]))
