"""Why an incident is as it is, for a person: in one column of text, a section for each part of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascertain.cli.reading_view import bounds, visible
from ascertain.incidents.why import Why, in_one_line
from ascertain.incidents.why.answer import Beside, Bound, Carrier, FigureWhy, Join, LedgerEntry, NearMiss, ReasonWhy
from ascertain.incidents.why.wording import figure_told, plain
from ascertain.model import IncidentFigure

WIDTH = 100
MOST_CLAIMS = 3
MOST_SAID = 5
SHORT_ID = 24
_BECAME = {
    "current": "{stands}",
    "superseded": "superseded: {why}",
    "copy": "{why}",
    "part": "a part of {by}",
    "toll": "{why}",
}
_OWN_WORDS = (
    "What a report says in its own voice counts for those whom it names: a paper that quotes the police is one source."
)
_BITS = (
    "Weights are in bits: each +1 doubles the odds that two reports tell of one event, each -1 halves them. "
    "Words are shown by their stems."
)


def show(console: Console, why: Why, quotes: Mapping[str, str]) -> None:
    """Print the answer; `quotes` has the sentences of ledger entries and the first ones of reports, by their ids."""
    carriers = {carrier.report: carrier for carrier in why.reports}
    console.print(Text(f"Why {why.incident.id}", "bold"))
    console.print(_text(in_one_line(why.incident)))
    for note in why.notes:
        console.print(_text(note, "yellow"))
    for heading, blocks in (
        (_sources_heading(why), _sources(why)),
        ("Reports", _reports(why, quotes)),
        (
            f"Figures, by the policy {why.incident.policy or 'ascertain'} (docs/figures.md)",
            _figures(why, _Quotes(quotes)),
        ),
        ("Ledger: who counted what, when, and what became of it", _ledger(why)),
        (f"Grading: {plain(why.grading.grade)} (docs/grading.md)", map(_item, why.grading.because)),
        ("Joins: why each report is in", _joins(why, carriers)),
        ("Near misses: what came close and is not in", _near_misses(why)),
    ):
        console.print()
        console.print(_text(heading, "bold"))
        console.print(Group(*(Padding(block, (0, 0, 0, 2)) for block in blocks)))


class _Quotes:
    """Sentences by the ids of ledger entries; each is shown once."""

    def __init__(self, quotes: Mapping[str, str]) -> None:
        self._left = dict(quotes)

    def new(self, entry: str) -> str | None:
        """The sentence of an entry, unless it was shown before."""
        quote = self._left.get(entry)
        self._left = {id: text for id, text in self._left.items() if text != quote}
        return quote


def _text(words: str, style: str = "") -> Text:
    return Text(" ".join(visible(words).split()), style)


def _item(words: str) -> RenderableType:
    return _hanging("- ", words)


def _hanging(head: str, words: str, style: str = "") -> Table:
    """Words with a head before them, further lines below the first."""
    row = Table.grid()
    row.add_column(no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(head, style), _text(words))
    return row


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _sources_heading(why: Why) -> str:
    voices = _counted(len(why.sources), "original voice", "original voices")
    copies = sum(carrier.copy_of is not None for carrier in why.reports)
    copied = f", {_counted(copies, 'of them a copy', 'of them copies')}" if copies else ""
    return f"Sources: {voices} in {_counted(len(why.reports), 'report', 'reports')}{copied}"


def _sources(why: Why) -> Iterator[RenderableType]:
    for source in why.sources:
        kinds = f" ({', '.join(map(plain, source.kinds))})" if source.kinds else ""
        yield _item(f"{source.name}{kinds}: in {', '.join(source.reports)}")
    named = {report for source in why.sources if source.kinds for report in source.reports}
    if any(entry.report in named and entry.sources[0].endswith(" itself") for entry in why.ledger):
        yield _text(_OWN_WORDS, "dim")


def _reports(why: Why, quotes: Mapping[str, str]) -> Iterator[RenderableType]:
    for carrier in why.reports:
        title = f"“{carrier.title}”" if carrier.title else ""
        passing = "" if carrier.primary else "tells it in passing"
        told = filter(None, (str(carrier.published or "undated"), carrier.publisher, title, carrier.url, passing))
        blocks = [_hanging(f"{visible(carrier.report)}  ", ", ".join(told))]
        if carrier.copy_of:
            blocks.append(_below(f"a copy of {carrier.copy_of}: {'; '.join(carrier.because)}"))
        elif carrier.because:
            blocks.append(_below("; ".join(carrier.because)))
        if carrier.opening:
            words = f": “{quotes[carrier.report]}”" if carrier.report in quotes else ""
            blocks.append(_below(f"nothing was understood to have happened in it; it is in by its words{words}"))
        yield Group(*blocks)


def _below(words: str) -> Table:
    return _hanging("    ", words)


def _figures(why: Why, quotes: _Quotes) -> Iterator[RenderableType]:
    known = {entry.id: entry for entry in why.ledger}
    if not why.figures:
        yield Text("Nobody gives a figure.")
    for figure in why.figures:
        yield Group(*_figure(figure, known, quotes))


def _figure(figure: FigureWhy, known: Mapping[str, LedgerEntry], quotes: _Quotes) -> Iterator[RenderableType]:
    low, best, high = figure.low, figure.best, figure.high
    values = IncidentFigure(outcome=figure.outcome, group=figure.group, low=low.value, best=best.value, high=high.value)
    yield _text(figure_told(values), "bold red")
    bounds_told = [("best", best)] + [
        (name, bound) for name, bound in (("low", low), ("high", high)) if _differs(bound, best)
    ]
    for name, bound in bounds_told:
        yield _hanging(f"  {f'{name} {_number(bound)}':<8}  ", bound.because)
        yield from _said([known[entry] for entry in bound.entries], quotes)
    if figure.left_out:
        yield Text("  left out of the range")
    for left in figure.left_out:
        yield from _said([known[left.entry]], quotes, f": {left.because}")


def _differs(bound: Bound, best: Bound) -> bool:
    return bound.value is None or bound.value != best.value


def _number(bound: Bound) -> str:
    return "open" if bound.value is None else str(bound.value)


def _said(entries: Iterable[LedgerEntry], quotes: _Quotes, why: str = "") -> Iterator[RenderableType]:
    """Each thing said once, with its sentence, who says so, and the claims that hold it."""
    told: dict[tuple[str, tuple[str, ...]], list[LedgerEntry]] = {}
    for entry in entries:
        told.setdefault((entry.words.lower(), entry.sources), []).append(entry)
    for same in list(told.values())[:MOST_SAID]:
        first = same[0]
        yield _hanging("            ", f"“{first.words}” ({_who(first)}; {_claims(same)}){why}")
        if quote := quotes.new(first.id):
            yield Padding(_text(quote, "italic dim"), (0, 0, 0, 14))

    if (more := len(told) - MOST_SAID) > 0:
        yield _hanging("            ", f"and {more} more, in the ledger below")


def _who(entry: LedgerEntry) -> str:
    """The sources, without their report where the claim names it."""
    return ", ".join(source.removesuffix(f" ({entry.report})") for source in entry.sources)


def _claims(entries: Sequence[LedgerEntry], comma: str = ", ") -> str:
    """Up to three claims by their ids, and how many more there are."""
    claims = [entry.claim for entry in entries]
    return comma.join(claims[:MOST_CLAIMS]) + (f" and {len(claims) - MOST_CLAIMS} more" if claims[MOST_CLAIMS:] else "")


def _ledger(why: Why) -> Iterator[RenderableType]:
    if not why.ledger:
        yield Text("It is empty.")
    known = {entry.id: entry for entry in why.ledger}
    uses = _uses(why.figures)
    for outcome, group in dict.fromkeys((entry.outcome, entry.group) for entry in why.ledger):
        rows: dict[tuple[str, ...], list[LedgerEntry]] = {}
        for entry in why.ledger:
            if (entry.outcome, entry.group) == (outcome, group):
                rows.setdefault(_row_of(entry, known, uses), []).append(entry)
        table = Table.grid(padding=(0, 2, 0, 0))
        for name in ("said", "count", "words", "who says so", "claim", "what became of it"):
            short = name == "claim" and all(len(entry.claim) <= SHORT_ID for entry in why.ledger)
            table.add_column(no_wrap=short or name in ("said", "count"), overflow="fold")
        for (said, count, words, who, became), same in rows.items():
            claims = Text(visible(_claims(same, ",\n")))
            table.add_row(_text(said), _text(count), _text(words), _text(who), claims, _text(became))
        yield _text(outcome if group == "people" else f"{outcome}, {plain(group)}", "bold red")
        yield Padding(table, (0, 0, 0, 2))


def _uses(figures: Iterable[FigureWhy]) -> dict[str, str]:
    """What the figures make of entries that stand; of several, the last that is told here."""
    uses: dict[str, str] = {}
    for figure in figures:
        for bound, words in (
            (figure.high, "stands: the highest number"),
            (figure.low, "stands: the lowest number"),
            (figure.best, "stands: the best number"),
        ):
            uses.update(dict.fromkeys(bound.entries, words))
        uses.update((left.entry, "stands, but is left out of the range") for left in figure.left_out)
    return uses


def _row_of(entry: LedgerEntry, known: Mapping[str, LedgerEntry], uses: Mapping[str, str]) -> tuple[str, ...]:
    """What a row of the ledger shows besides the claims; those of one row are shown together."""
    by = known.get(entry.by or "")
    whole = f"“{by.words}” in {by.claim}" if by else "another count"
    stands = uses.get(entry.id, "stands, and changes no number")
    became = _BECAME[entry.state].format(by=whole, why=entry.because, stands=stands)
    said = str(entry.published or "undated")
    return said, bounds(entry.low, entry.high), f"“{entry.words}”", _who(entry), became


def _joins(why: Why, carriers: Mapping[str, Carrier]) -> Iterator[RenderableType]:
    if len(why.reports) == 1:
        yield Text("Only one report tells of it: nothing was joined.")
        return
    if why.joins:
        yield _text(_BITS, "dim")
    for join in why.joins:
        yield Group(*_join(join, carriers))


def _join(join: Join, carriers: Mapping[str, Carrier]) -> Iterator[RenderableType]:
    carrier = carriers[join.report]
    named = f"{join.report} ({', '.join(filter(None, (str(carrier.published or 'undated'), carrier.publisher)))})"
    if join.like is None or join.bits is None:
        yield _text(f"{named}: no other report was compared with it", "cyan")
        return
    if carrier.copy_of:
        like = _report_of(join.like)
        besides = "" if like == carrier.copy_of else f"; most like {like}"
        yield _text(f"{named} is a copy of {carrier.copy_of}{besides}: {join.bits:+.1f}", "cyan")
        return
    hardly = ", and hardly like the others" if join.margin is not None and join.margin < 0 else ""
    yield _text(f"{named} is most like {_report_of(join.like)}: {join.bits:+.1f}{hardly}", "cyan")
    yield _below(_listed(join.reasons))
    if join.others:
        origin = carrier.copy_of or carrier.report
        copies = [other for other in join.others if carriers[other.report].copy_of == origin]
        others = [other for other in join.others if other not in copies]
        told = [f"next: {_weighed(others)}"] if others else []
        told += [f"its {'copy' if len(copies) == 1 else 'copies'}: {_weighed(copies)}"] if copies else []
        yield _below("; ".join([*told, _margin(join)]))


def _weighed(others: Iterable[Beside]) -> str:
    return ", ".join(f"{other.report} {other.bits:+.1f}" for other in others)


def _margin(join: Join) -> str:
    """How well it goes with all others: one pair that fits is not enough to be joined."""
    margin = join.margin or 0.0
    passes = f"{margin:.1f} bits above" if margin >= 0 else f"{-margin:.1f} bits below"
    return f"over all others, on average {passes} what it takes to be joined"


def _listed(reasons: Iterable[ReasonWhy]) -> str:
    return "; ".join(f"{reason.text}: {reason.bits:+.1f}" for reason in reasons)


def _report_of(event: str) -> str:
    return event.rpartition("/")[0]


def _near_misses(why: Why) -> Iterator[RenderableType]:
    if not why.near_misses:
        yield Text("None came close.")
    for miss in why.near_misses:
        yield Group(*_near_miss(miss))


def _near_miss(miss: NearMiss) -> Iterator[RenderableType]:
    named = f"{miss.incident} " if miss.incident else ""
    yield _text(f"{named}{miss.what}", "cyan")
    yield _hanging("    kept apart  ", miss.because)
    yield _hanging("    nearest     ", f"{miss.event} there and {miss.like} here: {miss.bits:+.1f}")
    for head, some in (
        ("for", [reason for reason in miss.reasons if reason.bits > 0]),
        ("against", [reason for reason in miss.reasons if reason.bits <= 0]),
    ):
        if some:
            yield _hanging(f"    {head:<12}", _listed(some))
