"""The inbox: incidents in order of need, what is asked to be shown of them, and counts beside each filter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from ascertain.desk.naming import GRADINGS, TYPES
from ascertain.desk.selectors.kept import kept
from ascertain.record.models import IncidentRow, TraitRow
from ascertain.record.models.found_by import PARTY
from ascertain.record.needs import BITS, WEIGHTS, names_in
from ascertain.record.selectors.finding import with_words
from ascertain.release.charts import Range

A_PAGE = 30
_LONGEST = 200
WAITING, ALL = "waiting", "all"
STATUSES = (WAITING, "open", "accepted", "rejected", ALL)
FACETS = ("need", "grading", "type", "country")
_COLUMNS = (
    "pk", "need", "needs", "type", "start", "end", "country", "admin1", "place", "killed_low", "killed_best",
    "killed_high", "grading", "sources", "status", "locked", "assigned_to__username",
)  # fmt: skip
_COUNTED = ("status", "waiting", "needs", "grading", "type", "country")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which incidents are asked for. `status` is `waiting` for those that are for a reviewer to look at: open, or
    changed since they were decided; `mine` is the person whose they are; `after` the key of the last one of the page
    before."""

    words: str = ""
    status: str = WAITING
    need: str = ""
    grading: str = ""
    type: str = ""
    country: str = ""
    place: str = ""
    party: str = ""
    mine: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    changed: dt.date | None = None
    after: tuple[int, str] | None = None

    @property
    def query(self) -> str:
        """The part of an address after the question mark, without which page is shown.

        >>> Asked(words="Rafah", need="large").query
        'q=Rafah&need=large'
        """
        told = {
            _IN_ADDRESS.get(field.name, field.name): getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("after", "mine") and getattr(self, field.name) != field.default
        }
        return urlencode(told | ({"mine": "1"} if self.mine else {}))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out but what is decided."""
        return replace(self, after=None) != Asked()


_IN_ADDRESS: Mapping[str, str] = {"words": "q", "first": "from", "last": "to"}


def asked_in(given: QueryDict, person: int) -> Asked:
    """What an address asks for; what cannot be followed is left out.

    Args:
        given: the address's.
        person: the key of who asks.
    """

    def text(name: str) -> str:
        return given.get(name, "").replace("\x00", "").strip()[:_LONGEST]

    def code(name: str, known: Iterable[str], otherwise: str = "") -> str:
        return text(name) if text(name) in known else otherwise

    return Asked(
        words=text("q"),
        status=code("status", STATUSES, WAITING),
        need=code("need", WEIGHTS),
        grading=code("grading", GRADINGS),
        type=code("type", TYPES),
        country=text("country")[:2],
        place=text("place"),
        party=text("party"),
        mine=person if given.get("mine") == "1" else None,
        first=_day(text("from")),
        last=_day(text("to")),
        changed=_day(text("changed")),
        after=_key(text("after")),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """An incident in the list."""

    id: str
    need: int
    needs: tuple[str, ...]
    type: str
    start: dt.date | None
    end: dt.date | None
    country: str | None
    admin1: str | None
    place: str | None
    killed: Range
    grading: str
    sources: int
    status: str
    locked: bool
    assigned_to: str | None

    @property
    def key(self) -> str:
        """Where it stands in the order, for an address."""
        return f"{self.need}.{self.id}"


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, and how many incidents each would show."""

    name: str
    chosen: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the inbox: `total` counts all that is asked for; `more` is the key of the page after this one."""

    asked: Asked
    items: tuple[Item, ...]
    more: str | None
    total: int
    waiting: int
    facets: tuple[Facet, ...]
    statuses: tuple[tuple[str, int], ...]


def inbox(asked: Asked) -> Inbox:
    """A page of the inbox; two queries."""
    items = [_item(row) for row in _page(asked, A_PAGE + 1)]
    counted = _summed(replace(asked, after=None))
    return replace(
        counted,
        asked=asked,
        items=tuple(items[:A_PAGE]),
        more=items[A_PAGE - 1].key if len(items) > A_PAGE else None,
    )


@kept(64)
def _summed(asked: Asked) -> Inbox:
    """The inbox with its counts, and without its items."""
    counts = _counts(replace(asked, need="", grading="", type="", country="", status=""))
    narrow = [row for row in counts if _in_status(row, asked.status)]
    return Inbox(
        asked=asked,
        items=(),
        more=None,
        total=sum(row.count for row in narrow if _passes(row, asked)),
        waiting=sum(row.count for row in counts if row.waiting),
        facets=tuple(_facet(name, asked, narrow) for name in FACETS),
        statuses=tuple(
            (status, sum(r.count for r in counts if _in_status(r, status) and _passes(r, asked))) for status in STATUSES
        ),
    )


def beside(asked: Asked, incident: str) -> tuple[str | None, str | None]:
    """The incidents before and after one in the order of what is asked for, whether or not it is in it itself; after
    the last one comes the first."""
    need = IncidentRow.objects.filter(pk=incident).values_list("need", flat=True).first()
    if need is None:
        return None, None
    rows = _chosen(asked).exclude(pk=incident)
    ordered = rows.order_by("-need", "pk").values_list("pk", flat=True)
    after = ordered.filter(_after((need, incident))).first() or ordered.first()
    before = rows.filter(Q(need__gte=need) & (Q(need__gt=need) | Q(pk__lt=incident))).order_by("need", "-pk")
    return before.values_list("pk", flat=True).first(), after


def beside_in(found: Inbox, incident: str) -> tuple[str | None, str | None]:
    """As `beside`, from a page of the inbox where that is enough to tell."""
    ids = [item.id for item in found.items]
    at = ids.index(incident) if incident in ids else len(ids)
    if at >= len(ids) - 1 or (at == 0 and found.asked.after):
        return beside(found.asked, incident)
    return ids[at - 1] if at else None, ids[at + 1]


def _page(asked: Asked, most: int) -> Sequence[tuple[Any, ...]]:
    rows = _chosen(asked)
    if asked.after:
        rows = rows.filter(_after(asked.after))
    return list(rows.order_by("-need", "pk").values_list(*_COLUMNS)[:most])


def _after(key: tuple[int, str]) -> Q:
    need, id = key
    return Q(need__lte=need) & (Q(need__lt=need) | Q(pk__gt=id))


def _chosen(asked: Asked) -> QuerySet[IncidentRow]:
    rows = _standing(asked)
    if asked.status == WAITING:
        rows = rows.filter(waiting__in=[True])
    elif asked.status != ALL:
        rows = rows.filter(waiting__in=[True, False], status=asked.status)
    if asked.need:
        rows = rows.extra(where=["needs & %s <> 0"], params=[BITS[asked.need]])
    held = {name: getattr(asked, name) for name in ("grading", "type", "country") if getattr(asked, name)}
    return rows.filter(**held)


def _standing(asked: Asked) -> QuerySet[IncidentRow]:
    """What the filters that have no counts let through. `__in`, as Django's `NOT gone` has no use of SQLite's index."""
    rows = IncidentRow.objects.all()
    if not (asked.place or asked.party or asked.words):  # what is found by these is never gone
        rows = rows.filter(gone__in=[False])
    if asked.place:
        named = Q(place__icontains=asked.place) | Q(admin1__iexact=asked.place)
        rows = with_words(rows, asked.place).filter(named)
    if asked.party:
        rows = rows.filter(pk__in=TraitRow.objects.filter(kind=PARTY, value=asked.party).values("incident"))
    if asked.mine:
        rows = rows.filter(assigned_to=asked.mine)
    if asked.first:
        rows = rows.filter(Q(end__gte=asked.first) | Q(end=None, start__gte=asked.first))
    if asked.last:
        rows = rows.filter(Q(start__lte=asked.last) | Q(start=None, end__lte=asked.last))
    if asked.changed:
        rows = rows.filter(since__gte=dt.datetime.combine(asked.changed, dt.time.min, tzinfo=dt.UTC))
    return with_words(rows, asked.words)


@dataclass(frozen=True, slots=True)
class _Counted:
    status: str
    waiting: bool
    needs: int
    grading: str
    type: str
    country: str | None
    count: int


@kept(64)
def _counts(asked: Asked) -> tuple[_Counted, ...]:
    """How many incidents there are of each kind: one query, of an index alone where nothing else is asked for."""
    rows = _standing(asked).order_by().values_list(*_COUNTED).annotate(count=Count("*"))
    return tuple(_Counted(*row) for row in rows)


def _in_status(row: _Counted, status: str) -> bool:
    return row.waiting if status == WAITING else status in (ALL, row.status)


def _passes(row: _Counted, asked: Asked, but: str = "") -> bool:
    """Whether incidents of a kind pass all filters, but for one."""
    if but != "need" and asked.need and asked.need not in names_in(row.needs):
        return False
    held = ((name, getattr(asked, name)) for name in ("grading", "type", "country") if name != but)
    return all(not wanted or getattr(row, name) == wanted for name, wanted in held)


def _facet(name: str, asked: Asked, rows: Iterable[_Counted]) -> Facet:
    counts: Counter[str] = Counter()
    for row in rows:
        if _passes(row, asked, but=name):
            for value in names_in(row.needs) if name == "need" else (getattr(row, name) or "",):
                counts[value] += row.count
    order = {need: at for at, need in enumerate(WEIGHTS)} if name == "need" else {}
    values = sorted(counts.items(), key=lambda pair: (order.get(pair[0], -pair[1]), pair[0]))
    return Facet(name, getattr(asked, name), tuple((value, count) for value, count in values if value))


def _item(row: tuple[Any, ...]) -> Item:
    told: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    return Item(
        id=told["pk"],
        needs=names_in(told["needs"]),
        killed=Range(told["killed_low"], told["killed_best"], told["killed_high"]),
        assigned_to=told["assigned_to__username"],
        **{name: told[name] for name in ("need", "type", "start", "end", "country", "admin1", "place", "grading")},
        **{name: told[name] for name in ("sources", "status", "locked")},
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> tuple[int, str] | None:
    need, _, id = text.partition(".")
    return (int(need), id) if need.isascii() and need.isdigit() and len(need) < 9 and id else None
