import pytest

from ascertain.intake.encodings import decoded

RUSSIAN = "По меньшей мере тринадцать человек погибли при обстреле рынка во вторник утром, сообщили в больнице."
ARABIC = "قُتل ثلاثة عشر شخصا على الأقل وأصيب آخرون عندما سقطت قذائف على سوق البلدة صباح الثلاثاء"
TURKISH = "Salı sabahı pazara düşen top mermileri sonucu en az on üç kişi öldü, beş kişi ağır yaralandı"
FRENCH = "Au moins treize personnes ont été tuées à l’aube, près de la forêt – « sans préavis »"
POLISH = "Co najmniej trzynaście osób zginęło, gdy pociski trafiły w targ we wtorek rano, są też ciężko ranni"
CHINESE = "星期二上午炮弹击中集市，至少十三人死亡，多人受伤。"
HEBREW = "לפחות שלושה עשר בני אדם נהרגו כאשר פגזים פגעו בשוק ביום שלישי בבוקר"


@pytest.mark.parametrize("text", [RUSSIAN, ARABIC, TURKISH, FRENCH, HEBREW])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_known_with_a_mark_and_without(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_signs_that_stand_for_words_need_a_mark(encoding: str) -> None:
    assert decoded(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        (ARABIC, "cp1256"),
        (TURKISH, "cp1254"),
        (FRENCH, "cp1252"),
        (CHINESE, "gb18030"),
        (HEBREW, "cp1255"),
    ],
)
def test_older_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_declared_encoding_is_believed_where_the_bytes_allow_it() -> None:
    assert decoded("Ščit".encode("cp1250"), "windows-1250") == "Ščit"
    assert decoded("Ščit".encode(), "windows-1250") == "Ščit"


@pytest.mark.parametrize("label", ["utf-8", "us-ascii", "x-unknown", "", "utf-7", "idna", "zip", "rot13", "\0"])
def test_a_declaration_that_lies_or_means_nothing_does_no_harm(label: str) -> None:
    assert decoded(RUSSIAN.encode("cp1251"), label) == RUSSIAN


def test_latin_1_means_what_browsers_take_it_for() -> None:
    assert decoded(b"\x93At least 13\x94", "iso-8859-1") == "“At least 13”"


def test_a_text_that_was_cut_off_within_a_letter_stays_utf_8() -> None:
    cut = (RUSSIAN + "ы").encode()[:-1]
    assert decoded(cut) == RUSSIAN + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + bytes(500), bytes(4096), b"\x00\x01\x02\x03" * 99],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert decoded(data) is None


def test_a_stray_zero_does_not_make_a_text_binary() -> None:
    assert decoded(b"Two people were hurt.\0 One died in the night, of " * 9) is not None
