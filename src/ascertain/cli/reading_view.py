"""A reading for a person: the text with its evidence marked, and a table of the claims.

Marks differ by hue and by weight, line and slant; where the output carries no styles at all, marked words stand in
brackets with the name of their mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ascertain.model import Actor, Claim, Figure, Place, Reading, Report, Span, Target
from ascertain.times.told import days_told

MARKS = {
    "party": "bold underline magenta",
    "harm": "bold red",
    "place": "underline green",
    "time": "italic cyan",
}
_BESIDE = "dim"
_WIDTH_OF_A_TABLE = 80
_COLUMNS = ("what", "when", "where", "figures", "who says so", "said as")
_BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"},
    **dict.fromkeys((*range(0x7F, 0xA0), *_BIDI_CONTROLS), "\ufffd"),
    ord("\r"): None,
}

Run = tuple[str, str | None, bool]


def show(console: Console, report: Report, reading: Reading) -> None:
    """Print a report with its evidence marked, and the table of its claims."""
    header = reading.report
    named = [header.id, header.title, header.publisher, header.published and header.published.isoformat()]
    console.print(Rule(Text(visible(" · ".join(part for part in named if part)))))
    styled = console.is_terminal
    console.print(marked_text(report.text.rstrip(), reading.claims, styled=styled))
    console.print()
    if not reading.claims:
        console.print("Nothing found that a record would hold.")
        return
    if styled:
        console.print(Text("  ").join(Text(mark, style) for mark, style in MARKS.items()))
    console.print(claims_table(reading.claims) if console.width >= _WIDTH_OF_A_TABLE else claims_list(reading.claims))


def marked_text(text: str, claims: Iterable[Claim], *, styled: bool) -> Text:
    """The text, its evidence marked by style, or by brackets where styles cannot be seen.

    >>> marked_text("A calm day.", (), styled=True).plain
    'A calm day.'
    """
    page = Text()
    for words, mark, is_evidence in _runs(text, tuple(claims)):
        shown = visible(words)
        if mark and not styled:
            page.append(f"[{mark}: {shown}]")
        else:
            page.append(shown, MARKS[mark] if mark else None if is_evidence else _BESIDE)
    return page


def visible(text: str) -> str:
    """The text with what could steer a terminal, or turn its reading order, made visible.

    >>> visible("a\\x1b[31m\\u202eb\\r\\n")
    'a␛[31m�b\\n'
    """
    return text.translate(_VISIBLE)


def _runs(text: str, claims: tuple[Claim, ...]) -> Iterator[Run]:
    """The text cut where its marks change: words, their mark, and whether they are evidence."""
    marks: list[str | None] = [None] * len(text)
    for (start, end), mark in sorted(_marked_spans(claims), key=lambda pair: pair[0][0] - pair[0][1]):
        marks[start:end] = [mark] * (end - start)
    is_evidence = [False] * len(text)
    for claim in claims:
        for start, end in claim.evidence:
            is_evidence[start:end] = [True] * (end - start)
    for (mark, inside), run in groupby(range(len(text)), key=lambda at: (marks[at], is_evidence[at])):
        places = list(run)
        yield text[places[0] : places[-1] + 1], mark, inside


def _marked_spans(claims: tuple[Claim, ...]) -> Iterator[tuple[Span, str]]:
    for claim in claims:
        yield from ((said.span, "party") for said in claim.said_by)
        yield from ((actor.span, "party") for actor in getattr(claim, "actors", ()))
        yield from ((figure.span, "harm") for figure in getattr(claim, "figures", ()))
        yield from ((target.span, "harm") for target in getattr(claim, "targets", ()))
        yield from ((when.span, "time") for when in (claim.when, getattr(claim, "since", None)) if when and when.span)
        if claim.where:
            yield claim.where.span, "place"


def claims_table(claims: Iterable[Claim]) -> Table:
    """One row for each claim: what, when, where, figures, who says so, and how it is said."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, leading=1)
    for name in ("", *_COLUMNS):
        table.add_column(name, overflow="fold", no_wrap=name in ("", "said as"))
    for claim in claims:
        table.add_row(claim.id, *(Text(cell) for cell in _cells(claim)))
    return table


def claims_list(claims: Iterable[Claim]) -> Group:
    """The same below one another, for where a table has no room."""
    blocks: list[Text | Padding] = []
    for claim in claims:
        told = Table.grid(padding=(0, 2))
        for name, cell in zip(_COLUMNS, _cells(claim), strict=True):
            if cell:
                told.add_row(Text(name, _BESIDE), Text(cell))
        blocks += [Text(claim.id, "bold"), Padding(told, (0, 0, 1, 2))]
    return Group(*blocks)


def _cells(claim: Claim) -> tuple[str, ...]:
    """What stands in each column for a claim."""
    cells = (
        "\n".join(what(claim)),
        days_told(claim.when) or "",
        _where(claim.where),
        "\n".join(figures_told(getattr(claim, "figures", ()))),
        "\n".join(dict.fromkeys(f"{said.text} ({_words(said.kind)})" for said in claim.said_by)),
        claim.modality,
    )
    return tuple(visible(cell) for cell in cells)


def figures_told(figures: Iterable[Figure]) -> list[str]:
    """Each figure in short; parts follow a dash.

    >>> whole = Figure(outcome="killed", group="people", low=13, high=None, text="at least 13", span=(0, 11))
    >>> part = Figure(outcome="killed", group="children", low=1, high=None, text="children", span=(12, 20), part_of=0)
    >>> figures_told([whole, part])
    ['13+ killed', '– 1+ killed (children)']
    """
    return [f"{'' if figure.part_of is None else '– '}{_figure(figure)}" for figure in figures]


def bounds(low: int | None, high: int | None) -> str:
    """Bounds in short.

    >>> bounds(13, None), bounds(8, 10), bounds(None, 10), bounds(4, 4), bounds(None, None)
    ('13+', '8–10', '≤10', '4', '?')
    """
    if low is None and high is None:
        return "?"
    if high is None:
        return f"{low}+"
    if low is None:
        return f"≤{high}"
    return str(low) if low == high else f"{low}–{high}"


def _figure(figure: Figure) -> str:
    group = "" if figure.group == "people" else f" ({_words(figure.group)})"
    return f"{bounds(figure.low, figure.high)} {figure.outcome}{group}"


def what(claim: Claim) -> Iterator[str]:
    """What a claim tells of, then what was hit and who took part.

    >>> from ascertain.model import ConditionClaim
    >>> next(what(ConditionClaim(id="c1", evidence=((0, 4),), sector="food", severity="scarce")))
    'food: scarce'
    """
    if claim.kind == "event":
        yield _words(claim.type)
        yield from map(_target, claim.targets)
    elif claim.kind == "toll":
        since = claim.since and (claim.since.start or claim.since.text)
        yield f"toll since {since}" if since else "toll"
    elif claim.kind == "condition":
        yield f"{claim.sector}: {claim.severity}" if claim.severity else claim.sector
    else:
        yield f"talks: {claim.status}" if claim.status else "talks"
        yield from (f"over {issue.text}" for issue in claim.issues)
    yield from map(_actor, getattr(claim, "actors", ()))


def _actor(actor: Actor) -> str:
    return f"{actor.role}: {actor.name or actor.text}"


def _target(target: Target) -> str:
    count = f"{target.count} × " if target.count else ""
    return f"{target.damage or 'hit'}: {count}{_words(target.type)}"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    if place.lat is None:
        return f"{place.name or place.text} (not found)"
    radius = "" if place.radius_km is None else f"±{place.radius_km:g} km"
    known = ", ".join(part for part in (place.precision, radius, place.country) if part)
    return f"{place.name or place.text} ({known})"


def _words(code: str) -> str:
    return code.replace("_", " ")
