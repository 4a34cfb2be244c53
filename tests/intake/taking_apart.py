"""What the tests of forms share: bytes in, what is found in them out."""

import itertools
import tempfile
from pathlib import Path

from ascertain.intake.documents import Document, Enclosed, Limits, Original
from ascertain.intake.forms import Found, find, form_of
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings

_NUMBERS = itertools.count()


def original_of(data: bytes, name: str, folder: Path, *, media_type: str | None = None) -> Original:
    path = folder / f"original-{next(_NUMBERS)}"
    path.write_bytes(data)
    return Original(path, name, name, media_type)


def found_in(
    data: bytes, name: str, folder: Path, *, settings: Settings | None = None, media_type: str | None = None
) -> list[Found]:
    """All that is found in bytes of that name."""
    room = Path(tempfile.mkdtemp(dir=folder))
    return list(find(original_of(data, name, folder, media_type=media_type), settings or Settings(), room))


def documents(found: list[Found]) -> list[Document]:
    """The documents; nothing may have been set aside."""
    assert not [str(item) for item in found if isinstance(item, SetAside)]
    return [item for item in found if isinstance(item, Document)]


def enclosed(found: list[Found]) -> dict[str, bytes]:
    """The bytes of what is enclosed, by its part."""
    return {item.part: item.original.path.read_bytes() for item in found if isinstance(item, Enclosed)}


def asides(found: list[Found]) -> list[str]:
    """What was set aside, as it is told."""
    return [str(item) for item in found if isinstance(item, SetAside)]


def form_of_bytes(data: bytes, name: str, folder: Path) -> str:
    return form_of(original_of(data, name, folder))


def small(**limits: int) -> Settings:
    """Settings with limits of these sizes."""
    return Settings(limits=Limits(**limits))


def hold_the_law(data: bytes, name: str, settings: Settings | None = None) -> list[Found]:
    """Whatever the bytes: only documents, enclosed originals and what was set aside, each within the limits."""
    chosen = settings or Settings()
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(data, name, Path(folder), settings=chosen)
        for item in found:
            assert isinstance(item, Document | Enclosed | SetAside)
            if isinstance(item, Document):
                assert item.text.strip()
                assert len(item.text) <= chosen.limits.characters
            if isinstance(item, Enclosed):
                assert item.original.path.resolve().is_relative_to(Path(folder).resolve())
                assert item.original.path.stat().st_size <= chosen.limits.original_bytes
            if isinstance(item, SetAside):
                assert item.problem
                assert item.remedy
                item.as_json().encode("utf-8")
    return found
