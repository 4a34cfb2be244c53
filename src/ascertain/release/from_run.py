"""The state that a run wrote: the folder of `ascertain run`."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import from_json

from ascertain.incidents.policies import POLICIES
from ascertain.intake import results
from ascertain.model import ConditionWeek, Incident, InputError, Negotiation, Reading, SettingsError, TollSeries
from ascertain.pipeline.journal import JOURNAL
from ascertain.release.run_ids import faults_in_ids
from ascertain.release.state import BadStateError, Facts, Standing

_T = TypeVar("_T", bound=BaseModel)
_NO_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_COUNTED = {
    results.CLAIMS: "reports",
    results.INCIDENTS: "incidents",
    results.TOLLS: "tolls",
    results.CONDITIONS: "conditions",
    results.NEGOTIATIONS: "negotiations",
}
_WORDS = ("policy", "reader")
_AGAIN = "run ascertain run anew, with --replace"
_NUMBERS_LOOKED_AT = re.compile(rb"\d{16}|NaN|Infinity")
_LARGEST = 2**53
_READ_AT_ONCE = 1 << 20


class RunState:
    """What a finished run wrote, read line by line."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            SettingsError: no finished run wrote to the folder.
            BadStateError: what it says of the run is not what a release needs.
        """
        self._folder, self._manifest = folder, _manifest_in(folder)

    def check(self) -> None:
        """
        Raises:
            BadStateError: with what is to be mended.
        """
        faults = [fault for name, key in _COUNTED.items() if (fault := self._fault_in(name, key))]
        if not faults:
            faults = list(faults_in_ids(self._folder))
        if faults:
            raise BadStateError(tuple(f"{fault}; {_AGAIN}" for fault in faults))

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

    def without(self, reports: Collection[str]) -> RunState:
        """The same: nobody has marked a report of a run."""
        del reports
        return self

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

    def _fault_in(self, name: str, key: str) -> str | None:
        """Why a file is not as the run wrote it."""
        path, told = self._folder / name, self._manifest[key]
        try:
            found, whole = _lines_of(path)
        except FileNotFoundError:
            return f"{path}: is missing"
        except OSError as error:
            return f"{path}: cannot be read ({error.strerror})"
        if not whole:
            return f"{path}:{found}: is cut off within the line"
        return None if found == told else f"{path}: holds {found} lines where the run wrote {told}"

    def _values(self, name: str, kind: type[_T]) -> Iterator[_T]:
        path = self._folder / name
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    value = kind.model_validate_json(line)
                except ValidationError as error:
                    raise InputError(
                        f"is no line of a run ({_first_of(error)})", source=str(path), line=number, remedy=_AGAIN
                    ) from error
                if _NUMBERS_LOOKED_AT.search(line) and not _is_plain(from_json(line)):
                    raise InputError(
                        "holds a number that no table can hold", source=str(path), line=number, remedy=_AGAIN
                    )
                yield value


def _manifest_in(folder: Path) -> dict[str, JsonValue]:
    """What `run.json` says, with all that a release needs."""
    path = folder / results.MANIFEST
    if not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder; name one that ascertain run wrote to")
    if (folder / JOURNAL).exists():
        raise SettingsError(f"{folder}: the run there is not finished; go on with ascertain run --resume")
    try:
        manifest = from_json(path.read_bytes(), allow_inf_nan=False)
    except FileNotFoundError:
        raise SettingsError(f"{folder}: no finished run is there; finish it with ascertain run --resume") from None
    except OSError as error:
        raise BadStateError((f"{path}: cannot be read ({error.strerror}); {_AGAIN}",)) from error
    except ValueError as error:
        raise BadStateError((f"{path}: is no JSON ({error}); {_AGAIN}",)) from error
    if not isinstance(manifest, dict):
        raise BadStateError((f"{path}: does not describe a run; {_AGAIN}",))
    if faults := tuple(_faults_of_manifest(manifest)):
        raise BadStateError(tuple(f"{path}: {fault}; {_AGAIN}" for fault in faults))
    return manifest


def _faults_of_manifest(manifest: dict[str, JsonValue]) -> Iterator[str]:
    if lacking := [key for key in (*_WORDS, *_COUNTED.values()) if key not in manifest]:
        yield f"does not tell {', '.join(lacking)}: an older version of ascertain wrote it"
    for key in (key for key in _WORDS if key in manifest):
        if not isinstance(manifest[key], str) or not manifest[key]:
            yield f"{key} is {manifest[key]!r}, which is no name"
    for key in (key for key in _COUNTED.values() if key in manifest):
        if type(manifest[key]) is not int:
            yield f"{key} is {manifest[key]!r}, which is no number of lines"
    policy = manifest.get("policy")
    if isinstance(policy, str) and policy and policy not in POLICIES:
        yield f"the policy {policy!r} is not known; there are {', '.join(POLICIES)}"


def _lines_of(path: Path) -> tuple[int, bool]:
    """How many lines a file has, and whether the last of them is whole."""
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            lines, last = lines + part.count(b"\n"), part[-1:]
    return lines + (last != b"\n"), last == b"\n"


def _first_of(error: ValidationError) -> str:
    """The first fault, by the field and what is wrong with it; never what stands there, which may name people.

    >>> try:
    ...     Incident.model_validate_json('{"id": 7}')
    ... except ValidationError as error:
    ...     _first_of(error)
    'id: Input should be a valid string'
    """
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(map(str, first["loc"]))
    return f"{field}: {first['msg']}" if field else first["msg"]


def _is_plain(value: JsonValue) -> bool:
    """Whether every number is finite, and every whole number one that tables hold exactly.

    >>> _is_plain({"low": 3, "of": [1.5]}), _is_plain([2**60]), _is_plain({"radius_km": float("inf")})
    (True, False, False)
    """
    match value:
        case dict():
            return all(map(_is_plain, value.values()))
        case list():
            return all(map(_is_plain, value))
        case int():
            return abs(value) <= _LARGEST
        case float():
            return math.isfinite(value)
    return True
