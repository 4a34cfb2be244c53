"""The page of a report: its text as it came, what is claimed beside it, and claims that people mark or reject."""

import html
import re

import pytest
from django.urls import reverse

from ascertain.desk.claim_form import claim_in
from ascertain.model import EventClaim, RefusedError
from ascertain.record.models import Decision, ReportRow
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.people import add_person

from .conftest import ClientOf


def page_of(client_of: ClientOf, report: str = "r1", role: str = "reviewer") -> str:
    return client_of(role).get(reverse("report", args=[report])).content.decode()


def test_the_text_stands_there_as_it_came_with_its_evidence(client_of: ClientOf) -> None:
    page, text = page_of(client_of), ReportRow.objects.get(pk="r1").text
    shown = re.findall(r'<p class="reading"[^>]*>(.*?)</p>', page, re.S)
    assert html.unescape(re.sub(r"<[^>]+>", "", "".join(shown))).strip() == text.strip()
    (claim,) = next(iter(readings_of(["r1"]))).claims
    assert f'data-asserts="{claim.id}/where"' in page
    assert f'data-value="{claim.id}/where"' in page


def test_reports_are_found_by_their_words(client_of: ClientOf) -> None:
    client = client_of("reader")

    def found(words: str) -> int:
        return client.get(reverse("reports"), {"q": words}).content.decode().count("data-item>")

    assert found("") == found("market") == 3
    assert found("STAY shut") + found("fled") == 3
    assert found("no such words") == 0


def test_the_original_is_a_file_and_never_a_page(client_of: ClientOf) -> None:
    answer = client_of("reader").get(reverse("report_original", args=["r1"]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b'"id": "r1"' in answer.getvalue()


def test_a_claim_that_was_missed_is_marked_by_its_words(client_of: ClientOf) -> None:
    text = ReportRow.objects.get(pk="r1").text
    at = text.index("killed")
    form = {"start": str(at), "end": str(at + 6), "kind": "event", "type": "armed_clash", "killed_low": "1"}
    answer = client_of("reviewer").post(reverse("report_mark", args=["r1"]), form)
    assert answer.status_code == 302
    added = next(iter(readings_of(["r1"]))).claims[-1]
    assert isinstance(added, EventClaim)
    assert added.type == "armed_clash"
    assert [text[slice(*span)] for span in added.evidence] == ["killed"]
    assert "Armed clash" in page_of(client_of)


def test_a_claim_that_is_wrong_is_rejected_with_a_reason(client_of: ClientOf) -> None:
    client, address = client_of("reviewer"), reverse("report_reject", args=["r2"])
    assert client.post(address, {"claim": "c1", "reason": " "}).status_code == 400
    assert client.post(address, {"claim": "c1", "reason": "of another year"}).status_code == 302
    assert "found nothing" in page_of(client_of, "r2")


def test_what_was_decided_on_a_report_is_taken_back_there(client_of: ClientOf) -> None:
    client, undo = client_of("reviewer"), reverse("report_undo", args=["r2"])
    before = [claim.id for claim in next(iter(readings_of(["r2"]))).claims]
    client.post(reverse("report_reject", args=["r2"]), {"claim": "c1", "reason": "of another year"})
    page = client.get(reverse("report", args=["r2"])).content.decode()
    assert '<p class="notice" role="status">Claim rejected</p>' in page
    assert "rejected a claim: <q><bdi>market in" in page
    assert 'data-key="u"' in page
    elsewhere = client.post(reverse("report_undo", args=["r1"]))
    assert elsewhere.status_code == 400
    assert "Nothing was decided in this session" in elsewhere.content.decode()
    assert client.post(undo).headers["Location"] == reverse("report", args=["r2"])
    assert [claim.id for claim in next(iter(readings_of(["r2"]))).claims] == before
    assert "Taken back: Claim rejected" in client.get(reverse("report", args=["r2"])).content.decode()
    assert client.post(undo).status_code == 400


def test_a_claim_that_was_added_is_taken_back_by_its_number_and_by_editors_only_of_others(client_of: ClientOf) -> None:
    form = {"start": "0", "end": "6", "kind": "event", "type": "armed_clash"}
    client_of("reviewer").post(reverse("report_mark", args=["r1"]), form)
    made, undo = Decision.objects.latest("pk"), reverse("report_undo", args=["r1"])
    for name, shown in (("reader", 0), ("editor", 1)):
        page = client_of(name).get(reverse("report", args=["r1"])).content.decode()
        assert page.count(f'name="decision" value="{made.pk}"') == shown
    add_person(name="another", role="reviewer", by=None)
    assert client_of("another").post(undo, {"decision": made.pk}).status_code == 400
    assert client_of("editor").post(undo, {"decision": made.pk}).status_code == 302
    assert [claim.id for claim in next(iter(readings_of(["r1"]))).claims] == ["c1"]


def test_an_undo_on_an_incident_leaves_what_was_decided_on_reports(client_of: ClientOf) -> None:
    client = client_of("reviewer")
    client.post(reverse("report_reject", args=["r2"]), {"claim": "c1", "reason": "of another year"})
    assert client.post("/undo/", headers={"HX-Request": "true"}).status_code == 422
    assert "found nothing" in page_of(client_of, "r2")


def test_a_report_is_marked_as_sensitive_and_no_longer(client_of: ClientOf) -> None:
    editor, address = client_of("editor"), reverse("report_sensitive", args=["r1"])
    assert editor.post(address, {"level": "internal", "reason": "a source in danger"}).status_code == 302
    assert ReportRow.objects.get(pk="r1").sensitivity == "internal"
    page = page_of(client_of, role="reader")
    assert "<b>sensitive</b>: nobody outside" in page
    assert "a source in danger" in page
    assert editor.post(reverse("report_undo", args=["r1"])).status_code == 302
    assert ReportRow.objects.get(pk="r1").sensitivity == ""
    assert editor.post(address, {"level": "some"}).status_code == 400


def test_readers_change_nothing(client_of: ClientOf) -> None:
    client = client_of("reader")
    assert client.post(reverse("report_mark", args=["r1"]), {"start": "0", "end": "3"}).status_code == 403
    assert client.post(reverse("report_reject", args=["r1"]), {"claim": "c1", "reason": "x"}).status_code == 403
    assert "<form" not in page_of(client_of, role="reader").split("<main")[1]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start": "", "end": ""}, "choose the words"),
        ({"start": "0", "end": "99"}, "choose the words"),
        ({"type": ""}, "choose one of the list"),
        ({"type": "weather"}, "choose one of the list"),
        ({"killed_low": "some"}, "no number of people"),
        ({"killed_low": "5", "killed_high": "2"}, "is no claim"),
        ({"where": "Atlantis"}, "does not name 'Atlantis'"),
        ({"day": "soon"}, "is no day"),
        ({"kind": "weather"}, "is no claim"),
        ({"kind": "condition", "sector": "weather"}, "is no claim"),
    ],
)
def test_what_is_no_claim_is_refused_with_what_to_do(typed: dict[str, str], said: str) -> None:
    right = {"start": "0", "end": "8", "kind": "event", "type": "attack", "killed_low": "2"}
    assert claim_in(right, "Two died in Kaya.").evidence == ((0, 8),)
    with pytest.raises(RefusedError, match=said):
        claim_in({**right, **typed}, "Two died in Kaya.")
