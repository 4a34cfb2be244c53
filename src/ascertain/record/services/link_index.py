"""The index of links of a record: a file beside it, or in the cache, that can be made again at any time.

Its name tells the record and the parameters; one that does not hold what the record holds is made anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import duckdb

from ascertain.incidents.build import counting
from ascertain.incidents.events import stories_of
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel, as_toml, model_in, shipped
from ascertain.incidents.linking.words import WordCounts
from ascertain.record.canonical import canonical, now
from ascertain.record.handfuls import handfuls
from ascertain.record.models import EventRow, LinkParameters, ReadingRow, Reread
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.opening import Record
from ascertain.record.selectors.readings import readings_of
from ascertain.record.writing import persistently, writing

# Words that were rare when the record was small are not rare for ever: the parameters are estimated anew as it grows.
_GROWTH, _AT_LEAST = 1.5, 200
_REPORTS_AT_ONCE = 500
# Beyond it the index turns to the disk.
_MEMORY = "600MB"


@contextmanager
def linker(record: Record) -> Iterator[None]:
    """Be the only one who links the record from this folder of derived files; others wait."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (record.derived / "links.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def index_of(record: Record, fresh: Collection[str]) -> Iterator[Index]:
    """The index, with the events of all reports that have been read, and of no others, in it.

    The parameters are estimated anew, and everything is linked by them, where the record has grown much since they
    were, or another version of the reader took effect.

    Args:
        record: whose.
        fresh: the ids of reports that were not linked before.
    """
    reports = persistently(_in_force)
    parameters = persistently(LinkParameters.objects.order_by("-pk").first)
    grown = parameters is not None and len(reports) > _GROWTH * parameters.reports + _AT_LEAST
    reread = parameters is not None and persistently(partial(_is_reread, parameters))
    if parameters is None or grown or reread:
        parameters = _renewed(record, reports, reread=reread)
    path = _path(record, parameters.pk)
    index = _opened(parameters, path)
    try:
        if not (index.is_whole() and index.reports() <= reports):
            index.close()
            _remove(path)
            index = _opened(parameters, path)
        linked = persistently(_with_events)
        _forget(index, fresh)
        _add(index, ((linked & reports) | set(fresh)) - index.reports())
        yield index
    finally:
        index.close()


def _is_reread(parameters: LinkParameters) -> bool:
    return Reread.objects.filter(at__gt=parameters.since).exists()


def _in_force() -> set[str]:
    return set(ReadingRow.objects.filter(state=IN_FORCE).values_list("report_id", flat=True))


def _with_events() -> set[str]:
    return set(EventRow.objects.values_list("report_id", flat=True).distinct())


def _forget(index: Index, fresh: Collection[str]) -> None:
    """Forget reports that tell other events since they were linked, as where people added claims; all that hung
    together with them is to be linked again."""
    known = index.reports() & set(fresh)
    changed: set[str] = set()
    for some in handfuls(sorted(known), _REPORTS_AT_ONCE):
        told = {reading.report.id: stories_of(reading) for reading in readings_of(some)}
        changed |= index.told_otherwise(told)
    if changed:
        persistently(partial(_unlink, index.beside(changed)))
        index.forget(changed)


def _unlink(reports: Collection[str]) -> None:
    with writing():
        for some in handfuls(sorted(reports), _REPORTS_AT_ONCE):
            ReadingRow.objects.filter(state=IN_FORCE, report__in=some).update(linked=False)


def _renewed(record: Record, reports: Collection[str], *, reread: bool) -> LinkParameters:
    """Parameters as estimated from all reports, with the index that this makes; all is to be linked again."""
    path = record.derived / "links.part.duckdb"
    _remove(path)
    counted = counting(shipped(), readings_of(reports))
    with closing(_private(Index(counted, path, memory=_MEMORY), path)) as index:
        _add(index, reports)
        parameters = persistently(lambda: _keep(index.model, len(reports), reread=reread))
    for old in record.derived.glob("links-*.duckdb*"):
        old.unlink()
    path.replace(_path(record, parameters.pk))
    return parameters


def _keep(model: LinkModel, reports: int, *, reread: bool) -> LinkParameters:
    words = canonical({"reports": model.words.reports, "counts": dict(model.words.counts)})
    with writing():
        ReadingRow.objects.filter(state=IN_FORCE, linked=True).update(linked=False)
        rereading = reread or LinkParameters.objects.filter(rereading=True).exists()
        LinkParameters.objects.filter(rereading=True).update(rereading=False)
        return LinkParameters.objects.create(
            since=now(), reports=reports, toml=as_toml(model), words=words, rereading=rereading
        )


def model_of(parameters: LinkParameters) -> LinkModel:
    """The model that parameters of the record are."""
    words = json.loads(parameters.words)
    model = model_in(parameters.toml, source="the record's parameters")
    return model.counting(WordCounts(words["reports"], words["counts"]))


def _opened(parameters: LinkParameters, path: Path) -> Index:
    model = model_of(parameters)
    try:
        return _private(Index(model, path, estimate=False, memory=_MEMORY), path)
    except duckdb.Error:  # cut short when the machine lost power, or of another version
        _remove(path)
        return _private(Index(model, path, estimate=False, memory=_MEMORY), path)


def _private(index: Index, path: Path) -> Index:
    """The index, its file for its owner alone."""
    path.chmod(0o600)
    return index


def _add(index: Index, reports: Collection[str]) -> None:
    if reports:
        index.add(stories_of(reading) for reading in readings_of(reports))


def _path(record: Record, number: int) -> Path:
    return record.derived / f"links-{record.name}-{number}.duckdb"


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
