"""A map as inline SVG: countries, discs, signs and their names, and a scale bar.

Names are laid out for a phone, where the drawing is narrow and its letters are large in its units. A name that has room
only among the smaller letters of a wide drawing is of the class `wide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ascertain.cli.reading_view import visible
from ascertain.cli.report_map.sites import ROLES, Site
from ascertain.model import Claim
from ascertain.release.maps.ground import Cut, bar_box, country_names_on, land_in, scale_bar, sea_and_land, with_border
from ascertain.release.maps.labels import Box, Label, apart, around, placed
from ascertain.release.maps.outlines import Point
from ascertain.release.maps.projection import Disc, Frame, frame_around

WIDTH, HEIGHT, HEIGHT_OF_OVERVIEW = 360.0, 290.0, 170.0
_NARROW_TEXT, _WIDE_TEXT = 12.0, 7.5
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
    all_of_it = with_border(
        frame_around([disc_of(site, of_country=0.0) for site in resolved], WIDTH, HEIGHT_OF_OVERVIEW)
    )
    return Map(main, shown), Map(all_of_it, tuple(site for site in resolved if site not in shown), main)


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
    )
    cut = land_in(frame)
    yield sea_and_land(frame, cut)
    ordered = sorted(part.sites, key=lambda site: -(site.place.radius_km or 0.0))
    yield "".join(_disc(site, frame) for site in ordered)
    yield _inner(part)
    yield from _names(part, cut, links)
    yield scale_bar(frame)
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


def _names(part: Map, cut: Sequence[Cut], links: Mapping[int, str]) -> Iterator[str]:
    """The signs with their names; countries are named where there is room left."""
    frame = part.frame
    finest = sorted(part.sites, key=lambda site: (site.roles[0] != "happened", site.place.radius_km or 0.0))
    true = {site.number: frame.point(*site.position) for site in finest if site.position}
    at = dict(zip(true, apart(true.values()), strict=True))
    room = Box(3, 3, frame.width - 3, frame.height - 3)
    taken = [*(around(x, y) for x, y in at.values()), bar_box(frame)]
    wanted = [(visible(site.name), *at[site.number]) for site in part.sites]
    narrow = list(placed(wanted, taken, room, _NARROW_TEXT))
    full = [*taken, *(label.box for label in narrow if label)]
    left = [name for name, label in zip(wanted, narrow, strict=True) if label is None]
    wide = placed(left, full, room, _WIDE_TEXT)
    labels = [(label, "") if label else (next(wide), " wide") for label in narrow]
    full += [label.box for label, _ in labels if label]
    yield "".join(_pointer(true[number], at[number]) for number in true)
    said = {site.place.country for site in part.sites if site.place.precision == "country"}
    yield country_names_on(cut, full, room, said)
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
    name = f'<text class="name{kind}" {label.where}>{escape(label.text)}</text>' if label else ""
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


def _end(label: Label, x: float) -> str:
    """Where a leader meets its name: at the nearest of its edges."""
    box = label.box
    across = min(max(x, box.left), box.right)
    return f"{across:.1f},{(box.top + box.bottom) / 2:.1f}"
