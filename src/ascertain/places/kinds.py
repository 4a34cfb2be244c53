"""The kind of place that the words around a name say: "the village of X", "X district", "the X area"."""

from __future__ import annotations

import re

from ascertain.model import PlacePrecision
from ascertain.places.found import Found, standing
from ascertain.places.gazetteer import Sense
from ascertain.places.lexicon import Lexicon
from ascertain.places.stretch import Stretch

_FAMOUS = 4.7  # of a million people, so that a mosque "of that name" is one in that town
_LEFT_WORDS = 4
_ENDS_CLAUSE = re.compile(r"[.,;:!?)\]\"”—–]$")
_COMMA_NAME = re.compile(r"(?:,|\s+in)\s+(?:in\s+|the\s+)*[A-Z]")


def named(stretch: Stretch, at: int, count: int, senses: tuple[Sense, ...], *, near: bool) -> Found:
    """The name of `count` tokens from `at`, with the kind and the weight that the words around give it."""
    run = stretch.run
    start, end = run[at].start, run[at + count - 1].end
    key, left = " ".join(stretch.keys[at : at + count]), left_of(stretch, start)
    kind, word, reach = _kind_after(stretch, at + count, left, senses)
    before = False
    if kind is None and not near and stretch.is_division(run[at + count - 1], count, senses):
        kind, word, reach = _kind_within(stretch, at + count - 1)
    if kind is None and left[-1:] and left[-1] in stretch.words.surroundings:
        kind, word = "region", left[-1]
    elif kind is None:
        kind, word = _kind_before(stretch, left)
        before = kind is not None
    elif reach:
        end = reach
    weight = 4.0 * (kind is not None) + _context(stretch, left, end)
    return Found(start, end, key, senses, near, kind, word, before, left, "place", weight, doubtful=False)


def left_of(stretch: Stretch, start: int) -> tuple[str, ...]:
    """The lower-cased words before, nearest last, back to the end of a clause."""
    before = stretch.text[max(0, start - 48) : start]
    if not before[-1:].isspace() or "\n\n" in before[-3:]:
        return ()
    kept: list[str] = []
    for word in reversed(before.split()[-_LEFT_WORDS:]):
        if _ENDS_CLAUSE.search(word):
            break
        kept.append(word.lower().strip("(\"“'‘"))
    return tuple(reversed([word for word in kept if word != "the"]))


def _kind_after(
    stretch: Stretch, at: int, left: tuple[str, ...], senses: tuple[Sense, ...]
) -> tuple[PlacePrecision | None, str | None, int]:
    ahead = at
    while ahead < len(stretch.run) and stretch.run[ahead].label == "within":
        ahead += 1
    if ahead >= len(stretch.run) or stretch.run[ahead].key not in stretch.words.after:
        return None, None, 0
    token = stretch.run[ahead]
    kind = stretch.words.after[token.key]
    if _is_of_body(stretch, ahead):
        return None, None, 0
    if not token.lower and senses and senses[0].kind == "country":
        return None, None, 0
    if token.lower:
        country = bool(senses) and senses[0].kind == "country"
        vague = kind == "point" and bool(senses) and token.key not in stretch.words.points_in_lower_case
        vague = vague and (token.key not in stretch.words.named_after or standing(senses) > _FAMOUS)
        if country or vague or left[-1:] in (("a",), ("an",)):
            return None, None, 0
    return kind, token.key, token.end


def _kind_within(stretch: Stretch, last: int) -> tuple[PlacePrecision | None, str | None, int]:
    """The kind that a name says of itself ("Frederick County"): that of its last token."""
    token = stretch.run[last]
    return stretch.words.after.get(token.key), token.key, token.end


def _is_of_body(stretch: Stretch, at: int) -> bool:
    """Whether a capitalised kind belongs to a public body that follows: "Kentucky State Police"."""
    token = stretch.run[at]
    if token.lower or token.key not in ("state", "city", "county", "department", "district", "region"):
        return False
    following = stretch.neighbour(at + 1, at)
    bodies = stretch.words.public_bodies
    return token.key == "department" or (following is not None and (following.key in bodies))


def _kind_before(stretch: Stretch, left: tuple[str, ...]) -> tuple[PlacePrecision | None, str | None]:
    """The kind of "village of X", "the villages X and Y" read at X."""
    for back, link in ((2, "of"), (1, None), (2, "called"), (2, "named")):
        if len(left) < back or (link is not None and left[-1] != link):
            continue
        word = left[-back]
        if word in stretch.words.before and (link is not None or word not in {"state", "area", "region", "port"}):
            return stretch.words.before[word], word
    return None, None


def tells_bearing(left: tuple[str, ...], words: Lexicon) -> bool:
    """Whether a direction from the name stands before it: "south of X", "3 km NE of X"."""
    if len(left) < 2 or left[-1] not in ("of", "from"):
        return False
    far = len(left) > 2 and left[-3].lstrip("~0123456789.,") in words.units
    return left[-2].replace("-", " ") in words.directions or (far and left[-2] in words.compass)


def _context(stretch: Stretch, left: tuple[str, ...], end: int) -> float:
    last = left[-1] if left else ""
    weight = 0.0
    if (
        tells_bearing(left, stretch.words)
        or last in stretch.words.strong_prepositions
        or last.replace("-", " ") in stretch.words.directions
    ):
        weight += 2.0
    elif last in stretch.words.prepositions:
        weight += 0.8
    if _COMMA_NAME.match(stretch.text, end):
        weight += 0.8
    return weight
