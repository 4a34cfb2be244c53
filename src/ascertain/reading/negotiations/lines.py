"""What one line tells of talks.

In: a line. Out: a `Part`, `None` where the line tells nothing of talks between parties to a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ascertain.model import Actor, Issue, NegotiationStatus
from ascertain.reading.negotiations.cues import FILE, Cue, cues_in, of_other, pronouns
from ascertain.reading.negotiations.issues import issues_in, pact_in
from ascertain.reading.negotiations.participants import participants
from ascertain.reading.negotiations.standing import status_of
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set


@dataclass(frozen=True, slots=True)
class Part:
    """What one line tells of talks; `weak` where it does so only if talks are under discussion.

    `pact` is a truce that they are about.
    """

    line: Line
    token: int
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    status: NegotiationStatus | None
    weak: bool
    definite: bool
    pact: Issue | None = None


def parts_of_line(line: Line, text: str) -> list[Part]:
    """What a line tells of talks; where a semicolon parts two talks, of each apart."""
    if _of_elsewhere(line):
        return []
    cues = list(cues_in(line.sentence)) or list(pronouns(line.sentence))
    stretches = _stretches(line.sentence, cues)
    found = [_part(line, text, [cue for cue in cues if cue.token in tokens], tokens) for tokens in stretches]
    parts = [part for part in found if part is not None]
    if len(parts) > 1 and len({part.status for part in parts}) > 1:
        return parts
    whole = _part(line, text, cues, range(len(line.sentence)))
    return [] if whole is None else [whole]


def _stretches(sentence: Sentence, cues: Sequence[Cue]) -> list[range]:
    """The tokens between semicolons, where there are words for talks."""
    stops = [token for token, low in enumerate(sentence.low) if low == ";"]
    edges = [-1, *stops, len(sentence)]
    ranges = [range(a + 1, b) for a, b in pairwise(edges)]
    return [tokens for tokens in ranges if any(cue.token in tokens for cue in cues)] if stops else []


def _part(line: Line, text: str, cues: Sequence[Cue], tokens: range) -> Part | None:
    """What a stretch of a line tells of talks, `None` where it tells nothing of any."""
    sentence = line.sentence
    if any(of_other(sentence, cue.token) for cue in cues) and not any(party.armed for party in line.parties):
        return None
    cues = [cue for cue in cues if not of_other(sentence, cue.token)]
    if not cues:
        return None
    strong = [cue for cue in cues if cue.name not in ("weak", "pronoun")]
    status = status_of(sentence, cues, tokens)
    issues = tuple(issue for issue in issues_in(line, text) if sentence.token_at(issue.span[0]) in tokens)
    if not (strong or status or issues):
        return None
    actors = _of_stretch(sentence, participants(line, text, cues), tokens)
    parties = [actor for actor in actors if actor.role == "party"]
    mediated = any(actor.role == "mediator" for actor in actors) or "mediators" in sentence.low
    of_conflict = _of_conflict(sentence, parties)
    told = status is not None and bool(parties or mediated) and of_conflict
    weak = not told if not strong else not (parties or mediated or of_conflict)
    if weak and status is None and not issues:
        return None
    led = mediated and any(cue.name != "pact" for cue in strong)
    if strong and not (status or issues or led or len(parties) > 1):
        return None
    if cues[0].name == "pronoun" and status != "implemented":
        return None
    main = (strong or cues)[0].token
    definite = any(sentence.low[c] in word_set(FILE, "nouns", "definite") for c in sentence.children[main])
    pact = pact_in(line, text, tokens) if status != "implemented" else None
    return Part(line, main, actors, issues, status, weak, definite, pact)


def _of_stretch(sentence: Sentence, actors: Sequence[Actor], tokens: range) -> tuple[Actor, ...]:
    """Those who take part in a stretch of a line; where it names nobody, the parties that the line names."""
    own = tuple(actor for actor in actors if sentence.token_at(actor.span[0]) in tokens)
    return own or tuple(actor for actor in actors if actor.role == "party")


def _of_conflict(sentence: Sentence, parties: Sequence[Actor]) -> bool:
    """Whether one of the parties bears arms, the words are of war, or a movement known by name faces another party."""
    if len(parties) > 1 and any(actor.kind == "other" and actor.id is not None for actor in parties):
        return True
    armed = any(actor.kind in ("rebel_group", "militia", "state_forces", "external_forces") for actor in parties)
    return armed or not word_set(FILE, "nouns", "of_war").isdisjoint(sentence.low)


def _of_elsewhere(line: Line) -> bool:
    if any(party.armed for party in line.parties):
        return False
    return not word_set(FILE, "nouns", "elsewhere").isdisjoint(line.sentence.low)
