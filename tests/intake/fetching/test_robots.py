import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.fetching.robots import MOST_BYTES, Robots, comparable, robots_from


def robots(text: str) -> Robots:
    return robots_from(text.encode(), "ascertain")


def test_our_own_group_counts_and_not_that_for_all() -> None:
    read = robots("User-agent: *\nDisallow: /\n\nUser-agent: Ascertain/1.0\nDisallow: /private\n")
    assert read.allows("/news")
    assert not read.allows("/private/a")


def test_groups_of_the_same_name_are_one() -> None:
    read = robots(
        "User-agent: ascertain\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: ascertain\nDisallow: /b"
    )
    assert [read.allows(path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_several_names_share_a_group() -> None:
    read = robots("User-agent: other\nUser-agent: ascertain\nDisallow: /a")
    assert not read.allows("/a")


def test_another_crawler_s_name_that_begins_like_ours_is_not_ours() -> None:
    assert robots("User-agent: ascertainbot\nDisallow: /").allows("/a")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        # RFC 9309, 2.2.2 and 5.2: the longest rule decides, and the one that allows where two are as long.
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", True),
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: *.gif$", "/x/y.gif", False),
        ("Disallow: *.gif$", "/x/y.gifx", True),
        ("Disallow: /a*b*c", "/a1b2c3", False),
        ("Disallow: /a*b*c", "/a1c2b3", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*a$", "/a", False),
        ("Disallow: /ab*ab$", "/ab", True),
        ("Disallow:", "/a", True),
        ("Disallow: /a%3Cd.html", "/a%3cd.html", False),
        ("Disallow: /%61", "/a", False),
        ("Disallow: /ق", "/%D9%82", False),
        ("Disallow: /foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: private", "/private", False),
        ("DISALLOW : /a # with a comment", "/a", False),
    ],
)
def test_rules_are_read_as_the_rfc_says(rules: str, path: str, allowed: bool) -> None:
    assert robots(f"User-agent: *\n{rules}").allows(path) is allowed


def test_the_delay_that_is_asked_for_is_kept() -> None:
    assert robots("User-agent: *\nCrawl-delay: 7.5\nDisallow:").crawl_delay == 7.5
    assert robots("User-agent: *\nCrawl-delay: nan\nDisallow:").crawl_delay is None
    assert robots("User-agent: *\nCrawl-delay: soon").crawl_delay is None


def test_only_the_first_part_of_a_huge_file_counts() -> None:
    padding = "# nothing\n" * (MOST_BYTES // 10 + 1)
    assert robots(f"User-agent: *\n{padding}Disallow: /").allows("/a")


def test_a_page_of_html_in_its_place_forbids_nothing() -> None:
    assert robots("<!doctype html><p>Not found: see <a href='/'>home</a>").allows("/a")


def test_line_ends_and_marks_of_all_systems_are_read() -> None:
    for end in ("\n", "\r", "\r\n"):
        assert not robots(f"\ufeffUser-agent: *{end}Disallow: /a{end}").allows("/a")


@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_break_it(data: bytes, path: str) -> None:
    robots_from(data, "ascertain").allows(f"/{path}")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["User-agent: *", "User-agent: ascertain", "Allow: /", "Disallow: /", "Crawl-delay: 3", "x"]
            ),
            st.text("ab*$/%ق\0 ", max_size=8),
        ),
        max_size=12,
    ),
    st.text("ab*$/%ق", max_size=12),
)
def test_whatever_rules_there_are_a_path_is_allowed_or_not(lines: list[tuple[str, str]], path: str) -> None:
    text = "\n".join(f"{start}{rest}" for start, rest in lines)
    assert robots(text).allows(f"/{path}") in (True, False)


@given(st.text("ab/*", min_size=1, max_size=200), st.text("ab", max_size=400))
def test_stars_take_no_time_to_speak_of(rule: str, path: str) -> None:
    robots(f"User-agent: *\nDisallow: /{rule}*$").allows(f"/{path}")


@given(st.binary(max_size=60))
def test_comparing_is_settled_after_one_writing(path: bytes) -> None:
    once = comparable(path)
    assert comparable(once.encode()) == once
