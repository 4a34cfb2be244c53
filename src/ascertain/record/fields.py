"""Columns that databases lack: text of any length and any characters, kept small."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Text = models.Field[str, str]
else:
    _Text = models.Field

_LEVEL = 6


class ZippedText(_Text):
    """Text as compressed UTF-8: every character comes back as it went in, the zero character too, which PostgreSQL
    takes in no text of its own. It cannot be searched in."""

    def get_internal_type(self) -> str:
        """Bytes, to the database."""
        return "BinaryField"

    def get_prep_value(self, value: Any) -> Any:
        """The bytes that are kept."""
        return None if value is None else zlib.compress(value.encode(), _LEVEL)

    def from_db_value(self, value: Any, *_: object) -> str | None:
        """The text that the bytes are."""
        return None if value is None else zlib.decompress(bytes(value)).decode()

    def value_to_string(self, obj: models.Model) -> str:
        """The text, for whoever writes the record out."""
        return str(self.value_from_object(obj))
