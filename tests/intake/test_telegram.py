import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in, hold_the_law

POST = {"id": 7, "type": "message", "date": "2024-03-05T23:30:00", "from": "Goma News", "text": "Two people were hurt."}


def export(*messages: object, **chat: object) -> bytes:
    told = {"name": "Goma News", "type": "public_channel", "id": 1234567890, **chat}
    return json.dumps({**told, "messages": messages}, ensure_ascii=False).encode()


def test_a_message_is_a_document_of_its_channel(tmp_path: Path) -> None:
    (post,) = documents(found_in(export(POST), "result.json", tmp_path))
    assert (post.text, post.part, post.id) == ("Two people were hurt.", "message 7", "telegram:1234567890/7")
    assert (post.published, post.publisher, post.author) == (dt.date(2024, 3, 5), "Goma News", None)
    assert post.url == "https://t.me/c/1234567890/7"


def test_a_chat_that_is_not_public_has_no_links(tmp_path: Path) -> None:
    (post,) = documents(found_in(export(POST, type="private_group"), "result.json", tmp_path))
    assert post.url is None


def test_pieces_with_a_style_are_joined(tmp_path: Path) -> None:
    text = [
        "Two ",
        {"type": "bold", "text": "people"},
        " hurt near ",
        {"type": "link", "text": "https://x.example"},
        ".",
    ]
    (post,) = documents(found_in(export({**POST, "text": text}), "result.json", tmp_path))
    assert post.text == "Two people hurt near https://x.example."


def test_forwarded_edited_and_media_are_told(tmp_path: Path) -> None:
    more = {"forwarded_from": "Bukavu FM", "edited": "2024-03-06T01:00:00", "photo": "photos/photo_1.jpg"}
    (post,) = documents(found_in(export({**POST, **more}), "result.json", tmp_path))
    assert post.author == "Bukavu FM"
    assert post.part == "message 7, edited 2024-03-06T01:00:00, with photos/photo_1.jpg"


def test_the_sender_in_a_group_is_the_author(tmp_path: Path) -> None:
    (post,) = documents(found_in(export({**POST, "from": "Amani"}, type="private_supergroup"), "result.json", tmp_path))
    assert (post.author, post.publisher) == ("Amani", "Goma News")


def test_what_the_system_writes_and_media_alone_are_left_out(tmp_path: Path) -> None:
    service = {"id": 1, "type": "service", "action": "create_channel", "text": "", "date": "2024-03-05T01:00:00"}
    photo = {**POST, "id": 2, "text": "", "photo": "photos/1.jpg"}
    (post,) = documents(found_in(export(service, photo, POST), "result.json", tmp_path))
    assert post.part == "message 7"


def test_an_export_of_all_chats_is_read_chat_by_chat(tmp_path: Path) -> None:
    chats = [json.loads(export(POST)), json.loads(export({**POST, "id": 8}, name="Other", id=5))]
    whole = {"about": "…", "personal_information": {"user_id": 1}, "chats": {"about": "…", "list": chats}}
    assert form_of_bytes(json.dumps({**whole, "about": 1}).encode()[:60], "result.json", tmp_path) == "telegram"
    found = documents(found_in(json.dumps(whole).encode(), "result.json", tmp_path))
    assert [(post.publisher, post.id) for post in found] == [
        ("Goma News", "telegram:1234567890/7"),
        ("Other", "telegram:5/8"),
    ]


def test_an_export_cut_short_gives_what_comes_before(tmp_path: Path) -> None:
    found = found_in(export(POST, {**POST, "id": 8})[:-40], "result.json", tmp_path)
    assert len(found) == 2
    assert "broken JSON" in asides(found)[0]


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">Goma News</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">5 March 2024</div></div>
<div class="message default clearfix" id="message7"><div class="pull_left userpic_wrap"></div><div class="body">
<div class="pull_right date details" title="05.03.2024 23:30:00 UTC+02:00">23:30</div>
<div class="from_name">Goma News</div>
<div class="media_wrap clearfix"><a class="photo_wrap" href="photos/photo_1.jpg"><img src="x"></a></div>
<div class="text">Two people were <strong>hurt</strong>.<br>One died.</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body">
<div class="pull_right date details" title="06.03.2024 00:01:00 UTC+02:00">00:01</div>
<div class="forwarded body"><div class="from_name">Bukavu FM
<span class="date details" title="1">05.03.2024</span></div>
<div class="text">Shelling went on.</div></div></div></div>
</div></div></div></body></html>"""


def test_a_page_of_messages_is_read(tmp_path: Path) -> None:
    assert form_of_bytes(PAGE.encode(), "messages.html", tmp_path) == "telegram"
    first, second = documents(found_in(PAGE.encode(), "messages.html", tmp_path))
    assert first.text == "Two people were hurt.\nOne died."
    assert (first.part, first.published) == ("message 7, with photos/photo_1.jpg", dt.date(2024, 3, 5))
    assert (first.publisher, first.author) == ("Goma News", None)
    assert (second.text, second.part, second.author) == ("Shelling went on.", "message 8", "Bukavu FM")
    assert second.published == dt.date(2024, 3, 6)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*POST, "name", "photo", "edited", "forwarded_from", "messages", "list"]), inner
        )
    ),
)


@pytest.mark.fuzz
@given(VALUES)
def test_any_json_of_an_export_holds_the_law(value: object) -> None:
    for whole in (
        {"messages": value, "name": value},
        {"chats": value},
        {"chats": {"list": [value]}},
        {"messages": [value]},
    ):
        hold_the_law(json.dumps(whole).encode(), "result.json")
    for name in POST:
        hold_the_law(export({**POST, name: value}, id=value, type=value), "result.json")


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_an_export_hold_the_law(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([PAGE.encode(), export(POST, POST)]))
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(at, min(len(whole), at + 60)))
    hold_the_law(whole[:at] + data.draw(st.binary(max_size=30)) + whole[cut:], "export")
