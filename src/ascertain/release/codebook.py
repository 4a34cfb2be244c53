"""The codebook: what every column and code of a release means, how figures were chosen, and what was left out.

In: what is known of the release. Out: blocks, which become Markdown or HTML. Everything is written from the model, the
taxonomy and the policy in force.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from ascertain.incidents.policies import policy_named
from ascertain.model import Grading, Group, Modality, Outcome, PlacePrecision, Sector, SettingsError, TargetType
from ascertain.release.forms.delimited import plain_text
from ascertain.release.profiles import Profile
from ascertain.release.tables import TABLES, columns_of
from ascertain.taxonomy import event_types, means
from ascertain.taxonomy.layouts import LAYOUTS, layout_columns, losses

_GRADINGS: Mapping[str, str] = {
    "confirmed": "one party says of itself that it did it",
    "contested": "two sources blame different parties, with none in common, or two parties say so of themselves",
    "single_source": "one voice only says that it happened",
    "fair": "two independent sources at least say so that do not fight, and do not merely allege it",
    "weak": "several voices, but fewer than two such sources",
}
_LAYOUT_NAMES = {"acled": "ACLED, 31 columns", "ged": "UCDP GED, 49 columns"}
_LISTS: Mapping[str, Sequence[str]] = {
    "Outcomes": get_args(Outcome),
    "Groups": get_args(Group),
    "Modality of claims": get_args(Modality),
    "Precision of places": get_args(PlacePrecision),
    "Kinds of targets": get_args(TargetType),
    "Sectors": get_args(Sector),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the codebook tells of a release beside its tables; `left_out` counts incidents by layout and reason."""

    title: str
    version: str
    as_of: str
    profile: Profile
    policy: str
    readers: tuple[str, ...]
    head: str | None
    cite: str
    licence: str
    counts: Mapping[str, int]
    left_out: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Grid


def blocks(told: Told) -> Iterator[Block]:
    """The codebook, block by block."""
    yield Heading(1, f"Codebook: {told.title}")
    yield from _about(told)
    yield from _held_back(told)
    yield from _reading_files()
    yield Heading(2, "Tables")
    for table in (*TABLES, "changes"):
        yield Heading(3, table)
        rows = tuple((each.name, each.type, each.hxl, each.meaning) for each in columns_of(table))
        yield Grid(("column", "type", "HXL", "meaning"), rows)
    yield from _figures(told.policy)
    yield from _codes()
    for layout in LAYOUTS:
        yield from _layout(layout, told.left_out.get(layout, {}))


def _about(told: Told) -> Iterator[Block]:
    yield Paragraph(
        "What is recorded is that sources say it. A figure is a range over sources with a best number, an empty cell "
        "is what nobody told, never 0, and no row is a verdict on who did what."
    )
    head = ("Head of the record's chain", told.head) if told.head else ("State", "of a run, without a record")
    yield Grid(
        ("", ""),
        (
            ("Release", told.version),
            ("State as of", told.as_of),
            ("Profile", told.profile.name),
            ("Policy of figures", told.policy),
            ("Read by", "; ".join(told.readers) or "-"),
            head,
            ("Cite as", told.cite),
            ("Licence", told.licence),
            *((f"Rows of {table}", str(count)) for table, count in told.counts.items()),
        ),
    )


def _held_back(told: Told) -> Iterator[Block]:
    yield Heading(2, "What is left out")
    if told.profile.left_out:
        yield Items(told.profile.left_out)
    else:
        yield Paragraph("Nothing but the texts of reports. It holds names of people: keep it as safely as the record.")
    yield Paragraph("Incidents that people rejected are in no release.")


def _reading_files() -> Iterator[Block]:
    yield Heading(2, "How the files are read")
    yield Items(
        (
            "JSONL holds values in the exchange format; Parquet, GeoParquet and GeoJSON the tables with their types.",
            "CSV is UTF-8 with commas. Lists are parted by ' | '. Files that end in .hxl.csv have HXL tags in their "
            "second row.",
            "A text in CSV that begins with =, +, -, @ or their full-width forms, after spaces too, or with a tab, a "
            f"carriage return or a new line, has an apostrophe before it ({plain_text('=1')} stands for =1), "
            "so that no spreadsheet takes it for a formula; a text that begins with apostrophes before such a sign "
            "gets one more. Programs take one apostrophe off where one or more stand before such a sign, or read "
            "Parquet. Numbers and days are never touched.",
            "XLSX holds every text as a text, whatever it begins with: nothing in it is a formula. A text of more "
            "than 32,767 characters is cut, and says so; nothing else is altered. A sheet holds a "
            "million rows, and goes on in another one.",
        )
    )


def _figures(policy: str) -> Iterator[Block]:
    yield Heading(2, "How figures are chosen")
    yield Paragraph(
        f"low, best and high of incidents are chosen by the policy {policy}; an incident that a person locked keeps "
        "the policy that its column names. Numbers are never averaged, and never added across reports."
    )
    try:
        rules = policy_named(policy)
    except SettingsError:
        return
    yield Grid(("rule for best, in order", "keeps the number that is"), tuple((r.name, r.says) for r in rules.best))
    if rules.span:
        yield Grid(("rule for the range", "leaves a count out that is"), tuple((r.name, r.says) for r in rules.span))
    yield Heading(3, "Grading")
    yield Grid(("grading", "means"), tuple((grade, _GRADINGS[grade]) for grade in get_args(Grading)))


def _codes() -> Iterator[Block]:
    yield Heading(2, "Codes")
    yield Heading(3, "Event types")
    types = event_types().values()
    rows = (
        (each.code, each.acled.sub_event_type if each.acled else "", each.plover or "", each.meaning) for each in types
    )
    yield Grid(("code", "ACLED", "PLOVER", "meaning"), tuple(rows))
    yield Heading(3, "Means")
    yield Grid(("code", "meaning"), tuple((each.code, each.meaning) for each in means().values()))
    for name, codes in _LISTS.items():
        yield Heading(3, name)
        yield Paragraph(", ".join(codes))


def _layout(layout: str, left_out: Mapping[str, int]) -> Iterator[Block]:
    yield Heading(2, f"Layout: {_LAYOUT_NAMES[layout]}")
    rows = tuple((each.name, each.decided) for each in layout_columns(layout))
    yield Grid(("column", "what is written into it"), rows)
    yield Heading(3, "What the layout cannot hold, and how that was decided")
    yield Grid(
        ("what", "decided", "incidents left out here"),
        tuple((each.what, each.decided, _counted(each.leaves_out, left_out)) for each in losses(layout)),
    )


def _counted(reason: str, left_out: Mapping[str, int]) -> str:
    return str(left_out.get(reason, 0)) if reason else ""


def as_markdown(told: Told) -> str:
    """The codebook as Markdown."""
    return "\n\n".join(map(_markdown, blocks(told))) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Paragraph():
            return block.text
        case Items():
            return "\n".join(f"- {each}" for each in block.items)
        case Grid():
            lines = (block.head, ("---",) * len(block.head), *block.rows)
            return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def as_html(told: Told) -> str:
    """The codebook as one page of HTML, without scripts."""
    body = "\n".join(map(_html, blocks(told)))
    title = html.escape(f"Codebook: {told.title}")
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n{_STYLE}'
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}\n{body}\n</html>\n'


_STYLE = (
    "<style>body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}h2{margin-top:2.5rem}@media print{body{max-width:none}}</style>"
)


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{html.escape(block.text)}</p>"
        case Items():
            return f"<ul>{''.join(f'<li>{html.escape(each)}</li>' for each in block.items)}</ul>"
        case Grid():
            head = "".join(f"<th>{html.escape(cell)}</th>" for cell in block.head)
            rows = "".join(
                f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>\n" for row in block.rows
            )
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"
