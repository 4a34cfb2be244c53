from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.watching.feeding import InProcess, Item, atom, rss

from ascertain.intake.documents import Document, Original
from ascertain.intake.watching.entries import Entry, _spans, entries_in
from ascertain.intake.watching.state import Version
from ascertain.model import InputError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(
    str.strip
)
ITEMS = st.lists(
    st.builds(
        Item,
        id=st.one_of(st.none(), st.uuids().map(str)),
        title=WORDS,
        link=st.one_of(st.none(), st.just("https://example.org/1")),
        content=WORDS.filter(lambda text: "]]>" not in text and "<" not in text and "&" not in text),
    ),
    max_size=6,
)


def feed_of(folder: Path, data: bytes) -> Original:
    path = folder / "feed.xml"
    path.write_bytes(data)
    return Original(path, "feed.xml", "https://example.org/feed.xml")


@given(ITEMS)
def test_each_entry_stands_on_bytes_of_its_own(items: list[Item]) -> None:
    for data in (rss(items), atom(items)):
        spans = _spans(data)
        assert len(spans) == len(items)
        assert all(data[start:].startswith((b"<item>", b"<entry>")) for start, _ in spans)
        assert all(data[:end].endswith((b"</item>", b"</entry>")) for _, end in spans)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


@given(
    st.lists(
        st.sampled_from([b"<item>", b"</item>", b"<entry ", b">", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<", b"x"])
    )
)
def test_no_bytes_break_the_cutting(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for start, end in _spans(data):
        assert 0 <= start < end <= len(data)


@given(data=st.binary(max_size=200))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("feed")
    original = feed_of(folder, b"<rss><channel><item><title>Goma</title>" + data)
    try:
        found = entries_in(original, "https://example.org/feed.xml", InProcess(), folder)
    except InputError:
        return
    for entry in found.entries:
        assert found.own(entry, folder).path.stat().st_size


def entry(text: str, part: str = "entry 1") -> Entry:
    return Entry(Version("f", "1", "d"), Document(text, part=part))


@pytest.mark.parametrize(
    ("text", "part", "is_summary"),
    [
        ("Two people were hurt in Goma.", "entry 1", False),
        ("Two people were hurt in Goma.", "entry 1, summary", True),
        ("Two hurt in Goma", "entry 1, title", True),
        ("Two people were hurt. " * 200, "entry 1, summary", False),
        ("Two people were hurt. " * 200 + "The shell […]", "entry 1", True),
        ("Two people were hurt. The shell...", "entry 1", True),
        ("Two people were hurt. Read more »", "entry 1", True),
        ("أصيب شخصان في غوما. اقرأ المزيد", "entry 1", True),
        ("He said there is nothing more to read.", "entry 1", False),
    ],
)
def test_a_text_that_is_broken_off_is_told_from_a_whole_one(text: str, part: str, is_summary: bool) -> None:
    assert entry(text, part).is_summary is is_summary
