"""Harm to people in a sentence: who was killed, injured, trapped, …, as figures of the sentence.

In: a parsed sentence. Out: `Harm`s, one per word that asserts harm, each with the people who suffered it and the parts
of them that the sentence tells apart ("including four children"). Nobody is counted twice: the dead are not also
injured, and who is told in a list suffers what the nearest word of harm tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ascertain.model import Outcome
from ascertain.reading.harm_frames import Sufferer, further_count, read_frame, rival_count
from ascertain.reading.harm_heads import next_head
from ascertain.reading.harm_targets import attacked
from ascertain.reading.harm_words import gate_words, uses, words_of_harm
from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, coordinated, people_at
from ascertain.reading.words import word_set

__all__ = ["Harm", "Sufferer", "gate_words", "harms", "share_groups"]

# Words between a number of people and what they are, and tags with which a noun phrase opens.
BETWEEN = frozenset(("were", "was", "are", "being", "aged", ",", "reportedly"))
OPENS_PHRASE = frozenset(("DT", "CD", "JJ", "NN", "NNS", "NNP", "PRP$"))
# Groups that a bare number takes over from the people told before it.
SHARED = frozenset(("civilians", "combatants", "security_forces", "protesters", "journalists"))


@dataclass(slots=True)
class Harm:
    """One outcome asserted by one word of a sentence; `rival`: another count of those told of before."""

    outcome: Outcome
    trigger: int
    sentence: Sentence
    sufferers: list[Sufferer] = field(default_factory=list)
    rival: bool = False


def harms(sentence: Sentence, taken: frozenset[int] = frozenset(), carried: bool = False) -> list[Harm]:
    """All harm that the sentence asserts, in order of its words; `carried`: the sentence before told of the killed."""
    found: list[Harm] = []
    used: set[tuple[Outcome, int]] = set()
    words = words_of_harm()
    for token, word in enumerate(sentence.low):
        for outcome, frame in uses(sentence, token, word) if word in words else ():
            sufferers = read_frame(sentence, token, frame, taken)
            if any((outcome, s.people.head) not in used for s in sufferers):
                used.update((outcome, s.people.head) for s in sufferers)
                found.append(Harm(outcome, token, sentence, sufferers))
                if frame != "none":
                    break
    found = _worst(found)
    found += _rivals(sentence, found, carried)
    if found:
        apart = _told_apart(sentence, taken)
        for harm in found:
            _add_parts(harm, found, apart)
        share_groups(found)
    return found


def _rivals(sentence: Sentence, found: list[Harm], carried: bool) -> list[Harm]:
    """Other counts of the same people, behind the first: "…; the rebels put the number at 118".

    Behind a sentence that told of the killed, one without a word of harm counts them: "It was nearer to 90, she said".
    """
    made: list[Harm] = []
    verbs = word_set("harm", "rivals")
    counted = [h for h in found if h.outcome in ("killed", "injured") and _counts_some(h)]
    if not counted:
        return _rivals_of_before(sentence) if carried and not found else []
    triggers = {harm.trigger for harm in found}
    known = {s.people.head for harm in found for s in harm.sufferers}
    for token in range(counted[0].trigger + 1, len(sentence)):
        if token in triggers:
            continue
        if sentence.low[token] in verbs and sentence.tags[token].startswith("VB"):
            people = rival_count(sentence, token)
        else:
            people = further_count(sentence, token)
        if people is not None and people.head not in known:
            before = [harm for harm in counted if harm.trigger < token]
            group = next((s.people.group for s in before[-1].sufferers if s.part_of is None), people.group)
            one = [Sufferer(replace(people, group=group))]
            made.append(Harm(before[-1].outcome, token, sentence, one, rival=True))
            known.add(people.head)
    return made


def _rivals_of_before(sentence: Sentence) -> list[Harm]:
    """The count of those killed in the sentence before: the first that somebody gives, of no noun of its own."""
    for token, low in enumerate(sentence.low):
        if sentence.tags[token].startswith("VB") and (low in word_set("harm", "rivals") or _of_count(sentence, token)):
            people = rival_count(sentence, token)
            if people is not None and people.head_is_number:
                return [Harm("killed", token, sentence, [Sufferer(people)], rival=True)]
    return []


def _of_count(sentence: Sentence, verb: int) -> bool:
    """Whether a verb says what a count is: "the number was nearer to 90"."""
    subject = sentence.child(verb, "nsubj")
    counts = word_set("attribution", "counts")
    return sentence.low[verb] in ("is", "was") and subject is not None and sentence.low[subject] in counts


def _counts_some(harm: Harm) -> bool:
    return any(s.people.stated == "number" for s in harm.sufferers)


def _worst(found: list[Harm]) -> list[Harm]:
    """The harm told, each of its own people: the dead are not also injured, nobody in a list suffers two harms."""
    told = [harm for harm in found if any(s.people.stated != "back" for s in harm.sufferers)]
    for harm in found:
        later = {s.people.head for h in found if h.trigger > harm.trigger for s in h.sufferers}
        _leave_out(harm, later & {s.people.head for s in harm.sufferers if s.part_of is not None})
    fates = {s.people.head: h for h in found if h.outcome == "killed" for s in h.sufferers if _counts_dead(s.people)}
    for harm in found:
        for head in {s.people.head for s in harm.sufferers} & set(fates) if harm.outcome == "injured" else ():
            between = range(min(harm.trigger, fates[head].trigger), max(harm.trigger, fates[head].trigger))
            if not any(harm.sentence.low[t] == "or" for t in between) and len(between) > 2:
                _leave_out(harm, {head})
    for harm in found:
        _leave_out(harm, {s.people.head for s in harm.sufferers if s.part_of is not None and _exceeds(s, harm)})
    emptied = [harm for harm in told if all(s.people.stated == "back" for s in harm.sufferers)]
    return [harm for harm in found if not any(harm is other for other in emptied)]


def _counts_dead(people: People) -> bool:
    return people.stated != "back" and people.high != 0


def _exceeds(part: Sufferer, harm: Harm) -> bool:
    """Whether a part is more than its whole: then the parse has joined what does not belong together."""
    whole = harm.sufferers[part.part_of].people if part.part_of is not None else part.people
    return part.people.low is not None and whole.high is not None and part.people.low > whole.high


def _leave_out(harm: Harm, heads: set[int]) -> None:
    """Let these people state no number in a harm; its others keep their places."""
    for sufferer in harm.sufferers:
        if sufferer.people.head in heads:
            sufferer.people = replace(sufferer.people, stated="back", definite=True)


def share_groups(found: list[Harm]) -> None:
    """A bare number, or "others", is of the group told before it: "killed 18 civilians, 11 injured".

    Where two groups are told before it, it is of neither; where none is, it is of those who were attacked: "fired on
    demonstrators, killing five".
    """
    told: People | None = None
    mixed = False
    losses = word_set("harm", "killed", "losses")
    for harm in sorted(found, key=lambda harm: harm.trigger):
        if harm.sentence.low[harm.trigger] in losses:
            continue
        tops = [s for s in harm.sufferers if s.people.stated != "back" and s.part_of is None]
        for sufferer in tops:
            people = sufferer.people
            if not _is_bare(people):
                told = people if people.group in SHARED else None
                mixed = mixed or told is None
            elif people.stated != "none" and people.group == "people":
                of = told if told is not None or mixed else attacked(harm.sentence, harm.trigger)
                if of is not None and of.group in SHARED:
                    sufferer.people = replace(people, group=of.group, kind=of.kind, armed=of.armed)
        if len({s.people.group for s in tops if not _is_bare(s.people)}) > 1:
            told, mixed = None, True


def _is_bare(people: People) -> bool:
    """Whether only a number, or a word such as "others", tells of them."""
    low = people.sentence.low[people.head]
    return people.head_is_number or low in ("one", "others") or low in word_set("people", "pronouns_one")


def _add_parts(harm: Harm, all_harms: list[Harm], apart: list[tuple[int, People]]) -> None:
    """Parts that stand apart from their whole: "…, among them a doctor", "15 of them children"."""
    tops = [n for n, s in enumerate(harm.sufferers) if s.part_of is None and s.people.stated != "none"]
    if not tops:
        return
    known = {s.people.head for h in all_harms for s in h.sufferers}
    end = max(harm.trigger, max(harm.sufferers[n].people.last for n in tops))
    for start, part in apart:
        wholes = [n for n in tops if harm.sufferers[n].people.head < start]
        nearest = _nearest(all_harms, start)
        if wholes and nearest is harm and part.head not in known and end:
            whole = harm.sufferers[wholes[-1]].people
            if whole.stated in ("single", "name") or (
                whole.high is not None and part.low is not None and part.low > whole.high
            ):
                continue
            low_part = replace(part, low=1, high=None) if part.stated == "plural" else part
            if low_part.group == "people" and low_part.head_is_number:
                low_part = replace(low_part, group=whole.group)
            harm.sufferers.append(Sufferer(low_part, wholes[-1]))


def _nearest(all_harms: list[Harm], start: int) -> Harm | None:
    """The harm whose people stand last before a token."""
    before = [
        (max(s.people.last for s in h.sufferers if s.people.last < start), h)
        for h in all_harms
        if any(s.people.last < start for s in h.sufferers)
    ]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _told_apart(sentence: Sentence, taken: frozenset[int]) -> list[tuple[int, People]]:
    """People after "among them" and the like, and the number in "15 of them children", with where the words begin."""
    found: list[tuple[int, People]] = []
    cues = word_set("people", "parts", "cues")
    first_words = word_set("people", "parts", "first_words")
    them = word_set("people", "parts", "of_them")
    for token, low in enumerate(sentence.low):
        if low == "of" and token + 1 < len(sentence) and sentence.low[token + 1] in them:
            found += _of_them(sentence, token, taken)
        elif low in first_words:
            size = next((n for n in (3, 2, 1) if " ".join(sentence.low[token : token + n]) in cues), 0)
            found += [(token, people) for people in _told_after(sentence, token + size, taken)] if size else []
    return found


def _told_after(sentence: Sentence, token: int, taken: frozenset[int]) -> list[People]:
    """The people of the list that begins at a token, as it runs: "a nurse from Homs, two men and a boy"."""
    head = next_head(sentence, token)
    heads = list(coordinated(sentence, head)) if head is not None else []
    end = heads[0] if heads else len(sentence)
    last = False
    while heads and not last and (comma := _next_joint(sentence, end)) is not None:
        last = sentence.low[comma] == "and"
        start = comma + 2 if sentence.low[comma : comma + 2] == [",", "and"] else comma + 1
        last = last or start == comma + 2
        if start >= len(sentence) or (sentence.tags[start] != "CD" and sentence.low[start] not in ("a", "an", "one")):
            break
        following = next_head(sentence, start, 5)
        if following is None or sentence.low[following] in ("others", "other"):
            break
        heads.append(following)
        end = following
    people = [people_at(sentence, h, taken) for h in dict.fromkeys(heads)]
    return [found for found in people if found is not None and found.stated != "back"]


def _next_joint(sentence: Sentence, token: int) -> int | None:
    """The comma or "and" that goes on with a list, at most a name's length away and before any verb."""
    for at in range(token + 1, min(len(sentence), token + 10)):
        if sentence.low[at] in (",", "and"):
            return at
        if sentence.tags[at] in ("VBD", "VBZ", "VBP", "VBN", "MD", "."):
            return None
    return None


def _of_them(sentence: Sentence, of: int, taken: frozenset[int]) -> list[tuple[int, People]]:
    """ "15 of them children", "three of whom were women", "several of them critically", "of whom 25 were women"."""
    number = people_at(sentence, of - 1, taken) if of else None
    after = of + 2
    if (number is None or number.stated == "back") and sentence.tags[after : after + 1] == ["CD"]:
        number, after, of = people_at(sentence, after, taken), after + 1, after + 1
    if number is None or (number.low is None and number.high is None) or _is_share(sentence, of - 1):
        return []
    if _has_own_verb(sentence, after):
        return []
    while after < len(sentence) and sentence.low[after] in BETWEEN:
        after += 1
    head = next_head(sentence, after, 5) if after < len(sentence) and sentence.tags[after] in OPENS_PHRASE else None
    noun = people_at(sentence, head, taken) if head is not None else None
    if noun is None or noun.name:
        return (
            [(of - 1, replace(number, definite=False, last=max(number.last, of + 1)))]
            if number.stated != "back"
            else []
        )
    told = replace(
        number, group=noun.group, head=noun.head, last=noun.last, kind=noun.kind, armed=noun.armed, definite=False
    )
    return [(of - 1, told)]


def _is_share(sentence: Sentence, token: int) -> bool:
    """Whether a word tells only a share of a whole: "most of them"."""
    return sentence.low[token] in word_set("people", "parts", "shares")


def _has_own_verb(sentence: Sentence, token: int) -> bool:
    """Whether what befell those told apart is told by a verb of their own: "33 of whom were deported"."""
    auxiliary = sentence.tags[token : token + 1] in (["VBD"], ["VBP"], ["VBZ"])
    return auxiliary and sentence.tags[token + 1 : token + 2] in (["VBN"], ["VBG"])
