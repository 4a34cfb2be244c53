"""The state of a record: read from the database by the handful, within one snapshot."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from django.db import connection
from django.db.models.functions import Collate

from ascertain.model import ConditionWeek, Incident, Negotiation, Reading, TollSeries
from ascertain.record import chain
from ascertain.record.handfuls import handfuls
from ascertain.record.models import (
    ChainEntry,
    EventRow,
    IncidentRow,
    ReaderVersion,
    ReadingRow,
    RecordMark,
    ReportRow,
    SourceNote,
)
from ascertain.record.models.incidents import REJECTED
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.models.reports import WAITING
from ascertain.record.progress import Progress
from ascertain.record.selectors.readings import readings_of
from ascertain.record.selectors.retelling import corrections_of, told_without
from ascertain.record.selectors.series import series_of
from ascertain.record.selectors.verifying import faults
from ascertain.release.redaction import by_hand
from ascertain.release.state import BadStateError, Facts, Standing

_AT_ONCE = 500
_FAULTS_TOLD = 20
_NO_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


class RecordState:
    """The record that is open; use it within `record.writing.snapshot`, so that it stays the same."""

    def __init__(self, without: Collection[str] = ()) -> None:
        """
        Args:
            without: reports that incidents and series are told without.
        """
        self._without = frozenset(without)

    def without(self, reports: Collection[str]) -> RecordState:
        """The same record, its incidents and series as all other reports tell of them."""
        return RecordState(reports)

    @cached_property
    def facts(self) -> Facts:
        """What is known of it as a whole; its moment is that of the last entry of its chain."""
        mark = RecordMark.objects.get(id=1)
        last = ChainEntry.objects.order_by("-seq").values_list("at", flat=True).first()
        readers = ReaderVersion.objects.filter(readings__state=IN_FORCE).distinct().order_by("pk")
        marked = ReportRow.objects.exclude(sensitivity="").values_list("pk", "sensitivity")
        speakers = ((name, told.get("sensitivity", "")) for name, told in _noted("speaker").items())
        return Facts(
            name=_name() or mark.name,
            as_of=dt.datetime.fromisoformat(last) if last else _NO_DAY,
            policy=mark.policy,
            readers=tuple(dict.fromkeys(readers.values_list("identity", flat=True))),
            head=str(chain.head()),
            rejected=IncidentRow.objects.filter(gone=False, status=REJECTED).count(),
            withheld=dict(marked),
            withheld_claims=dict(_withheld_claims()),
            noted=_noted("publisher"),
            speakers={name: level for name, level in speakers if level},
        )

    def check(self, progress: Progress) -> None:
        """See that the record can be released. It takes a snapshot of its own: ask before you take one.

        Raises:
            BadStateError: with what is to be mended.
        """
        found = list(self._not_whole())
        altered = islice(faults(progress=progress), _FAULTS_TOLD)
        found += [f"{fault}; see docs/record.md for what to do (ascertain verify names all)" for fault in altered]
        if found:
            raise BadStateError(tuple(found))

    def check_still(self, head: str | None) -> None:
        """See, within the snapshot that is released, that nobody has written to the record since it was checked.

        Args:
            head: of its chain when it was checked.

        Raises:
            BadStateError: somebody has.
        """
        changed = "somebody wrote to the record while it was checked; release it again when they are done"
        found = [*self._not_whole(), *([changed] if self.facts.head != head else ())]
        if found:
            raise BadStateError(tuple(found))

    def _not_whole(self) -> Iterator[str]:
        yield from _unfinished()
        yield from _of_other_policy(self.facts.policy)
        yield from _locked_with_broken_claims()

    def incidents(self) -> Iterator[Standing]:
        """Every incident but the rejected ones, in order of their ids. One of which the other reports tell nothing, or
        that a person locked as they saw it with all of them, is for those alone who are given everything."""
        rows = IncidentRow.objects.filter(gone=False).exclude(status=REJECTED).order_by("pk")
        for some in handfuls(rows.iterator(_AT_ONCE), _AT_ONCE):
            standings = list(_told_without(some, self._without))
            by_hand = _placed_by_hand(list(filter(_may_be_placed_by_hand, standings)))
            yield from (
                replace(each, place_by_hand=True) if each.incident.id in by_hand else each for each in standings
            )

    def readings(self) -> Iterator[Reading]:
        """Every report that was read, with its claims in force, in order of the reports' ids."""
        ids = ReportRow.objects.order_by(by_letters("pk")).values_list("pk", flat=True)
        for some in handfuls(ids.iterator(_AT_ONCE), _AT_ONCE):
            yield from sorted(readings_of(some, with_sketches=False), key=lambda reading: reading.report.id)

    def tolls(self) -> Iterator[TollSeries]:
        """Every series of tolls."""
        return series_of("toll", without=self._without).tolls()

    def conditions(self) -> Iterator[ConditionWeek]:
        """Every week of a condition."""
        return series_of("condition", without=self._without).conditions()

    def negotiations(self) -> Iterator[Negotiation]:
        """Every negotiation."""
        return series_of("negotiation", without=self._without).negotiations()


def by_letters(field: str) -> str | Collate:
    """An order that is the same on every database: that of the letters' code points."""
    return Collate(field, "C") if connection.vendor == "postgresql" else field


def _name() -> str:
    """What tells this record from others, also when it was restored from a backup: the first entry of its chain."""
    first = ChainEntry.objects.order_by("seq").values_list("hash", flat=True).first()
    return bytes(first).hex()[:32] if first is not None else ""


def _noted(kind: str) -> dict[str, dict[str, str]]:
    """What the register of sources says, by source and field; the last note holds."""
    noted: dict[str, dict[str, str]] = {}
    for note in SourceNote.objects.filter(kind=kind).order_by("pk"):
        noted.setdefault(note.source, {})[note.field] = note.value
    return noted


def _withheld_claims() -> Iterator[tuple[str, str]]:
    """The claims of the incidents that people marked as sensitive, and the level of each."""
    rows = IncidentRow.objects.filter(gone=False).exclude(sensitivity="")
    for value, level in rows.values_list("value", "sensitivity").iterator(_AT_ONCE):
        yield from ((claim, level) for claim in json.loads(value)["claims"])


def _told_without(rows: Sequence[IncidentRow], without: frozenset[str]) -> Iterator[Standing]:
    """The incidents of some rows, as the reports tell them that may be given."""
    standings = [_standing(row) for row in rows]
    concerned = {each.incident.id for each in standings if not without.isdisjoint(each.incident.reports)}
    asked = [
        (each.incident, corrections_of(row.state))
        for row, each in zip(rows, standings, strict=True)
        if each.incident.id in concerned and not each.locked
    ]
    told = told_without(asked, without) if asked else {}
    for each in standings:
        if each.incident.id in told:
            yield replace(each, incident=told[each.incident.id])
        else:
            yield replace(each, sensitivity="internal") if each.incident.id in concerned else each


def _standing(row: IncidentRow) -> Standing:
    return Standing(
        Incident.model_validate_json(row.value),
        status=row.status,
        locked=row.locked,
        sensitivity=row.sensitivity,
        corrected=tuple(field for field, _ in corrections_of(row.state)),
    )


def _may_be_placed_by_hand(standing: Standing) -> bool:
    return standing.locked or "where" in standing.corrected or any(map(by_hand, standing.incident.claims))


def _placed_by_hand(standings: Sequence[Standing]) -> frozenset[str]:
    """Those of some incidents whose place goes by a name that no claim of theirs, as it was read, has."""
    reports = {report for each in standings for report in each.incident.reports}
    read: dict[str, set[tuple[str | None, str | None]]] = {}
    for reading in readings_of(reports, with_sketches=False, as_read=True):
        places = {(claim.where.id, claim.where.name) for claim in reading.claims if claim.where is not None}
        read[reading.report.id] = places
    return frozenset(
        each.incident.id
        for each in standings
        if (where := each.incident.where) is not None
        and not any((where.id, where.name) in read.get(report, ()) for report in each.incident.reports)
    )


def _unfinished() -> Iterator[str]:
    """What was begun and is not done."""
    waiting = ReportRow.objects.filter(state=WAITING).count()
    if waiting:
        yield f"{waiting} reports wait to be read; finish with ascertain ingest"
    unlinked = ReadingRow.objects.filter(linked=False, state=IN_FORCE).count()
    stale = EventRow.objects.filter(stale=True).count()
    if unlinked or stale:
        yield (
            f"incidents are not renewed: {unlinked} readings wait to be linked, {stale} events changed since; "
            "finish with ascertain ingest"
        )


def _of_other_policy(policy: str) -> Iterator[str]:
    """Incidents whose figures another policy chose: a change of policy was broken off."""
    rows = IncidentRow.objects.filter(gone=False, locked=False).exclude(status=REJECTED)
    others: list[str] = []
    count = 0
    for id, value in rows.order_by("pk").values_list("pk", "value").iterator(_AT_ONCE):
        told = json.loads(value)
        if told.get("policy") != policy and told.get("figures"):
            count += 1
            others += [id] if len(others) < _FAULTS_TOLD else []
    if count:
        named = ", ".join(others) + (" …" if count > len(others) else "")
        yield f"{count} incidents do not have policy {policy} ({named}); finish with ascertain ingest --policy {policy}"


def _locked_with_broken_claims() -> Iterator[str]:
    """Locked incidents that rest on claims which are not in force any more."""
    rows = IncidentRow.objects.filter(gone=False, locked=True).exclude(status=REJECTED).order_by("pk")
    for some in handfuls(rows.values_list("pk", "value").iterator(_AT_ONCE), _AT_ONCE):
        held = {id: json.loads(value)["claims"] for id, value in some}
        there = _claims_of({claim.rpartition("/")[0] for claims in held.values() for claim in claims})
        for id, claims in held.items():
            gone = [claim for claim in claims if claim not in there]
            if gone:
                yield (
                    f"incident {id} is locked and rests on {', '.join(gone[:5])}, which is no claim any more; "
                    f"look at it with ascertain history {id}, then unlock it, at the desk or with ascertain "
                    "decide, and decide on what is left of it"
                )


def _claims_of(reports: Collection[str]) -> frozenset[str]:
    asked: Sequence[str] = sorted(reports)
    readings = readings_of(asked, with_sketches=False)
    return frozenset(f"{reading.report.id}/{claim.id}" for reading in readings for claim in reading.claims)
