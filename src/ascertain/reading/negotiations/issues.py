"""Issues: what talks are said to be about.

In: a line. Out: `Issue`s, the words of each matter, in order of text.
"""

from __future__ import annotations

from ascertain.model import Issue, Span
from ascertain.reading.negotiations.cues import FILE, SUBJECTS
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set


def issues_in(line: Line, text: str) -> tuple[Issue, ...]:
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
        if low in word_set(FILE, "issues", "purposes"):
            spans += _purpose(sentence, token)
    unique = sorted(set(spans))
    kept = [span for span in unique if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in unique)]
    return tuple(Issue(text=text[slice(*span)], span=span) for span in kept)


def pact_in(line: Line, text: str, tokens: range) -> Issue | None:
    """The truce that a stretch of a line tells of."""
    sentence = line.sentence
    for token in tokens:
        if _is_pact(sentence, token):
            span = sentence.span_of(left_edge(sentence, token), token)
            return Issue(text=text[slice(*span)], span=span)
    return None


def _is_pact(sentence: Sentence, token: int) -> bool:
    """Whether a noun is a truce, and not part of the name of something else ("truce talks")."""
    if sentence.tags[token] not in NOUN_TAGS or sentence.deps[token] in ("compound", "nmod", "poss"):
        return False
    low = sentence.low
    return low[token] in word_set(FILE, "issues", "pacts") or low[max(0, token - 2) : token + 1] == [
        "cease",
        "-",
        "fire",
    ]


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
        parts += [c for c in sentence.children[part] if _is_listed(sentence, part, c)]
    like = _has_of(sentence, noun)
    for token in sentence.subtree(noun):
        alike = like and _has_of(sentence, token) and sentence.tags[token] in NOUN_TAGS
        if token not in parts and sentence.deps[token] == "conj" and alike:
            parts.append(token)
    return [_phrase_span(sentence, part, frozenset(parts)) for part in sorted(parts)]


def _is_listed(sentence: Sentence, noun: int, child: int) -> bool:
    """Whether a noun stands beside another in a list, "and" or comma between them."""
    if sentence.tags[child] not in ("NN", "NNS") and sentence.deps[child] == "appos":
        return False
    in_list = sentence.deps[child] == "appos" and "and" in sentence.low[child:] and sentence.low[noun + 1] == ","
    return sentence.tags[child] in NOUN_TAGS and (sentence.deps[child] == "conj" or in_list)


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


def _purpose(sentence: Sentence, word: int) -> list[Span]:
    """ "An agreement to evacuate fighters", "agreed to evacuate": what was bargained for."""
    to = word + 1
    if to + 1 >= len(sentence) or sentence.low[to] != "to" or sentence.tags[to] != "TO":
        return []
    verb = sentence.heads[to] if sentence.tags[sentence.heads[to]] == "VB" else None
    if verb is None or sentence.low[verb] in word_set(FILE, "issues", "empty"):
        return []
    return _verb_phrases(sentence, verb)
