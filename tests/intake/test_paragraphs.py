import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.intake.paragraphs import Line, Paged, paragraphs_of


def column(*texts: str, left: float = 70.0, top: float = 760.0, pitch: float = 14.0, wide: float = 450.0) -> list[Line]:
    """Lines below one another, each as wide as its text but none wider than the column."""
    return [
        Line(text, left, left + min(wide, 6.0 * len(text)), top - pitch * at - 12, top - pitch * at)
        for at, text in enumerate(texts)
    ]


def text_of(*pages: list[Line]) -> str:
    return paragraphs_of(pages).text


def test_lines_of_a_paragraph_are_joined() -> None:
    page = column(
        "At least thirteen people were killed when shells hit the market of the town",
        "on Tuesday morning, officials of the district said. The hospital of Nasser",
        "took in 27 more.",
    )
    assert text_of(page) == " ".join(line.text for line in page)


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    page = column(
        "At least thirteen people were killed when shells hit the market of the town",
        "on Tuesday morning, officials said.",
        "The hospital of Nasser took in 27 more people, of whom nine were children of",
        "the school.",
    )
    assert text_of(page).split("\n\n")[1].startswith("The hospital")


def test_more_space_than_usual_ends_a_paragraph() -> None:
    first = column(*["At least thirteen people were killed when shells hit the market of the"] * 3)
    assert text_of([*first, *column("the hospital took in 27 more people, nine of them", top=700)]).count("\n\n") == 1


def test_an_indent_begins_a_paragraph() -> None:
    page = column(
        "At least thirteen people were killed when shells hit the market of the town.",
        "The hospital of Nasser took in 27 more people, of whom nine were children of",
        "the school that stands beside the market of the town, as its director said.",
    )
    page[1] = Line(page[1].text, page[1].left + 20, page[1].right, page[1].bottom, page[1].top)
    assert text_of(page).count("\n\n") == 1


@pytest.mark.parametrize("bullet", ["•", "–", "1.", "(a)", "▪"])
def test_each_item_of_a_list_is_a_paragraph(bullet: str) -> None:
    assert text_of(column(f"{bullet} two men", f"{bullet} a child")).count("\n\n") == 1


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The town was bom-", "barded."), "The town was bombarded."),
        (("A well-", "known man."), "A well-known man."),
        (("A cease-fire. The cease-", "fire broke."), "A cease-fire. The cease-fire broke."),
        (("A counterattack. The counter-", "attack failed."), "A counterattack. The counterattack failed."),
        (("Shells hit Deir al-", "Balah."), "Shells hit Deir al-Balah."),
        (("In Beit-", "Hanoun."), "In Beit-Hanoun."),
        (("From 10-", "15 people."), "From 10-15 people."),
        (("The town was bom\u00ad", "barded."), "The town was bombarded."),
    ],
)
def test_broken_words_are_joined_with_care(lines: tuple[str, str], text: str) -> None:
    assert text_of(column(*lines)) == text


def test_a_paragraph_goes_on_overleaf() -> None:
    paged = paragraphs_of([column("At least five people were"), column("killed on Tuesday.")])
    assert paged == Paged("At least five people were killed on Tuesday.", ((0, 25), (26, 44)))


def test_a_new_sentence_overleaf_is_a_new_paragraph() -> None:
    assert text_of(column("Five people were killed."), column("Two were hurt.")).count("\n\n") == 1


def test_running_heads_stand_once_and_page_numbers_nowhere() -> None:
    pages = [
        column("Situation report 14", f"Two people were hurt in town number {n}.", f"Page {n} of 5")
        for n in range(1, 6)
    ]
    text = text_of(*pages)
    assert text.count("Situation report 14") == 1
    assert "Page" not in text
    assert text.count("Two people were hurt") == 5


def test_the_number_of_dead_is_no_page_number() -> None:
    assert "13" in text_of(column("Killed:", "13"))


LINES = st.builds(
    Line,
    text=st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=20),
    left=st.floats(-100, 600),
    right=st.floats(-100, 600),
    bottom=st.floats(-100, 900),
    top=st.floats(-100, 900),
)


@given(st.lists(st.lists(LINES, max_size=6), max_size=6))
def test_spans_follow_one_another_and_lie_within_the_text(pages: list[list[Line]]) -> None:
    paged = paragraphs_of(pages)
    assert len(paged.pages) == len(pages)
    reached = 0
    for start, end in paged.pages:
        assert reached <= start <= end <= len(paged.text)
        reached = end
