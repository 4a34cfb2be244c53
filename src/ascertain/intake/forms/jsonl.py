"""JSONL in the exchange format: one report a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.documents import Document, Original
from ascertain.intake.lines import reports_in
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 -- every form is called alike
    """The report of each line; a file of any size is read line by line."""
    with original.path.open("rb") as file:
        for item in reports_in(
            file, label=original.address, max_characters=settings.limits.characters, on_unknown_field=_overlook
        ):
            if isinstance(item, SetAside):
                yield item
                continue
            given = item.report
            yield Document(
                given.text,
                part=f"line {item.line}",
                id=given.id,
                title=given.title,
                published=given.published,
                publisher=given.publisher,
                url=given.url,
                language=given.language,
            )


def _overlook(*_: str) -> None:
    """Fields that the format lacks are passed over."""
