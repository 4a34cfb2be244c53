from collections import Counter
from itertools import islice

import pytest
from rich.console import Console

import linking
from ascertain.model import EventClaim, Reading, TollClaim
from corpus.claims import readings, report_id, report_number
from scorers import growth

CLAIMS = 1500


def test_made_readings_are_valid_and_the_same_for_a_seed() -> None:
    made = list(readings(seed=7, claims=CLAIMS))
    assert made == list(readings(seed=7, claims=CLAIMS))
    assert made != list(readings(seed=8, claims=CLAIMS))
    for reading, _ in made[::10]:
        assert Reading.model_validate_json(reading.model_dump_json()) == reading
    assert CLAIMS <= sum(len(reading.claims) for reading, _ in made) < CLAIMS + 4


def test_more_claims_begin_with_the_same_ones() -> None:
    few = list(readings(seed=7, claims=CLAIMS))
    assert list(islice(readings(seed=7, claims=10 * CLAIMS), len(few))) == few


def test_made_claims_have_the_troubles_of_real_ones() -> None:
    claims = [claim for reading, _ in readings(seed=7, claims=5000) for claim in reading.claims]
    events = [claim for claim in claims if isinstance(claim, EventClaim)]
    assert any(isinstance(claim, TollClaim) for claim in claims)
    assert any(claim.when is None for claim in events)
    assert any(claim.where is None for claim in events)
    precisions = {claim.where.precision for claim in events if claim.where}
    assert precisions == {"region", "town", "neighbourhood"}
    per_incident = Counter(number for _, number in readings(seed=7, claims=5000))
    assert per_incident.most_common(1)[0][1] > 20


def test_ids_are_told_apart_and_lead_back() -> None:
    ids = [report_id(number) for number in range(5000)]
    assert len(set(ids)) == 5000
    assert [report_number(name) for name in ids] == list(range(5000))


def test_a_report_in_no_incident_is_alone() -> None:
    assert growth.agreement([[0, 1], []], [4, 4, 5]).f1 == 1.0
    assert growth.agreement([], [4, 4, 5]).recall == pytest.approx(2 / 3)


def test_linking_is_measured_in_a_process_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert linking.main(["--width", "120", "scale", "--claims", "300,900"]) == 0
    shown = capsys.readouterr().out
    assert "Time grows with the number of claims" in shown


def test_a_table_tells_time_memory_and_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    measured = growth.measure(300, 7)
    Console(width=120).print(growth.table([measured]))
    assert f"{measured.b3:.3f}" in capsys.readouterr().out
    assert measured.due < measured.reports < measured.claims
    assert growth.exponent([measured]) is None
