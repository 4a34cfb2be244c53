"""Setting aside: what could not be taken in or read is kept in a list, with its reason, to be retried."""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record import chain
from ascertain.record.canonical import digest, now
from ascertain.record.models import Receipt, ReportRow, SetAsideRow
from ascertain.record.models import receipts as receipt_states
from ascertain.record.models import reports as report_states
from ascertain.record.writing import writing


def set_aside(
    *, items: Sequence[SetAside], receipt: Receipt | None = None, report: ReportRow | None = None
) -> list[SetAsideRow]:
    """Note items that were set aside; the same item with the same problem is noted once, and counts again if it was
    retried in vain."""
    with writing():
        return [_noted(item, receipt, report) for item in items]


def retry(*, numbers: Sequence[int] | None = None) -> int:
    """Let what was set aside be taken up again by the next ingest; how many items that is.

    Args:
        numbers: the numbers of the items; `None` for all. What was never received has to be given again.

    Raises:
        SettingsError: there is no item of such a number; nothing is changed.
    """
    with writing():
        rows = SetAsideRow.objects.filter(mended=False)
        if numbers is not None:
            rows = rows.filter(pk__in=numbers)
            _check_there(numbers, set(rows.values_list("pk", flat=True)))
        chosen = list(rows.exclude(receipt=None, report=None))
        Receipt.objects.filter(pk__in={row.receipt_id for row in chosen if row.report_id is None}).update(
            state=receipt_states.WAITING, position=0
        )
        ReportRow.objects.filter(pk__in={row.report_id for row in chosen}).update(state=report_states.WAITING)
        SetAsideRow.objects.filter(pk__in=[row.pk for row in chosen]).update(retried=now(), mended=True)
        return len(chosen)


def _check_there(numbers: Sequence[int], there: set[int]) -> None:
    lacking = next((number for number in numbers if number not in there), None)
    if lacking is not None:
        raise SettingsError(f"{lacking}: no item of that number is set aside; see ascertain set-aside list")


def _noted(item: SetAside, receipt: Receipt | None, report: ReportRow | None) -> SetAsideRow:
    whose = receipt.key if receipt is not None else report.pk if report is not None else None
    key = digest([whose, item.source, item.line, item.problem]).hex()
    row = SetAsideRow.objects.filter(key=key).first()
    if row is not None:
        if row.mended:
            row.mended = False
            row.save(update_fields=["mended"])
        return row
    row = SetAsideRow.objects.create(
        key=key,
        receipt=receipt,
        report=report,
        source=printable(item.source),
        line=item.line,
        problem=printable(item.problem),
        remedy=printable(item.remedy),
        at=now(),
    )
    chain.append([row])
    return row
