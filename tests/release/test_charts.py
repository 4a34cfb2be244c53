"""Laws of all charts: they are XML that nothing can break, tell what they show, and are the same every time."""

from pathlib import Path

import pytest
from tests.release.drawings import HOSTILE, every_chart, tree

from ascertain.release.charts import standalone, stylesheet, words_of

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "ar")
KINDS = tuple(every_chart(words_of("en")))


@pytest.mark.parametrize("kind", ["range_bar", "timeline", "negotiation_rounds"])
def test_the_same_values_give_the_same_bytes(kind: str) -> None:
    drawn = every_chart(words_of("en"))[kind]
    assert drawn == every_chart(words_of("en"))[kind]
    assert drawn + "\n" == (GOLDEN / f"{kind}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_an_image_with_a_title_and_a_description(kind: str, language: str) -> None:
    root = tree(every_chart(words_of(language))[kind])
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
    assert all(child.text for child in root[:2])


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_becomes_markup_or_turns_what_follows(kind: str) -> None:
    svg = every_chart(words_of("en"), HOSTILE)[kind]
    for drawn in (svg, standalone(svg, note=HOSTILE)):
        assert not [element for element in tree(drawn).iter() if element.tag.endswith("script")]
        assert "\u202e" not in drawn
        drawn.encode("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_needs_no_inline_style_or_script(kind: str) -> None:
    for element in tree(every_chart(words_of("en"))[kind]).iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or name == "id"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_mark_has_a_style(kind: str) -> None:
    known = stylesheet()
    for element in tree(every_chart(words_of("en"))[kind])[2:]:
        for name in element.get("class", "").split():
            assert f".{name}" in known or name in {"heading", "value", "bucket", "week", "axis", "line-1"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_to_left_chart_is_mirrored(kind: str) -> None:
    left, right = (tree(every_chart(words_of(language))[kind]) for language in LANGUAGES)
    assert (left.get("direction"), right.get("direction")) == ("ltr", "rtl")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_shows_its_title_and_note_and_has_places_in_pixels(kind: str) -> None:
    drawn = standalone(every_chart(words_of("en"))[kind], width=640, note="The injured are not counted.")
    texts = ["".join(element.itertext()) for element in tree(drawn).iter() if element.tag.endswith("text")]
    assert "The injured are not counted." in texts
    assert '%"' not in drawn
    assert tree(drawn).get("width") == "640"


def test_what_is_no_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="no chart"):
        standalone("<p>13</p>")
