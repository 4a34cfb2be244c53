"""Talks under discussion: the lines of a report put together, one `Negotiation` for each talks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ascertain.model import Actor, ActorRole, Issue, NegotiationStatus
from ascertain.reading.negotiations.cues import FILE, starters
from ascertain.reading.negotiations.lines import Part, parts_of_line
from ascertain.reading.page import Line
from ascertain.reading.words import word_set

NEAR_PARAGRAPHS = 2
ROLE_ORDER: tuple[ActorRole, ...] = ("mediator", "party", "supporter")


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Talks as a report tells of them.

    `lines` are the lines that tell of them, `token` the word in the first that names them; `status` is `None` where
    no line says how they stand.
    """

    lines: tuple[Line, ...]
    token: int
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    status: NegotiationStatus | None


@dataclass(slots=True, eq=False)
class _Talks:
    """Talks under discussion."""

    parts: list[Part] = field(default_factory=list)


def negotiations(lines: Sequence[Line], text: str) -> list[Negotiation]:
    """The negotiations that the lines of a report tell of, in order."""
    under_discussion: list[_Talks] = []
    for line in lines:
        if not _gated(line) or line.sentence.heading:
            continue
        for part in parts_of_line(line, text):
            talks = _talks_of(part, under_discussion)
            if talks is not None and not _stands_apart(part, talks):
                talks.parts.append(part)
            elif talks is not None or not part.weak:
                under_discussion.append(_Talks([part]))
    return [_negotiation(talks) for talks in under_discussion]


def _gated(line: Line) -> bool:
    """Whether a line holds a word that may begin a phrase of talks."""
    return not starters().isdisjoint(line.sentence.low)


def _talks_of(part: Part, under_discussion: Sequence[_Talks]) -> _Talks | None:
    """The talks that the line goes on about, `None` where it tells of others."""
    own = _names(part)
    if not own and not part.weak and part.status == "proposed" and _settled(under_discussion):
        return None
    for talks in reversed(under_discussion):
        known = {name for earlier in talks.parts for name in _names(earlier)}
        if own & known and not _others(own, known) and not (part.weak and not _near(part, talks)):
            return talks
    if not under_discussion or not _near(part, under_discussion[-1]):
        return None
    last = under_discussion[-1]
    known = {name for earlier in last.parts for name in _names(earlier)}
    if len(own) > 1 and len(known) > 1:
        return None
    return last if part.weak or part.definite or not own or not known else None


def _stands_apart(part: Part, talks: _Talks) -> bool:
    """Whether the line tells of another step: what is proposed, beside talks that stand otherwise, is a claim apart."""
    faint = word_set(FILE, "status_rules", "faint")
    known = [earlier.status for earlier in talks.parts if earlier.status is not None and earlier.status not in faint]
    if not known or part.status is None or part.status in faint:
        return False
    return (part.status == "proposed") != (known[-1] == "proposed")


def _others(own: set[str], known: set[str]) -> bool:
    """Whether one party talks to somebody else: the pairs differ, and neither holds the other."""
    return len(own) > 1 and len(known) > 1 and not (own <= known or known <= own)


def _settled(under_discussion: Sequence[_Talks]) -> bool:
    """Whether the last talks have led to something, so that talks to come are others."""
    return bool(under_discussion) and under_discussion[-1].parts[-1].status in ("agreed", "implemented")


def _near(part: Part, talks: _Talks) -> bool:
    return part.line.sentence.paragraph - talks.parts[-1].line.sentence.paragraph <= NEAR_PARAGRAPHS


def _names(part: Part) -> set[str]:
    """What the parties of the line are known by."""
    return {actor.id or actor.text.lower() for actor in part.actors if actor.role == "party"}


def _negotiation(talks: _Talks) -> Negotiation:
    statuses = [part.status for part in talks.parts if part.status is not None]
    told = [status for status in statuses if status not in word_set(FILE, "status_rules", "faint")] or statuses
    return Negotiation(
        lines=tuple(dict.fromkeys(part.line for part in talks.parts)),
        token=talks.parts[0].token,
        actors=_each_once(actor for part in talks.parts for actor in part.actors),
        issues=_issues(talks.parts),
        status=told[-1] if told else None,
    )


def _issues(parts: Sequence[Part]) -> tuple[Issue, ...]:
    """What the talks are about; a truce where nothing more is told that they argue over."""
    pacts = [part.pact for part in parts if part.pact is not None][:1]
    matters = [issue for part in parts for issue in part.issues]
    return tuple(sorted(dict.fromkeys(matters or pacts), key=lambda issue: issue.span))


def _each_once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor at its first mention, with the role that says most."""
    kept: dict[str, Actor] = {}
    for actor in actors:
        key = actor.id or actor.text.lower()
        known = kept.get(key)
        if known is None:
            kept[key] = actor
        elif ROLE_ORDER.index(actor.role) < ROLE_ORDER.index(known.role):
            kept[key] = _in_role(known, actor.role)
    return tuple(sorted(kept.values(), key=lambda actor: actor.span))


def _in_role(actor: Actor, role: ActorRole) -> Actor:
    """The same actor in another role."""
    return actor.model_copy(update={"role": role})
