"""Names that the gazetteer does not hold, and that the words around them show to be places."""

from __future__ import annotations

import re

from ascertain.places.found import ACCEPTED, SURE, Found, is_only_added
from ascertain.places.gazetteer import Sense
from ascertain.places.kinds import named, tells_bearing
from ascertain.places.names import ARTICLES, fold, near_form
from ascertain.places.polygons import has_polygons
from ascertain.places.stretch import LONGEST, Stretch

_ENGLISH_LINKS = frozenset({"of", "at", "and", "upon"})
_TOWN = 5000  # people of a town that others are told to lie in
_BY_WAY = r"(?:(?:[\w.]+\s+){0,4}(?:north|south|east|west)[a-z-]*\s+(?:of|from)|near)\s+"
_NAME_AFTER_COMMA = re.compile(
    rf"(?:(?:,\s+|\s+(in)\s+)(?:{_BY_WAY})?|\s+\({_BY_WAY})((?:[A-Z][\w-]+)(?:\s[A-Z][\w-]+)?)"
)
_BETWEEN_KNOWN = re.compile(
    r"\b(?:between|(?:road|highway|route|axis|track)\s+from)\s+[A-Z][\w' -]{1,30}\s+(?:and|to)\s+$"
)


def unknown_length(stretch: Stretch, at: int) -> int:
    """How many tokens from `at` may be one name that the gazetteer does not hold."""
    return _fathered_length(stretch, at) or _plain_length(stretch, at)


def _plain_length(stretch: Stretch, at: int) -> int:
    count = 0
    for token in stretch.run[at:]:
        named = token.label == "name" and not token.lower and not (stretch.capitals and stretch.is_ordinary(token))
        if count and named and _begins_known(stretch, at + count):
            break
        if count == 1 and token.lower is False and token.key in _ENGLISH_LINKS and stretch.is_ordinary(stretch.run[at]):
            break  # "Shelling of Maarat al-Numan"
        if not named and not (token.label == "link" and token.key != "and" and (count or stretch.is_article(token))):
            break
        count += 1
    while count and stretch.run[at + count - 1].label == "link":
        count -= 1
    return count


def _begins_known(stretch: Stretch, at: int) -> bool:
    """Whether a known name begins there; one that only an added gazetteer holds may be the rest of another."""
    senses = stretch.longest(at)[1]
    beside = stretch.neighbour(at - 1, at)
    return bool(senses) and not (
        is_only_added(senses) and beside is not None and beside.label == "name" and not stretch.is_ordinary(beside)
    )


def _fathered_length(stretch: Stretch, at: int) -> int:
    """How many tokens from `at` are one unknown name that begins as people's do: "Abu Salim district"."""
    if stretch.run[at].key not in stretch.words.fathers or at + 2 >= len(stretch.run):
        return 0
    count = 1
    while at + count < len(stretch.run) and stretch.run[at + count].label in ("name", "link") and count < LONGEST:
        if stretch.run[at + count].lower:
            break
        count += 1
    ahead = at + count
    return count if count > 1 and ahead < len(stretch.run) and stretch.run[ahead].key in stretch.words.after else 0


def unknown(stretch: Stretch, at: int, count: int) -> Found | None:
    """The name of `count` tokens from `at`, where the words around it show a place; else `None`."""
    key = " ".join(stretch.keys[at : at + count])
    tokens = stretch.run[at : at + count]
    if is_held(stretch, at, count) or key in stretch.words.given_names or all(map(stretch.is_ordinary, tokens)):
        return None
    near = stretch.gazetteer.near_senses(near_form(key)) if len(key) > 4 else ()
    name = named(stretch, at, count, near, near=True)
    if name.kind is not None and (name.before or name.kind_word not in {"base", "station", "mine", "state", "port"}):
        return name._replace(weight=SURE)
    quiet = bool(name.left) and (name.left[-1] in stretch.words.before_unknown or is_measured_from(stretch, name.left))
    quiet = quiet or _is_end_of_way(stretch, at + count, name)
    quiet = quiet or _is_in_known(
        stretch, at + count, name.end, bound=name.left[-1:] != () and name.left[-1] in stretch.words.prepositions
    )
    likely = bool(near) and (bool(name.left) or count > 1)
    acronym = not stretch.capitals and stretch.text[name.start : name.end].isupper() and count == 1
    if not (quiet or likely) or acronym or stretch.is_before(at, count, "organisation"):
        return None
    return name._replace(weight=ACCEPTED, doubtful=not quiet)


def longer_near(stretch: Stretch, at: int, count: int, senses: tuple[Sense, ...]) -> Found | None:
    """A longer name from `at` that is like a known one's spelling: "Bani Suhaila", though a Bani is known too."""
    if stretch.run[at].label != "name" or stretch.run[at].lower or any(sense.kind == "country" for sense in senses):
        return None
    for length in range(min(LONGEST, len(stretch.run) - at), max(count, 1), -1):
        tokens = stretch.run[at : at + length]
        if any(token.lower or token.label == "kind" for token in tokens) or tokens[-1].label != "name":
            continue
        near = stretch.gazetteer.near_senses(near_form(" ".join(stretch.keys[at : at + length])))
        if near and stretch.neighbour(at + length, at + length - 1) is None and not is_held(stretch, at, length):
            return unknown(stretch, at, length)
    return None


def is_measured_from(stretch: Stretch, left: tuple[str, ...]) -> bool:
    """Whether a distance or a direction is told from the name: "10 km south of X", "10 km from X"."""
    return tells_bearing(left, stretch.words) or (
        left[-1] == "from" and len(left) > 1 and left[-2] in stretch.words.lengths
    )


def _is_end_of_way(stretch: Stretch, at: int, name: Found) -> bool:
    """Whether the name is an end of "the road from X to Y", or of "between X and Y" with the other a place."""
    last = name.left[-2:]
    if len(last) > 1 and last[0] in stretch.words.ways and last[1] in stretch.words.way_links:
        return True
    if name.left[-1:] == ("between",):
        ahead, end = at + 1, len(stretch.run)
        if ahead >= end or stretch.run[at].key != "and":
            return False
        return stretch.is_town(ahead) or _is_in_known(stretch, end, stretch.run[-1].end, bound=True)
    return _BETWEEN_KNOWN.search(stretch.text, max(0, name.start - 60), name.start) is not None


def _is_in_known(stretch: Stretch, at: int, end: int, *, bound: bool) -> bool:
    """Whether a known town or region follows: "Al Shouka, Rafah"; "at X in Y" where `bound` by "at"."""
    match = _NAME_AFTER_COMMA.match(stretch.text, end)
    if match is None or at < len(stretch.run) or (match.group(1) and not bound):
        return False
    senses = stretch.gazetteer.senses(fold(match.group(2)))
    if not senses:
        return False
    return senses[0].notable or senses[0].population > _TOWN or any(map(has_polygons, senses))


def is_held(stretch: Stretch, at: int, count: int) -> bool:
    """Whether the words around make the unknown name a person's or an organisation's."""
    before = stretch.run[at - 1].label if at else None
    first_given = (
        count > 1
        and stretch.keys[at] in stretch.words.given_names
        and stretch.keys[at] not in ARTICLES | stretch.words.fathers
    )
    return before in ("title", "organisation") or first_given
