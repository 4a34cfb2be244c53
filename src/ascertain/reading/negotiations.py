"""Negotiations: talks between parties to a conflict, who takes part, what is argued over, and how they stand.

In: the lines of a page, in order. Out: `Negotiation`s, each with the lines that tell of it. A line tells of talks by a
word for them ("talks", "ceasefire") of which something is said; words that fit any bargain ("the deal", "the two
sides") count only in talks under discussion or between two parties. Talks in trade, wages or sport are none, nor is a
call for peace. The status that the last line states is the status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ascertain.actors import PartyMention, describe, find_parties, find_states
from ascertain.model import Actor, ActorKind, ActorRole, Issue, NegotiationStatus, Span
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, left_edge
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

FILE = "negotiations"
SUBJECTS = ("nsubj", "nsubjpass")
NEAR_PARAGRAPHS = 2
MODIFYING = ("acl", "relcl", "amod")
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


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word or phrase that names talks, a pact, or something weaker; `token` is its head."""

    first: int
    last: int
    token: int
    name: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What one line tells of talks; `weak` where it does so only if talks are under discussion."""

    line: Line
    token: int
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    status: NegotiationStatus | None
    weak: bool
    definite: bool


@dataclass(slots=True, eq=False)
class _Talks:
    """Talks under discussion."""

    parts: list[_Part] = field(default_factory=list)


def negotiations(lines: Sequence[Line], text: str) -> list[Negotiation]:
    """The negotiations that the lines of a report tell of, in order."""
    under_discussion: list[_Talks] = []
    for line in lines:
        if not _gated(line) or line.sentence.heading:
            continue
        part = _part(line, text)
        if part is None:
            continue
        talks = _talks_of(part, under_discussion)
        if talks is not None:
            talks.parts.append(part)
        elif not part.weak:
            under_discussion.append(_Talks([part]))
    return [_negotiation(talks) for talks in under_discussion]


def _gated(line: Line) -> bool:
    return any(entry.kind == "negotiation" for hit in line.hits for entry in hit.entries)


def _talks_of(part: _Part, under_discussion: Sequence[_Talks]) -> _Talks | None:
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


def _others(own: set[str], known: set[str]) -> bool:
    """Whether one party talks to somebody else: the pairs differ, and neither holds the other."""
    return len(own) > 1 and len(known) > 1 and not (own <= known or known <= own)


def _settled(under_discussion: Sequence[_Talks]) -> bool:
    """Whether the last talks have led to something, so that talks to come are others."""
    return bool(under_discussion) and under_discussion[-1].parts[-1].status in ("agreed", "implemented")


def _near(part: _Part, talks: _Talks) -> bool:
    return part.line.sentence.paragraph - talks.parts[-1].line.sentence.paragraph <= NEAR_PARAGRAPHS


def _names(part: _Part) -> set[str]:
    """What the parties of the line are known by."""
    return {actor.id or actor.text.lower() for actor in part.actors if actor.role == "party"}


def _negotiation(talks: _Talks) -> Negotiation:
    statuses = [part.status for part in talks.parts if part.status is not None]
    told = [status for status in statuses if status not in word_set(FILE, "status_rules", "faint")] or statuses
    return Negotiation(
        lines=tuple(part.line for part in talks.parts),
        token=talks.parts[0].token,
        actors=_each_once(actor for part in talks.parts for actor in part.actors),
        issues=tuple(dict.fromkeys(issue for part in talks.parts for issue in part.issues)),
        status=told[-1] if told else None,
    )


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


# ── one line ──


def _part(line: Line, text: str) -> _Part | None:
    """What a line tells of talks, `None` where it tells nothing of any."""
    sentence = line.sentence
    if _of_elsewhere(line):
        return None
    cues = list(_cues(sentence)) or list(_pronouns(sentence))
    if any(_of_other(sentence, cue.token) for cue in cues) and not any(party.armed for party in line.parties):
        return None
    cues = [cue for cue in cues if not _of_other(sentence, cue.token)]
    if not cues:
        return None
    strong = [cue for cue in cues if cue.name not in ("weak", "pronoun")]
    status = _status(sentence, cues)
    issues = _issues(line, text)
    if not (strong or status or issues):
        return None
    actors = _actors(line, text, cues)
    parties = [actor for actor in actors if actor.role == "party"]
    mediated = any(actor.role == "mediator" for actor in actors)
    weak = not strong and not (parties and len(parties) + mediated > 1 and status is not None)
    if weak and status is None and not issues:
        return None
    led = mediated and any(cue.name != "pact" for cue in strong)
    if strong and not (status or issues or led or len(parties) > 1):
        return None
    if not (strong or weak or mediated or _of_conflict(sentence, parties)):
        return None
    if cues[0].name == "pronoun" and status != "implemented":
        return None
    main = (strong or cues)[0].token
    definite = any(sentence.low[c] in word_set(FILE, "nouns", "definite") for c in sentence.children[main])
    return _Part(line, main, actors, issues, status, weak, definite)


def _of_conflict(sentence: Sentence, parties: Iterable[Actor]) -> bool:
    """Whether one of the parties bears arms, or the words are of war."""
    armed = any(actor.kind in ("rebel_group", "militia", "state_forces", "external_forces") for actor in parties)
    return armed or not word_set(FILE, "nouns", "of_war").isdisjoint(sentence.low)


def _of_elsewhere(line: Line) -> bool:
    if any(party.armed for party in line.parties):
        return False
    return not word_set(FILE, "nouns", "elsewhere").isdisjoint(line.sentence.low)


@lru_cache(maxsize=1)
def _index() -> PhraseIndex:
    """Phrases that name talks, by their first word, longest first."""
    return phrase_index(
        FILE, ((phrase, name) for name in ("talks", "pact", "weak") for phrase in table(FILE)["nouns"][name])
    )


@lru_cache(maxsize=1)
def _status_index() -> PhraseIndex:
    return phrase_index(FILE, ((phrase, name) for name, phrases in table(FILE)["status"].items() for phrase in phrases))


def _cues(sentence: Sentence) -> Iterator[_Cue]:
    """The words of the sentence that name talks."""
    verbs = word_set(FILE, "nouns", "verbs")
    end = -1
    for token, low in enumerate(sentence.low):
        if token <= end:
            continue
        if low in verbs and sentence.tags[token].startswith("VB") and not _hyphened(sentence, token):
            yield _Cue(token, token, token, "verb")
            continue
        for words, name in _index().get(low, ()):
            last = token + len(words) - 1
            if tuple(sentence.low[token : last + 1]) == words and sentence.tags[last] in NOUN_TAGS:
                end = last
                head = _head_of(sentence, token, last)
                told = name != "pact" or not _in_background(sentence, head)
                if told and not _called_for(sentence, head):
                    yield _Cue(token, last, head, name)
                break


def _pronouns(sentence: Sentence) -> Iterator[_Cue]:
    """ "It took effect": a pronoun that may stand for a pact under discussion."""
    for token, low in enumerate(sentence.low):
        if low == "it" and sentence.deps[token] in SUBJECTS:
            yield _Cue(token, token, token, "pronoun")


def _head_of(sentence: Sentence, first: int, last: int) -> int:
    return next((t for t in range(first, last + 1) if not first <= sentence.heads[t] <= last), last)


def _of_other(sentence: Sentence, noun: int) -> bool:
    """Whether the words before the noun make it a bargain of another kind ("wage talks")."""
    other = word_set(FILE, "nouns", "other")
    return any(sentence.low[t] in other for t in range(left_edge(sentence, noun), noun))


def _in_background(sentence: Sentence, noun: int) -> bool:
    """Whether a pact only tells when, or what was broken: "despite the ceasefire"."""
    if any(sentence.deps[c] in ("acl", "relcl") for c in sentence.children[noun]):
        return False
    above = [sentence.low[at] for at in sentence.ancestors(noun)[:2]]
    return sentence.deps[noun] in ("pobj", "dobj") and not word_set(FILE, "nouns", "background").isdisjoint(above)


def _called_for(sentence: Sentence, noun: int) -> bool:
    """Whether the talks are only called for."""
    called = word_set(FILE, "nouns", "called")
    at = noun
    for above in sentence.ancestors(noun)[:6]:
        if sentence.low[above] in called and sentence.deps[at] not in SUBJECTS:
            return True
        if sentence.deps[at] in SUBJECTS or sentence.deps[above] in ("ROOT", "ccomp"):
            return False
        at = above
    return False


# ── status ──


@dataclass(frozen=True, slots=True)
class _Standing:
    """A word of status: how firmly it speaks of the talks, and where it stands."""

    firmness: int
    token: int
    status: NegotiationStatus


def _status(sentence: Sentence, cues: Sequence[_Cue]) -> NegotiationStatus | None:
    """How the line says the talks stand: by the firmest word, the last of equals."""
    found: list[_Standing] = []
    end = -1
    for token, low in enumerate(sentence.low):
        if token <= end:
            continue
        for words, name in _status_index().get(low, ()):
            last = token + len(words) - 1
            if tuple(sentence.low[token : last + 1]) != words:
                continue
            status = _of_phrase(sentence, token, last, name, cues)
            if status is not None:
                end = last
                found.append(status)
                break
    found = [one for one in found if not any(_governs(sentence, other, one) for other in found)]
    return max(found, key=lambda one: (one.firmness, one.token)).status if found else None


def _governs(sentence: Sentence, other: _Standing, one: _Standing) -> bool:
    """Whether one status only says what another is about: "refused to sign"."""
    if other.status not in word_set(FILE, "status_rules", "governing") or other.token == one.token:
        return False
    above = sentence.ancestors(one.token)
    return other.token in above and sentence.deps[one.token] in ("xcomp", "ccomp", "dobj", "pobj", "acl", "nsubj")


def _of_phrase(sentence: Sentence, first: int, last: int, name: str, cues: Sequence[_Cue]) -> _Standing | None:
    """What a phrase of status says of the talks, `None` where it speaks of something else."""
    words = " ".join(sentence.low[first : last + 1])
    head = _head_of(sentence, first, last)
    tag = sentence.tags[head]
    near = [cue for cue in cues if _related(sentence, head, cue)]
    if not near or _hyphened(sentence, head):
        return None
    pacts = any(cue.name != "talks" and cue.name != "verb" for cue in near)
    rules = table(FILE)["status_rules"]
    if name == "implemented" and words in rules["pact_only"].split() and not _subject_is_pact(sentence, head, near):
        name = "ongoing" if words in rules["talks_only"].split() else ""
    elif name == "ongoing" and words in rules["talks_only"].split() and pacts and not tag.startswith("VB"):
        name = ""
    if name == "agreed" and words in ("brokered", "mediated", "negotiated") and tag != "VBN":
        name = "ongoing" if tag != "VBD" else name
    if words in rules["intransitive"].split() and sentence.child(head, "dobj") is not None:
        return None
    status = _turned(sentence, head, first, name)
    if status is None:
        return None
    modifies = sentence.deps[head] in MODIFYING and sentence.heads[head] in {cue.token for cue in cues}
    firmness = 1 if status in word_set(FILE, "status_rules", "faint") else 3
    return _Standing(firmness - modifies, head, status)


def _subject_is_pact(sentence: Sentence, verb: int, near: Sequence[_Cue]) -> bool:
    """Whether the verb is said of a truce or deal: "the truce was holding"."""
    pacts = {cue.token for cue in near if cue.name in ("pact", "weak", "pronoun")}
    at = verb
    for _ in range(3):
        subject = sentence.child(at, *SUBJECTS)
        if subject is not None:
            return subject in pacts or sentence.child(verb, "dobj") in pacts
        if sentence.heads[at] == at:
            return False
        if sentence.deps[at] in MODIFYING:
            return sentence.heads[at] in pacts
        at = sentence.heads[at]
    return False


def _related(sentence: Sentence, token: int, cue: _Cue) -> bool:
    """Whether a word of status and a word for talks stand in one clause."""
    if cue.first <= token <= cue.last:
        return cue.name == "verb" or sentence.low[token] in word_set(FILE, "nouns", "telling")
    above = [token, *sentence.ancestors(token)]
    if cue.token in above:
        return True
    below = [cue.token, *sentence.ancestors(cue.token)]
    return any(at in below for at in above[:4])


def _turned(sentence: Sentence, head: int, first: int, name: str) -> NegotiationStatus | None:
    """The status after "not", "will" and their like."""
    if not name:
        return None
    status: NegotiationStatus = name  # type: ignore[assignment]  # the table's keys are the statuses
    rules = table(FILE)["status_rules"]
    around = {sentence.low[c] for c in sentence.children[head] if c < first or (sentence.deps[c] == "neg" and c > head)}
    if around & word_set(FILE, "status_rules", "denials"):
        turned: NegotiationStatus | None = rules["turned"].get(status)
        return turned
    auxiliaries = {sentence.low[c] for c in sentence.children[head] if sentence.deps[c] == "aux"}
    if status in rules["made_proposed"].split() and auxiliaries & word_set(FILE, "status_rules", "future"):
        return "proposed"
    return "ongoing" if "to" in auxiliaries and status in rules["purposed"].split() else status


# ── actors ──


def _actors(line: Line, text: str, cues: Sequence[_Cue]) -> tuple[Actor, ...]:
    """Mediators, parties and supporters named or described in the line."""
    sentence = line.sentence
    named = [(mention, _head_in(sentence, mention.span)) for mention in (*line.parties, *line.states)]
    found = [
        Actor(role=role, text=m.text, span=m.span, name=m.name, id=m.id, kind=m.kind)
        for m, head in named
        if head is not None and (role := _role(sentence, head, m.kind)) is not None
    ]
    taken = [mention.span for mention, _ in named]
    found += _joined(sentence, text, taken)
    found += _described(sentence, text, taken)
    found += _adjectival(sentence, text, [actor.span for actor in found])
    found += _go_betweens(sentence, text, [actor.span for actor in found])
    return tuple(sorted(found, key=lambda actor: actor.span)) if cues else ()


def _head_in(sentence: Sentence, span: Span) -> int | None:
    inside = sentence.tokens_in(span)
    return _head_of(sentence, inside[0], inside[-1]) if inside else None


def _joined(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Qatari-mediated talks": a mediator joined by a hyphen."""
    for token, low in enumerate(sentence.low):
        if low not in word_set(FILE, "roles", "joined") or not _hyphened(sentence, token):
            continue
        first = token - 2
        span = sentence.span_of(first, first)
        if not sentence.words[first][:1].isupper() or any(a <= span[0] < b for a, b in taken):
            continue
        words = text[slice(*span)]
        yield _mediator(words, span)
        if sentence.low[first - 1] == "and" and sentence.words[first - 2].endswith("-") and first > 2:
            last = first - 2 if len(sentence.words[first - 2]) > 1 else first - 3
            start = sentence.starts[last]
            name = text[start : sentence.ends[last]].rstrip("-")
            yield _mediator(name, (start, start + len(name)))


def _adjectival(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Under Malaysian mediation": a state by the adjective before the word for mediation."""
    for token, low in enumerate(sentence.low):
        above = sentence.heads[token]
        if low == sentence.words[token] or sentence.deps[token] not in ("amod", "compound", "nmod"):
            continue
        if sentence.low[above] not in word_set(FILE, "roles", "auspices"):
            continue
        span = sentence.span_of(token, token)
        actor = _mediator(text[slice(*span)], span)
        if actor.id is not None and not any(a < span[1] and span[0] < b for a, b in taken):
            yield actor


def _go_betweens(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Church leaders", "the archbishop": those of standing who bring others together."""
    for token, low in enumerate(sentence.low):
        if low not in word_set(FILE, "roles", "standing") or sentence.tags[token] not in NOUN_TAGS:
            continue
        words = " ".join(sentence.low[left_edge(sentence, token) : token + 1])
        if low in word_set(FILE, "roles", "leading") and not any(
            word in word_set(FILE, "roles", "communal") for word in words.split()
        ):
            continue
        span = sentence.span_of(left_edge(sentence, token), token)
        if any(a < span[1] and span[0] < b for a, b in taken) or not _brings_together(sentence, token):
            continue
        yield Actor(role="mediator", text=text[slice(*span)], span=span, kind="other")


def _brings_together(sentence: Sentence, token: int) -> bool:
    """Whether somebody is the subject of a verb of mediation or bargaining, or what talks are held under."""
    at = token
    while sentence.deps[at] == "conj":
        at = sentence.heads[at]
    above = sentence.heads[at]
    if sentence.deps[at] == "nsubj":
        return sentence.low[above] in word_set(FILE, "roles", "mediating") or sentence.low[above] == "negotiated"
    if sentence.deps[at] == "pobj" and sentence.low[above] in ("under", "by"):
        governor = sentence.low[sentence.heads[above]]
        mediated = any(governor in word_set(FILE, "roles", key) for key in ("mediating", "mediation", "overseeing"))
        return mediated or (sentence.low[above] == "under" and _is_talk(governor))
    return False


def _hyphened(sentence: Sentence, token: int) -> bool:
    return token > 1 and sentence.low[token - 1] == "-"


def _mediator(words: str, span: Span) -> Actor:
    """The state or body that a word joined to "-mediated" names."""
    for found in (find_states(words), find_parties(words), find_parties(f"{words} government")):
        if found:
            known: PartyMention = found[0]
            return Actor(role="mediator", text=words, span=span, name=known.name, id=known.id, kind=known.kind)
    return Actor(role="mediator", text=words, span=span, kind="other")


def _described(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "The rebels", "the government", "Russian and Ukrainian delegations": parties without a name of their own."""
    for token, low in enumerate(sentence.low):
        peoples = low in word_set(FILE, "roles", "peoples")
        if not (peoples or low in word_set(FILE, "roles", "sent")) or sentence.tags[token] not in NOUN_TAGS:
            continue
        first = left_edge(sentence, token)
        span = sentence.span_of(first, token)
        if sentence.deps[token] == "compound" or any(a < span[1] and span[0] < b for a, b in taken):
            continue
        if not peoples and not any(sentence.words[t][:1].isupper() for t in range(first, token) if t):
            continue
        kind = _kind(text[slice(*span)], peoples)
        if kind is not None and _role(sentence, token, kind) == "party":
            yield Actor(role="party", text=text[slice(*span)], span=span, kind=kind)


def _kind(words: str, peoples: bool) -> ActorKind | None:
    """What kind of party the words describe; those who are sent speak for a government."""
    described = describe(words)
    if described is not None and described.kind in table(FILE)["roles"]["arms"].split():
        return described.kind
    return None if peoples and words.split()[-1].lower() in ("groups", "opposition") else "government"


def _role(sentence: Sentence, head: int, kind: str) -> ActorRole | None:
    """What the actor with this head does in the talks, by what governs it; `None` where nothing says."""
    at = head
    for _ in range(8):
        low, dep, above = sentence.low[at], sentence.deps[at], sentence.heads[at]
        if low in word_set(FILE, "roles", "mediation") or (low == "mediating" and sentence.tags[at] in NOUN_TAGS):
            return "mediator"
        if _mediating_beside(sentence, at):
            return "mediator"
        if dep in ("conj", "appos", "compound", "nmod", "poss", "amod", "npadvmod") and above != at:
            at = above
        elif dep == "pobj":
            role, at = _role_by_preposition(sentence, above, kind)
            if role is not None or at < 0:
                return role
        elif dep in (*SUBJECTS, "dobj", "csubj"):
            return _role_by_verb(sentence, at, above, dep, kind)
        else:
            return None
    return None


def _mediating_beside(sentence: Sentence, noun: int) -> bool:
    """ "With the United States mediating", "with Norway as host"."""
    for child in sentence.children[noun]:
        if sentence.deps[child] in ("acl", "relcl") and sentence.low[child] in word_set(FILE, "roles", "mediating"):
            return child > noun and sentence.tags[child] in ("VBG", "VBD", "VBZ", "VBP")
    if sentence.low[noun + 1 : noun + 2] == ["mediating"]:
        return True
    if sentence.deps[noun] == "pobj" and sentence.low[sentence.heads[noun]] == "with":
        after = sentence.low[noun + 1 : noun + 6]
        for step, word in enumerate(after):
            if word == "as" and any(w in word_set(FILE, "roles", "mediation") for w in after[step + 1 : step + 4]):
                return True
    return False


def _role_by_preposition(sentence: Sentence, preposition: int, kind: str) -> tuple[ActorRole | None, int]:
    """The role that a preposition gives, or the noun to look at next; -1 where there is none."""
    low, above = sentence.low[preposition], sentence.heads[preposition]
    governor = sentence.low[above]
    if low in ("of", "from", "for", "including", "like"):
        if governor in word_set(FILE, "roles", "agents") or governor in word_set(FILE, "roles", "mediation"):
            return None, above
        return None, -1
    if low == "by":
        if any(governor in word_set(FILE, "roles", key) for key in ("mediating", "efforts", "overseeing")):
            return "mediator", -1
        if governor in word_set(FILE, "roles", "supporting"):
            return "supporter", -1
        return ("party", -1) if governor in word_set(FILE, "roles", "acting") else (None, -1)
    if low in ("between", "among", "with", "to"):
        if governor in word_set(FILE, "roles", "mediation") and low == "with":
            return "party", -1
        if low in ("between", "among") or governor in word_set(FILE, "roles", "acting") or _is_talk(governor):
            return ("mediator" if kind in word_set(FILE, "roles", "international") else "party"), -1
    return None, -1


@cache
def _is_talk(low: str) -> bool:
    names = table(FILE)["nouns"]
    return any(low in phrase.split() for name in ("talks", "pact", "weak") for phrase in names[name])


def _role_by_verb(sentence: Sentence, noun: int, verb: int, dep: str, kind: str) -> ActorRole | None:
    """The role of a subject or object, by its verb and the verbs that this one governs."""
    low = sentence.low[verb]
    between_states = kind in word_set(FILE, "roles", "international")
    if dep == "dobj":
        return "party" if low in word_set(FILE, "roles", "pressing") and not between_states else None
    governed = _governed(sentence, verb)
    if dep == "nsubj" and any(sentence.low[t] in word_set(FILE, "roles", "mediating") for t in governed):
        return "mediator"
    if dep == "nsubj" and low in word_set(FILE, "roles", "supporting"):
        return "supporter"
    if low in word_set(FILE, "roles", "telling"):
        own = _own_statement(sentence, noun, verb)
        if own is None:
            return "party" if low == "announced" and not between_states else None
        low = own
    acting = word_set(FILE, "roles", "acting")
    if low in acting or _talks_in(sentence, verb):
        return "mediator" if between_states and low not in word_set(FILE, "roles", "binding") else "party"
    verbs = (t for t in governed if sentence.tags[t].startswith("VB"))
    return "party" if any(sentence.low[t] in acting for t in verbs) else None


def _governed(sentence: Sentence, verb: int) -> list[int]:
    """The verb, and what it governs that tells what its subject does: "are trying to broker"."""
    chain = [verb, *(c for c in sentence.children[verb] if sentence.deps[c] in ("xcomp", "conj", "dobj"))]
    return chain + [c for at in chain[1:] for c in sentence.children[at] if sentence.deps[c] in ("xcomp", "acl")]


def _own_statement(sentence: Sentence, noun: int, verb: int) -> str | None:
    """The verb of what a speaker says of itself ("Tehran said it would not negotiate"), else `None`."""
    said = sentence.child(verb, "ccomp")
    subject = sentence.child(said, "nsubj") if said is not None else None
    if said is None or subject is None or sentence.tags[subject] != "PRP" or subject < noun:
        return None
    return sentence.low[said]


def _talks_in(sentence: Sentence, verb: int) -> bool:
    """ "Are in talks", "had talks"."""
    if sentence.low[verb] not in word_set(FILE, "roles", "being"):
        return False
    return any(_is_talk(sentence.low[t]) for t in range(verb + 1, min(len(sentence), verb + 5)))


# ── issues ──


def _issues(line: Line, text: str) -> tuple[Issue, ...]:
    """What the talks are said to be about, in order of text."""
    sentence = line.sentence
    spans: list[Span] = []
    for token, low in enumerate(sentence.low):
        if low in word_set(FILE, "issues", "prepositions") and _is_issue_preposition(sentence, token):
            spans += _of_preposition(line, token)
        elif low in word_set(FILE, "issues", "discussing") and sentence.tags[token].startswith("VB"):
            objects = [c for c in sentence.children[token] if sentence.deps[c] == "dobj" and _is_matter(sentence, c)]
            spans += [span for noun in objects for span in _listed(sentence, noun)]
        elif low in word_set(FILE, "issues", "obstacles"):
            spans += _obstacle(sentence, token)
        elif low in word_set(FILE, "issues", "purposes") and sentence.tags[token] in NOUN_TAGS:
            spans += _purpose(sentence, token)
    unique = sorted(set(spans))
    kept = [span for span in unique if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in unique)]
    return tuple(Issue(text=text[slice(*span)], span=span) for span in kept)


def _is_matter(sentence: Sentence, noun: int) -> bool:
    """Whether what is discussed is a matter rather than the talks themselves."""
    low = sentence.low[noun]
    return sentence.tags[noun] in NOUN_TAGS and low not in word_set(FILE, "issues", "governors")


def _is_issue_preposition(sentence: Sentence, token: int) -> bool:
    """Whether what the preposition hangs on is talks, agreement or dispute."""
    above = sentence.heads[token]
    if sentence.low[above] in word_set(FILE, "issues", "governors"):
        return True
    if sentence.deps[token] == "conj" and sentence.low[above] in word_set(FILE, "issues", "prepositions"):
        return _is_issue_preposition(sentence, above)
    beside = [
        sentence.low[c] for c in sentence.children[above] if c < token and sentence.deps[c] in (*SUBJECTS, "dobj")
    ]
    return not word_set(FILE, "issues", "governors").isdisjoint([*sentence.low[max(0, token - 1) : token], *beside])


def _of_preposition(line: Line, token: int) -> list[Span]:
    sentence = line.sentence
    verb = sentence.child(token, "pcomp")
    if verb is not None:
        return _verb_phrases(sentence, verb)
    noun = sentence.child(token, "pobj")
    if noun is None or sentence.tags[noun] not in NOUN_TAGS or sentence.low[noun] in word_set(FILE, "issues", "times"):
        return []
    start = sentence.starts[noun]
    if any(a <= start < b for a, b in (time.span for time in line.times)):
        return []
    if any(m.span[0] <= start < m.span[1] for m in (*line.parties, *line.states)):
        return []
    return _listed(sentence, noun)


def _listed(sentence: Sentence, noun: int) -> list[Span]:
    """What a noun names, part by part: the list after "issues, including", else the noun and its conjuncts."""
    if sentence.low[noun] in word_set(FILE, "issues", "kinds"):
        for token in range(noun + 1, min(len(sentence), noun + 4)):
            if sentence.low[token] in word_set(FILE, "issues", "listing"):
                inner = next(
                    (c for c in sentence.subtree(token) if sentence.deps[c] in ("pobj", "dobj") and c > token), None
                )
                if inner is not None:
                    return _noun_phrases(sentence, inner)
        of = next((c for c in sentence.children[noun] if sentence.low[c] == "of"), None)
        inner = sentence.child(of, "pobj") if of is not None else None
        return _noun_phrases(sentence, inner) if inner is not None else []
    return _noun_phrases(sentence, noun)


def _noun_phrases(sentence: Sentence, noun: int) -> list[Span]:
    """The noun phrase and those coordinated with it, as spans.

    A conjunct that the parse hangs deeper counts as coordinated where it is built alike ("the presence of … and the
    exchange of …").
    """
    parts = [noun]
    for part in parts:
        parts += [c for c in sentence.children[part] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS]
    like = _has_of(sentence, noun)
    for token in sentence.subtree(noun):
        alike = like and _has_of(sentence, token) and sentence.tags[token] in NOUN_TAGS
        if token not in parts and sentence.deps[token] == "conj" and alike:
            parts.append(token)
    return [_phrase_span(sentence, part, frozenset(parts)) for part in sorted(parts)]


def _has_of(sentence: Sentence, noun: int) -> bool:
    return any(sentence.low[c] == "of" for c in sentence.children[noun])


def _phrase_span(sentence: Sentence, noun: int, parts: frozenset[int]) -> Span:
    """A noun phrase without its conjuncts, relative clauses and what follows a comma."""
    tokens, todo = [], [noun]
    while todo:
        at = todo.pop()
        tokens.append(at)
        todo += [c for c in sentence.children[at] if c not in parts and not _ends_phrase(sentence, c, noun, at)]
    kept = sorted(tokens)
    first = last = kept.index(noun)
    while first > 0 and kept[first - 1] == kept[first] - 1:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] == kept[last] + 1:
        last += 1
    return sentence.span_of(kept[first], kept[last])


def _ends_phrase(sentence: Sentence, child: int, noun: int, at: int) -> bool:
    dep = sentence.deps[child]
    if dep in ("relcl", "appos", "advcl", "parataxis", "punct") and sentence.tags[child] != "HYPH":
        return True
    return dep == "cc" and (
        at == noun or any(c for c in sentence.children[at] if sentence.deps[c] == "conj" and _has_of(sentence, c))
    )


def _verb_phrases(sentence: Sentence, verb: int) -> list[Span]:
    """ "Reopening the roads": a verb with its object, and the verbs coordinated with it."""
    verbs = [
        verb,
        *(c for c in sentence.children[verb] if sentence.deps[c] == "conj" and sentence.tags[c] == sentence.tags[verb]),
    ]
    spans = []
    for one in verbs:
        objects = [c for c in sentence.children[one] if sentence.deps[c] == "dobj"]
        last = max((max(sentence.subtree(c)) for c in objects), default=one)
        spans.append(sentence.span_of(one, last))
    return spans


def _obstacle(sentence: Sentence, token: int) -> list[Span]:
    """ "The status of the region remains the main obstacle": the subject of what is called one."""
    if sentence.deps[token] not in ("attr", "oprd") or sentence.tags[token] not in NOUN_TAGS:
        return []
    subject = sentence.child(sentence.heads[token], "nsubj")
    if subject is None or sentence.tags[subject] not in NOUN_TAGS:
        return []
    if sentence.low[subject] in word_set(FILE, "issues", "kinds"):
        return []
    return _noun_phrases(sentence, subject)


def _purpose(sentence: Sentence, noun: int) -> list[Span]:
    """ "An agreement to evacuate fighters": what was bargained for."""
    verb = next((c for c in sentence.children[noun] if sentence.deps[c] == "acl" and sentence.tags[c] == "VB"), None)
    if verb is None or sentence.low[verb] in word_set(FILE, "issues", "empty"):
        return []
    return _verb_phrases(sentence, verb)
