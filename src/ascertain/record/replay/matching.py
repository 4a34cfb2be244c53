"""Claims of a new reading, named as those of the earlier readings that say the same.

In: the claims that a report had, and those that a new version of the reader finds. Out: the new ones, each under the id
of the old one that stands on the same words, else under an id that the report never had. So a decision about `r1/c3`
is about the same words for ever, and the id of an incident never comes to mean another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from ascertain.model import Claim, EventClaim


def named_as_before(new: Sequence[Claim], before: Sequence[Claim], used: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The new claims under their lasting ids, in their order.

    Args:
        new: what the new version read.
        before: what the report claimed until now.
        used: ids that the report's claims had at any time before.
    """
    pairs = sorted(
        (-_likeness(claim, old), place, at)
        for place, claim in enumerate(new)
        for at, old in enumerate(before)
        if _likeness(claim, old) > 0
    )
    given: dict[int, str] = {}
    taken: set[int] = set()
    for _, place, at in pairs:
        if place not in given and at not in taken:
            given[place] = before[at].id
            taken.add(at)
    fresh = _unused({*used, *(old.id for old in before)})
    return tuple(claim.model_copy(update={"id": given.get(place) or next(fresh)}) for place, claim in enumerate(new))


def _unused(used: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"c{number}") not in used)


def _likeness(one: Claim, other: Claim) -> float:
    """How far two claims of one report are the same: the share of their words that they have in common, and more where
    they say the same of them; 0 where they are of two kinds or stand on different words."""
    if one.kind != other.kind:
        return 0.0
    mine, theirs = _characters(one), _characters(other)
    shared = len(mine & theirs) / len(mine | theirs)
    if not shared:
        return 0.0
    same_type = isinstance(one, EventClaim) and isinstance(other, EventClaim) and one.type == other.type
    same_figures = getattr(one, "figures", ()) == getattr(other, "figures", ())
    return shared + 0.5 * same_type + 0.5 * same_figures + 0.25 * (one.modality == other.modality)


def _characters(claim: Claim) -> frozenset[int]:
    return frozenset(at for start, end in claim.evidence for at in range(start, end))
