import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, found_in, hold_the_law, small

from ascertain.intake.documents import Document

STORY = "".join(
    f"<p>Paragraph {number}: officials of the district said that {number} people were hurt when shells hit the road"
    f" to the market on Tuesday morning, and that the hospital took them in.</p>"
    for number in range(2, 9)
)


def page(body: str, head: str = "", attributes: str = "") -> bytes:
    return f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def the_document(data: bytes, folder: Path, *, name: str = "a.html", media_type: str | None = None) -> Document:
    (document,) = documents(found_in(data, name, folder, media_type=media_type))
    return document


def test_the_main_text_has_paragraphs_and_nothing_from_around_it(tmp_path: Path) -> None:
    body = f"""<header><a href="/">The Courier</a></header><nav><ul><li><a href="/w">World</a></li></ul></nav>
        <article><h1>Shells hit a market</h1>{STORY}</article>
        <aside><h3>Most read</h3><a href="/x">Ninety killed elsewhere</a></aside><footer>All rights reserved</footer>"""
    text = the_document(page(body), tmp_path).text
    assert text.count("\n\n") == 6
    assert text.startswith("Paragraph 2: officials")
    assert "Ninety" not in text
    assert "rights" not in text


def test_a_page_says_who_published_it_when_where_and_in_which_language(tmp_path: Path) -> None:
    head = """<title>Shells hit a market | The Courier</title><meta property="og:title" content="Shells hit a market">
        <meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Bee">
        <meta property="article:published_time" content="2024-05-13T23:10:00-04:00">
        <meta property="article:modified_time" content="2024-05-20T10:00:00Z">
        <link rel="canonical" href="/2024/shells">"""
    document = the_document(page(f"<article>{STORY}</article>", head), tmp_path, name="https://courier.example/x?utm=1")
    assert document.title == "Shells hit a market"
    assert document.publisher == "The Courier"
    assert document.author == "Ann Bee"
    assert document.published == dt.date(2024, 5, 13)
    assert document.url == "https://courier.example/2024/shells"
    assert document.language == "en"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="date" content="20240513">', ""),
        ('<meta itemprop="datePublished" content="2024-05-13">', ""),
        (
            '<script type="application/ld+json">[{"a": 1}, {"datePublished": "2024-05-13T01:00:00Z"}]</script>',
            "",
        ),
        ('<link rel="canonical" href="https://courier.example/world/2024/05/13/shells">', ""),
        ("", '<time itemprop="datePublished" datetime="2024-05-13T10:00">today</time>'),
        ("", '<span class="post-date">Monday, May 13, 2024</span>'),
        ("", '<div class="article__date published">13 May 2024</div>'),
    ],
)
def test_the_day_of_publication_is_taken_where_the_page_states_it(head: str, body: str, tmp_path: Path) -> None:
    assert the_document(page(body + STORY, head), tmp_path).published == dt.date(2024, 5, 13)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>The village was shelled on 13 May 2024.</p>"),
        ("", '<img src="/uploads/2024/05/13/photo.jpg"><footer>Copyright 2024-05-13</footer>'),
        ("", '<span class="date">05/06/2024</span>'),
        ("", '<span class="date">13 May 2024</span><span class="date">14 May 2024</span>'),
        ("", '<aside class="related"><time datetime="2024-05-13">13 May</time></aside>'),
        ('<meta property="article:modified_time" content="2024-05-13">', ""),
        ('<script type="application/ld+json">{"datePublished": "soon"</script>', ""),
    ],
)
def test_any_other_day_is_not_the_day_of_publication(head: str, body: str, tmp_path: Path) -> None:
    assert the_document(page(STORY + body, head), tmp_path).published is None


def test_scripts_handlers_and_hidden_text_never_become_text(tmp_path: Path) -> None:
    body = """<script>document.write("Ninety were killed")</script><p onclick="alert('Ninety')">Two were hurt.</p>
        <p style="color:red; display : none">Ninety were killed</p><p hidden>Ninety were killed</p>
        <div style="visibility:hidden"><p>Ninety were killed</p></div><noscript>Ninety were killed</noscript>
        <template><p>Ninety were killed</p></template><p style="font-size:0px">Ninety were killed</p>
        <style>p:after { content: "Ninety were killed" }</style><textarea>Ninety were killed</textarea>
        <!-- Ninety were killed --><svg><text>Ninety were killed</text></svg>
        <p title="Ninety were killed">One died.</p>"""
    assert the_document(page(body), tmp_path).text == "Two were hurt.\n\nOne died."


def test_text_after_something_hidden_stays(tmp_path: Path) -> None:
    document = the_document(page("<p>Two <span hidden>not</span> were <script>x</script>hurt.</p>"), tmp_path)
    assert document.text == "Two were hurt."


@pytest.mark.parametrize(
    "body",
    [
        "<p>Two were hurt.</p>",
        "Two were hurt.",
        "<center><font size=4>Two were hurt.</font></center>",
        "<table><tr><td><b>Two were hurt.</b></td></tr></table>",
        "<form action='/'><div>Two were hurt.</div></form>",
        "<pre>Two were hurt.</pre>",
    ],
)
def test_a_short_statement_is_not_lost(body: str, tmp_path: Path) -> None:
    assert the_document(page(body), tmp_path).text == "Two were hurt."


def test_breaks_lists_and_tables_keep_their_lines(tmp_path: Path) -> None:
    body = """<p>We have hit:<br>a post<br/>a road</p><ul><li>two men</li><li>a child</li></ul>
        <table><tr><th>Town</th><th>Killed</th></tr><tr><td>Jabalia</td><td><p>13</p></td></tr></table>"""
    assert the_document(page(body), tmp_path).text == (
        "We have hit:\na post\na road\n\n- two men\n- a child\n\nTown | Killed\nJabalia | 13"
    )


def test_a_page_laid_out_by_a_table_keeps_its_paragraphs(tmp_path: Path) -> None:
    body = f"<table><tr><td width=100><a href='/'>Home</a></td><td>{STORY}</td></tr></table>"
    assert the_document(page(body), tmp_path).text.count("\n\n") >= 6


def test_a_headline_stands_apart_from_the_text(tmp_path: Path) -> None:
    document = the_document(
        page(f"<h1>Shells hit a market</h1>{STORY}", "<title>Shells hit a market</title>"), tmp_path
    )
    assert document.title == "Shells hit a market"
    assert document.text.startswith("Paragraph 2")


def test_the_text_decides_the_language_and_not_a_template(tmp_path: Path) -> None:
    arabic = "<p>قُتل ثلاثة عشر شخصا على الأقل وأصيب آخرون عندما سقطت قذائف على سوق البلدة صباح الثلاثاء</p>" * 3
    assert the_document(page(arabic, attributes="lang='en-GB'"), tmp_path).language == "ar"
    assert the_document(page("<p>Goma: 13.</p>", attributes="lang='fr-CD'"), tmp_path).language == "fr"


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "x-nothing"])
def test_the_page_s_own_word_on_its_encoding_counts_where_the_server_has_none(declared: str, tmp_path: Path) -> None:
    arabic = "قُتل ثلاثة عشر شخصا على الأقل وأصيب آخرون عندما سقطت قذائف على سوق البلدة صباح الثلاثاء"
    data = f"<html><head><meta charset='{declared}'></head><body><p>{arabic}</p></body></html>".encode("cp1256")
    assert the_document(data, tmp_path).text == arabic


def test_an_address_that_is_no_address_of_the_web_is_not_taken(tmp_path: Path) -> None:
    document = the_document(page(STORY, '<link rel="canonical" href="javascript:alert(1)">'), tmp_path)
    assert document.url is None


def test_nothing_is_fetched_and_no_entity_is_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{laughs}
        <!ENTITY file SYSTEM "file:///etc/passwd">]><html><body><p>Two were hurt. &l9; &file;</p></body></html>"""
    found = found_in(data.encode(), "a.xhtml", tmp_path)
    texts = [item.text for item in found if isinstance(item, Document)]
    assert all(len(text) < 2000 and "root:" not in text for text in texts)


def test_deep_nesting_is_read_or_set_aside_but_never_cut_off_in_silence(tmp_path: Path) -> None:
    deep = page("<div>" * 1000 + "<p>Two were hurt.</p>" + "</div>" * 1000 + "<p>One died.</p>")
    assert the_document(deep, tmp_path).text == "Two were hurt.\n\nOne died."
    deeper = page("<div>" * 50_000 + "<p>Two were hurt.</p>")
    assert "nested too deeply" in asides(found_in(deeper, "a.html", tmp_path))[0]


def test_a_page_without_text_is_set_aside(tmp_path: Path) -> None:
    assert "no text in it" in asides(found_in(page("<script>draw()</script>"), "a.html", tmp_path))[0]


TAGS = st.sampled_from(["p", "div", "table", "tr", "td", "li", "ul", "pre", "br", "script", "svg", "form", "a", "x-y"])
PIECES = st.one_of(
    st.text(max_size=20),
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    TAGS.map("<{} style='display:none' hidden>".format),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&nbsp;", "<meta charset=x>", "<a href='//["]
    ),
    st.sampled_from(['<script type="application/ld+json">{"datePublished":', "<link rel=canonical href='http://[x'>"]),
)


@pytest.mark.fuzz
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_markup_is_read_or_set_aside(pieces: list[str]) -> None:
    hold_the_law(("<html>" + "".join(pieces)).encode("utf-8", "replace"), "a.html", small(characters=10_000))
