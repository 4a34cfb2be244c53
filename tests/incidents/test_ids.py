from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.linking.records import WORDS, events, place, strike, told
from tests.pipeline.tiny_reader import TinyReader

from ascertain.incidents import build
from ascertain.incidents.events import Event
from ascertain.incidents.ids import id_of, name
from ascertain.model import Incident, Reading, Report
from ascertain.pipeline import RunSettings, run
from ascertain.pipeline.journal import issued_in

EVENTS = [
    event
    for n in range(6)
    for event in events(told(f"r{n}", strike(None, None), published=f"2024-03-0{1 + n // 2}" if n != 2 else None))
]

Record = Sequence[Sequence[Event]]


def named(record: Record, issued: frozenset[str] = frozenset()) -> list[tuple[str, tuple[str, ...]]]:
    return [name(group, issued) for group in record]


def given_out(record: Sequence[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    """What a results folder would hold of these ids."""
    return frozenset(id for first, formerly in record for id in (first, *formerly))


@st.composite
def records(draw: st.DrawFn) -> list[list[Event]]:
    """The six events in groups, however they may fall."""
    groups: dict[int, list[Event]] = {}
    for event in draw(st.permutations(EVENTS)):
        groups.setdefault(draw(st.integers(0, 5)), []).append(event)
    return list(groups.values())


def test_an_id_is_short_and_always_the_same() -> None:
    assert id_of(EVENTS[0]) == "i7b104b5a2416"
    assert len({id_of(event) for event in EVENTS}) == len(EVENTS)


@given(st.permutations(EVENTS))
def test_the_order_of_events_does_not_matter(shuffled: list[Event]) -> None:
    assert name(shuffled) == name(EVENTS)


def test_the_report_published_first_founds_a_new_incident() -> None:
    undated, first, later = EVENTS[2], EVENTS[0], EVENTS[4]
    assert name([undated, later, first]) == (id_of(first), ())


def test_a_report_that_claims_nothing_founds_an_incident_only_among_its_like() -> None:
    (silent,) = events(told("r0", published="2020-01-01"))
    assert name([silent, EVENTS[4]])[0] == id_of(EVENTS[4])
    assert name([silent])[0] == id_of(silent)


def test_an_incident_that_grows_keeps_its_id_though_an_earlier_report_comes() -> None:
    id, _ = name(EVENTS[4:])
    assert name(EVENTS, {id}) == (id, ())


def test_merging_leaves_the_other_id_in_formerly() -> None:
    (one, _), (other, _) = before = named([EVENTS[:2], EVENTS[4:]])
    assert name(EVENTS, given_out(before)) == (one, (other,))


def test_three_that_are_merged_in_turn_are_all_remembered() -> None:
    first = named([EVENTS[:1], EVENTS[1:4], EVENTS[4:]])
    second = named([EVENTS[:4], EVENTS[4:]], given_out(first))
    ((id, formerly),) = named([EVENTS], given_out(second))
    assert {id, *formerly} == given_out(first)


@given(records(), records())
def test_merge_then_split_restores(before: Record, between: Record) -> None:
    first = named(before)
    then = named(between, given_out(first))
    assert {id for id, _ in first} <= given_out(then)
    assert [id for id, _ in named(before, given_out(named([EVENTS], given_out(first))))] == [id for id, _ in first]


@settings(max_examples=50)
@given(st.lists(records(), min_size=1, max_size=5))
def test_an_id_is_never_another_incidents(history: list[Record]) -> None:
    issued: frozenset[str] = frozenset()
    for record in history:
        found = named(record, issued)
        ids = [id for first, formerly in found for id in (first, *formerly)]
        assert len(ids) == len(set(ids))
        assert issued <= set(ids)
        for (id, _), group in zip(found, record, strict=True):
            assert id in {id_of(event) for event in group}
        issued = frozenset(ids)


def test_an_id_that_no_event_has_any_more_leads_nowhere() -> None:
    assert name(EVENTS[:2], {"i000000000000"}) == name(EVENTS[:2])


def incidents_of(readings: Sequence[Reading], before: Sequence[Incident] = ()) -> list[Incident]:
    issued = frozenset(id for incident in before for id in (incident.id, *incident.formerly))
    return list(build(readings, issued=issued))


def test_two_incidents_that_a_report_bridges_are_one_under_the_older_id() -> None:
    ferry = told("r2", strike("2024-03-01", place(15, 30), 9), words=WORDS, published="2024-03-02")
    again = told("r3", strike("2024-03-01", place(15, 30), 9), words=WORDS, published="2024-03-03")
    alone = told("r1", strike("2024-03-01", place(15, 30), 9), words=WORDS, published="2024-03-01")
    (first,) = incidents_of([ferry])
    (grown,) = incidents_of([alone, ferry, again], [first])
    assert (grown.id, grown.formerly) == (first.id, ())
    (apart,) = incidents_of([again])
    (merged,) = incidents_of([alone, ferry, again], [first, apart])
    assert (merged.id, merged.formerly) == (first.id, (apart.id,))
    assert [i.id for i in incidents_of([ferry], [merged])] == [first.id]
    assert [i.id for i in incidents_of([again], [merged])] == [apart.id]


# --- a folder of results that is built anew -------------------------------------------------------------------------

NEWS = {
    "a": ("2024-03-03", "An air strike hit the ferry landing in Kassala, Sudan, on 2 March 2024, killing 14 people."),
    "b": ("2024-03-09", "Gunmen shot dead two teachers in Gulu, Uganda, on 8 March 2024, the mayor said."),
    "c": ("2024-03-04", "The air strike on the Kassala ferry landing in Sudan on 2 March 2024 killed 14 people."),
    "d": ("2024-03-02", "On 2 March 2024 an air strike killed 14 people at a ferry landing in Kassala, Sudan."),
}


class StrikeReader(TinyReader):
    """Knows the two events of the news."""

    def reading(self, report: Report) -> Reading:
        kassala = strike("2024-03-02", place(15.45, 36.4, name="Kassala"), 14)
        gulu = strike("2024-03-08", place(2.77, 32.3, name="Gulu"), 2)
        return Reading(report=report.header, claims=(kassala if "Kassala" in report.text else gulu,))


def published(folder: Path, *ids: str) -> Path:
    path = folder / "reports.jsonl"
    rows = [{"id": id, "published": NEWS[id][0], "text": NEWS[id][1]} for id in ids]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def run_again(folder: Path, *ids: str) -> dict[tuple[str, ...], Incident]:
    """The incidents of a run over these reports, into the folder of the run before, by their reports."""
    run(
        [str(published(folder, *ids))],
        folder / "out",
        settings=RunSettings(workers=1, reader=StrikeReader(), replace=True),
    )
    lines = (folder / "out" / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    return {incident.reports: incident for incident in map(Incident.model_validate_json, lines)}


def test_a_folder_built_anew_with_more_reports_keeps_its_ids(tmp_path: Path) -> None:
    first = run_again(tmp_path, "a", "b")
    second = run_again(tmp_path, "d", "c", "b", "a")
    assert second["a", "c", "d"].id == first["a",].id
    assert second["b",].id == first["b",].id
    assert all(incident.formerly == () for incident in second.values())


def test_a_folder_built_anew_with_fewer_reports_keeps_its_ids(tmp_path: Path) -> None:
    first = run_again(tmp_path, "a", "b", "c")
    second = run_again(tmp_path, "a", "b")
    assert second["b",].id == first["b",].id
    assert second["a",].id == first["a", "c"].id


def test_folders_built_from_nothing_have_the_same_ids(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    ids = random.Random(5).sample(list(NEWS), 4)
    assert {i.id for i in run_again(one, *NEWS).values()} == {i.id for i in run_again(other, *ids).values()}


@pytest.mark.parametrize("bad", ["", "{", "[1]", '{"formerly": ["i1"]}'])
def test_results_that_cannot_be_read_give_out_no_ids(tmp_path: Path, bad: str) -> None:
    (tmp_path / "incidents.jsonl").write_text(bad + "\n", encoding="utf-8")
    assert issued_in(tmp_path) == frozenset()
