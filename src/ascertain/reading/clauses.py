"""Clauses that the parse took apart, put together again.

In: the words, tags, dependencies and heads of a parsed sentence. Out: the same, mended in place.
"""

from __future__ import annotations

from collections.abc import Sequence

# words that open a clause, and that the parse may take for prepositions
OPENERS = ("after", "before")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


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
