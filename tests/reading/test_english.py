"""The reader as a whole: laws that hold for any text, and one report of every kind of claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents import build
from ascertain.model import Claim, ConditionClaim, EventClaim, NegotiationClaim, Report, TollClaim
from ascertain.reading import read_report, read_reports

STORY = """Fighting Spreads in the East

NYALA, Sudan — At least 13 people, including children, were killed in drone strikes on two homes in the Al-Wadi \
neighbourhood of Nyala on Tuesday, medical sources said. Civil defence crews were digging for survivors trapped under \
the debris.

Radio Dabanga's Amna Idris, reporting from El Daein, said the two houses were completely destroyed.

Army tanks advanced towards Zalingei on Wednesday, backed by air strikes. Residents reported hearing heavy artillery \
fire.

The army denied shelling the market in Mellit. "If the town falls, thousands will flee," a doctor said.

Hospitals face severe shortages of medicine. Talks in Jeddah, mediated by Saudi Arabia and the United States, between \
the army and the Rapid Support Forces remain at an impasse over key issues, including the withdrawal of forces \
and the opening of aid routes.

Since April 2023 more than 15,000 people have been killed in Sudan, according to the United Nations.
"""
PIECES = (
    "At least 13 people were killed",
    "including four children",
    "in an air strike on",
    "Rafah",
    "the army said",
    "on Monday",
    "gunmen",
    "abducted 5 to 7 men",
    "was denied",
    "—",
    "\n\n",
    ".",
    " ",
    ";",
    "“",
    "(34 years old)",
    "[FMLN]",
    "between 8 and 10",
    "RESIDENTS FLED",
    "3 JAN 90",
    "no",
    "dozens of",
    "\u202e",
    "👩\u200d👩",
    "\x00",
    "al-Shabaab",
    "talks collapsed",
    "severe shortages",
)


def story() -> Report:
    return Report(id="story", text=STORY, published=dt.date(2025, 6, 12))


def spans(claim: Claim) -> Iterator[tuple[str | None, tuple[int, int] | None]]:
    """Every piece of words in a claim with its span."""
    yield from ((a.text, a.span) for a in claim.said_by)
    yield from ((p.text, p.span) for p in (claim.when, claim.where) if p is not None)
    for name in ("actors", "targets", "figures", "issues"):
        yield from ((item.text, item.span) for item in getattr(claim, name, ()))
    if isinstance(claim, TollClaim) and claim.since is not None:
        yield claim.since.text, claim.since.span


def check_laws(report: Report, claims: tuple[Claim, ...]) -> None:
    assert [claim.id for claim in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    for claim in claims:
        assert all(0 <= start < end <= len(report.text) for start, end in claim.evidence)
        for words, span in spans(claim):
            assert span is None or report.text[slice(*span)] == words
        for figure in getattr(claim, "figures", ()):
            whole = claim.figures[figure.part_of] if figure.part_of is not None else None  # type: ignore[union-attr]
            assert whole is None or whole.high is None or (figure.low or 0) <= whole.high


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join))
def test_the_laws_hold_for_any_text(text: str) -> None:
    report = Report(id="r", text=text, published=dt.date(2024, 6, 5))
    check_laws(report, read_report(report).claims)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_characters_are_read(text: str) -> None:
    report = Report(id="r", text=text)
    check_laws(report, read_report(report).claims)


@pytest.mark.slow
def test_a_megabyte_without_a_full_stop_is_read() -> None:
    text = "five men were killed and " * 40_000
    report = Report(id="r", text=text[:1_000_000])
    check_laws(report, read_report(report).claims)


def test_a_reading_does_not_depend_on_its_company() -> None:
    alone = read_report(story())
    others = [Report(id=f"r{n}", text=f"{n} people were killed in a raid on Djibo on Monday.") for n in range(3)]
    assert list(read_reports([*others, story(), *others]))[3] == alone


def test_capitals_do_not_change_what_is_counted() -> None:
    def counted(text: str) -> list[tuple[str, int | None, int | None]]:
        claims = read_report(Report(id="r", text=text)).claims
        return [(f.outcome, f.low, f.high) for claim in claims for f in getattr(claim, "figures", ())]

    text = "Gunmen killed at least five farmers and kidnapped two teachers in a village near Ocaña, police reported."
    assert counted(text) == counted(text.upper()) == [("killed", 5, None), ("abducted", 2, 2)]


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return read_report(story()).claims


class TestAStoryOfEveryKind:
    def strike(self, claims: tuple[Claim, ...]) -> EventClaim:
        return next(c for c in claims if isinstance(c, EventClaim) and any(f.outcome == "killed" for f in c.figures))

    def test_the_strike_is_read_with_its_bounds_parts_speakers_day_and_place(self, claims: tuple[Claim, ...]) -> None:
        strike = self.strike(claims)
        assert strike.type == "air_drone_strike"
        assert [(f.group, f.low, f.high, f.part_of) for f in strike.figures if f.outcome == "killed"] == [
            ("people", 13, None, None),
            ("children", 1, None, 0),
        ]
        assert [(s.text, s.kind) for s in strike.said_by] == [("medical sources", "medical")]
        assert strike.when is not None
        assert strike.when.start == dt.date(2025, 6, 10)
        assert strike.where is not None
        assert strike.where.text in ("Al-Wadi neighbourhood", "Al-Wadi neighbourhood of Nyala")
        assert [(t.type, t.count) for t in strike.targets] == [("residential", 2)]

    def test_the_reporters_account_is_a_claim_of_its_own_and_her_dateline_no_place(
        self, claims: tuple[Claim, ...]
    ) -> None:
        (account,) = (c for c in claims if isinstance(c, EventClaim) and any("Amna Idris" in s.text for s in c.said_by))
        assert account.event == self.strike(claims).event
        assert [(t.type, t.count, t.damage) for t in account.targets] == [("residential", 2, "destroyed")]
        assert all(c.where is None or "Daein" not in c.where.text for c in claims)

    def test_people_are_trapped(self, claims: tuple[Claim, ...]) -> None:
        assert any(f.outcome == "trapped" for c in claims if isinstance(c, EventClaim) for f in c.figures)

    def test_the_advance_is_an_event_of_its_own(self, claims: tuple[Claim, ...]) -> None:
        (advance,) = (c for c in claims if isinstance(c, EventClaim) and c.type == "ground_advance" and c.actors)
        assert advance.event != self.strike(claims).event
        assert {"tank", "aircraft"} <= set(advance.means)

    def test_what_is_denied_or_hypothetical_is_no_incident(self, claims: tuple[Claim, ...]) -> None:
        denied = {f"story/{c.id}" for c in claims if c.modality in ("denied", "hypothetical")}
        assert denied
        assert not denied & {claim for incident in build([read_report(story())]) for claim in incident.claims}

    def test_what_people_lack(self, claims: tuple[Claim, ...]) -> None:
        assert [(c.sector, c.severity) for c in claims if isinstance(c, ConditionClaim)] == [("health", "severe")]

    def test_the_talks(self, claims: tuple[Claim, ...]) -> None:
        (talks,) = (c for c in claims if isinstance(c, NegotiationClaim))
        assert talks.status == "impasse"
        assert {a.text for a in talks.actors if a.role == "mediator"} == {"Saudi Arabia", "United States"}
        assert len(talks.issues) == 2

    def test_the_toll_is_no_event(self, claims: tuple[Claim, ...]) -> None:
        (toll,) = (c for c in claims if isinstance(c, TollClaim))
        assert [(f.low, f.high) for f in toll.figures] == [(15001, None)]
        assert toll.since is not None
        assert toll.since.start == dt.date(2023, 4, 1)
