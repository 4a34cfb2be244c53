"""Tellings: what one clause of a sentence tells of one event.

In: a line of a page. Out: `Telling`s. Words of one clause, and of clauses that tell its result ("killing five"), belong
together; a clause after "after" or a relative clause about something else is a telling of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ascertain.model import ActorKind, Attribution, Group, Modality, Target
from ascertain.places import PlaceMention
from ascertain.reading.attribution import Heard
from ascertain.reading.cues import LIKELY, Cue, cues_of, family_of
from ascertain.reading.framing import framed, settled, tried, years_named
from ascertain.reading.harm import Harm, harms, share_groups
from ascertain.reading.modality import modality
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.roll import call_roll, take_after
from ascertain.reading.senses import bygone, figurative
from ascertain.reading.targets import targets
from ascertain.reading.words import plain, word_set
from ascertain.times import TimeMention

VERB = ("VB", "MD")
# the group of the members of an armed party
GROUP_OF_KIND: dict[ActorKind, Group] = {
    "state_forces": "security_forces",
    "police": "security_forces",
    "external_forces": "security_forces",
    "rebel_group": "combatants",
    "militia": "combatants",
}
# an event that happened before the one told above it, or beside it
Another = Literal["before", "beside"]
# a word or two with a stop: a heading
HEADING_WORDS = 2


@dataclass(slots=True, eq=False)
class Telling:
    """What one clause tells of one event; `another`: its words set it apart from the event told above it.

    `near_times` and `near_places` are those of its sentence, but for what belongs to an event set apart.
    """

    line: Line
    cues: list[Cue] = field(default_factory=list)
    harms: list[Harm] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    near_times: list[TimeMention] = field(default_factory=list)
    near_places: list[PlaceMention] = field(default_factory=list)
    speakers: tuple[Attribution, ...] = ()
    modality: Modality = "asserted"
    token: int = 0
    tried: bool = False
    another: Another | None = None
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


def tellings(
    line: Line, text: str, carried: bool = False, year: int | None = None, heard: Heard | None = None
) -> list[Telling]:
    """The events that a line tells of, in order; `carried`: the line before, of its paragraph, told of the killed.

    `year` is the year of the report: what it tells of long before is history. `heard` is who speaks in the line: what
    two speakers tell, each in a clause, is told apart.
    """
    sentence = line.sentence
    cues = cues_of(line)
    suffered = [harm for harm in harms(sentence, line.names, carried) if not _figure(line, harm)]
    _count_parties(line, suffered)
    call_roll(sentence, suffered, line.names, carried)
    take_after(suffered)
    if not cues and not suffered:
        return _of_damage(line, text)
    if len(sentence) <= HEADING_WORDS and not suffered:
        return []
    if figurative(line, text, _counted(suffered) or _robbed(cues)) or bygone(line, text):
        return []
    if _of_illness(sentence, cues, suffered):
        return []
    groups: dict[int, Telling] = {}
    for cue in cues:
        groups.setdefault(_clause(sentence, cue.token), Telling(line)).cues.append(cue)
    for harm in suffered:
        clause = harm.trigger if harm.rival else _clause(sentence, harm.trigger)
        groups.setdefault(clause, Telling(line)).harms.append(harm)
    joined = _joined(sentence, groups, heard)
    hit = targets(line, text)
    for telling in joined:
        telling.token = _main_token(telling)
        telling.modality = _modality(telling)
        telling.tried = tried(line, telling.token, [harm.trigger for harm in telling.harms], telling.harms)
        if telling.tried and telling.modality == "alleged" and settled(sentence, telling.token):
            telling.modality = "asserted"
        telling.whole_sentence = len(joined) == 1
    _bound(joined, sentence)
    for telling in joined:
        telling.targets = [t for t in hit if _owner(joined, sentence.token_at(t.span[0])) is telling]
        telling.times = [t for t in line.times if _owner(joined, sentence.token_at(t.span[0])) is telling]
        if telling.tried:
            telling.times = [*telling.times, *years_named(line, text, telling.token)]
        telling.places = [p for p in line.places if _owner(joined, sentence.token_at(p.place.span[0])) is telling]
    for telling in joined:
        _look_around(telling, joined)
    return [telling for telling in joined if not _framed(telling, text, year)]


def _look_around(telling: Telling, joined: Sequence[Telling]) -> None:
    """Find the times and places of the sentence that may be of the telling's event."""
    if telling.another == "before":
        telling.near_times, telling.near_places = telling.times, telling.places
        return
    apart = [other for other in joined if other is not telling and other.another is not None]
    taken = {time.span for other in apart for time in other.times}
    taken |= {place.place.span for other in apart for place in other.places}
    telling.near_times = [time for time in telling.line.times if time.span not in taken]
    telling.near_places = [place for place in telling.line.places if place.place.span not in taken]


def _count_parties(line: Line, suffered: list[Harm]) -> None:
    """Give the counted members of a party their group: "4 VDP killed", "ANSF 2 wounded"."""
    if not line.parties:
        return
    starts = line.sentence.starts
    for sufferer in (s for harm in suffered for s in harm.sufferers):
        people = sufferer.people
        of_men = people.group == "men" and people.head > people.first
        if not (people.group == "people" or of_men) or people.stated != "number":
            continue
        named = people.first - 1 if people.head_is_number else people.head - of_men
        at = starts[named] if named >= 0 else -1
        kind = next((party.kind for party in line.parties if party.span[0] <= at < party.span[1]), None)
        if kind is not None and (group := GROUP_OF_KIND.get(kind)) is not None:
            sufferer.people = replace(people, group=group, kind=kind, armed=True)
    share_groups(suffered)


def _framed(telling: Telling, text: str, year: int | None) -> bool:
    """Whether a telling is of fiction, law, memory and the like, not of news."""
    acts = [cue.token for cue in telling.cues] + [harm.trigger for harm in telling.harms]
    violent = bool(telling.harms) or any(
        family_of(cue.entry.type) in ("violence", "territory", "rescue") for cue in telling.cues
    )
    return framed(telling.line, text, telling.token, acts, telling.harms, year, violent=violent)


def _of_illness(sentence: Sentence, cues: list[Cue], suffered: list[Harm]) -> bool:
    """Whether people are only said to have died, in a sentence about a disease or hunger: nobody did it to them."""
    plain_words = word_set("senses", "ways", "one_by_one")
    died = all(cue.entry.words in plain_words for cue in cues) and all(h.outcome != "displaced" for h in suffered)
    return died and not word_set("senses", "illness").isdisjoint(sentence.low)


def _of_damage(line: Line, text: str) -> list[Telling]:
    """What a line tells that only goes on about the damage done: "the two houses were completely destroyed"."""
    first = next((hit for hit in line.hits if any(entry.kind == "damage" for entry in hit.entries)), None)
    hit = [t for t in targets(line, text) if t.damage in ("damaged", "destroyed")] if first is not None else []
    token = line.sentence.token_at(first.start) if first is not None else None
    if not hit or token is None:
        return []
    told = Telling(line, targets=hit, times=line.times, places=line.places, token=token, last=len(line.sentence) - 1)
    _look_around(told, [told])
    told.modality = modality(line.sentence, token)
    return [told]


def _modality(telling: Telling) -> Modality:
    """How the telling presents its event; a question asserts nothing.

    Words of denial and blame that govern no event speak for themselves.
    """
    if telling.only_goes_on:
        words = {telling.sentence.low[telling.token], *telling.cues[0].entry.words.split()}
        if not words.isdisjoint(word_set("modality", "denied") | word_set("modality", "disowning")):
            return "denied"
        if not words.isdisjoint(word_set("modality", "alleged") | word_set("modality", "blaming")):
            return "alleged"
    found = modality(telling.sentence, telling.token)
    if found == "asserted" and telling.sentence.words[-1] == "?":
        return "hypothetical"
    blamed = found == "asserted" and any(
        cue.entry.type == "same" and not word_set("modality", "blaming").isdisjoint(cue.entry.words.split())
        for cue in telling.cues
    )
    return "alleged" if blamed else found


def _figure(line: Line, harm: Harm) -> bool:
    """Whether the word of harm stands in a figure of speech ("died a thousand deaths")."""
    start = line.sentence.starts[harm.trigger]
    return any(
        hit.start <= start < hit.end and any(entry.type == "figure" for entry in hit.entries) for hit in line.hits
    )


def _counted(suffered: list[Harm]) -> bool:
    """Whether people are counted among the harmed."""
    return any(s.people.stated == "number" for harm in suffered for s in harm.sufferers)


def _robbed(cues: list[Cue]) -> bool:
    """Whether a robbery is told, by those who do it and by what they do: words of art and trade are of the loot."""
    verbs = word_set("mishaps", "theft", "verbs")
    return any(cue.entry.type == "crime" and not verbs.isdisjoint(cue.entry.words.split()) for cue in cues)


def _clause(sentence: Sentence, token: int) -> int:
    """The verb (or root) of the clause that a token stands in."""
    at = token
    while True:
        head = sentence.heads[at]
        dep = sentence.deps[at]
        if head == at or (dep == "conj" and sentence.low[at] in word_set("discourse", "stances")):
            return at
        if dep == "conj" and sentence.tags[at].startswith("NN") and sentence.tags[head].startswith("VB"):
            return at  # its own verb is lost: "killed five, and a second strike on a clinic killed three"
        if dep in ("relcl", "advcl", "ccomp", "parataxis", "pcomp", "acl") and sentence.tags[at].startswith(VERB):
            return at
        if (
            dep == "conj"
            and sentence.tags[at].startswith(VERB)
            and sentence.child(at, "nsubj", "nsubjpass") is not None
        ):
            return at
        at = head


def _joined(sentence: Sentence, groups: dict[int, Telling], heard: Heard | None) -> list[Telling]:
    """Clauses put together where one tells the result or manner of the other."""
    owner: dict[int, Telling] = {}
    for clause in sorted(groups, key=lambda c: len(sentence.ancestors(c))):
        telling = groups[clause]
        above = next((owner[a] for a in sentence.ancestors(clause) if a in owner), None)
        if above is None and owner:
            above = next(iter(owner.values()))
        if (
            above is not None
            and not _apart(sentence, clause, above, telling)
            and not _by_another(telling, above, heard)
        ):
            above.cues += telling.cues
            above.harms += telling.harms
            owner[clause] = above
        else:
            owner[clause] = telling
            if above is None:
                telling.another = _after_that(sentence, clause, telling)
            else:
                telling.another = _another(sentence, clause, above, telling)
                telling.cues += _taken_up(sentence, clause, above) if telling.another == "beside" else ()
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
    if telling.only_goes_on or above.only_goes_on or _another(sentence, clause, above, telling):
        return True
    types_above, types = _families(above), _families(telling)
    if _is_rival(telling) or _is_rival(above):
        return True
    over = _main_token(above)
    if (telling.harms or types) and (_said_apart(sentence, clause, over) or _said_apart(sentence, over, clause)):
        return True
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


def _another(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> Another | None:
    """Whether a clause with its own count tells of an event long before the one above it, or of a second beside it.

    "The attack came two weeks after a raid in Ariha killed nine"; "…, and hours later a second one killed eight".
    """
    if not _counted(telling.harms) or not above.cues:
        return None
    spelled = sentence.deps[clause] != "relcl" and _is_earlier(sentence, clause, above)
    if spelled and (_families(above) or above.goes_on):
        return "before"
    subject = _doer(sentence, clause)
    if subject is None or any(s.people.head == subject for harm in telling.harms for s in harm.sufferers):
        return None
    told = sentence.low[subject] == "one" or any(cue.token == subject for cue in telling.cues)
    further = any(sentence.low[c] in word_set("discourse", "further") for c in sentence.children[subject])
    return "beside" if told and further and above.harms else None


def _after_that(sentence: Sentence, clause: int, telling: Telling) -> Another | None:
    """Whether a clause tells of what had been before an event that is only pointed at: "it came a week after …"."""
    mark = sentence.child(clause, "mark")
    if sentence.deps[clause] != "advcl" or mark is None or not _counted(telling.harms):
        return None
    spelled = sentence.low[mark - 1] in word_set("senses", "spells") and sentence.low[mark] == "after"
    subject = sentence.child(sentence.heads[clause], "nsubj")
    pointed = subject is not None and sentence.low[subject] in word_set("discourse", "pointing")
    return "before" if spelled and pointed else None


def _taken_up(sentence: Sentence, clause: int, above: Telling) -> list[Cue]:
    """The word of the event above that "a second one" stands for."""
    subject = _doer(sentence, clause)
    if subject is None or sentence.low[subject] != "one":
        return []
    nouns = [cue for cue in above.cues if sentence.tags[cue.token].startswith("NN") and cue.entry.type != "same"]
    return [replace(cue, first=subject, last=subject, token=subject) for cue in nouns[:1]]


def _doer(sentence: Sentence, clause: int) -> int | None:
    """The subject of a verb joined to another, or the noun joined to a verb, whose own verb the parse lost."""
    if sentence.deps[clause] != "conj":
        return None
    if sentence.tags[clause].startswith("NN"):
        return clause
    return sentence.child(clause, "nsubj") if sentence.tags[clause].startswith(VERB) else None


def _said_apart(sentence: Sentence, clause: int, above: int) -> bool:
    """Whether another verb of saying governs the clause but not `above`: of another speaker, of denial or after it."""
    over = {above, *sentence.ancestors(above)}
    for at in (clause, *sentence.ancestors(clause)):
        if at in over:
            return False
        if sentence.deps[at] != "conj" or not sentence.tags[at].startswith("VB"):
            continue
        if at != clause and sentence.low[at] in word_set("modality", "denied"):
            return True
        speaks = sentence.low[at] in word_set("attribution", "says") and sentence.child(at, "ccomp") is not None
        after_denial = sentence.low[sentence.heads[at]] in word_set("modality", "denied")
        if speaks and (after_denial or sentence.child(at, "nsubj") is not None):
            return True
    return False


def _by_another(telling: Telling, above: Telling, heard: Heard | None) -> bool:
    """Whether two clauses are told by two speakers: "police said five died, while residents said eight had"."""
    if heard is None or len(heard.speeches) < 2:
        return False
    here, there = (frozenset(s.span for s in heard.of(_main_token(one))) for one in (telling, above))
    return bool(here) and bool(there) and here.isdisjoint(there)


def _shares_way(sentence: Sentence, clause: int, above: Telling, telling: Telling) -> bool:
    """Whether harm is joined to harm and the words after both say how: "two died and six were hurt in clashes"."""
    if not any(harm.trigger == clause for harm in telling.harms) or not above.harms or _ways(above):
        return False
    nouns = (cue.token for cue in telling.cues if cue.entry.strength > LIKELY)
    if not all(sentence.tags[token].startswith("NN") and token > clause for token in nouns):
        return False
    return not _places_in(telling.line, range(_main_token(above), clause))


def _is_rival(telling: Telling) -> bool:
    """Whether a clause only gives another count of those told of: "the rebels put the number at 118"."""
    return bool(telling.harms) and all(harm.rival for harm in telling.harms)


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
    plain = plain | word_set("mishaps", "fire", "nouns") | word_set("mishaps", "fire", "burn")
    plain = plain | word_set("mishaps", "custody", "escapes")
    hurt = {s.people.head for harm in telling.harms for s in harm.sufferers}
    cues = [
        cue
        for cue in telling.cues
        if cue.entry.type not in ("rescue", "same") and cue.entry.words not in plain and cue.token not in hurt
    ]
    families = {family_of(cue.entry.type) for cue in cues if cue.entry.strength >= 2}
    if not families and telling.harms:
        outcomes = {harm.outcome for harm in telling.harms}
        if outcomes <= {"detained"}:
            families = {"arrests"}
        elif outcomes <= {"abducted"}:
            families = {"violence"}
    return families


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
            clause = telling.token if _is_rival(telling) else _clause(sentence, telling.token)
            inside = min(min(sentence.subtree(clause)), telling.first)
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
