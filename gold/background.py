"""Count the words of the invented reports: what is common in reports of armed conflict.

    python gold/background.py

Writes `src/ascertain/incidents/linking/background_words.tsv`, which stands in for a record of its own while a record is
small: in how many of the reports of `gold/dev` and `examples/` each word stands, where those are at least three.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ascertain.incidents.sketch import sketch
from ascertain.model import Report

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "ascertain" / "incidents" / "linking" / "background_words.tsv"
LEAST = 3


def main() -> None:
    """Count and write."""
    files = [HERE / "dev" / "reports.jsonl", *sorted((HERE.parent / "examples").rglob("*.jsonl"))]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    reports = [Report(**{key: row[key] for key in row.keys() & Report.model_fields.keys()}) for row in rows]
    counts = Counter(word.casefold() for report in reports for word in set(sketch(report).words))
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    head = "# source: the invented reports of gold/dev and examples, counted by gold/background.py\n"
    table = "".join(f"{word}\t{count}\n" for word, count in [("(reports)", len(reports)), *kept])
    TABLE.write_text(head + table, encoding="utf-8")


if __name__ == "__main__":
    main()
