"""The page of a report: its text as it came, what is claimed beside it, and claims that people mark or reject."""

import html
import re

import pytest
from django.urls import reverse

from ascertain.desk.claim_form import claim_in
from ascertain.model import RefusedError
from ascertain.record.models import Decision, ReportRow
from ascertain.record.selectors.readings import readings_of

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
    assert added.type == "armed_clash"
    assert [text[slice(*span)] for span in added.evidence] == ["killed"]
    assert "Armed clash" in page_of(client_of)


def test_a_claim_that_is_wrong_is_rejected_with_a_reason(client_of: ClientOf) -> None:
    client, address = client_of("reviewer"), reverse("report_reject", args=["r2"])
    assert client.post(address, {"claim": "c1", "reason": " "}).status_code == 400
    assert client.post(address, {"claim": "c1", "reason": "of another year"}).status_code == 302
    assert "found nothing" in page_of(client_of, "r2")


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
