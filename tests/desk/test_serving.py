"""The desk as it runs: the command on this machine, and an application server for a team."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TEAM = {"ASCERTAIN_DESK_HOSTS": "desk.example.org", "ASCERTAIN_SECRET_KEY": "0123456789abcdef" * 4}


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def running(*command: str, until: str, **more: str) -> Iterator[str]:
    """A process, from when it has said a line that fits; the line."""
    with subprocess.Popen(
        [sys.executable, *command], env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        told = []
        try:
            for line in process.stdout:
                told.append(line)
                if re.search(until, line):
                    yield line
                    return
            raise AssertionError("".join(told))
        finally:
            process.terminate()


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env=environment(**more), capture_output=True, text=True, check=False, timeout=120
    )


def test_the_command_opens_a_link_for_the_first_administrator_and_then_the_desk(tmp_path: Path) -> None:
    command = ("-m", "ascertain", "desk", "--record", str(tmp_path / "r.sqlite"), "--port", "0", "--no-browser")
    with running(*command, until="/join/") as line:
        link = line.split()[-1]
        with httpx.Client(timeout=60) as client:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(link).text)
            assert token
            password = "a long sentence to keep"
            form = {"csrfmiddlewaretoken": token[1], "password": password, "again": password}
            assert client.post(link, data=form).status_code == 302
            assert client.get(httpx.URL(link).join("/people/")).status_code == 200
            session = dict(client.cookies)
    with running(*command, until=r":\d+/$") as line:
        page = httpx.URL(line.split()[-1]).join("/people/")
        assert httpx.get(page, cookies=session, timeout=60).status_code == 200
        assert httpx.get(page, timeout=60).status_code == 302


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = ("-m", "ascertain", "desk", "--record", str(tmp_path / "r.sqlite"), "--no-browser", "--port", port)
        done = run(*command)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_a_team_has_an_application_server_and_tls(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    target = {"ASCERTAIN_DATABASE": str(tmp_path / "r.sqlite"), **TEAM}
    command = ("-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "ascertain.desk.wsgi")
    with running(*command, until="Booting worker", **target):
        page, host = f"http://127.0.0.1:{port}/sign-in/", {"Host": "desk.example.org"}
        with httpx.Client(transport=httpx.HTTPTransport(retries=5), timeout=60) as client:
            plain = client.get(page, headers=host)
            assert plain.headers["Location"] == "https://desk.example.org/sign-in/"
            secure = client.get(page, headers={**host, "X-Forwarded-Proto": "https"})
            assert secure.status_code == 200
            assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]
            assert "secure" in secure.headers["Set-Cookie"].lower()
            assert client.get(page, headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("left_out", list(TEAM))
def test_a_server_that_lacks_a_setting_does_not_start(tmp_path: Path, left_out: str) -> None:
    given = {name: value for name, value in TEAM.items() if name != left_out}
    done = run("-c", "import ascertain.desk.wsgi", ASCERTAIN_DATABASE=str(tmp_path / "r.sqlite"), **given)
    assert done.returncode != 0
    assert left_out in done.stderr


def test_django_finds_nothing_to_better_before_deployment() -> None:
    done = run(
        "-m",
        "django",
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
        DJANGO_SETTINGS_MODULE="ascertain.desk.settings",
        **TEAM,
    )
    assert done.returncode == 0, done.stderr
