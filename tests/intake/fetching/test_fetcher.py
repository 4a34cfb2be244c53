"""Fetching over real connections: servers on loopback, which are allowed by name."""

import datetime as dt
import gzip
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.intake.serving import Asked, Page, RawPage, SetClock, Site, names, serving

from ascertain.intake.fetching import Fetcher, FetchError, FetchSettings, RefusedError, Validators, connecting
from ascertain.model import InputError, SettingsError

CERTIFICATE = Path(__file__).with_name("news_example.pem")
STORY = Page(b"<p>A calm day.</p>", headers={"Content-Type": "text/html; charset=utf-8", "X-Odd": "yes"})


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site({"/story": STORY})) as begun:
        yield begun


def fetcher(
    *,
    allow: Sequence[str] = ("127.0.0.1",),
    resolver: Callable[[str, int], Sequence[str]] | None = None,
    clock: SetClock | None = None,
    **settings: object,
) -> Fetcher:
    more = {"spacing": 0.0, "seconds": 5.0, **settings}
    values = FetchSettings(allow_private=tuple(allow), **more)  # type: ignore[arg-type]
    return Fetcher(values, clock=clock or SetClock(), resolver=resolver or names(), chance=lambda: 0.0)


def failure(fetching: Fetcher, address: str, room: Path) -> FetchError:
    before = len(list(room.iterdir()))
    with pytest.raises(FetchError) as told:
        fetching.fetch(address, room)
    assert len(list(room.iterdir())) == before, "no half a file is left"
    return told.value


def test_a_page_is_kept_with_its_address_time_and_headers(site: Site, tmp_path: Path) -> None:
    original = fetcher().fetch(site.url("/story#top"), tmp_path).original
    assert original is not None
    assert original.path.read_bytes() == STORY.body
    assert (original.name, original.address) == ("story", site.url("/story"))
    assert original.media_type == "text/html; charset=utf-8"
    assert original.received == dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
    headers = dict(original.headers)
    assert (headers[":requested"], headers[":server"], headers[":status"]) == (site.url("/story"), "127.0.0.1", "200")
    assert headers["X-Odd"] == "yes"


def test_we_say_who_we_are_and_how_to_reach_us(site: Site, tmp_path: Path) -> None:
    fetcher(contact="desk@example.org").fetch(site.url("/story"), tmp_path)
    assert all(asked.headers["User-Agent"].startswith("ascertain/") for asked in site.asked)
    assert all("contact: desk@example.org" in asked.headers["User-Agent"] for asked in site.asked)
    with pytest.raises(SettingsError, match="contact"):
        fetcher(contact="a\r\nX-Injected: yes")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org",
        "",
        "http://",
        "http:///a",
        "http://a b/",
        "javascript:alert(1)",
        "http://[::1",
        "http://exa\0mple.org",
        "https://" + "a" * 9000,
        "http://x:99999/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str, tmp_path: Path) -> None:
    assert isinstance(failure(fetcher(), address, tmp_path), RefusedError)


def test_a_private_server_is_not_asked_at_all(site: Site, tmp_path: Path) -> None:
    error = failure(fetcher(allow=()), site.url("/story"), tmp_path)
    assert "which is this machine" in error.problem
    assert "--allow-private 127.0.0.1" in error.remedy
    assert not site.asked


def test_a_name_that_leads_to_a_private_address_is_refused(site: Site, tmp_path: Path) -> None:
    for address in ("127.0.0.1", "10.0.0.8", "::ffff:127.0.0.1", "169.254.169.254"):
        error = failure(
            fetcher(allow=(), resolver=names(news_example=[address])), site.url("/story", "news.example"), tmp_path
        )
        assert isinstance(error, RefusedError)
    assert not site.asked


def test_a_name_is_asked_for_by_its_name(site: Site, tmp_path: Path) -> None:
    fetcher(resolver=names(news_example=["127.0.0.1"])).fetch(site.url("/story", "news.example"), tmp_path)
    assert site.asked[-1].headers["Host"] == f"news.example:{site.port}"


def test_a_name_that_changes_its_address_in_between_is_checked_anew_and_never_looked_up_twice(
    site: Site, tmp_path: Path
) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1"]]
    looked_up: list[str] = []

    def rebinding(host: str, _: int) -> Sequence[str]:
        looked_up.append(host)
        return answers[len(looked_up) - 1]

    error = failure(fetcher(resolver=rebinding), site.url("/story", "evil.example"), tmp_path)
    assert isinstance(error, RefusedError)
    assert "127.0.0.2" in error.problem
    assert len(looked_up) == 2, "one look-up for each connection: robots.txt, then the page"
    assert site.paths == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, tmp_path: Path) -> None:
    """A second look-up by the library would fail: the name exists for our resolver alone."""
    original = (
        fetcher(resolver=names(only_here_invalid=["127.0.0.1"]))
        .fetch(site.url("/story", "only.here.invalid"), tmp_path)
        .original
    )
    assert original is not None
    assert dict(original.headers)[":server"] == "127.0.0.1"


def test_another_address_is_tried_where_one_does_not_answer(site: Site, tmp_path: Path) -> None:
    found = fetcher(allow=("127.0.0.0/8",), resolver=names(news_example=["127.0.0.9", "127.0.0.1"])).fetch(
        site.url("/story", "news.example"), tmp_path
    )
    assert found.original is not None


def moved(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a": moved("/b", 301), "/b": moved(site.url("/story"), 308)}
    found = fetcher().fetch(site.url("/a"), tmp_path)
    assert found.original is not None
    assert found.original.address == site.url("/story")
    assert dict(found.original.headers)[":requested"] == site.url("/a")
    assert found.moved_to == site.url("/story")


def test_a_move_for_now_is_no_move_for_good(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a": moved("/b", 302), "/b": moved("/story", 301)}
    assert fetcher().fetch(site.url("/a"), tmp_path).moved_to is None


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("http://127.0.0.2/", "leads to 127.0.0.2"),
        ("http://[::1]/", "leads to ::1"),
        ("http://169.254.169.254/latest/meta-data/", "metadata"),
        ("http://inner.example/", "leads to 10.0.0.8"),
        ("file:///etc/passwd", "not an address of http"),
        ("//127.0.0.2/x", "leads to 127.0.0.2"),
        ("http://x:99999/", "no such host or port"),
        ("http://[bad", "no such host or port"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(site: Site, tmp_path: Path, target: str, problem: str) -> None:
    site.pages["/a"] = moved(target)
    error = failure(fetcher(resolver=names(inner_example=["10.0.0.8"])), site.url("/a"), tmp_path)
    assert problem in str(error)
    assert error.source == site.url("/a")


def test_redirects_without_end_are_broken_off(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = moved("/a")
    assert "more than 5 redirects" in failure(fetcher(), site.url("/a"), tmp_path).problem
    assert len(site.paths) == 6
    site.pages["/b"] = Page(status=302)
    assert "to nowhere" in failure(fetcher(), site.url("/b"), tmp_path).problem


def test_a_password_goes_to_its_own_server_alone_and_is_told_to_nobody(site: Site, tmp_path: Path) -> None:
    with serving(Site({"/b": STORY})) as other:
        site.pages["/a"] = moved(other.url("/b").replace("//", "//x:y@"))
        address = site.url("/a").replace("//", "//ana:secret@")
        original = fetcher().fetch(address, tmp_path).original
        assert site.asked[-1].headers["Authorization"] == "Basic YW5hOnNlY3JldA=="
        assert "Authorization" not in site.asked[0].headers, "robots.txt is for all"
        assert all("Authorization" not in asked.headers for asked in other.asked)
        assert "secret" not in repr(original)
        error = failure(fetcher(allow=()), address, tmp_path)
        assert "secret" not in str(error)


def test_proxies_of_the_environment_are_not_used(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher().fetch(site.url("/story"), tmp_path).original


def test_cookies_are_not_kept(site: Site, tmp_path: Path) -> None:
    site.pages["/story"] = Page(b"x", headers={"Set-Cookie": "who=us; Path=/"})
    fetching = fetcher()
    for _ in range(2):
        fetching.fetch(site.url("/story"), tmp_path)
    assert all("Cookie" not in asked.headers for asked in site.asked)


def test_a_body_that_is_too_large_is_broken_off(site: Site, tmp_path: Path) -> None:
    site.pages["/said"] = Page(b"", headers={"Content-Length": "99999999"})
    site.pages["/real"] = Page(b"x" * 2000)
    for path in ("/said", "/real"):
        error = failure(fetcher(bytes=1000), site.url(path), tmp_path)
        assert error.problem == "more than 1,000 bytes"
        assert not error.is_temporary


def raw(answer: bytes) -> RawPage:
    return RawPage(lambda handler: handler.wfile.write(answer))


def endless(line: bytes, *, head: bytes = b"", pause: float = 0.0) -> RawPage:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while True:
            handler.wfile.write(line)
            handler.wfile.flush()
            time.sleep(pause)

    return RawPage(write)


def test_a_body_without_end_is_broken_off(site: Site, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.pages["/a"] = endless(b"1000\r\n" + b"x" * 4096 + b"\r\n", head=head)
    assert failure(fetcher(bytes=1 << 20), site.url("/a"), tmp_path).problem == "more than 1,048,576 bytes"


def test_a_small_body_that_unpacks_to_a_huge_one_is_broken_off(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page.gzipped(b"\0" * (64 << 20))
    begun = time.monotonic()
    assert "more than" in failure(fetcher(bytes=1 << 20), site.url("/a"), tmp_path).problem
    assert time.monotonic() - begun < 2


def test_a_packed_body_is_unpacked(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page.gzipped(STORY.body)
    original = fetcher().fetch(site.url("/a"), tmp_path).original
    assert original is not None
    assert original.path.read_bytes() == STORY.body


def test_a_body_that_is_not_what_it_says_is_told(site: Site, tmp_path: Path) -> None:
    site.pages["/short"] = Page(gzip.compress(STORY.body)[:-5], headers={"Content-Encoding": "gzip"})
    site.pages["/plain"] = Page(STORY.body, headers={"Content-Encoding": "gzip"})
    site.pages["/br"] = Page(STORY.body, headers={"Content-Encoding": "br"})
    for path in ("/short", "/plain", "/br"):
        assert failure(fetcher(), site.url(path), tmp_path).problem


def test_a_body_that_breaks_off_may_come_whole_later(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nxx")
    error = failure(fetcher(), site.url("/a"), tmp_path)
    assert error.problem.startswith("no whole answer came")
    assert error.is_temporary


@pytest.mark.parametrize(
    "page",
    [
        endless(b"x", head=b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", pause=0.05),
        endless(b"x", head=b"HTTP/1.1 200 OK\r\nX-Slow: ", pause=0.05),
        endless(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.05),
        endless(b"", pause=0.05),
    ],
    ids=["a body drop by drop", "a header drop by drop", "go on, go on", "silence"],
)
def test_the_time_counts_for_all_of_an_answer_and_not_for_each_drop(site: Site, tmp_path: Path, page: RawPage) -> None:
    site.pages["/a"] = page
    begun = time.monotonic()
    error = failure(fetcher(seconds=0.6), site.url("/a"), tmp_path)
    assert time.monotonic() - begun < 2
    assert error.is_temporary
    assert "too long" in error.problem


def test_huge_headers_are_refused(site: Site, tmp_path: Path) -> None:
    site.pages["/many"] = Page(headers={f"X-{number}": "y" * 700 for number in range(90)})
    site.pages["/endless"] = endless(b"X-A: b\r\n", head=b"HTTP/1.1 200 OK\r\n")
    for path in ("/many", "/endless"):
        begun = time.monotonic()
        assert failure(fetcher(header_bytes=20_000), site.url(path), tmp_path)
        assert time.monotonic() - begun < 3


def test_an_answer_that_is_not_http_is_told(site: Site, tmp_path: Path) -> None:
    for answer in (b"SSH-2.0-OpenSSH\r\n", b"", b"HTTP/1.1 abc\r\n\r\n", b"\xff" * 100):
        site.pages["/a"] = raw(answer)
        assert failure(fetcher(), site.url("/a"), tmp_path).is_temporary


def test_a_server_that_is_not_there_may_be_there_later(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        error = failure(fetcher(), f"http://127.0.0.1:{held.getsockname()[1]}/", tmp_path)
    assert error.is_temporary


def test_a_page_is_asked_for_only_if_it_is_another(site: Site, tmp_path: Path) -> None:
    def page(asked: Asked) -> Page:
        named = {"ETag": '"v1"', "Last-Modified": "Tue, 05 Mar 2024 09:00:00 GMT", "Cache-Control": "max-age=900"}
        return (
            Page(status=304, headers=named)
            if asked.headers.get("If-None-Match") == '"v1"'
            else Page(b"x", headers=named)
        )

    site.pages["/a"] = page
    fetching = fetcher()
    first = fetching.fetch(site.url("/a"), tmp_path)
    assert first.validators == Validators('"v1"', "Tue, 05 Mar 2024 09:00:00 GMT")
    assert first.fresh_for == 900
    again = fetching.fetch(site.url("/a"), tmp_path, unless=first.validators)
    assert again.original is None
    assert again.validators == first.validators
    assert site.asked[-1].headers["If-Modified-Since"] == "Tue, 05 Mar 2024 09:00:00 GMT"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_unasked_not_modified_is_an_error(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page(status=304)
    assert failure(fetcher(), site.url("/a"), tmp_path).status == 304


@pytest.mark.parametrize(
    ("status", "is_temporary"),
    [(404, False), (403, False), (410, False), (206, False), (429, True), (500, True), (503, True)],
)
def test_an_answer_that_brings_nothing_says_whether_to_come_again(
    site: Site, tmp_path: Path, status: int, is_temporary: bool
) -> None:
    site.pages["/a"] = Page(status=status)
    error = failure(fetcher(), site.url("/a"), tmp_path)
    assert (error.status, error.is_temporary) == (status, is_temporary)


def test_a_server_that_asks_for_a_pause_gets_it(site: Site, tmp_path: Path) -> None:
    answers = iter([Page(status=429, headers={"Retry-After": "40"}), Page(status=503), STORY])
    site.pages["/a"] = lambda _: next(answers)
    clock = SetClock()
    fetching = fetcher(clock=clock, attempts=4, back_off=5.0)
    assert fetching.fetch(site.url("/a"), tmp_path).original
    assert clock.slept == [40, 10]


def test_a_long_pause_is_not_waited_for_but_told_and_kept(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page(status=429, headers={"Retry-After": "7200"})
    clock = SetClock()
    fetching = fetcher(clock=clock, attempts=4)
    assert failure(fetching, site.url("/a"), tmp_path).retry_after == 7200
    assert failure(fetching, site.url("/story"), tmp_path).retry_after == 7200
    assert clock.slept == []
    assert site.paths == ["/a"]


def robots(text: str) -> Page:
    return Page(text.encode())


def test_what_robots_forbids_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = robots("User-agent: ascertain\nDisallow: /story\nCrawl-delay: 9")
    clock = SetClock()
    fetching = fetcher(clock=clock)
    error = failure(fetching, site.url("/story"), tmp_path)
    assert isinstance(error, RefusedError)
    assert not error.is_temporary
    assert site.paths == []
    site.pages["/b"] = STORY
    for _ in range(3):
        fetching.fetch(site.url("/b"), tmp_path)
    assert sum(asked.path == "/robots.txt" for asked in site.asked) == 1, "it is kept"
    assert clock.slept == [9, 9]


def test_a_redirect_asks_the_robots_of_the_server_that_it_leads_to(site: Site, tmp_path: Path) -> None:
    with serving(Site({"/b": STORY, "/robots.txt": robots("User-agent: *\nDisallow: /b")})) as other:
        site.pages["/a"] = moved(other.url("/b"))
        assert "robots.txt" in failure(fetcher(), site.url("/a"), tmp_path).problem
        assert other.paths == []


@pytest.mark.parametrize("status", [404, 401, 403])
def test_a_server_without_robots_lets_all_be_read(site: Site, tmp_path: Path, status: int) -> None:
    site.pages["/robots.txt"] = Page(status=status)
    assert fetcher().fetch(site.url("/story"), tmp_path).original


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_whose_robots_cannot_be_reached_lets_nothing_be_read_for_now(
    site: Site, tmp_path: Path, status: int
) -> None:
    site.pages["/robots.txt"] = Page(status=status)
    clock = SetClock()
    fetching = fetcher(clock=clock)
    for _ in range(3):
        error = failure(fetching, site.url("/story"), tmp_path)
    assert error.is_temporary
    assert f"the server answered {status}" in error.problem
    assert len(site.asked) == 1
    site.pages["/robots.txt"] = Page(status=404)
    clock.sleep(301)
    assert fetching.fetch(site.url("/story"), tmp_path).original


def test_robots_that_were_reached_before_hold_while_they_cannot_be(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /b")
    clock = SetClock()
    fetching = fetcher(clock=clock)
    fetching.fetch(site.url("/story"), tmp_path)
    site.pages["/robots.txt"] = Page(status=500)
    clock.sleep(25 * 3600)
    assert fetching.fetch(site.url("/story"), tmp_path).original
    with pytest.raises(RefusedError):
        fetching.fetch(site.url("/b"), tmp_path)


def test_robots_without_end_are_read_in_their_first_part(site: Site, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n"
    site.pages["/robots.txt"] = endless(b"# nothing to say\n" * 1000, head=head)
    fetching = fetcher()
    assert fetching.fetch(site.url("/story"), tmp_path).original
    with pytest.raises(RefusedError):
        fetching.fetch(site.url("/secret"), tmp_path)


def test_robots_that_redirect_for_ever_or_to_a_private_address_forbid_nothing(site: Site, tmp_path: Path) -> None:
    for target in ("/robots.txt", "http://127.0.0.2/"):
        site.pages["/robots.txt"] = moved(target)
        assert fetcher().fetch(site.url("/story"), tmp_path).original


def test_robots_can_be_left_unasked(site: Site, tmp_path: Path) -> None:
    fetcher(obeys_robots=False).fetch(site.url("/story"), tmp_path)
    assert [asked.path for asked in site.asked] == ["/story"]


def test_requests_to_a_host_are_kept_apart(site: Site, tmp_path: Path) -> None:
    clock = SetClock()
    fetching = fetcher(clock=clock, spacing=3.0)
    for _ in range(2):
        fetching.fetch(site.url("/story"), tmp_path)
    assert clock.slept == [3, 3], "after robots.txt, and between the pages"


@pytest.fixture
def secure_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that shows a certificate for news.example, which is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    connecting._trust.cache_clear()
    with serving(Site({"/story": STORY}), certificate=CERTIFICATE) as begun:
        yield begun
    connecting._trust.cache_clear()


def test_a_certificate_is_checked_for_the_name_that_was_asked_for(secure_site: Site, tmp_path: Path) -> None:
    fetching = fetcher(resolver=names(news_example=["127.0.0.1"], other_example=["127.0.0.1"]))
    address = secure_site.url("/story", "news.example").replace("http:", "https:")
    assert fetching.fetch(address, tmp_path).original
    for host in ("other.example", "127.0.0.1"):
        error = failure(fetching, address.replace("news.example", host), tmp_path)
        assert "CERTIFICATE_VERIFY_FAILED" in error.problem


def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    connecting._trust.cache_clear()
    address = secure_site.url("/story", "news.example").replace("http:", "https:")
    error = failure(fetcher(resolver=names(news_example=["127.0.0.1"])), address, tmp_path)
    assert "CERTIFICATE_VERIFY_FAILED" in error.problem


def test_names_in_all_scripts_are_resolved_as_the_web_writes_them(site: Site, tmp_path: Path) -> None:
    resolver = names(**{"xn--mgbaal8b0b9b2bd_example": ["127.0.0.1"]})
    assert fetcher(resolver=resolver).fetch(site.url("/story", "افغانستان.example"), tmp_path).original


def test_a_full_disk_is_not_taken_for_a_bad_connection(site: Site, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as told:
        fetcher().fetch(site.url("/story"), tmp_path / "nowhere")
    assert not isinstance(told.value, InputError)
