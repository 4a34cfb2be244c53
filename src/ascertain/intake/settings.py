"""How originals are taken apart: the limits on each, and what the person who gives them says about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ascertain.intake.columns import Columns
from ascertain.intake.documents import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What every form is given beside the original.

    Attributes:
        limits: how much one original may ask for.
        columns: which column of a table holds what; `None` leaves it to the tables' own headers.
    """

    limits: Limits = field(default_factory=Limits)
    columns: Columns | None = None
