import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ascertain.cli.reading_view import MARKS, bounds, marked_text, show, visible
from ascertain.model import (
    Actor,
    Attribution,
    Claim,
    ConditionClaim,
    EventClaim,
    Figure,
    Issue,
    NegotiationClaim,
    Place,
    Reading,
    Report,
    Span,
    Target,
    TollClaim,
    When,
)

TEXT = (
    "Nothing here. On Monday raiders killed 13 people in Zurmi. Talks over land stalled. Food is scarce, a nurse said."
)
DAY = dt.date(2024, 3, 4)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def quoted(words: str) -> dict[str, object]:
    return {"text": words, "span": span(words)}


def claims() -> tuple[Claim, ...]:
    said = Attribution(text="a nurse", span=span("a nurse"), kind="medical")
    figure = Figure(outcome="killed", group="people", low=13, high=13, text="13 people", span=span("13 people"))
    part = Figure(
        outcome="killed", group="women", low=None, high=3, text="13 people", span=span("13 people"), part_of=0
    )
    return (
        EventClaim(
            id="c1",
            evidence=(span("On Monday raiders killed 13 people in Zurmi."),),
            type="armed_clash",
            modality="alleged",
            when=When(start=DAY, end=DAY, precision="day", text="On Monday", span=span("On Monday")),
            where=Place(
                text="Zurmi", span=span("Zurmi"), lat=12.8, lon=6.8, radius_km=5, precision="town", country="NG"
            ),
            actors=(Actor(role="perpetrator", text="raiders", span=span("raiders"), name="Raiders"),),
            targets=(Target(text="Zurmi", span=span("Zurmi"), type="residential", count=2, damage="destroyed"),),
            figures=(figure, part),
        ),
        TollClaim(
            id="c2",
            evidence=(span("13 people"),),
            figures=(figure,),
            since=When(start=dt.date(2024, 3, 1), end=None, precision="month"),
        ),
        ConditionClaim(id="c3", evidence=(span("Food is scarce"),), sector="food", severity="scarce", said_by=(said,)),
        NegotiationClaim(
            id="c4",
            evidence=(span("Talks over land stalled."),),
            status="impasse",
            issues=(Issue(text="land", span=span("land")),),
            where=Place(text="Zurmi", span=span("Zurmi")),
        ),
    )


def page(report: Report, found: tuple[Claim, ...], **options: object) -> str:
    console = Console(width=110, record=True, **options)  # type: ignore[arg-type]
    with console.capture() as capture:
        show(console, report, Reading(report=report.header, claims=found))
    return capture.get()


def test_marks_differ_in_more_than_colour() -> None:
    colours = {style.split()[-1] for style in MARKS.values()}
    forms = {" ".join(style.split()[:-1]) for style in MARKS.values()}
    # Harm in bold, place underlined, time in italics, party bold and underlined.
    assert len(colours) == len(forms) == len(MARKS) == 4


def test_a_terminal_shows_marks_by_style() -> None:
    shown = page(Report(id="r", text=TEXT), claims(), force_terminal=True, color_system="standard", no_color=False)
    assert "\x1b[1;31m13 people" in shown
    assert "\x1b[1;4;35mraiders" in shown
    assert "\x1b[2mNothing here." in shown


def test_without_colour_marks_keep_their_form() -> None:
    shown = page(Report(id="r", text=TEXT), claims(), force_terminal=True, no_color=True)
    assert "\x1b[1m13 people" in shown
    assert "\x1b[1;4mraiders" in shown
    assert "\x1b[3mOn Monday" in shown


def test_without_styles_marks_are_named() -> None:
    shown = page(Report(id="r", text=TEXT), claims())
    assert "[time: On Monday] [party: raiders] killed [harm: 13 people] in" in " ".join(shown.split())


@pytest.mark.parametrize(
    "cell",
    [
        "armed clash",
        "destroyed: 2 × residential",
        "perpetrator: Raiders",
        "2024-03-04",
        "Zurmi (town, ±5 km, NG)",
        "13 killed",
        "– ≤3 killed (women)",
        "alleged",
        "toll since 2024-03-01",
        "food: scarce",
        "a nurse (medical)",
        "talks: impasse",
        "over land",
        "Zurmi (not found)",
    ],
)
@pytest.mark.parametrize("width", [45, 200])
def test_each_part_of_a_claim_is_told_on_pages_narrow_and_wide(cell: str, width: int) -> None:
    console = Console(width=width)
    with console.capture() as capture:
        show(console, Report(id="r", text=TEXT), Reading(report=Report(id="r", text=TEXT).header, claims=claims()))
    assert cell in capture.get()


def test_a_report_without_claims_says_so() -> None:
    assert "Nothing found that a record would hold." in page(Report(id="r", text=TEXT), ())


def test_a_text_cannot_steer_the_terminal_or_turn_its_order() -> None:
    shown = page(Report(id="r\x1b[2J", text="a\x1b]0;title\x07 \u202eb\u2066 \x9b31m [bold]c[/bold]"), ())
    assert not {"\x1b", "\x07", "\u202e", "\u2066", "\x9b"} & set(shown)
    assert "[bold]c[/bold]" in shown


@given(st.text(st.characters(exclude_characters="[]")))
def test_marking_keeps_every_word(text: str) -> None:
    assert marked_text(text, (), styled=True).plain == visible(text)


@given(st.integers(0, 99), st.integers(0, 99))
def test_bounds_are_told_in_short(low: int, more: int) -> None:
    assert bounds(low, low + more) == (f"{low}–{low + more}" if more else str(low))


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_how_it_is_said_stays_one_word_on_a_narrow_page(width: int) -> None:
    console = Console(width=width)
    with console.capture() as capture:
        show(console, Report(id="r", text=TEXT), Reading(report=Report(id="r", text=TEXT).header, claims=claims()))
    lines = capture.get().splitlines()
    assert {claim.modality for claim in claims()} <= {word for line in lines for word in line.split()}
