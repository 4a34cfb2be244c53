"""Serving the desk from this machine, to its own browsers; a team has an application server do it (`wsgi`)."""

from __future__ import annotations

import getpass
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import QueryDict
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from waitress import create_server

from ascertain.desk.basemap import checked
from ascertain.model import SettingsError
from ascertain.record.models.people import Person
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.services.indexing import index_missing
from ascertain.record.services.people import add_person
from ascertain.record.services.searching import index_reports
from ascertain.record.services.signing_in import invite

HOST, PORT = "127.0.0.1", 8642
_THREADS = 8


def serve(*, record: Record, port: int, ready: Callable[[str], object], host: str = HOST) -> None:
    """Serve the desk until the process is told to end.

    Args:
        record: the record that is open.
        port: where; 0 for any that is free.
        ready: is called with the address to open, once it answers: of the page to sign in, or, where nobody can sign in
            yet, a link that makes the first administrator.
        host: the address of the machine's that is listened on.

    Raises:
        SettingsError: the port is taken.
    """
    catch_up()
    settings.SECRET_KEY = settings.SECRET_KEY if os.environ.get("ASCERTAIN_SECRET_KEY") else _kept_key(record.derived)
    try:
        server = create_server(get_wsgi_application(), host=host, port=port, threads=_THREADS, ident=None)
    except OSError as error:
        raise SettingsError(f"port {port} cannot be used ({error.strerror}); give another one by --port") from error
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    try:
        ready(f"http://{host}:{server.effective_port}{first_page()}")
        server.run()
    finally:
        server.close()
        record.close()


def catch_up() -> None:
    """Make up for what pages are found by and a process that was killed, or a restore, left out."""
    index_missing(progress=Unwatched())
    index_reports(progress=Unwatched())


def warm_up() -> None:
    """Read what the first who opens a page, and the first who asks what keeps two incidents apart, would wait for."""
    from ascertain.desk.selectors.apart import parameters_read
    from ascertain.desk.selectors.inbox import asked_in, inbox

    try:
        get_resolver().url_patterns  # noqa: B018 -- imports all pages
        get_template("desk/inbox/page.html")
        inbox(asked_in(QueryDict(), 0))
        parameters_read()
    finally:
        connection.close()


def use_base_map(given: Path | None = None) -> None:
    """Have maps drawn upon a file of one's own: the one that is given, or that the settings name, if any.

    Raises:
        SettingsError: it cannot be drawn; the message says why and what to do.
    """
    if chosen := given or settings.BASE_MAP:
        settings.BASE_MAP = str(checked(chosen))


def first_page() -> str:
    """The path to open first: `/`, or while no administrator can sign in, that of a link for one.

    A link that was handed out before holds for its time, so that the desk can be started again before it is used."""
    administrators = Person.objects.filter(role="administrator", is_active=True)
    if any(person.has_usable_password() for person in administrators):
        return "/"
    person = administrators.order_by("pk").first() or add_person(name=_own_name(), role="administrator", by=None)
    return reverse("join", args=[invite(person=person, by=None, ends_earlier=False)])


def _own_name() -> str:
    """What the person at this machine is called here, if that is free."""
    try:
        name = getpass.getuser()
        Person.username_validator(name)
    except (OSError, KeyError, ValueError):
        name = "administrator"
    return name if not Person.objects.filter(username__iexact=name).exists() else "administrator"


def _kept_key(folder: Path) -> str:
    """The key that signs sessions, kept beside the record for its owner alone, so that they outlive a restart."""
    path = folder / "desk.key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
