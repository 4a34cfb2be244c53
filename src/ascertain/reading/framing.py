"""Framing: whether what a clause tells is news of something done, or stands in another frame.

In: the words of a telling in its line. Out: whether it is told as fiction, rule, verdict, memory, statistic, exercise,
natural death or figure of speech. Each frame is found by what governs the event in the sentence or by what the event is
done by and to; a word somewhere in the passage decides nothing. The words are data in `senses.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from ascertain.actors import describe
from ascertain.reading.harm import Harm
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set
from ascertain.times import TimeMention

HISTORY_YEARS, LIVING_MEMORY = 25, 1946
# An event told apart by its year ("the tsunami of 2004") is memory sooner.
NAMED_YEARS = 4
SUBJECTS = ("nsubj", "nsubjpass")
YEAR = re.compile(r"(?:19|20)\d\d")
NOUNS = ("NN", "NNS")
STATED = ("number", "single", "name", "vague")
SHARING = ("conj", "xcomp")
ASIDE = ("advcl", "relcl")
# How many code points before a word may stand what tells its distance in time.
NEAR = 80


def framed(
    line: Line, text: str, token: int, acts: Sequence[int], harms: Sequence[Harm], year: int | None, *, violent: bool
) -> bool:
    """Whether the event told by `token` (and its other `acts`) is no news.

    `text` is the report's, `harms` are those told with it; `violent` says whether its words are of violence; `year` is
    that of the report, `None` where it has no date.
    """
    sentence = line.sentence
    words = text[slice(*line.span)].lower()
    before = text[line.span[0] : sentence.starts[token]].lower()
    events = frozenset(acts)
    chain = list(_above(sentence, token))
    tried = _is_known(line, chain, events, harms)
    if not tried and (_after_years(before) or _long_ago(line, words, year)):
        return True
    if _remembered(sentence, chain):
        return True
    if any(_pattern(name).search(words) for name in ("parts", "rates", "silence", "idioms")):
        return True
    if sentence.low[token] in _words("jailing") and (_pattern("term").search(words) or _by_court(sentence, token)):
        return True
    if _imagined(sentence, chain, events) or (not tried and _before_court(sentence, chain, events)):
        return True
    if _by_nature(sentence, token, harms):
        return True
    if any(s.people.stated in STATED for harm in harms for s in harm.sufferers):
        return _governed_by(sentence, chain, events, "exercises", scenes=False)
    if _practised(sentence, chain, events) or _ruled(sentence, chain, events) or _argued_over(sentence, chain):
        return True
    return violent and _figurative(line, words, token, harmed=bool(harms))


def _after_years(before: str) -> bool:
    """Whether the words before an event, of its own clause, put it years back: "30 years after the bombing"."""
    return bool(_pattern("long_after").search(before[-NEAR:].rpartition(",")[2]))


def _above(sentence: Sentence, token: int) -> Iterator[tuple[int, int]]:
    """The words that govern `token`, itself first, each with the word through which it does."""
    yield token, token
    below = token
    for at in sentence.ancestors(token):
        if _breaks_in(sentence, below):
            return
        yield at, below
        below = at


def _breaks_in(sentence: Sentence, verb: int) -> bool:
    """Whether a clause of time in the past breaks in on the main clause: "had begun when a bomb went off"."""
    if sentence.deps[verb] != "advcl" or sentence.tags[verb] != "VBD":
        return False
    return any(sentence.low[c] in ("when", "as") for c in sentence.children[verb])


@cache
def _words(*keys: str) -> frozenset[str]:
    return word_set("senses", "framing", *keys)


def _is_noun(sentence: Sentence, token: int, words: frozenset[str]) -> bool:
    return sentence.low[token] in words and sentence.tags[token] in NOUNS


def _subject(sentence: Sentence, at: int) -> int | None:
    return sentence.child(at, *SUBJECTS)


def _inside(sentence: Sentence, at: int, preps: frozenset[str]) -> Iterator[int]:
    """The nouns that a clause is said to be in: "in the third episode"."""
    for c in sentence.children[at]:
        if sentence.deps[c] == "prep" and sentence.low[c] in preps:
            yield from (n for n in sentence.children[c] if sentence.deps[n] == "pobj")


def _governed_by(
    sentence: Sentence, chain: Sequence[tuple[int, int]], events: frozenset[int], nouns: str, *, scenes: bool = True
) -> bool:
    """Whether a noun of the frame is above the event, or is the subject or (`scenes`) scene of a clause above it."""
    words, preps = _words(nouns), _words("scenes", nouns) if scenes else frozenset()
    for at, below in chain:
        if at not in events and _is_noun(sentence, at, words):
            return True
        subject = _subject(sentence, at)
        if subject is not None and subject != below and _is_noun(sentence, subject, words):
            return True
        if any(_is_noun(sentence, noun, words) for noun in _inside(sentence, at, preps)):
            return True
    return False


def _imagined(sentence: Sentence, chain: Sequence[tuple[int, int]], events: frozenset[int]) -> bool:
    """Whether the event is told as the content of a book, film, game or painting."""
    if _governed_by(sentence, chain, events, "works"):
        return True
    subjects = ((_subject(sentence, at), below) for at, below in chain if at not in events)
    if any(s is not None and s != below and _is_noun(sentence, s, _words("showing")) for s, below in subjects):
        return True
    return any(at != below and sentence.low[at] in _words("depicting") for at, below in chain)


def _before_court(sentence: Sentence, chain: Sequence[tuple[int, int]], events: frozenset[int]) -> bool:
    """Whether the event is what a verdict, trial or suit is about."""
    for at, below in chain:
        if at in events:
            continue
        if sentence.low[at] in _words("verdicts"):
            return True
        subject = _subject(sentence, at) if sentence.low[at] in _words("ruled") else None
        if subject is not None and subject != below and _is_noun(sentence, subject, _words("courts")):
            return True
        pleader = _subject(sentence, at) if sentence.low[at] in _words("pleading") else None
        if pleader is not None and _is_noun(sentence, pleader, _words("prosecution")):
            return True
        if sentence.deps[below] != "conj" and any(
            sentence.low[c] in ("on", "to", "for")
            and any(sentence.low[n] in _words("trials") for n in sentence.children[c])
            for c in sentence.children[at]
        ):
            return True
    return False


def tried(line: Line, token: int, acts: Sequence[int], harms: Sequence[Harm]) -> bool:
    """Whether a court or the police deal today with the event told by `token`, and the words tell which it was."""
    return _is_known(line, list(_above(line.sentence, token)), frozenset(acts), harms)


def years_named(line: Line, text: str, token: int) -> list[TimeMention]:
    """The years that stand before the word of an event: "the 1998 murder"."""
    sentence = line.sentence
    years = (c for c in sentence.children[token] if YEAR.fullmatch(sentence.low[c]))
    spans = ((sentence.span_of(c, c), int(sentence.low[c])) for c in years)
    return [
        TimeMention(span, text[slice(*span)], "date", dt.date(n, 1, 1), dt.date(n, 12, 31), "year", "calendar")
        for span, n in spans
    ]


def settled(sentence: Sentence, token: int) -> bool:
    """Whether what somebody is tried for did happen: they are convicted of it, or charged with "the murder of" one."""
    above = {sentence.low[at] for at in sentence.ancestors(token)}
    if above & _words("settling"):
        return True
    known = any(sentence.low[c] == "the" or sentence.deps[c] == "poss" for c in sentence.children[token])
    return known and sentence.tags[token] in NOUNS and bool(above & _words("charging"))


def _is_known(line: Line, chain: Sequence[tuple[int, int]], events: frozenset[int], harms: Sequence[Harm]) -> bool:
    """Whether what somebody is tried for is an event told apart: by its victims' names, its day or year, or as known.

    "The 1998 murder of Elena Petrova" and "the man who killed four people" are; "for killing his wife" is not.
    """
    sentence = line.sentence
    token = chain[0][0]
    governed = [at for at, _ in chain if at not in events and sentence.low[at] in _words("tried")]
    if not governed:
        return False
    if any(s.people.stated == "name" for harm in harms for s in harm.sufferers):
        return True
    told = set(sentence.subtree(token))
    dates = [t for t in line.times if t.role == "date" and told.issuperset(sentence.tokens_in(t.span))]
    if any(harms or t.precision in ("month", "year") for t in dates):
        return True
    if any(YEAR.fullmatch(sentence.low[at]) for at in told):
        return True
    below = [at for at, _ in chain][: [at for at, _ in chain].index(governed[0])]
    described = any(sentence.deps[at] == "relcl" for at in below)
    definite = sentence.tags[token] in NOUNS and any(
        sentence.low[c] == "the" or sentence.deps[c] == "poss" for c in sentence.children[token]
    )
    return bool(harms) and (described or definite)


def _by_court(sentence: Sentence, verb: int) -> bool:
    """Whether a court does what the verb says: "a court jailed a colonel for killing 27 prisoners"."""
    subject = _subject(sentence, verb)
    return subject is not None and _is_noun(sentence, subject, _words("courts"))


def _practised(sentence: Sentence, chain: Sequence[tuple[int, int]], events: frozenset[int]) -> bool:
    """Whether the event is part of an exercise, or is taught and practised."""
    if _governed_by(sentence, chain, events, "exercises"):
        return True
    return any(at != below and at not in events and sentence.low[at] in _words("practising") for at, below in chain)


def _argued_over(sentence: Sentence, chain: Sequence[tuple[int, int]]) -> bool:
    """Whether the event is what talks are about: "deadlocked over the withdrawal of forces"."""
    return any(
        sentence.low[at] in _words("over") and sentence.low[sentence.heads[at]] in _words("bargaining")
        for at, below in chain
        if at != below
    )


def _ruled(sentence: Sentence, chain: Sequence[tuple[int, int]], events: frozenset[int]) -> bool:
    """Whether the event is what a law, plan or rule speaks of."""
    for at, below in chain:
        if at not in events and sentence.low[at] in _words("ruling"):
            return True
        if sentence.low[at] in _words("anybody"):
            return True
        subject = _subject(sentence, at) if at not in events else None
        if subject is not None and subject != below and _is_noun(sentence, subject, _words("rules")):
            return True
        if sentence.low[at] in _words("trading") and sentence.low[below] in _words("goods"):
            return True
        if sentence.deps[at] in ASIDE:
            return False
        if any(_is_noun(sentence, noun, _words("rules")) for noun in _inside(sentence, at, frozenset(("under",)))):
            return True
    return False


def _remembered(sentence: Sentence, chain: Sequence[tuple[int, int]]) -> bool:
    """Whether the event is what a memorial or an anniversary is held for."""
    for at, below in chain:
        if at == below:
            continue
        if sentence.low[at] in _words("memorials") and sentence.tags[at] in (*NOUNS, "VBN"):
            return True
        if sentence.low[at] in _words("remembering"):
            return True
        if sentence.low[at] in _words("recalling") and sentence.deps[below] in ("dobj", "nsubjpass"):
            return True
    return False


def long_ago(line: Line, text: str, year: int | None) -> bool:
    """Whether a sentence tells of a year or age long before the report's `year`."""
    return _long_ago(line, text[slice(*line.span)].lower(), year)


def history_limit(year: int | None, to_the_day: bool = False) -> int:
    """The year before which an event is history to a report of `year`; one given to the day is history later.

    >>> history_limit(2024), history_limit(2024, to_the_day=True), history_limit(None)
    (1999, 1946, 1946)
    """
    return LIVING_MEMORY if year is None or to_the_day else year - HISTORY_YEARS


def _long_ago(line: Line, words: str, year: int | None) -> bool:
    """Whether the clause gives a year or age long before the report.

    What goes on since then is not of then, and a day is given of what is recorded rather than remembered.
    """
    for time in line.times:
        if time.role == "since":
            start, end = (offset - line.span[0] for offset in time.span)
            words = words[:start] + " " * (end - start) + words[end:]
    limit = history_limit(year)
    if any(int(found[1]) < limit + HISTORY_YEARS - NAMED_YEARS for found in _pattern("named_year").finditer(words)):
        return True
    old = [int(found[1]) for found in _pattern("year").finditer(words)]
    stated = [
        t for t in line.times if t.role == "date" and t.end is not None and not _dated_by_hand(line, words, t.span)
    ]
    years = old + [t.end.year for t in stated if t.end is not None]
    to_the_day = any(t.precision == "day" for t in (*stated, *line.lead_times))
    if years and max(years) < history_limit(year, to_the_day):
        return True
    recent = any(year >= limit for year in years)
    return bool(_pattern("on_this_day").search(words)) or (bool(_pattern("ages").search(words)) and not recent)


def _dated_by_hand(line: Line, words: str, span: tuple[int, int]) -> bool:
    """Whether a year that was not read as one of the date follows it ("1 March 1896")."""
    return bool(_pattern("bare_year").match(words[span[1] - line.span[0] :]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("senses")["framing"]["patterns"][name]))


def _by_nature(sentence: Sentence, token: int, harms: Sequence[Harm]) -> bool:
    """Whether people died of illness or age, or a sickness or beast is what killed."""
    for harm in harms:
        at = harm.trigger
        if len(harms) > 1 and all(s.people.stated == "back" for s in harm.sufferers):
            continue
        subject = sentence.child(at, "nsubj")
        if subject is not None and sentence.low[subject] in _words("natural_killers"):
            return True
        if sentence.low[at] in _words("dying"):
            after = " ".join(sentence.low[at + 1 : at + 14])
            if _pattern("natural_death").search(after):
                return True
    subject = sentence.child(token, "nsubj")
    return subject is not None and sentence.low[subject] in _words("natural_killers")


def died(sentence: Sentence, token: int) -> bool:
    """Whether a word of harm tells only that somebody died."""
    return sentence.low[token] in _words("dying")


def _figurative(line: Line, words: str, token: int, *, harmed: bool) -> bool:
    """Whether what acts is nothing that can, or what it is done to is no person, place or thing."""
    sentence = line.sentence
    subject = _doer(sentence, token)
    if subject is not None and sentence.low[subject] in _words("players"):
        return True
    if subject is not None and not harmed and _cannot_act(line, token, subject):
        return True
    if _pattern("score").search(words) and set(sentence.low) & _words("winning"):
        return True
    if not harmed and (_of_labour(sentence, token) or _saves_nobody(line, token)):
        return True
    if subject is not None and _is_armed(sentence, subject):
        return False
    return any(_is_abstract(line, thing) for thing in _done_to(sentence, token))


def _is_armed(sentence: Sentence, token: int) -> bool:
    described = describe(sentence.words[token])
    return described is not None and described.armed


def _of_labour(sentence: Sentence, token: int) -> bool:
    """Whether a strike is one of workers."""
    if sentence.low[token] not in _words("strikes") or not sentence.tags[token].startswith("NN"):
        return False
    return bool(set(sentence.low) & _words("labour")) or sentence.low[sentence.heads[token]] in _words("going_on")


def _saves_nobody(line: Line, token: int) -> bool:
    """Whether what is rescued is a common noun that names nobody: "rescued the airline"."""
    sentence = line.sentence
    if sentence.low[token] not in _words("saving") or not sentence.tags[token].startswith("VB"):
        return False
    saved = sentence.child(token, "dobj", "nsubjpass")
    if saved is None or sentence.tags[saved] not in NOUNS or sentence.low[saved] in _words("doers"):
        return False
    return describe(sentence.words[saved]) is None


def _doer(sentence: Sentence, token: int) -> int | None:
    """Who does what a verb tells, also where it shares its subject with the verb before it."""
    at = token
    if sentence.child(at, "nsubjpass", "auxpass") is not None:
        return None
    while True:
        subject = sentence.child(at, "nsubj")
        head = sentence.heads[at]
        shared = sentence.deps[at] in SHARING or (sentence.deps[at] == "dobj" and sentence.low[head] in _words("light"))
        if subject is not None or head == at or not shared:
            return subject
        at = head


def _cannot_act(line: Line, token: int, subject: int) -> bool:
    """Whether a common noun does the deed that names nobody, nor anything that can strike or burst."""
    sentence = line.sentence
    low, start = sentence.low[subject], sentence.starts[subject]
    if sentence.tags[subject] not in NOUNS or not sentence.tags[token].startswith("VB"):
        return False
    if sentence.low[token] in word_set("senses", "of_subject") or any(party.armed for party in line.parties):
        return False
    if any(sentence.low[c] in word_set("senses", "things", "explosives") for c in _done_to(sentence, token)):
        return False
    if low in _things() or low in _words("doers") or describe(sentence.words[subject]) is not None:
        return False
    named = any(m.span[0] <= start < m.span[1] for m in (*line.parties, *line.states))
    return not named and not _tells_event(line, start)


def _done_to(sentence: Sentence, token: int) -> Iterator[int]:
    """What a verb is done to, or what a clash or attack is over, on or against."""
    for c in sentence.children[token]:
        if sentence.deps[c] == "dobj":
            yield c
        elif c > token and sentence.deps[c] == "prep" and sentence.low[c] in _words("against"):
            yield from (n for n in sentence.children[c] if sentence.deps[n] == "pobj")


@cache
def _things() -> frozenset[str]:
    """The heads of the names of things that can be hit."""
    return frozenset().union(*(word_set("targets", "types", kind) for kind in table("targets")["types"]))


def _is_abstract(line: Line, token: int) -> bool:
    """Whether a common noun names neither people, place nor thing, by its form or by the list."""
    sentence = line.sentence
    low = sentence.low[token]
    if low == "it":
        return sentence.low[sentence.heads[token]] in _words("performing")
    if sentence.tags[token] not in NOUNS or low in _words("concrete") or low in _things():
        return False
    if low in _words("abstract"):
        return True
    if describe(sentence.words[token]) is not None:
        return False
    start = sentence.starts[token]
    if any(p.place.span[0] <= start < p.place.span[1] for p in line.places):
        return False
    return bool(_pattern("abstract_form").search(low)) and not _tells_event(line, start)


def _tells_event(line: Line, start: int) -> bool:
    """Whether the word that begins there is one of an event: "the blast hit"."""
    return any(hit.start <= start < hit.end and any(e.kind == "event" for e in hit.entries) for hit in line.hits)
