"""Watching over real connections, with a clock that only sleeping moves."""

import dataclasses
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from tests.intake.serving import Asked, Page, SetClock, Site, names, serving
from tests.intake.watching.feeding import PARAGRAPH, InProcess, Item, atom, fetcher, page, rss, taken, watched

from ascertain.intake.documents import Document, Original
from ascertain.intake.watching import Failed, Feed, FolderState, Moved, New, NoPage, Passed, Polled, Resting, watch

WHOLE = PARAGRAPH * 3
NOON = SetClock().now()


def entry(number: int, content: str = WHOLE) -> Item:
    return Item(f"tag:example.org,2024:{number}", f"Story {number}", content=f"{content} ({number})")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site({"/feed": Page(rss([entry(2), entry(1)]))})) as begun:
        yield begun


@pytest.fixture
def state(tmp_path: Path) -> Iterator[FolderState]:
    with FolderState(tmp_path / "state") as begun:
        yield begun


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take originals apart in this process, but where a test says `apart`."""
    if "apart" not in request.fixturenames:
        monkeypatch.setattr("ascertain.intake.watching.polling.Apart", InProcess)


@pytest.fixture
def apart() -> None:
    """Take originals apart as watches do."""


def summed_up(site: Site, number: int) -> Item:
    link = site.url(f"/story/{number}")
    return Item(f"tag:example.org,2024:{number}", f"Story {number}", link=link, summary="Two people were hurt.")


def read(original: Original, room: Path) -> list[Document]:
    return [found for found in InProcess().found(original, room) if isinstance(found, Document)]


def titles(tidings: Iterable[object]) -> list[str | None]:
    return [tiding.title for tiding in tidings if isinstance(tiding, New)]


def test_entries_are_handed_on_once_oldest_first(site: Site, state: FolderState) -> None:
    clock = SetClock()
    assert titles(watched([site.url("/feed")], state, fetcher(clock))) == ["Story 1", "Story 2"]
    site.pages["/feed"] = Page(rss([entry(3), entry(2), entry(1)]))
    clock.sleep(3600)
    assert titles(watched([site.url("/feed")], state, fetcher(clock))) == ["Story 3"]
    assert [version.identity[-1] for version, _ in taken(state)] == ["1", "2", "3"]


def test_an_entry_is_the_publisher_s_bytes_without_the_other_entries(
    site: Site, state: FolderState, tmp_path: Path
) -> None:
    watched([site.url("/feed")], state)
    for (_, original), number in zip(taken(state), (1, 2), strict=True):
        data = original.path.read_bytes()
        assert data == rss([entry(2), entry(1)]).replace(*_without(entry(3 - number)))
        assert original.address == f"{site.url('/feed')} > entry {3 - number}"
        headers = dict(original.headers)
        assert headers[":feed"] == site.url("/feed")
        assert headers[":entry"] == f"tag:example.org,2024:{number}"
        (document,) = read(original, tmp_path / str(number))
        assert document.title == f"Story {number}"
        assert document.published == dt.date(2024, 3, 5)


def _without(item: Item) -> tuple[bytes, bytes]:
    start, end = rss([item]).index(b"<item><title>"), rss([item]).rindex(b"</item>") + len(b"</item>")
    one = rss([item])[start:end]
    return (one + b"\n", b"") if item == entry(2) else (b"\n" + one, b"")


def test_a_feed_that_cannot_be_cut_gives_lines_in_the_exchange_format(
    site: Site, state: FolderState, tmp_path: Path
) -> None:
    items = [{"id": f"tag:example.org,2024:{n}", "title": f"Story {n}", "content_text": WHOLE} for n in (2, 1)]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Lakes", "items": items}
    site.pages["/feed"] = Page(json.dumps(told).encode(), headers={"Content-Type": "application/feed+json"})
    watched([site.url("/feed")], state)
    (_, first), _ = taken(state)
    (document,) = read(first, tmp_path / "room")
    assert (document.id, document.title) == ("tag:example.org,2024:1", "Story 1")


@pytest.mark.usefixtures("apart")
def test_the_page_is_fetched_where_the_feed_only_sums_up(site: Site, state: FolderState) -> None:
    site.pages |= {"/feed": Page(rss([summed_up(site, 1)])), "/story/1": Page(page("Story 1"))}
    tidings = watched([site.url("/feed")], state)
    assert [tiding.by for tiding in tidings if isinstance(tiding, New)] == ["page"]
    ((version, original),) = taken(state)
    assert original.path.read_bytes() == page("Story 1")
    assert original.address == site.url("/story/1")
    assert dict(original.headers)[":feed"] == version.feed == site.url("/feed")
    assert not state.waiting()


def test_a_page_that_does_not_tell_its_day_has_that_of_the_feed(site: Site, state: FolderState, tmp_path: Path) -> None:
    site.pages |= {"/feed": Page(rss([summed_up(site, 1)])), "/story/1": Page(page("", PARAGRAPH * 6))}
    watched([site.url("/feed")], state)
    ((_, original),) = taken(state)
    (document,) = read(original, tmp_path)
    assert (document.title, document.published) == ("Story 1", dt.date(2024, 3, 5))


def test_an_entry_of_a_title_and_a_link_leads_to_its_page(site: Site, state: FolderState) -> None:
    item = dataclasses.replace(summed_up(site, 1), summary=None, link="/story/1")
    site.pages |= {"/feed": Page(rss([item])), "/story/1": Page(page("Story 1"))}
    watched([site.url("/feed")], state)
    ((_, original),) = taken(state)
    assert original.address == site.url("/story/1")


def test_what_the_feed_gives_is_taken_where_there_is_no_page(site: Site, state: FolderState) -> None:
    for number, path in enumerate(["/story/1", "/wall", "/forbidden"], start=1):
        site.pages[path] = Page(status=404)
        items = [dataclasses.replace(summed_up(site, number), link=site.url(path))]
        site.pages[f"/feed{number}"] = Page(rss(items))
    site.pages["/wall"] = Page(b"<html><body><p>Log in</p></body></html>")
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /forbidden")
    tidings = watched([site.url(f"/feed{number}") for number in (1, 2, 3)], state)
    assert [tiding.by for tiding in tidings if isinstance(tiding, New)] == ["feed"] * 3
    problems = [tiding.problem for tiding in tidings if isinstance(tiding, NoPage)]
    assert "404" in problems[0]
    assert "less text" in problems[1]
    assert "robots.txt" in problems[2]
    assert all(b"Two people were hurt." in original.path.read_bytes() for _, original in taken(state))


def test_a_page_that_cannot_be_had_now_is_tried_again_and_then_given_up(site: Site, state: FolderState) -> None:
    site.pages |= {"/feed": Page(rss([summed_up(site, 1)])), "/story/1": Page(status=500)}
    clock, told = SetClock(), []
    for _ in range(6):
        told.append({type(tiding) for tiding in watched([site.url("/feed")], state, fetcher(clock))})
        clock.sleep(4 * 3600)
    assert told == [*[{Polled, NoPage}] * 3, {Polled, NoPage, New}, {Polled}, {Polled}]
    assert len(taken(state)) == 1


def test_an_entry_that_is_changed_is_another_version_and_each_is_taken_once(site: Site, state: FolderState) -> None:
    clock, told = SetClock(), []
    for content in (WHOLE, WHOLE + "Five.", WHOLE, f"  {WHOLE}\n Five."):
        site.pages["/feed"] = Page(rss([entry(1, content)]))
        told.append(
            [
                tiding.is_revised
                for tiding in watched([site.url("/feed")], state, fetcher(clock))
                if isinstance(tiding, New)
            ]
        )
        clock.sleep(3600)
    assert told == [[False], [True], [], []]


def test_entries_without_ids_are_known_by_link_or_text(site: Site, state: FolderState) -> None:
    items = [Item(None, "A", link="http://127.0.0.1:1/a", content=WHOLE), Item(None, "B", content=WHOLE + "B")]
    site.pages["/feed"] = Page(rss(items))
    clock = SetClock()
    for count in (2, 0):
        assert len(titles(watched([site.url("/feed")], state, fetcher(clock)))) == count
        clock.sleep(3600)
    assert len(taken(state)) == 2


def test_entries_that_share_an_id_are_not_lost(site: Site, state: FolderState) -> None:
    site.pages["/feed"] = Page(atom([dataclasses.replace(entry(n), id="same") for n in (1, 2, 3)]))
    watched([site.url("/feed")], state)
    assert len(taken(state)) == 3


def test_a_feed_that_is_as_it_was_is_not_sent_again(site: Site, state: FolderState) -> None:
    def feed(asked: Asked) -> Page:
        named = {"ETag": '"1"'}
        return Page(status=304) if asked.headers.get("If-None-Match") == '"1"' else Page(rss([entry(1)]), headers=named)

    site.pages["/feed"] = feed
    clock = SetClock()
    watched([site.url("/feed")], state, fetcher(clock))
    clock.sleep(3600)
    (polled,) = watched([site.url("/feed")], state, fetcher(clock))
    assert isinstance(polled, Polled)
    assert not polled.is_changed
    assert state.standings()[site.url("/feed")].validators.etag == '"1"'


def test_a_feed_is_asked_only_when_it_is_due(site: Site, state: FolderState) -> None:
    site.pages["/fresh"] = Page(rss([entry(1)]), headers={"Cache-Control": "public, max-age=7200"})
    clock = SetClock()
    for seconds in (0, 1000, 1000, 3000, 3000):
        clock.sleep(seconds)
        watched([site.url("/feed"), site.url("/fresh")], state, fetcher(clock), interval=1800)
    assert site.paths.count("/feed") == 4
    assert site.paths.count("/fresh") == 2


def test_an_entry_that_cannot_be_read_is_kept_and_told_once(site: Site, state: FolderState) -> None:
    site.pages["/feed"] = Page(rss([entry(2), Item("empty", "", link=None), entry(1)]))
    clock, told = SetClock(), []
    for _ in range(2):
        tidings = watched([site.url("/feed")], state, fetcher(clock))
        told.append([tiding.problem for tiding in tidings if isinstance(tiding, Passed)])
        clock.sleep(3600)
    assert told == [["an entry without text"], []]
    assert b'<guid isPermaLink="false">empty</guid>' in taken(state)[1][1].path.read_bytes()


@pytest.mark.parametrize(
    "link", ["http://[bad", "javascript:alert(1)", "http://x:99999/", "http://a b/", "//", "http://"]
)
def test_a_link_that_leads_nowhere_does_no_harm(site: Site, state: FolderState, link: str) -> None:
    site.pages["/feed"] = Page(atom([dataclasses.replace(summed_up(site, 1), link=link), entry(2)]))
    assert len(titles(watched([site.url("/feed")], state))) == 2
    assert not state.waiting()


def test_a_feed_that_has_no_entries_yet_is_no_bad_one(site: Site, state: FolderState) -> None:
    site.pages["/feed"] = Page(rss([]), headers={"ETag": '"1"'})
    (polled,) = watched([site.url("/feed")], state)
    assert isinstance(polled, Polled)
    assert state.standings()[site.url("/feed")].validators.etag == '"1"'


def test_a_bad_feed_spoils_only_itself_and_is_asked_less_and_less(site: Site, state: FolderState) -> None:
    bad = {
        "/page": Page(b"<html><body><p>No feed here.</p></body></html>"),
        "/broken": Page(b"\x00\xff" * 500),
        "/gone": Page(status=410),
        "/huge": Page(b"", headers={"Content-Length": "999999999"}),
        "/bomb": Page.gzipped(b"<rss>" + b" " * (64 << 20)),
        "/private": Page(status=302, headers={"Location": "http://10.0.0.8/feed"}),
    }
    site.pages |= bad
    clock = SetClock()
    feeds = [site.url(path) for path in bad]
    tidings = watched([*feeds[:4], site.url("/feed"), *feeds[4:]], state, fetcher(clock))
    failed = [tiding for tiding in tidings if isinstance(tiding, Failed)]
    assert [tiding.feed for tiding in failed] == feeds
    assert all(tiding.problem and tiding.remedy for tiding in failed)
    assert len(titles(tidings)) == 2
    standings = state.standings()
    assert all(standings[feed].failures == 1 and standings[feed].problem for feed in feeds)
    pauses = []
    for _ in range(8):
        clock.sleep(24 * 3600)
        watched([feeds[0]], state, fetcher(clock))
        standing = state.standings()[feeds[0]]
        assert standing.due is not None
        pauses.append((standing.due - clock.now()).total_seconds())
    assert pauses == sorted(pauses)
    assert pauses[-1] <= 24 * 3600
    site.pages["/page"] = site.pages["/feed"]
    clock.sleep(24 * 3600)
    watched([feeds[0]], state, fetcher(clock))
    assert (state.standings()[feeds[0]].failures, state.standings()[feeds[0]].problem) == (0, None)


def test_a_server_that_asks_to_be_left_alone_is_with_all_its_feeds(site: Site, state: FolderState) -> None:
    site.pages["/busy"] = Page(status=429, headers={"Retry-After": "7200"})
    clock = SetClock()
    fetching = fetcher(clock)
    tidings = watched([site.url("/busy"), site.url("/feed")], state, fetching)
    assert [type(tiding) for tiding in tidings] == [Failed]
    due = state.standings()[site.url("/busy")].due
    assert due is not None
    assert due >= clock.now() + dt.timedelta(seconds=7200)
    clock.sleep(7300)
    assert len(titles(watched([site.url("/feed")], state, fetching))) == 2


def test_a_feed_that_has_moved_for_good_says_so(site: Site, state: FolderState) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/feed"})
    tidings = watched([site.url("/old")], state)
    assert tidings[0] == Moved(site.url("/old"), site.url("/feed"))
    assert len(titles(tidings)) == 2


def test_another_host_is_not_kept_waiting_by_a_host_s_pace(site: Site, state: FolderState) -> None:
    with serving(Site({"/feed": Page(rss([entry(7)]))})) as other:
        site.pages |= {f"/story/{n}": Page(page(f"Story {n}")) for n in range(3)}
        site.pages["/feed"] = Page(rss([summed_up(site, n) for n in range(3)]))
        site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 200")
        clock = SetClock()
        fetching = fetcher(clock, spacing=5.0, resolver=names(other_example=["127.0.0.1"]))
        feeds = [Feed(site.url("/feed")), Feed(other.url("/feed", "other.example"))]
        told = []
        for tiding in watch(feeds, state, fetcher=fetching, once=True, chance=lambda: 0.5):
            if isinstance(tiding, New):
                told.append((tiding.title, round((clock.now() - NOON).total_seconds())))
    assert told == [("Story 7", 10), ("Story 2", 205), ("Story 1", 405), ("Story 0", 605)]
    assert max(clock.slept) <= 60


def test_it_goes_on_until_it_is_ended(site: Site, state: FolderState) -> None:
    clock = SetClock()
    tidings = watch([Feed(site.url("/feed"))], state, fetcher=fetcher(clock), chance=lambda: 0.5)
    polls, rests = [], []
    for tiding in tidings:
        if isinstance(tiding, Resting):
            rests.append(tiding.until)
        if isinstance(tiding, Polled):
            polls.append(clock.now())
            if len(polls) == 3:
                break
    assert isinstance(tidings, Generator)
    tidings.close()
    assert [(later - earlier).total_seconds() for earlier, later in pairwise(polls)] == [1800, 1800]
    assert rests == polls[1:], "it says for how long there is nothing to do"
    assert max(clock.slept) <= 60


def test_passwords_of_feeds_are_kept_nowhere(site: Site, state: FolderState, tmp_path: Path) -> None:
    tidings = watched([site.url("/feed").replace("//", "//ana:secret@")], state)
    assert len(titles(tidings)) == 2
    assert "secret" not in "".join(map(str, tidings))
    assert not [path for path in (tmp_path / "state").rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


@pytest.mark.slow
def test_a_watch_that_is_killed_after_any_step_loses_no_entry_and_takes_none_twice(site: Site, tmp_path: Path) -> None:
    """A driver kills a watch (SIGKILL) after its n-th step and lets another go on, for each n."""
    items = [entry(1), summed_up(site, 2), summed_up(site, 3)]
    site.pages["/feed"] = Page(rss(items), headers={"ETag": '"1"'})
    site.pages |= {"/story/2": Page(page("Story 2")), "/story/3": Page(status=404)}
    driver = [sys.executable, "-m", "tests.intake.watching.killed_watch"]
    states, room = tmp_path / "states", tmp_path / "room"
    room.mkdir()
    done = subprocess.run(
        [*driver, str(states), site.url("/feed")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(room)},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10, "it was killed that often"
    for folder in states.iterdir():
        with FolderState(folder) as state:
            identities = [version.identity for version, _ in state.taken()]
            assert sorted(identities) == [f"tag:example.org,2024:{n}" for n in range(1, 4)], folder.name
            assert len({original.path.read_bytes() for _, original in state.taken()}) == 3
            assert not state.waiting()
