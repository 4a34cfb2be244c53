"""Grid references and plus codes as positions.

Source of the projection: Karney (2011), Transverse Mercator with an accuracy of a few nanometers, the series to n⁴, on
WGS 84; of the grid: NGA.STND.0037 (the scheme AA of WGS 84); of plus codes: the Open Location Code specification.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ascertain.places.geometry import Position

_A, _F = 6_378_137.0, 1 / 298.257223563
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SCALE = 0.9996
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161_280,
)
_DELTA = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_CODE = "23456789CFGHJMPQRVWX"
_GRID_ROWS, _GRID_COLUMNS = 5, 4


class Area(NamedTuple):
    """The middle of a plus code's area, and its height in degrees."""

    at: Position
    degrees: float


def utm_position(zone: int, north: bool, easting: float, northing: float) -> Position:
    """The (lat, lon) of UTM metres.

    >>> [round(degrees, 4) for degrees in utm_position(36, True, 636_000.0, 3_459_000.0)]
    [31.2573, 34.4284]
    """
    xi = (northing - (0 if north else 10_000_000)) / (_SCALE * _RADIUS)
    eta = (easting - 500_000) / (_SCALE * _RADIUS)
    xi_, eta_ = xi, eta
    for order, factor in enumerate(_BETA, 1):
        xi_ -= factor * math.sin(2 * order * xi) * math.cosh(2 * order * eta)
        eta_ -= factor * math.cos(2 * order * xi) * math.sinh(2 * order * eta)
    chi = math.asin(math.sin(xi_) / math.cosh(eta_))
    lat = chi + sum(factor * math.sin(2 * order * chi) for order, factor in enumerate(_DELTA, 1))
    lon = math.radians(zone * 6 - 183) + math.atan2(math.sinh(eta_), math.cos(xi_))
    return math.degrees(lat), math.degrees(lon)


def mgrs_position(zone_band: str, square: str, digits: str) -> tuple[Position, float] | None:
    """The middle of an MGRS square and its side in metres; `None` where there is no such square.

    >>> at, metres = mgrs_position("36R", "XV", "36005900")
    >>> [round(degrees, 3) for degrees in at], metres
    ([31.257, 34.428], 10.0)
    >>> mgrs_position("36R", "AA", "3600") is None
    True
    """
    zone, band = int(zone_band[:-1]), zone_band[-1]
    columns = _COLUMNS[(zone - 1) % 3]
    if not 1 <= zone <= 60 or square[0] not in columns or square[1] not in _ROWS:
        return None
    half = len(digits) // 2
    side = 10.0 ** (5 - half)
    easting = (columns.index(square[0]) + 1) * 100_000 + int(digits[:half]) * side + side / 2
    row = (_ROWS.index(square[1]) - (5 if zone % 2 == 0 else 0)) % 20
    within = row * 100_000 + int(digits[half:]) * side + side / 2
    south = _BANDS.index(band) * 8.0 - 80
    widest = 10 if band in "VX" else 4  # zones about Norway and Svalbard are wider
    for cycle in range(5):
        at = utm_position(zone, band >= "N", easting, within + cycle * 2_000_000)
        if south - 0.5 <= at[0] <= south + (12.5 if band == "X" else 8.5) and abs(at[1] - (zone * 6 - 183)) <= widest:
            return (round(at[0], 6), round(at[1], 6)), side
    return None


def plus_code_area(code: str) -> Area | None:
    """The area of a full plus code; `None` where it is none.

    >>> plus_code_area("8G3P7785+9M")
    Area(at=(31.2659375, 34.2591875), degrees=0.000125)
    """
    letters = code.replace("+", "")
    if len(letters) < 10 or _CODE.index(letters[0]) > 8 or _CODE.index(letters[1]) > 17:
        return None
    lat, lon, step = -90.0, -180.0, 20.0
    for at in range(0, 10, 2):
        lat, lon = lat + _CODE.index(letters[at]) * step, lon + _CODE.index(letters[at + 1]) * step
        step /= 20
    height = width = step * 20
    for letter in letters[10:]:
        height, width = height / _GRID_ROWS, width / _GRID_COLUMNS
        lat += _CODE.index(letter) // _GRID_COLUMNS * height
        lon += _CODE.index(letter) % _GRID_COLUMNS * width
    return Area((round(lat + height / 2, 7), round(lon + width / 2, 7)), round(height, 9))


def full_plus_code(short: str, near: Position) -> str | None:
    """The full plus code that a short one means near a position: the nearest of those that end so.

    >>> full_plus_code("7785+9M", (31.29, 34.25))
    '8G3P7785+9M'
    """
    missing = 8 - short.index("+")
    if missing not in (2, 4):
        return None
    step = 20.0 ** (2 - missing // 2)
    best: tuple[float, str] | None = None
    for shift_lat in (-step, 0.0, step):
        for shift_lon in (-step, 0.0, step):
            code = _prefix(near[0] + shift_lat, near[1] + shift_lon, missing) + short
            if (area := plus_code_area(code)) is not None:
                gap = math.hypot(area.at[0] - near[0], area.at[1] - near[1])
                best = min(best or (gap, code), (gap, code))
    return best[1] if best else None


def _prefix(lat: float, lon: float, letters: int) -> str:
    north, east = min(max(lat + 90, 0.0), 179.9999), (lon + 180) % 360
    found, step = "", 20.0
    for _ in range(letters // 2):
        found += _CODE[int(north // step)] + _CODE[int(east // step)]
        north, east, step = north % step, east % step, step / 20
    return found
