"""Who is told how work on the record goes."""

from __future__ import annotations

from typing import Protocol

from ascertain.intake.received import SetAside


class Progress(Protocol):
    """Is told how work on the record goes, step by step."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins: of so many items, where that is known."""

    def advance(self, items: int = 1) -> None:
        """So many more items of the step are done and kept."""

    def aside(self, item: SetAside) -> None:
        """An item was set aside."""

    def away(self, said: str) -> None:
        """The database does not answer, and is tried again."""


class Unwatched:
    """Tells nobody."""

    def step(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, items: int = 1) -> None:
        """Nothing."""

    def aside(self, item: SetAside) -> None:
        """Nothing."""

    def away(self, said: str) -> None:
        """Nothing."""
