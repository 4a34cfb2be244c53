"""Profiles: what a release leaves out or coarsens, by whom it is for. The rules and reasons are in `profiles.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from ascertain.model import DataFileError, SettingsError, TargetType

ProfileName = Literal["public", "partner", "internal"]
Addresses = Literal["none", "site", "whole"]
PROFILES: tuple[ProfileName, ...] = get_args(ProfileName)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of release gives, as `profiles.toml` explains; `held_back` names what it does not give, and
    `left_out` tells it in sentences."""

    name: ProfileName
    given: frozenset[str]
    words: bool
    addresses: Addresses
    exact_cell: float
    protected_cell: float
    sources: bool
    protected_targets: frozenset[str]
    exact_precisions: frozenset[str]
    exact_radius_km: float
    source_kinds: frozenset[str]
    held_back: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def is_for_everybody(self) -> bool:
        """Whether nothing is given that people marked as sensitive."""
        return not any(self.given)


def profile_named(name: str) -> Profile:
    """The profile of a name.

    >>> profile_named("public").words, profile_named("internal").left_out
    (False, ())

    Raises:
        SettingsError: there is none of that name.
    """
    for known in PROFILES:
        if known == name:
            return _profiles()[known]
    raise SettingsError(f"--profile {name}: no such profile; choose one of {', '.join(PROFILES)}")


@cache
def _profiles() -> dict[ProfileName, Profile]:
    path = files(__package__) / "profiles.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = set(data["protected"]["targets"]) - set(get_args(TargetType))
        if unknown:
            raise ValueError(f"no kind of target {min(unknown)!r}")
        return {name: _profile(name, data) for name in PROFILES}
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(
            f"has a fault ({error})", source=str(path), remedy="write it as its comments say"
        ) from error


def _profile(name: ProfileName, data: dict[str, Any]) -> Profile:
    own, protected, reasons = data[name], data["protected"], data["reasons"]
    everything = data["internal"]
    held_back = tuple(key for key in reasons if own[key] != everything[key])
    return Profile(
        name=name,
        given=frozenset(own["given"]),
        words=bool(own["words"]),
        addresses=own["addresses"],
        exact_cell=float(own["exact_cell"]),
        protected_cell=float(own["protected_cell"]),
        sources=bool(own["sources"]),
        protected_targets=frozenset(protected["targets"]),
        exact_precisions=frozenset(protected["precisions"]),
        exact_radius_km=float(protected["radius_km"]),
        source_kinds=frozenset(protected["source_kinds"]),
        held_back=held_back,
        left_out=tuple(reasons[key] for key in held_back),
    )
