"""`ascertain desk`: the pages, served to the browsers of this machine until the command is ended."""

from __future__ import annotations

import threading
import webbrowser

import typer

import ascertain.desk  # noqa: F401 -- starts Django with the desk's settings, before the record is imported
from ascertain.desk.serving import serve
from ascertain.record.opening import open_record


def open_desk(target: str | None, *, port: int, browser: bool) -> None:
    """Serve the record's pages, and open a browser at them.

    Raises:
        SettingsError: the port is taken, or the target names no record.
        RecordError: the record cannot be opened.
    """
    record = open_record(target)

    def ready(address: str) -> None:
        typer.echo(f"The desk of {record.address.shown} is at {address}\nEnd it with Ctrl-C.")
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(record=record, port=port, ready=ready)
