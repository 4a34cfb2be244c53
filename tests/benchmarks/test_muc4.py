from typing import Any

import pytest

from ascertain.model import Incident, Report
from scorers import muc4
from scorers.tally import Tally

from .made import event, figure, incident, quoted, reading

TEXT = (
    "GUERRILLAS OF THE NORTHERN FRONT [FDN] BLEW UP THE TOWN HALL OF SANTA RITA ON 2 MAY, KILLING THE MAYOR AND "
    "WOUNDING TWO TEACHERS. SOLDIERS LATER BURNED A FARM."
)
REPORT = Report.model_validate({"id": "r1", "text": TEXT, "published": "1989-05-03"})
ACTOR = quoted("GUERRILLAS OF THE NORTHERN FRONT [FDN]", TEXT, role="perpetrator", name="Northern Front")
FIGURES = [
    quoted("THE MAYOR", TEXT, outcome="killed", group="people", low=1, high=1),
    quoted("TWO TEACHERS", TEXT, outcome="injured", group="people", low=2, high=2),
]
BOMBING = event(
    TEXT,
    type="remote_explosive_landmine_ied",
    actors=[ACTOR],
    figures=FIGURES,
    targets=[quoted("THE TOWN HALL", TEXT, type="government")],
)
WHEN = {"start": "1989-05-02", "end": "1989-05-02", "precision": "day"}
INCIDENT = incident(type=BOMBING.type, when=WHEN, where=quoted("SANTA RITA", TEXT))
TEMPLATE: dict[str, Any] = {
    "optional": False,
    "type": ["BOMBING"],
    "date": [{"start": "1989-05-02", "end": "1989-05-02", "kind": "day"}],
    "location": [{"country": "HONDURAS", "places": [{"name": "SANTA RITA", "kind": "TOWN"}], "between": False}],
    "perp_individuals": [{"strings": ["GUERRILLAS"], "optional": False}],
    "perp_organizations": [{"strings": ["NORTHERN FRONT", "FDN"], "optional": False}],
    "physical_targets": [{"strings": ["TOWN HALL"], "optional": False}],
    "human_targets": [
        {"strings": ["MAYOR"], "optional": False, "effect": ["DEATH"]},
        {"strings": ["TEACHERS"], "optional": False, "effect": ["INJURY"]},
    ],
}
KEY = {"relevant": True, "templates": [TEMPLATE]}


def scored(claims: list[Any], incidents: list[Incident], key: dict[str, Any] = KEY) -> dict[str, Tally]:
    return dict(muc4.score(REPORT, reading(*claims, report=REPORT), incidents, key).tallies)


def test_a_perfect_reading_scores_one_everywhere() -> None:
    outcome = muc4.score(REPORT, reading(BOMBING, report=REPORT), [INCIDENT], KEY)
    assert {name: tally.f1 for name, tally in outcome.tallies.items()} == dict.fromkeys(
        ["type", *muc4.SLOTS, "effects", "date", "place", "template", "alignment", "relevance"], 1.0
    )
    assert outcome.mistakes == ()
    assert outcome.tallies["template"] == Tally(8, 8, 8)


def test_a_missed_template_costs_its_required_fillers() -> None:
    tallies = scored([], [])
    assert tallies["template"] == Tally(0, 0, 8)
    assert tallies["relevance"] == Tally(0, 0, 1)


def test_a_false_incident_costs_all_it_says() -> None:
    tallies = scored([BOMBING], [INCIDENT], {"relevant": False, "templates": []})
    assert tallies["template"] == Tally(0, 8, 0)


def test_one_incident_goes_to_one_template() -> None:
    tallies = scored([BOMBING], [INCIDENT], {"relevant": True, "templates": [TEMPLATE, TEMPLATE]})
    assert tallies["alignment"] == Tally(1, 1, 2)
    assert tallies["template"] == Tally(8, 8, 16)


def test_an_optional_template_is_no_miss_and_matching_it_no_false_alarm() -> None:
    key = {"relevant": True, "templates": [{**TEMPLATE, "optional": True}]}
    assert scored([], [], key).get("template", Tally()) == Tally()
    assert scored([BOMBING], [INCIDENT], key)["template"] == Tally(8, 8, 8)


def test_an_optional_filler_need_not_be_given() -> None:
    optional = {
        **TEMPLATE,
        "physical_targets": [*TEMPLATE["physical_targets"], {"strings": ["BRIDGE"], "optional": True}],
    }
    assert scored([BOMBING], [INCIDENT], {"relevant": True, "templates": [optional]})["physical_targets"] == Tally(
        1, 1, 1
    )


def test_the_wrong_type_and_the_wrong_effect_each_cost_one() -> None:
    claim = BOMBING.model_copy(update={"figures": event(TEXT, figures=FIGURES[:1]).figures, "type": "attack"})
    tallies = scored([claim], [incident(type="attack", where=quoted("SANTA RITA", TEXT))])
    assert tallies["type"] == Tally(0, 1, 1)
    assert tallies["human_targets"] == Tally(1, 1, 2)
    assert tallies["effects"] == Tally(1, 1, 2)


def test_nothing_shared_but_the_type_is_no_alignment() -> None:
    other = {**TEMPLATE, "location": [], **{slot: [] for slot in muc4.SLOTS}}
    other["human_targets"] = [{"strings": ["JUDGE"], "optional": False, "effect": ["DEATH"]}]
    tallies = scored([BOMBING], [INCIDENT], {"relevant": True, "templates": [other]})
    assert tallies["alignment"] == Tally(0, 1, 1)
    assert tallies["type"] == Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("event_type", "means", "told", "harmed", "expected"),
    [
        ("abduction_forced_disappearance", [], "", False, "KIDNAPPING"),
        ("attack", ["bomb"], "", True, "BOMBING"),
        ("attack", ["fire"], "", False, "ARSON"),
        ("attack", ["fire"], "", True, "ATTACK"),
        ("looting_property_destruction", ["fire"], "they burned three trucks", True, "ARSON"),
        ("looting_property_destruction", [], "they robbed a bank", True, "ROBBERY"),
        ("crime", [], "thieves stole a car", False, "ROBBERY"),
        ("crime", [], "he killed his neighbour", True, None),
        ("accident", [], "", True, None),
        ("other", [], "called an armed stoppage", False, "FORCED WORK STOPPAGE"),
    ],
)
def test_event_types_fold_into_six(
    event_type: str, means: list[str], told: str, harmed: bool, expected: str | None
) -> None:
    assert muc4.muc_type(event_type, frozenset(means), told, harmed=harmed) == expected


def test_what_the_key_leaves_out_is_left_out() -> None:
    clash = event(TEXT, type="armed_clash", actors=[ACTOR])
    figures = [figure("killed", "security_forces", 2, 2, 2)]
    assert muc4.of_incident(incident(type="armed_clash", figures=figures), [clash], REPORT) is None
    of_civilians = event(TEXT, type="armed_clash", actors=[ACTOR], figures=FIGURES)
    assert muc4.of_incident(incident(type="armed_clash"), [of_civilians], REPORT) is not None
    old = incident(type=BOMBING.type, when={**WHEN, "start": "1980-03-24", "end": "1980-03-24"})
    assert muc4.of_incident(old, [BOMBING], REPORT) is None
    assert muc4.of_incident(INCIDENT, [event(TEXT)], REPORT) is None, "no perpetrator, target or victim"
    denied = BOMBING.model_copy(update={"modality": "denied"})
    assert muc4.of_incident(INCIDENT, [denied], REPORT) is None


def test_an_organisation_is_told_from_its_people() -> None:
    army = event(TEXT, actors=[quoted("SOLDIERS", TEXT, role="perpetrator", kind="state_forces")])
    assert [filler.text for filler in muc4.individuals([army])] == ["SOLDIERS"]
    assert list(muc4.organisations([army])) == []
    front = event(TEXT, actors=[quoted("NORTHERN FRONT", TEXT, role="perpetrator", name="Northern Front")])
    assert list(muc4.individuals([front])) == []
    assert [filler.text for filler in muc4.organisations([front])] == ["NORTHERN FRONT"]
