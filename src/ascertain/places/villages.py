"""Names that only an added gazetteer holds: villages by the thousand, which share their names with people and words.

Such a name is a place where the words around it leave room for one ("in X", "residents of X", "X was shelled"), and
then means one of these places only where the report is about their country.
"""

from __future__ import annotations

import re

from ascertain.places.found import ACCEPTED, SURE, Found
from ascertain.places.kinds import left_of
from ascertain.places.names import fold
from ascertain.places.roles import datelines, moves
from ascertain.places.stretch import Stretch
from ascertain.places.unknown import is_held, is_measured_from, unknown
from ascertain.places.within import is_seated

_IF_SURE_ELSEWHERE = 2.0  # the weight of a name that is a place if the report shows so at another of its uses
_SAYS_ITS_KIND = 4.5  # of a name such as "Marwa Hospital", which is a place but may be one of many so called
_LOOKED_BACK = 120
_NAME = r"[^\W\d_a-z][\w'’-]*(?:[ -][^\W\d_a-z][\w'’-]*){0,2}"
_LIST_BEFORE = re.compile(rf"(?<![\w'’-])(?P<first>{_NAME})(?P<rest>(?:,\s{_NAME})*)(?P<link>,?\sand\s|,\s)$")
_LIST_AFTER = re.compile(rf"(?:,\s{_NAME})*,?\sand\s(?:the\s)?[^\W\d_a-z]")
_LETTERS = r"(?:[\w-]|\.(?=\w))+"
_HOLDER_AFTER = re.compile(
    rf"(?:,\s|\s\()(?:the\s)?(?P<first>[A-Z]{_LETTERS})(?P<second>\s[A-Z]{_LETTERS})?(?!['’\w]|\s[A-Z])"
)
_OWNED = re.compile(r"['’]s?\s+(?P<words>[\w-]+(?:\s+[\w-]+){0,2})")
_TOLD_BESIDE = re.compile(r",\s(?:an?|the)\s(?P<words>(?:[a-z-]+\s){1,4})")
_DONE_TO = re.compile(
    r"\s(?:was|were|has\sbeen|had\sbeen|is\sbeing|was\sbeing|came|comes)\s(?:[a-z]+ly\s)?(?P<word>[a-z]+)"
    r"|\s(?:ha[sd]\s)?(?:fell|fallen)\sto\b"
)


def village(stretch: Stretch, at: int, count: int, known: Found) -> Found:
    """A name of which only an added gazetteer knows, weighed anew by the words around it.

    Where these leave no room for a place it is what a name is that no gazetteer holds.
    """
    if known.use != "place" or known.kind is not None:
        return known
    held = _is_told_with_holder(stretch, known)
    if count > 1 and (whole := unknown(stretch, at, count - 1)) and whole.end == known.end:
        weight = SURE if held else _SAYS_ITS_KIND
        return known._replace(kind=whole.kind, kind_word=whole.kind_word, weight=weight)
    other, personal = _is_other(stretch, at, count, known), _is_personal(stretch, at, count)
    if held and not (other or personal):
        return known
    bare = unknown(stretch, at, count)
    if not other and _has_room(stretch, known, personal=personal):
        return known._replace(weight=ACCEPTED, doubtful=bare is None or bare.doubtful)
    weight = 0.0 if other or personal else _IF_SURE_ELSEWHERE
    return bare._replace(senses=(), near=False) if bare else known._replace(weight=weight, doubtful=True)


def _is_told_with_holder(stretch: Stretch, name: Found) -> bool:
    """Whether what the place lies in follows as after places: "X, Sudan"; not "Ali in Sudan", "Ali, Sudan Airways"."""
    holder = _HOLDER_AFTER.match(stretch.text, name.end)
    if holder is None or name.left[-2:] == ("according", "to"):
        return False
    whole = holder["first"] + (holder["second"] or "")
    named = holder["second"] is None or stretch.capitals or bool(stretch.gazetteer.senses(fold(whole)))
    return named and is_seated(stretch, name)


def _is_personal(stretch: Stretch, at: int, count: int) -> bool:
    """Whether people bear the name, or a name that begins so."""
    first = stretch.keys[at]
    return first in stretch.words.given_names or (count == 1 and first in stretch.words.surnames)


def _is_other(stretch: Stretch, at: int, count: int, name: Found) -> bool:
    """Whether a name is ordinary words, an acronym, a person's whole, or used as no village is ("the X", "X's car")."""
    if all(map(stretch.is_ordinary, stretch.run[at : at + count])) or is_held(stretch, at, count):
        return True
    if count == 1 and not stretch.capitals and stretch.text[name.start : name.end].isupper():
        return not any(start == name.start for start, _ in datelines(stretch.text, capitals=False))
    if stretch.text.endswith("the ", 0, name.start) and all(sense.kind == "town" for sense in name.senses):
        return True
    owned = _OWNED.match(stretch.text, name.end)
    return owned is not None and stretch.words.after.keys().isdisjoint(fold(owned["words"]).split())


def _has_room(stretch: Stretch, name: Found, *, personal: bool) -> bool:
    """Whether the words before or after the name are such as stand by places; `personal` names need the surest."""
    if _leads_to(stretch, name.left, name.start, personal=personal) or _is_told(stretch, name, personal=personal):
        return True
    first = _list_before(stretch, name)
    return first is not None and _leads_to(stretch, left_of(stretch, first), first, personal=personal)


def _leads_to(stretch: Stretch, left: tuple[str, ...], start: int, *, personal: bool) -> bool:
    """Whether words before a name lead to a place."""
    words = stretch.words
    if not left:
        return False
    last, second = left[-1], left[-2] if len(left) > 1 else ""
    if last in words.room_surely or is_measured_from(stretch, left):
        return True
    if second in words.before and last in ("of", "and"):
        return True
    if personal:
        return False
    if last in words.room or last.replace("-", " ") in words.directions or (last == "of" and second in words.room_of):
        return True
    if last == "on" and second in words.room_on:
        return True
    way = second in words.ways or second in words.people_from or second in words.room_of
    return last in ("from", "to", "for") and (way or moves(stretch.text[max(0, start - _LOOKED_BACK) : start], words))


def _is_told(stretch: Stretch, name: Found, *, personal: bool) -> bool:
    """Whether what follows the name is told of places: ", a village in", "was shelled"; or it heads a dateline."""
    beside = _TOLD_BESIDE.match(stretch.text, name.end)
    if beside is not None and not stretch.words.before.keys().isdisjoint(beside["words"].split()):
        return True
    if personal:
        return False
    if any(start <= name.start < end for start, end in datelines(stretch.text, capitals=stretch.capitals)):
        return True
    done = _DONE_TO.match(stretch.text, name.end)
    return done is not None and (done["word"] is None or done["word"] in stretch.words.room_before)


def _list_before(stretch: Stretch, name: Found) -> int | None:
    """Where the list begins in which the name stands behind others: "in A, B and C" read at B or C."""
    before = _LIST_BEFORE.search(stretch.text, max(0, name.start - _LOOKED_BACK), name.start)
    if before is None or not ("and" in before["link"] or _LIST_AFTER.match(stretch.text, name.end)):
        return None
    if stretch.words.labels.get(fold(before["first"]), "name") != "name":
        return None
    return before.start()
