"""MUC-4's templates: type, perpetrators, targets, victims and what became of them.

An incident is folded into a template: its event type and means into MUC-4's six types, the words of its claims' actors,
targets and figures into fillers. One predicted template goes to one of the key, by the best total; two may belong
together where they share a filler or a place. A filler counts where the head nouns meet. Optional templates and
fillers of the key are no miss where they are not given. `template` sums all slots with the type, as Chinchor (1992,
"all templates") and Du et al. (2021, GTT) do; the weapon's slot is left out.

What the key leaves out on purpose is left out here too: clashes between armed parties that harm no civilian, incidents
that had long been over when the report came, and incidents told without any perpetrator, target or victim.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ascertain.model import Actor, EventClaim, Incident, Reading, Report
from scorers.alignment import best_pairs
from scorers.heads import heads
from scorers.passages import around, holding
from scorers.tally import Outcome, Sheet, Tally, hit, total

SLOTS = ("perp_individuals", "perp_organizations", "physical_targets", "human_targets")

TYPES = {
    "abduction_forced_disappearance": "KIDNAPPING",
    "air_drone_strike": "ATTACK",
    "armed_clash": "ATTACK",
    "attack": "ATTACK",
    "chemical_weapon": "ATTACK",
    "crime": "ROBBERY",
    "excessive_force_against_protesters": "ATTACK",
    "grenade": "BOMBING",
    "looting_property_destruction": "ATTACK",
    "mob_violence": "ATTACK",
    "remote_explosive_landmine_ied": "BOMBING",
    "sexual_violence": "ATTACK",
    "shelling_artillery_missile_attack": "ATTACK",
    "suicide_bomb": "BOMBING",
    "violent_demonstration": "ATTACK",
}
BOMBS = frozenset({"bomb", "car_bomb", "dynamite", "ied", "landmine", "suicide_vest"})
BURNT = frozenset({"fire"})
ROBBED = re.compile(r"\b(?:robb|loot|steal|stole|plunder)", re.IGNORECASE)
STOPPED = re.compile(r"\bstoppage", re.IGNORECASE)

# Head nouns that name an organisation without a name of its own, and those that name people even beside one.
ORGANISED = re.compile(
    r"agency|army|battalion|brigade|bureau|cartel|command|corps|faction|force|front|government|junta|mafia|military|"
    r"ministry|movement|navy|organi[sz]ation|party|police|state|union"
)
PEOPLE = re.compile(
    r"agent|assailant|assassin|attacker|bandit|commander|commando|criminal|dealer|element|extremist|fighter|guard|"
    r"guerrilla|gunman|individual|insurgent|kidnapper|killer|leader|man|member|militant|murderer|officer|paramilitary|"
    r"people|person|policeman|rebel|sapper|soldier|spokesman|student|subversive|terrorist|trafficker|troop|woman|youth"
)
EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
VICTIM_OUTCOMES = frozenset({"killed", "injured", "abducted", "missing", "trapped", "detained"})
ARMED_GROUPS = frozenset({"combatants", "security_forces"})
# Of the dated incidents in the key, 98 in 100 lie within 60 days of the report.
LONG_OVER = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Filler:
    """One answer in a slot: any of its head nouns will do. `effects` are a victim's."""

    heads: frozenset[str]
    text: str
    effects: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """An incident as MUC-4 files it; `types` are alternatives, `places` words of place names."""

    types: frozenset[str]
    slots: Mapping[str, tuple[Filler, ...]]
    places: frozenset[str] = frozenset()
    dates: tuple[tuple[dt.date | None, dt.date | None], ...] = ()
    optional: bool = False
    passages: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        told = [f"{slot}: {' | '.join(f.text for f in self.slots[slot])}" for slot in SLOTS if self.slots[slot]]
        return "; ".join(["/".join(sorted(self.types)), *told])


def score(report: Report, reading: Reading, incidents: Sequence[Incident], answer: Mapping[str, Any]) -> Outcome:
    """Score the report's incidents against its key."""
    key = [of_key(template) for template in answer["templates"]]
    claims = {f"{report.id}/{c.id}": c for c in reading.claims if isinstance(c, EventClaim)}
    told = [([claims[name] for name in i.claims if name in claims], i) for i in incidents]
    given = [template for ours, i in told if (template := of_incident(i, ours, report))]
    sheet = Sheet(report.id)
    pairs = best_pairs([[likeness(mine, theirs) for theirs in key] for mine in given])
    for mine, theirs in pairs:
        _score_pair(sheet, report, given[mine], key[theirs])
    for index in sorted(set(range(len(given))) - {mine for mine, _ in pairs}):
        _score_false(sheet, given[index])
    for index in sorted(set(range(len(key))) - {theirs for _, theirs in pairs}):
        if not key[index].optional:
            _score_missed(sheet, report, key[index])
    slots = dict(sheet.tallies)
    whole = [Outcome(report.id, {"template": slots[name]}) for name in ("type", *SLOTS, "effects") if name in slots]
    sheet.add("template", total(whole).get("template", Tally()))
    due = sum(not template.optional for template in key)
    sheet.add("alignment", Tally(len(pairs), len(given), due + sum(key[theirs].optional for _, theirs in pairs)))
    sheet.add("relevance", Tally(int(bool(given and answer["relevant"])), int(bool(given)), int(answer["relevant"])))
    return sheet.outcome()


def of_key(template: Mapping[str, Any]) -> Template:
    """A template of the answer key."""
    slots = {
        slot: tuple(filler for item in template.get(slot) or () if (filler := _key_filler(item)).heads)
        for slot in SLOTS
    }
    names = [place["name"] for where in template["location"] for place in where["places"]]
    dates = tuple((_date(date["start"]), _date(date["end"])) for date in template["date"])
    types = frozenset(template["type"])
    return Template(types, slots, _words(names), dates, bool(template["optional"]))


def of_incident(incident: Incident, claims: Sequence[EventClaim], report: Report) -> Template | None:
    """The incident as a template; `None` where the key would leave such an incident out."""
    told = " ".join(report.text[start:end] for claim in claims for start, end in claim.evidence)
    slots = {
        "perp_individuals": _merged(individuals(claims)),
        "perp_organizations": _merged(organisations(claims)),
        "physical_targets": _merged(Filler(heads(t.text), t.text) for claim in claims for t in claim.targets),
        "human_targets": _merged(victims(claims)),
    }
    kind = muc_type(incident.type, frozenset(incident.means), told, harmed=bool(slots["human_targets"]))
    if kind is None or not any(slots.values()) or not _of_interest(incident, claims, report):
        return None
    where, when = incident.where, incident.when
    passages = around(report.text, [span for claim in claims for span in claim.evidence])
    return Template(
        types=frozenset({kind}),
        slots=slots,
        places=_words([where.text, where.name or ""] if where else []),
        dates=((when.start, when.end),) if when else (),
        passages=passages,
    )


def muc_type(event_type: str, means: frozenset[str], told: str, *, harmed: bool) -> str | None:
    """MUC-4's type of an event, or `None` for what is no violence in its sense.

    >>> muc_type("attack", frozenset({"car_bomb"}), "", harmed=True)
    'BOMBING'
    """
    if STOPPED.search(told):
        return "FORCED WORK STOPPAGE"
    kind = TYPES.get(event_type)
    property_only = event_type in {"looting_property_destruction", "crime"}
    if property_only and ROBBED.search(told):
        return "ROBBERY"
    if event_type == "crime":
        return None
    if kind == "ATTACK" and event_type != "air_drone_strike" and means & BOMBS:
        return "BOMBING"
    if kind == "ATTACK" and means & BURNT and (property_only or not harmed):
        return "ARSON"
    return kind


def individuals(claims: Iterable[EventClaim]) -> Iterable[Filler]:
    """Those who did it, where the words tell of people and not of an organisation."""
    for actor in _perpetrators(claims):
        if (found := heads(actor.text)) and not _is_organisation(actor):
            yield Filler(found, actor.text)


def organisations(claims: Iterable[EventClaim]) -> Iterable[Filler]:
    """The organisations of those who did it: named by the words, or by the lexicon behind them."""
    for actor in _perpetrators(claims):
        if _is_organisation(actor):
            yield Filler(heads(actor.text) | heads(actor.name or ""), actor.text)
        elif actor.name:
            yield Filler(heads(actor.name) | _words([actor.text]) - heads(actor.text), actor.name)


def victims(claims: Iterable[EventClaim]) -> Iterable[Filler]:
    """The people harmed or attacked, with what became of them."""
    for claim in claims:
        for figure in claim.figures:
            if figure.outcome in VICTIM_OUTCOMES and figure.group != "combatants" and figure.high != 0:
                effects = frozenset({EFFECTS[figure.outcome]} if figure.outcome in EFFECTS else ())
                yield Filler(heads(figure.text), figure.text, effects)
        for actor in claim.actors:
            if actor.role == "target":
                yield Filler(heads(actor.text), actor.text)


def likeness(mine: Template, theirs: Template) -> float:
    """How much two templates have in common; 0 where no filler and no place is shared."""
    fillers = sum(len(_matches(mine.slots[slot], theirs.slots[slot])) for slot in SLOTS)
    places = len(mine.places & theirs.places) > 0
    if not fillers and not places:
        return 0.0
    same_type = bool(mine.types & theirs.types)
    return fillers + 0.5 * same_type + 0.25 * places + 0.1 * _same_date(mine, theirs) - 0.05 * theirs.optional


def _score_pair(sheet: Sheet, report: Report, mine: Template, theirs: Template) -> None:
    right = bool(mine.types & theirs.types)
    sheet.add("type", hit(right))
    if not right:
        sheet.wrong(f"type.{'_'.join(sorted(theirs.types)).replace(' ', '_')}", theirs, mine, mine.passages)
    for slot in SLOTS:
        got, due = mine.slots[slot], theirs.slots[slot]
        pairs = _matches(got, due)
        found, needed = {i for i, _ in pairs}, {j for _, j in pairs}
        due_count = sum(not filler.optional or j in needed for j, filler in enumerate(due))
        sheet.add(slot, Tally(len(pairs), len(got), due_count))
        for i in sorted(set(range(len(got))) - found):
            sheet.wrong(f"{slot}.false", theirs, f"{got[i].text} [in {mine}]", mine.passages)
        for j in sorted(set(range(len(due))) - needed):
            if not due[j].optional:
                passages = holding(report.text, due[j].text.split(" / "))
                sheet.wrong(f"{slot}.missed", due[j].text, mine, passages)
    _score_effects(sheet, mine, theirs)
    if theirs.dates:
        sheet.add("date", hit(_same_date(mine, theirs)))
    if theirs.places:
        sheet.add("place", hit(bool(mine.places & theirs.places)))


def _score_effects(sheet: Sheet, mine: Template, theirs: Template) -> None:
    got, due = mine.slots["human_targets"], theirs.slots["human_targets"]
    pairs = _matches(got, due)
    right = sum(bool(got[i].effects & due[j].effects) for i, j in pairs)
    needed = {j for _, j in pairs}
    due_count = sum(bool(f.effects) and (not f.optional or j in needed) for j, f in enumerate(due))
    sheet.add("effects", Tally(right, sum(bool(f.effects) for f in got), due_count))
    for i, j in pairs:
        if due[j].effects and not got[i].effects & due[j].effects:
            told = f"{got[i].text}: {', '.join(sorted(got[i].effects)) or 'none'}"
            sheet.wrong("effects.wrong", f"{due[j].text}: {', '.join(sorted(due[j].effects))}", told, mine.passages)


def _score_false(sheet: Sheet, mine: Template) -> None:
    sheet.add("type", Tally(given=1))
    for slot in SLOTS:
        sheet.add(slot, Tally(given=len(mine.slots[slot])))
    sheet.add("effects", Tally(given=sum(bool(f.effects) for f in mine.slots["human_targets"])))
    sheet.wrong(f"template.false.{next(iter(mine.types)).replace(' ', '_')}", "nothing", mine, mine.passages)


def _score_missed(sheet: Sheet, report: Report, theirs: Template) -> None:
    sheet.add("type", Tally(due=1))
    for slot in SLOTS:
        sheet.add(slot, Tally(due=sum(not filler.optional for filler in theirs.slots[slot])))
    effects = sum(bool(f.effects) and not f.optional for f in theirs.slots["human_targets"])
    sheet.add("effects", Tally(due=effects))
    words = [word for slot in SLOTS for filler in theirs.slots[slot] for word in filler.text.split(" / ")]
    kind = "_".join(sorted(theirs.types)).replace(" ", "_")
    sheet.wrong(f"template.missed.{kind}", theirs, "nothing", holding(report.text, words))


def _of_interest(incident: Incident, claims: Sequence[EventClaim], report: Report) -> bool:
    if claims and not any(claim.modality == "asserted" for claim in claims):
        return False
    end = incident.when.end if incident.when else None
    if end and report.published and end < report.published - LONG_OVER:
        return False
    if incident.type != "armed_clash":
        return True
    civilians = any(f.group not in ARMED_GROUPS and f.high != 0 for claim in claims for f in claim.figures)
    return civilians or any(target.type != "military" for target in incident.targets)


def _perpetrators(claims: Iterable[EventClaim]) -> Iterable[Actor]:
    for claim in claims:
        for actor in claim.actors:
            irregular = actor.role == "party" and actor.kind in {"rebel_group", "militia"}
            if actor.role == "perpetrator" or irregular:
                yield actor


def _is_organisation(actor: Actor) -> bool:
    found = heads(actor.text)
    if any(map(PEOPLE.fullmatch, found)):
        return False
    return actor.name is not None or any(map(ORGANISED.fullmatch, found))


def _key_filler(item: Mapping[str, Any]) -> Filler:
    strings = item["strings"]
    effects = frozenset(item.get("effect") or ()) & frozenset(EFFECTS.values())
    found = frozenset().union(*(heads(string) for string in strings))
    return Filler(found, " / ".join(strings), effects, bool(item.get("optional")))


def _merged(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    """Fillers that share a head are one, with the effects of both; those without a head go."""
    done: list[Filler] = []
    for filler in fillers:
        if not filler.heads:
            continue
        for index, other in enumerate(done):
            if other.heads & filler.heads:
                done[index] = Filler(other.heads | filler.heads, other.text, other.effects | filler.effects)
                break
        else:
            done.append(filler)
    return tuple(done)


def _matches(got: Sequence[Filler], due: Sequence[Filler]) -> list[tuple[int, int]]:
    return best_pairs([[float(bool(a.heads & b.heads)) * (1 - 0.1 * b.optional) for b in due] for a in got])


def _same_date(mine: Template, theirs: Template) -> bool:
    """Whether a date of the template lies within one of the key's; the key's open start means on or before its end."""
    return any(
        end is not None and (due_end is None or end <= due_end) and (due_start is None or (start or end) >= due_start)
        for start, end in mine.dates
        for due_start, due_end in theirs.dates
    )


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in re.findall(r"[^\W_]{3,}", name.casefold()))


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
