"""Turn authored snippets into the gold set: find the spans of quoted words, check, and file.

    python gold/annotate.py authored.jsonl [--check]

Every second snippet goes to `dev/`, the others to `test/`; a snippet with an id that is there already replaces it.
`--check` only checks. Faults are all listed, each with its line, and nothing is filed until there is none.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ascertain.model import Claim, Report, Span

HERE = Path(__file__).parent
CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)
QUOTED = ("said_by", "actors", "targets", "figures", "issues")


def find(text: str, words: str, within: list[Span], nth: int | None) -> Span:
    """The span of `words` in `text`: the `nth` occurrence, else the first inside `within`, else the first."""
    starts = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    if not starts or (nth is not None and nth > len(starts)):
        raise ValueError(f"words not in the text: {words!r}" + (f" ({nth} times)" if nth else ""))
    if nth is not None:
        start = starts[nth - 1]
    else:
        inside = [s for s in starts if any(a <= s and s + len(words) <= b for a, b in within)]
        start = (inside or starts)[0]
    return start, start + len(words)


def with_spans(text: str, claim: dict[str, Any], number: int) -> Claim:
    """The authored claim in the exchange format."""
    evidence = [find(text, words, [], None) for words in claim["evidence"]]
    done: dict[str, Any] = {**claim, "id": f"c{number}", "evidence": evidence}
    for key in ("when", "since", "where"):
        if done.get(key) and done[key].get("text"):
            item = dict(done[key])
            item["span"] = find(text, item["text"], evidence, item.pop("nth", None))
            done[key] = item
    for key in QUOTED:
        items = [dict(item) for item in done.get(key, ())]
        for item in items:
            item["span"] = find(text, item["text"], evidence, item.pop("nth", None))
        if items:
            done[key] = items
    for figure in done.get("figures", ()):
        figure.setdefault("low", None)
        figure.setdefault("high", None)
        part_of = figure.get("part_of")
        if part_of is not None and part_of >= len(done["figures"]):
            raise ValueError(f"part_of {part_of} names no figure")
    return CLAIM.validate_python(done)


def annotate(line: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """One authored line as a report and its gold."""
    snippet = json.loads(line)
    claims = [with_spans(snippet["text"], claim, n) for n, claim in enumerate(snippet["claims"], 1)]
    fields = ("id", "text", "title", "published", "publisher")
    report = Report(**{key: snippet[key] for key in fields if key in snippet})
    gold = {
        "id": report.id,
        "genre": snippet["genre"],
        "conflict": snippet["conflict"],
        "claims": [claim.model_dump(mode="json", exclude_none=True, exclude={"confidence"}) for claim in claims],
    }
    return report.model_dump(mode="json", exclude_none=True), gold


def file_away(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    """Add `rows` to a JSONL file, replacing those with the same id, in order of id."""
    path = folder / name
    old = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    merged = {row["id"]: row for row in [*old, *rows]}
    folder.mkdir(exist_ok=True)
    lines = (json.dumps(merged[key], ensure_ascii=False) + "\n" for key in sorted(merged))
    path.write_text("".join(lines), "utf-8")


def main() -> int:
    """Check and file the authored snippets; the exit status says whether all were good."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("authored", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    pairs, faults = [], 0
    for number, line in enumerate(options.authored.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            pairs.append(annotate(line))
        except (ValueError, KeyError, TypeError, ValidationError) as fault:
            faults += 1
            print(f"{options.authored.name}:{number}: {fault}", file=sys.stderr)
    if faults or options.check:
        print(f"{len(pairs)} good, {faults} with faults")
        return 1 if faults else 0
    for half, folder in enumerate(("dev", "test")):
        reports = [report for report, _ in pairs[half::2]]
        golds = [gold for _, gold in pairs[half::2]]
        file_away(HERE / folder, "reports.jsonl", reports)
        file_away(HERE / folder, "gold.jsonl", golds)
    print(f"filed {len(pairs)} snippets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
