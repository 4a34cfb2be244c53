"""Tolls, conditions and negotiations made for the tests of series."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from hypothesis import strategies as st

from ascertain.model import (
    Actor,
    Attribution,
    Claim,
    ConditionClaim,
    Figure,
    Issue,
    Modality,
    NegotiationClaim,
    NegotiationStatus,
    Place,
    Reading,
    ReportHeader,
    TollClaim,
    When,
)

from .made import bounds

DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in (0, 1, 4, 9, 30, 95, 200, 420)]
GOMA = Place(text="Goma", span=(0, 4), name="Goma", id="geonames:216281", country="CD", admin1="11", precision="town")
SUDAN = Place(text="Sudan", span=(0, 5), name="Sudan", country="SD")
CAMP = Place(text="Camp Nine", span=(0, 9))


def when(first: dt.date, last: dt.date | None = None) -> When:
    """A day, or the days from one to another."""
    return When(start=first, end=last or first, precision="day" if last in (None, first) else "span")


def count(low: int | None, high: int | None, **more: object) -> Figure:
    """A number of people killed, unless `more` says otherwise."""
    words = f"{low}-{high}"
    fields = {"outcome": "killed", "group": "people", "low": low, "high": high, "text": words, "span": (0, len(words))}
    return Figure(**{**fields, **more})  # type: ignore[arg-type]


def toll(low: int | None, high: int | None, *more: Figure, **fields: object) -> TollClaim:
    """A toll at Goma; `when` may be a day."""
    if isinstance(fields.get("when"), dt.date):
        fields["when"] = when(fields["when"])  # type: ignore[arg-type]
    figures = (count(low, high), *more)
    return TollClaim(**{"id": "c1", "evidence": ((0, 9),), "where": GOMA, "figures": figures, **fields})  # type: ignore[arg-type]


def condition(sector: str, **fields: object) -> ConditionClaim:
    """A lack at Goma."""
    return ConditionClaim(**{"id": "c2", "evidence": ((0, 9),), "where": GOMA, "sector": sector, **fields})  # type: ignore[arg-type]


def actor(name: str, role: str = "party", kind: str = "rebel_group") -> Actor:
    """A party of this id, or one that is only described where the name has a blank."""
    return Actor(role=role, text=name, span=(0, len(name)), id=None if " " in name else name, kind=kind)  # type: ignore[arg-type]


def negotiation(
    status: str | None,
    *parties: str,
    by: tuple[str, ...] = (),
    issues: tuple[str, ...] = (),
    kind: str = "rebel_group",
    **fields: object,
) -> NegotiationClaim:
    """Talks of these parties, mediated `by` some."""
    told = {
        "id": "c3",
        "evidence": ((0, 9),),
        "actors": (*(actor(name, kind=kind) for name in parties), *(actor(name, "mediator") for name in by)),
        "issues": tuple(Issue(text=text, span=(0, len(text))) for text in issues),
        "status": status,
    }
    return NegotiationClaim(**{**told, **fields})  # type: ignore[arg-type]


def reading(report: str, *claims: Claim, published: dt.date | None = None, publisher: str | None = None) -> Reading:
    """A reading of a report with these claims, which get ids of their own."""
    numbered = tuple(claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(claims, 1))
    return Reading(report=ReportHeader(id=report, published=published, publisher=publisher), claims=numbered)


_days = st.none() | st.sampled_from(DAYS)
_whens = st.none() | st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda pair: when(*sorted(pair)))
_places = st.sampled_from([None, GOMA, SUDAN, CAMP])
_speakers = st.sampled_from(["the health ministry", "The UN", "residents"]).map(
    lambda text: Attribution(text=text, span=(0, len(text)), kind="other")
)
_shared = {
    "where": _places,
    "when": _whens,
    "modality": st.sampled_from(get_args(Modality)),
    "said_by": st.lists(_speakers, max_size=2).map(tuple),
}
_tolls = st.builds(
    lambda figures, **fields: toll(None, None, **{**fields, "figures": tuple(figures)}),
    st.lists(
        st.builds(
            lambda bounds, **more: count(*bounds, **more),
            bounds,
            outcome=st.sampled_from(["killed", "injured"]),
            group=st.sampled_from(["people", "children"]),
        ),
        min_size=1,
        max_size=3,
    ),
    since=_whens,
    **_shared,
)
_conditions = st.builds(
    condition,
    st.sampled_from(["food", "water"]),
    severity=st.sampled_from([None, "severe", "IPC Phase 3", "phase 4"]),
    **_shared,
)
_names = st.lists(st.sampled_from(["a", "b", "c", "d", "some rebels"]), max_size=3, unique=True).map(tuple)
_negotiations = st.builds(
    lambda status, parties, by, issues, fields: negotiation(status, *parties, by=by, issues=issues, **fields),
    st.none() | st.sampled_from(get_args(NegotiationStatus)),
    _names,
    _names,
    st.lists(st.sampled_from(["a ceasefire", "the Ceasefire", "prisoners"]), max_size=2).map(tuple),
    st.fixed_dictionaries(_shared),
)
_readings = st.builds(
    lambda claims, published, publisher: (claims, published, publisher),
    st.lists(st.one_of(_tolls, _conditions, _negotiations), max_size=4),
    _days,
    st.sampled_from([None, "Press"]),
)
readings = st.lists(_readings, min_size=1, max_size=6).map(
    lambda told: [
        reading(f"r{n}", *claims, published=published, publisher=publisher)
        for n, (claims, published, publisher) in enumerate(told)
    ]
)
