"""The parameters by which pairs are scored and clusters made, read from a file that people can read.

In: `model.toml`. Out: a `LinkModel`. The file says what each number means.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from ascertain.incidents.linking.words import WordCounts, background
from ascertain.model import DataFileError

_Share = Annotated[float, Field(gt=0, lt=1)]


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: where `condition` (SQL) holds, pairs weigh log2(`m` / `u`); `says` is the reason.

    A level without `m` and `u` is that of what is not known: it weighs nothing.
    """

    condition: str
    says: str
    m: float | None
    u: float | None

    @property
    def weight(self) -> float:
        """In bits; 0 where nothing is known."""
        return math.log2(self.m / self.u) if self.m and self.u else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One respect in which two events are compared; the first level whose condition holds counts."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class LinkModel:
    """How alike two tellings must be to be one event.

    Attributes:
        prior: the share of compared pairs that are one event.
        missing: the weight, in bits, of a pair that is never compared.
        join_above: clusters are joined while the mean weight of their pairs is above this.
        undated_above: the same for pairs in which a side has no date at all.
        silent_above: the same for pairs in which a side claims nothing.
        near_above: the same for pairs of one town and day.
        near: the condition (SQL) by which a pair is that.
        families: the family of each type of event that has one.
        plain: words that name no neighbourhood by themselves.
        hours: the part of the day that a word tells.
        nobody: words for perpetrators that name none.
        comparisons: in what respects pairs are compared.
        words: how common each word is.
    """

    prior: float
    missing: float
    join_above: float
    undated_above: float
    silent_above: float
    near_above: float
    near: str
    families: Mapping[str, str]
    plain: frozenset[str]
    hours: Mapping[str, str]
    nobody: frozenset[str]
    comparisons: tuple[Comparison, ...]
    words: WordCounts

    def family(self, kind: str) -> str:
        """The family of a type of event; a type without one is its own."""
        return self.families.get(kind, kind)

    @property
    def by_words(self) -> tuple[str, ...]:
        """The comparisons that go by how alike the words are."""
        return tuple(each.name for each in self.comparisons if any("alike" in lv.condition for lv in each.levels))

    def counting(self, words: WordCounts) -> LinkModel:
        """The same model with other counts of words."""
        return replace(self, words=words)


class _Table(BaseModel):
    """A table of the file: what it may hold, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _LevelTable(_Table):
    condition: str = Field(alias="if")
    says: str | None = None
    m: _Share | None = None
    u: _Share | None = None

    @model_validator(mode="after")
    def _whole(self) -> _LevelTable:
        if len({value is None for value in (self.says, self.m, self.u)}) > 1:
            raise ValueError("says, m and u belong together: a level has all of them, or none where nothing is known")
        return self


class _ComparisonTable(_Table):
    name: str
    levels: list[_LevelTable] = Field(min_length=1)

    @model_validator(mode="after")
    def _total(self) -> _ComparisonTable:
        if self.levels[-1].condition != "ELSE":
            raise ValueError("the last level is not ELSE, so some pairs would have none")
        return self


class _SpotsTable(_Table):
    plain: list[str]


class _PartiesTable(_Table):
    nobody: list[str]


class _File(_Table):
    prior: _Share
    missing: FiniteFloat
    join_above: FiniteFloat
    undated_above: FiniteFloat
    silent_above: FiniteFloat
    near_above: FiniteFloat
    near: str
    families: dict[str, list[str]]
    spots: _SpotsTable
    hours: dict[str, list[str]]
    parties: _PartiesTable
    comparison: list[_ComparisonTable] = Field(min_length=1)


@cache
def shipped() -> LinkModel:
    """The model that comes with the package.

    >>> [comparison.name for comparison in shipped().comparisons][:3]
    ['when', 'where', 'spot']
    """
    return read_model(Path(str(files("ascertain.incidents.linking") / "model.toml")))


def read_model(path: Path) -> LinkModel:
    """The model in a file.

    Raises:
        DataFileError: the file is not there, is no TOML, or a part of it is missing or out of range.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise DataFileError(f"cannot be read ({error})", source=str(path), remedy="mend or replace the file") from error
    return model_in(text, source=str(path))


def model_in(text: str, *, source: str) -> LinkModel:
    """The model that a file's text is, with the counts of words that come with the package.

    Raises:
        DataFileError: it is no TOML, or a part of it is missing or out of range.
    """
    try:
        file = _File.model_validate(tomllib.loads(text))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        problem = f"is no model of links ({faults})"
        raise DataFileError(problem, source=source, remedy="compare it with the one that comes along") from error
    except ValueError as error:
        raise DataFileError(f"cannot be read ({error})", source=source, remedy="mend or replace the file") from error
    return LinkModel(
        prior=file.prior,
        missing=file.missing,
        join_above=file.join_above,
        undated_above=file.undated_above,
        silent_above=file.silent_above,
        near_above=file.near_above,
        near=file.near,
        families={kind: family for family, kinds in file.families.items() for kind in kinds},
        plain=frozenset(file.spots.plain),
        hours={word: hour for hour, words in file.hours.items() for word in words},
        nobody=frozenset(file.parties.nobody),
        comparisons=tuple(_comparison(each) for each in file.comparison),
        words=background(),
    )


def as_toml(model: LinkModel) -> str:
    """The model as a file that `read_model` reads; the counts of words are not in it.

    >>> as_toml(shipped()).splitlines()[2]
    'prior = 0.01'
    """
    kinds: dict[str, list[str]] = {}
    hours: dict[str, list[str]] = {}
    for table, pairs in ((kinds, model.families), (hours, model.hours)):
        for word, name in pairs.items():
            table.setdefault(name, []).append(word)
    numbers = ("prior", "missing", "join_above", "undated_above", "silent_above", "near_above")
    parts = [
        "# The parameters by which the reports of this record were linked. Their meaning: docs/linking.md.\n",
        *(f"{name} = {getattr(model, name)!r}" for name in numbers),
        f"near = {json.dumps(model.near)}",
        *_section("families", kinds),
        *_section("spots", {"plain": sorted(model.plain)}),
        *_section("hours", hours),
        *_section("parties", {"nobody": sorted(model.nobody)}),
        *(line for comparison in model.comparisons for line in _lines(comparison)),
    ]
    return "\n".join(parts) + "\n"


def _section(name: str, lists: Mapping[str, list[str]]) -> list[str]:
    return [f"\n[{name}]", *(f"{key} = {json.dumps(words, ensure_ascii=False)}" for key, words in lists.items())]


def _lines(comparison: Comparison) -> list[str]:
    levels = [f"  {{ {_level_as_toml(level)} }}," for level in comparison.levels]
    return ["\n[[comparison]]", f"name = {json.dumps(comparison.name)}", "levels = [", *levels, "]"]


def _level_as_toml(level: Level) -> str:
    known = f", says = {json.dumps(level.says)}, m = {level.m:.4g}, u = {level.u:.4g}" if level.m and level.u else ""
    return f"if = {json.dumps(level.condition)}{known}"


def _comparison(table: _ComparisonTable) -> Comparison:
    levels = (Level(level.condition, level.says or "not known", level.m, level.u) for level in table.levels)
    return Comparison(table.name, tuple(levels))
