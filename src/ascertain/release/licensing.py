"""Under what terms a release is given, and how it is cited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ascertain.model import SettingsError
from ascertain.release.profiles import ProfileName
from ascertain.taxonomy import read_table

_PLACES = """\
Names and positions of places are from GeoNames (https://www.geonames.org/), CC BY 4.0, and from gazetteers that those
who made the release added. Event types are ACLED's words, and codes of layouts ACLED's and UCDP's; this release is
not theirs, nor endorsed by them.
"""


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms: their SPDX identifier, name, address (`None` where nothing is allowed), and what they mean."""

    id: str
    name: str
    url: str | None
    means: str


@cache
def licences() -> Mapping[str, Licence]:
    """The licences that can be chosen."""
    rows = read_table(files(__package__) / "licences.tsv", ("id", "name", "url", "means"), key="id")
    return {row["id"]: Licence(row["id"], row["name"], row["url"].strip("-") or None, row["means"]) for row in rows}


def licence_for(profile: ProfileName, chosen: str | None) -> Licence:
    """The licence that was chosen; CC BY 4.0 for a public release where none was, and none for the others.

    >>> licence_for("public", None).id, licence_for("partner", None).id, licence_for("public", "CC0-1.0").id
    ('CC-BY-4.0', 'none', 'CC0-1.0')

    Raises:
        SettingsError: it is not known.
    """
    name = chosen or ("CC-BY-4.0" if profile == "public" else "none")
    if name not in licences():
        raise SettingsError(f"--licence {name}: is not known; choose one of {', '.join(licences())}")
    return licences()[name]


def licence_text(licence: Licence, cite: str) -> str:
    """What the file LICENCE says."""
    terms = f"{licence.name} ({licence.id})\n{licence.url}\n\n" if licence.url else "No licence\n\n"
    return f"{terms}{licence.means}\n\nCite it as: {cite}\n\n{_PLACES}"


def citation_file(*, title: str, by: str, version: str, day: str, licence: Licence) -> str:
    """CITATION.cff, in the Citation File Format 1.2.0."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use this data, please cite it as below.",
        "type": "dataset",
        "title": title,
        "version": version,
        "date-released": day,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    lines += ["authors:", f"  - name: {json.dumps(by, ensure_ascii=False)}"]
    if licence.url:
        lines += [f"license: {licence.id}", f"license-url: {json.dumps(licence.url)}"]
    return "\n".join(lines) + "\n"


def cite_as(*, title: str, by: str, version: str, year: int) -> str:
    """How a release is cited, in a line.

    >>> cite_as(title="Attacks on markets", by="Tide Watch", version="2024-03-15-4f2a", year=2024)
    'Tide Watch (2024): Attacks on markets. Release 2024-03-15-4f2a [data set].'
    """
    return f"{by} ({year}): {title}. Release {version} [data set]."
