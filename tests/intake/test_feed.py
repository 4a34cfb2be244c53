import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in, hold_the_law

from ascertain.intake.documents import Document

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Goma Daily</title><link>https://goma.example/</link><language>en-GB</language>
<item><title>Shells &amp; smoke</title><link>https://goma.example/1</link><guid isPermaLink="false">17</guid>
<pubDate>Mon, 01 Jan 2024 23:30:00 -0500</pubDate><dc:creator>A. Reporter</dc:creator>
<description>Two hurt.</description>
<content:encoded><![CDATA[<p>Two people were hurt.</p><p>One <b>died</b>.</p><script>alert(1)</script>]]>
</content:encoded></item>
<item><title>Later</title><link>https://goma.example/2</link>
<description>&lt;p&gt;A summary.&lt;/p&gt;</description></item>
<item><link>https://goma.example/3</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Bamako</title>
<entry><id>tag:bamako.example,2024:1</id><title>Attaque</title><updated>2024-03-05T01:00:00+09:00</updated>
<author><name>B. Writer</name></author><link href="https://bamako.example/1"/>
<content type="html">&lt;p&gt;Deux blessés.&lt;/p&gt;</content></entry></feed>"""


def test_an_entry_is_a_document_with_its_full_text_title_day_author_and_link(tmp_path: Path) -> None:
    first = documents(
        found_in(
            RSS.replace("<item><link>https://goma.example/3</link></item>", "").encode(),
            "f",
            tmp_path,
        )
    )[0]
    assert first.text == "Two people were hurt.\n\nOne died."
    assert (first.title, first.author, first.publisher) == ("Shells & smoke", "A. Reporter", "Goma Daily")
    assert (first.url, first.id, first.language) == ("https://goma.example/1", "goma.example#17", "en")
    assert first.part == "entry 1"


def test_the_day_is_that_of_who_published(tmp_path: Path) -> None:
    first, second, _ = found_in(RSS.encode(), "feed.xml", tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.published, second.published) == (dt.date(2024, 1, 1), None)


def test_a_summary_is_marked_by_its_part_alone(tmp_path: Path) -> None:
    second = found_in(RSS.encode(), "feed.xml", tmp_path)[1]
    assert isinstance(second, Document)
    assert (second.text, second.part, second.id) == ("A summary.", "entry 2, summary", "https://goma.example/2")


def test_an_entry_that_is_only_named_says_so_in_its_part(tmp_path: Path) -> None:
    named = RSS.replace("<item><link>", "<item><title>Two hurt in Goma</title><link>")
    third = documents(found_in(named.encode(), "feed.xml", tmp_path))[2]
    assert (third.text, third.part, third.url) == ("Two hurt in Goma", "entry 3, title", "https://goma.example/3")


def test_an_entry_without_text_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(RSS.encode(), "feed.xml", tmp_path))
    assert told == "feed.xml > entry 3: an entry without text; open its link, and give the page"


def test_atom_is_read(tmp_path: Path) -> None:
    (entry,) = documents(found_in(ATOM.encode(), "feed.atom", tmp_path))
    assert (entry.text, entry.id, entry.published) == (
        "Deux blessés.",
        "tag:bamako.example,2024:1",
        dt.date(2024, 3, 5),
    )
    assert (entry.author, entry.url, entry.language) == ("B. Writer", "https://bamako.example/1", "fr")


def test_json_feed_is_read(tmp_path: Path) -> None:
    item = {
        "id": 5,
        "url": "https://k.example/5",
        "content_html": "<p>One hurt.</p>",
        "date_published": "2024-03-05T10:00:00Z",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "K", "authors": [{"name": "C"}], "items": [item]}
    (entry,) = documents(found_in(json.dumps(feed).encode(), "feed.json", tmp_path))
    assert (entry.text, entry.id, entry.published) == ("One hurt.", None, dt.date(2024, 3, 5))
    assert (entry.publisher, entry.author, entry.url) == ("K", "C", "https://k.example/5")


def test_a_feed_is_known_by_what_it_is(tmp_path: Path) -> None:
    for data in (RSS, ATOM):
        assert form_of_bytes(data.encode(), "page.html", tmp_path) == "feed"


def test_entities_that_multiply_are_given_up(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    channel = "<channel><title>t</title><item><title>a</title><description>&j;</description></item></channel>"
    declared = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"x" * 100}">{entities}]>'
    bomb = f'{declared}<rss version="2.0">{channel}</rss>'
    found = found_in(bomb.encode(), "feed.xml", tmp_path)
    assert all(len(str(item)) < 10_000 for item in found)


def test_a_feed_leads_to_no_file_and_no_address(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    feed = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>' + (
        "<rss version='2.0'><channel><item><title>a</title><description>b &x; c</description></item></channel></rss>"
    )
    assert "do not read" not in str(found_in(feed.encode(), "feed.xml", tmp_path))


def test_a_feed_of_nothing_is_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"<rss version='2.0'><channel><title>x</title></channel></rss>", "feed.xml", tmp_path))
    assert told.startswith("feed.xml: a feed without entries")


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_a_feed_hold_the_law(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([RSS, ATOM])).encode()
    at = data.draw(st.integers(60, len(whole)))
    cut = data.draw(st.integers(at, min(len(whole), at + 60)))
    noise = data.draw(
        st.one_of(st.binary(max_size=30), st.text(alphabet="<>&;!-[]/'\"=ab%#x0", max_size=30).map(str.encode))
    )
    hold_the_law(whole[:at] + noise + whole[cut:], "feed.xml")


@pytest.mark.fuzz
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "items",
                        "id",
                        "url",
                        "title",
                        "content_html",
                        "authors",
                        "author",
                        "name",
                        "date_published",
                        "language",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_any_json_of_a_feed_holds_the_law(value: object) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": value, "authors": value, "title": value}
    hold_the_law(json.dumps(feed).encode(), "feed.json")
    hold_the_law(json.dumps({**feed, "items": [value]}).encode(), "feed.json")
