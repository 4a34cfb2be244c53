"""The state that a run wrote: the folder of `ascertain run`."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ascertain.intake import results
from ascertain.model import ConditionWeek, Incident, InputError, Negotiation, Reading, SettingsError, TollSeries
from ascertain.pipeline.journal import finished_in
from ascertain.release.state import BadStateError, Facts, Standing

_T = TypeVar("_T", bound=BaseModel)
_NO_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_COUNTED = {
    results.INCIDENTS: "incidents",
    results.TOLLS: "tolls",
    results.CONDITIONS: "conditions",
    results.NEGOTIATIONS: "negotiations",
    results.CLAIMS: "reports",
}


class RunState:
    """What a finished run wrote, read line by line."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            SettingsError: no finished run wrote to the folder.
        """
        manifest = finished_in(folder)
        if manifest is None:
            raise SettingsError(f"{folder}: no finished run is there; finish it with ascertain run --resume")
        self._folder, self._manifest = folder, manifest

    def check(self) -> None:
        """
        Raises:
            BadStateError: with what is to be mended.
        """
        faults = [
            f"{self._folder / name}: holds {found} lines where the run wrote {told}; run ascertain run anew"
            for name, key in _COUNTED.items()
            if (found := self._lines(name)) != (told := self._manifest.get(key))
        ]
        if faults:
            raise BadStateError(tuple(faults))

    @cached_property
    def facts(self) -> Facts:
        """What is known of it as a whole; its moment is the day of its newest report."""
        digest, newest = hashlib.sha256(), None
        for reading in self.readings():
            digest.update(reading.report.id.encode("utf-8", "surrogatepass") + b"\0")
            day = reading.report.published
            newest = max(filter(None, (day, newest)), default=None)
        as_of = _NO_DAY if newest is None else dt.datetime.combine(newest, dt.time(), dt.UTC)
        return Facts(
            name=digest.hexdigest()[:32],
            as_of=as_of,
            policy=str(self._manifest["policy"]),
            readers=(str(self._manifest["reader"]),),
        )

    def incidents(self) -> Iterator[Standing]:
        """Every incident; nobody has decided anything about them."""
        return map(Standing, self._values(results.INCIDENTS, Incident))

    def readings(self) -> Iterator[Reading]:
        """Every report's metadata with its claims."""
        return self._values(results.CLAIMS, Reading)

    def tolls(self) -> Iterator[TollSeries]:
        """Every series of tolls."""
        return self._values(results.TOLLS, TollSeries)

    def conditions(self) -> Iterator[ConditionWeek]:
        """Every week of a condition."""
        return self._values(results.CONDITIONS, ConditionWeek)

    def negotiations(self) -> Iterator[Negotiation]:
        """Every negotiation."""
        return self._values(results.NEGOTIATIONS, Negotiation)

    def _lines(self, name: str) -> int:
        try:
            with (self._folder / name).open("rb") as file:
                return sum(1 for _ in file)
        except FileNotFoundError:
            return 0

    def _values(self, name: str, kind: type[_T]) -> Iterator[_T]:
        path = self._folder / name
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield kind.model_validate_json(line)
                except ValidationError as error:
                    problem, remedy = "is no line of a run", "run ascertain run anew, with --replace"
                    raise InputError(problem, source=str(path), line=number, remedy=remedy) from error
