"""Verifying: whether the record is as it was written, every row that the chain vouches for, and every blob.

In: the record. Out: a `Fault` for each row or blob that was altered, is missing, was put in or moved, by name; also for
what repeats such a row (`repeated`). A tail that was cut off whole cannot be seen from the record alone: compare the
head with one that was noted before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, TextField
from django.db.models.functions import Cast

from ascertain.model import SettingsError
from ascertain.record import chain
from ascertain.record.canonical import digest
from ascertain.record.handfuls import handfuls
from ascertain.record.models import (
    Blob,
    BlobChunk,
    Chained,
    ChainEntry,
    ClaimRow,
    ReadingRow,
    Receipt,
    ReportRow,
)
from ascertain.record.progress import Progress
from ascertain.record.selectors.found_faults import UNREADABLE, Fault, any_text, one_by_one
from ascertain.record.selectors.repeated import faults_of_repeated
from ascertain.record.services.keeping import content_of
from ascertain.record.services.reading import digest_of_claims
from ascertain.record.writing import snapshot

__all__ = ["Fault", "chained_models", "faults"]

_ROWS_AT_ONCE = 500


def faults(*, progress: Progress, known_head: str | None = None) -> Iterator[Fault]:
    """All faults of the record.

    Args:
        progress: who is told.
        known_head: a head of the chain (`12:9f3c…`) that was noted before, which must still be in it.

    Raises:
        SettingsError: the head is none.
    """
    with snapshot(), any_text():
        if known_head is not None:
            yield from _head_faults(known_head)
        progress.step("verifying the chain", ChainEntry.objects.count())
        yield from _chain_faults(progress)
        yield from _unchained()
        yield from faults_of_repeated(progress)
        progress.step("verifying blobs", Blob.objects.count())
        yield from _blob_faults(progress)


def _head_faults(known: str) -> Iterator[Fault]:
    seq, _, told = known.partition(":")
    if not seq.isdigit() or len(told) != 64:
        raise SettingsError(f"--head {known}: is no head of a chain; give it as ascertain verify printed it")
    entry = ChainEntry.objects.filter(pk=int(seq)).first() if int(seq) else None
    if int(seq) and entry is None:
        yield Fault(f"entry {seq} of the chain", "is missing: the chain was cut off before it")
    elif entry is not None and bytes(entry.hash).hex() != told:
        yield Fault(f"entry {seq} of the chain", "is another than the one that was noted: the chain was written anew")


def _bytes(value: object) -> bytes:
    """What a column of bytes holds; nothing where something else was put in, which SQLite lets happen."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _named(entry: ChainEntry) -> str:
    return f"{entry.kind} {entry.key}"


def _chain_faults(progress: Progress) -> Iterator[Fault]:
    previous, expected = chain.NOTHING, 1
    entries = ChainEntry.objects.order_by("seq").iterator(_ROWS_AT_ONCE)
    for some in handfuls(entries, _ROWS_AT_ONCE):
        for entry in some:
            if entry.seq != expected:
                yield Fault(_entries(expected, entry.seq - 1), "missing from the chain")
            elif _bytes(entry.previous) != previous:
                yield Fault(f"entry {entry.seq} of the chain", "does not follow the one before: altered or moved")
            yield from one_by_one([entry], _entry_faults, lambda each: f"entry {each.seq} of the chain")
            previous, expected = _bytes(entry.hash), entry.seq + 1
        yield from _row_faults(some)
        progress.advance(len(some))


def _entries(first: int, last: int) -> str:
    return f"entry {first} of the chain" if first == last else f"entries {first} to {last} of the chain"


def _entry_faults(entries: Sequence[ChainEntry]) -> Iterator[Fault]:
    for entry in entries:
        told = chain.hash_of(_bytes(entry.previous), entry.seq, entry.kind, entry.key, _bytes(entry.digest), entry.at)
        if told != _bytes(entry.hash):
            yield Fault(f"entry {entry.seq} of the chain ({_named(entry)})", "altered")


def _row_faults(entries: Sequence[ChainEntry]) -> Iterator[Fault]:
    """Faults of the rows that these entries vouch for."""
    by_kind = sorted(entries, key=lambda entry: str(entry.kind))
    for kind, some in groupby(by_kind, key=attrgetter("kind")):
        yield from one_by_one(list(some), partial(_faults_of_kind, kind), _named)


def _faults_of_kind(kind: str, entries: Sequence[ChainEntry]) -> Iterator[Fault]:
    model = chained_models().get(kind)
    if model is None:
        yield from (Fault(_named(entry), "of a kind that this version does not know") for entry in entries)
        return
    rows = {str(row.pk): row for row in _rows(model, [entry.key for entry in entries])}
    for entry in entries:
        if entry.key not in rows:
            yield Fault(_named(entry), "missing")
        elif digest(rows[entry.key].chained_content()) != _bytes(entry.digest):
            yield Fault(_named(entry), "altered")
    yield from _part_faults(model, list(rows.values()))


def chained_models() -> dict[str, type[Chained]]:
    """The models whose rows the chain vouches for, by the kind that their entries have."""
    return {model.chained_as: model for model in apps.get_models() if issubclass(model, Chained)}


def _rows(model: type[Chained], keys: Sequence[str]) -> Iterator[Chained]:
    field = model._meta.pk
    asked = [key for key in keys if field.get_internal_type() == "CharField" or key.isdigit()]
    found: Iterator[Chained] = model._default_manager.filter(pk__in=asked).iterator()
    return found


def _part_faults(model: type[Chained], rows: Sequence[Model]) -> Iterator[Fault]:
    """Faults of what a row holds only the digest of."""
    if model is ReportRow:
        for row in rows:
            assert isinstance(row, ReportRow)
            if _sha256_of_text(row) != row.text_sha256:
                yield Fault(f"report {row.pk}", "its text was altered")
    if model is ReadingRow:
        yield from _claim_faults([row for row in rows if isinstance(row, ReadingRow)])


def _sha256_of_text(row: ReportRow) -> str:
    return hashlib.sha256(row.text.encode()).hexdigest()


def _claim_faults(readings: Sequence[ReadingRow]) -> Iterator[Fault]:
    claims: dict[str, list[ClaimRow]] = {}
    for claim in ClaimRow.objects.filter(reading__in=[row.pk for row in readings]).order_by("pk").iterator():
        claims.setdefault(claim.reading_id, []).append(claim)
    for row in readings:
        its = claims.get(row.pk, [])
        if len(its) != row.claims_count or digest_of_claims(its) != row.claims_sha256:
            problem = "its claims were altered" if len(its) == row.claims_count else _counted(len(its), row)
            yield Fault(f"reading {row.pk}", problem)


def _counted(found: int, row: ReadingRow) -> str:
    return f"it has {found} claims where {row.claims_count} were read"


def _unchained() -> Iterator[Fault]:
    """Rows that no entry vouches for: they were put in past the chain."""
    for kind, model in sorted(chained_models().items()):
        entry = ChainEntry.objects.filter(kind=kind, key=Cast(OuterRef("pk"), TextField()))
        rows = model._default_manager.filter(~Exists(entry)).order_by("pk")
        for key in rows.values_list("pk", flat=True).iterator(_ROWS_AT_ONCE):
            yield Fault(f"{kind} {key}", "is in no entry of the chain: put in by another way")


def _blob_faults(progress: Progress) -> Iterator[Fault]:
    """Blobs that are not what their SHA-256 says, or that receipts lack."""
    for blob in Blob.objects.filter(whole=True).order_by("pk").iterator():
        if (problem := _problem_of(blob)) is not None:
            yield Fault(f"blob {blob.pk}", problem)
        progress.advance()
    unfinished = Receipt.objects.filter(blob__whole=False).order_by("pk").values_list("blob_id", flat=True)
    yield from (Fault(f"blob {sha256}", "is not whole") for sha256 in dict.fromkeys(unfinished))
    lacking = Receipt.objects.filter(~Exists(Blob.objects.filter(pk=OuterRef("blob_id"))))
    missing = lacking.order_by("blob_id").values_list("blob_id", flat=True)
    yield from (Fault(f"blob {sha256}", "missing") for sha256 in dict.fromkeys(missing))


def _problem_of(blob: Blob) -> str | None:
    whole, size = hashlib.sha256(), 0
    try:
        for content in content_of(blob):
            whole.update(content)
            size += len(content)
    except UNREADABLE:
        return "altered"
    if whole.hexdigest() == blob.pk and size == blob.size:
        return None
    chunks = BlobChunk.objects.filter(blob=blob).count()
    return "altered" if chunks else "missing"
