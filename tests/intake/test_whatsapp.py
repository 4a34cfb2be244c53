import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, enclosed, form_of_bytes, found_in, hold_the_law

from ascertain.intake.documents import Enclosed

ANDROID = """12/01/2024, 09:00 - Messages and calls are end-to-end encrypted. Tap to learn more.
12/01/2024, 09:01 - Amani: Two people were hurt
near the market: see below.

More soon.
13/01/2024, 09:02 - +243 970 000 000: <Media omitted>
13/01/2024, 09:02 - +243 970 000 000: IMG-20240113-WA0001.jpg (file attached)
The burnt house
13/01/2024, 09:03 - Amani added Bahati
13/01/2024, 09:04 - Bahati: This message was deleted
13/01/2024, 09:04 - Bahati: Corrected: one died <This message was edited>
"""
APPLE = """[1/12/24, 9:00:01 AM] Goma alerts: \u200eMessages and calls are end-to-end encrypted.
[1/12/24, 9:00:02\u202fAM] ~\u202fAmani: Two people were hurt
\u200e[1/13/24, 11:59:59 PM] Amani: \u200e<attached: 00000012-PHOTO-2024-01-13.jpg>
[1/14/24, 12:00:01 AM] Amani: One died
"""


def test_messages_of_one_family_of_phones(tmp_path: Path) -> None:
    found = documents(found_in(ANDROID.encode(), "WhatsApp Chat with Goma alerts.txt", tmp_path))
    assert [(post.text, post.author) for post in found] == [
        ("Two people were hurt\nnear the market: see below.\n\nMore soon.", "Amani"),
        ("The burnt house", "+243 970 000 000"),
        ("Corrected: one died", "Bahati"),
    ]
    assert [post.part for post in found] == ["message 2", "message 4, with IMG-20240113-WA0001.jpg", "message 7"]
    assert [post.published for post in found] == [dt.date(2024, 1, 12), dt.date(2024, 1, 13), dt.date(2024, 1, 13)]
    assert found[0].publisher == "Goma alerts"


def test_messages_of_the_other_family_of_phones(tmp_path: Path) -> None:
    found = documents(found_in(APPLE.replace("\n", "\r\n").encode(), "_chat.txt", tmp_path))
    assert [(post.text, post.author, post.published) for post in found] == [
        ("Two people were hurt", "Amani", dt.date(2024, 1, 12)),
        ("One died", "Amani", dt.date(2024, 1, 14)),
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("31.12.23, 23:59 - A: b", dt.date(2023, 12, 31)),
        ("31/12/2023 23:59 - A: b", dt.date(2023, 12, 31)),
        ("31/12/2023 à 23:59 - A: b", dt.date(2023, 12, 31)),
        ("[2023-12-31, 11:59:59 PM] A: b", dt.date(2023, 12, 31)),
        ("12/31/23, 11:59\u202fPM - A: b", dt.date(2023, 12, 31)),
        ("31/12/2023, 11:59 p. m. - A: b", dt.date(2023, 12, 31)),
        ("2023/12/31 下午11:59 - A: b", dt.date(2023, 12, 31)),
        ("\u200f٣١\u200f/١٢\u200f/٢٠٢٣، ١١:٥٩ م - A: b", dt.date(2023, 12, 31)),
        ("5/5/24, 1:00 - A: b", dt.date(2024, 5, 5)),
    ],
)
def test_days_are_written_in_many_ways(line: str, day: dt.date, tmp_path: Path) -> None:
    assert form_of_bytes(line.encode(), "chat.txt", tmp_path) == "whatsapp"
    (post,) = documents(found_in(line.encode(), "chat.txt", tmp_path))
    assert (post.text, post.author, post.published) == ("b", "A", day)


def test_a_year_of_two_digits_may_stand_first(tmp_path: Path) -> None:
    chat = "24-12-31 10:00 - A: b\n25-01-02 10:00 - A: c\n"
    assert documents(found_in(chat.encode(), "chat.txt", tmp_path))[0].published == dt.date(2024, 12, 31)


def test_days_that_would_run_backwards_tell_the_order(tmp_path: Path) -> None:
    chat = "1/3/24, 9:00 - A: b\n1/4/24, 9:00 - A: c\n2/1/24, 9:00 - A: d\n"
    found = documents(found_in(chat.encode(), "chat.txt", tmp_path))
    assert [post.published for post in found] == [dt.date(2024, 1, 3), dt.date(2024, 1, 4), dt.date(2024, 2, 1)]


def test_a_chat_whose_days_can_be_read_in_two_ways_is_set_aside(tmp_path: Path) -> None:
    chat = "1/3/24, 9:00 - A: b\n1/4/24, 9:00 - A: c\n"
    (told,) = asides(found_in(chat.encode(), "chat.txt", tmp_path))
    assert told == (
        "chat.txt: does not tell whether its days begin with the day or with the month; "
        "export the chat again with more messages, so that one is of a day after the 12th"
    )


def test_a_message_keeps_its_id_when_the_chat_is_exported_again(tmp_path: Path) -> None:
    again = ANDROID + "14/01/2024, 10:00 - Amani: And more\n14/01/2024, 10:00 - Amani: And more\n"
    first = [post.id for post in documents(found_in(ANDROID.encode(), "a.txt", tmp_path))]
    second = [post.id for post in documents(found_in(again.encode(), "a.txt", tmp_path))]
    assert second[: len(first)] == first
    assert len(set(second)) == len(second)


def test_a_log_of_times_is_no_chat(tmp_path: Path) -> None:
    log = "05/03/2024, 23:59 - the front moved\n06/03/2024, 01:00 - quiet\n"
    assert form_of_bytes(log.encode(), "log.txt", tmp_path) == "text"


def test_a_chat_in_a_zip_is_read_and_its_media_are_not(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", APPLE)
        archive.writestr("00000012-PHOTO-2024-01-13.jpg", b"\xff\xd8\xff")
    (held,) = found_in(packed.getvalue(), "WhatsApp Chat - Goma.zip", tmp_path)
    assert isinstance(held, Enclosed)
    chat = enclosed([held])["_chat.txt"]
    assert documents(found_in(chat, held.original.address, tmp_path))[0].publisher == "Goma"


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_a_chat_hold_the_law(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([ANDROID, APPLE])).encode()
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(at, min(len(whole), at + 60)))
    hold_the_law(whole[:at] + data.draw(st.binary(max_size=30)) + whole[cut:], "chat.txt")


LINES = st.builds(
    "{}{}{}{}{}{}{}".format,
    st.sampled_from(["", "[", "\u200e["]),
    st.sampled_from(["1/2/24", "13/1/2024", "1/13/24", "2024-01-02", "99/99/99", "0/0/0", "٣/٤/٢٠٢٤"]),
    st.sampled_from([", ", " ", "، "]),
    st.sampled_from(["9:00", "23:59:59", "9:00\u202fPM", "99:99"]),
    st.sampled_from([" - ", "] "]),
    st.text(alphabet="A: <>\u200e\n", max_size=12),
    st.text(max_size=5),
)


@pytest.mark.fuzz
@given(st.lists(LINES, max_size=9))
def test_any_lines_of_a_chat_hold_the_law(lines: list[str]) -> None:
    chat = "5/5/24, 1:00 - A: b\n" + "\n".join(lines)
    hold_the_law(chat.encode("utf-8", "replace"), "chat.txt")
