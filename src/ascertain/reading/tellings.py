"""Tellings: what one clause of a sentence tells of one event.

In: a line of a page. Out: `Telling`s. Words of one clause, and of clauses that tell its result ("killing five"), belong
together; a clause after "after" or a relative clause about something else is a telling of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ascertain.model import Attribution, Modality, Target
from ascertain.places import PlaceMention
from ascertain.reading.framing import framed
from ascertain.reading.harm import Harm, harms
from ascertain.reading.lexicon import Entry
from ascertain.reading.modality import modality
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.roll import call_roll, take_after
from ascertain.reading.senses import bygone, figurative, meant
from ascertain.reading.targets import targets
from ascertain.reading.words import plain, word_set
from ascertain.times import TimeMention

VERB = ("VB", "MD")
# the strength of words that speak for a type; stronger ones decide it
LIKELY = 2
# a word or two with a stop: a heading
HEADING_WORDS = 2
# how many words up what undoes something may stand ("seized 300 kg of explosives")
NEAR = 4
# weapons that land on what they hit
LANDING = ("shelling_artillery_missile_attack",)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells of an event: its tokens, and what the lexicon holds of it."""

    first: int
    last: int
    token: int
    entry: Entry


@dataclass(slots=True, eq=False)
class Telling:
    """What one clause tells of one event."""

    line: Line
    cues: list[Cue] = field(default_factory=list)
    harms: list[Harm] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    speakers: tuple[Attribution, ...] = ()
    modality: Modality = "asserted"
    token: int = 0
    whole_sentence: bool = True
    first: int = 0
    last: int = 0

    @property
    def sentence(self) -> Sentence:
        """The sentence that the telling stands in."""
        return self.line.sentence

    @property
    def words(self) -> str:
        """The words of its stretch of the sentence, in lower case."""
        return plain(self.sentence.low[self.first : self.last + 1])

    @property
    def goes_on(self) -> bool:
        """Whether some of its words go on about an event told before."""
        return any(cue.entry.type == "same" for cue in self.cues)

    @property
    def only_goes_on(self) -> bool:
        """Whether its words tell of no event themselves, but go on about one: "claimed responsibility"."""
        return not self.harms and all(cue.entry.type == "same" for cue in self.cues)


def tellings(line: Line, text: str, carried: bool = False, year: int | None = None) -> list[Telling]:
    """The events that a line tells of, in order; `carried`: the line before, of its paragraph, told of the killed.

    `year` is the year of the report: what it tells of long before is history.
    """
    sentence = line.sentence
    cues = _cues(line)
    suffered = [harm for harm in harms(sentence, line.names) if not _figure(line, harm)]
    call_roll(sentence, suffered, line.names, carried)
    take_after(suffered)
    if not cues and not suffered:
        return _of_damage(line, text)
    if len(sentence) <= HEADING_WORDS and not suffered:
        return []
    if figurative(line, text, _counted(suffered)) or bygone(line, text) or _of_illness(sentence, cues):
        return []
    groups: dict[int, Telling] = {}
    for cue in cues:
        groups.setdefault(_clause(sentence, cue.token), Telling(line)).cues.append(cue)
    for harm in suffered:
        groups.setdefault(_clause(sentence, harm.trigger), Telling(line)).harms.append(harm)
    joined = _joined(sentence, groups)
    hit = targets(line, text)
    for telling in joined:
        telling.token = _main_token(telling)
        telling.modality = _modality(telling)
        telling.whole_sentence = len(joined) == 1
    _bound(joined, sentence)
    for telling in joined:
        telling.targets = [t for t in hit if _owner(joined, sentence.token_at(t.span[0])) is telling]
        telling.times = [t for t in line.times if _owner(joined, sentence.token_at(t.span[0])) is telling]
        telling.places = [p for p in line.places if _owner(joined, sentence.token_at(p.place.span[0])) is telling]
    return [telling for telling in joined if not _framed(telling, text, year)]


def _framed(telling: Telling, text: str, year: int | None) -> bool:
    """Whether a telling is of fiction, law, memory and the like, not of news."""
    acts = [cue.token for cue in telling.cues] + [harm.trigger for harm in telling.harms]
    violent = bool(telling.harms) or any(
        family_of(cue.entry.type) in ("violence", "territory", "rescue") for cue in telling.cues
    )
    return framed(telling.line, text, telling.token, acts, telling.harms, year, violent=violent)


def _of_illness(sentence: Sentence, cues: list[Cue]) -> bool:
    """Whether people are only said to have died, in a sentence about a disease or hunger: nobody did it to them."""
    plain_words = word_set("senses", "ways", "one_by_one")
    died = all(cue.entry.words in plain_words for cue in cues)
    return died and not word_set("senses", "illness").isdisjoint(sentence.low)


def _of_damage(line: Line, text: str) -> list[Telling]:
    """What a line tells that only goes on about the damage done: "the two houses were completely destroyed"."""
    first = next((hit for hit in line.hits if any(entry.kind == "damage" for entry in hit.entries)), None)
    hit = [t for t in targets(line, text) if t.damage in ("damaged", "destroyed")] if first is not None else []
    token = line.sentence.token_at(first.start) if first is not None else None
    if not hit or token is None:
        return []
    told = Telling(line, targets=hit, times=line.times, places=line.places, token=token, last=len(line.sentence) - 1)
    told.modality = modality(line.sentence, token)
    return [told]


def _cues(line: Line) -> list[Cue]:
    sentence = line.sentence
    index = {start: token for token, start in enumerate(sentence.starts)}
    found: list[Cue] = []
    for hit in line.hits:
        first = index.get(hit.start)
        if first is None:
            continue
        last = first
        while last + 1 < len(sentence) and sentence.starts[last + 1] < hit.end:
            last += 1
        token = _head_of(sentence, first, last)
        found += [Cue(first, last, token, entry) for entry in meant(hit, token, line)]
    return _without_idle(sentence, [*found, *_private(sentence, found)])


def _without_idle(sentence: Sentence, cues: list[Cue]) -> list[Cue]:
    """The cues without words of denial and blame that govern another: "denied shelling the camp" tells of shelling."""
    cues = [cue for cue in cues if not _is_only_meant(sentence, cue)]
    cues = [_acting(sentence, cue) for cue in cues if not _is_undone(sentence, cue, cues)]
    told = {cue.token for cue in cues if cue.entry.type != "same"}
    some = {cue.entry.type for cue in cues if cue.entry.strength > LIKELY}
    kept = []
    for cue in cues:
        if len(some) > 1 and (_is_charge(sentence, cue) or _is_to_come(sentence, cue)):
            continue
        stance = cue.entry.type == "same" and sentence.low[cue.token] in word_set("discourse", "stances")
        if stance and any(token in told for token in sentence.subtree(cue.token)):
            continue
        kept.append(cue)
    return kept


def _is_undone(sentence: Sentence, cue: Cue, cues: list[Cue]) -> bool:
    """Whether a word only describes what another undoes: the "kidnapped" who are freed, a rocket that is shot down."""
    at = cue.token
    kinds = {other.entry.type for other in cues if other.token in sentence.ancestors(at)[:NEAR] and other is not cue}
    kinds |= {other.entry.type for other in cues if cue.first <= other.token <= cue.last and other is not cue}
    if "rescue" in kinds and cue.entry.type in word_set("senses", "undone", "by_rescue"):
        return sentence.deps[at] in ("amod", "acl", "dobj", "nsubjpass", "compound", "nsubj")
    if "disrupted_weapons_use" in kinds and cue.entry.type in word_set("senses", "undone", "by_disruption"):
        return sentence.deps[at] in ("dobj", "nsubjpass", "conj", "compound", "nsubj", "acl", "pobj")
    return False


def _acting(sentence: Sentence, cue: Cue) -> Cue:
    """A weapon that strikes, or that is fired, decides the type: "helicopters fired on the village"."""
    if cue.entry.strength != LIKELY or cue.entry.type not in word_set("senses", "weapons_act"):
        return cue
    at, verb = cue.token, sentence.heads[cue.token]
    acts = False
    if sentence.tags[at].startswith("VB"):
        subject = sentence.child(at, "nsubj", "nsubjpass")
        acts = subject is not None and sentence.low[subject] in word_set("senses", "bursting")
    elif sentence.deps[verb] == "relcl":
        acts = False
    elif sentence.deps[at] == "nsubj":
        does = word_set("senses", "landing" if cue.entry.type in LANDING else "striking")
        acts = sentence.low[verb] in does | word_set("senses", "striking")
    elif sentence.deps[at] in ("dobj", "nsubjpass"):
        acts = sentence.low[verb] in word_set("senses", "loosing")
    return replace(cue, entry=replace(cue.entry, strength=3)) if acts else cue


def _is_only_meant(sentence: Sentence, cue: Cue) -> bool:
    """Whether an event is only called for ("the release of"), to be prevented, or tried in vain."""
    above = sentence.ancestors(cue.token)[:2]
    low = [sentence.low[at] for at in above]
    kind = cue.entry.type
    if kind in word_set("senses", "wished_types") and not word_set("senses", "wished").isdisjoint(low):
        return sentence.deps[cue.token] in ("pobj", "dobj", "conj", "ccomp", "xcomp")
    if kind in word_set("senses", "prevented_types") and low and low[0] in word_set("senses", "prevented"):
        return sentence.deps[cue.token] == "dobj" and sentence.tags[above[0]] in ("VB", "VBG")
    if kind in word_set("senses", "tried_types") and low and low[0] in word_set("senses", "tried"):
        return sentence.deps[cue.token] == "xcomp"
    return False


def _is_charge(sentence: Sentence, cue: Cue) -> bool:
    """Whether the words only describe somebody by what they are said to have done: "two men accused of stealing"."""
    link = sentence.heads[cue.token]
    above = sentence.heads[link]
    return (
        sentence.low[link] in word_set("senses", "charged_with")
        and sentence.low[above] in word_set("senses", "charged")
        and sentence.deps[above] in ("acl", "amod", "relcl")
    )


def _is_to_come(sentence: Sentence, cue: Cue) -> bool:
    """Whether a crowd's gathering is yet to come beside what is told: "ahead of the rally"."""
    if cue.entry.type not in word_set("senses", "crowd_types") or not sentence.tags[cue.token].startswith("NN"):
        return False
    if any(sentence.low[c] in word_set("senses", "yet_to_be") for c in sentence.children[cue.token]):
        return True
    start = max(0, cue.first - 4)
    return sentence.deps[cue.token] == "pobj" and not word_set("senses", "yet_to_come").isdisjoint(
        sentence.low[start : cue.first]
    )


def _private(sentence: Sentence, cues: list[Cue]) -> list[Cue]:
    """A cue of private crime for violence among people close to each other: "his wife", "by her husband"."""
    for cue in cues:
        if not sentence.tags[cue.token].startswith("VB") or family_of(cue.entry.type) != "violence":
            continue
        agents = [c for c in sentence.children[cue.token] if sentence.deps[c] in ("agent", "prep")]
        by = [c for agent in agents if sentence.low[agent] == "by" for c in sentence.children[agent]]
        acting = [c for c in sentence.children[cue.token] if sentence.deps[c] == "nsubj"]
        things = [c for c in sentence.children[cue.token] if sentence.deps[c] == "dobj"]
        close = [c for c in (*by, *(acting if things else ())) if _is_kin(sentence, c)]
        close += [c for c in things if _is_kin(sentence, c) and acting]
        if close:
            return [Cue(close[0], close[0], close[0], Entry("kin", "event", "crime", LIKELY))]
    return []


def _is_kin(sentence: Sentence, token: int) -> bool:
    """Whether the noun is of somebody close to another: "her husband"."""
    return sentence.low[token] in word_set("senses", "kin") and any(
        sentence.low[c] in word_set("senses", "own") for c in sentence.children[token]
    )


def _modality(telling: Telling) -> Modality:
    """How the telling presents its event; words of denial and blame that govern no event speak for themselves."""
    low = telling.sentence.low[telling.token]
    if telling.only_goes_on:
        if low in word_set("modality", "denied"):
            return "denied"
        if low in word_set("modality", "alleged"):
            return "alleged"
    return modality(telling.sentence, telling.token)


def _figure(line: Line, harm: Harm) -> bool:
    """Whether the word of harm stands in a figure of speech ("died a thousand deaths")."""
    start = line.sentence.starts[harm.trigger]
    return any(
        hit.start <= start < hit.end and any(entry.type == "figure" for entry in hit.entries) for hit in line.hits
    )


def _counted(suffered: list[Harm]) -> bool:
    """Whether people are counted among the harmed."""
    return any(s.people.stated == "number" for harm in suffered for s in harm.sufferers)


def _head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of a phrase that the others hang on."""
    for token in range(first, last + 1):
        if not first <= sentence.heads[token] <= last or sentence.heads[token] == token:
            return token
    return first


def _clause(sentence: Sentence, token: int) -> int:
    """The verb (or root) of the clause that a token stands in."""
    at = token
    while True:
        head = sentence.heads[at]
        dep = sentence.deps[at]
        if head == at or (dep == "conj" and sentence.low[at] in word_set("discourse", "stances")):
            return at
        if dep in ("relcl", "advcl", "ccomp", "parataxis", "pcomp", "acl") and sentence.tags[at].startswith(VERB):
            return at
        if (
            dep == "conj"
            and sentence.tags[at].startswith(VERB)
            and sentence.child(at, "nsubj", "nsubjpass") is not None
        ):
            return at
        at = head


def _joined(sentence: Sentence, groups: dict[int, Telling]) -> list[Telling]:
    """Clauses put together where one tells the result or manner of the other."""
    owner: dict[int, Telling] = {}
    for clause in sorted(groups, key=lambda c: len(sentence.ancestors(c))):
        telling = groups[clause]
        above = next((owner[a] for a in sentence.ancestors(clause) if a in owner), None)
        if above is None and owner:
            above = next(iter(owner.values()))
        if above is not None and not _apart(sentence, clause, above, telling):
            above.cues += telling.cues
            above.harms += telling.harms
            owner[clause] = above
        else:
            owner[clause] = telling
    unique: list[Telling] = []
    for telling in owner.values():
        if telling not in unique:
            unique.append(telling)
    for telling in unique:
        telling.cues.sort(key=lambda cue: cue.first)
        telling.harms.sort(key=lambda harm: harm.trigger)
    return sorted(unique, key=_main_token)


def _apart(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> bool:
    """Whether a clause tells of another event than the one above it."""
    if telling.only_goes_on or above.only_goes_on:
        return True
    types_above, types = _families(above), _families(telling)
    if _other_item(sentence, clause, above, telling):
        return True
    if _taken_beside(sentence, clause, above, telling):
        return False
    if types and types_above and not types & types_above:
        return not _is_background(sentence, clause, telling, types)
    dep = sentence.deps[clause]
    if _is_earlier(sentence, clause, above) and (telling.harms or types) and (above.harms or types_above):
        return True
    if dep in ("advcl", "pcomp") and _links(sentence, clause) & word_set("discourse", "long_after"):
        return bool(telling.harms or types)
    ways_above, ways = _ways(above), _ways(telling)
    if dep == "conj" and ways and (ways_above or above.harms) and not _shares_way(sentence, clause, above, telling):
        return True
    if ways and ways <= word_set("senses", "beside") and not ways & ways_above:
        return bool(ways_above or above.harms)
    return bool(ways and ways_above and not ways & ways_above and telling.harms and above.harms)


def _shares_way(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> bool:
    """Whether harm is joined to harm and the words after both say how: "two died and six were hurt in clashes"."""
    if not any(harm.trigger == clause for harm in telling.harms) or not above.harms or _ways(above):
        return False
    nouns = (cue.token for cue in telling.cues if cue.entry.strength > LIKELY)
    if not all(sentence.tags[token].startswith("NN") and token > clause for token in nouns):
        return False
    return not _places_in(telling.line, range(_main_token(above), clause))


def _taken_beside(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> bool:
    """Whether arrests are told beside a protest or harm, without their own place: "12 were killed and 4 arrested"."""
    families, types_above = _families(telling), _families(above)
    at = sentence.heads[clause] if sentence.deps[clause] == "acl" else clause
    beside = sentence.deps[at] == "conj" or (sentence.deps[at] == "advcl" and sentence.tags[at] == "VBG")
    if not beside or {"arrests"} not in (families, types_above):
        return False
    hurt = any(harm.outcome in ("killed", "injured") for t in (above, telling) for harm in t.harms)
    own = _places_in(telling.line, sentence.subtree(clause)) and _places_in(telling.line, range(clause))
    return (hurt or "protest" in types_above) and not own


def _is_earlier(sentence: Sentence, clause: int, above: Telling) -> bool:
    """Whether a clause tells of what had happened before: "where seven had been killed", "a day after jets bombed"."""
    children = sentence.children[clause]
    if sentence.deps[clause] == "relcl":
        had = any(sentence.low[c] == "had" and sentence.deps[c] == "aux" for c in children)
        over = any(sentence.low[c] == "had" for c in sentence.children[_main_token(above)])
        return had and not over
    first, last = sorted((_main_token(above), clause))
    start, end = sentence.starts[first], sentence.starts[last]
    if any(start < time.span[0] < end and time.text.lower().endswith(" after") for time in above.line.times):
        return True
    words = " ".join(sentence.low[first:last]).split()
    return any(a in word_set("senses", "spells") and b == "after" for a, b in pairwise(words))


def _other_item(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> bool:
    """Whether a semicolon parts two items of a list, each with its own place and harm."""
    here, there = _item(sentence, clause), _item(sentence, _main_token(above))
    if here == there or not (telling.harms or _families(telling)) or not (above.harms or _families(above)):
        return False
    return bool(_places_in(telling.line, range(*here))) and bool(_places_in(telling.line, range(*there)))


def _item(sentence: Sentence, token: int) -> tuple[int, int]:
    """The tokens between the semicolons around a token."""
    first = next((at + 1 for at in range(token, -1, -1) if sentence.low[at] == ";"), 0)
    return first, next((at for at in range(token, len(sentence)) if sentence.low[at] == ";"), len(sentence))


def _places_in(line: Line, tokens: Iterable[int]) -> bool:
    """Whether a place is named among the tokens."""
    known = set(tokens)
    starts = (line.sentence.token_at(p.place.span[0]) for p in line.places if p.role == "mention")
    return any(at in known for at in starts)


def _links(sentence: Sentence, clause: int) -> set[str]:
    """The words that link a clause to the one above it."""
    marks = {sentence.low[c] for c in sentence.children[clause] if sentence.deps[c] in ("mark", "prep", "advmod")}
    return {*marks, sentence.low[max(0, clause - 1)], sentence.low[sentence.heads[clause]]}


def _is_background(sentence: Sentence, clause: int, telling: Telling, families: set[str]) -> bool:
    """Whether a clause only tells what the event came out of: "took the town after days of fighting"."""
    if telling.harms or families != {"violence"} or not _ways(telling) <= {"armed_clash"}:
        return False
    return bool(_links(sentence, clause) & word_set("discourse", "out_of"))


def _ways(telling: Telling) -> set[str]:
    """The types that single words of a telling decide."""
    return {cue.entry.type for cue in telling.cues if cue.entry.strength >= 3}


def _families(telling: Telling) -> set[str]:
    plain = word_set("senses", "ways", "one_by_one")
    cues = [cue for cue in telling.cues if cue.entry.type not in ("rescue", "same") and cue.entry.words not in plain]
    families = {family_of(cue.entry.type) for cue in cues if cue.entry.strength >= 2}
    if not families and telling.harms:
        outcomes = {harm.outcome for harm in telling.harms}
        if outcomes <= {"detained"}:
            families = {"arrests"}
        elif outcomes <= {"abducted"}:
            families = {"violence"}
    return families


def family_of(event_type: str) -> str:
    """The family of a type: types of one family may be tellings of one event."""
    for family, words in _family_table().items():
        if event_type in words:
            return family
    return event_type


def _family_table() -> dict[str, frozenset[str]]:
    return {name: word_set("senses", "families", name) for name in ("violence", "protest", "territory", "harmless")}


def _main_token(telling: Telling) -> int:
    """The word that carries the telling: the cue or harm nearest to the root."""
    sentence = telling.sentence
    tokens = [cue.token for cue in telling.cues if cue.entry.strength >= 2] or [cue.token for cue in telling.cues]
    tokens += [harm.trigger for harm in telling.harms]
    return min(tokens, key=lambda t: (len(sentence.ancestors(t)), t))


def _bound(joined: list[Telling], sentence: Sentence) -> None:
    """The stretch of the sentence that is each telling's own."""
    marks = sorted(
        joined, key=lambda telling: min([c.first for c in telling.cues] + [h.trigger for h in telling.harms])
    )
    for n, telling in enumerate(marks):
        telling.first = 0 if n == 0 else min([c.first for c in telling.cues] + [h.trigger for h in telling.harms])
        if n:
            inside = min(min(sentence.subtree(_clause(sentence, telling.token))), telling.first)
            item = _item(sentence, telling.token)[0]
            if item > marks[n - 1].token:
                inside = item
            telling.first = max(inside, marks[n - 1].first + 1)
    for n, telling in enumerate(marks):
        telling.last = marks[n + 1].first - 1 if n + 1 < len(marks) else len(sentence) - 1


def _owner(joined: list[Telling], token: int | None) -> Telling | None:
    if token is None:
        return None
    return next((telling for telling in joined if telling.first <= token <= telling.last), joined[0])
