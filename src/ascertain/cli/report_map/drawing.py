"""A map as inline SVG: countries, discs, signs and their names, and a scale bar.

Names are laid out for a phone, where the drawing is narrow and its letters are large in its units. A name that has room
only among the smaller letters of a wide drawing is of the class `wide`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from ascertain.cli.reading_view import visible
from ascertain.cli.report_map.labels import Box, Label, apart, around, centred, placed
from ascertain.cli.report_map.outlines import Outline, Point, outlines
from ascertain.cli.report_map.projection import Disc, Frame, frame_around, scale_bar_km
from ascertain.cli.report_map.sites import ROLES, Site
from ascertain.model import Claim
from ascertain.places.tables import countries

WIDTH, HEIGHT, HEIGHT_OF_OVERVIEW = 360.0, 290.0, 170.0
_NARROW_TEXT, _WIDE_TEXT, _COUNTRY_TEXT = 12.0, 7.5, 10.0
_FINEST_STEP = 0.4
_WIDER = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)  # how many times wider an overview may become, until a border is in it
_EDGE = 0.12  # of a side: a border within that of the edge is hardly seen
_SMALLEST_NAMED = 1200.0
_WITHOUT_VIOLENCE = "Strategic developments"
_WEIGHT = ("event", "toll", "condition", "negotiation")

# Within 6 units around the middle; each differs in its form.
SIGNS: Mapping[str, str] = {
    "happened": "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0Z",
    "dateline": "M-4.8,-4.8H4.8V4.8H-4.8Z",
    "speaker": "M0,-6.2L6.2,0L0,6.2L-6.2,0Z",
    "origin": "M-5.8,-4.6H5.8L0,5.8Z",
    "destination": "M0,-5.8L5.8,4.6H-5.8Z",
    "stands_for": "M-1.7,-5.5H1.7V-1.7H5.5V1.7H1.7V5.5H-1.7V1.7H-5.5V-1.7H-1.7Z",
    "mention": "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
}


@dataclass(frozen=True, slots=True)
class Map:
    """What one drawing shows: a frame, and the sites in it; `inner` is the frame of the drawing within it."""

    frame: Frame
    sites: tuple[Site, ...]
    inner: Frame | None = None


def maps_of(sites: Iterable[Site]) -> tuple[Map, ...]:
    """The drawings of a report: where it happened, and, if that leaves places out, a wider one for those."""
    resolved = tuple(site for site in sites if site.position is not None)
    if not resolved:
        return ()
    main = frame_around([disc_of(site) for site in _first_of(resolved)], WIDTH, HEIGHT)
    shown = tuple(site for site in resolved if _is_shown(main, site))
    if len(shown) == len(resolved):
        return (Map(main, shown),)
    all_of_it = _with_border(
        frame_around([disc_of(site, of_country=0.0) for site in resolved], WIDTH, HEIGHT_OF_OVERVIEW)
    )
    return Map(main, shown), Map(all_of_it, tuple(site for site in resolved if site not in shown), main)


def _with_border(frame: Frame) -> Frame:
    """A frame wide enough to show a border or coast, without which nobody sees where on the globe it lies."""
    for widened in (replace(frame, scale=frame.scale / step) for step in _WIDER):
        if any(
            _is_inside(point, widened) for outline in outlines() for ring in _cut(outline, widened) for point in ring
        ):
            return widened
    return frame


def _is_inside(point: Point, frame: Frame) -> bool:
    across, down = frame.width * _EDGE, frame.height * _EDGE
    return across < point[0] < frame.width - across and down < point[1] < frame.height - down


def disc_of(site: Site, of_country: float | None = None) -> Disc:
    """The disc that the true place lies in; a country's may be given another radius."""
    lat, lon = site.position or (0.0, 0.0)
    is_country = site.place.precision == "country"
    radius = of_country if is_country and of_country is not None else site.place.radius_km or 0.0
    return Disc(lat, lon, radius)


def _first_of(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites that the main map must show: where it happened, events before talks; what is finer than a country."""
    kinds = {site: {_kind(claim) for claim in site.claims} for site in sites}
    happened = next(
        (found for kind in _WEIGHT if (found := [site for site in sites if kind in kinds[site]])), _near(sites)
    )
    return tuple(site for site in happened if site.place.precision != "country") or tuple(happened)


def _near(sites: tuple[Site, ...]) -> list[Site]:
    """The sites but for capitals that stand for a government, which may be anywhere."""
    return [site for site in sites if site.roles != ("stands_for",)] or list(sites)


def _kind(claim: Claim) -> str:
    """The kind of a claim; an event without violence, such as an agreement, weighs no more than talks."""
    if claim.kind == "event" and claim.acled is not None and claim.acled.event_type == _WITHOUT_VIOLENCE:
        return "negotiation"
    return claim.kind


def _is_shown(frame: Frame, site: Site) -> bool:
    return site.position is not None and frame.shows(*site.position)


def drawn(part: Map, key: str, title: str, links: Mapping[int, str]) -> Iterator[str]:
    """The SVG of a map; `key` begins the ids within it, and `links` tells where each site's sign leads."""
    frame = part.frame
    yield (
        f'<svg viewBox="0 0 {frame.width:g} {frame.height:g}" role="group" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(_told(part))}</desc>'
        f'<rect class="sea" width="{frame.width:g}" height="{frame.height:g}"/>'
    )
    cut = [(outline, ring) for outline in outlines() for ring in _cut(outline, frame)]
    yield "".join(f'<path class="land" d="{_path(ring)}"/>' for _, ring in cut)
    ordered = sorted(part.sites, key=lambda site: -(site.place.radius_km or 0.0))
    yield "".join(_disc(site, frame) for site in ordered)
    yield _inner(part)
    yield from _names(part, cut, links)
    yield _scale_bar(frame)
    yield "</svg>"


def _told(part: Map) -> str:
    names = ", ".join(visible(site.name) for site in part.sites)
    return (
        f"North is up. Signs stand for {names}; discs are as large as it is uncertain where the place is. "
        "The table of places tells the same in words."
    )


def _disc(site: Site, frame: Frame) -> str:
    disc = disc_of(site)
    if disc.radius_km <= 0 or frame.is_filled_by(disc):
        return ""
    (x, y), (east, north) = frame.point(disc.lat, disc.lon), frame.radii(disc)
    return (
        f'<ellipse class="disc {_precise(site)} is-{site.roles[0]} s{site.number}" '
        f'cx="{x:.1f}" cy="{y:.1f}" rx="{east:.1f}" ry="{north:.1f}"/>'
    )


def _precise(site: Site) -> str:
    return "of-country" if site.place.precision == "country" else "of-site"


def _inner(part: Map) -> str:
    """What the other map shows, as a rectangle."""
    if part.inner is None:
        return ""
    across, down = (side / 2 / part.inner.scale * part.frame.scale for side in (part.inner.width, part.inner.height))
    x, y = part.frame.point(part.inner.lat, part.inner.lon)
    across *= part.frame.narrowing / part.inner.narrowing
    return (
        f'<rect class="inner" x="{x - across:.1f}" y="{y - down:.1f}" '
        f'width="{2 * across:.1f}" height="{2 * down:.1f}"/>'
    )


def _names(part: Map, cut: Sequence[tuple[Outline, Sequence[Point]]], links: Mapping[int, str]) -> Iterator[str]:
    """The signs with their names; countries are named where there is room left."""
    frame = part.frame
    finest = sorted(part.sites, key=lambda site: (site.roles[0] != "happened", site.place.radius_km or 0.0))
    true = {site.number: frame.point(*site.position) for site in finest if site.position}
    at = dict(zip(true, apart(true.values()), strict=True))
    room = Box(3, 3, frame.width - 3, frame.height - 3)
    taken = [*(around(x, y) for x, y in at.values()), _bar_box(frame)]
    wanted = [(visible(site.name), *at[site.number]) for site in part.sites]
    narrow = list(placed(wanted, taken, room, _NARROW_TEXT))
    full = [*taken, *(label.box for label in narrow if label)]
    left = [name for name, label in zip(wanted, narrow, strict=True) if label is None]
    wide = placed(left, full, room, _WIDE_TEXT)
    labels = [(label, "") if label else (next(wide), " wide") for label in narrow]
    full += [label.box for label, _ in labels if label]
    yield "".join(_pointer(true[number], at[number]) for number in true)
    yield "".join(_country(label) for label in _country_labels(cut, full, room, part.sites))
    for site, (label, kind) in reversed(list(zip(part.sites, labels, strict=True))):
        x, y = at[site.number]
        yield _sign(site, x, y, label, kind, links[site.number])


def _pointer(true: Point, drawn_at: Point) -> str:
    """From a sign that had to give way to another, to where its place is."""
    if true == drawn_at:
        return ""
    (x, y), (left, top) = true, drawn_at
    return f'<path class="leader" d="M{x:.1f},{y:.1f}L{left:.1f},{top:.1f}"/>'


def _sign(site: Site, x: float, y: float, label: Label | None, kind: str, link: str) -> str:
    role = site.roles[0]
    name = f'<text class="name{kind}" {_at(label)}>{escape(label.text)}</text>' if label else ""
    leader = f'<path class="leader{kind}" d="M{x:.1f},{y:.1f}L{_end(label, x)}"/>' if label and label.led else ""
    return (
        f'<a class="sign is-{role} s{site.number}" href="#{link}"><title>{escape(told_in_short(site))}</title>'
        f'{leader}<circle class="hit" cx="{x:.1f}" cy="{y:.1f}" r="12"/>'
        f'<g transform="translate({x:.1f},{y:.1f})"><path class="form" d="{SIGNS[role]}"/></g>{name}</a>'
    )


def told_in_short(site: Site) -> str:
    """A place in one line: its name, how surely it is known, and what it does.

    >>> from ascertain.cli.report_map.sites import Naming
    >>> from ascertain.model import Place
    >>> place = Place(text="Zurmi", span=(0, 5), lat=12.8, lon=6.8, radius_km=5, precision="town", country="NG")
    >>> told_in_short(Site(1, (Naming(place, "happened"),)))
    'Zurmi, town, within 5 km, NG: where it happened'
    """
    place = site.place
    radius = None if place.radius_km is None else f"within {place.radius_km:g} km"
    known = [part for part in (place.precision, radius, place.country) if part]
    where = known if site.position else ["position not known"]
    return f"{', '.join((visible(site.name), *where))}: {', '.join(ROLES[role] for role in site.roles)}"


def _at(label: Label) -> str:
    return f'x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="{label.anchor}"'


def _end(label: Label, x: float) -> str:
    """Where a leader meets its name: at the nearest of its edges."""
    box = label.box
    across = min(max(x, box.left), box.right)
    return f"{across:.1f},{(box.top + box.bottom) / 2:.1f}"


def _country(label: Label) -> str:
    return f'<text class="country" {_at(label)}>{escape(label.text)}</text>'


def _country_labels(
    cut: Sequence[tuple[Outline, Sequence[Point]]], taken: Sequence[Box], room: Box, sites: Sequence[Site]
) -> Iterator[Label]:
    """The names of the countries that are large enough here and no site, in the middle of what is seen of them."""
    said = {site.place.country for site in sites if site.place.precision == "country"}
    largest: dict[str, tuple[float, Point]] = {}
    for outline, ring in cut:
        if outline.code and outline.code not in said:
            largest[outline.code] = max(largest.get(outline.code, (0.0, (0.0, 0.0))), _middle(ring))
    full = list(taken)
    for code, (area, (x, y)) in sorted(largest.items(), key=lambda pair: (-pair[1][0], pair[0])):
        name = _country_names().get(code)
        if name is None or area < _SMALLEST_NAMED:
            continue
        label = centred(name, x, y, _COUNTRY_TEXT)
        if label.box.lies_in(room) and not any(label.box.overlaps(box) for box in full):
            full.append(label.box)
            yield label


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    return {country.code: country.name for country in countries()}


def _middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """The area of a ring and its middle."""
    doubled = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        doubled, x, y = doubled + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (abs(doubled) / 2, (x / (3 * doubled), y / (3 * doubled))) if doubled else (0.0, ring[0])


def _cut(outline: Outline, frame: Frame) -> Iterator[list[Point]]:
    """The parts of an outline that a drawing shows, in its units; the globe comes round again after 360 degrees."""
    west, east = outline.west_to_east
    south, north = outline.south_to_north
    for turn in (-360.0, 0.0, 360.0):
        left, top = frame.flat(west + turn, north)
        right, bottom = frame.flat(east + turn, south)
        if left > frame.width or right < 0 or top > frame.height or bottom < 0:
            continue
        ring = _clipped([frame.flat(lon + turn, lat) for lon, lat in outline.ring], frame)
        if len(ring) > 2:
            yield ring


def _clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """The part of a ring within the drawing and a little around it (Sutherland and Hodgman 1974)."""
    for axis, limit, side in ((0, -4.0, 1), (0, frame.width + 4, -1), (1, -4.0, 1), (1, frame.height + 4, -1)):
        kept: list[Point] = []
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
            inside, was_inside = ((one[axis] - limit) * side >= 0 for one in (point, before))
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if inside:
                kept.append(point)
        ring = kept
        if not ring:
            break
    return ring


def _path(ring: Sequence[Point]) -> str:
    last = ring[0]
    steps = [f"M{last[0]:.1f},{last[1]:.1f}"]
    for point in ring[1:]:
        if math.dist(point, last) >= _FINEST_STEP:
            steps.append(f"L{point[0]:.1f},{point[1]:.1f}")
            last = point
    return f"{''.join(steps)}Z"


def _bar_box(frame: Frame) -> Box:
    return Box(0, frame.height - 24, 14 + scale_bar_km(frame) * frame.units_per_km, frame.height)


def _scale_bar(frame: Frame) -> str:
    km = scale_bar_km(frame)
    long, base = km * frame.units_per_km, frame.height - 7
    return (
        f'<path class="bar" d="M7,{base - 4:g}V{base:g}H{7 + long:.1f}V{base - 4:g}"/>'
        f'<text class="scale" x="10" y="{base - 3:g}">{km:,g} km</text>'
    )
