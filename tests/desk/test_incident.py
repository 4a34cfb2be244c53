"""An incident: its values beside the words that say so, and decisions that nobody overwrites unseen."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.desk.conftest import ClientOf

from ascertain.desk.selectors.history import changes
from ascertain.desk.selectors.incident import _whole, shown
from ascertain.incidents.entries import Entry
from ascertain.model import Figure
from ascertain.record.models import Decision, IncidentRow, ReportRow

pytestmark = pytest.mark.usefixtures("desk")
HTMX = {"HX-Request": "true"}


def one(place: int = 0) -> IncidentRow:
    return IncidentRow.objects.filter(gone=False).order_by("pk")[place]


def act(client: Client, row: IncidentRow, deed: str, **given: object) -> HttpResponse:
    data = {"version": row.version, **given}
    return client.post(f"/incidents/{row.pk}/{deed}/", data, headers=HTMX)  # type: ignore[return-value]


def told(answer: Any) -> dict[str, object]:
    found: dict[str, object] = json.loads(answer.headers["HX-Trigger"])["show"]
    return found


def test_the_words_of_each_value_are_marked_and_the_text_is_as_it_came() -> None:
    for row in IncidentRow.objects.all():
        for evidence in shown(row).evidence:
            text = ReportRow.objects.get(pk=evidence.report).text
            for passage in evidence.passages:
                joined = "".join(piece.text for piece in passage.pieces)
                assert text[passage.start : passage.start + len(joined)] == joined
            marked = {piece.asserts for passage in evidence.passages for piece in passage.pieces}
            assert {"when", "where", "figures/killed/people"} <= marked


def test_each_figure_has_what_each_source_says() -> None:
    (figure,) = shown(one()).figures
    assert [said.source for said in figure.said] == ["police"]


def test_a_reader_sees_no_action_and_may_take_none(client_of: ClientOf) -> None:
    reader, row = client_of("reader"), one()
    page = reader.get(f"/incidents/{row.pk}/").content.decode()
    assert 'data-key="a"' not in page
    assert act(reader, row, "accept").status_code == 422
    assert not Decision.objects.exists()


def test_accepting_leads_to_the_next_and_undo_leads_back(client_of: ClientOf) -> None:
    reviewer = client_of("reviewer")
    first = IncidentRow.objects.order_by("-need", "pk")[0]
    second = IncidentRow.objects.order_by("-need", "pk")[1]
    answer = told(act(reviewer, first, "accept"))
    assert answer["incident"] == second.pk
    assert answer["done"] == {first.pk: "accept"}
    back = reviewer.post("/undo/", headers=HTMX)
    assert told(back)["incident"] == first.pk
    assert told(back)["said"] == f"Taken back: Accepted · {first.place}"
    assert told(back)["done"] == {first.pk: ""}
    assert IncidentRow.objects.get(pk=first.pk).status == "open"
    assert reviewer.post("/undo/", headers=HTMX).status_code == 422


def test_who_comes_too_late_is_told_what_changed_and_nothing_is_overwritten(client_of: ClientOf) -> None:
    row = one()
    assert act(client_of("editor"), row, "accept").status_code == 204
    late = act(client_of("reviewer"), row, "reject", reason="no such place")
    page = late.content.decode()
    assert late.status_code == 409
    assert "editor" in page
    assert f'data-on-version="{row.version + 1}"' in page
    assert IncidentRow.objects.get(pk=row.pk).status == "accepted"
    plain = client_of("reviewer").post(f"/incidents/{row.pk}/reject/", {"version": row.version, "reason": "x"})
    assert plain.status_code == 409
    assert [change.field for change in changes(row.pk, row.version)] == ["status"]


def test_a_correction_points_at_words_and_shows_what_was_computed(client_of: ClientOf) -> None:
    row, reviewer = one(), client_of("reviewer")
    evidence = shown(row).evidence[0]
    given = {"field": "figures", "outcome": "killed", "group": "people", "low": "2", "best": "", "high": "99"}
    assert act(reviewer, row, "correct", **given).status_code == 422
    words = {"report": evidence.report, "start": "0", "end": "6"}
    assert act(reviewer, row, "correct", **given, **words).status_code == 204
    (figure,) = shown(IncidentRow.objects.get(pk=row.pk)).figures
    assert (figure.range.low, figure.range.high, figure.is_corrected) == (2, 99, True)
    assert figure.computed is not None
    page = reviewer.get(f"/incidents/{row.pk}/").content.decode()
    assert "computed:" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"field": "type", "type": "armed_clash"}, "type"),
        ({"field": "when", "day_from": "2024-01-02", "day_to": "2024-01-03"}, "when"),
        ({"field": "when", "none": "1"}, "when"),
        ({"field": "where", "name": "Elsewhere", "lat": "1.5", "lon": "2", "radius_km": "3"}, "where"),
        ({"field": "means", "means": "drone"}, "means"),
        (
            {"field": "targets", "target_name": "the bakery", "target_type": "commercial", "damage": "damaged"},
            "targets",
        ),
        ({"field": "actors", "party_name": "the River Brigade", "role": "perpetrator"}, "actors"),
    ],
)
def test_each_value_can_be_corrected_with_a_reason(client_of: ClientOf, given: dict[str, str], field: str) -> None:
    row = one()
    assert act(client_of("reviewer"), row, "correct", reason="seen on film", **given).status_code == 204
    assert [change.field for change in changes(row.pk, row.version)] == [field]
    assert client_of("reader").get(f"/incidents/{row.pk}/").status_code == 200


def test_what_was_hit_is_kept_or_let_go_one_by_one(client_of: ClientOf) -> None:
    reviewer, given = client_of("reviewer"), {"field": "targets", "reason": "seen on film"}
    added = {"target_name": "two lorries", "target_type": "vehicle", "count": "2", "damage": "destroyed"}
    act(reviewer, one(), "correct", **given, **added)
    targets = shown(one()).incident.targets
    assert (targets[-1].text, targets[-1].count, targets[-1].damage) == ("two lorries", 2, "destroyed")
    assert act(reviewer, one(), "correct", **given, keep_target=[str(len(targets) - 1)]).status_code == 204
    assert [target.text for target in shown(one()).incident.targets] == ["two lorries"]
    reviewer.post("/undo/", headers=HTMX)
    assert shown(one()).incident.targets == targets
    assert act(reviewer, one(), "correct", **given, target_name="x", count="many").status_code == 422
    assert act(reviewer, one(), "correct", field="means", means="catapult", reason="odd").status_code == 422


def test_why_two_were_kept_apart_is_told_with_its_bits_and_one_key_merges_them(client_of: ClientOf) -> None:
    reviewer, (row, other) = client_of("reviewer"), (one(0), one(1))
    page = reviewer.get(f"/incidents/{row.pk}/apart/{other.pk}/").content.decode()
    assert "any two events of this record" in page
    assert page.count("<tr>") > 2
    reviewer.cookies["ascertain_language"] = "ar"
    assert "any two events" not in reviewer.get(f"/incidents/{row.pk}/apart/{other.pk}/").content.decode()
    assert reviewer.get(f"/incidents/{row.pk}/apart/i0/").status_code == 404


def test_the_page_is_wholly_in_the_language_of_its_reader(client_of: ClientOf) -> None:
    reviewer = client_of("reviewer")
    assert "Why these numbers" in reviewer.get(f"/incidents/{one().pk}/").content.decode()
    reviewer.cookies["ascertain_language"] = "ar"
    page = reviewer.get(f"/incidents/{one().pk}/").content.decode()
    assert "says so" not in page
    assert "the only number" not in page


def test_odd_values_are_refused_with_what_to_do(client_of: ClientOf) -> None:
    row, reviewer = one(), client_of("reviewer")
    for given in ({"field": "figures", "low": "many"}, {"field": "where", "lat": "north"}, {"field": "x"}):
        answer = act(reviewer, row, "correct", reason="because", **given)
        assert answer.status_code == 422
        assert not Decision.objects.exists()


def test_merge_then_split_then_undo(client_of: ClientOf) -> None:
    reviewer, (row, other) = client_of("reviewer"), (one(0), one(1))
    merged = told(act(reviewer, row, "merge", **{"with": f"{other.pk}@{other.version}"}))["incident"]
    both = IncidentRow.objects.get(pk=merged)
    assert IncidentRow.objects.filter(gone=False).count() == 2
    evidence = shown(both).evidence
    assert len(evidence) == 2
    leaving = "\n".join(evidence[1].claims)
    assert act(reviewer, both, "split", claims=leaving).status_code == 204
    assert IncidentRow.objects.filter(gone=False).count() == 3
    reviewer.post("/undo/", headers=HTMX)
    assert IncidentRow.objects.filter(gone=False).count() == 2
    gone = next(each for each in (row.pk, other.pk) if each != merged)
    assert client_of("reader").get(f"/incidents/{gone}/").headers["Location"] == f"/incidents/{merged}/"


def test_lock_assign_and_comment(client_of: ClientOf) -> None:
    editor, row = client_of("editor"), one()
    assert act(editor, row, "comment", reason="Look at <b>this</b>").status_code == 204
    assert act(editor, one(), "assign", to="reviewer").status_code == 204
    assert act(editor, one(), "lock").status_code == 204
    assert act(editor, one(), "accept").status_code == 422
    page = editor.get(f"/incidents/{row.pk}/").content.decode()
    assert "Look at &lt;b&gt;this&lt;/b&gt;" in page
    assert "assigned to reviewer" in page
    assert "Unlock" in page


def test_an_incident_is_marked_as_sensitive_and_no_longer(client_of: ClientOf) -> None:
    editor, row = client_of("editor"), one()
    assert act(editor, row, "mark_sensitive", level="internal", reason="names a <b>witness</b>").status_code == 204
    assert IncidentRow.objects.get(pk=row.pk).sensitivity == "internal"
    page = client_of("reader").get(f"/incidents/{row.pk}/").content.decode()
    assert "<b>sensitive</b>: nobody outside" in page
    assert "names a &lt;b&gt;witness&lt;/b&gt;" in page
    assert [(change.field, change.now) for change in changes(row.pk, row.version)] == [
        ("sensitivity", "nobody outside")
    ]
    assert told(editor.post("/undo/", headers=HTMX))["said"] == f"Taken back: Marked who may be given it · {row.place}"
    assert IncidentRow.objects.get(pk=row.pk).sensitivity == ""
    act(editor, one(), "mark_sensitive", level="partner")
    assert act(editor, one(), "mark_sensitive", level="").status_code == 204
    assert IncidentRow.objects.get(pk=row.pk).sensitivity == ""
    assert act(editor, one(), "mark_sensitive", level="some").status_code == 422


@pytest.mark.parametrize(("role", "may"), [("reader", False), ("reviewer", False), ("editor", True)])
def test_who_may_not_mark_as_sensitive_is_offered_no_key_for_it(client_of: ClientOf, role: str, may: bool) -> None:
    for path in (f"/incidents/{one().pk}/", "/report/r1"):
        assert ('data-key="p"' in client_of(role).get(path).content.decode()) is may


def test_an_undo_on_a_locked_incident_is_refused_and_says_why(client_of: ClientOf) -> None:
    reviewer, row = client_of("reviewer"), one()
    act(reviewer, row, "accept")
    act(client_of("editor"), one(), "lock")
    answer = reviewer.post("/undo/", headers=HTMX)
    assert answer.status_code == 422
    assert "is locked; unlock it first" in answer.content.decode()
    assert IncidentRow.objects.get(pk=row.pk).status == "accepted"
    assert "Take back" not in reviewer.get(f"/incidents/{row.pk}/").content.decode()
    assert "Take back" in client_of("editor").get(f"/incidents/{row.pk}/").content.decode()  # the lock itself
    act(client_of("editor"), one(), "unlock")
    assert "Take back" in reviewer.get(f"/incidents/{row.pk}/").content.decode()
    assert reviewer.post("/undo/", headers=HTMX).status_code == 204


def test_the_pulse_tells_who_is_there_and_what_changed(client_of: ClientOf) -> None:
    row, reviewer, editor = one(), client_of("reviewer"), client_of("editor")
    pulse = f"/incidents/{row.pk}/pulse/?version={row.version}"
    editor.get(pulse)
    assert "editor" in reviewer.get(pulse).content.decode()
    act(editor, row, "accept")
    said = reviewer.get(pulse).content.decode()
    assert "This has changed since you opened it" in said
    assert "accepted" in said
    assert reviewer.get(f"/incidents/{row.pk}/pulse/?version=x").status_code == 404


def counted(source: str, low: int, group: str = "people", incomplete: bool = False) -> Entry:
    """What a source counts of all people, in words for a group."""
    figure = Figure(outcome="killed", group=group, low=low, high=low, text=str(low), span=(0, 1))  # type: ignore[arg-type]
    return Entry(
        id=f"{source}/{low}",
        outcome="killed",
        group="people",
        low=low,
        high=low,
        precision="exact",
        text=str(low),
        spans=((0, 1),),
        report="r1",
        claim="c1",
        origin="r1",
        published=None,
        voices=(source,),
        sources=(source,),
        kinds=(),
        figures=(figure,),
        incomplete=incomplete,
    )


def test_who_counts_all_is_not_shown_with_counts_of_some() -> None:
    all_of_them, more, hospital = (
        counted("crews", 12),
        counted("crews", 3, incomplete=True),
        counted("clinic", 9, incomplete=True),
    )
    children = counted("paper", 5, group="children")
    assert _whole([more, all_of_them, hospital, children]) == [all_of_them, hospital]
    assert _whole([children]) == [children]


def test_there_is_no_page_of_no_incident(client_of: ClientOf) -> None:
    assert client_of("reader").get("/incidents/i0/").status_code == 404
    assert client_of("editor").post("/incidents/i0/accept/", {"version": 1}, headers=HTMX).status_code == 422
    assert client_of("editor").post(f"/incidents/{one().pk}/destroy/").status_code == 404


def test_undo_passes_over_what_others_took_back(client_of: ClientOf) -> None:
    reviewer, editor, first, second = client_of("reviewer"), client_of("editor"), one(), one(1)
    act(reviewer, first, "accept")
    act(reviewer, second, "accept")
    last = Decision.objects.latest("pk")
    assert editor.post(f"/undo/{last.pk}/", headers=HTMX).status_code == 204
    assert told(reviewer.post("/undo/", headers=HTMX))["incident"] == first.pk
    assert IncidentRow.objects.get(pk=first.pk).status == "open"
    assert reviewer.post("/undo/", headers=HTMX).status_code == 422


@pytest.mark.parametrize("days", [("0001-01-01", "9999-12-31"), ("0001-01-01", ""), ("9999-12-31", "")])
def test_a_mistyped_day_breaks_no_page(client_of: ClientOf, days: tuple[str, str]) -> None:
    reviewer, row = client_of("reviewer"), one()
    given = {"field": "when", "day_from": days[0], "day_to": days[1], "reason": "a slip"}
    assert act(reviewer, row, "correct", **given).status_code == 204
    reviewer.raise_request_exception = False
    for page in ("/", f"/incidents/{row.pk}/", f"/incidents/{row.pk}/others/", "/explore/", "/explore/?step=week"):
        assert reviewer.get(page).status_code == 200, page


@pytest.mark.parametrize("to", ["reader", "nobody"])
def test_an_incident_is_assigned_to_those_who_may_review(client_of: ClientOf, to: str) -> None:
    reviewer, row = client_of("reviewer"), one()
    assert act(reviewer, row, "assign", to=to).status_code == 422
    assert not Decision.objects.exists()
