"""Which stretches of the runs are place names, by what the gazetteer knows and by the words around them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ascertain.model import PlacePrecision, Span
from ascertain.places.gazetteer import Gazetteer, Sense
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import Label, Lexicon, lexicon
from ascertain.places.names import ARTICLES, fold, near_form, one_article
from ascertain.places.scan import Run, Token, tokens_of

Use = Literal["place", "stands_for", "name_part", "person"]

_LONGEST = 6
_ABBREVIATIONS = frozenset({"us", "uk", "uae"})
_ACCEPTED = 3.4
_SURE = 4.8
_WELL_KNOWN = 4.0
_FAMOUS = 4.7  # of a million people, so that a mosque "of that name" is one in that town
_DIVISION = 3.4  # a lesser division is known by as many as a town of 20,000
_LARGE = 100_000
QUARTER_KM = 25
_LEFT_WORDS = 4
_ENDS_CLAUSE = re.compile(r"[.,;:!?)\]\"”—–]$")
_COMMA_NAME = re.compile(r"(?:,|\s+in)\s+(?:in\s+|the\s+)*[A-Z]")
_NAME_AFTER_COMMA = re.compile(r"(?:,|\s(in))\s+((?:[A-Z][\w-]+)(?:\s[A-Z][\w-]+)?)")
_BEFORE_UNKNOWN = frozenset({"in", "near", "around", "outside", "towards", "toward"})
_WAYS = frozenset({"road", "highway", "route", "motorway", "axis", "track", "railway", "stretch"})
_FATHERS = frozenset({"abu", "umm", "ibn", "bin", "sheikh", "sheik", "shaikh", "imam", "bani", "beni", "sidi"})
_NO_GIVEN_NAMES = ARTICLES | _FATHERS
_LENGTHS = frozenset({"km", "kms", "kilometres", "kilometers", "miles", "kilometre", "kilometer", "mile"})
_BETWEEN_KNOWN = re.compile(
    r"\b(?:between|(?:road|highway|route|axis|track)\s+from)\s+[A-Z][\w' -]{1,30}\s+(?:and|to)\s+$"
)
_AFTER_NAME = re.compile(r"[A-Z][\w'’-]*,\s?$")
_DIVISION_AFTER = re.compile(r",\s((?:[A-Z][\w.]+)(?:\s[A-Z][\w]+)?)")
_RIGHT_WORDS = re.compile(r"[ \n]([a-z]+)(?:[ \n]([a-z]+))?(?:[ \n]([a-z]+))?")


class Found(NamedTuple):
    """A name in the text that may be a place.

    `start` and `end` hold the name with its kind ("Mesbah area"); `key` is the name's alone; `kind` is the kind that
    the words around it say, `before` that these stand before it; `left` are the lower-cased words before it. A
    `doubtful` name is a place only if the report's other places give it a sense.
    """

    start: int
    end: int
    key: str
    senses: tuple[Sense, ...]
    near: bool
    kind: PlacePrecision | None
    kind_word: str | None
    before: bool
    left: tuple[str, ...]
    use: Use
    weight: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """All names of a text that are places or parts of other names, and the nationalities it speaks of."""

    names: tuple[Found, ...]
    nations: Mapping[str, float]


def recognise(text: str, runs: Iterable[Run], gazetteer: Gazetteer, words: Lexicon, *, capitals: bool) -> Recognised:
    """The place names of a text, in order and apart from each other."""
    nations: Counter[str] = Counter()
    found: list[Found] = []
    for run in runs:
        if all(token.lower or _is_dull(token.key, token.label, gazetteer) for token in run):
            continue
        nations.update([words.demonyms[token.key] for token in run if token.label == "demonym"])
        found.extend(_Reading(text, run, gazetteer, words, capitals).names())
    return Recognised(tuple(_accepted(found)), nations)


def given(
    text: str, spans: Iterable[Span], seen: Iterable[Found], gazetteer: Gazetteer, words: Lexicon, *, capitals: bool
) -> tuple[Found, ...]:
    """The names at the given spans, in order, each held to be a place; what was seen there is kept."""
    known = {name.start: name for name in seen}
    found = []
    for start, end in sorted(spans):
        name = known.get(start)
        if name is None or not _is_same(text, name, end):
            name = _Reading(
                text, tokens_of(text, start, end, words, capitals=capitals), gazetteer, words, capitals
            ).whole()
        found.append(name._replace(use="place", doubtful=False, weight=max(name.weight, _SURE)))
    return tuple(found)


def _is_same(text: str, name: Found, end: int) -> bool:
    """Whether a name ends there, but for the words in lower case after it."""
    return name.end == end or (name.end > end and text[end : name.end].strip().islower())


@lru_cache(20_000)
def _is_dull(key: str, label: Label, gazetteer: Gazetteer) -> bool:
    """Whether a word is no place and begins none, so that among its like it need not be looked at."""
    first = key.split(" ", 1)[0]
    if key in _short_keys():
        return False
    if label in ("link", "demonym") or key in _ABBREVIATIONS or first in ARTICLES or gazetteer.begins_longer(first):
        return False
    return label != "name" or (lexicon().is_ordinary(key) and not gazetteer.senses(key))


@lru_cache(1)
def _short_keys() -> frozenset[str]:
    return frozenset(map(fold, lexicon().short_forms))


def _accepted(found: list[Found]) -> Iterator[Found]:
    """A name that is surely a place once is likelier one elsewhere in the report, and a person's likelier not."""
    sure = {name.key for name in found if name.use == "place" and name.weight >= _SURE}
    people = {name.key for name in found if name.use == "person"}
    for name in found:
        if name.use == "person":
            continue
        bonus = 1.5 * (name.key in sure) - 2.5 * (name.key in people and name.kind is None)
        if name.weight + bonus >= _ACCEPTED:
            yield name


class _Reading:
    """One run being read."""

    def __init__(self, text: str, run: Run, gazetteer: Gazetteer, words: Lexicon, capitals: bool) -> None:
        self.text, self.run, self.words, self.capitals = text, run, words, capitals
        self.gazetteer = gazetteer
        self.keys = [token.key for token in run]
        self._matches: dict[int, tuple[int, tuple[Sense, ...]]] = {}

    def names(self) -> Iterator[Found]:
        """The names of the run, longest first from the left."""
        at = 0
        while at < len(self.run):
            if short := self._short_form(at):
                yield short
                at += 1
                continue
            count, senses = self._longest(at)
            if senses:
                name = self._known(at, count, senses)
                yield name
                at = max(at + count, self._first_after(name.end))
                continue
            count = self._fathered_length(at) or self._unknown_length(at)
            if count and (unknown := self._unknown(at, count)):
                yield unknown
                at = max(at + count, self._first_after(unknown.end))
                continue
            at += max(1, count)

    def whole(self) -> Found:
        """The run as one name; what follows it of its kind is no part of the run's own tokens."""
        count = sum(not token.lower for token in self.run)
        for length in range(count, 0, -1):
            senses = self._nation(0, length) or self._senses(0, length)
            rest = all(token.key in self.words.after for token in self.run[length:count])
            if senses and rest:
                return self._name(0, length, senses, near=False)
        key = " ".join(self.keys[:count])
        near = self.gazetteer.near_senses(near_form(key)) if len(key) > 4 else ()
        return self._name(0, count, near, near=bool(near))

    def _nation(self, at: int, count: int) -> tuple[Sense, ...]:
        """The country or region of a demonym."""
        key = " ".join(self.keys[at : at + count])
        if key in self.words.peoples:
            return self.gazetteer.senses(fold(self.words.peoples[key]))[:1]
        code = self.words.demonyms.get(key)
        return self.gazetteer.senses(fold(self.words.countries[code]))[:1] if code else ()

    def _short_form(self, at: int) -> Found | None:
        """The division that a short form stands for: "Columbia, Ky.", "Austin, TX", "in N.J."."""
        start, end = self.run[at].start, self.run[at].end
        word = self.text[start:end]
        dotted = word if word.endswith(".") else f"{word}."
        end += self.text[end : end + 1] == "." and dotted in self.words.short_forms and dotted != word
        form = next((form for form in (dotted, word) if form in self.words.short_forms), None)
        if self.capitals or form is None or (self.run[at].lower or not self._may_be_short(word, start)):
            return None
        division = self.words.short_forms[form]
        known = self.gazetteer.senses(fold(division.name))
        senses = tuple(sense for sense in known if sense.id == f"geonames-admin1:{division.country}.{division.code}")
        key = f"{fold(division.name)} ({fold(form)})"
        name = Found(start, end, key, senses, False, "region", None, False, self._left(start), "place", _SURE, False)
        return name if senses else None

    def _may_be_short(self, word: str, start: int) -> bool:
        """Whether a word stands as a short form does: after a name and a comma, or with stops between its letters."""
        if word.count(".") > 1 or (len(word) > 2 and word.isupper() and not self.words.is_ordinary(word.lower())):
            return True
        return _AFTER_NAME.search(self.text, max(0, start - 40), start) is not None

    def _first_after(self, end: int) -> int:
        return next((at for at, token in enumerate(self.run) if token.start >= end), len(self.run))

    def _longest(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        """The longest known name that begins at `at`: its number of tokens and its senses."""
        if at not in self._matches:
            self._matches[at] = self._looked_up(at)
        return self._matches[at]

    def _looked_up(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        run = self.run
        if run[at].lower or (run[at].label == "link" and not self._may_begin(run[at])):
            return 0, ()
        for count in range(self._most(at), 0, -1):
            last = run[at + count - 1]
            if last.label == "link" or (count == 1 and last.label != "name" and not self._is_abbreviation(last)):
                continue
            senses = self._senses(at, count)
            if senses and self._spelt(at, count, senses) and not self._is_half(at, count, senses[0]):
                bare = self._senses(at, count - 1) if self._is_division(last, count, senses) else ()
                return (count - 1, (*bare, *senses)) if bare else (count, senses)
        return 0, ()

    def _most(self, at: int) -> int:
        """How many tokens from `at` may at most make one known name."""
        left = len(self.run) - at
        first = self.keys[at].split(" ", 1)[0]
        return min(_LONGEST, left) if left > 1 and (first in ARTICLES or self.gazetteer.begins_longer(first)) else 1

    def _senses(self, at: int, count: int) -> tuple[Sense, ...]:
        key = " ".join(self.keys[at : at + count])
        if count == 1 or not any(token.label == "link" for token in self.run[at : at + count]):
            senses = self.gazetteer.senses(key)
        else:
            senses = self.gazetteer.senses(key := one_article(key))
        return senses or (self.gazetteer.senses(key[3:]) if key.startswith("al ") and len(key) > 6 else ())

    def _is_half(self, at: int, count: int, sense: Sense) -> bool:
        """Whether a hyphen ties a small town's name to a further word of the run, as in "Pont-Sondé"."""
        if sense.notable or sense.population > _LARGE:
            return False
        start, end = self.run[at].start, self.run[at + count - 1].end
        tied_before = at > 0 and start == self.run[at - 1].end + 1 and self.text[start - 1] == "-"
        tied_after = at + count < len(self.run) and self.text[end] == "-" and self.run[at + count].start == end + 1
        return tied_before or tied_after

    def _is_abbreviation(self, token: Token) -> bool:
        return token.key in _ABBREVIATIONS and not self.capitals and self.text[token.start : token.end].isupper()

    def _spelt(self, at: int, count: int, senses: tuple[Sense, ...]) -> bool:
        """A short name such as US or CAR must be in capitals, and only a great one may be a function word."""
        first, last = self.run[at], self.run[at + count - 1]
        word = self.text[first.start : last.end]
        if count == 1 and len(first.key) < 4:
            if self.capitals:
                return "." in word or not self._is_ordinary(first)
            return not word.isupper() or "." in word or senses[0].kind == "country"
        if count > 1 and first.label in ("function", "never") and not senses[0].notable:
            return senses[0].population > _LARGE or first.key in self.words.directions or first.key == "new"
        return not (count > 1 and first.label == "title" and not senses[0].notable and senses[0].population < 50_000)

    def _known(self, at: int, count: int, senses: tuple[Sense, ...]) -> Found:
        name = self._name(at, count, senses, near=False)
        standing, use = _standing(senses), self._use(at, count, name)
        if use == "place" and self._is_seated(name):
            return name._replace(weight=max(name.weight, _SURE))
        doubtful = not _is_great(senses) and name.weight < 2 and use == "place"
        weight = name.weight + standing - self._doubt(at, count, name)
        return name._replace(use=use, weight=weight, doubtful=doubtful)

    def _is_seated(self, name: Found) -> bool:
        """Whether the country or division follows that a town of this name lies in: "Price, Utah", "Hugo, Okla."."""
        match = _DIVISION_AFTER.match(self.text, name.end)
        if match is None or name.senses[0].kind == "country":
            return False
        words = match.group(1)
        short = self.words.short_forms.get(words) or self.words.short_forms.get(f"{words}.")
        key = fold(short.name) if short else fold(words)
        holders = (sense for sense in self.gazetteer.senses(key) if _may_seat(sense))
        return any(
            sense.country == holder.country and (holder.kind == "country" or sense.admin1 == holder.admin1)
            for holder in holders
            for sense in name.senses
        )

    def _unknown_length(self, at: int) -> int:
        """How many tokens from `at` may be one name that the gazetteer does not hold."""
        count = 0
        for token in self.run[at:]:
            named = token.label == "name" and not token.lower and not (self.capitals and self._is_ordinary(token))
            if count and named and self._longest(at + count)[1]:
                break
            if not named and not (token.label == "link" and token.key != "and" and (count or self._is_article(token))):
                break
            count += 1
        while count and self.run[at + count - 1].label == "link":
            count -= 1
        return count

    def _fathered_length(self, at: int) -> int:
        """How many tokens from `at` are one unknown name that begins as people's do: "Abu Salim district"."""
        if self.run[at].key not in _FATHERS or at + 2 >= len(self.run):
            return 0
        count = 1
        while at + count < len(self.run) and self.run[at + count].label in ("name", "link") and count < _LONGEST:
            if self.run[at + count].lower:
                break
            count += 1
        ahead = at + count
        return count if count > 1 and ahead < len(self.run) and self.run[ahead].key in self.words.after else 0

    def _is_article(self, token: Token) -> bool:
        """Whether a small word may begin a name: "Al Shouka", "La Esperanza"."""
        return token.key in self.words.first_links and self.text[token.start].isupper()

    def _may_begin(self, token: Token) -> bool:
        """Whether a small word may begin a known name, in small letters too: "al-Shati", but not "at Shati"."""
        joined = self.text[token.end : token.end + 1] == "-" or token.key in ("al", "el")
        return self._is_article(token) or (joined and token.key in self.words.first_links)

    def _unknown(self, at: int, count: int) -> Found | None:
        key = " ".join(self.keys[at : at + count])
        tokens = self.run[at : at + count]
        if self._is_held(at, count) or key in self.words.given_names or all(map(self._is_ordinary, tokens)):
            return None
        near = self.gazetteer.near_senses(near_form(key)) if len(key) > 4 else ()
        name = self._name(at, count, near, near=True)
        if name.kind is not None and (
            name.before or name.kind_word not in {"base", "station", "mine", "state", "port"}
        ):
            return name._replace(weight=_SURE)
        quiet = bool(name.left) and (name.left[-1] in _BEFORE_UNKNOWN or self._is_measured_from(name.left))
        quiet = quiet or self._is_end_of_way(at + count, name)
        quiet = quiet or self._is_in_known(
            at + count, name.end, bound=name.left[-1:] != () and name.left[-1] in self.words.prepositions
        )
        likely = bool(near) and (bool(name.left) or count > 1)
        acronym = not self.capitals and self.text[name.start : name.end].isupper() and count == 1
        if not (quiet or likely) or acronym or self._after(at, count, "organisation"):
            return None
        return name._replace(weight=_ACCEPTED, doubtful=not quiet)

    def _is_measured_from(self, left: tuple[str, ...]) -> bool:
        """Whether a distance or a direction is told from the name: "10 km south of X", "10 km from X"."""
        if left[-1] not in ("of", "from") or len(left) < 2:
            return False
        return left[-2].replace("-", " ") in self.words.directions or (left[-1] == "from" and left[-2] in _LENGTHS)

    def _is_end_of_way(self, at: int, name: Found) -> bool:
        """Whether the name is an end of "the road from X to Y", or of "between X and Y" with the other a place."""
        last = name.left[-2:]
        if len(last) > 1 and last[0] in _WAYS and last[1] in ("between", "from", "linking", "connecting"):
            return True
        if name.left[-1:] == ("between",):
            ahead, end = at + 1, len(self.run)
            if ahead >= end or self.run[at].key != "and":
                return False
            return self._is_town(ahead) or self._is_in_known(end, self.run[-1].end, bound=True)
        return _BETWEEN_KNOWN.search(self.text, max(0, name.start - 60), name.start) is not None

    def _is_town(self, at: int) -> bool:
        senses = self._longest(at)[1]
        return bool(senses) and senses[0].kind != "country"

    def _is_in_known(self, at: int, end: int, *, bound: bool) -> bool:
        """Whether a known town or region follows: "Al Shouka, Rafah"; "at X in Y" where `bound` by "at"."""
        match = _NAME_AFTER_COMMA.match(self.text, end)
        if match is None or at < len(self.run) or (match.group(1) and not bound):
            return False
        senses = self.gazetteer.senses(fold(match.group(2)))
        return bool(senses) and (senses[0].notable or senses[0].population > 5000)

    def _is_held(self, at: int, count: int) -> bool:
        """Whether the words around make the unknown name a person's or an organisation's."""
        before = self.run[at - 1].label if at else None
        first_given = count > 1 and self.keys[at] in self.words.given_names and self.keys[at] not in _NO_GIVEN_NAMES
        return before in ("title", "organisation") or first_given

    def _name(self, at: int, count: int, senses: tuple[Sense, ...], *, near: bool) -> Found:
        run = self.run
        start, end = run[at].start, run[at + count - 1].end
        key, left = " ".join(self.keys[at : at + count]), self._left(start)
        kind, word, reach = self._kind_after(at + count, left, senses)
        before = False
        if kind is None and not near and self._is_division(run[at + count - 1], count, senses):
            kind, word, reach = self._kind_within(at + count - 1)
        if kind is None:
            kind, word = self._kind_before(left)
            before = kind is not None
        elif reach:
            end = reach
        weight = 4.0 * (kind is not None) + self._context(left, end)
        return Found(start, end, key, senses, near, kind, word, before, left, "place", weight, doubtful=False)

    def _left(self, start: int) -> tuple[str, ...]:
        """The lower-cased words before, nearest last, back to the end of a clause."""
        before = self.text[max(0, start - 48) : start]
        if not before[-1:].isspace() or "\n\n" in before[-3:]:
            return ()
        kept: list[str] = []
        for word in reversed(before.split()[-_LEFT_WORDS:]):
            if _ENDS_CLAUSE.search(word):
                break
            kept.append(word.lower().strip("(\"“'‘"))
        return tuple(reversed([word for word in kept if word != "the"]))

    def _kind_after(
        self, at: int, left: tuple[str, ...], senses: tuple[Sense, ...]
    ) -> tuple[PlacePrecision | None, str | None, int]:
        ahead = at
        while ahead < len(self.run) and self.run[ahead].label == "within":
            ahead += 1
        if ahead >= len(self.run) or self.run[ahead].key not in self.words.after:
            return None, None, 0
        token = self.run[ahead]
        kind = self.words.after[token.key]
        if self._is_of_body(ahead):
            return None, None, 0
        if not token.lower and senses and senses[0].kind == "country":
            return None, None, 0
        if token.lower:
            country = bool(senses) and senses[0].kind == "country"
            vague = kind == "point" and bool(senses) and token.key not in self.words.points_in_lower_case
            vague = vague and (token.key not in self.words.named_after or _standing(senses) > _FAMOUS)
            if country or vague or left[-1:] in (("a",), ("an",)):
                return None, None, 0
        return kind, token.key, token.end

    def _is_division(self, last: Token, count: int, senses: tuple[Sense, ...]) -> bool:
        """Whether a name is a lesser division's and ends in the word for one ("Frederick County")."""
        return count > 1 and last.label == "kind" and bool(senses) and _is_lesser_division(senses[0])

    def _kind_within(self, last: int) -> tuple[PlacePrecision | None, str | None, int]:
        """The kind that a name says of itself ("Frederick County"): that of its last token."""
        token = self.run[last]
        return self.words.after.get(token.key), token.key, token.end

    def _is_of_body(self, at: int) -> bool:
        """Whether a capitalised kind belongs to a public body that follows: "Kentucky State Police"."""
        token = self.run[at]
        if token.lower or token.key not in ("state", "city", "county", "department", "district", "region"):
            return False
        following = self._neighbour(at + 1, at)
        bodies = self.words.public_bodies
        return token.key == "department" or (following is not None and (following.key in bodies))

    def _kind_before(self, left: tuple[str, ...]) -> tuple[PlacePrecision | None, str | None]:
        """The kind of "village of X", "the villages X and Y" read at X."""
        for back, link in ((2, "of"), (1, None), (2, "called"), (2, "named")):
            if len(left) < back or (link is not None and left[-1] != link):
                continue
            word = left[-back]
            if word in self.words.before and (link is not None or word not in {"state", "area", "region", "port"}):
                return self.words.before[word], word
        return None, None

    def _context(self, left: tuple[str, ...], end: int) -> float:
        last = left[-1] if left else ""
        weight = 0.0
        side = last in ("of", "from") and len(left) > 1 and left[-2].replace("-", " ") in self.words.directions
        if side or last in self.words.strong_prepositions or last.replace("-", " ") in self.words.directions:
            weight += 2.0
        elif last in self.words.prepositions:
            weight += 0.8
        if _COMMA_NAME.match(self.text, end):
            weight += 0.8
        return weight

    def _doubt(self, at: int, count: int, name: Found) -> float:
        """What speaks against a known name: an ordinary word, a given name, capitals of an acronym."""
        if count > 1 or name.senses[0].kind == "country":
            return 0.0
        token, known = self.run[at], name.senses[0]
        great = known.notable or known.population > _LARGE
        doubt = 0.0
        if self._is_ordinary(token):
            doubt += 2.6 if great else 3.2
            if not self.capitals and not name.left:
                doubt += 1.0
        elif not great and (token.key in self.words.given_names or token.key in self.words.surnames):
            doubt += 1.8
        if not self.capitals and self.text[token.start : token.end].isupper() and len(token.key) < 6:
            doubt += 1.0
        return doubt

    def _use(self, at: int, count: int, name: Found) -> Use:
        if name.key in self.words.seats_of_power:
            return "name_part"
        if self._is_before_public_body(at, count):
            return "stands_for"
        if self._after(at, count, "organisation") or self._before(at, "organisation"):
            return "name_part"
        if name.kind is None and self._is_person(at, count):
            return "person"
        if name.kind is None and self._is_beside_name(at, count, name):
            return "name_part" if _standing(name.senses) > _WELL_KNOWN else "person"
        return "stands_for" if self._is_adjective(name) else "place"

    def _is_before_public_body(self, at: int, count: int) -> bool:
        """Whether a public body in capitals follows: "Kentucky State Police", "the London Council"."""
        if self.capitals or self._before(at, "organisation"):
            return False
        following = [token for token in self.run[at + count : at + count + 3] if not token.lower]
        return any(token.key in self.words.public_bodies for token in following[:2]) and bool(following)

    def _is_person(self, at: int, count: int) -> bool:
        """Whether a title or a given name makes the name a person's: "Michael Jordan", "Jordan Smith"."""
        before, after = self._neighbour(at - 1, at), self._neighbour(at + count, at + count - 1)
        given = self.words.given_names
        if before is not None and (before.label == "title" or (before.label == "name" and before.key in given)):
            return True
        named = after is not None and after.label == "name"
        return named and count == 1 and (self.keys[at] in given or self.keys[at + count] in given)

    def _is_beside_name(self, at: int, count: int, name: Found) -> bool:
        """Whether a further name stands beside the place's, which is then part of a longer one ("Edmonton Oilers")."""
        if self.capitals and count > 1:
            return False
        ends = ((at - 1, at), (at + count, at + count - 1))
        beside = [(index, self._neighbour(index, own)) for index, own in ends]
        return any(
            token is not None
            and token.label == "name"
            and not self._is_ordinary(token)
            and not self._is_quarter(index, name)
            for index, token in beside
        )

    def _is_quarter(self, index: int, name: Found) -> bool:
        """Whether the name beside is of a town that lies at or in the named one: "Khartoum Bahri"."""
        large = [sense for sense in name.senses if sense.kind == "town" and sense.population > _LARGE]
        others = self._longest(index)[1]
        return any(
            other.country == sense.country
            and other.id != sense.id
            and other.population > _LARGE
            and distance_km((other.lat, other.lon), (sense.lat, sense.lon)) <= QUARTER_KM
            for sense in large
            for other in others
            if other.kind in ("town", "neighbourhood")
        )

    def _neighbour(self, at: int, beside: int) -> Token | None:
        """The token at `at` where only a space parts it from the one at `beside`."""
        if not 0 <= at < len(self.run) or self.run[at].lower:
            return None
        first, second = sorted((self.run[at], self.run[beside]), key=lambda token: token.start)
        return self.run[at] if self.text[first.end : second.start].strip() == "" else None

    def _after(self, at: int, count: int, label: str) -> bool:
        """Whether such a word stands in the capitalised words right after the name."""
        for token in self.run[at + count : at + count + 3]:
            if token.label == label and not token.lower:
                return True
            if token.label not in ("name", "organisation", "within"):
                return False
        return False

    def _before(self, at: int, label: str) -> bool:
        """Whether such a word stands right before the name, or before an "of" before it ("University of X")."""
        back = at - 1
        while back >= 0 and self.run[back].key in {"of", "de", "for", "the"}:
            back -= 1
        if back >= 0:
            return self.run[back].label == label
        return False

    def _is_adjective(self, name: Found) -> bool:
        if (following := _following(self.text, name.end, capitals=self.capitals)) is None:
            return False
        governs = bool(name.senses) and (name.senses[0].kind == "country" or name.senses[0].population > 200_000)
        if following[0] in self.words.speaking:
            return governs and not (name.left and name.left[-1] in self.words.strong_prepositions)
        ruled = following[0] in self.words.adjective_before
        return ruled or (following[1] in self.words.adjective_before and following[0] in self.words.before_office)

    def _is_ordinary(self, token: Token) -> bool:
        return self.words.is_ordinary(token.key)


def _following(text: str, end: int, *, capitals: bool) -> tuple[str, str] | None:
    stretch = text[end : end + 40]
    match = _RIGHT_WORDS.match(stretch.lower() if capitals else stretch)
    return (match.group(1), match.group(2) or "") if match else None


def _is_lesser_division(sense: Sense) -> bool:
    return sense.kind == "district" and not sense.notable


def _may_seat(sense: Sense) -> bool:
    """Whether a sense is a country or a first-level division, after whose towns it is written."""
    return sense.kind == "country" or sense.id.startswith("geonames-admin1:")


def _standing(senses: tuple[Sense, ...]) -> float:
    """How well known a name is: its weightiest sense."""
    return max(map(_known_by, senses))


def _is_great(senses: tuple[Sense, ...]) -> bool:
    """Whether a name needs no other place of the report to be one: it names a country, a region or a large town."""
    return any(sense.notable or sense.population > _LARGE for sense in senses)


def _known_by(sense: Sense) -> float:
    if sense.kind == "country":
        return 6.0
    if sense.notable:
        return 5.0 if sense.id.startswith("ascertain:") else 4.0
    if sense.kind in ("region", "district") and not sense.population:
        return _DIVISION
    return 0.8 * math.log10(sense.population + 10) - (0.0 if sense.main else 0.7)
