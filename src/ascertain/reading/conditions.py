"""Conditions: what people lack or suffer now, by sector.

In: a line of a page. Out: `Condition`s, one a sector. A sector's word alone tells none: "the water minister spoke" and
"food was distributed" hold no lack. Four ways of telling are read, each a table of `conditions.toml`: a word of lack
before a thing ("no clean water"), a thing said to be gone or stopped ("the power is out"), aid kept from moving ("no
convoy has reached"), and words that tell suffering by themselves ("famine").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ascertain.model import Sector
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, left_edge
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

FILE = "conditions"
NOUN_PHRASE_TAGS = frozenset((*NOUN_TAGS, "JJ", "JJR", "JJS", "CD", "VBN", "VBG", "RB", "HYPH", "PRP$", "DT", "PDT"))
SUBJECTS = ("nsubj", "nsubjpass")
GRADED_THROUGH = frozenset(
    (*SUBJECTS, "compound", "conj", "pobj", "prep", "amod", "nmod", "det", "dobj", "attr", "acomp")
)
LONGEST_LIST = 24
STEPS_TO_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """What people lack or suffer, as one line tells it.

    `token` is the word that tells the lack ("no", "shortages", "blocked"); `severity` the report's own word, in lower
    case, `None` where it has none.
    """

    token: int
    sector: Sector
    severity: str | None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase found in a sentence, with the name of its row in the table."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class _Finding:
    """A lack told by `token`; `about` is the thing lacked, or the word itself."""

    token: int
    sector: Sector
    about: int
    weight: int


def conditions(line: Line, text: str) -> list[Condition]:
    """What the line says people lack or suffer, in order, each sector once; `text` is the report's."""
    if not any(entry.kind == "condition" for hit in line.hits for entry in hit.entries):
        return []
    sentence = line.sentence
    masked = frozenset(
        token for phrase in _phrases(_masks(), sentence) for token in range(phrase.first, phrase.last + 1)
    )
    found = [
        *_lacked(sentence, masked),
        *_stopped(sentence, masked),
        *_kept_away(sentence),
        *_suffered(sentence, masked),
        *_situations(sentence),
    ]
    kept = _one_a_sector(found)
    return [Condition(f.token, f.sector, _own_word(sentence, text, _severity(sentence, f, kept))) for f in kept]


def _one_a_sector(found: Iterable[_Finding]) -> list[_Finding]:
    best: dict[Sector, _Finding] = {}
    for finding in sorted(found, key=lambda finding: finding.token):
        known = best.get(finding.sector)
        if known is None or finding.weight > known.weight:
            best[finding.sector] = finding
    if len(best) > 1 and "general" in best and best["general"].weight == 1:
        del best["general"]
    return sorted(best.values(), key=lambda finding: (finding.token, finding.about))


# ── phrases ──


def _at(index: PhraseIndex, sentence: Sentence, token: int) -> _Phrase | None:
    """The longest phrase of the index that starts at `token`."""
    for words, name in index.get(sentence.low[token], ()):
        if len(words) == 1 or tuple(sentence.low[token : token + len(words)]) == words:
            return _Phrase(token, token + len(words) - 1, name)
    return None


def _phrases(index: PhraseIndex, sentence: Sentence) -> Iterator[_Phrase]:
    """The phrases of the index in the sentence, in order, none inside another."""
    end = -1
    for token, word in enumerate(sentence.low):
        if token > end and word in index and (phrase := _at(index, sentence, token)) is not None:
            end = phrase.last
            yield phrase


def _head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of a phrase that the others hang on."""
    return next((t for t in range(first, last + 1) if not first <= sentence.heads[t] <= last), first)


@lru_cache(maxsize=1)
def _masks() -> PhraseIndex:
    return phrase_index(FILE, ((phrase, "") for phrase in table(FILE)["masked"]))


@lru_cache(maxsize=1)
def _things() -> PhraseIndex:
    return phrase_index(
        FILE, ((phrase, sector) for sector, phrases in table(FILE)["things"].items() for phrase in phrases)
    )


@lru_cache(maxsize=1)
def _suffering() -> PhraseIndex:
    rows = table(FILE)["suffering"]
    return phrase_index(
        FILE, ((phrase, sector) for sector in rows if sector != "only_severe" for phrase in rows[sector])
    )


@lru_cache(maxsize=1)
def _lack_words() -> PhraseIndex:
    return phrase_index(FILE, ((phrase, "") for phrase in table(FILE)["lacks"]["words"]))


@lru_cache(maxsize=1)
def _told() -> PhraseIndex:
    """Predicates, each with the numbers of the rows of `state` that hold it."""
    rows: dict[str, list[str]] = {}
    for number, row in enumerate(table(FILE)["state"]):
        for phrase in row["told"]:
            rows.setdefault(phrase, []).append(str(number))
    return phrase_index(FILE, ((phrase, " ".join(numbers)) for phrase, numbers in rows.items()))


@cache
def _words_of_state(number: int, key: str) -> frozenset[str]:
    return frozenset(table(FILE)["state"][number].get(key, "").split())


# ── lacked: "no clean water", "shortages of fuel", "food shortages" ──


def _lacked(sentence: Sentence, masked: frozenset[int]) -> Iterator[_Finding]:
    for phrase in _phrases(_lack_words(), sentence):
        if phrase.first in masked or not _is_lack(sentence, phrase):
            continue
        for thing in _list_after(sentence, phrase.last + 1, masked):
            if not _handed_out(sentence, phrase, thing):
                yield _lack(sentence, phrase.first, phrase.last, thing)
    for token, low in enumerate(sentence.low):
        if token in masked:
            continue
        tag = sentence.tags[token]
        if low in word_set(FILE, "lacks", "verbs") and tag.startswith("VB") and not _negated(sentence, token):
            things = list(_list_after(sentence, token + 1, masked)) or list(_subject_things(sentence, token, masked))
            yield from (_lack(sentence, token, token, thing) for thing in things)
        elif tag in NOUN_TAGS and low in _lack_nouns() and not _spared(sentence, token, token):
            yield from _of_noun(sentence, token, masked)


@lru_cache(maxsize=1)
def _lack_nouns() -> frozenset[str]:
    return word_set(FILE, "lacks", "nouns") | word_set(FILE, "lacks", "compound")


def _is_lack(sentence: Sentence, phrase: _Phrase) -> bool:
    """Whether words that lack something only in company have it."""
    words = " ".join(sentence.low[phrase.first : phrase.last + 1])
    if words not in word_set(FILE, "lacks", "weak"):
        return not (words.startswith(("short", "in need", "need")) and _spared(sentence, phrase.first, phrase.last))
    before = sentence.low[max(0, phrase.first - 3) : phrase.first]
    return any(word in word_set(FILE, "lacks", "only_with") for word in before)


def _lack(sentence: Sentence, token: int, last: int, thing: _Phrase) -> _Finding:
    words = " ".join(sentence.low[token : last + 1])
    sector: Sector = thing.name  # type: ignore[assignment]  # the table's keys are checked by the model's sectors
    if sector == "access" and words in word_set(FILE, "lacks", "need"):
        sector = "general"
    return _Finding(token, sector, thing.last, 3)


def _list_after(sentence: Sentence, start: int, masked: frozenset[int]) -> Iterator[_Phrase]:
    """The things in the list that starts at `start`: "clean water, food and fuel"."""
    at, end = start, min(len(sentence), start + LONGEST_LIST)
    between = word_set(FILE, "list", "words")
    parted = False
    while at < end:
        thing = _at(_things(), sentence, at) if at not in masked else None
        low, tag = sentence.low[at], sentence.tags[at]
        if thing is not None:
            if parted and _starts_clause(sentence, thing.last, start):
                return
            if (carried := _carried(sentence, thing)) is not None:
                yield thing
                at = carried + 1
            else:
                at = thing.last + 1
            continue
        if low == "of" and at > start and sentence.low[at - 1] not in word_set(FILE, "list", "measures"):
            return
        if low in between:
            parted = parted or tag in (",", "CC")
        elif tag not in NOUN_PHRASE_TAGS or (parted and _starts_clause(sentence, at, start)):
            return
        at += 1


def _starts_clause(sentence: Sentence, token: int, start: int) -> bool:
    """Whether the token is the subject of a clause of its own rather than a part of the list."""
    at = token
    while sentence.deps[at] in ("compound", "amod", "nmod", "det"):
        at = sentence.heads[at]
    return sentence.deps[at] in SUBJECTS and sentence.heads[at] > at and at > start


def _carried(sentence: Sentence, thing: _Phrase) -> int | None:
    """The last token of the thing with the nouns that carry it, `None` where it only names another noun."""
    last = thing.last
    while (
        last + 1 < len(sentence)
        and sentence.tags[last + 1] in NOUN_TAGS
        and sentence.deps[last] in ("compound", "nmod", "amod")
    ):
        if sentence.low[last + 1] not in word_set(FILE, "lacks", "carriers"):
            return None
        last += 1
    return last


def _handed_out(sentence: Sentence, phrase: _Phrase, thing: _Phrase) -> bool:
    """Whether the thing, though said to be little, is what was delivered."""
    words = sentence.low[phrase.first : phrase.last + 1]
    if any(word in word_set(FILE, "lacks", "firm") for word in words):
        return False
    return any(sentence.low[at] in word_set(FILE, "spared", "given") for at in sentence.ancestors(thing.last)[:3])


def _subject_things(sentence: Sentence, verb: int, masked: frozenset[int]) -> Iterator[_Phrase]:
    """ "Medicine is urgently needed": the things in the subject of a passive."""
    subject = sentence.child(verb, "nsubjpass")
    if subject is not None:
        yield from _list_after(sentence, left_edge(sentence, subject), masked)


def _of_noun(sentence: Sentence, noun: int, masked: frozenset[int]) -> Iterator[_Finding]:
    low = sentence.low[noun]
    after = sentence.low[noun + 1 : noun + 2]
    things: list[_Phrase] = []
    if low in word_set(FILE, "lacks", "nouns") and after in (["of"], ["in"], ["for"]):
        things = list(_list_after(sentence, noun + 2, masked))
    elif low in word_set(FILE, "lacks", "compound"):
        things = list(_before(sentence, noun, masked))
    yield from (_lack(sentence, noun, noun, thing) for thing in things)
    if not things and low in ("shortage", "shortages") and after not in (["of"], ["in"]) and _alone(sentence, noun):
        yield _Finding(noun, "general", noun, 2)


def _alone(sentence: Sentence, noun: int) -> bool:
    """Whether no noun before it says what is short ("labour shortage")."""
    return noun == 0 or sentence.tags[noun - 1] not in NOUN_TAGS | {"HYPH"}


def _before(sentence: Sentence, noun: int, masked: frozenset[int]) -> Iterator[_Phrase]:
    """The things named right before a noun of lack: "food, water and fuel shortages"."""
    at = noun - 1
    while at >= 0 and (sentence.tags[at] in NOUN_TAGS | {"CC", ","}):
        at -= 1
    token = at + 1
    while token < noun:
        thing = _at(_things(), sentence, token) if token not in masked else None
        if thing is not None and thing.last < noun:
            yield thing
            token = thing.last
        token += 1


def _negated(sentence: Sentence, verb: int, outside: _Phrase | None = None) -> bool:
    """Whether a "not" hangs on the verb, but for one that the phrase itself holds."""
    own = range(outside.first, outside.last + 1) if outside else range(0)
    return any(sentence.deps[c] == "neg" and c not in own for c in sentence.children[verb])


def _spared(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words around say that it is averted, ended or absent."""
    words = word_set(FILE, "spared", "before")
    if any(word in words for word in sentence.low[max(0, first - 3) : first]):
        return True
    head = _head_of(sentence, first, last)
    above = sentence.heads[head]
    if sentence.deps[head] in SUBJECTS and sentence.low[above] in word_set(FILE, "spared", "events"):
        return True
    return above != head and sentence.low[above] in words and sentence.deps[head] in ("dobj", "nsubjpass", "pobj")


# ── stopped: "the power is out", "schools remain closed", "flour prices tripled" ──


def _stopped(sentence: Sentence, masked: frozenset[int]) -> Iterator[_Finding]:
    for phrase in _phrases(_told(), sentence):
        if phrase.first in masked or sentence.low[phrase.last + 1 : phrase.last + 2] == ["of"]:
            continue
        head = _head_of(sentence, phrase.first, phrase.last)
        for noun in _told_of(sentence, head, phrase):
            words = _noun_phrase(sentence, noun)
            for number in map(int, phrase.name.split()):
                about = _thing_of_state(sentence, number, words, phrase) if not masked.intersection(words) else None
                if about is not None:
                    yield _Finding(phrase.first, table(FILE)["state"][number]["sector"], about, 2)


def _told_of(sentence: Sentence, head: int, phrase: _Phrase) -> Iterator[int]:
    """The nouns that a predicate is said of: its subject, its object, or the noun before which it stands."""
    if sentence.deps[head] == "amod":
        yield sentence.heads[head]
        return
    if sentence.low[phrase.first] == "last" and not sentence.tags[phrase.first].startswith("VB"):
        return
    at = head
    for _ in range(STEPS_TO_SUBJECT):
        if _negated(sentence, at, outside=phrase):
            return
        subject = sentence.child(at, *SUBJECTS)
        objects = [c for c in sentence.children[at] if sentence.deps[c] == "dobj"]
        if sentence.tags[at].startswith("VB"):
            yield from (c for c in objects if c > phrase.first or at != head)
        if subject is not None:
            yield from _coordinated(sentence, subject)
            return
        if sentence.heads[at] == at or sentence.deps[at] in ("relcl", "pobj", "dobj"):
            return
        at = sentence.heads[at]


def _coordinated(sentence: Sentence, noun: int) -> Iterator[int]:
    yield noun
    for child in sentence.children[noun]:
        if sentence.deps[child] == "conj" and sentence.tags[child] in NOUN_TAGS:
            yield from _coordinated(sentence, child)


def _noun_phrase(sentence: Sentence, noun: int) -> list[int]:
    """The tokens of a noun, what stands before it, what follows "of" or "for", and what it is said to carry."""
    tokens = list(range(left_edge(sentence, noun), noun + 1))
    for child in sentence.children[noun]:
        if child > noun and sentence.low[child] in ("of", "for"):
            for inner in sentence.children[child]:
                if sentence.deps[inner] == "pobj":
                    for part in _coordinated(sentence, inner):
                        tokens += range(left_edge(sentence, part), part + 1)
        elif sentence.deps[child] == "acl":
            tokens += [c for c in sentence.children[child] if sentence.deps[c] == "dobj"]
    return tokens


def _thing_of_state(sentence: Sentence, number: int, tokens: list[int], phrase: _Phrase) -> int | None:
    """The token of the thing that the row knows, `None` where the words hold none."""
    low = {sentence.low[t] for t in tokens}
    needs = _words_of_state(number, "needs")
    if needs and not low & needs:
        return None
    if sentence.low[phrase.last] in word_set(FILE, "prices", "told") and not low & word_set(FILE, "prices", "words"):
        return None
    if low & word_set(FILE, "prices", "words") and sentence.low[phrase.last] not in word_set(FILE, "prices", "told"):
        return None
    return next((t for t in reversed(tokens) if sentence.low[t] in _words_of_state(number, "things")), None)


# ── kept away: "no convoy has reached", "they cannot reach their fields" ──


def _kept_away(sentence: Sentence) -> Iterator[_Finding]:
    for verb, low in enumerate(sentence.low):
        if low not in word_set(FILE, "movement", "moves") or not sentence.tags[verb].startswith("VB"):
            continue
        denial = _denial(sentence, verb)
        if denial is None:
            continue
        for noun in _moved(sentence, verb):
            words = {sentence.low[t] for t in _noun_phrase(sentence, noun)}
            aid = words & word_set(FILE, "movement", "things") and words & _words_of_state(_access_row(), "needs")
            if aid or (_may_need_help(sentence, noun, words) and _reaches_help(sentence, verb)):
                yield _Finding(denial, "access", noun, 2)


def _may_need_help(sentence: Sentence, noun: int, words: set[str]) -> bool:
    return sentence.tags[noun] == "CD" or not words.isdisjoint(word_set(FILE, "movement", "people"))


def _reaches_help(sentence: Sentence, verb: int) -> bool:
    """ "Reach fields or clinics": whether the verb's object is what people need."""
    if sentence.low[verb] not in word_set(FILE, "movement", "reach"):
        return False
    objects = [sentence.low[c] for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    return not word_set(FILE, "movement", "reached").isdisjoint(objects)


@lru_cache(maxsize=1)
def _access_row() -> int:
    return next(number for number, row in enumerate(table(FILE)["state"]) if row["sector"] == "access")


def _moved(sentence: Sentence, verb: int) -> Iterator[int]:
    at = verb
    for _ in range(STEPS_TO_SUBJECT):
        for child in sentence.children[at]:
            moved = sentence.deps[child] == "dobj" and sentence.low[at] not in word_set(FILE, "movement", "reach")
            if moved or sentence.deps[child] in SUBJECTS:
                yield child
        if sentence.deps[at] not in ("xcomp", "conj") or sentence.heads[at] == at:
            return
        at = sentence.heads[at]


def _denial(sentence: Sentence, verb: int) -> int | None:
    """The word that says the movement was not or hardly made."""
    denials = word_set(FILE, "movement", "denials")
    at = verb
    for _ in range(STEPS_TO_SUBJECT):
        for child in sentence.children[at]:
            if sentence.low[child] in denials:
                return child
            if sentence.deps[child] in SUBJECTS:
                first = left_edge(sentence, child)
                inside = [t for t in range(max(0, first - 1), child + 1) if sentence.low[t] in denials]
                if inside:
                    return inside[0]
        if sentence.low[at] in denials:
            return at
        if sentence.deps[at] not in ("xcomp", "ccomp") or sentence.heads[at] == at:
            return None
        at = sentence.heads[at]
    return None


# ── suffered: "famine", "sleeping in the open" ──


def _suffered(sentence: Sentence, masked: frozenset[int]) -> Iterator[_Finding]:
    for phrase in _phrases(_suffering(), sentence):
        if phrase.first in masked or _spared_but_lacked(sentence, phrase) or _of_year(sentence, phrase.last):
            continue
        words = " ".join(sentence.low[phrase.first : phrase.last + 1])
        if words in word_set(FILE, "suffering", "only_severe") and not _graded(sentence, phrase):
            continue
        sector: Sector = phrase.name  # type: ignore[assignment]  # the table's keys are checked by the model's sectors
        yield _Finding(phrase.first, sector, phrase.last, 1)


def _of_year(sentence: Sentence, token: int) -> bool:
    """ "The famine of 1984" is told of the past."""
    after = sentence.low[token + 1 : token + 3]
    return len(after) == 2 and after[0] == "of" and len(after[1]) == 4 and after[1].isdigit()


def _spared_but_lacked(sentence: Sentence, phrase: _Phrase) -> bool:
    """Whether the suffering is spared; "not enough to eat" and "no roof" need their denial."""
    words = " ".join(sentence.low[phrase.first : phrase.last + 1])
    if words in ("enough to eat", "roof over their heads"):
        return not _spared(sentence, phrase.first, phrase.last)
    return _spared(sentence, phrase.first, phrase.last)


def _graded(sentence: Sentence, phrase: _Phrase) -> bool:
    near = sentence.low[max(0, phrase.first - 4) : phrase.last + 6]
    return any(word in word_set(FILE, "severity", "words") for word in near)


# ── situations: "the humanitarian situation is dire" ──


def _situations(sentence: Sentence) -> Iterator[_Finding]:
    for noun, low in enumerate(sentence.low):
        if low not in word_set(FILE, "situation", "nouns") or sentence.tags[noun] not in NOUN_TAGS:
            continue
        tokens = range(left_edge(sentence, noun), noun)
        around = {sentence.low[t] for t in tokens}
        after = sentence.low[noun + 1 : noun + 4]
        if around.union(after) & word_set(FILE, "situation", "not"):
            continue
        of = word_set(FILE, "situation", "of")
        located = low == "situation" and after[:1] in (["in"], ["at"], ["there"], ["inside"])
        placed = located or bool(around & of)
        grade = _grade(sentence, noun)
        if placed and grade is not None and sentence.low[grade] not in word_set(FILE, "severity", "no_grade"):
            yield _Finding(noun, _sector_of_situation(around), noun, 1)


def _sector_of_situation(around: set[str]) -> Sector:
    for sector in table(FILE)["situation"]["sectors"]:
        if around & word_set(FILE, "situation", "sectors", sector):
            known: Sector = sector
            return known
    return "general"


# ── severity ──


def _own_word(sentence: Sentence, text: str, token: int | None) -> str | None:
    return None if token is None else text[sentence.starts[token] : sentence.ends[token]].lower()


def _severity(sentence: Sentence, finding: _Finding, kept: list[_Finding]) -> int | None:
    """The token of the report's word for how bad it is: by the word of lack, by the thing, or said of either."""
    for token in (finding.token, finding.about):
        word = _grade(sentence, token)
        if word is not None:
            return word
    words = word_set(FILE, "severity", "words")
    for token, low in enumerate(sentence.low):
        if low in words and _grades_a_lack(sentence, token) and _last_before(kept, token) is finding:
            return token
    return None


def _last_before(kept: list[_Finding], token: int) -> _Finding:
    """The finding that a word of severity follows; the first where it precedes all."""
    return next((finding for finding in reversed(kept) if finding.token <= token), kept[0])


def _grades_a_lack(sentence: Sentence, token: int) -> bool:
    """Whether a word of severity elsewhere in the sentence may still speak of the lack."""
    head = sentence.heads[token]
    low = sentence.low[head]
    near = sentence.low[token + 1 : token + 3]
    if any(word in word_set(FILE, "severity", "illnesses") for word in near):
        return False
    return sentence.tags[token].startswith("JJ") and low in (
        "level",
        "levels",
        "situation",
        "conditions",
        "crisis",
        "emergency",
    )


def _grade(sentence: Sentence, token: int) -> int | None:
    """The word of severity that hangs on a token or is said of it."""
    words = word_set(FILE, "severity", "words")
    if sentence.low[token] in words:
        return token
    illness = sentence.low[token] in word_set(FILE, "severity", "illnesses")
    for child in sentence.children[token]:
        if sentence.low[child] in words and sentence.deps[child] in ("amod", "advmod", "acomp", "oprd", "compound"):
            return None if illness else child
    at = token
    for _ in range(STEPS_TO_SUBJECT):
        dep, above = sentence.deps[at], sentence.heads[at]
        if above == at or dep not in GRADED_THROUGH:
            return None
        if dep in SUBJECTS:
            return _predicated(sentence, above, words)
        if dep in ("compound", "det", "amod") and not illness:
            beside = [c for c in sentence.children[above] if sentence.low[c] in words and sentence.deps[c] == "amod"]
            if beside:
                return beside[0]
        at = above
    return None


def _predicated(sentence: Sentence, verb: int, words: frozenset[str]) -> int | None:
    """The word of severity that a verb says of its subject: "is dire", "is described as catastrophic"."""
    if sentence.low[verb] in words:
        return verb
    for child in sentence.children[verb]:
        if sentence.deps[child] in ("acomp", "oprd", "attr", "xcomp") and sentence.low[child] in words:
            return child
    for token in range(verb + 1, min(len(sentence), verb + 9)):
        if sentence.low[token] in words and "as" in sentence.low[token - 2 : token]:
            return token
    return None
