"""What one line tells of talks.

In: a line. Out: a `Part`, `None` where the line tells nothing of talks between parties to a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ascertain.model import Actor, Issue, NegotiationStatus
from ascertain.reading.negotiations.cues import FILE, cues_in, of_other, pronouns
from ascertain.reading.negotiations.issues import issues_in
from ascertain.reading.negotiations.participants import participants
from ascertain.reading.negotiations.standing import status_of
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set


@dataclass(frozen=True, slots=True)
class Part:
    """What one line tells of talks; `weak` where it does so only if talks are under discussion."""

    line: Line
    token: int
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    status: NegotiationStatus | None
    weak: bool
    definite: bool


def part_of_line(line: Line, text: str) -> Part | None:
    """What a line tells of talks, `None` where it tells nothing of any."""
    sentence = line.sentence
    if _of_elsewhere(line):
        return None
    cues = list(cues_in(sentence)) or list(pronouns(sentence))
    if any(of_other(sentence, cue.token) for cue in cues) and not any(party.armed for party in line.parties):
        return None
    cues = [cue for cue in cues if not of_other(sentence, cue.token)]
    if not cues:
        return None
    strong = [cue for cue in cues if cue.name not in ("weak", "pronoun")]
    status = status_of(sentence, cues)
    issues = issues_in(line, text)
    if not (strong or status or issues):
        return None
    actors = participants(line, text, cues)
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
    return Part(line, main, actors, issues, status, weak, definite)


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
