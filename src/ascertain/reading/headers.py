"""Headers: the day and the place that open a note ("Tumaco, 10 Jan.", "13/06, Ancuabe:", "Korin (Idlib) 11/3 -").

In: a text with the times, places and parties found in it. Out: the `Header`s of its lines, with the places and days
that only their stand there shows: a name beside a day is a place, and "13/06" is a day. Nothing else stands in a
header, so a word of its own ends it; a line without a day has none, nor one without a name, but where the day is a
label ("12.7.10:").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ascertain.actors import PartyMention
from ascertain.model import Place, Span
from ascertain.places import PlaceMention
from ascertain.places.mentions import FINENESS
from ascertain.reading.casing import is_english
from ascertain.reading.words import word_set
from ascertain.times import TimeMention

TOWN, POINT = FINENESS["town"], FINENESS["neighbourhood"]
ACRONYM = 5
CENTURY, TURN = 100, 50
_LINE = re.compile(r"^[\s•*·>–—-]*", re.MULTILINE)
_GAP = re.compile(r"(?:\s*[,.;:|/()~\]\[]+\s*|\s+[-–—]\s+|\s+)*")
_ENDS = re.compile(r"\s*(?:[,.;:|/()]|\s[-–—]\s|$)")
_CLOCK = re.compile(
    r"~?(?:\d{1,2}[:h]\d{2}(?:\s*[-–]\s*\d{1,2}[:h]\d{2})?(?:\s*(?:hrs?|h|[ap]m|Z))?"
    r"|\d{1,4}(?:\s*[-–]\s*\d{1,4})?\s*(?:hrs?|h|[ap]m|Z))\b"
)
_DAY = re.compile(
    r"(?:(?:the )?night of )?(?P<day>\d{1,2})(?P<sep>[./-])(?P<month>\d{1,2}|[IVX]{1,4})"
    r"(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?=[\s,:;.)–—-])"
)
_LABELLED = re.compile(r"\s*(?::|[-–—]\s)")
_AROUND = re.compile(r"(?:Around|Near|At|In|Outside|North of|South of|East of|West of) (?=[A-Z])")
_DISPATCH = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:—|--|–|-)\s")
_ROMAN: Mapping[str, int] = {
    name: number
    for number, name in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)
}


@dataclass(slots=True)
class Header:
    """The opening of a line: its span, and the places and days that it alone shows."""

    span: Span
    places: list[PlaceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)


@dataclass(slots=True)
class _Items:
    """What stands in a line's opening, in order."""

    end: int
    named: list[Span] = field(default_factory=list)
    known: list[PlaceMention] = field(default_factory=list)
    days: list[TimeMention] = field(default_factory=list)
    day_end: int = 0

    @property
    def dated(self) -> bool:
        """Whether a day stands in it."""
        return self.day_end > 0


def headers(
    text: str,
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    parties: Iterable[PartyMention],
    published: dt.date | None,
) -> list[Header]:
    """The headers of the lines of a text, in order."""
    starts: dict[int, TimeMention | PlaceMention] = {p.place.span[0]: p for p in places if p.role != "name_part"}
    starts |= {time.span[0]: time for time in times if time.role == "date"}
    taken = {party.span[0] for party in parties}
    found = []
    for match in _LINE.finditer(text):
        items = _items(text, match.end(), starts, taken, published)
        placed = items.named or items.known or (items.days and _LABELLED.match(text, items.end))
        if items.dated and placed and not _is_dateline(text, match.end(), items):
            found.append(Header((match.end(), items.end), list(_places(text, items, places)), items.days))
    return found


def _is_dateline(text: str, start: int, items: _Items) -> bool:
    """Whether the words are where and when a dispatch was written: "KABUL, May 3 (Agency) —"."""
    if any(place.role == "dateline" for place in items.known):
        return True
    return _DISPATCH.match(text, items.day_end) is not None and text[start : items.end].split(",")[0].isupper()


def _items(
    text: str,
    start: int,
    starts: Mapping[int, TimeMention | PlaceMention],
    taken: set[int],
    published: dt.date | None,
) -> _Items:
    """What stands in the opening of the line at `start`, up to the first word of its own."""
    items, at = _Items(start), start
    while at < len(text):
        known = starts.get(at)
        if isinstance(known, TimeMention) and not known.text[0].islower():
            items.day_end = end = known.span[1]
        elif (day := _day(text, at, published)) is not None:
            items.days.append(day)
            items.day_end = end = day.span[1]
        elif items.dated and (clock := _CLOCK.match(text, at)):
            end = clock.end()
        elif (opened := _AROUND.match(text, at)) is not None:
            at = opened.end()
            continue
        elif at not in taken and (end := _end_of_name(text, at, starts)) > at:
            if isinstance(known, PlaceMention) and known.place.span[1] >= end:
                items.known.append(known)
            elif not _is_plain(text[at:end]):
                items.named.append((at, end))
        elif isinstance(known, PlaceMention) and _is_parted(text, known.place.span[1], starts):
            items.known.append(known)
            end = known.place.span[1]
        else:
            break
        items.end = end
        gap = _GAP.match(text, end)
        at = gap.end() if gap else end
        if "\n" in text[end:at]:
            break
    return items


def _end_of_name(text: str, at: int, starts: Mapping[int, TimeMention | PlaceMention]) -> int:
    """Where the name at `at` ends, where a sign or a day parts it from what follows; else `at`."""
    match = _name().match(text, at)
    if match is None:
        return at
    return match.end() if _is_parted(text, match.end(), starts) else at


def _is_parted(text: str, end: int, starts: Mapping[int, TimeMention | PlaceMention]) -> bool:
    if _ENDS.match(text, end):
        return True
    after = end + 1
    known = starts.get(after)
    return (isinstance(known, TimeMention) and known.text[0].isdigit()) or _DAY.match(text, after) is not None


def _is_plain(name: str) -> bool:
    """Whether the words name no place: an English word ("Blotter"), an acronym ("UAV"), or a title."""
    words = [word.strip(".") for word in re.split(r"[\s-]+", name)]
    low = {word.lower() for word in words}
    no_place = word_set("setting", "spots", "never") | word_set("setting", "spots", "documents")
    if not low.isdisjoint(no_place) and not _is_kind(words[-1]):
        return True
    if words[0].lower() in word_set("setting", "spots", "titles") or any(c.isdigit() for c in words[0]):
        return True
    if len(words) == 1 and name.isupper() and len(name) < ACRONYM:
        return True
    return all(is_english(word.lower()) or word.isdigit() for word in words)


def _is_kind(word: str) -> bool:
    return word.lower() in word_set("setting", "spots", "kinds") | word_set("setting", "spots", "buildings")


def _places(text: str, items: _Items, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The places that the names are: in the next known place of the header, else in the one before."""
    for span in items.named:
        part = next((p for p in places if span[0] <= p.place.span[0] and p.place.span[1] <= span[1]), None)
        if part is not None and part.place.lat is not None:
            whole = part.place.model_copy(update={"text": text[slice(*span)], "span": span})
            yield PlaceMention(whole, "mention", None, part.fineness)
            continue
        holder = next((p for p in items.known if p.place.span[0] > span[0]), None)
        holder = holder or next((p for p in reversed(items.known) if p.fineness < TOWN), None)
        fineness = POINT if holder is not None and holder.fineness >= TOWN else TOWN
        place = Place(text=text[slice(*span)], span=span)
        if holder is not None:
            shared = {name: getattr(holder.place, name) for name in ("lat", "lon", "radius_km", "country", "admin1")}
            place = place.model_copy(update={**shared, "precision": "neighbourhood" if fineness == POINT else "town"})
        yield PlaceMention(place, "mention", holder.place.span if holder is not None else None, fineness)


def _day(text: str, at: int, published: dt.date | None) -> TimeMention | None:
    """A day in figures; one without a year is the last such day before the report."""
    match = _DAY.match(text, at)
    if match is None:
        return None
    month = _ROMAN.get(match["month"]) or (int(match["month"]) if match["month"].isdigit() else 0)
    year = _year(match["year"], month, int(match["day"]), published)
    try:
        day = dt.date(year, month, int(match["day"]))
    except ValueError:
        return None
    span = match.span()
    return TimeMention(span, text[slice(*span)], "date", day, day, "day", "calendar")


def _year(written: str | None, month: int, day: int, published: dt.date | None) -> int:
    if written is not None:
        year = int(written)
        return year if year >= CENTURY else year + (1900 if year >= TURN else 2000)
    if published is None:
        return 0
    return published.year if (month, day) <= (published.month, published.day) else published.year - 1


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    kinds = "|".join(sorted(word_set("setting", "spots", "kinds") | word_set("setting", "spots", "buildings")))
    short = "|".join(sorted(word_set("setting", "spots", "abbreviations")))
    small = rf"(?:of|de|del|la|las|los|le|les|al|el|du|do|da|no\.? ?\d+|{kinds}|{short})\b"
    word = r"(?:[NSEW]\.|St\.|[^\W\d_a-z][\w'’-]*\w)"
    return re.compile(rf"{word}(?:[ -](?:{word}|{small}))*")
