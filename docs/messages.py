"""Collects the strings of the desk's pages into the Arabic catalogue, keeps what is translated, and lists what is not.

Run it after a change of words on the pages: `python docs/messages.py`, then fill in what it lists.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import ascertain.desk  # noqa: F401 -- starts Django, which takes templates apart
from ascertain.incidents.linking.model import shipped

ROOT = Path(__file__).parents[1] / "src" / "ascertain"
DESK = ROOT / "desk"
OTHERS = (ROOT / "incidents", ROOT / "record")
ARABIC = DESK / "locale" / "ar" / "LC_MESSAGES" / "django.po"
_FUNCTIONS = {
    "saying": None,
    "gettext": None,
    "_": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def messages() -> Iterator[str | tuple[str, ...]]:
    """Every string that a page may show, as it stands in the code; a singular with its plural."""
    others = (path for room in OTHERS for path in room.rglob("*.py"))
    for path in sorted([*DESK.rglob("*.py"), *DESK.rglob("*.html"), *others]):
        text = path.read_text(encoding="utf-8")
        code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        for _, message, _, _ in extract("python", io.BytesIO(code.encode()), keywords=_FUNCTIONS):
            yield message
    for comparison in shipped().comparisons:
        yield from (level.says for level in comparison.levels if level.m is not None)


def collected(known: Catalog) -> Catalog:
    """The catalogue of these strings, with the translations that are known."""
    made = Catalog(locale="ar", project="Ascertain", charset="utf-8", header_comment="# The desk in Arabic.")
    for message in sorted(set(messages()), key=str):
        old = known.get(message if isinstance(message, str) else message[0])
        made.add(message, old.string if old else "")
    return made


def is_missing(message: Message) -> bool:
    """Whether a string has no translation, or not all forms of its plural."""
    told = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(message.id) and not (told and all(told))


def arabic() -> Catalog:
    """The catalogue as it is kept."""
    with ARABIC.open("rb") as file:
        return read_po(file, locale="ar")


if __name__ == "__main__":
    catalog = collected(arabic())
    with ARABIC.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, no_location=True, omit_header=False)
    for one in catalog:
        if is_missing(one):
            print(one.id)
