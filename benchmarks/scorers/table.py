"""Tables of scores, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from scorers import linking
from scorers.floors import AT_MOST, Floors
from scorers.running import Summary
from scorers.tally import Outcome, Tally

GROUP_COLUMNS = {
    "gold": ("claims", "event_types", "figures", "said_by", "when", "where", "actors", "targets", "look_alikes"),
    "airwars": ("killed_highest", "killed_both", "date", "injured_highest", "children_killed", "infrastructure"),
    "places": ("recognition", "recognition_overlap", "resolved_161_km", "end_to_end_161_km"),
    "muc4": ("template", "type", "perp_individuals", "perp_organizations", "physical_targets", "human_targets"),
}
AGREEMENTS = ("MUC P R F1", "B³ P R F1", "CEAF-e P R F1")


def scores(summaries: Sequence[Summary], floors: Floors) -> Table:
    """One row a score: its value, precision and recall where they differ, the counts, and the floor beside.

    Scores with a floor come first.
    """
    table = Table("set", "score", "value", "precision", "recall", "right/given/due", "floor", title="Accuracy")
    for column in table.columns[2:]:
        column.justify = "right"
    for summary in summaries:
        least = floors.get(summary.floor_group, {})
        for name in (*(name for name in least if name in summary.tallies), *sorted(set(summary.tallies) - set(least))):
            tally = summary.tallies[name]
            table.add_row(summary.name, name, *_cells(tally), _floor(tally.f1, least.get(name)))
        most = floors.get(f"{summary.floor_group}.{AT_MOST}", {})
        for name, value in summary.statistics.items():
            shown = f"{value:.3f}" if value < 1 else f"{value:,.1f}"
            limit = _floor(value, least.get(name)) or _ceiling(value, most.get(name))
            table.add_row(summary.name, name, shown, "", "", "", limit)
        table.add_section()
    return table


def groups(summary: Summary, trait: str, tallies: Mapping[str, Mapping[str, Tally]]) -> Table:
    """One row a group (a genre, a conflict), one column a score."""
    columns = GROUP_COLUMNS[summary.kind]
    table = Table(trait, *columns, title=f"{summary.name} by {trait}")
    for group, sums in tallies.items():
        table.add_row(group, *(_value(sums.get(column, Tally()).f1) for column in columns))
    return table


def groupings(summary: Summary, trait: str | None = None) -> Table:
    """How well reports were grouped: one row a grouping, the baselines last, for each group of a trait where asked."""
    table = Table(trait or "set", "grouping", "groups", *AGREEMENTS, "CoNLL", title=f"{summary.name}: reports by event")
    for column in table.columns[2:]:
        column.justify = "right"
    parts: dict[str, list[Outcome]] = {}
    for outcome in summary.outcomes:
        parts.setdefault(outcome.traits.get(trait, "all") if trait else summary.name, []).append(outcome)
    for part in sorted(parts):
        for grouping in (name for name in linking.GROUPINGS if name in parts[part][0].traits):
            found = linking.agreement(parts[part], grouping)
            shown = [f"{a.precision:.2f} {a.recall:.2f} [b]{a.f1:.3f}[/]" for a in (found.muc, found.b3, found.ceaf_e)]
            count = len({outcome.traits[grouping] for outcome in parts[part]})
            table.add_row(part, grouping, str(count), *shown, f"[b]{found.conll:.3f}[/]")
        due = len({outcome.traits[linking.DUE] for outcome in parts[part]})
        table.add_row(part, "[i]due[/]", str(due))
        table.add_section()
    return table


def kinds(counts: Mapping[str, Mapping[str, int]], most: int = 12) -> Table:
    """The most frequent kinds of mistakes of each set."""
    table = Table("set", "mistakes", "kind", title="What went wrong, most frequent first")
    for name, found in counts.items():
        for kind, count in list(found.items())[:most]:
            table.add_row(name, str(count), kind)
        table.add_section()
    return table


def _cells(tally: Tally) -> tuple[str, ...]:
    if tally.is_share:
        return _value(tally.f1), "", "", f"{tally.right}/{tally.due}"
    counts = f"{tally.right}/{tally.given}/{tally.due}"
    return _value(tally.f1), _value(tally.precision), _value(tally.recall), counts


def _value(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"


def _floor(value: float | None, floor: float | None) -> str:
    if floor is None:
        return ""
    colour = "red" if value is None or value < floor else "green"
    return f"[{colour}]{floor:.3f}[/]"


def _ceiling(value: float, most: float | None) -> str:
    return "" if most is None else f"[{'red' if value > most else 'green'}]≤ {most:g}[/]"
