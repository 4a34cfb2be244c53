"""The state of a watch in the record, on both databases; and a watch over real connections that is killed."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.intake.serving import Page, SetClock, Site, serving
from tests.intake.watching.feeding import PARAGRAPH, InProcess, Item, fetcher, page, rss, watched

from ascertain.intake.documents import Original
from ascertain.intake.fetching import Validators
from ascertain.intake.settings import Settings
from ascertain.intake.watching import New, Standing, Version, Waiting
from ascertain.record.models import ChainEntry, FeedEntry, Receipt, ReportRow
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services.backing_up import back_up, restore
from ascertain.record.services.feeds import RecordedFeeds
from ascertain.record.services.finding import find_documents

NOON = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
FEED = "https://example.org/feed"
ONE = Version(FEED, "tag:example.org,2024:1", "a" * 32)
OTHER = Version(FEED, "tag:example.org,2024:1", "b" * 32)


@pytest.fixture
def state(record: Record) -> RecordedFeeds:  # noqa: ARG001 (it must be open)
    return RecordedFeeds()


def original(folder: Path, text: str = "Two people were hurt.") -> Original:
    path = folder / f"{abs(hash(text))}.txt"
    path.write_text(text)
    return Original(path, "a.txt", f"{FEED} > entry 1", "text/plain", NOON, ((":feed", FEED), ("ETag", '"1"')))


def waiting(version: Version = ONE) -> Waiting:
    return Waiting(version, "https://example.org/1", "Two hurt", 21, 0, NOON, NOON.date())


def test_how_a_feed_stands_is_kept(state: RecordedFeeds) -> None:
    assert state.standings() == {}
    for standing in (
        Standing(FEED, Validators('"1"', None), 0, NOON, NOON, None),
        Standing(FEED, Validators('"1"', "Tue"), 3, NOON, NOON, "the server answered 500"),
        Standing("https://example.org/" + "x" * 8000),
    ):
        state.keep(standing)
        assert state.standings()[standing.feed] == standing
    assert len(state.standings()) == 2


def test_a_version_is_taken_in_once_with_its_receipt(state: RecordedFeeds, tmp_path: Path) -> None:
    for _ in range(2):
        state.take(ONE, original(tmp_path))
    state.take(OTHER, original(tmp_path, "Three people were hurt."))
    assert state.known(FEED, [ONE.identity, "never seen"]) == {ONE.identity: {ONE.digest, OTHER.digest}}
    assert state.known("https://example.net/", [ONE.identity]) == {}
    receipts = list(Receipt.objects.order_by("pk"))
    assert [receipt.address for receipt in receipts] == [f"{FEED} > entry 1"] * 2
    assert receipts[0].headers_told() == ((":feed", FEED), ("ETag", '"1"'))
    assert ChainEntry.objects.count() == 2


def test_a_version_waits_until_its_page_is_taken_in(state: RecordedFeeds, tmp_path: Path) -> None:
    for _ in range(2):
        state.wait(waiting(), original(tmp_path))
    assert list(state.waiting()) == [waiting()]
    assert ONE.identity in state.known(FEED, [ONE.identity])
    assert not Receipt.objects.exists()
    later = Waiting(ONE, "https://example.org/1", "Two hurt", 21, 1, NOON + dt.timedelta(hours=1), NOON.date())
    state.postpone(later)
    assert list(state.waiting()) == [later]
    state.take(ONE, original(tmp_path, "Two people were hurt, and more."))
    assert list(state.waiting()) == []
    state.wait(waiting(), original(tmp_path))
    state.give_up(ONE, "late")
    assert list(state.waiting()) == []
    assert Receipt.objects.count() == 1
    assert FeedEntry.objects.get().own is None


def test_what_the_feed_gave_is_taken_in_where_there_is_no_page(state: RecordedFeeds, tmp_path: Path) -> None:
    state.wait(waiting(), original(tmp_path))
    state.give_up(ONE, "the server answered 404")
    state.give_up(ONE, "again")
    receipt = Receipt.objects.get()
    assert (receipt.address, receipt.name, receipt.media_type) == (f"{FEED} > entry 1", "a.txt", "text/plain")
    assert receipt.received == NOON
    assert FeedEntry.objects.get().problem == "the server answered 404"
    assert find_documents(settings=Settings(), progress=Unwatched()) == 1
    assert ReportRow.objects.get().text == "Two people were hurt."


def test_text_that_databases_do_not_take_is_kept_readable(state: RecordedFeeds, tmp_path: Path) -> None:
    odd = Waiting(ONE, "https://example.org/1", "Two\0hurt\ud800", 21, 0, NOON)
    state.wait(odd, original(tmp_path))
    state.keep(Standing(FEED, problem="broken\0"))
    assert state.waiting()[0].title == "Two\\x00hurt\\ud800"


@pytest.fixture
def site() -> Iterator[Site]:
    items = [
        Item("tag:example.org,2024:1", "Story 1", content=PARAGRAPH * 3),
        Item("tag:example.org,2024:2", "Story 2", link="/story/2", summary="Two people were hurt."),
        Item("tag:example.org,2024:3", "Story 3", link="/story/3", summary="Three people were hurt."),
    ]
    pages = {"/feed": Page(rss(items)), "/story/2": Page(page("Story 2")), "/story/3": Page(status=404)}
    with serving(Site(pages)) as begun:
        yield begun


def test_a_watch_fills_the_record(state: RecordedFeeds, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascertain.intake.watching.polling.Apart", InProcess)
    clock = SetClock(dt.datetime.now(dt.UTC))
    tidings = watched([site.url("/feed")], state, fetcher(clock))
    assert sum(isinstance(tiding, New) for tiding in tidings) == 3
    assert find_documents(settings=Settings(), progress=Unwatched()) == 3
    assert [row.title for row in ReportRow.objects.order_by("title")] == [
        "Story 1",
        "Story 2",
        "Story 3",
    ]
    clock.sleep(3600)
    assert not any(isinstance(tiding, New) for tiding in watched([site.url("/feed")], state, fetcher(clock)))


@pytest.mark.slow
def test_a_watch_that_is_killed_after_any_step_leaves_each_entry_once(site: Site, tmp_path: Path) -> None:
    driver = [sys.executable, "-m", "tests.record.killed_watch", str(tmp_path), site.url("/feed")]
    environ = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    room = tmp_path / "room"
    room.mkdir()
    done = subprocess.run(driver, capture_output=True, text=True, check=False, env={**environ, "TMPDIR": str(room)})
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 6, "it was killed that often"
    files = sorted(tmp_path.glob("*.sqlite"))
    for file in files[:-1]:
        open_record(str(file))
        assert FeedEntry.objects.count() == Receipt.objects.count() == 3, file.name
        assert not FeedEntry.objects.filter(receipt=None).exists()
        assert [entry.seq for entry in ChainEntry.objects.order_by("seq")] == [1, 2, 3]


def test_two_watches_at_once_take_each_entry_in_once(
    record: Record, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ascertain.intake.watching.polling.Apart", InProcess)

    def watch_it() -> None:
        try:
            watched([site.url("/feed")], RecordedFeeds(), fetcher(SetClock(dt.datetime.now(dt.UTC))))
        finally:
            record.close()

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(watch_it), both.submit(watch_it)]:
            done.result()
    assert FeedEntry.objects.count() == Receipt.objects.count() == 3
    assert [entry.seq for entry in ChainEntry.objects.order_by("seq")] == [1, 2, 3]


def test_a_backup_takes_along_what_a_watch_knows(
    state: RecordedFeeds, record: Record, new_target: Callable[[], str], tmp_path: Path
) -> None:
    state.keep(Standing(FEED, Validators('"1"', None), 2, NOON, NOON, "slow"))
    state.take(OTHER, original(tmp_path, "Three people were hurt."))
    state.wait(waiting(), original(tmp_path))
    before = (state.standings(), list(state.waiting()), state.known(FEED, [ONE.identity]))
    back_up(path=tmp_path / "backup", progress=Unwatched())
    record.close()
    open_record(new_target())
    restore(path=tmp_path / "backup", progress=Unwatched())
    assert (state.standings(), list(state.waiting()), state.known(FEED, [ONE.identity])) == before
    state.give_up(ONE, "late")
    assert Receipt.objects.count() == 2
