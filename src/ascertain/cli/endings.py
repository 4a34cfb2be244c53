"""How commands end: their exit statuses, and errors that a person can mend as messages."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

DONE, SOME_SET_ASIDE, NOT_DONE, BROKEN_OFF = 0, 1, 2, 130


_PASSWORD = re.compile(r"(//[^/:@]*):[^/]*(?=@)|(?<=[?&])password=[^&]*&?")


@contextmanager
def errors_told(then: str = "") -> Iterator[None]:
    """Turn errors that a person can mend into a message and an exit status; `then` says what to do afterwards."""
    from ascertain.model.errors import AscertainError

    try:
        yield
    except AscertainError as error:
        typer.echo(f"ascertain: {error}", err=True)
        raise typer.Exit(NOT_DONE) from None
    except KeyboardInterrupt:
        typer.echo(f"ascertain: broken off{then}", err=True)
        raise typer.Exit(BROKEN_OFF) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        typer.echo(f"ascertain: {named}{error.strerror or error}; mend that{then}", err=True)
        raise typer.Exit(NOT_DONE) from None
    except Exception as error:
        if not _is_of_database(error):
            raise
        typer.echo(f"ascertain: the record's database: {' '.join(str(error).split())}; mend that{then}", err=True)
        raise typer.Exit(NOT_DONE) from None


def same_record(target: str | None) -> str:
    """The option that names the same record in a command to go on with; a password in it is left out.

    >>> same_record("war diary.sqlite"), same_record("postgresql://desk:secret@db.example/record"), same_record(None)
    (" --record 'war diary.sqlite'", ' --record postgresql://desk@db.example/record', '')
    """
    if target is None:
        return ""
    shown = _PASSWORD.sub(r"\1", target) if "://" in target else target
    return f" --record {shlex.quote(shown)}"


def _is_of_database(error: Exception) -> bool:
    """Whether a database says it; where Django is not loaded, none does."""
    database = sys.modules.get("django.db")
    return database is not None and isinstance(error, database.Error)
