"""Reading in the caller's own process: `ascertain.read` and `ascertain.read_many`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from ascertain.intake.received import report_from
from ascertain.model import Reading, Report
from ascertain.pipeline.readers import Reader, RuleReader


def read(
    text_or_report: str | Report | Mapping[str, object],
    *,
    id: str | None = None,
    title: str | None = None,
    published: dt.date | str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    reader: Reader | None = None,
) -> Reading:
    """Read one report: what it asserts, with the words that assert it.

    Args:
        text_or_report: a text (it gets the id `text`), a `Report`, or a mapping in the exchange format.
        id: the report's id; this and the other keywords add to or replace what `text_or_report` says.
        title: a headline that stands apart from the text.
        published: the day of publication; words like "on Thursday" count from it, and without it stay undated.
        publisher: who published it; distinct from who it quotes.
        url: where it was published.
        language: ISO 639-1 code, where known.
        reader: who reads; by default the rules that come with the package.

    Raises:
        InputError: the report is not one (no text, a date that is none, a field of the wrong type).
        TypeError: it is neither a text, a `Report` nor a mapping.

    >>> reading = read("Two people were killed by gunmen in Maiduguri on Monday.", published="2024-09-05")
    >>> reading.report.id, len(reading.claims)
    ('text', 1)
    >>> reading.claims[0].figures[0].low
    2
    """
    given = {"id": id, "title": title, "published": published, "publisher": publisher, "url": url, "language": language}
    report = _report(text_or_report, {name: value for name, value in given.items() if value is not None}, "text")
    return next(iter((reader or RuleReader()).read([report])))


def read_many(
    reports: Iterable[str | Report | Mapping[str, object]], *, reader: Reader | None = None
) -> Iterator[Reading]:
    """Read reports one after the other, faster than by `read`; the n-th bare text gets the id `text-n`.

    Raises:
        InputError: a report is not one; what was read before has been given out by then. To have bad reports set
            aside instead, and to use all cores, see `ascertain.pipeline.run`.
        TypeError: a report is neither a text, a `Report` nor a mapping, or one is given in place of many.

    >>> [reading.report.id for reading in read_many(["Shelling hit Kherson.", {"id": "r2", "text": "A calm day."}])]
    ['text-1', 'r2']
    """
    if isinstance(reports, str | bytes | Report | Mapping):
        raise TypeError("read_many takes several reports, such as a list; use read for one")
    numbered = enumerate(reports, start=1)
    yield from (reader or RuleReader()).read(_report(report, {}, f"text-{number}") for number, report in numbered)


def _report(given: str | Report | Mapping[str, object], more: Mapping[str, object], default_id: str) -> Report:
    if isinstance(given, Report) and not more:
        return given
    if isinstance(given, str):
        fields: dict[str, object] = {"id": default_id, "text": given}
    elif not isinstance(given, Report | Mapping):
        raise TypeError(f"a report is a text, a Report or a mapping, not {type(given).__name__}")
    else:
        fields = given.model_dump() if isinstance(given, Report) else dict(given)
    return report_from({**fields, **more}, source=str(fields.get("id", default_id)))
