"""Filling templates, and bringing what was read in them back to the template's own words and offsets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ascertain.model import Reading, Report

HERE = Path(__file__).parent
FILLERS: dict[str, list[str]] = tomllib.loads((HERE / "fillers.toml").read_text("utf-8"))
FILLS = 10
SLOT = re.compile(r"\{(\w+)\}")
SECOND_PARTY = 3  # how far {B} is ahead of {A} in a list, so that the two are never the same
DROPPED = frozenset({"id", "name", "text", "lat", "lon", "radius_km", "country", "admin1"})


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots; `a` and `b` name the lists of fillers that the parties come from."""

    id: str
    a: str
    b: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with the `number`-th fillers; `runs` are the lengths of its pieces, in text and in template."""

    template: Template
    number: int
    text: str
    runs: tuple[tuple[int, int], ...]

    @property
    def report(self) -> Report:
        """The text as a report of a Wednesday in May 2024."""
        header = {"id": f"{self.template.id}/{self.number}", "published": "2024-05-15", "language": "en"}
        return Report.model_validate({**header, "text": self.text})

    def place_in_template(self, offset: int, *, end: bool) -> int:
        """The offset of the template that an offset of the text stands for; inside a name, the name's start or end."""
        here = there = 0
        for length, length_there in self.runs:
            if offset < here + length or (end and offset == here + length):
                inside = offset - here
                if length == length_there or inside == 0:
                    return there + inside
                return there + (length_there if end else 0)
            here, there = here + length, there + length_there
        return there


def templates() -> list[Template]:
    """All templates, in the order of the file."""
    lines = (HERE / "templates.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "id\t"))]
    return [Template(*row) for row in rows]


def fill(template: Template, number: int) -> Filled:
    """The template with the `number`-th filler of every list, `a` made `an` and a name at a start made a capital."""
    runs: list[tuple[int, int]] = []
    text, done = "", 0
    for slot in SLOT.finditer(template.text):
        before = template.text[done : slot.start()]
        name = _filler(template, slot[1], number)
        text, literal = text + before, len(before)
        if re.search(r"\b[Aa] $", text) and name[0] in "AEIO":
            text = f"{text[:-1]}n "
            runs += [(literal - 1, literal - 1), (1, 0), (1, 1)]
        else:
            runs.append((literal, literal))
        if not text or text.endswith((". ", ": ")):
            name = name[0].upper() + name[1:]
        text += name
        runs.append((len(name), len(slot[0])))
        done = slot.end()
    rest = template.text[done:]
    return Filled(template, number, text + rest, (*runs, (len(rest), len(rest))))


def without_names(reading: Reading, filled: Filled) -> list[dict[str, Any]]:
    """The claims in the template's offsets, without names, ids, quoted words and coordinates.

    An army is `external_forces` or `state_forces` by whose soil it stands on, which is a fact and no judgement: the two
    count as one.
    """
    return [_plain(claim.model_dump(mode="json"), filled) for claim in reading.claims]


def _plain(value: Any, filled: Filled) -> Any:
    if isinstance(value, list):
        return [_plain(item, filled) for item in value]
    if not isinstance(value, dict):
        return "state_forces" if value == "external_forces" else value
    kept = {key: _plain(item, filled) for key, item in value.items() if key not in DROPPED}
    if value.get("span"):
        kept["span"] = _span(value["span"], filled)
    if "evidence" in value:
        kept["evidence"] = [_span(span, filled) for span in value["evidence"]]
    if "radius_km" in value:
        kept.pop("precision", None)
    return kept


def _span(span: list[int], filled: Filled) -> tuple[int, int]:
    return filled.place_in_template(span[0], end=False), filled.place_in_template(span[1], end=True)


def _filler(template: Template, slot: str, number: int) -> str:
    if slot == "A":
        return FILLERS[template.a][number]
    if slot == "B":
        return FILLERS[template.b][(number + SECOND_PARTY) % FILLS]
    return FILLERS[slot][number]
