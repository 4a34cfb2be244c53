"""The type of an event, from all the words that tell of it.

In: the cues, parties and harm of an event. Out: a code of the taxonomy, or `None` where the words tell of no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ascertain.model import Actor
from ascertain.reading.harm import Harm
from ascertain.reading.tellings import Cue, family_of
from ascertain.reading.words import table

STATE = ("state_forces", "external_forces", "government")
FORCES = (*STATE, "police")
NON_STATE = ("rebel_group", "militia")
SOFT = frozenset(("natural_disaster", "accident", "crime"))


def decide(cues: Sequence[Cue], harms: Iterable[Harm], actors: Sequence[Actor]) -> str | None:
    """The type of the event that the words tell of.

    The most specific way of violence wins over the general word ("attack"), the parties decide between a clash and an
    attack, and what followed (arrests, rescue) counts only where nothing else is told.
    """
    strong = {cue.entry.type for cue in cues if cue.entry.strength >= 3}
    some = {cue.entry.type for cue in cues if cue.entry.strength >= 2}
    outcomes = {harm.outcome for harm in harms if any(s.people.stated != "none" for s in harm.sufferers)}
    doers = [actor for actor in actors if actor.role in ("perpetrator", "party")]
    armed_doers = [a for a in doers if a.kind in (*FORCES, *NON_STATE)]
    for soft in ("natural_disaster", "accident"):
        if soft in strong and not armed_doers and not strong & _violent():
            return soft
    if "peaceful_protest" in strong or "violent_demonstration" in strong:
        return _protest(cues, strong, some, outcomes, armed_doers)
    violent = _violence(cues, strong, some, outcomes, actors)
    if "crime" in some and not armed_doers and violent in (None, "attack", "looting_property_destruction", "abduction_forced_disappearance"):
        return "crime"
    first = next((cue for cue in cues if cue.entry.strength >= 3), None)
    if violent and (first is None or family_of(first.entry.type) == "violence" or outcomes & {"killed", "injured"}):
        return violent
    if first is not None:
        return _strategic(first.entry.type, doers)
    if violent:
        return violent
    if outcomes & {"detained"}:
        return "arrests"
    if outcomes & {"abducted"}:
        return "abduction_forced_disappearance"
    rest = [cue.entry.type for cue in cues if cue.entry.type not in ("violence", "protest_with_intervention") and cue.entry.strength >= 2]
    return rest[0] if rest else None


def _violent() -> frozenset[str]:
    return frozenset(table("events")["order"]["types"].split())


def _protest(cues: Sequence[Cue], strong: set[str], some: set[str], outcomes: set[str], armed: list[Actor]) -> str:
    if outcomes & {"killed", "injured"} and (armed or "attack" in strong):
        return "excessive_force_against_protesters"
    if "violent_demonstration" in strong:
        return "violent_demonstration"
    if "attack" in strong and armed:
        return "excessive_force_against_protesters"
    if "protest_with_intervention" in some or outcomes & {"detained"} or "arrests" in strong:
        return "protest_with_intervention"
    return "peaceful_protest"


def _violence(
    cues: Sequence[Cue], strong: set[str], some: set[str], outcomes: set[str], actors: Sequence[Actor]
) -> str | None:
    order = table("events")["order"]["types"].split()
    decisive = [code for code in order if code in strong]
    doers = {actor.kind for actor in actors if actor.role in ("perpetrator", "party")}
    if decisive == ["abduction_forced_disappearance"] and outcomes and "abducted" not in outcomes and "violence" in some:
        decisive = []
    if decisive:
        return decisive[0]
    likely = [code for code in order if code in some]
    general = "violence" in some
    low = {word for cue in cues for word in cue.entry.words.split()}
    if "looting_property_destruction" in strong and not outcomes & {"killed", "injured"}:
        return "looting_property_destruction"
    if likely and likely[0] != "armed_clash" and (general or outcomes or len(some) > 1):
        return likely[0]
    if not general and not likely:
        return None
    if low & {"strike", "strikes", "struck"} and not doers & set(NON_STATE):
        return "air_drone_strike"
    if low & {"bombed", "bombing", "bombings", "bombs", "bombardment", "bombardments", "bombarded", "bombard", "bombarding"}:
        return "air_drone_strike" if doers & set(STATE) or low & {"bombardment", "bombarded", "bombardments"} else "remote_explosive_landmine_ied"
    if low & {"explosion", "explosions", "blast", "blasts", "exploded", "explode", "detonated", "detonating"}:
        return "remote_explosive_landmine_ied"
    victims = {s for s in _groups(actors)}
    if likely == ["armed_clash"] and (len(doers | victims) > 1 or not outcomes) and (doers or victims):
        return "armed_clash"
    if doers and victims and victims <= {*FORCES, *NON_STATE}:
        return "armed_clash"
    return "attack" if general or outcomes or doers else None


def _groups(actors: Sequence[Actor]) -> set[str]:
    return {actor.kind for actor in actors if actor.role == "target"}


def _strategic(code: str, doers: list[Actor]) -> str:
    if code == "non_state_actor_overtakes_territory" and doers and doers[0].kind in STATE:
        return "government_regains_territory"
    return code
