import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from ascertain.intake import apart as apart_module
from ascertain.intake.apart import Apart
from ascertain.intake.documents import Document, Enclosed, Limits, Original
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    made = tmp_path / "rooms" / "1"
    made.mkdir(parents=True)
    return made


def original(folder: Path, data: bytes, name: str = "a.txt") -> Original:
    path = folder / name
    path.write_bytes(data)
    return Original(path, name, name)


@contextlib.contextmanager
def worker_that_runs(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limits: Limits) -> Iterator[Apart]:
    """An `Apart` whose worker runs this code, with `original`, `settings` and `room`, in place of the form of text."""
    package = tmp_path / "planted"
    package.mkdir()
    body = textwrap.indent(textwrap.dedent(code), "    ")
    (package / "sitecustomize.py").write_text(
        "import sys, types\n"
        "from ascertain.intake.documents import Document\n"
        f"def found(original, settings, room):\n{body}\n    yield from ()\n"
        "module = types.ModuleType('ascertain.intake.forms.text')\n"
        "module.found = found\n"
        "module.charset_of = lambda media_type: None\n"
        "sys.modules['ascertain.intake.forms.text'] = module\n"
    )
    monkeypatch.setattr(sys, "path", [str(package), *sys.path])
    with Apart(Settings(limits=limits)) as apart:
        yield apart


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_one_worker_takes_originals_apart_one_after_another(tmp_path: Path, room: Path) -> None:
    with Apart() as apart:
        first = list(apart.found(original(tmp_path, b"Two people were hurt."), room))
        worker = apart._worker
        second = list(apart.found(original(tmp_path, "Трое ранены.".encode("cp1251")), room))
        assert apart._worker is worker
    assert [item.text for item in (*first, *second) if isinstance(item, Document)] == [
        "Two people were hurt.",
        "Трое ранены.",
    ]


def test_what_an_original_encloses_lies_in_the_room(tmp_path: Path, room: Path) -> None:
    message = b"MIME-Version: 1.0\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF-1.4"
    with Apart() as apart:
        (item,) = apart.found(original(tmp_path, message, "a.eml"), room)
    assert isinstance(item, Enclosed)
    assert item.original.path.read_bytes() == b"%PDF-1.4"
    assert item.original.path.parent == room


def test_no_process_is_left_behind(tmp_path: Path, room: Path) -> None:
    with Apart() as apart:
        list(apart.found(original(tmp_path, b"Two people were hurt."), room))
        assert apart._worker is not None
        pid = apart._worker._process.pid
        assert running(pid)
    assert not running(pid)


def test_a_loop_is_ended_and_the_next_original_is_read(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
        yield Document("The first part.")
        while original.name == "loop.txt": pass
    """
    monkeypatch.setattr(apart_module, "_SECONDS_TO_START", 5.0)
    with worker_that_runs(code, monkeypatch, tmp_path, Limits(seconds=1.0)) as apart:
        began = time.monotonic()
        first, second = apart.found(original(tmp_path, b"loop", "loop.txt"), room)
        assert time.monotonic() - began < 15
        assert isinstance(first, Document)
        assert isinstance(second, SetAside)
        assert second.problem == "takes longer than 1 seconds (after 1 parts of it; the rest is not read)"
        (after,) = apart.found(original(tmp_path, b"no loop"), room)
        assert isinstance(after, Document)


def test_memory_has_an_end(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'yield Document("x" * (1 << 30))'
    with worker_that_runs(code, monkeypatch, tmp_path, Limits(memory_bytes=600 << 20)) as apart:
        (item,) = apart.found(original(tmp_path, b"much"), room)
    assert isinstance(item, SetAside)
    assert "memory" in item.problem


def test_a_crash_of_the_parser_is_told(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import ctypes; ctypes.string_at(0) if original.name == 'crash.txt' else None; yield Document('fine')"
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"crash", "crash.txt"), room)
        assert isinstance(item, SetAside)
        assert item.problem == "breaks the program that reads it (SIGSEGV)"
        (after,) = apart.found(original(tmp_path, b"fine"), room)
        assert isinstance(after, Document)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), timeout=2)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/written-by-a-worker', 'w')",
        "open(room.parent.parent / 'written-by-a-worker', 'w')",
        "import os; os.symlink('/etc/passwd', room / 'link')",
    ],
)
def test_a_worker_may_do_nothing_but_read_and_write_in_its_room(
    code: str, tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"evil"), room)
    assert isinstance(item, SetAside)
    assert "PermissionError" in item.problem or "cannot be read" in item.problem
    assert not (tmp_path / "written-by-a-worker").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own nets are Linux's")
def test_the_kernel_too_refuses_what_python_is_tricked_into(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"""
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        written = libc.open({str(tmp_path / "written").encode()!r}, os.O_WRONLY | os.O_CREAT, 0o600)
        within = libc.open(bytes(room / "within"), os.O_WRONLY | os.O_CREAT, 0o600)
        started = libc.execl(b"/bin/true", b"true", None)
        yield Document(f"{{written < 0}} {{within >= 0}} {{started < 0}}")
    """
    if ctypes_landlock() < 1:
        pytest.skip("this kernel has no Landlock")
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"evil"), room)
    assert isinstance(item, Document)
    assert item.text == "True True True"


def ctypes_landlock() -> int:
    import ctypes

    return int(ctypes.CDLL(None).syscall(444, None, 0, 1))


def test_a_worker_has_no_environment_of_ours(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCERTAIN_DATABASE", "postgresql://secret@db/record")
    code = "import os; yield Document(' '.join(sorted(os.environ)))"
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"nosy"), room)
    assert isinstance(item, Document)
    assert "ASCERTAIN_DATABASE" not in item.text
    assert "HOME" not in item.text


def test_an_answer_that_points_out_of_the_room_is_not_believed(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
        from pathlib import Path
        from ascertain.intake.documents import Enclosed, Original
        yield Enclosed(Original(Path("/etc/passwd"), "passwd", "passwd"), "a file")
    """
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"liar"), room)
    assert isinstance(item, SetAside)
    assert "answers what it may not" in item.problem


def test_an_answer_without_end_is_cut_off(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = """
        import os
        for number in range(3, 20):
            try:
                os.write(number, b"\\xff\\xff\\xff\\xff" * 1000)
            except OSError:
                pass
        yield Document("fine")
    """
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        (item,) = apart.found(original(tmp_path, b"endless"), room)
    assert isinstance(item, SetAside)
    assert item.problem == "a part of it is longer than a part may be"


def test_results_come_as_they_are_found_and_can_be_left(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
        number = 0
        while True:
            number += 1
            yield Document(f"Report {number}: " + "x" * 100_000)
    """
    with worker_that_runs(code, monkeypatch, tmp_path, Limits()) as apart:
        stream = apart.found(original(tmp_path, b"endless"), room)
        assert isinstance(stream, Generator)
        first = next(stream)
        assert isinstance(first, Document)
        assert apart._worker is not None
        pid = apart._worker._process.pid
        stream.close()
        assert not running(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_worker_dies_with_the_process_that_it_works_for(tmp_path: Path) -> None:
    (tmp_path / "rooms" / "1").mkdir(parents=True)
    mailbox = tmp_path / "a.mbox"
    mailbox.write_bytes(b"From a@b Mon May 13 10:00:00 2024\nReceived: x\n\nTwo people were hurt.\n\n" * 50_000)
    code = f"""
        import sys, time
        from pathlib import Path
        from ascertain.intake.apart import Apart
        from ascertain.intake.documents import Original
        apart = Apart()
        path = Path({str(mailbox)!r})
        found = apart.found(Original(path, path.name, path.name), Path({str(tmp_path / "rooms" / "1")!r}))
        next(found)
        print(apart._worker._process.pid, flush=True)
        time.sleep(60)
    """
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert running(worker)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(worker)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [b"<p>Two people were hurt in the market of the town.</p>", b"<b>", b"x ", b"&amp;"],
    ids=["p", "b", "x", "&"],
)
def test_a_page_of_200_megabytes_ends_within_the_limits(piece: bytes, tmp_path: Path, room: Path) -> None:
    page = tmp_path / "page.html"
    with page.open("wb") as file:
        file.write(b"<!doctype html><html><body>")
        for _ in range(190):
            file.write(piece * ((1 << 20) // len(piece)))
    with Apart(Settings(limits=Limits(seconds=20.0, memory_bytes=1 << 30))) as apart:
        began = time.monotonic()
        (item,) = apart.found(Original(page, "page.html", "page.html"), room)
        assert time.monotonic() - began < 100
        assert isinstance(item, SetAside)
        (after,) = apart.found(original(tmp_path, b"Two people were hurt."), room)
        assert isinstance(after, Document)
