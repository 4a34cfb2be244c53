"""Why an incident is as it is, over folders of results made by hand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from ascertain.incidents import build
from ascertain.incidents.policies import POLICIES
from ascertain.incidents.sketch import sketch
from ascertain.incidents.why import Why, explain
from ascertain.model import EventClaim, Incident, InputError, Reading, Report, SettingsError, TollClaim

from .made import DJIBO, event, figure, on
from .told import speaker

MARKET = "Gunmen on motorbikes attacked the cattle market at Djibo on Friday, and the stalls of the tanners burned."
AGAIN = "At Djibo, traders say that masked gunmen came for the cattle on market day; 13 of them lie in the morgue."
POLICE = "Djibo police counted the dead of the attack: 13, shot among the cattle pens by gunmen who rode off east."
LORRY = "A lorry of the sugar company was blown up by a mine near Djibo on Friday, north of the river ford."
RESTS = (
    "Witnesses heard glass shatter before dawn, and dogs barked.",
    "An ambulance blocked traffic while officers searched roofs.",
    "Customers hid beneath desks until firemen arrived outside.",
    "Her sister, reached by telephone, wept and asked for calm.",
    "Cameras recorded masked figures carrying leather bags away.",
    "Neighbours described engines revving, then sudden silence.",
    "Investigators collected cartridges near an overturned van.",
    "Union leaders demanded guards, alarms and better lighting.",
)
DAY = on("2024-03-01")


def reading(
    id: str, text: str, *claims: EventClaim | TollClaim, published: str = "2024-03-02", by: str = ""
) -> Reading:
    report = Report(id=id, text=text, published=dt.date.fromisoformat(published), publisher=by or None)
    return Reading(report=report.header, claims=claims, sketch=sketch(report))


def killed(words: str, low: int, high: int | None, by: str = "", **more: object) -> EventClaim:
    fields = {"when": DAY, "where": DJIBO, "said_by": (speaker(by),) if by else (), "evidence": ((0, 100),)}
    return event(figure(words, low, high), **{**fields, **more})  # type: ignore[arg-type]


def record() -> list[Reading]:
    """One attack in four reports, of which one is a copy and one tells of a mine too, and a strike far away."""
    mine = killed("two men", 2, 2, id="c2", event="e2", type="remote_explosive_landmine_ied", evidence=((105, 200),))
    toll = TollClaim(id="c3", evidence=((0, 10),), figures=(figure("300 people", 300, 300),))
    return [
        reading("r1", MARKET, killed("at least nine people", 9, None, "the hospital/medical"), by="Valley Voice"),
        reading("r2", MARKET, killed("at least nine people", 9, None, "the hospital/medical"), by="Oasis TV"),
        reading("r3", f"{AGAIN} {LORRY}", killed("13 people", 13, 13), mine, toll, published="2024-03-03"),
        reading("r4", POLICE, killed("13", 13, 13, "police/official"), published="2024-03-04"),
        reading("r5", "Jets bombed Goma.", event(figure("40 people", 40, 40), when=on("2023-01-01"))),
    ]


def written(folder: Path, readings: Sequence[Reading], incidents: Iterable[Incident] | None = None) -> list[Incident]:
    made = list(build(readings) if incidents is None else incidents)
    for name, values in (("claims", readings), ("incidents", made)):
        lines = "".join(f"{value.model_dump_json()}\n" for value in values)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Incident]]:
    folder = tmp_path_factory.mktemp("results")
    return folder, written(folder, record())


@pytest.fixture(scope="module")
def attack(made: tuple[Path, list[Incident]]) -> Why:
    folder, incidents = made
    (id,) = [incident.id for incident in incidents if len(incident.reports) > 1]
    return explain(id, folder)


def test_the_answer_agrees_with_every_incident_of_the_record(made: tuple[Path, list[Incident]]) -> None:
    folder, incidents = made
    for incident in incidents:
        why = explain(incident.id, folder)
        assert why.incident == incident
        assert why.notes == ()
        assert len(why.sources) == incident.sources
        assert why.grading.grade == incident.grading
        told = [(f.outcome, f.group, f.low.value, f.best.value, f.high.value) for f in why.figures]
        assert told == [(f.outcome, f.group, f.low, f.best, f.high) for f in incident.figures]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_figures_are_explained_by_the_policy_that_chose_them(policy: str, tmp_path: Path) -> None:
    for incident in written(tmp_path, record(), build(record(), policy=policy)):
        why = explain(incident.id, tmp_path)
        assert (why.incident.policy, why.notes) == (policy, ())
        assert {figure.policy for figure in why.figures} <= {policy}


def test_sources_are_named_in_the_words_of_the_reports(attack: Why) -> None:
    assert {(source.name, source.reports) for source in attack.sources} == {
        ("the hospital (r1)", ("r1", "r2")),
        ("police (r4)", ("r4",)),
        ("report r3 itself", ("r3",)),
    }


def test_a_copy_is_told_with_what_it_copies_and_why(attack: Why) -> None:
    copies = {carrier.report: carrier for carrier in attack.reports if carrier.copy_of}
    assert copies["r2"].copy_of == "r1"
    assert "runs of words stand in r1" in copies["r2"].because[0]


def test_the_best_number_leads_to_the_words_that_say_it(attack: Why) -> None:
    (people,) = [figure for figure in attack.figures if figure.group == "people"]
    known = {entry.id: entry for entry in attack.ledger}
    assert {(known[id].words, known[id].report) for id in people.best.entries} == {("13 people", "r3"), ("13", "r4")}
    assert people.rule
    assert people.best.because


def test_the_ledger_tells_what_became_of_each_count(attack: Why) -> None:
    states = {(entry.report, entry.words): entry.state for entry in attack.ledger}
    assert states == {
        ("r1", "at least nine people"): "current",
        ("r2", "at least nine people"): "copy",
        ("r3", "13 people"): "current",
        ("r3", "300 people"): "toll",
        ("r4", "13"): "current",
    }
    assert all(entry.because for entry in attack.ledger if entry.state != "current")


def test_the_reasons_of_a_join_add_up_to_its_weight(attack: Why) -> None:
    assert [join.report for join in attack.joins] == ["r1", "r2", "r3", "r4"]
    for join in attack.joins:
        assert join.bits is not None
        assert sum(reason.bits for reason in join.reasons) == pytest.approx(join.bits, abs=0.6)


def test_reasons_are_told_with_the_values_of_the_pair(attack: Why) -> None:
    told = {reason.text for join in attack.joins for reason in join.reasons}
    assert "same day (2024-03-01)" in told
    assert any(text.startswith("0 km apart, within both radii") for text in told)
    assert any(text.startswith("at least 9 against 13 killed, ") for text in told)


def test_a_report_is_in_by_others_than_its_copies_and_a_copy_by_what_it_copies(attack: Why) -> None:
    like = {join.report: join.like for join in attack.joins}
    assert like["r1"] != "r2/c1"
    assert like["r2"] == "r1/c1"


def test_what_one_report_tells_apart_is_a_near_miss(attack: Why) -> None:
    (mine,) = [miss for miss in attack.near_misses if miss.event == "r3/c2"]
    assert mine.parting == "one_report"
    assert mine.because == "report r3 tells of both as two events"
    assert {reason.bits > 0 for reason in mine.reasons} == {True, False}
    assert "killed" in mine.what


def test_look_alikes_that_words_divide_are_told_with_the_words(tmp_path: Path) -> None:
    north = [f"Robbers shot a teller at the Banstead branch on Orchard lane. {rest}" for rest in RESTS[:4]]
    south = [f"Robbers shot a teller at the Wellington branch on Harbour quay. {rest}" for rest in RESTS[4:]]
    around = DJIBO.model_copy(update={"radius_km": 80.0})
    readings = [
        reading(f"r{n}", text, event(id="c1", type="attack", when=DAY, where=around, evidence=((0, 90),)))
        for n, text in enumerate(north + south)
    ]
    one, other = ([r for n, r in enumerate(readings) if n // 4 == side] for side in (0, 1))
    halves = [incident for half in (one, other) for incident in build(half)]
    assert [len(incident.reports) for incident in halves] == [4, 4]
    written(tmp_path, readings, halves)
    (miss,) = explain(halves[0].id, tmp_path).near_misses
    assert miss.parting == "words"
    assert miss.because.startswith("their words divide them: 'banstead', ")
    here, there = miss.marks
    assert "banstead" in here
    assert "wellington" in there
    (seen_from_there,) = explain(halves[1].id, tmp_path).near_misses
    assert seen_from_there.marks == (there, here)


def test_a_report_in_which_nothing_happened_is_shown_by_its_first_sentence(tmp_path: Path) -> None:
    silent = reading("r6", MARKET.replace("Friday", "that Friday"), by="Echo")
    (attack_,) = [incident for incident in written(tmp_path, [*record(), silent]) if "r6" in incident.reports]
    carriers = {carrier.report: carrier for carrier in explain(attack_.id, tmp_path).reports}
    assert carriers["r6"].opening == (0, len(MARKET) + len("that "))
    assert [carrier.opening for id, carrier in carriers.items() if id != "r6"] == [None, None, None, None]


def test_an_id_that_leads_to_another_is_followed_and_told(tmp_path: Path) -> None:
    made = written(tmp_path, record())
    moved = [incident.model_copy(update={"formerly": (f"{incident.id}-old",)}) for incident in made]
    written(tmp_path, record(), moved)
    why = explain(f"{made[0].id}-old", tmp_path)
    assert (why.asked, why.incident.id) == (f"{made[0].id}-old", made[0].id)
    assert why.notes == (f"{made[0].id}-old leads here: that incident has become part of {made[0].id}",)


def test_results_of_another_version_are_told(tmp_path: Path) -> None:
    made = written(tmp_path, record())
    written(tmp_path, record(), [incident.model_copy(update={"figures": ()}) for incident in made])
    assert "another version" in explain(made[0].id, tmp_path).notes[0]


def test_a_run_apart_has_no_joins_and_says_so(tmp_path: Path) -> None:
    made = written(tmp_path, record(), build(record(), apart=True))
    (tmp_path / "run.json").write_text(json.dumps({"apart": True}))
    why = explain(made[0].id, tmp_path)
    assert (why.joins, why.near_misses) == ((), ())
    assert "--apart" in why.notes[0]


def test_readings_without_a_sketch_are_explained_too(tmp_path: Path) -> None:
    bare = [each.model_copy(update={"sketch": None}) for each in record()]
    for incident in written(tmp_path, bare):
        assert explain(incident.id, tmp_path).incident == incident


def test_an_unknown_id_is_told_with_the_nearest(made: tuple[Path, list[Incident]]) -> None:
    folder, incidents = made
    id = incidents[0].id
    with pytest.raises(SettingsError, match=f"is {id} meant"):
        explain(id[:6], folder)
    with pytest.raises(SettingsError, match=f"is {id} meant"):
        explain(f"{id[:-1].upper()}x", folder)
    with pytest.raises(SettingsError, match="lists those that are there"):
        explain("nothing like it", folder)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((), "holds no claims.jsonl and no incidents.jsonl"),
        (("claims.jsonl",), "holds no incidents.jsonl"),
        (("claims.jsonl.part",), "is not finished"),
    ],
)
def test_a_folder_without_results_is_told(files: tuple[str, ...], message: str, tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(SettingsError, match=message):
        explain("i1", tmp_path)
    with pytest.raises(SettingsError, match="no such folder"):
        explain("i1", tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["claims.jsonl", "incidents.jsonl"])
@pytest.mark.parametrize("line", ["{broken", "[]", '{"id": 1}', '{"id": "i1", "report": {"id": "r1"}, "claims": [{}]}'])
def test_a_damaged_line_is_named(name: str, line: str, tmp_path: Path) -> None:
    made = written(tmp_path, record())
    whole = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(f"{line}\n{whole}", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}:1: is no line of results"):
        explain(made[-1].id, tmp_path)


def test_a_report_that_is_missing_from_the_claims_is_named(tmp_path: Path) -> None:
    made = written(tmp_path, record())
    (tmp_path / "claims.jsonl").write_text("")
    with pytest.raises(InputError, match="lacks the report r"):
        explain(made[0].id, tmp_path)
