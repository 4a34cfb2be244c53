"""Adding reports: documents that were found become reports, each once, whatever ids their sources give."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ascertain.intake.documents import Document, derived_id
from ascertain.intake.received import printable
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.models import Receipt, ReportRow
from ascertain.record.writing import writing

_LONGEST_ID = 150


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document, and the receipt of what it was found in."""

    receipt: Receipt
    document: Document


@dataclass(frozen=True, slots=True)
class _Named:
    """A document with the ids that it may get: a later one where another text has those before."""

    arrived: Arrived
    text_sha256: str
    ids: tuple[str, ...]


def add_reports(*, arrived: Iterable[Arrived]) -> int:
    """Add what is new of these documents as reports; how many that are.

    A report's id is the one that its source gives, else `r` and 16 hexadecimal digits of the SHA-256 over the blob's
    and the part. A document with an id and a text that the record has is known; one with such an id and another text
    gets `~` and 8 digits of its text's SHA-256 behind the id.
    """
    named = [_named(each) for each in arrived]
    with writing():
        asked = {id for each in named for id in each.ids}
        texts = dict(ReportRow.objects.filter(pk__in=asked).values_list("pk", "text_sha256"))
        new: list[ReportRow] = []
        for each in named:
            id = _free_id(each, texts)
            if id is not None:
                texts[id] = each.text_sha256
                new.append(_row(id, each))
        ReportRow.objects.bulk_create(new)
        chain.append(new)
    return len(new)


def _named(arrived: Arrived) -> _Named:
    document = arrived.document
    text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    id = _own_id(document.id) if document.id else None
    if id is None:
        id = derived_id(arrived.receipt.blob_id, document.part)
    return _Named(arrived, text_sha256, (id, f"{id}~{text_sha256[:8]}", f"{id}~{text_sha256}"))


def _own_id(given: str) -> str:
    """The id that the source gives, as the record can keep it: without what cannot be printed, and not too long."""
    id = printable(given.strip())
    return id if len(id) <= _LONGEST_ID else f"{id[:_LONGEST_ID]}~{hashlib.sha256(id.encode()).hexdigest()[:16]}"


def _free_id(named: _Named, texts: dict[str, str]) -> str | None:
    """The id for a document; `None` where it is known."""
    for id in named.ids:
        if id not in texts:
            return id
        if texts[id] == named.text_sha256:
            return None
    return None


def _row(id: str, named: _Named) -> ReportRow:
    document = named.arrived.document
    return ReportRow(
        id=id,
        receipt=named.arrived.receipt,
        part=printable(document.part),
        text=document.text,
        text_sha256=named.text_sha256,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        author=document.author,
        url=document.url,
        language=document.language,
        pages=canonical(document.pages),
        added=now(),
    )
