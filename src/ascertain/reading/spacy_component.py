"""The spaCy component `ascertain`: claims in a spaCy user's own pipeline.

It reads the text of a document with Ascertain's own reader, whichever model the pipeline is of, and sets
`doc._.claims`. A document's day of publication is `doc._.published`, else the component's setting `published`.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("ascertain", config={"published": "2024-09-05"})
>>> doc = nlp("Two people were killed by gunmen in Maiduguri on Monday.")
>>> figure = doc._.claims[0].figures[0]
>>> doc.char_span(*figure.span, alignment_mode="expand").text == figure.text
True
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from ascertain.model import Claim, Reading, Report, SettingsError
from ascertain.reading import read_report, read_reports

_BATCH = 64
_KEY = "ascertain_reading"


class ClaimsComponent:
    """Sets `doc._.claims` to what a document asserts: a tuple of claims whose spans count the text's characters."""

    def __init__(self, published: dt.date | None) -> None:
        self._published = published
        if not Doc.has_extension("claims"):
            Doc.set_extension("claims", getter=_claims)
        if not Doc.has_extension("published"):
            Doc.set_extension("published", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        doc.user_data[_KEY] = read_report(self._report(doc, 1)).model_dump_json()
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Read documents by the batch, faster than one by one."""
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            reports = [self._report(doc, number) for number, doc in enumerate(batch, start=1)]
            for doc, reading in zip(batch, read_reports(reports), strict=True):
                doc.user_data[_KEY] = reading.model_dump_json()
                yield doc

    def _report(self, doc: Doc, number: int) -> Report:
        published = _day(doc._.published) or self._published
        return Report(id=f"doc-{number}", text=doc.text, published=published)


def _claims(doc: Doc) -> tuple[Claim, ...]:
    """The claims of a document; what is kept in it is JSON, which goes to other processes and to disk with it."""
    kept = doc.user_data.get(_KEY)
    return Reading.model_validate_json(kept).claims if kept is not None else ()


@Language.factory("ascertain", default_config={"published": None}, assigns=["doc._.claims"])
def create(nlp: Language, name: str, published: str | None) -> ClaimsComponent:  # noqa: ARG001 -- spaCy passes them
    """The component, for spaCy to call.

    Raises:
        SettingsError: `published` is no date.
    """
    return ClaimsComponent(_day(published))


def _day(value: str | dt.date | None) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (ValueError, TypeError):
        raise SettingsError(f"ascertain: published is {value!r}, which is no date; write YYYY-MM-DD") from None
