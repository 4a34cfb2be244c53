"""Ages decide who is a child, and what grown sons and daughters are."""

from datetime import date

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


def groups(text: str) -> dict[str, str]:
    """The group of each figure by its words."""
    claims = read_report(Report(id="ages", text=text, published=date(2024, 6, 5))).claims
    return {figure.text: figure.group for claim in claims for figure in getattr(claim, "figures", ())}


@pytest.mark.parametrize(
    ("text", "words", "group"),
    [
        ("A shell killed 13 people in Sagaing, including four novices aged under 12.", "four novices", "children"),
        (
            "Seven pilgrims aged between 3 and 11 were killed when gunmen fired at a bus near Reasi.",
            "Seven pilgrims",
            "children",
        ),
        ("A mine killed two sons aged 25 and 30 near Sloviansk.", "two sons", "men"),
        ("A mine killed two daughters, aged 22 and 30, near Sloviansk.", "two daughters", "women"),
        ("Shelling killed two daughters aged 11 and 4 and their mother in Avdiivka.", "their mother", "women"),
    ],
)
def test_ages_of_several_tell_their_group(text: str, words: str, group: str) -> None:
    found = groups(text)
    assert next(value for key, value in found.items() if words in key) == group
