"""Finding documents: what was received is taken apart, and each document becomes a report, once.

Originals wait under their receipts until all that is in them is found; how far that has come is kept with every
handful, so that whoever is broken off goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree

from ascertain.intake.apart import Apart
from ascertain.intake.documents import Document, Enclosed, Original
from ascertain.intake.forms import Found
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings
from ascertain.intake.spools import spool
from ascertain.record.handfuls import handfuls
from ascertain.record.models import Receipt
from ascertain.record.models.receipts import FOUND, WAITING
from ascertain.record.progress import Progress
from ascertain.record.services.adding import Arrived, add_reports
from ascertain.record.services.keeping import write_blob
from ascertain.record.services.receiving import take_in
from ascertain.record.services.setting_aside import set_aside
from ascertain.record.writing import persistently, writing

_PIECES_AT_ONCE = 400
_RECEIPTS_AT_ONCE = 100
_CHARACTERS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that was found in what a receipt is of, as its n-th; `None` for the end of it, when `path`, where its
    bytes lay, and `room`, where those lay that it encloses, can go."""

    receipt: Receipt
    position: int
    found: Found | None
    path: Path
    room: Path


def find_documents(*, settings: Settings, progress: Progress) -> int:
    """Find the documents in all that is waiting, and in what that encloses; how many new reports they make."""
    new = 0
    with spool() as folder, Apart(settings) as apart:
        while persistently(waiting):  # what is found may enclose more
            new += _find_all(apart, folder, settings, progress)
    return new


def _find_all(apart: Apart, folder: Path, settings: Settings, progress: Progress) -> int:
    new = 0
    pieces = _pieces(apart, folder)
    for some in handfuls(pieces, _PIECES_AT_ONCE, weight=_weight, heaviest=_CHARACTERS_AT_ONCE):
        kept, asides = persistently(partial(_keep, some, settings), on_wait=progress.away)
        new += kept
        for aside in asides:
            progress.aside(aside)
        for piece in some:
            _forget(piece)
        progress.advance(sum(isinstance(piece.found, Document) for piece in some))
    return new


def waiting() -> int:
    """How many originals wait for their documents to be found."""
    return Receipt.objects.filter(state=WAITING).count()


def _pieces(apart: Apart, folder: Path) -> Iterator[_Piece]:
    for receipt in _waiting():
        room, path = folder / "rooms" / str(receipt.pk), folder / str(receipt.pk)
        room.mkdir(parents=True)
        original = Original(
            path=path,
            name=receipt.name,
            address=receipt.address,
            media_type=receipt.media_type,
            received=receipt.received,
            headers=receipt.headers_told(),
        )
        persistently(partial(write_blob, blob=receipt.blob, path=path))
        position = 0
        for position, found in enumerate(apart.found(original, room), 1):
            if position > receipt.position:
                yield _Piece(receipt, position, found, path, room)
            elif isinstance(found, Enclosed):
                found.original.path.unlink(missing_ok=True)
        yield _Piece(receipt, position, None, path, room)


def _waiting() -> Iterator[Receipt]:
    """All that waits, and what comes to wait meanwhile, in order of arrival."""
    last = 0
    while True:
        some = persistently(partial(_waiting_after, last))
        if not some:
            return
        yield from some
        last = some[-1].pk


def _waiting_after(last: int) -> list[Receipt]:
    waiting = Receipt.objects.filter(state=WAITING, pk__gt=last)
    return list(waiting.select_related("blob").order_by("pk")[:_RECEIPTS_AT_ONCE])


def _keep(pieces: Sequence[_Piece], settings: Settings) -> tuple[int, list[SetAside]]:
    """Keep what was found, and how far that is; how many reports are new, and what was set aside."""
    with writing():
        asked = {piece.receipt.pk for piece in pieces}
        now = {row.pk: row for row in Receipt.objects.filter(pk__in=asked)}
        left = [piece for piece in pieces if _is_new(piece, now[piece.receipt.pk])]
        new = add_reports(
            arrived=[Arrived(piece.receipt, piece.found) for piece in left if isinstance(piece.found, Document)]
        )
        asides = [aside for piece in left if (aside := _keep_other(piece, settings)) is not None]
        for receipt, position, is_done in _standing(left):
            Receipt.objects.filter(pk=receipt).update(position=position, state=FOUND if is_done else WAITING)
    return new, asides


def _is_new(piece: _Piece, receipt: Receipt) -> bool:
    """Whether nobody else has kept it meanwhile."""
    return receipt.state == WAITING and (piece.found is None or piece.position > receipt.position)


def _keep_other(piece: _Piece, settings: Settings) -> SetAside | None:
    """Keep what is no document; what was set aside."""
    aside = _aside_of(piece, settings)
    if aside is not None:
        set_aside(items=[aside], receipt=piece.receipt)
    elif isinstance(piece.found, Enclosed):
        take_in(original=piece.found.original, within=piece.receipt, part=piece.found.part)
    return aside


def _aside_of(piece: _Piece, settings: Settings) -> SetAside | None:
    if isinstance(piece.found, Enclosed) and piece.receipt.depth >= settings.limits.depth:
        problem = f"lies more than {settings.limits.depth} archives deep"
        return SetAside(piece.found.original.address, None, problem, "unpack it, and ingest what is in it")
    return piece.found if isinstance(piece.found, SetAside) else None


def _standing(pieces: Sequence[_Piece]) -> list[tuple[int, int, bool]]:
    """How far each receipt has come with these pieces: its number, the position, whether it is done."""
    last = {piece.receipt.pk: piece for piece in pieces}
    return [(number, piece.position, piece.found is None) for number, piece in last.items()]


def _forget(piece: _Piece) -> None:
    """Remove what is kept now."""
    if piece.found is None:
        rmtree(piece.room)
        piece.path.unlink()
    elif isinstance(piece.found, Enclosed):
        piece.found.original.path.unlink(missing_ok=True)


def _weight(piece: _Piece) -> int:
    return len(piece.found.text) if isinstance(piece.found, Document) else 1
