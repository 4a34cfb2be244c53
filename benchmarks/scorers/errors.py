"""What went wrong, written for the person who takes the next step: a folder a set, a file a kind."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from textwrap import indent

from scorers.tally import Mistake


def write(mistakes: Iterable[Mistake], folder: Path) -> dict[str, int]:
    """Write the mistakes to `folder`, as JSONL and as a readable text for each kind, and count them by kind.

    What an earlier run left in `folder` goes. `index.txt` lists the kinds, the most frequent first.
    """
    kinds: defaultdict[str, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        kinds[mistake.kind].append(mistake)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for kind, found in kinds.items():
        lines = (json.dumps(asdict(mistake), ensure_ascii=False) + "\n" for mistake in found)
        (folder / f"{kind}.jsonl").write_text("".join(lines), "utf-8")
        (folder / f"{kind}.txt").write_text("\n".join(map(readable, found)), "utf-8")
    counts = dict(sorted(((kind, len(found)) for kind, found in kinds.items()), key=lambda item: (-item[1], item[0])))
    (folder / "index.txt").write_text("".join(f"{count:6} {kind}\n" for kind, count in counts.items()), "utf-8")
    return counts


def readable(mistake: Mistake) -> str:
    """The mistake as a paragraph for a person."""
    parts = [f"{mistake.report}\n  expected: {mistake.expected}\n  got:      {mistake.got}"]
    parts += [indent(f"- {passage}", "  ") for passage in mistake.passages]
    if mistake.context:
        parts.append(indent(mistake.context, "  | ", lambda _: True))
    return "\n".join(parts) + "\n"
