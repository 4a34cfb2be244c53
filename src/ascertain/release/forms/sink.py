"""What takes the rows of a table and makes a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ascertain.release.tables import Row


class Sink(Protocol):
    """A file that grows by handfuls of rows."""

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Write what is left, and end the file."""
        ...

    def drop(self) -> None:
        """Let go of the file, whether it is ended or not."""
        ...
