"""The styles: contrast is computed, in light and dark, of every text upon every ground that it stands on."""

import re
from itertools import product
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "web" / "src" / "styles"
TEXTS = ("ink", "dim", "accent", "harm", "place", "time", "party", "fault")
GROUNDS = ("page", "raised", "sunk")
PAIRS = [
    *product(TEXTS, GROUNDS),
    *(("ink", f"{hue}-lit") for hue in ("harm", "place", "time", "party")),
    *((text, "accent-soft") for text in ("ink", "dim", "accent")),
    ("ink", "fault-soft"),
    ("fault", "fault-soft"),
    ("on-accent", "accent"),
    ("page", "ink"),
]


def themes() -> dict[str, dict[str, str]]:
    """Light, dark and paper: each token that is a colour, by name."""
    text = (STYLES / "tokens.css").read_text(encoding="utf-8")
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", text, re.S)
    )
    return {"light": light, "dark": light | dark, "paper": light | paper}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_text_stands_out_from_every_ground_by_four_and_a_half_to_one(theme: str) -> None:
    colours = themes()[theme]
    low = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_borders_of_controls_stand_out_by_three_to_one(theme: str) -> None:
    colours = themes()[theme]
    assert {ground: contrast(colours["edge"], colours[ground]) >= 3 for ground in GROUNDS} == dict.fromkeys(
        GROUNDS, True
    )


@pytest.mark.parametrize("file", sorted(STYLES.glob("*.css")), ids=lambda file: file.name)
def test_colours_are_tokens_and_sides_are_logical(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    if file.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text) == []
    assert (
        re.findall(
            r"(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right):|text-align: (?:left|right)", text
        )
        == []
    )
