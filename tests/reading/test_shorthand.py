"""What writers of notes cut short is read as if it were written out."""

from datetime import date

import pytest

from ascertain.model import Report
from ascertain.reading import read_report
from ascertain.reading.shorthand import short_harms, short_words


def figures(text: str) -> list[tuple[str, str, int | None, int | None, str]]:
    """The figures of a note."""
    claims = read_report(Report(id="note", text=text, published=date(2023, 6, 5))).claims
    return [(f.outcome, f.group, f.low, f.high, f.text) for claim in claims for f in getattr(claim, "figures", ())]


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("3 KIA, 5 WIA at the KIA base", ["killed", "wounded"]),
        ("16 militants KIA", ["killed"]),
        ("KIA: 3, WIA: 2", ["killed", "wounded"]),
        ("3k/5w", ["killed", "wounded"]),
        ("8 k., > 20 w.", ["killed", "wounded"]),
        ("IED on convoy, nil own cas.", ["casualties"]),
        ("KIA and Tatmadaw officers met", []),
        ("a 3k run in 5 d at 2 a.m.", []),
    ],
)
def test_words_of_harm_are_cut_short_only_beside_a_number(text: str, harms: list[str]) -> None:
    assert [words for _, words in short_harms(text)] == harms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Clash w/ police, 2 civs & 3 SF hurt", ["civilians", "troops", "with", "and"]),
        ("Fulani v. Berom", ["against"]),
        ("10+ women | AT&T", [";"]),
    ],
)
def test_other_words_are_written_out_where_they_stand_alone(text: str, words: list[str]) -> None:
    assert [written for _, written in short_words(text)] == words


@pytest.mark.parametrize(
    ("note", "due"),
    [
        (
            "Mindat, 21 Nov 2021: 2 d., 6 w. in clash w/ SAC troops.",
            [("killed", "people", 2, 2, "2 d."), ("injured", "people", 6, 6, "6 w.")],
        ),
        (
            "RCIED hit Humvee in Nad Ali. Casualties: 2 ANA KIA, 3 WIA.",
            [("injured", "people", 3, 3, "3 WIA")],
        ),
        (
            "Airstrike | Al-Hajjah | 8 civs killed incl. 3 children",
            [("killed", "civilians", 8, 8, "8 civs"), ("killed", "children", 3, 3, "3 children")],
        ),
        (
            "Landmine near Ain Zara: 1 fighter killed, c. 12 inj.",
            [("killed", "combatants", 1, 1, "1 fighter"), ("injured", "combatants", 12, 12, "c. 12 inj.")],
        ),
        (
            "Post attacked in Kidal, ~15 policemen dead, >9 w.",
            [
                ("killed", "security_forces", 15, 15, "~15 policemen"),
                ("injured", "security_forces", 10, None, ">9 w."),
            ],
        ),
    ],
)
def test_a_note_cut_short_gives_its_figures(note: str, due: list[tuple[str, str, int, int, str]]) -> None:
    assert set(due) <= set(figures(note))


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Sangin, 3 May 2010: RCIED hit convoy, 2 soldiers killed.", "remote_explosive_landmine_ied"),
        ("10 Aug 1994, Cazin: arty on the town, 4 civ. wounded.", "shelling_artillery_missile_attack"),
        ("Kargil, 8 Aug 2010: cloudburst, 17 dead.", "natural_disaster"),
        ("12 June 1993 | Olovo | exchange of shots at the crossing, no cas.", "armed_clash"),
        ("Herat, 2 Feb 2011: two farmers found with throats slit, both dead.", "attack"),
    ],
)
def test_the_words_of_logs_tell_the_type(note: str, kind: str) -> None:
    claims = read_report(Report(id="note", text=note)).claims
    assert [claim.type for claim in claims if claim.kind == "event"] == [kind]
