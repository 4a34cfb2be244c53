"""Receiving originals: their bytes are kept, and that they arrived; what is in them is found later (`finding`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascertain.intake.documents import Original
from ascertain.intake.received import SetAside, printable
from ascertain.model import InputError
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.handfuls import handfuls
from ascertain.record.models import Receipt
from ascertain.record.models.receipts import FOUND, KNOWN, WAITING
from ascertain.record.progress import Progress
from ascertain.record.services.keeping import Hashed, hashed, keep_blob
from ascertain.record.services.setting_aside import set_aside
from ascertain.record.writing import persistently, writing

_ORIGINALS_AT_ONCE = 200
_BYTES_AT_ONCE = 16 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking originals in: how many arrived, and how many of these the record had not seen."""

    originals: int = 0
    new: int = 0


def take_in(
    *, original: Original, told: Hashed | None = None, within: Receipt | None = None, part: str = ""
) -> Receipt:
    """Keep an original's bytes and that it arrived, or give the receipt that there is for it already.

    What it holds is found by `finding.find_documents`, at the latest when the next ingest begins.

    Args:
        original: what arrived; its bytes lie in a file.
        told: what the file holds, where it was looked through already.
        within: the receipt of what encloses it.
        part: which part of that it is.

    Raises:
        InputError: the file changes while it is read.
        OSError: it cannot be read.
    """
    told = told or hashed(original.path)
    key = key_of(original, told)
    if (known := Receipt.objects.filter(key=key).first()) is not None:
        return known
    blob = keep_blob(path=original.path, told=told)

    def note() -> Receipt:
        with writing():
            if (known := Receipt.objects.filter(key=key).first()) is not None:
                return known
            seen = Receipt.objects.filter(blob=blob, state__in=(WAITING, FOUND)).exists()
            receipt = Receipt.objects.create(
                key=key,
                blob=blob,
                address=printable(original.address),
                name=printable(original.name),
                media_type=None if original.media_type is None else printable(original.media_type),
                received=original.received or now(),
                headers=canonical([[printable(name), printable(value)] for name, value in original.headers]),
                within=within,
                part=printable(part),
                depth=0 if within is None else within.depth + 1,
                state=KNOWN if seen else WAITING,
            )
            chain.append([receipt])
            return receipt

    return persistently(note)


def receive(*, originals: Iterable[Original | SetAside], progress: Progress) -> Taken:
    """Take in originals, some hundred at a time in one transaction; one that cannot be read is set aside."""
    taken = Taken()
    for some in handfuls(originals, _ORIGINALS_AT_ONCE, weight=_size, heaviest=_BYTES_AT_ONCE):
        new = _receive_some(some, progress)
        taken = Taken(taken.originals + len(some), taken.new + new)
        progress.advance(len(some))
    return taken


def key_of(original: Original, told: Hashed) -> str:
    """What tells one arrival from another: the bytes and the address."""
    return hashlib.sha256(f"{told.sha256}\n{printable(original.address)}".encode()).hexdigest()


def _receive_some(some: Sequence[Original | SetAside], progress: Progress) -> int:
    """How many of them are new."""
    looked = [_looked_through(original) for original in some]
    keys = [key_of(*pair) for pair in looked if not isinstance(pair, SetAside)]
    known = persistently(lambda: set(Receipt.objects.filter(key__in=keys).values_list("key", flat=True)))
    new = [pair for pair in looked if isinstance(pair, SetAside) or key_of(*pair) not in known]
    small = [pair for pair in new if isinstance(pair, SetAside) or pair[1].size <= _BYTES_AT_ONCE]
    large = [pair for pair in new if not isinstance(pair, SetAside) and pair[1].size > _BYTES_AT_ONCE]

    def note() -> list[SetAside]:
        with writing():
            return [aside for pair in small if (aside := _take_in(pair)) is not None]

    asides = persistently(note, on_wait=progress.away) if small else []
    asides += [aside for pair in large if (aside := _take_in(pair)) is not None]
    for aside in asides:
        progress.aside(aside)
    return len(new) - len(asides)


def _take_in(pair: tuple[Original, Hashed] | SetAside) -> SetAside | None:
    """Take one in; what was set aside instead."""
    aside = pair if isinstance(pair, SetAside) else _refused(*pair)
    if aside is not None:
        persistently(lambda: set_aside(items=[aside]))
    return aside


def _refused(original: Original, told: Hashed) -> SetAside | None:
    try:
        take_in(original=original, told=told)
    except InputError as error:
        return SetAside.because(InputError(error.problem, source=original.address, remedy=error.remedy))
    except OSError as error:
        return _unreadable(original, error)
    return None


def _looked_through(original: Original | SetAside) -> tuple[Original, Hashed] | SetAside:
    if isinstance(original, SetAside):
        return original
    try:
        return original, hashed(original.path)
    except OSError as error:
        return _unreadable(original, error)


def _unreadable(original: Original, error: OSError) -> SetAside:
    problem = f"cannot be read: {error.strerror or type(error).__name__}"
    return SetAside(printable(original.address), None, problem, "check the file and the right to read it")


def _size(original: Original | SetAside) -> int:
    try:
        return 0 if isinstance(original, SetAside) else original.path.stat().st_size
    except OSError:
        return 0
