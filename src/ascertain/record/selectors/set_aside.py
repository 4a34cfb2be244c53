"""What is set aside and not mended yet."""

from __future__ import annotations

from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from ascertain.intake.received import one_line
from ascertain.model import SettingsError
from ascertain.record.canonical import canonical
from ascertain.record.models import SetAsideRow
from ascertain.record.private import new_private_file, private_folder
from ascertain.record.services.keeping import write_blob

_ROWS_AT_ONCE = 500


def still_aside() -> Iterator[SetAsideRow]:
    """Each item, in the order in which they were set aside."""
    rows = SetAsideRow.objects.filter(mended=False).select_related("receipt__blob", "report__receipt__blob")
    yield from rows.order_by("pk").iterator(_ROWS_AT_ONCE)


def export_to(folder: Path) -> int:
    """Write `set_aside.jsonl` into a folder, a line for each item, and the original of each under its SHA-256; how many
    items there are.

    Raises:
        SettingsError: the folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SettingsError(f"{folder}: holds something already; name an empty folder, or a new one")
    private_folder(folder)
    count = 0
    with TextIOWrapper(new_private_file(folder / "set_aside.jsonl"), encoding="utf-8", newline="\n") as file:
        for count, row in enumerate(still_aside(), 1):  # noqa: B007 -- the last one counts them
            file.write(f"{one_line(canonical(_told(row)))}\n")
            receipt = row.receipt or (row.report.receipt if row.report else None)
            if receipt is not None and not (path := folder / receipt.blob_id).exists():
                write_blob(blob=receipt.blob, path=path)
    return count


def _told(row: SetAsideRow) -> dict[str, object]:
    receipt = row.receipt or (row.report.receipt if row.report else None)
    return {
        "number": row.pk,
        "source": row.source,
        "line": row.line,
        "problem": row.problem,
        "remedy": row.remedy,
        "report": row.report_id,
        "original": receipt.blob_id if receipt else None,
        "name": receipt.name if receipt else None,
        "at": row.at,
    }
