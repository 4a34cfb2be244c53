from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.watching import Feed, feeds_in
from ascertain.model import InputError

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Sahel"><outline text="Agencies">
  <outline type="rss" text="Ménaka" title="Ménaka today" xmlUrl="https://example.org/menaka.xml"/>
</outline>
  <outline text="again" xmlUrl="https://example.org/menaka.xml#latest"/>
</outline>
<outline text="a feed" XMLURL="feed://example.net/feed"/>
<outline text="a page" type="link" url="https://example.org/"/>
<outline text="lost" type="rss"/>
<outline text="file" xmlUrl="file:///etc/passwd"/>
<outline text="other list" type="include" url="https://example.org/more.opml"/>
</body></opml>"""


def listed(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_feeds_are_found_at_any_depth_each_once(tmp_path: Path) -> None:
    assert feeds_in(listed(tmp_path, LIST)).feeds == (
        Feed("https://example.org/menaka.xml", "Ménaka today", ("Sahel", "Agencies")),
        Feed("http://example.net/feed", "a feed"),
    )


def test_what_should_be_a_feed_and_is_none_is_set_aside_with_its_line(tmp_path: Path) -> None:
    asides = feeds_in(listed(tmp_path, LIST)).set_aside
    assert [aside.line for aside in asides] == [10, 11, 12]
    assert "'lost' is a feed without an xmlUrl" in asides[0].problem
    assert "not an address of http or https" in asides[1].problem
    assert "takes in another list" in asides[2].problem


LAUGHS = '<!DOCTYPE opml [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)
HOSTILE = {
    "a billion laughs": f"{LAUGHS}]><opml><body><outline text='&k;'/></body></opml>",
    "a file of ours": '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body>&x;</body></opml>',
    "a server's DTD": '<!DOCTYPE opml SYSTEM "http://127.0.0.1/x.dtd"><opml><body/></opml>',
    "nested for ever": "<opml><body>" + '<outline text="a">' * 5000,
    "no XML": "feeds: none",
    "HTML": "<html><body>Sign in</body></html>",
    "cut off": LIST[:300],
    "nothing": "",
    "an encoding that is none": '<?xml version="1.0" encoding="martian"?><opml/>',
    "not in its encoding": b'<?xml version="1.0" encoding="utf-8"?><opml><outline text="\xff"/></opml>',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_could_do_harm_or_is_no_list_is_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(InputError, match=r"feeds\.opml"):
        feeds_in(listed(tmp_path, text))


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        feeds_in(tmp_path / "nowhere.opml")


def test_other_encodings_are_read(tmp_path: Path) -> None:
    text = LIST.replace("utf-8", "windows-1251").replace("Ménaka", "Менака")
    assert feeds_in(listed(tmp_path, text.encode("cp1251"))).feeds[0].title == "Менака today"


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
outlines = st.recursive(
    st.builds(
        lambda title, path: f"<outline text={quoteattr(title)} xmlUrl={quoteattr(f'https://example.org/{path}')}/>",
        names,
        st.integers(0, 30),
    ),
    lambda inner: st.builds(
        lambda title, within: f"<outline text={quoteattr(title)}>{''.join(within)}</outline>",
        names,
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(st.lists(outlines, max_size=4))
def test_every_feed_of_any_list_is_found_once(tmp_path_factory: pytest.TempPathFactory, body: list[str]) -> None:
    text = f"<opml version='2.0'><body>{''.join(body)}</body></opml>"
    feeds = feeds_in(listed(tmp_path_factory.mktemp("list"), text)).feeds
    assert len({feed.address for feed in feeds}) == len(feeds)
    assert {feed.address for feed in feeds} == {part.split("'")[0].split('"')[0] for part in _addresses(text)}


def _addresses(text: str) -> list[str]:
    return [f"https://example.org/{rest}" for rest in text.split("https://example.org/")[1:]]


@given(st.binary(max_size=300) | st.text("<>outline xmlUrl='\"/&;!?[]-", max_size=120).map(str.encode))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = listed(tmp_path_factory.mktemp("list"), b"<opml>" + data)
    with suppress(InputError):
        feeds_in(path)
