"""The maps: a ring for the incidents of each place, and a disc as large as it is uncertain where that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ascertain.model import Outcome
from ascertain.release.charts.svg import isolated, plain
from ascertain.release.maps.ground import bar_box, country_names_on, land_in, scale_bar, sea_and_land, with_border
from ascertain.release.maps.labels import Box, Label, placed
from ascertain.release.maps.projection import Disc, Frame, frame_around
from ascertain.release.page.counting import MOST_SPOTS, Counted, Spot, Tally
from ascertain.release.page.drawings import Drawing, lead_outcome
from ascertain.release.page.wording import PageWords

WIDTH, HEIGHT = 720.0, 460.0
_MOST, _NAMED, _FILLED = MOST_SPOTS, 40, 25
_TEXT, _TEXT_ON_PHONES = 13.0, 24.0
_LEAST_RING = 3.5
_LARGEST_RING = ((20, 22.0), (80, 15.0), (_MOST, 10.0))  # of drawings with up to so many places
_FAR_APART, _CLOSER = 900.0, 2.5
_MOST_DETAILS = 2


@dataclass(frozen=True, slots=True)
class _Mark:
    """The incidents of one place, where they are drawn."""

    name: str
    spot: Spot
    tally: Tally
    x: float
    y: float
    ring: float


def maps(counted: Counted, words: PageWords) -> Iterator[Drawing]:
    """A map of all places, and closer ones of where most incidents lie, where these are small on it."""
    spots = _most_told(counted)
    if not spots:
        return
    frame = with_border(frame_around([_disc(spot) for spot in spots], WIDTH, HEIGHT))
    details = [] if WIDTH / frame.units_per_km < _FAR_APART else _details(counted, spots, frame)
    title, outcome = words.phrase("map_title"), lead_outcome(counted)
    yield Drawing("map", title, _drawn(counted, spots, frame, title, outcome, words, details), _note(counted, words))
    for number, inner in enumerate(details, start=1):
        within = [spot for spot in spots if inner.shows(spot.lat, spot.lon)]
        name = words.phrase("map_title_detail", area=isolated(words.spot(within[0])))
        yield Drawing(f"map-{number}", name, _drawn(counted, within, inner, name, outcome, words, []), "")


def _most_told(counted: Counted) -> list[Spot]:
    return sorted(counted.spots, key=lambda spot: (-counted.spots[spot].incidents, spot))[:_MOST]


def _disc(spot: Spot) -> Disc:
    return Disc(spot.lat, spot.lon, spot.radius_km)


def _details(counted: Counted, spots: Sequence[Spot], whole: Frame) -> list[Frame]:
    """Closer frames around the cells of the whole map with most incidents, apart from each other."""
    side = _FAR_APART / 2 / 111.0
    cells: Counter[tuple[int, int]] = Counter()
    for spot in spots:
        cells[math.floor(spot.lat / side), math.floor(spot.lon / side)] += counted.spots[spot].incidents
    found: list[Frame] = []
    for row, column in sorted(cells, key=lambda cell: (-cells[cell], cell)):
        inside = [s for s in spots if (math.floor(s.lat / side), math.floor(s.lon / side)) == (row, column)]
        frame = frame_around([_disc(spot) for spot in inside], WIDTH, HEIGHT)
        apart = all(not other.shows(frame.lat, frame.lon) for other in found)
        if len(inside) > 3 and apart and frame.scale > _CLOSER * whole.scale and len(found) < _MOST_DETAILS:
            found.append(frame)
    return found


def _note(counted: Counted, words: PageWords) -> str:
    unplaced = counted.whole.incidents - counted.places.total()
    told = words.phrase("map_unplaced", incidents=words.count("incidents", unplaced)) if unplaced else ""
    note = words.phrase("map_note", unplaced=told).strip()
    if len(counted.places) <= _MOST:
        return note
    return f"{note} {words.phrase('map_more', places=words.count('places', len(counted.places)))}"


def _drawn(
    counted: Counted,
    spots: Sequence[Spot],
    frame: Frame,
    title: str,
    outcome: Outcome,
    words: PageWords,
    inner: Sequence[Frame],
) -> str:
    marks = _marks(counted, spots, frame, words)
    cut = land_in(frame)
    room = Box(4, 4, frame.width - 4, frame.height - 4)
    taken = [Box(m.x - m.ring, m.y - m.ring, m.x + m.ring, m.y + m.ring) for m in marks[:_NAMED]]
    taken.append(bar_box(frame))
    named = list({mark.name: mark for mark in reversed(marks[:_NAMED])}.values())[::-1]
    labels = tuple(_labels(named, taken, room))
    full = [*taken, *(label.box for _, label, _ in labels)]
    listed = words.charts.listed(_told(mark, outcome, words) for mark in marks[:_NAMED])
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {frame.width:g} {frame.height:g}" '
            'role="img" direction="ltr">',
            f"<title>{escape(plain(title), quote=False)}</title>",
            f"<desc>{escape(words.phrase('map_desc', list=listed), quote=False)}</desc>",
            sea_and_land(frame, cut),
            *_uncertainties(marks, frame),
            *(_inner(frame, one) for one in inner),
            country_names_on(cut, full, room, ()) if words.language == "en" else "",
            *(_ring(mark, outcome, words) for mark in marks),
            *(_label(mark, label, kind) for mark, label, kind in labels),
            scale_bar(frame),
            "</svg>",
        )
    )


def _marks(counted: Counted, spots: Sequence[Spot], frame: Frame, words: PageWords) -> list[_Mark]:
    """Those with most incidents first; a ring's area goes with how many there are."""
    most = max(counted.spots[spot].incidents for spot in spots)
    largest = next(ring for places, ring in _LARGEST_RING if len(spots) <= places)
    marks = []
    for spot in spots:
        x, y = frame.point(spot.lat, spot.lon)
        share = math.sqrt(counted.spots[spot].incidents / most) if most > 1 else 0.4
        ring = max(_LEAST_RING, largest * share)
        marks.append(_Mark(plain(words.spot(spot)), spot, counted.spots[spot], x, y, ring))
    return marks


def _uncertainties(marks: Sequence[_Mark], frame: Frame) -> Iterator[str]:
    """The discs, the largest first; where they are many they are not filled, as they would hide each other."""
    kind = "disc" if len(marks) <= _FILLED else "disc bare"
    for mark in sorted(marks, key=lambda mark: -mark.spot.radius_km):
        yield _uncertainty(mark, frame, kind)


def _uncertainty(mark: _Mark, frame: Frame, kind: str) -> str:
    disc = _disc(mark.spot)
    if disc.radius_km <= 0 or frame.is_filled_by(disc):
        return ""
    east, north = frame.radii(disc)
    return f'<ellipse class="{kind}" cx="{mark.x:.1f}" cy="{mark.y:.1f}" rx="{east:.1f}" ry="{north:.1f}"/>'


def _ring(mark: _Mark, outcome: Outcome, words: PageWords) -> str:
    return (
        f'<g class="ring" data-place="{escape(mark.name, quote=True)}">'
        f"<title>{escape(_told(mark, outcome, words), quote=False)}</title>"
        f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.ring:.1f}"/></g>'
    )


def _told(mark: _Mark, outcome: Outcome, words: PageWords) -> str:
    told = words.phrase(
        "people_told", outcome=words.name("short_outcomes", outcome), range=words.people(mark.tally.of(outcome))
    )
    incidents = words.count("incidents", mark.tally.incidents)
    place, km = isolated(mark.name), f"{mark.spot.radius_km:g}"
    return words.phrase("map_sign", place=place, km=km, incidents=incidents, told=told)


def _labels(named: Sequence[_Mark], taken: Sequence[Box], room: Box) -> Iterator[tuple[_Mark, Label, str]]:
    """Labels that a phone has room for, where letters are large; then those for wider screens and paper alone."""
    full, left = list(taken), list[_Mark]()
    wanted = [(mark.name, mark.x, mark.y) for mark in named]
    for mark, label in zip(named, placed(wanted, full, room, _TEXT_ON_PHONES), strict=True):
        if label is None:
            left.append(mark)
            continue
        full.append(label.box)
        yield mark, label, ""
    for mark, label in zip(left, placed([(one.name, one.x, one.y) for one in left], full, room, _TEXT), strict=True):
        if label is not None:
            yield mark, label, " wide"


def _label(mark: _Mark, label: Label, kind: str) -> str:
    leader = ""
    if label.led:
        across = min(max(mark.x, label.box.left), label.box.right)
        middle = (label.box.top + label.box.bottom) / 2
        leader = f'<path class="leader{kind}" d="M{mark.x:.1f},{mark.y:.1f}L{across:.1f},{middle:.1f}"/>'
    return f'{leader}<text class="name{kind}" {label.where}>{escape(label.text)}</text>'


def _inner(frame: Frame, other: Frame) -> str:
    """What a closer map shows, as a rectangle."""
    across, down = (side / 2 / other.scale * frame.scale for side in (other.width, other.height))
    x, y = frame.point(other.lat, other.lon)
    across *= frame.narrowing / other.narrowing
    size = f'width="{2 * across:.1f}" height="{2 * down:.1f}"'
    return f'<rect class="inner" x="{x - across:.1f}" y="{y - down:.1f}" {size}/>'
