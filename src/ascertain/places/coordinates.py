"""Positions written in the text: decimal degrees, degrees with minutes and seconds, MGRS, plus codes, links to maps.

In: a text. Out: `Written`s, each a span with its position and how exact its digits make it. What only looks like one is
refused: versions, scores, telephone numbers, codes without a grid zone, positions off the globe.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ascertain.model import Span
from ascertain.places.geometry import KM_PER_DEGREE, Position
from ascertain.places.grid import mgrs_position, plus_code_area
from ascertain.places.lexicon import lexicon

_SMALLEST_KM = 0.01

_DIGITS = r"(?<![\w.,+\-−–])[+\-−]?\d{1,3}\.\d{2,9}"
_PAIR = re.compile(
    rf"(?P<lat>{_DIGITS})\s*°?\s*(?:(?P<ns>[NSns])\b)?\s*(?:[,;/]\s*|\s+)"
    r"(?P<lon>[+\-−]?\d{1,3}\.\d{2,9})\s*°?\s*(?:(?P<ew>[EWew])\b)?(?![\w%°]|[.,]\d)"
)
_HEMISPHERES = re.compile(
    r"(?<![\w.])(?P<lat>\d{1,2}(?:\.\d+\s*°?|\s*°))\s*(?P<ns>[NS])\s*[,;/]?\s*"
    r"(?P<lon>\d{1,3}(?:\.\d+\s*°?|\s*°))\s*(?P<ew>[EW])(?!\w)"
)
_COMMAS = re.compile(
    r"(?<![\w.,+\-−–])(?P<lat>[+\-−]?\d{1,2},\d{1,9})\s*°?\s*(?:(?P<ns>[NSns])\b)?\s*[;/]\s*"
    r"(?P<lon>[+\-−]?\d{1,3},\d{1,9})\s*°?\s*(?:(?P<ew>[EWew])\b)?(?![\w%°]|[.,]\d)"
)
_BRACKETED = re.compile(
    r"[(\[]\s*(?P<lat>[+\-−]?\d{1,2}\.\d{1,9})\s*°?\s*(?P<ns>)[,;]\s*(?P<lon>[+\-−]?\d{1,3}\.\d{1,9})\s*°?\s*(?P<ew>)[)\]]"
)
_SPACED = re.compile(
    r"(?<![\w.,-])(?P<lat>\d{1,2})[ -](?P<latm>\d{2}(?:\.\d+)?)(?:[ -](?P<lats>\d{2}(?:\.\d+)?))?\s?"
    r"(?P<ns>[NS])\s?[,;/]?\s?(?P<lon>\d{1,3})[ -](?P<lonm>\d{2}(?:\.\d+)?)"
    r"(?:[ -](?P<lons>\d{2}(?:\.\d+)?))?\s?(?P<ew>[EW])(?!\w)"
)
_RUN_TOGETHER = re.compile(
    r"(?<![\w.,-])(?P<lat>\d{2})(?P<latm>\d{2})(?P<lats>\d{2})?(?P<ns>[NS])\s?[,;/]?\s?"
    r"(?P<lon>\d{3})(?P<lonm>\d{2})(?P<lons>\d{2})?(?P<ew>[EW])(?!\w)"
)
_LED = re.compile(
    r"(?<!\w)(?P<ns>[NS])\s?(?P<lat>\d{1,2}\.\d{2,9})°?\s*[,;/]?\s*(?P<ew>[EW])\s?(?P<lon>\d{1,3}\.\d{2,9})°?(?![\w.]\d)"
)
_LABELLED = re.compile(
    r"(?<!\w)lat(?:itude)?\.?\s*[:=]?\s*(?P<lat>[+\-−]?\d{1,2}\.\d{1,9})\s*°?\s*(?:(?P<ns>[NSns])\b)?\s*[,;/]?\s*(?:and\s+)?"
    r"lon(?:g|gitude)?\.?\s*[:=]?\s*(?P<lon>[+\-−]?\d{1,3}\.\d{1,9})\s*°?\s*(?:(?P<ew>[EWew])\b)?(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_ANGLE = r"{d}\s*[°º]\s*(?P<{m}>\d{{1,2}}(?:\.\d+)?)\s*['′’]\s*(?:(?P<{s}>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|″|''|’’|”)\s*)?"
_SEXAGESIMAL = re.compile(
    r"(?<![\w.])(?P<lat>\d{1,2})" + _ANGLE.format(d="", m="latm", s="lats") + r"(?P<ns>[NS])\s*[,;/]?\s*(?:and\s+)?"
    r"(?P<lon>\d{1,3})" + _ANGLE.format(d="", m="lonm", s="lons") + r"(?P<ew>[EW])(?!\w)"
)
_MGRS = re.compile(
    r"(?<![\w-])(?P<zone>\d{1,2}[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z]{2})\s?(?P<digits>\d{2,5}\s\d{2,5}|\d{4,10})(?![\w-])"
)
_PLUS = re.compile(r"(?<![\w+])(?P<code>[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3})(?![\w+])")
_NUMBER = r"(?P<lat>[+-]?\d{1,2}(?:\.\d+)?)(?:,|%2C)(?:\+|%20)?(?P<lon>[+-]?\d{1,3}(?:\.\d+)?)"
_TAIL = r"[^\s<>\"')]*"
_GOOGLE = r"https?://(?:www\.|maps\.)?google\.[a-z.]+/(?:maps)?[^\s<>\"]*?"
_CENTRE = r"(?:@|[?&](?:q|ll|query|center|destination)=(?:loc:)?)"
_PIN = r"!3d(?P<lat>-?\d{1,2}(?:\.\d+)?)!4d(?P<lon>-?\d{1,3}(?:\.\d+)?)"
_LINKS = (  # of one link the first that reads it: a map's pin goes before the middle of the screen
    re.compile(_GOOGLE + _PIN + _TAIL),
    re.compile(_GOOGLE + _CENTRE + _NUMBER + _TAIL),
    re.compile(
        r"https?://(?:www\.)?(?:openstreetmap\.org|osm\.org)/[^\s<>\"')]*?"
        r"(?:#map=\d+/(?P<lat>-?\d{1,2}(?:\.\d+)?)/(?P<lon>-?\d{1,3}(?:\.\d+)?)|"
        r"mlat=(?P<mlat>-?\d{1,2}(?:\.\d+)?)&(?:amp;)?mlon=(?P<mlon>-?\d{1,3}(?:\.\d+)?))[^\s<>\"')]*"
    ),
    re.compile(rf"\bgeo:{_NUMBER}(?:[;?][^\s<>\"')]*)?"),
)
_NOT_A_PLACE = re.compile(
    r"(?:versions?|release|v|scores?|scored|rates?|ratio|between|from|odds|prices?|index|averages?|cpi|gdp)\s*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\s*(?:euros?|dollars?|pounds?|points?|per\s?cent|percent|million|billion|[A-Z]{3}\b|[€$£%])")
_AMOUNT_OF = re.compile(r"\s+(?:[a-z]+\s+)?(?:votes?|people|persons|were|fled|families)\b")
_LED_BY = re.compile(r"(?:coordinates?|position|located|geolocat\w+|lat\w*|gps)\W*(?:\w+\W+)?\(?$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+)\W*$")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_THOUSANDS = 3  # decimals after a comma that may as well part thousands


class Written(NamedTuple):
    """A position in the text, off by at most `radius_km`.

    A `short_code` has one only near the town told with it. A `doubtful` one is none unless the place named right before
    lies there.
    """

    span: Span
    at: Position
    radius_km: float
    short_code: str | None = None
    doubtful: bool = False


def written_positions(text: str) -> tuple[Written, ...]:
    """The positions that a text gives in figures, in order and apart from each other.

    >>> [(one.at, one.radius_km) for one in written_positions("A body lay at 31.25864, 34.28244 for days.")]
    [((31.25864, 34.28244), 0.01)]
    >>> written_positions("Version 31.25, 34.28 won by 12.50, 13.75 points")
    ()
    """
    if not any(map(str.isdigit, text)):
        return ()
    taken = 0
    found: list[Written] = []
    for one in sorted(_candidates(text), key=lambda one: (one.span[0], -one.span[1])):
        if one.span[0] >= taken:
            found.append(one)
            taken = one.span[1]
    return tuple(found)


def _candidates(text: str) -> Iterator[Written]:
    for pattern in _LINKS:
        yield from _read(pattern, text, _linked)
    for pattern in (_SEXAGESIMAL, _SPACED, _RUN_TOGETHER):
        yield from _read(pattern, text, _sexagesimal)
    yield from _read(_LABELLED, text, _labelled)
    for pattern in (_PAIR, _HEMISPHERES, _LED, _COMMAS):
        yield from _read(pattern, text, _decimal)
    yield from _read(_BRACKETED, text, _bracketed)
    yield from _read(_MGRS, text, _grid)
    yield from _read(_PLUS, text, _plus)


def _read(pattern: re.Pattern[str], text: str, reader: Callable[[re.Match[str]], Written | None]) -> Iterator[Written]:
    for match in pattern.finditer(text):
        if (one := reader(match)) is not None:
            yield one


def _decimal(match: re.Match[str]) -> Written | None:
    lat, lon = match["lat"], match["lon"]
    hemispheres = bool(match["ns"]) or bool(match["ew"])
    if hemispheres and not (match["ns"] and match["ew"]):
        return None
    if not hemispheres and (min(_decimals(lat), _decimals(lon)) < 2 or not _may_be_bare(match)):
        return None
    return _labelled(match)


def _bracketed(match: re.Match[str]) -> Written | None:
    """A pair in brackets: a position where a word for being somewhere leads it, else in doubt."""
    before = _sentence_before(match)
    if _speaks_of_numbers(before) or _AMOUNT.match(match.string, match.end()):
        return None
    found = _labelled(match)
    if found is None:
        return None
    span = (match.start("lat"), match.end("lon"))
    return found._replace(span=span, doubtful=_last_word(before) not in lexicon().before_position)


def _labelled(match: re.Match[str]) -> Written | None:
    """A position whose figures are told to be one."""
    lat, lon = match["lat"], match["lon"]
    north = _signed(lat) * (-1 if (match["ns"] or "N").upper() == "S" else 1)
    east = _signed(lon) * (-1 if (match["ew"] or "E").upper() == "W" else 1)
    return _position(match.span(), north, east, 10.0 ** -min(_decimals(lat), _decimals(lon)))


def _may_be_bare(match: re.Match[str]) -> bool:
    """Whether two bare decimals read as a position: with four decimals always, with fewer only where words say so."""
    decimals = min(_decimals(match["lat"]), _decimals(match["lon"]))
    before = match.string[max(0, match.start() - 30) : match.start()]
    if _NOT_A_PLACE.search(before) or _AMOUNT.match(match.string, match.end()):
        return False
    if "," in match["lat"] and decimals < 4 and _decimals(match["lat"]) == _THOUSANDS:
        return False
    if decimals >= 4 and not _AMOUNT_OF.match(match.string, match.end()):
        return True
    return _LED_BY.search(before) is not None


def _sentence_before(match: re.Match[str]) -> str:
    """The words of the sentence before a match, as far as they may say what its figures are."""
    return _SENTENCE_END.split(match.string[max(0, match.start() - 60) : match.start()])[-1]


def _last_word(before: str) -> str:
    word = _LAST_WORD.search(before)
    return word[1].lower() if word else ""


def _speaks_of_numbers(before: str) -> bool:
    """Whether the words before figures say that they are prices, scores or numbers of things."""
    words = lexicon().before_number
    return any(word.strip(".,:;#").lower() in words for word in before.split())


def _sexagesimal(match: re.Match[str]) -> Written | None:
    minutes = [float(match[name] or 0) for name in ("latm", "lats", "lonm", "lons")]
    if max(minutes) >= 60:
        return None
    north = (int(match["lat"]) + minutes[0] / 60 + minutes[1] / 3600) * (-1 if match["ns"] == "S" else 1)
    east = (int(match["lon"]) + minutes[2] / 60 + minutes[3] / 3600) * (-1 if match["ew"] == "W" else 1)
    finest = match["lats"] or match["latm"]
    unit = (1 / 3600 if match["lats"] else 1 / 60) * 10.0 ** -_decimals(finest)
    return _position(match.span(), round(north, 6), round(east, 6), unit)


def _linked(match: re.Match[str]) -> Written | None:
    groups = match.groupdict()
    lat, lon = groups.get("lat") or groups.get("mlat"), groups.get("lon") or groups.get("mlon")
    if lat is None or lon is None:
        return None
    end = match.end() - len(match[0]) + len(match[0].rstrip(".,;:!?"))
    blur = 10.0 ** -min(_decimals(lat), _decimals(lon))
    return _position((match.start(), end), float(lat), float(lon), blur)


def _grid(match: re.Match[str]) -> Written | None:
    figures = match["digits"].split()
    if len(figures) == 2 and len(figures[0]) != len(figures[1]):
        return None
    digits = "".join(figures)
    found = mgrs_position(match["zone"], match["square"], digits) if len(digits) % 2 == 0 else None
    if found is None or not _is_told_as_grid(match):
        return None
    at, metres = found
    return _position(match.span(), *at, metres / 2 / 1000 / KM_PER_DEGREE)


def _is_told_as_grid(match: re.Match[str]) -> bool:
    """Whether the words around let figures be a grid reference, which numbers of orders and parts look like."""
    before = _sentence_before(match)
    if _speaks_of_numbers(before):
        return False
    return (
        not before.strip(" \t([:") or before.rstrip()[-1:] in "([:" or _last_word(before) in lexicon().before_position
    )


def _plus(match: re.Match[str]) -> Written | None:
    code = match["code"]
    if not any(map(str.isdigit, code)) or not any(map(str.isalpha, code)):
        return None
    if len(code.split("+")[0]) < 8:
        return Written(match.span(), (0.0, 0.0), _SMALLEST_KM, code)
    area = plus_code_area(code)
    return _position(match.span(), area.at[0], area.at[1], area.degrees / 2) if area else None


def _position(span: Span, lat: float, lon: float, blur: float) -> Written | None:
    """A position whose figures are off by at most `blur` degrees, each way; none off the globe or at its origin."""
    if abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):
        return None
    radius = max(_SMALLEST_KM, round(blur * KM_PER_DEGREE * math.sqrt(2), 3))
    return Written(span, (round(lat, 6), round(lon, 6)), radius)


def _signed(number: str) -> float:
    return float(number.replace("−", "-").replace(",", ".").rstrip("° "))


def _decimals(number: str) -> int:
    return len(number.replace(",", ".").partition(".")[2].rstrip("° "))
