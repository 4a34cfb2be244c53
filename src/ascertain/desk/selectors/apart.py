"""What keeps two incidents apart: the linker's reasons and their bits, worked out when somebody asks for them."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from functools import lru_cache

from ascertain.desk.selectors.incident import told_by_reports
from ascertain.incidents.events import Event
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel
from ascertain.incidents.why.links import Apart, kept_apart
from ascertain.record.models import IncidentRow, LinkParameters
from ascertain.record.services.link_index import model_of

# Of how many events of an incident it is worked out: those of its first reports tell what kept it apart.
_MOST_EVENTS = 24
_MEMORY = "200MB"


def apart(row: IncidentRow, other: IncidentRow) -> Apart | None:
    """What speaks for and against the two being one; `None` where nothing was ever linked in the record."""
    model = parameters_read()
    (told, own), (told_too, others) = _events(row), _events(other)
    if model is None or not (own and others):
        return None
    with closing(Index(model, estimate=False, memory=_MEMORY)) as index:
        index.take({**told, **told_too}.values())
        return kept_apart(index, own, others)


def parameters_read() -> LinkModel | None:
    """The linker's parameters in the record, kept once they are read; `None` where nothing was ever linked."""
    linked = LinkParameters.objects.order_by("-pk").values_list("pk", "since").first()
    return _model(*linked) if linked else None


def _events(row: IncidentRow) -> tuple[dict[str, list[Event]], list[Event]]:
    """All that the first reports of an incident tell, and of that what the incident is."""
    reports = dict[str, list[Event]]()
    own = list[Event]()
    for event, is_held in told_by_reports(row.pk):
        reports.setdefault(event.report.id, []).append(event)
        if is_held and len(own) < _MOST_EVENTS:
            own.append(event)
    return {event.report.id: reports[event.report.id] for event in own}, own


@lru_cache(maxsize=2)
def _model(number: int, since: dt.datetime) -> LinkModel:  # noqa: ARG001 -- two records may give one number
    """Parameters of the record; to read them takes longer than all the rest where it is large."""
    return model_of(LinkParameters.objects.get(pk=number))
