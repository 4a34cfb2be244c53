"""The API does what its description says: calls of every operation are made up from it, right ones and wrong ones."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, Interrupted, NonFatalError, ScenarioFinished

from ascertain.desk.api import LIMIT, api
from ascertain.record.models import IncidentRow, ReportRow
from ascertain.record.models.people import Person
from ascertain.record.replay.decided import KINDS
from ascertain.record.services.signing_in import make_token

from .conftest import visitor

# Rules that hold between values of one call cannot be told in JSON Schema (a least number above the most, the south of
# a map above its north): a call that fits the description may break them, and is then refused with 422.
RULES_BETWEEN_VALUES = ["2xx", "403", "404", "409", "422"]


def bearing(*, decides: bool) -> dict[str, str]:
    secret = make_token(person=Person.objects.get(username="editor"), name="made-up calls", decides=decides)
    return {"Authorization": f"Bearer {secret}"}


def settings() -> dict[str, Any]:
    """How calls are made up: the same each time, and most of them of incidents and reports that there are."""
    there = {
        "incident": list(IncidentRow.objects.order_by("pk").values_list("pk", flat=True)),
        "report": list(ReportRow.objects.order_by("pk").values_list("pk", flat=True)),
    }
    ruled = {"checks": {"positive_data_acceptance": {"expected-statuses": RULES_BETWEEN_VALUES}}}
    return {
        "generation": {"deterministic": True, "max-examples": 30, "no-shrink": False},
        "phases": {"stateful": {"enabled": False}},
        "dictionaries": {name: {"values": values} for name, values in there.items()},
        "parameters": {f"path.{name}": {"dictionary": name, "probability": 0.7} for name in there},
        "operations": [
            {"include-path": path, **ruled} for path in ("/api/decisions", "/api/incidents", "/api/incidents.geojson")
        ],
    }


@pytest.fixture
def told(served: str, monkeypatch: pytest.MonkeyPatch) -> list[ScenarioFinished]:
    """What came of the calls of each operation, phase by phase."""
    monkeypatch.setattr(LIMIT, "most", 10**9)
    headers = bearing(decides=True)
    config = SchemathesisConfig.from_dict({**settings(), "headers": headers})
    schema = schemathesis.openapi.from_url(f"{served}/api/openapi.json", config=config)
    events = list(engine.from_schema(schema).execute())
    assert [str(event) for event in events if isinstance(event, FatalError | NonFatalError | Interrupted)] == []
    return [event for event in events if isinstance(event, ScenarioFinished)]


@pytest.mark.fuzz
def test_every_call_is_answered_as_described(told: list[ScenarioFinished]) -> None:
    faults = [fault for scenario in told for fault in faults_in(scenario)]
    assert not faults, "\n\n".join(dict.fromkeys(faults))
    answers: dict[str, Counter[int]] = defaultdict(Counter)
    for scenario in told:
        for call in scenario.recorder.interactions.values():
            assert call.response is not None
            answers[scenario.recorder.label][call.response.status_code] += 1
    described = api.get_openapi_schema()["paths"]
    assert set(answers) == {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    for label, statuses in answers.items():
        assert statuses[403 if label.startswith("POST") else 200], label


def faults_in(scenario: ScenarioFinished) -> Iterator[str]:
    """What was not as described, each with the call that shows it."""
    for checks in scenario.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                told = f"{failure.operation} {check.name}: {failure.title}\n{failure.message}"
                yield f"{told}\n{check.failure_info.code_sample}"


def mostly(usual: tuple[Any, ...], odd: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Values such as a person might give, and now and then others."""
    return st.integers(0, 24).flatmap(lambda at: st.sampled_from(odd if at == 24 else usual))


ODD = ("\x00", "\ud800", "x" * 400, "", "²", "r1/c1", "[")
TEXTS = mostly(("Kaya", "market", "الفاشر"), ODD)
DAYS = mostly(("2024-03-02", None), ("2024-02-30", "0", "99999-01-01"))
FEW = mostly((None, 0, 3), (-1, 40, 2**31, 10**10, 2**63, 10**30))
MORE = mostly((None, 7, 40), (1, 2**31, 2**63, 10**30))
DEGREES = mostly((None, 13.5, -1.25), (91.0, 1e300, float("inf"), float("nan")))
SPANS = mostly(([0, 7], [3, 60], [8, 8]), ([9, 2], [10**30, 10**31], [-1, 3], []))
PLACES = st.fixed_dictionaries(
    {"text": TEXTS, "span": SPANS, "country": mostly(("NG", None), ("XX", "ng", "Nigeria"))},
    optional={"name": TEXTS, "lat": DEGREES, "lon": DEGREES, "radius_km": DEGREES, "admin1": TEXTS},
)
WHENS = st.fixed_dictionaries({"precision": st.sampled_from(("day", "year")), "start": DAYS, "end": DAYS})
ACTORS = st.fixed_dictionaries({"role": st.sampled_from(("party", "target")), "text": TEXTS}, optional={"name": TEXTS})
PEOPLE = {"outcome": st.just("killed"), "group": st.sampled_from(("people", "women"))}
FIGURES = st.fixed_dictionaries({**PEOPLE, "low": FEW, "high": MORE, "text": TEXTS, "span": SPANS})
SAID_BY = st.fixed_dictionaries({"text": TEXTS, "span": SPANS, "kind": st.just("un")})
TOLD = {
    "where": PLACES,
    "when": WHENS,
    "said_by": st.lists(SAID_BY, max_size=1),
    "confidence": mostly((0.5, 1), (float("nan"), 2)),
}
HARM = st.lists(FIGURES, max_size=2)
BY_KIND: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "event": {"type": mostly(("attack",), ODD), "figures": HARM, "event": TEXTS},
    "toll": {"figures": HARM, "since": WHENS},
    "condition": {"sector": st.just("food"), "severity": TEXTS},
    "negotiation": {"status": st.just("ongoing")},
}
CLAIMS = st.sampled_from(tuple(BY_KIND)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {"id": TEXTS, "kind": st.just(kind), "evidence": st.lists(SPANS, min_size=1, max_size=2), **BY_KIND[kind]},
        optional=TOLD,
    )
)
CORRECTIONS = (
    st.tuples(st.just("type"), mostly(("armed_clash",), ODD))
    | st.tuples(st.just("figures/killed/people"), st.fixed_dictionaries({"low": FEW, "best": FEW, "high": MORE}))
    | st.tuples(st.just("where"), PLACES)
    | st.tuples(st.just("when"), WHENS)
    | st.tuples(st.just("actors"), st.lists(ACTORS, max_size=2))
    | st.tuples(TEXTS, TEXTS | FEW | DEGREES)
)
REASONS = st.just("why") | TEXTS
ASKED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "add_claim": {"report": st.just("r1") | TEXTS, "claim": CLAIMS},
    "assign": {"assignee": st.just("reviewer") | TEXTS},
    "correct": {"evidence": st.lists(st.fixed_dictionaries({"report": st.just("r1"), "span": SPANS}), max_size=1)},
    "mark_sensitive": {"level": st.sampled_from(("", "partner", "internal")) | TEXTS},
    "reject_claim": {"report": st.just("r2"), "claim": st.just("c1") | TEXTS},
    "split": {"claims": st.lists(st.sampled_from(("r1/c1", "r3/c1")) | TEXTS, max_size=2)},
    "undo": {"decision": st.integers(1, 9) | FEW},
}


@pytest.mark.fuzz
@pytest.mark.usefixtures("desk")
@hypothesis.settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@hypothesis.given(data=st.data())
def test_decisions_on_what_there_is_are_made_or_refused(
    data: st.DataObject, filled_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LIMIT, "most", 10**9)
    connection.close()
    shutil.copyfile(filled_desk, connection.settings_dict["NAME"])
    browser = visitor()
    browser.force_login(Person.objects.get(username="editor"))
    kind = data.draw(st.sampled_from(KINDS))
    known = list(IncidentRow.objects.filter(gone=False).order_by("pk").values_list("pk", flat=True))
    some = data.draw(st.sampled_from((slice(1), slice(1, 2), slice(2), slice(0))))
    fields = {"reason": REASONS, **ASKED.get(kind, {})}
    asked = {"kind": kind, "incidents": known[some], **data.draw(st.fixed_dictionaries(fields))}
    if kind == "correct":
        asked["field"], asked["to"] = data.draw(CORRECTIONS)
    answer = browser.post("/api/decisions", json.dumps(asked), content_type="application/json")
    hypothesis.event(f"{kind} {answer.status_code}")
    assert answer.status_code in (201, 400, 403, 404, 409, 422), asked
    assert answer.json().keys() == ({"number"} if answer.status_code == 201 else {"said"})
    for each in known:
        assert browser.get(f"/api/incidents/{each}").status_code == 200
    assert browser.get("/api/incidents").status_code == 200


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic ZWRpdG9yOng="}])
def test_every_operation_takes_a_token(shown: dict[str, str]) -> None:
    stranger = visitor()
    paths = api.get_openapi_schema()["paths"]
    operations = [(path, method) for path, methods in paths.items() for method in methods]
    assert len(operations) > 15
    for path, method in operations:
        answer = getattr(stranger, method)(path.format(incident="i1", report="r1"), headers=shown)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "token" in answer.json()["said"]
