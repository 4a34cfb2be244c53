"""Places marked in a text by hand: which names are found, and where the names are put.

Recognition compares spans: exact, and by overlap. A demonym ("Turkish") that the set marks is left out, since it is no
place of an event; `recognition_with_demonyms` counts it as due. A set that marks a name at one use and not at
another is taken as it is, as published evaluations do; `recognition_marked` passes over what is found at the unmarked
uses of a name that the report has marked elsewhere.

Resolution puts the marked names themselves (`ascertain.places.locate`): the share within 161 km (100 miles), and the
mean, median and area under the curve of the errors, where AUC is the mean of ln(1 + km) / ln(1 + 20,039) (Gritta et al.
2018). A name that is put nowhere counts as 20,039 km off, half the equator: nothing is left out. End to end, a found
name is right where it overlaps a marked one and lies within 161 km of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ascertain.model import Place, Report, Span
from ascertain.places import locate, name_places
from scorers.airwars import kilometres
from scorers.passages import around
from scorers.tally import Outcome, Sheet, Tally, hit

NEAR_KM = 161.0
FARTHEST_KM = 20_039.0

Marked = Mapping[str, Any]


def score(report: Report, answer: Mapping[str, Any]) -> Outcome:
    """Score what is found in the report, and where the marked names are put, against the places marked by hand."""
    marked = sorted(answer["places"], key=lambda place: place["span"])
    sheet = Sheet(report.id)
    _recognition(sheet, report, marked)
    _resolution(sheet, report, marked)
    return sheet.outcome()


def _recognition(sheet: Sheet, report: Report, marked: list[Marked]) -> None:
    due = [place for place in marked if not place["demonym"]]
    demonyms = [place for place in marked if place["demonym"]]
    found = name_places(report.text)
    given = [place for place in found if not any(_touch(place.span, other["span"]) for other in demonyms)]
    spans = {tuple(place["span"]) for place in due}
    exact = sum(place.span in spans for place in given)
    pairs = _pairs(given, due)
    right = sum(_is_near(place, other) for place, other in pairs)
    unpaired = [place for place in given if not any(place is one for one, _ in pairs)]
    words = {place["text"] for place in marked}
    repeats = sum(place.text in words for place in unpaired)
    sheet.add("recognition", Tally(exact, len(given), len(due)))
    sheet.add("recognition_marked", Tally(exact, len(given) - repeats, len(due)))
    sheet.add("recognition_overlap", Tally(len(pairs), len(given), len(due)))
    sheet.add("recognition_with_demonyms", Tally(exact, len(found), len(marked)))
    sheet.add("end_to_end_161_km", Tally(right, len(given), len(due)))
    _mistakes(sheet, report, unpaired, pairs, due)


def _mistakes(
    sheet: Sheet, report: Report, unpaired: Iterable[Place], pairs: list[tuple[Place, Marked]], due: Iterable[Marked]
) -> None:
    for place in unpaired:
        sheet.wrong("found.not_marked", "nothing", place.text, around(report.text, [place.span]))
    for place, other in pairs:
        if place.span != tuple(other["span"]):
            sheet.wrong("found.other_span", other["text"], place.text, around(report.text, [place.span]))
    for other in due:
        if not any(other is paired for _, paired in pairs):
            sheet.wrong("missed", other["text"], "nothing", around(report.text, [tuple(other["span"])]))


def _resolution(sheet: Sheet, report: Report, marked: list[Marked]) -> None:
    put = locate(report.text, [(place["span"][0], place["span"][1]) for place in marked])
    for place, other in zip(put, marked, strict=True):
        if other["lat"] is None:
            continue
        km = _kilometres(place, other)
        sheet.measure("error_km", km)
        sheet.add("resolved_161_km", hit(km <= NEAR_KM))
        if not other["demonym"]:
            sheet.add("resolved_161_km_without_demonyms", hit(km <= NEAR_KM))
        if km > NEAR_KM:
            due = f"{other['text']}: {other['name']} ({other.get('fcode')}, {other['lat']}, {other['lon']})"
            got = f"{place.name} ({place.precision}, {place.country}, {place.lat}, {place.lon}), {km:,.0f} km off"
            kind = "put.nowhere" if place.lat is None else "put.far"
            sheet.wrong(kind, due, got, around(report.text, [place.span]))


def _pairs(given: Iterable[Place], due: list[Marked]) -> list[tuple[Place, Marked]]:
    """Each found place with the first marked one that it touches and no other has taken; the same span goes first."""
    pairs: list[tuple[Place, Marked]] = []
    taken: set[int] = set()
    ordered = sorted(given, key=lambda place: not any(place.span == tuple(other["span"]) for other in due))
    for place in ordered:
        touched = (index for index, other in enumerate(due) if index not in taken and _touch(place.span, other["span"]))
        if (index := next(touched, None)) is not None:
            taken.add(index)
            pairs.append((place, due[index]))
    return pairs


def _touch(span: Span, other: Iterable[int]) -> bool:
    start, end = other
    return span[0] < end and start < span[1]


def _kilometres(place: Place, other: Marked) -> float:
    if place.lat is None or place.lon is None:
        return FARTHEST_KM
    return kilometres((place.lat, place.lon), (other["lat"], other["lon"]))


def _is_near(place: Place, other: Marked) -> bool:
    return other["lat"] is not None and _kilometres(place, other) <= NEAR_KM
