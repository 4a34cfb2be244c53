"""The benchmark of large gazetteers, run on a small one."""

import pytest

import gazetteer


def test_lookups_in_a_made_up_dump_stay_within_their_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert gazetteer.main(["--rows", "5000", "--lookups", "400", "--check"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "lookup in ms, median" in told.out


def test_what_is_above_its_most_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    figures = dict.fromkeys(gazetteer.SHOWN, 0.0) | {"lookup_ms_median": 2.0, "adding_mb": 5000.0}
    monkeypatch.setattr(gazetteer, "measured", lambda *_: figures)
    assert gazetteer.main(["--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "gazetteer: adding_mb: 5000.000 is above the ceiling 400.000",
        "gazetteer: lookup_ms_median: 2.000 is above the ceiling 0.100",
    ]
    assert gazetteer.main([]) == 0
