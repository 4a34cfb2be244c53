"""Where a record lies: a file (SQLite) or a PostgreSQL database, as people name it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ascertain.folders import cache_folder, data_folder
from ascertain.model import SettingsError

SETTING = "ASCERTAIN_DATABASE"
_POSTGRESQL = ("postgresql", "postgres")
_BUSY_SECONDS = 60
_PRAGMAS = "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma cache_size=-65536"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record lies.

    Attributes:
        shown: as people may see it, without a password.
        database: what Django is told of it.
        file: the file, where it is one.
    """

    shown: str
    database: Mapping[str, Any]
    file: Path | None

    @property
    def derived(self) -> Path:
        """The folder for what is derived from the record and can be made again: beside the file, else in the cache."""
        if self.file is not None:
            return self.file.with_name(f"{self.file.name}.derived")
        return cache_folder() / f"record-{hashlib.sha256(self.shown.encode()).hexdigest()[:16]}.derived"


def address_of(target: str | None = None) -> Address:
    """The address that a person named: a file, `sqlite:///FILE`, or `postgresql://USER:PASSWORD@HOST:PORT/NAME`.

    Without one it is that of the environment's `ASCERTAIN_DATABASE`, else `record.sqlite` in the user's data folder.

    Raises:
        SettingsError: it is neither.

    >>> address_of("postgresql://desk:secret@db.example:5433/record").shown
    'postgresql://desk@db.example:5433/record'
    >>> address_of("a/record.sqlite").file.name
    'record.sqlite'
    """
    named = target if target is not None else os.environ.get(SETTING)
    if named is None:
        return _of_file(data_folder() / "record.sqlite")
    scheme, mark, rest = named.partition("://")
    if not mark:
        return _of_file(Path(named))
    if scheme in _POSTGRESQL:
        return _of_postgresql(named)
    if scheme == "sqlite":
        return _of_file(Path(rest.removeprefix("/")))
    problem = f"{scheme}://: is no kind of record"
    raise SettingsError(f"{problem}; name a file, or a database as postgresql://USER@HOST/NAME")


def _of_file(path: Path) -> Address:
    if not path.name:
        raise SettingsError("the record is named by nothing; give a file, or postgresql://USER@HOST/NAME")
    path = path.expanduser().absolute()
    options = {"timeout": _BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
    return Address(str(path), {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}, path)


def _of_postgresql(named: str) -> Address:
    try:
        parts = urlsplit(named)
        port = parts.port
    except ValueError as error:
        raise SettingsError(f"{SETTING} or --record: no address of a database ({error})") from None
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise SettingsError("the address names no database; write postgresql://USER@HOST/NAME")
    host = options.pop("host", None) or unquote(parts.hostname or "")
    user = unquote(parts.username or "")
    at = f"{user}@{host}" if user else host
    shown = f"postgresql://{at}{f':{port}' if port else ''}/{name}"
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": {"application_name": "ascertain", **options},
    }
    return Address(shown, database, None)
