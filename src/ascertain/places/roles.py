"""What a place does in a text: where the reporter is, where people came from or went, or where a thing may happen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ascertain.model import Span
from ascertain.places.found import Found
from ascertain.places.lexicon import Lexicon
from ascertain.places.mentions import Role
from ascertain.places.speakers import is_home_of_person, is_of_speaker, is_taken_from

_DATELINE = re.compile(
    r"^[ \t]*(?P<head>[A-ZÀ-Þ](?:[^\n.!?—–]|\.(?=\s*[(—–-])|(?<=\b[A-Z])\.){1,70}?)\s*(?:\((?:[^)\n]{2,40})\)\s*)?"
    r"(?:—|–|--|\s-\s|:\s(?=[A-Z]{3}))",
    re.MULTILINE,
)

_DATELINE_WORD = re.compile(r"(?!\d)[\w.'’-]+")

_REPORTING = re.compile(r"\breport(?:ing|ed|s)?\s+(?:live\s+)?from\s+(?:the\s+)?(?:[a-z]+\s+)?$", re.IGNORECASE)

_SIDE = re.compile(
    r"^.*\b(?P<side>from|to|towards|toward|into)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}$", re.IGNORECASE | re.DOTALL
)

_CLAUSE = re.compile(r"[.;:!?]\s")

_SIDE_WORDS = frozenset({"from", "to", "towards", "toward", "into"})

_SIDES: Mapping[str, Role] = {"from": "origin"}


def datelines(text: str, *, capitals: bool) -> list[Span]:
    """The names that a report or a paragraph is sent from: "RAFAH, Gaza Strip (Wire) - "."""
    spans = []
    for match in _DATELINE.finditer(text):
        names = _DATELINE_WORD.findall(match["head"])
        shouted = bool(names) and names[0].isupper() and len(names[0]) > 2
        agency = "(" in text[match.end("head") : match.end()]
        if len(names) <= 8 and (shouted or agency) and all(name[0].isupper() for name in names if len(name) > 3):
            spans.append(match.span("head"))
        if capitals:
            break
    return spans


def role_of(text: str, name: Found, datelines: Sequence[Span], words: Lexicon) -> Role:
    """The role of a name, by its use, the datelines and the words before it."""
    if name.use in ("name_part", "stands_for"):
        return name.use
    if any(start <= name.start and name.end <= end for start, end in datelines):
        return "dateline"
    if is_of_speaker(text, name, words):
        return "speaker"
    if is_home_of_person(text, name, words):
        return "origin"
    if _SIDE_WORDS.isdisjoint(name.left):
        return "mention"
    before = text[max(0, name.start - 90) : name.start]
    if _REPORTING.search(before):
        return "dateline"
    if (side := _SIDE.search(before)) and moves(before[: side.start("side")], words):
        if side["side"].lower() == "from" and is_taken_from(_CLAUSE.split(before[: side.start("side")])[-1], words):
            return "mention"
        return _SIDES.get(side["side"].lower(), "destination")
    return "mention"


def with_containers(roles: Sequence[Role], containers: Mapping[int, int]) -> list[Role]:
    """The roles; what a speaker's place lies in is the speaker's too, and so with homes: "from Mombasa, Kenya"."""
    shared = list(roles)
    for held, holder in sorted(containers.items()):
        if held < holder and shared[held] in ("speaker", "origin") and shared[holder] == "mention":
            shared[holder] = shared[held]
        if held < holder and shared[holder] == "speaker" and shared[held] == "mention":
            shared[held] = "speaker"
    return shared


def moves(before: str, words: Lexicon) -> bool:
    """Whether the clause that ends there tells that somebody goes somewhere."""
    clause = _CLAUSE.split(before)[-1]
    return any(word.strip(",\"'“”") in words.movement for word in clause.lower().split())
