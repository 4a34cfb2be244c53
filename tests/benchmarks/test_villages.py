"""The benchmark of villages that only an added gazetteer knows, run on a small dump."""

from pathlib import Path

import pytest

import villages


def test_villages_are_found_after_the_dump_is_added(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "reports.jsonl"
    texts.write_text('{"id": "1", "text": "Shells fell on Djibo, Burkina Faso."}\n', encoding="utf-8")
    monkeypatch.setattr(villages, "GOLD", texts)
    monkeypatch.setattr(villages, "ASKED", 40)
    assert villages.main(["--villages", "300"]) == 0
    told = capsys.readouterr().out
    assert "places of 40 found" in told
    assert "gold/dev: 1 texts, 2 places before, 2 after; 0 put at a village" in told


def test_the_same_seed_makes_the_same_dump() -> None:
    assert list(villages.rows(villages.villages(50, 3))) == list(villages.rows(villages.villages(50, 3)))
    assert villages.villages(50, 3) != villages.villages(50, 4)
