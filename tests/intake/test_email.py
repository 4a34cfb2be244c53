import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, enclosed, found_in, hold_the_law, small

from ascertain.intake.documents import Document, Enclosed


def message(text: str = "Two people were hurt.\n", **headers: str) -> EmailMessage:
    written = EmailMessage()
    told = {"From": "Ann Bee <ann@example.org>", "Subject": "Shelling", "Date": "Mon, 13 May 2024 23:30:00 -0400"}
    for name, value in {**told, "Message-ID": "<1@example.org>", **headers}.items():
        written[name.replace("_", "-")] = value
    written.set_content(text)
    return written


def the_document(data: bytes, folder: Path) -> Document:
    (document,) = documents(found_in(data, "a.eml", folder))
    return document


def test_a_message_says_who_wrote_it_when_and_about_what(tmp_path: Path) -> None:
    document = the_document(message().as_bytes(), tmp_path)
    assert document.text == "Two people were hurt."
    assert (document.title, document.author, document.id) == ("Shelling", "Ann Bee", "1@example.org")
    assert document.published == dt.date(2024, 5, 13)
    assert document.part == ""


def test_encoded_headers_and_bodies_are_decoded(tmp_path: Path) -> None:
    data = (
        b"From: =?windows-1251?B?wO3t4A==?= <a@b>\r\nSubject: =?utf-8?Q?=D9=82=D8=B5=D9=81?=\r\n"
        b" =?utf-8?Q?_=D8=A8?=\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1256\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    ) + "قتل ثلاثة عشر شخصا على الأقل في قصف على سوق البلدة".encode("cp1256")
    document = the_document(data, tmp_path)
    assert (document.author, document.title) == ("Анна", "قصف ب")
    assert document.text == "قتل ثلاثة عشر شخصا على الأقل في قصف على سوق البلدة"


def test_raw_bytes_in_headers_are_decoded(tmp_path: Path) -> None:
    data = "Subject: Обстрел рынка\nMIME-Version: 1.0\n\nTwo hurt.".encode()
    assert the_document(data, tmp_path).title == "Обстрел рынка"


def test_the_plain_text_is_preferred_unless_it_is_a_stub(tmp_path: Path) -> None:
    both = message("Two people were hurt in the market.\n")
    both.add_alternative("<p>Two people were hurt in the market.</p><script>x</script>", subtype="html")
    assert the_document(both.as_bytes(), tmp_path).text == "Two people were hurt in the market."
    stub = message("Open in a browser.\n")
    stub.add_alternative(f"<p>{'Two people were hurt. ' * 9}</p><p hidden>Ninety</p>", subtype="html")
    assert the_document(stub.as_bytes(), tmp_path).text.startswith("Two people were hurt.")
    assert "Ninety" not in the_document(stub.as_bytes(), tmp_path).text


def test_lines_that_were_broken_to_be_sent_are_joined(tmp_path: Path) -> None:
    header = b"MIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
    data = header + b"Two people \nwere hurt.\n\n> Ninety \n> dead\n-- \nAnn\n"
    assert the_document(data, tmp_path).text == "Two people were hurt.\n\n> Ninety\n> dead\n--\nAnn"


def test_attachments_are_enclosed_with_safe_names_and_pictures_of_the_page_are_not(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../etc/отчёт.pdf")
    mail.add_attachment("One died.", filename="note.txt")
    logo = EmailMessage()
    logo.set_content(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    mail.attach(logo)
    found = found_in(mail.as_bytes(), "a.eml", tmp_path)
    assert enclosed(found) == {"attachment 1 (отчёт.pdf)": b"%PDF-1.4", "attachment 2 (note.txt)": b"One died.\n"}
    (first, _) = [item for item in found if isinstance(item, Enclosed)]
    assert first.original.address == "a.eml > attachment 1 (отчёт.pdf)"
    assert first.original.media_type == "application/pdf"
    assert [item.text for item in found if isinstance(item, Document)] == ["Two people were hurt."]


def test_an_attached_message_is_an_original_of_its_own(tmp_path: Path) -> None:
    mail = message("See below.\n")
    mail.add_attachment(message("One died.\n", Subject="Inner"))
    (data,) = enclosed(found_in(mail.as_bytes(), "a.eml", tmp_path)).values()
    inner = the_document(data, tmp_path)
    assert (inner.text, inner.title) == ("One died.", "Inner")


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------\nFrom: Bob <b@example.org>\nDate: Fri, May 10, 2024 at 4:32 PM\n"
        "Subject: Raid\nTo: Ann\n",
        "Begin forwarded message:\n\nFrom: Bob <b@example.org>\nSubject: Raid\nDate: 10 May 2024 at 16:32:00 BST\n",
        "-----Original Message-----\nFrom: Bob\nSent: Friday, May 10, 2024 4:32 PM\nTo: Ann\nSubject: Raid\n",
    ],
)
def test_a_forwarded_message_has_an_author_and_a_day_of_its_own(mark: str, tmp_path: Path) -> None:
    data = message(f"See this.\n\n{mark}\nOne died.\n", Subject="Fwd: Raid").as_bytes()
    own, forwarded = documents(found_in(data, "a.eml", tmp_path))
    assert (own.text.strip(), own.published) == ("See this.", dt.date(2024, 5, 13))
    assert (forwarded.text, forwarded.title, forwarded.author) == ("One died.", "Raid", "Bob")
    assert (forwarded.published, forwarded.part, forwarded.id) == (dt.date(2024, 5, 10), "forwarded message", None)


def test_an_answer_is_one_document(tmp_path: Path) -> None:
    data = message("One died.\n\n-----Original Message-----\nFrom: Bob\n\nHow many?\n", Subject="RE: Raid").as_bytes()
    assert the_document(data, tmp_path).text.endswith("How many?")


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    mailbox = b"".join(
        b"From ann@example.org Mon May 13 10:00:00 2024\n"
        + message(f"{n} were hurt.\n>From the road.\n").as_bytes()
        + b"\n"
        for n in ("Two", "Five")
    )
    found = documents(found_in(mailbox, "a.mbox", tmp_path))
    assert [(item.part, item.text) for item in found] == [
        ("message 1", "Two were hurt.\nFrom the road."),
        ("message 2", "Five were hurt.\nFrom the road."),
    ]


def test_a_message_that_is_too_long_spoils_only_itself(tmp_path: Path) -> None:
    mark = b"From ann@example.org Mon May 13 10:00:00 2024\n"
    mailbox = mark + message("x" * 900 + "\n").as_bytes() + b"y" * 3_000_000 + b"\n\n" + mark + message().as_bytes()
    found = found_in(mailbox, "a.mbox", tmp_path, settings=small(whole_bytes=1_000_000))
    assert asides(found) == [
        "a.mbox > message 1: a message that is too long; save its text as a text file, and give that"
    ]
    assert [item.part for item in found if isinstance(item, Document)] == ["message 2"]


def test_an_encrypted_message_is_set_aside(tmp_path: Path) -> None:
    data = b"MIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nVersion: 1\n--b--\n"
    assert asides(found_in(data, "a.eml", tmp_path)) == [
        "a.eml: an encrypted message; decrypt it, save it as text, and give that"
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset=x-unknown",
        "Content-Type: text/plain; charset*=utf-8''x%ff",
        "Content-Type: /;;=",
    ],
)
def test_declarations_that_lie_do_no_harm(header: str, tmp_path: Path) -> None:
    data = f"MIME-Version: 1.0\n{header}\n\nДвое ранены при обстреле рынка в городе.".encode("cp1251")
    assert the_document(data, tmp_path).text == "Двое ранены при обстреле рынка в городе."


def test_a_message_of_messages_of_messages_is_read_or_set_aside() -> None:
    nested = b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 3000 + b"Two hurt."
    assert hold_the_law(nested, "a.eml")
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    assert hold_the_law(b"MIME-Version: 1.0\n" + parts + b"\nTwo hurt.", "a.eml")


HEADERS = st.sampled_from(
    [
        b"Subject: =?utf-8?B?!!?=", b"Subject: =?x?Q?=FF?=", b"Date: 99 Foo 2024", b"From: <<>>,", b"Message-ID: <>",
        b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: text/html; charset=\xff",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"Archived-At: <http://[x>",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*2=x",
        b"Content-Type: text/plain; format=flowed; delsp=yes", b" folded", b"Content-Type: multipart/alternative",
    ]
)  # fmt: skip


@pytest.mark.fuzz
@given(
    headers=st.lists(HEADERS, max_size=5),
    body=st.lists(st.one_of(HEADERS, st.binary(max_size=9), st.just(b"--b")), max_size=12),
)
def test_any_message_is_read_or_set_aside(headers: list[bytes], body: list[bytes]) -> None:
    hold_the_law(b"\n".join([b"MIME-Version: 1.0", *headers, b"", *body]), "a.eml")


NESTED = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
PARTED = 'Content-Type: multipart/mixed; boundary="x"\n\n' + "--x\n\npart\n" * 3000 + "--x--\n"
DEEP = "Content-Type: text/html\n\n" + "<div>" * 200_000


@pytest.mark.parametrize("broken", [NESTED, PARTED, DEEP])
def test_a_message_that_breaks_keeps_what_is_before_and_after_it(tmp_path: Path, broken: str) -> None:
    bodies = ("\nTwo people were hurt.", broken, "\nThree people were hurt.")
    mailbox = "".join(f"From a@b Mon Mar  4 09:00:00 2024\nFrom: a@b\n{body}\n\n" for body in bodies)
    found = found_in(mailbox.encode(), "a.mbox", tmp_path)
    told = [item.text for item in found if isinstance(item, Document)]
    assert told == ["Two people were hurt.", "Three people were hurt."]
    (aside,) = asides(found)
    assert aside.startswith("a.mbox > message 2: ")
