from __future__ import annotations

from pathlib import Path

from ascertain.reading.words import table

PAGE = Path(__file__).parents[2] / "docs" / "vague-quantities.md"


def test_the_published_table_is_the_one_in_force() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    published = {words: (low, high) for words, low, high in rows}
    in_force = {
        words: (str(bounds.get("low", "unknown")), str(bounds.get("high", "open" if bounds else "unknown")))
        for words, bounds in table("quantities")["vague"].items()
    }
    assert published == in_force
