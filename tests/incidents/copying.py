"""Copies made of invented reports by the edits of newsrooms, from a seed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from ascertain.incidents.sketch import sketch
from ascertain.model import Reading, Report

ROOT = Path(__file__).parents[2]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")

Edit = Callable[[str, random.Random], str]


@cache
def invented(least: int = 600) -> tuple[Report, ...]:
    """The invented reports of the gold set and the examples that have at least so many characters."""
    found = [
        Report.model_validate(json.loads(line))
        for name in ("gold/dev/reports.jsonl", "examples/reports.jsonl")
        for line in (ROOT / name).read_text("utf-8").splitlines()
    ]
    return tuple(report for report in found if len(report.text) >= least)


def sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def cut(share: float) -> Edit:
    return lambda text, _: " ".join(sentences(text)[: max(2, round(len(sentences(text)) * share))])


def reordered(text: str, chance: random.Random) -> str:
    parts = sentences(text)
    at = chance.randrange(1, len(parts))
    return " ".join(parts[at:] + parts[:at])


def added_to(text: str, chance: random.Random) -> str:
    return text + "\n\n" + " ".join(sentences(chance.choice(invented()).text)[:2])


def rewritten(share: float) -> Edit:
    def rewrite(text: str, chance: random.Random) -> str:
        words = chance.choice(invented()).text.split()
        return re.sub(r"\S+", lambda m: chance.choice(words) if chance.random() < share else m[0], text)

    return rewrite


def both(first: Edit, second: Edit) -> Edit:
    return lambda text, chance: second(first(text, chance), chance)


EDITS: dict[str, Edit] = {
    "whole": lambda text, _: text,
    "cut to 60 %": cut(0.6),
    "cut to 40 %": cut(0.4),
    "reordered": reordered,
    "added to": added_to,
    "10 % rewritten": rewritten(0.1),
    "20 % rewritten": rewritten(0.2),
    "30 % rewritten": rewritten(0.3),
    "cut and 10 % rewritten": both(cut(0.6), rewritten(0.1)),
    "cut and added to": both(cut(0.7), added_to),
}


def copies(edit: str, originals: Sequence[Report], seed: int = 20) -> list[Report]:
    """A copy of each report, with an id, a headline and a publisher of its own."""
    chance = random.Random(f"{seed} {edit}")
    return [
        Report(id=f"{one.id}-{edit}", title=f"News in brief {n}", publisher="Daily", text=EDITS[edit](one.text, chance))
        for n, one in enumerate(originals)
    ]


def reading(report: Report) -> Reading:
    """The report with its sketch and no claims."""
    return Reading(report=report.header, sketch=sketch(report))
