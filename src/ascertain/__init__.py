"""Ascertain turns reports of armed conflict into a sourced, countable record.

>>> import ascertain
>>> reading = ascertain.read("At least 13 people were killed in an air strike on Rafah on Thursday.")
>>> reading.claims[0].figures[0].low, reading.claims[0].figures[0].high
(13, None)

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascertain.model import (
        Actor,
        AscertainError,
        Attribution,
        Claim,
        ConditionClaim,
        DataFileError,
        EventClaim,
        Figure,
        Incident,
        InputError,
        NegotiationClaim,
        Place,
        Reading,
        Report,
        SettingsError,
        Target,
        TollClaim,
        When,
    )
    from ascertain.pipeline.in_process import read, read_many

    __version__: str

__all__ = [
    "Actor",
    "AscertainError",
    "Attribution",
    "Claim",
    "ConditionClaim",
    "DataFileError",
    "EventClaim",
    "Figure",
    "Incident",
    "InputError",
    "NegotiationClaim",
    "Place",
    "Reading",
    "Report",
    "SettingsError",
    "Target",
    "TollClaim",
    "When",
    "__version__",
    "read",
    "read_many",
]

_HOME = {"read": "ascertain.pipeline.in_process", "read_many": "ascertain.pipeline.in_process"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'ascertain' has no attribute {name!r}")
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("ascertain")
    else:
        value = getattr(import_module(_HOME.get(name, "ascertain.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
