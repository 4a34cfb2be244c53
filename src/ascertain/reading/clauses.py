"""Clauses that the parse took apart, put together again.

In: the words, tags, dependencies and heads of a parsed sentence. Out: the same, mended in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.reading.words import word_set

# words that open a clause, and that the parse may take for prepositions
OPENERS = ("after", "before")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
FINITE = ("VBD", "VBZ", "VBP")
# how a name hangs on what it is listed with, and the words of a name's own phrase on it
LISTED = ("conj", "appos")
INSIDE = ("compound", "amod", "nmod", "det", "poss", "case")


def restore_subjects(low: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Give a finite verb the noun behind "after" for its subject, where the parse hung the noun on "after".

    A past tense without a subject of its own is no clause: in "came days after a raid in Ariha killed two", the raid
    killed.

    >>> deps, heads = ["nsubj", "ROOT", "prep", "det", "pobj", "advcl", "dobj"], [1, 1, 1, 4, 2, 1, 5]
    >>> restore_subjects("it came after a raid killed two".split(), "PRP VBD IN DT NN VBD CD".split(), deps, heads)
    >>> (deps, heads)
    (['nsubj', 'ROOT', 'mark', 'det', 'nsubj', 'advcl', 'dobj'], [1, 1, 5, 4, 5, 1, 5])
    """
    for verb, dep in enumerate(deps):
        if dep == "acl":
            _restore_verb(verb, tags, deps, heads)
        if dep != "advcl" or tags[verb] != "VBD":
            continue
        opener = next((at for at in range(verb - 1, -1, -1) if low[at] in OPENERS or low[at] in (",", ";")), None)
        if opener is None or deps[opener] != "prep" or heads[opener] != heads[verb]:
            continue
        noun = next((at for at in range(opener + 1, verb) if heads[at] == opener and deps[at] == "pobj"), None)
        if noun is not None and not any(heads[at] == verb and deps[at] in SUBJECTS for at in range(len(deps))):
            deps[opener], heads[opener] = "mark", verb
            deps[noun], heads[noun] = "nsubj", verb


def _restore_verb(verb: int, tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Let "killed" in "…, and a second strike on a clinic killed three" be the verb of the strike.

    A participle has no object: what was taken for one of the clinic is the verb of the noun joined to the verb before.
    """
    if tags[verb] not in ("VBD", "VBN") or not any(heads[at] == verb and deps[at] == "dobj" for at in range(len(deps))):
        return
    noun = heads[verb]
    while deps[noun] in ("pobj", "prep"):
        noun = heads[noun]
    above = heads[noun]
    if deps[noun] == "conj" and tags[noun].startswith("NN") and tags[above].startswith("VB"):
        deps[verb], heads[verb] = "conj", above
        deps[noun], heads[noun] = "nsubj", verb


def give_speakers(low: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Make the name right before a verb of saying its subject, where a comma parts it from what it was hung on.

    >>> low = ["two", "women", ",", "mayor", "asha", "said"]
    >>> tags, deps = ["CD", "NNS", ",", "NN", "NNP", "VBD"], ["nummod", "pobj", "punct", "compound", "appos", "conj"]
    >>> heads = [1, 1, 1, 4, 1, 5]
    >>> give_speakers(low, tags, deps, heads)
    >>> deps[4], heads[4]
    ('nsubj', 5)
    """
    for name in range(len(low) - 1):
        verb = name + 1
        if not tags[name].startswith("NNP") or tags[verb] not in FINITE or deps[name] not in LISTED:
            continue
        if low[verb] not in word_set("attribution", "says") or any(
            heads[at] == verb and deps[at] in SUBJECTS for at in range(verb)
        ):
            continue
        first = name
        while first and deps[first - 1] in INSIDE and first <= heads[first - 1] <= name:
            first -= 1
        if first and low[first - 1] == "," and heads[name] < first:
            deps[name], heads[name] = "nsubj", verb
