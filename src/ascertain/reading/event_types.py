"""The type of an event, from all the words that tell of it.

In: the cues, parties and harm of an event. Out: a code of the taxonomy, or `None` where the words tell of no event.
The most specific way of violence wins over the general word ("attack"), the parties decide between a clash and an
attack, and what followed (arrests, rescue) counts only where nothing else is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ascertain.model import Actor, Target
from ascertain.reading.cues import Cue, family_of
from ascertain.reading.harm import Harm
from ascertain.reading.words import table, word_set

STATE = ("state_forces", "external_forces", "government")
FORCES = (*STATE, "police")
NON_STATE = ("rebel_group", "militia")
ARMED = (*FORCES, *NON_STATE)
HURT = frozenset(("killed", "injured"))
ARMED_GROUPS = frozenset(("security_forces", "combatants"))
VERSUS = frozenset(("v.", "vs", "vs.", "versus"))
# types of what is done by people who may have set on fire what burns
SET_FIRES = ("looting_property_destruction", "violent_demonstration", "peaceful_protest", "mob_violence")
CROWDS = frozenset(("rioters", "protesters"))
OWN_TO_CROWDS = frozenset(("attack", "armed_clash", "arrests", "looting_property_destruction", "mob_violence"))


@dataclass(frozen=True)
class Words:
    """What the words of an event say, as sets that the rules below ask."""

    cues: Sequence[Cue]
    harms: Sequence[Harm]
    actors: Sequence[Actor]
    targets: Sequence[Target] = ()

    @cached_property
    def strong(self) -> set[str]:
        """Types that a single word decides."""
        return {cue.entry.type for cue in self.cues if cue.entry.strength >= 3}

    @cached_property
    def some(self) -> set[str]:
        """Types that a word speaks for."""
        return {cue.entry.type for cue in self.cues if cue.entry.strength >= 2}

    @cached_property
    def low(self) -> set[str]:
        """The single words of all cues."""
        return {word for cue in self.cues for word in cue.entry.words.split()}

    @cached_property
    def outcomes(self) -> set[str]:
        """The outcomes told of anybody."""
        return {harm.outcome for harm in self.harms if any(s.people.stated != "none" for s in harm.sufferers)}

    @cached_property
    def hurt_badly(self) -> bool:
        """Whether people were killed, or counted as injured, rather than only said to have been beaten."""
        return any(
            harm.outcome == "killed" or (harm.outcome == "injured" and s.people.stated != "plural")
            for harm in self.harms
            for s in harm.sufferers
            if s.people.stated != "none"
        )

    @cached_property
    def lone_victim(self) -> bool:
        """Whether a single person is all that was harmed: somebody singled out rather than a side that was fought."""
        hurt = [s.people for h in self.harms if h.outcome in HURT for s in h.sufferers]
        return len(hurt) == 1 and (hurt[0].low, hurt[0].high) == (1, 1)

    @cached_property
    def hurt_groups(self) -> set[str]:
        """The groups of the killed and injured who are counted."""
        return {
            s.people.group
            for h in self.harms
            if h.outcome in HURT
            for s in h.sufferers
            if s.people.stated not in ("none", "plural", "back")
        }

    @cached_property
    def doers(self) -> list[str]:
        """The kinds of those who act."""
        return [actor.kind for actor in self.actors if actor.role in ("perpetrator", "party")]

    @cached_property
    def armed_doers(self) -> bool:
        """Whether somebody armed acts."""
        return any(kind in ARMED for kind in self.doers)

    @cached_property
    def sides(self) -> set[str]:
        """The kinds of all who act or were attacked."""
        return {actor.kind for actor in self.actors if actor.role in ("perpetrator", "party", "target")}

    @cached_property
    def against_each_other(self) -> bool:
        """Whether two sides, one of them armed, are set against each other by a sign: "rebels v. army"."""
        sides = [actor.kind for actor in self.actors if actor.role == "party"]
        return len(sides) > 1 and bool(set(sides) & set(ARMED)) and bool(self.low & VERSUS)

    @cached_property
    def attacked(self) -> set[str]:
        """The kinds of those who were attacked."""
        return {actor.kind for actor in self.actors if actor.role == "target"}

    @cached_property
    def armed_victims(self) -> bool:
        """Whether armed people were attacked or harmed, and nobody who is said to be a civilian."""
        hurt = {s.people.group for h in self.harms if h.outcome in HURT for s in h.sufferers}
        armed = bool(hurt & ARMED_GROUPS) or (bool(self.attacked) and not hurt)
        armed = armed or any(target.type == "military" for target in self.targets)
        armed = armed and not (self.attacked == {"government"} and not hurt)
        if not armed or not self.attacked <= set(ARMED):
            return False
        return hurt <= ARMED_GROUPS | {"people", "men"} or self._mostly_armed

    @cached_property
    def _mostly_armed(self) -> bool:
        """Whether far more armed people than others are counted among the harmed."""
        counted = [s.people for h in self.harms if h.outcome in HURT for s in h.sufferers]
        armed = sum(people.low or 0 for people in counted if people.group in ARMED_GROUPS)
        return armed > 2 * sum(people.low or 1 for people in counted if people.group not in ARMED_GROUPS)


def decide(
    cues: Sequence[Cue], harms: Sequence[Harm], actors: Sequence[Actor], targets: Sequence[Target] = ()
) -> str | None:
    """The type of the event that the words tell of; `None` where they tell of none."""
    told = [cue for cue in cues if cue.entry.type != "same"]
    if {word for cue in told if family_of(cue.entry.type) != "protest" for word in cue.entry.words.split()} & _blasts():
        told = [cue for cue in told if family_of(cue.entry.type) != "protest"]
    words = Words(_beside_escapes(told), list(harms), actors, targets)
    return _in_custody(words) or _soft(words) or _protest(words) or _crime(words) or _armed(words)


def _beside_escapes(cues: Sequence[Cue]) -> list[Cue]:
    """The cues without the escape of prisoners, where violence set them free: "gunmen attacked the jail"."""
    fled = word_set("mishaps", "custody", "escapes") | word_set("mishaps", "custody", "breaks")
    others = [cue for cue in cues if cue.entry.type != "other" or cue.entry.words not in fled]
    violent = any(family_of(cue.entry.type) == "violence" and cue.entry.type != "crime" for cue in others)
    return others if violent else list(cues)


def _in_custody(words: Words) -> str | None:
    """A death by one's own hand or behind bars, of which no word tells more: none of those of war."""
    alone = word_set("mishaps", "custody", "own_hand") | word_set("mishaps", "custody", "dying")
    dead = any(cue.entry.type == "other" and set(cue.entry.words.split()) & alone for cue in words.cues)
    return "other" if dead and not words.strong & set(_violent()) else None


def _blasts() -> frozenset[str]:
    """Words of bombs and explosions: at a protest, it is only where they went off."""
    return word_set("senses", "ways", "exploded") | word_set("senses", "ways", "bombed")


def _violent() -> list[str]:
    order: list[str] = table("events")["order"]["types"].split()
    return order


def _soft(words: Words) -> str | None:
    """Natural disasters and accidents: only where no weapon is named, nobody armed acts and nobody attacks.

    Who is armed may come to harm in a crash; what only may be an accident ("collapsed", "drowned") is one where no word
    tells of violence but those of its outcome.
    """
    if words.strong & set(_violent()) - _only_charged(words):
        return None
    calm = not {cue.entry.words for cue in words.cues if cue.entry.type == "violence"} - _outcomes()
    known = words.strong if calm or not words.armed_doers else set()
    known = known - {"accident"} if _set_on_fire(words) else known
    if calm and words.some <= {"accident", "natural_disaster", "violence", "rescue"}:
        known = known | words.some
    return next((soft for soft in ("natural_disaster", "accident") if soft in known), None)


def _only_charged(words: Words) -> set[str]:
    """The type that only the name of a charge speaks for, where a driver who fled is charged with murder."""
    fled = any(cue.entry.type == "accident" and cue.entry.words.startswith("hit") for cue in words.cues)
    attacks = {cue.entry.words for cue in words.cues if cue.entry.type == "attack"}
    return {"attack"} if fled and attacks <= word_set("senses", "ways", "charges") else set()


def _set_on_fire(words: Words) -> bool:
    """Whether what burns was set on fire by somebody, and fire is all that speaks for an accident."""
    fires = word_set("mishaps", "fire", "nouns")
    mishaps = {cue.entry.words for cue in words.cues if cue.entry.type == "accident"}
    return mishaps <= fires and bool(words.strong & set(SET_FIRES))


def _outcomes() -> frozenset[str]:
    """Words of harm that say nothing of who did it."""
    return word_set("senses", "ways", "one_by_one")


def _protest(words: Words) -> str | None:
    crowds = {"peaceful_protest", "violent_demonstration"} & words.strong
    if words.some & set(_violent()) - OWN_TO_CROWDS:
        return None
    if not crowds and _dispersed(words):
        return "excessive_force_against_protesters" if _put_down(words) else "protest_with_intervention"
    if not crowds:
        if "looting_property_destruction" in words.strong and _rioting(words):
            return "violent_demonstration"
        return "excessive_force_against_protesters" if _put_down(words) else None
    if words.strong & {"mob_violence"} and "peaceful_protest" not in crowds:
        return "mob_violence"
    if "killed" in words.outcomes and words.low & word_set("senses", "ways", "stoned") and not words.armed_doers:
        return "mob_violence"
    fired = "attack" in words.strong
    armed = any(kind in FORCES for kind in words.doers) or "protest_with_intervention" in words.some
    if "armed_clash" in words.strong and not fired and "killed" not in words.outcomes:
        return "violent_demonstration" if words.outcomes & HURT or not armed else "protest_with_intervention"
    if words.hurt_badly and armed and not words.armed_victims:
        return "excessive_force_against_protesters"
    if "violent_demonstration" in words.strong or "looting_property_destruction" in words.strong:
        return "violent_demonstration"
    stormed = words.low & word_set("senses", "ways", "attacked") or words.low & word_set("senses", "ways", "crude")
    if stormed and not armed and "protesters" not in words.attacked:
        return "violent_demonstration"
    if fired and (armed or words.armed_doers or (words.hurt_badly and "protesters" in words.attacked)):
        return "excessive_force_against_protesters"
    if "protest_with_intervention" in words.some or "arrests" in words.strong or "detained" in words.outcomes:
        return "protest_with_intervention"
    return "peaceful_protest"


def _rioting(words: Words) -> bool:
    """Whether those who act are a crowd in the streets, and no looters of their own."""
    looters = word_set("senses", "ways", "looters")
    acting = [actor for actor in words.actors if actor.role in ("perpetrator", "party")]
    crowd = all(actor.kind in CROWDS and looters.isdisjoint(actor.text.lower().split()) for actor in acting)
    return bool(acting) and crowd


def _dispersed(words: Words) -> bool:
    """Whether forces break up a crowd that no word calls a protest: "police fired tear gas"."""
    forces = any(kind in FORCES for kind in words.doers)
    means = any(cue.entry.type == "protest_with_intervention" and cue.entry.means for cue in words.cues)
    return forces and means and not words.armed_victims and not words.strong & set(_violent())


def _put_down(words: Words) -> bool:
    """Whether forces hurt people as they broke up a crowd, though no word says what the crowd wanted."""
    forces = any(kind in FORCES for kind in words.doers)
    return (
        forces and "protest_with_intervention" in words.some and bool(words.outcomes & HURT) and not words.armed_victims
    )


def _crime(words: Words) -> str | None:
    plain = words.strong & set(_violent()) <= {"attack", "abduction_forced_disappearance"}
    private = "crime" in words.some or _single_stabbing(words)
    return "crime" if private and plain and not _armed_by_name(words) and not words.armed_victims else None


def _armed_by_name(words: Words) -> bool:
    """Whether somebody acts who is armed by name or nature, not only taken for it as an unknown attacker ("a man")."""
    acting = [a for a in words.actors if a.role in ("perpetrator", "party") and a.kind in (*STATE, *NON_STATE)]
    return any(not is_private(actor) for actor in acting)


def is_private(actor: Actor) -> bool:
    """Whether an actor is told of as somebody or other, without arms or cause: "a man", "her husband"."""
    names = set(actor.text.lower().split())
    return actor.id is None and bool(names & (word_set("senses", "anybody") | word_set("senses", "kin")))


def _single_stabbing(words: Words) -> bool:
    """Whether one person is told to have been stabbed, without a word on who did it and why."""
    hurt = [s.people for harm in words.harms if harm.outcome in HURT for s in harm.sufferers]
    alone = len(hurt) == 1 and (hurt[0].low, hurt[0].high) == (1, 1)
    return alone and not words.actors and bool(words.low & word_set("senses", "knives"))


def _armed(words: Words) -> str | None:
    violent = _violence(words)
    first = next((cue.entry.type for cue in words.cues if cue.entry.strength >= 3), None)
    if first == "ground_advance" and violent is None:
        first = "non_violent_transfer_of_territory"
    if violent and (first is None or family_of(first) == "violence" or words.outcomes & HURT):
        return violent
    if first is not None:
        return _strategic(first, words)
    if violent:
        return violent
    if "detained" in words.outcomes:
        return _strategic("arrests", words)
    if "abducted" in words.outcomes:
        return "abduction_forced_disappearance"
    rest = (c.entry.type for c in words.cues if c.entry.strength >= 2)
    idle = {"violence", "protest_with_intervention", *(() if _robbed(words) else ("crime",))}
    last = next((kind for kind in rest if kind not in idle), None)
    return None if last is None else _strategic(last, words)


def _robbed(words: Words) -> bool:
    """Whether words of crime tell of one: of a robbery, or beside harm; detectives and quarrels alone are none."""
    return bool(words.low & word_set("senses", "ways", "robbery")) or bool(words.outcomes) or len(words.some) > 1


def _violence(words: Words) -> str | None:
    """The way of violence: the first of the published order that a word decides, else the likely one."""
    if "ground_advance" in words.strong and not words.outcomes & HURT:
        return None if "non_violent_transfer_of_territory" in words.strong else "ground_advance"
    decisive = _decisive(words)
    if decisive:
        return decisive[0]
    if words.against_each_other:
        return "armed_clash"
    attacked = words.low & word_set("senses", "ways", "attacked") and words.doers
    if "looting_property_destruction" in words.strong and not words.outcomes & HURT and not attacked:
        return "looting_property_destruction"
    taken = "killed" not in words.outcomes or "abducted" in words.outcomes
    likely = [code for code in _violent() if code in words.some and (taken or code != "abduction_forced_disappearance")]
    general = "violence" in words.some or bool(words.outcomes & HURT)
    if likely and likely[0] != "armed_clash" and (general or words.outcomes or len(words.some) > 1):
        return likely[0]
    if not general and not likely:
        return None
    return _by_parties(words, likely)


def _decisive(words: Words) -> list[str]:
    decisive = [code for code in _violent() if code in words.strong]
    if decisive[:1] == ["abduction_forced_disappearance"] and "attack" in decisive and "killed" in words.outcomes:
        return ["attack"]
    if decisive == ["abduction_forced_disappearance"] and words.outcomes & HURT and "abducted" not in words.outcomes:
        return [] if "violence" in words.some else decisive
    if decisive and decisive[0] == "armed_clash" and _brawl(words):
        return ["mob_violence"]
    if "armed_clash" in decisive and words.low & word_set("senses", "ways", "mutual"):
        decisive = [code for code in decisive if code != "shelling_artillery_missile_attack"]
    if any(cue.entry.means == "car_bomb" for cue in words.cues) and _driven(words):
        return ["suicide_bomb"]
    if decisive and decisive[0] == "remote_explosive_landmine_ied" and "air_drone_strike" in words.some:
        return ["air_drone_strike"]
    if decisive and decisive[0] == "mob_violence" and "attack" in decisive and words.armed_doers:
        return ["attack"]
    if decisive == ["attack"] and _fired_on_armed(words):
        return ["armed_clash"]
    if decisive == ["shelling_artillery_missile_attack", "attack"] and _fired_on_armed(words):
        return ["armed_clash"]
    if decisive[:1] in ([], ["attack"]) and words.hurt_groups >= ARMED_GROUPS:
        return ["armed_clash"]
    if (
        decisive
        and decisive[0] == "attack"
        and _crowd(words)
        and not any(c.entry.means == "small_arms" for c in words.cues)
    ):
        return ["mob_violence"]
    return decisive


def _fired_on_armed(words: Words) -> bool:
    """Whether armed people shot at armed people of another side, who could shoot back: no lone one murdered."""
    shot = all(cue.entry.means == "small_arms" for cue in words.cues if cue.entry.type == "attack")
    return shot and _sides_fought(words) and not words.lone_victim


def _sides_fought(words: Words) -> bool:
    """Whether armed people of one side harmed or attacked armed people of another."""
    if not words.armed_doers or not words.armed_victims:
        return False
    hurt = {s.people.group for h in words.harms if h.outcome in HURT for s in h.sufferers} & ARMED_GROUPS
    doers = set(words.doers)
    if hurt == {"combatants"} or (words.attacked and words.attacked <= set(NON_STATE)):
        return bool(doers & {*FORCES, *NON_STATE})
    return bool(doers & set(NON_STATE)) or bool(doers & set(STATE) and words.attacked & set(STATE))


def _brawl(words: Words) -> bool:
    """Whether those who fight are crowds: unarmed by name, or with sticks and stones."""
    if words.armed_doers or words.armed_victims or any(cue.entry.means == "small_arms" for cue in words.cues):
        return False
    crowds = bool(words.doers) and set(words.doers) <= {*CROWDS, "civilians"}
    return crowds or bool(words.low & word_set("senses", "ways", "crude"))


def _driven(words: Words) -> bool:
    """Whether a vehicle is told to have been driven into its target."""
    return any(cue.entry.type == "suicide_bomb" for cue in words.cues)


def _by_parties(words: Words, likely: Sequence[str]) -> str | None:
    """What general words ("attack", "strike", "bombing") mean, by who did it to whom."""
    doers = set(words.doers)
    if words.low & word_set("senses", "ways", "struck") and not doers & set(NON_STATE):
        return "air_drone_strike"
    if words.low & word_set("senses", "ways", "bombardment"):
        return "air_drone_strike"
    if words.low & word_set("senses", "ways", "bombed"):
        return "air_drone_strike" if doers & set(STATE) else "remote_explosive_landmine_ied"
    if words.low & word_set("senses", "ways", "exploded"):
        return "remote_explosive_landmine_ied"
    if likely == ["armed_clash"] and (len(words.sides) > 1 or not words.outcomes) and words.sides:
        return "armed_clash"
    if likely == ["armed_clash"] and words.armed_victims:
        return "armed_clash"
    if words.armed_doers and words.armed_victims and words.low - word_set("senses", "ways", "one_by_one"):
        return "armed_clash"
    if _sides_fought(words) and not words.lone_victim:
        return "armed_clash"
    if _forces_attacked(words):
        return "armed_clash"
    if "violence" in words.some or words.outcomes & HURT or words.targets:
        return "mob_violence" if _crowd(words) else "attack"
    return None


def _forces_attacked(words: Words) -> bool:
    """Whether soldiers or police, and they alone, came to harm: "an attack on a patrol killed six troops"."""
    attacked = words.low & word_set("senses", "ways", "attacked")
    alone = bool(words.hurt_groups) and words.hurt_groups <= ARMED_GROUPS
    return bool(attacked) and alone and not words.doers and words.armed_victims and not words.lone_victim


def _crowd(words: Words) -> bool:
    """Whether those who act are a crowd without arms of war."""
    acting = [actor for actor in words.actors if actor.role == "perpetrator"]
    crowd = word_set("senses", "ways", "crowd")
    return bool(acting) and all(set(actor.text.lower().split()) & crowd and actor.kind != "militia" for actor in acting)


def _strategic(code: str, words: Words) -> str:
    """Who takes a town decides the type; a word for it without a fight makes the transfer peaceful."""
    if code == "arrests" and words.doers and set(words.doers) <= set(NON_STATE):
        return "abduction_forced_disappearance"
    seized = words.low & word_set("senses", "by_object", "seize", "words")
    if code == "disrupted_weapons_use" and seized and words.doers and set(words.doers) <= set(NON_STATE):
        return "looting_property_destruction"  # armed groups take weapons as loot
    taken = ("non_state_actor_overtakes_territory", "government_regains_territory")
    if code not in taken:
        return code
    if "non_violent_transfer_of_territory" in words.strong:
        return "non_violent_transfer_of_territory"
    if words.doers:
        return taken[words.doers[0] in FORCES]
    if words.attacked:
        return taken[words.attacked <= set(NON_STATE)]
    return code
