import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.right_to_left import letters_of, read_order


def as_printed(text: str) -> str:
    """A line of Arabic or Hebrew as it stands on paper from left to right, numbers and Latin words as they are."""
    mirrored = text[::-1].translate(str.maketrans("()[]", ")(]["))
    pieces, run = [], ""
    for char in mirrored:
        if (char.isascii() and (char.isalnum() or (run and char in ".,/:-"))) or char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫":
            run += char
        else:
            pieces += [run[::-1], char]
            run = ""
    return "".join([*pieces, run[::-1]])


def read(shown: str) -> str:
    return read_order([(char, at, at + 1) for at, char in enumerate(shown)], 1)


@pytest.mark.parametrize(
    "text",
    [
        "قُتل ثلاثة عشر شخصا على الأقل",
        "وأصيب 27 آخرون عندما سقطت قذائف",
        "يوم الثلاثاء 13/05/2024، في خان يونس",
        "بلغ العدد ٣٫٥ بالمئة من ١٢٠ منزلا",
        "قال مسؤول (في مستشفى ناصر) إن بين القتلى أطفالا",
        "وقالت منظمة UNRWA إن 3 من موظفيها أصيبوا",
        "دست کم ۱۳ نفر در حمله به بازار کشته شدند",
        "לפחות 13 בני אדם נהרגו",
        "שעה 14:30 ביום שלישי [עדכון]",
    ],
)
def test_a_printed_line_is_read_again_as_it_was_written(text: str) -> None:
    assert read(as_printed(text)) == text


def test_latin_words_within_arabic_are_one_run() -> None:
    assert read("ةمظنم Human Rights Watch تلاق") == "قالت Human Rights Watch منظمة"


def test_a_type_of_aircraft_is_not_torn_apart() -> None:
    assert read("F-16 ةرئاط") == "طائرة F-16"


def test_arabic_within_an_english_line_is_read_from_the_right() -> None:
    assert read("the word ةدلبلا قوس means market") == "the word سوق البلدة means market"


@pytest.mark.parametrize("line", ["(ناصر)", ")ناصر("])
def test_brackets_fit_whichever_way_they_were_written(line: str) -> None:
    assert read(line[::-1]) == "(ناصر)"


def test_letters_come_in_any_order_and_gaps_are_spaces() -> None:
    placed = [("ل", 10.0, 11.0), ("ق", 12.0, 13.0), ("ت", 11.0, 12.0), ("3", 8.0, 9.0), (" ", 12.0, 12.0)]
    assert read_order(placed, 1) == "قتل 3"


@pytest.mark.parametrize(
    ("shapes", "letters"),
    [
        ("\ufe97\ufee3\ufe96", "تمت"),
        ("\ufedf\ufef7", "للأ"),
        ("\ufefb", "لا"),
        ("\ufdf2", "الله"),
        ("\ufb01re", "fire"),
        ("\ufb03cials", "ffi" + "cials"),
        ("ﷺ", "صلى الله عليه وسلم"),
    ],
)
def test_shapes_become_letters(shapes: str, letters: str) -> None:
    assert letters_of(shapes) == letters


def test_all_else_stays_as_it_is() -> None:
    assert letters_of("½ ² ™ ｆｕｌｌ é e\u0301 Ⅳ") == "½ ² ™ ｆｕｌｌ é e\u0301 Ⅳ"


@given(st.lists(st.tuples(st.characters(codec="utf-8"), st.floats(0, 500), st.floats(0, 500)), max_size=40))
def test_no_letter_is_lost_whatever_stands_on_the_line(placed: list[tuple[str, float, float]]) -> None:
    text = read_order(placed, 10.0)
    for char, _, _ in placed:
        if char.isalpha() and not "\ufb00" <= char <= "\ufefc":
            assert char in text
