"""All times in a text, found in one pass."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from ascertain.times.days import plus
from ascertain.times.forms import Joiner, Language, Lead
from ascertain.times.language import language as load
from ascertain.times.meaning import MEANINGS
from ascertain.times.mention import Role, TimeMention
from ascertain.times.said import BACK, BACK_FROM_LATER, Frame, Meaning, Said
from ascertain.times.scan import Found, scan
from ascertain.times.tokens import WORD, Tokens, tokenise

_ROLES: Mapping[Lead | None, Role] = {
    "since": "since",
    "after": "since",
    "until": "until",
    "by": "until",
    "before": "until",
    "so_far": "duration",
}
_JOINABLE = frozenset(
    ("date", "days", "numeric", "month", "month_part", "year", "year_part", "weekday", "weekday_in_week", "near")
)
_SHIFTED = frozenset(("date", "days", "month", "month_part", "weekday"))
"""Meanings whose first date, in a span, is the latest one before the second."""
_HALF_A_YEAR = 183
_PLAN_REACH, _PLAN_DAYS = 12, 100
"""How many words after "will" a date is still of the plan, and how many days ahead it may lie if it has no year."""
_REACH = 6
"""How many words may stand between "since the start of" and the date that it names."""


def find_times(text: str, published: dt.date | None = None, *, language: str = "en") -> tuple[TimeMention, ...]:
    """The times that a text mentions, in order, without overlap.

    Args:
        text: any text; spans count its code points.
        published: the date of the report, if known; without it "yesterday" has no days.
        language: the code of the language whose words to use.

    Raises:
        DataFileError: the language has no data file, or it has a fault.

    >>> times = find_times("On 7 October 2023, and again two days later.")
    >>> [(time.text, time.start and time.start.isoformat(), time.offset_days) for time in times]
    [('On 7 October 2023', '2023-10-07', None), ('two days later', None, (2, 2))]
    >>> find_times("He was hit yesterday.", dt.date(2024, 3, 1))[0].start
    datetime.date(2024, 2, 29)
    """
    words = load(language)
    tokens = tokenise(text, words.vocabulary, words.capital)
    found = list(scan(tokens, words))
    frame = Frame(published, limit=published, month_first=_month_first(found))
    if published is None:
        frame = replace(frame, context=_first_full(found, frame), back=BACK_FROM_LATER)
    return tuple(_Reader(text, tokens, words, frame).read(found))


def _first_full(found: Sequence[Found], frame: Frame) -> dt.date | None:
    """The first date with its year: what the dates before it hang on where the report has no date."""
    for one in found:
        meaning = MEANINGS[one.form.rule.means](Said(one.slots, one.form.rule, frame))
        if meaning and meaning.full and meaning.days and meaning.precision != "year":
            return meaning.days[0]
    return None


@dataclass
class _Reader:
    """Reads what was found in order, and keeps the dates that later ones hang on."""

    text: str
    tokens: Tokens
    words: Language
    frame: Frame

    def read(self, found: Sequence[Found]) -> Iterator[TimeMention]:
        """The mentions, those that are joined to a span as one."""
        index = 0
        while index < len(found):
            pair = found[index : index + 2]
            mention = self._joined(*pair) if len(pair) == 2 else None
            index += 2 if mention else 1
            mention = mention or self._single(pair[0])
            if mention:
                yield mention

    def _single(self, one: Found) -> TimeMention | None:
        attributive = self._attributive(one)
        lead = None if attributive and one.lead in ("before", "after", "by") else one.lead
        meaning = self._meaning(one, self._ahead(one, lead, attributive))
        if meaning is None:
            return None
        self._remember(meaning, lead)
        start = one.start if lead == one.lead else one.lead_end
        return self._mention(start, one.end, meaning, self._lead(one, lead))

    def _ahead(self, one: Found, lead: Lead | None, attributive: bool) -> Frame:
        """The frame of words that may point past the report: "until Friday", "will meet on Friday"."""
        if lead in ("until", "by", "before"):
            return replace(self.frame, slack=_HALF_A_YEAR, future=lead == "until")
        row = self.tokens.codes[max(0, one.start - _PLAN_REACH) : one.start]
        if lead or attributive or not self.words.planned.search(row):
            return self.frame
        return replace(self.frame, slack=_PLAN_DAYS, future=True)

    def _attributive(self, one: Found) -> bool:
        """Whether the date only tells which event: "after Tuesday's attack", "before the October 7 attacks"."""
        following = self.tokens.codes[one.end : one.end + 1]
        possessive = self.tokens.words(one.end, one.end + 2) == ("'", "s")
        return possessive or following == WORD or following in self.words.events

    def _lead(self, one: Found, lead: Lead | None) -> Lead | None:
        """The lead that counts: "from" alone says no more than "of", unless "on" or "onwards" follow."""
        onwards = self.tokens.words(one.end, one.end + 1)
        return ("since" if onwards and onwards[0] in self.words.onwards else None) if lead == "from" else lead

    def _joined(self, one: Found, two: Found) -> TimeMention | None:
        """The two as a span ("from 3 March to 5 April") or as a start ("since the start of the war on 7 October")."""
        gap = self.tokens.codes[one.end : two.core]
        if one.form.rule.means == "undated" and one.form.rule.role == "since":
            return self._dated_start(one, two, gap)
        if {one.form.rule.means, two.form.rule.means} - _JOINABLE or one.lead not in (None, "from", "between"):
            return None
        kind: Joiner = "between" if one.lead == "between" else "other"
        if not self.words.joiners[kind].fullmatch(gap):
            return None
        first, second = self._both(one, two)
        if first is None or second is None or not _in_order(first, second):
            return None
        self._remember(second, None)
        days = (first.days[0], second.days[1]) if first.days and second.days else None
        anchor = second.anchor if first.anchor == second.anchor else "report"
        return self._mention(one.start, two.end, Meaning(days, "span", anchor), None)

    def _both(self, one: Found, two: Found) -> tuple[Meaning | None, Meaning | None]:
        """Both ends of a span; the one without a year takes it from the other."""
        first = self._meaning(one, self.frame)
        if first and first.full and first.days:
            return first, self._meaning(two, replace(self.frame, floor=first.days[0]))
        second = self._meaning(two, self.frame)
        if second and second.days and one.form.rule.means in _SHIFTED and second.anchor == (first and first.anchor):
            first = self._meaning(one, replace(self.frame, context=None, limit=second.days[1], slack=0))
        return first, second

    def _dated_start(self, one: Found, two: Found, gap: str) -> TimeMention | None:
        between = self.tokens.codes[one.end : two.start]
        near = len(between) <= _REACH and not set(between) & self.words.ending
        if two.lead or not (near or self.words.joiners["since"].fullmatch(gap)):
            return None
        meaning = self._meaning(two, self.frame)
        if meaning is None or meaning.anchor != "calendar":
            return None
        self._remember(meaning, "since")
        return self._mention(one.start, two.end, meaning, "since")

    def _meaning(self, one: Found, frame: Frame) -> Meaning | None:
        return MEANINGS[one.form.rule.means](Said(one.slots, one.form.rule, frame))

    def _remember(self, meaning: Meaning, lead: Lead | None) -> None:
        if meaning.anchor != "calendar" or not meaning.days or meaning.precision == "year":
            return
        self.frame = replace(self.frame, latest=meaning.days[1])
        if meaning.full and (lead != "since" or self.frame.context is None):
            self.frame = replace(self.frame, context=meaning.days[1], back=BACK)

    def _mention(self, start: int, end: int, meaning: Meaning, lead: Lead | None) -> TimeMention:
        span = self.tokens.span(start, end)
        role = _ROLES.get(lead, "date") if meaning.role == "date" else meaning.role
        first, last = _sides(meaning, lead if role != "duration" or lead == "so_far" else None, self.frame.published)
        words = self.text[slice(*span)]
        return TimeMention(span, words, role, first, last, meaning.precision, meaning.anchor, meaning.offset)


def _in_order(first: Meaning, second: Meaning) -> bool:
    return not (first.days and second.days) or first.days[0] <= second.days[1]


def _sides(meaning: Meaning, lead: Lead | None, published: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The known sides of a period, as the word before the date says."""
    if meaning.days is None:
        return None, None
    first, last = meaning.days
    if lead in ("since", "after") or meaning.role == "since":
        return (last if lead == "after" else first), None
    if lead in ("until", "by"):
        return None, last
    if lead == "before":
        return None, plus(first, -1)
    if lead == "so_far" and published is not None:
        last = max(first, min(last, published))
    return (None if meaning.open_start else first), last


def _month_first(found: list[Found]) -> bool:
    """Whether the dates in digits of a text can only be read with the month first."""
    numerics = [cast(str, one.slots["numeric"]) for one in found if "numeric" in one.slots]
    heads = [tuple(int(part) for part in re.split(r"\D", word)[:2]) for word in numerics if not word[2:4].isdigit()]
    return any(second > 12 for _, second in heads) and not any(first > 12 for first, _ in heads)
