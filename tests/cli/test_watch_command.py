"""`ascertain watch` as a person runs it: real processes, real servers, a real record."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.test_commands import ascertain
from tests.intake.serving import Page, Site, serving
from tests.intake.watching.feeding import Item, page, rss

TOLD = "On 4 March 2024, gunmen killed at least 13 people in an attack on a market in Maiduguri, police said."


@pytest.fixture
def site() -> Iterator[Site]:
    whole = Item("tag:example.org,2024:1", "Market attacked", content=TOLD)
    summed_up = Item("tag:example.org,2024:2", "A calm day", link="/story", summary="A calm day.")
    with serving(Site({"/feed": Page(rss([summed_up, whole])), "/story": Page(page("A calm day"))})) as begun:
        yield begun


@pytest.fixture
def opml(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml version="2.0"><body><outline text="Lakes" xmlUrl="{site.url("/feed")}"/></body></opml>')
    return path


def watch(opml: Path, *more: object) -> "subprocess.CompletedProcess[str]":
    record = opml.parent / "record.sqlite"
    return ascertain("watch", opml, "--record", record, "--once", "--allow-private", "127.0.0.1", *more)


def test_what_is_new_goes_into_the_record_and_is_read(opml: Path) -> None:
    done = watch(opml, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "new: Market attacked" in done.stderr
    assert "new: A calm day" in done.stderr
    assert "2 new reports; 2 incidents changed" in done.stderr
    assert "ASCERTAIN_CONTACT" in done.stderr
    again = watch(opml, "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_private_server_is_refused_unless_allowed(opml: Path, site: Site) -> None:
    done = ascertain("watch", opml, "--record", opml.parent / "record.sqlite", "--once", "--quiet")
    assert done.returncode == 1
    assert "which is this machine" in done.stderr
    assert "--allow-private 127.0.0.1" in done.stderr
    assert not site.asked


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "no OPML"),
        ("<opml><body/></opml>", "no feed in the list"),
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "which can do harm"),
    ],
)
def test_a_list_that_cannot_be_followed_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "feeds.opml").write_text(text)
    done = watch(tmp_path / "feeds.opml")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_proxy_of_the_environment_is_named_and_not_used(opml: Path) -> None:
    record = opml.parent / "record.sqlite"
    command = ("watch", opml, "--record", record, "--once", "--no-read", "--allow-private", "127.0.0.1")
    done = ascertain(*command, HTTP_PROXY="http://127.0.0.1:9")
    assert done.returncode == 0
    assert "a proxy is named" in done.stderr


def test_an_address_is_a_source_of_an_ingest(site: Site, tmp_path: Path) -> None:
    command = ("ingest", site.url("/story"), site.url("/nowhere"), "--record", tmp_path / "r.sqlite", "--no-read")
    refused = ascertain(*command)
    assert refused.returncode == 1
    assert refused.stderr.count("--allow-private 127.0.0.1") == 2
    done = ascertain(*command, "--allow-private", "127.0.0.1", "--contact", "desk@example.org")
    assert done.returncode == 1, "one of them is not there"
    assert "the server answered 404" in done.stderr
    assert "1 new report" in done.stderr
    assert "contact: desk@example.org" in site.asked[-1].headers["User-Agent"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_watch_that_is_ended_goes_on(opml: Path, site: Site, how: signal.Signals) -> None:
    command = [sys.executable, "-m", "ascertain", "watch", str(opml), "--no-read", "--allow-private", "127.0.0.1"]
    record = opml.parent / "record.sqlite"
    watching = subprocess.Popen(
        [*command, "--record", str(record)], stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}
    )
    until = time.monotonic() + 60
    while "/feed" not in site.paths and time.monotonic() < until:
        time.sleep(0.02)
    watching.send_signal(how)
    _, told = watching.communicate(timeout=60)
    assert watching.returncode == (-how if how == signal.SIGKILL else 130), told
    assert "Traceback" not in told
    done = watch(opml, "--no-read")
    assert done.returncode == 0
    assert len(told.split("new: ")) + len(done.stderr.split("new: ")) - 2 <= 2, "none is taken in twice"
