"""The desk on a real record: a copy of one that was filled from reports made up for it."""

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from tests.record.made import take_three
from waitress import create_server
from waitress.server import WSGIServer

from ascertain.desk.api import LIMIT
from ascertain.desk.bundles import bundle
from ascertain.record.models.people import Person
from ascertain.record.opening import Record, open_record
from ascertain.record.services.people import add_person

PASSWORD = "a long sentence to keep"
ClientOf = Callable[[str], Client]


@pytest.fixture(scope="session", autouse=True)
def pages_are_built() -> None:
    """The pages' scripts are built, or it is told how to."""
    bundle("main")


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API's limit begins anew with each test: the same people ask in all of them."""
    monkeypatch.setattr(LIMIT, "_asked", Counter())


def visitor(*, strict: bool = False) -> Client:
    """A browser of this machine in which nobody is signed in; with `strict`, forms must be the desk's own."""
    return Client(enforce_csrf_checks=strict, SERVER_NAME="127.0.0.1")


def person(name: str, role: str) -> Person:
    """Somebody who can sign in."""
    made = add_person(name=name, role=role, by=None)
    made.set_password(PASSWORD)
    made.save(update_fields=["password"])
    return made


@pytest.fixture(scope="session")
def filled_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a record of three incidents, and somebody of each role, called by it."""
    path = tmp_path_factory.mktemp("desk") / "record.sqlite"
    record = open_record(str(path))
    take_three(record)
    for role in ("reader", "reviewer", "editor", "administrator"):
        person(role, role)
    record.close()
    return path


@pytest.fixture
def desk(filled_desk: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of that record, open."""
    path = tmp_path / "record.sqlite"
    shutil.copyfile(filled_desk, path)
    record = open_record(str(path))
    yield record
    record.close()


@contextmanager
def serving_desk() -> Iterator[WSGIServer]:
    """A server of the desk of the record that is open, in this process, as the command makes it; the thread that it
    runs in has ended before what it listens to is closed."""
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4, map={})
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            server.asyncore.loop(timeout=0.1, map=server._map, count=1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)


@pytest.fixture
def served(desk: Record) -> Iterator[str]:  # noqa: ARG001 -- its record is open
    """The address of the desk."""
    with serving_desk() as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def client_of(desk: Record) -> ClientOf:  # noqa: ARG001 -- its record is the one that is open
    """Makes browsers in which somebody is signed in, by their name."""

    def client(name: str) -> Client:
        made = visitor()
        made.force_login(Person.objects.get(username=name))
        return made

    return client
