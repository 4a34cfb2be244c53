"""Grading: how well an incident is supported, by published rules, with the reasons in words.

In: the events of an incident, and the lineage of their reports. Out: a `Graded`. The rules are Airwars' grades and
`single_source`, as docs/grading.md tells; the first that holds decides, whoever the parties are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from ascertain.actors import find_parties_and_states
from ascertain.incidents.entries import in_words
from ascertain.incidents.events import Event
from ascertain.incidents.policies import FIGHTING
from ascertain.incidents.voices import Lineage, behind, heard
from ascertain.model import Actor, ActorKind, Attribution, EventClaim, Grading, Saying, saying
from ascertain.reading.words import word_set

# Kinds of speakers who may speak for a party.
SPEAKS_FOR_A_PARTY = FIGHTING | {"official"}
_UNCLAIMED = saying("its reports tell one story, and in none of them was anything read that happened")
# On which side a party is that the lexicon does not know by name: of a state, or not.
SIDES: dict[ActorKind, str] = {
    "state_forces": "state",
    "police": "state",
    "government": "state",
    "rebel_group": "other",
    "militia": "other",
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, and why, in sentences that name the reports."""

    grading: Grading
    reasons: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Party:
    """Who is blamed: by id where the lexicon knows it; `side` is "state" or "other", and "" where nobody can tell."""

    id: str
    name: str
    side: str

    def may_be(self, other: _Party) -> bool:
        """Whether both may be one party: ids of one state or group, or a word for forces of the same side."""
        if self.id and other.id:
            return self.id == other.id
        return self.side == other.side or not (self.side and other.side)


@dataclass(frozen=True, slots=True)
class _Support:
    """What is said of an incident: `sources` with the reports that carry them, and whether they claim anything; the
    `credible` ones, which neither fight nor only allege it; whom each source blames; and the parties that own to it,
    with the reports that tell so. `call` puts a source in words."""

    sources: Mapping[str, tuple[str, ...]]
    credible: tuple[str, ...]
    blamed: Mapping[str, tuple[_Party, ...]]
    accepted: Mapping[_Party, tuple[str, ...]]
    claimed: bool = True
    call: Callable[[str], str] = in_words

    @property
    def rivals(self) -> tuple[tuple[str, str], ...]:
        """Pairs of sources that blame different parties and no party in common."""
        return tuple(
            (one, other)
            for one, other in combinations(sorted(self.blamed), 2)
            if not any(a.may_be(b) for a in self.blamed[one] for b in self.blamed[other])
        )

    @property
    def owners(self) -> tuple[_Party, ...]:
        """The parties that own to it, each once."""
        kept: list[_Party] = []
        for party in sorted(self.accepted, reverse=True):
            if not any(party.may_be(other) for other in kept):
                kept.append(party)
        return tuple(kept)

    def parties(self, source: str) -> tuple[str, ...]:
        """The names of those whom the source blames."""
        return tuple(dict.fromkeys(party.name for party in self.blamed[source]))


@dataclass(frozen=True, slots=True)
class Rule:
    """A grade, what must hold for it, and the sentences that say so."""

    grading: Grading
    holds: Callable[[_Support], bool]
    reasons: Callable[[_Support], tuple[Saying, ...]]


def grade(events: Iterable[Event], lineage: Lineage, call: Callable[[str], str] = in_words) -> Graded:
    """The grade of an incident, by the first of the rules that holds; `call` puts a source in the words of the
    reasons."""
    support = replace(_support(sorted(events, key=lambda event: event.id), lineage), call=call)
    rule = next(rule for rule in RULES if rule.holds(support))
    return Graded(rule.grading, rule.reasons(support))


def _support(events: Iterable[Event], lineage: Lineage) -> _Support:
    events = tuple(events)
    blamed: dict[str, set[_Party]] = {}
    accepted: dict[_Party, set[str]] = {}
    credible: set[str] = set()
    for event, claim, told_by in heard(events, lineage):
        blames = {party for actor in _perpetrators(claim) if (party := _party(actor))}
        for voice in told_by:
            blamed.setdefault(voice, set()).update(blames)
        for party in _owning(claim):
            accepted.setdefault(party, set()).add(event.report.id)
        if claim.modality == "asserted" and not _fights(claim):
            credible.update(told_by)
    return _Support(
        sources=behind(events, lineage),
        credible=tuple(sorted(credible)),
        blamed={voice: tuple(sorted(blamed[voice])) for voice in sorted(blamed) if blamed[voice]},
        accepted={party: tuple(sorted(accepted[party])) for party in sorted(accepted)},
        claimed=any(event.claims for event in events),
    )


def _perpetrators(claim: EventClaim) -> list[Actor]:
    return [actor for actor in claim.actors if actor.role == "perpetrator"]


def _fights(claim: EventClaim) -> bool:
    return bool(claim.said_by) and all(speaker.kind in FIGHTING for speaker in claim.said_by)


def _party(actor: Actor) -> _Party | None:
    """Whom the actor names; one without a name or a side ("gunmen", "a drone") is nobody in particular."""
    side = SIDES.get(actor.kind, "")
    if actor.id is None and actor.name is None and side != "state":
        return None
    return _Party(_stem(actor.id) or actor.name or "", actor.name or actor.text, side)


def _stem(id: str | None) -> str:
    """A state's id for all its bodies: those of a government and of its army are one party."""
    return (id or "").split("/")[0]


def _owning(claim: EventClaim) -> set[_Party]:
    """The parties that say of themselves, or of their own men, that they did it; the words must own to it."""
    if claim.modality != "asserted" or not claim.owned:
        return set()
    speakers = [speaker for speaker in claim.said_by if speaker.kind in SPEAKS_FOR_A_PARTY]
    pairs = [(speaker, actor) for speaker in speakers for actor in _perpetrators(claim)]
    return {party for speaker, actor in pairs if (party := _owner(speaker, actor))}


def _owner(speaker: Attribution, actor: Actor) -> _Party | None:
    """The party that speaker and actor both are: the same words, the speaker's own men, or names of one party."""
    said, named = speaker.text.lower(), actor.text.lower()
    own = named.split()[0] in word_set("attribution", "own")
    side = SIDES.get(actor.kind, "")
    if own:
        return _spoken_for(speaker.text) or _Party("", speaker.text, side)
    if said == named:
        return _party(actor) or _Party("", actor.text, side)
    party = _party(actor)
    spoken_for = _spoken_for(speaker.text) if party and party.id else None
    return party if party and spoken_for and spoken_for.id == party.id else None


@lru_cache(maxsize=8192)
def _spoken_for(words: str) -> _Party | None:
    """The party that the words for a speaker name, where the lexicon knows it."""
    mentions = [mention for found in find_parties_and_states(words) for mention in found if mention.id]
    if not mentions:
        return None
    first = mentions[0]
    return _Party(_stem(first.id), first.name or first.text, SIDES.get(first.kind, ""))


def _reports(reports: Iterable[str]) -> Saying:
    names = tuple(reports)
    return saying("report {name}", name=names[0]) if len(names) == 1 else saying("reports {names}", names=names)


def _is_confirmed(support: _Support) -> bool:
    return len(support.owners) == 1


def _why_confirmed(support: _Support) -> tuple[Saying, ...]:
    return tuple(
        saying("{party} says itself that it did it, in {reports}", party=party.name, reports=_reports(reports))
        for party, reports in support.accepted.items()
    )


def _is_contested(support: _Support) -> bool:
    return len(support.owners) > 1 or bool(support.rivals)


def _why_contested(support: _Support) -> tuple[Saying, ...]:
    return tuple(
        saying("{one}, {other}", one=_why_rival(support, one), other=_why_rival(support, other))
        for one, other in support.rivals
    ) or _why_confirmed(support)


def _why_rival(support: _Support, source: str) -> Saying:
    return saying(
        "{source} ({reports}) blames {parties}",
        source=support.call(source),
        reports=_reports(support.sources[source]),
        parties=support.parties(source),
    )


def _is_single(support: _Support) -> bool:
    return len(support.sources) <= 1


def _why_single(support: _Support) -> tuple[Saying, ...]:
    if not support.claimed:
        return (_UNCLAIMED,)
    return tuple(
        saying("only {source} says so, in {reports}", source=support.call(source), reports=_reports(reports))
        for source, reports in support.sources.items()
    )


def _is_fair(support: _Support) -> bool:
    return len(support.credible) > 1


def _why_fair(support: _Support) -> tuple[Saying, ...]:
    return (
        saying("{number} independent sources say so", number=len(support.credible)),
        *(
            saying("{source}, in {reports}", source=support.call(source), reports=_reports(support.sources[source]))
            for source in support.credible
        ),
    )


def _why_weak(support: _Support) -> tuple[Saying, ...]:
    if not support.claimed:
        return (_UNCLAIMED,)
    less = [source for source in support.sources if source not in support.credible]
    return (
        saying("fewer than two sources say so that neither take part in the fighting nor only allege it"),
        *(
            saying(
                "{source}, in {reports}, fights or only alleges it",
                source=support.call(source),
                reports=_reports(support.sources[source]),
            )
            for source in less
        ),
    )


# In order: the first that holds decides.
RULES: tuple[Rule, ...] = (
    Rule("confirmed", _is_confirmed, _why_confirmed),
    Rule("contested", _is_contested, _why_contested),
    Rule("single_source", _is_single, _why_single),
    Rule("fair", _is_fair, _why_fair),
    Rule("weak", lambda _: True, _why_weak),
)
