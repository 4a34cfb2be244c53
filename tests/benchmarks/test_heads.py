import pytest

from scorers.heads import heads


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THREE URBAN GUERRILLAS", {"guerrilla"}),
        ("JORGE PEREZ, MAYOR OF SANTA RITA", {"perez", "mayor"}),
        ("members of the army", {"member"}),
        ("National Liberation Army (ELN)", {"army", "eln"}),
        ("MEN AND WOMEN", {"man", "woman"}),
        ("at least 13 people", {"people"}),
        ("churches", {"church"}),
        ("houses", {"house"}),
        ("two others", set()),
        ("U.S. embassy", {"embassy"}),
        ("the minister's wife", {"wife"}),
    ],
)
def test_the_head_is_the_last_word_before_a_preposition_or_bracket(text: str, expected: set[str]) -> None:
    assert heads(text) == expected
