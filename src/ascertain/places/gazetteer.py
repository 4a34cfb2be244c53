"""The gazetteer: names to what they may mean, from one SQLite file in the user's cache folder."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ascertain.model import PlacePrecision
from ascertain.places.build import build, filter_bit, fingerprint

_MOST_SENSES = 60
_REMEMBERED = 20_000
_COLUMNS = "p.id, p.name, p.kind, p.lat, p.lon, p.radius_km, p.country, p.admin1, p.population"


class Sense(NamedTuple):
    """One place that a name may mean.

    `radius_km` is how far the place reaches from (`lat`, `lon`); `main` tells the place's own name from an alternate
    one; `admin1` is GeoNames' code within the country.
    """

    id: str
    name: str
    kind: PlacePrecision
    lat: float
    lon: float
    radius_km: float
    country: str | None
    admin1: str | None
    population: int
    main: bool


class Gazetteer:
    """Names looked up in a built file, with a bounded memory of what was asked.

    Raises `sqlite3.Error` for a file that is no gazetteer; `open_gazetteer` builds one instead.
    """

    def __init__(self, path: Path) -> None:
        self._store = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        about = dict(self._store.execute("SELECT name, value FROM about"))
        self.fingerprint: str = about["fingerprint"]
        self._known: bytes = about["filter"]
        self.senses: Callable[[str], tuple[Sense, ...]] = lru_cache(_REMEMBERED)(self._senses)
        self.near_senses: Callable[[str], tuple[Sense, ...]] = lru_cache(_REMEMBERED)(self._near_senses)
        self.begins_longer: Callable[[str], bool] = lru_cache(_REMEMBERED)(self._begins_longer)

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def _senses(self, key: str) -> tuple[Sense, ...]:
        """What a key of `names.fold` may mean, most people first; countries and regions lead."""
        if not self._may_know(key):
            return ()
        return self._asked(
            f"SELECT {_COLUMNS}, n.main FROM name n JOIN place p ON p.number = n.place WHERE n.key = ?", key
        )

    def _near_senses(self, form: str) -> tuple[Sense, ...]:
        """What a form of `names.near_form` may mean."""
        if not self._may_know("~" + form):
            return ()
        return self._asked(
            f"SELECT {_COLUMNS}, 0 FROM near_name n JOIN place p ON p.number = n.place WHERE n.form = ?", form
        )

    def _begins_longer(self, word: str) -> bool:
        """Whether a key of several words begins with this one."""
        longer = self._store.execute("SELECT 1 FROM name WHERE key > ? AND key < ? LIMIT 1", (f"{word} ", f"{word}!"))
        return longer.fetchone() is not None

    def _may_know(self, key: str) -> bool:
        byte, bit = filter_bit(key)
        return bool(self._known[byte] & bit)

    def _asked(self, question: str, key: str) -> tuple[Sense, ...]:
        found = self._store.execute(
            f"{question} ORDER BY p.kind = 'town', p.population DESC LIMIT {_MOST_SENSES}", (key,)
        )
        return tuple(_sense(*row) for row in found)


def _sense(
    number: str, name: str, kind: PlacePrecision, lat: float, lon: float, radius_km: float, country: str | None,
    admin1: str | None, population: int, main: int,
) -> Sense:  # fmt: skip
    return Sense(number, name, kind, lat, lon, radius_km, country, admin1, population, bool(main))


def gazetteer_path() -> Path:
    """Where the built gazetteer lies: `ASCERTAIN_CACHE`, else `XDG_CACHE_HOME/ascertain`, else `~/.cache/ascertain`."""
    own = os.environ.get("ASCERTAIN_CACHE")
    if own:
        return Path(own) / "gazetteer.sqlite"
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "ascertain" / "gazetteer.sqlite"


def open_gazetteer() -> Gazetteer:
    """The gazetteer, built first (some ten seconds, once) where there is none or an old one.

    One object serves a process; a forked process gets one of its own.
    """
    return _opened(gazetteer_path(), os.getpid())


@lru_cache(4)
def _opened(path: Path, process: int) -> Gazetteer:  # noqa: ARG001  # the process is part of the key: forks share no connection
    with contextlib.suppress(sqlite3.Error, KeyError):
        ready = Gazetteer(path)
        if ready.fingerprint == fingerprint():
            return ready
        ready.close()
    build(path)
    return Gazetteer(path)
