"""Who suffers the harm that a word tells of, by the syntax around it.

In: a parsed sentence and the token of a word of harm. Out: the tokens of the nouns of those who suffered, before it is
known whether they are people. Where the parse lost the subject, the nearest noun phrase stands in for it.
"""

from __future__ import annotations

from ascertain.actors import describe
from ascertain.reading.harm_words import triggers
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

SUBJECTS = ("nsubjpass", "nsubj", "csubj")
RELATIVE = frozenset(("who", "which", "that"))


def next_head(sentence: Sentence, token: int, within: int = 8) -> int | None:
    """The head of the first noun phrase from a token on, at most `within` tokens away."""
    while token < len(sentence) and sentence.low[token] in (
        ",",
        ":",
        "were",
        "was",
        "are",
        "is",
        "the",
        "also",
        ".",
        "at",
        "least",
    ):
        token += 1
    head = token
    while head < len(sentence) and head - token < within:
        ends = sentence.low[head + 1 : head + 2] == [","]
        if sentence.tags[head] in NOUN_TAGS and (ends or sentence.deps[head] not in ("compound", "poss", "nmod")):
            return head
        if sentence.tags[head] == "CD" and sentence.deps[head] != "nummod":
            return head
        head += 1
    return None


def _antecedent(sentence: Sentence, noun: int) -> list[int]:
    """The noun that a "who" points at, or those whom "those who were killed are" lists."""
    if sentence.low[noun] in word_set("people", "pronouns_back") and (members := listed(sentence, noun)):
        return members
    return [noun]


def _nearer_subject(sentence: Sentence, subject: int, token: int) -> list[int]:
    """The subject after "and", where the parse took that of an earlier harm: "12 were killed, and 4 men were hurt"."""
    auxiliary = sentence.child(token, "auxpass")
    if auxiliary is None:
        return []
    earlier = [
        t for t in range(subject + 1, auxiliary) if sentence.low[t] in triggers() and sentence.tags[t] in ("VBN", "VBD")
    ]
    joint = next(
        (
            t
            for t in range(auxiliary - 1, earlier[-1] if earlier else auxiliary, -1)
            if sentence.low[t] in ("and", "while", ";")
        ),
        None,
    )
    while (
        joint is not None
        and joint > earlier[-1]
        and sentence.low[joint + 1] != "at"
        and not _opens_clause(sentence, joint, auxiliary)
    ):
        joint = next((t for t in range(joint - 1, earlier[-1], -1) if sentence.low[t] in ("and", "while", ";")), None)
    if joint is None or joint + 1 >= auxiliary:
        return []
    head = next_head(sentence, joint + 1, 6)
    return [head] if head is not None and head < auxiliary else []


def _opens_clause(sentence: Sentence, joint: int, auxiliary: int) -> bool:
    """Whether a noun phrase right behind the joint stands alone before the verb, but for what it includes."""
    between = sentence.low[joint + 1 : auxiliary]
    return "," not in between or "including" in between


def of_transitive(sentence: Sentence, token: int) -> list[int]:
    """Those whom a verb such as "killed" acts on: its object, or the subject of its passive."""
    tag, dep = sentence.tags[token], sentence.deps[token]
    if not tag.startswith("VB"):
        return of_adjective(sentence, token) if tag == "JJ" else []
    objects = [c for c in sentence.children[token] if sentence.deps[c] == "dobj"]
    passive = [c for c in sentence.children[token] if sentence.deps[c] == "nsubjpass"]
    passive = passive or _after_passive(sentence, token)
    if passive and dep == "relcl" and sentence.low[passive[0]] in RELATIVE:
        return [*_antecedent(sentence, sentence.heads[token]), *_alongside(sentence, token)]
    if passive:
        return [*(_nearer_subject(sentence, passive[0], token) or passive), *_alongside(sentence, token)]
    if objects and dep == "conj" and sentence.low[objects[0]] in ("them", "him", "her"):
        objects = [c for c in sentence.children[sentence.heads[token]] if sentence.deps[c] == "dobj"] or objects
    if objects:
        objects += [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS]
        return [*objects, *_alongside(sentence, token)]
    shared = [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.low[c] in triggers()]
    if (
        shared
        and tag != "VBN"
        and (objects := [c for s in shared for c in sentence.children[s] if sentence.deps[c] == "dobj"])
    ):
        return objects
    if tag not in ("VBN", "VBD"):
        return []
    subject = sentence.child(token, "nsubj")
    if subject is not None and tag in ("VBN", "VBD"):
        subjects = [c for c in sentence.children[token] if sentence.deps[c] == "nsubj" and c < token]
        return [*(subjects or [subject]), *_alongside(sentence, token)]
    if dep in ("acl", "relcl", "amod"):
        head = _whole_of(sentence, sentence.heads[token], token)
        if members := among(sentence, head):
            return [*members, *_alongside(sentence, sentence.heads[sentence.heads[head]])]
        return [head, *_alongside(sentence, token)]
    if dep == "conj":
        above = sentence.heads[token]
        subject = sentence.child(above, "nsubjpass")
        if subject is None and sentence.deps[above] == "pcomp" and sentence.tags[above] == "VBN":
            subject = sentence.child(above, "nsubj")
        if subject is None and sentence.deps[above] in ("acl", "amod") and sentence.low[above] in triggers():
            subject = sentence.heads[above]
        if subject is None and sentence.tags[above] in NOUN_TAGS | {"CD"}:
            subject = above
        if subject is not None and (nearer := _nearer_subject(sentence, subject, token)):
            return nearer
        return [subject] if subject is not None else []
    if sentence.child(token, "auxpass") is not None and dep in ("pcomp", "xcomp"):
        return _controller(sentence, token)
    if dep in ("xcomp", "ccomp", "oprd", "advcl", "dep"):
        return of_adjective(sentence, token)
    return []


def _after_passive(sentence: Sentence, token: int) -> list[int]:
    """The subject that the parse hung on the auxiliary of a passive: "also killed were two teachers"."""
    auxiliary = sentence.child(token, "auxpass")
    if auxiliary is None:
        return []
    return [c for c in sentence.children[auxiliary] if sentence.deps[c] in ("nsubj", "attr")]


def _controller(sentence: Sentence, token: int) -> list[int]:
    """The subject above a passive without one: "were named as having been killed", "thought to have been killed"."""
    for above in sentence.ancestors(token)[:3]:
        if subjects := [c for c in sentence.children[above] if sentence.deps[c] in SUBJECTS and c < above]:
            subject = subjects[-1]
            passive = sentence.deps[subject] == "nsubjpass"
            return [subject] if passive or sentence.low[above] not in word_set("attribution", "says") else []
    return []


def _whole_of(sentence: Sentence, head: int, token: int) -> int:
    """The noun of the whole, where a comma parts a participle from its parts: "9 men, including 3 boys, killed"."""
    above = sentence.heads[head]
    if sentence.deps[head] == "pobj" and sentence.low[above] == "including" and "," in sentence.low[head:token]:
        return sentence.heads[above]
    return head


def among(sentence: Sentence, pronoun: int) -> list[int]:
    """The subject of "were among those killed", or what follows "among the dead were"."""
    among = sentence.heads[pronoun]
    if sentence.low[among] != "among" or sentence.tags[sentence.heads[among]][:2] != "VB":
        return []
    verb = sentence.heads[among]
    members = [
        c
        for c in sentence.children[verb]
        if sentence.deps[c] in ("nsubj", "nsubjpass", "attr", "dobj") and c != pronoun
    ]
    return [c for c in members if sentence.low[c] not in word_set("people", "pronouns_back")]


def listed(sentence: Sentence, token: int) -> list[int]:
    """Those whom "the dead include" or "the victims were" lists."""
    verb = sentence.heads[token]
    if sentence.low[verb] not in word_set("people", "roll", "lists"):
        return []
    return [c for c in sentence.children[verb] if c > verb and sentence.deps[c] in ("dobj", "attr")]


def of_intransitive(sentence: Sentence, token: int) -> list[int]:
    """The subject of a verb such as "died"."""
    if not sentence.tags[token].startswith("VB"):
        return []
    subject = sentence.child(token, *SUBJECTS)
    if subject is not None:
        if sentence.low[subject] in RELATIVE and sentence.deps[token] == "relcl":
            return [*_antecedent(sentence, sentence.heads[token]), *_alongside(sentence, token)]
        return [subject, *_alongside(sentence, token)]
    if sentence.deps[token] in ("conj", "xcomp"):
        subject = sentence.child(sentence.heads[token], *SUBJECTS)
        return [subject] if subject is not None else []
    if sentence.deps[token] == "acl":
        return [sentence.heads[token]]
    return []


def of_adjective(sentence: Sentence, token: int) -> list[int]:
    """Those whom a word such as "dead" describes: "left five dead", "five were dead", "five dead"."""
    dep, head = sentence.deps[token], sentence.heads[token]
    if sentence.tags[token] == "VBD" and sentence.child(token, "dobj") is not None:
        return []
    own = sentence.child(token, *SUBJECTS)
    if own is not None:
        return [own]
    if dep == "amod":
        return [head]
    if dep in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advmod", "dep", "advcl", "dobj", "conj"):
        objects = [
            c
            for c in sentence.children[head]
            if sentence.deps[c] == "dobj" and (c < token or dep in ("advmod", "oprd") or token == head + 1)
        ]
        if objects:
            return objects
        subject = sentence.child(head, *SUBJECTS)
        if subject is not None and (
            sentence.low[head] in word_set("harm", "leaving")
            or sentence.tags[head] in ("VBZ", "VBP", "VBD", "VB", "VBN")
        ):
            return [subject]
        if sentence.tags[head] in NOUN_TAGS | {"CD"}:
            return [head]
    if dep in ("acl", "appos", "nmod", "relcl") and sentence.tags[head] in NOUN_TAGS | {"CD"}:
        return [head]
    return []


def of_act(sentence: Sentence, token: int) -> list[int]:
    """Those of whom a noun such as "killing" tells: "the killing of a farmer", "his death"."""
    if sentence.tags[token] not in ("NN", "NNS", "NNP", "NNPS", "VBG"):
        return []
    if heads := _owners(sentence, token):
        return heads
    joined = [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.low[c] in triggers()]
    if sentence.deps[token] == "conj" and sentence.low[sentence.heads[token]] in triggers():
        joined.append(sentence.heads[token])
    return next((heads for other in joined if (heads := _owners(sentence, other))), [])


def _owners(sentence: Sentence, noun: int) -> list[int]:
    """Whose death or injury a noun tells of: what hangs on it by "of" or as a possessive."""
    heads: list[int] = []
    for child in sentence.children[noun]:
        if sentence.low[child] == "of" and child > noun:
            heads += [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
        elif sentence.deps[child] == "poss":
            heads.append(child)
    return heads


def _alongside(sentence: Sentence, token: int) -> list[int]:
    """Those who suffered "alongside", "together with" or "with" the subject."""
    heads: list[int] = []
    for child in sentence.subtree(token):
        low, above = sentence.low[child], sentence.heads[child]
        joins = low == "with" and (above == token or sentence.low[child - 1] in ("along", "together"))
        joins = joins and sentence.low[child - 1] not in word_set("harm", "fought_with")
        if child > 0 and (low in ("alongside", "besides") or (joins and not _small_clause(sentence, child))):
            heads += [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
    return heads


def _small_clause(sentence: Sentence, preposition: int) -> bool:
    """ "With 15 others injured" tells of other people than those who were killed."""
    return any(sentence.deps[c] == "pcomp" for c in sentence.children[preposition])


def takes_lives(sentence: Sentence, verb: int) -> bool:
    """Whether a verb kills rather than says: "the blast claimed five lives", "shelling took the lives of two"."""
    if sentence.low[verb] not in word_set("harm", "killed", "take_lives"):
        return False
    taken = sentence.child(verb, "dobj")
    return taken is not None and sentence.low[taken] in word_set("harm", "killed", "lives")


def of_losses(sentence: Sentence, token: int) -> list[int]:
    """ "Lost his wife and two sons", "lost no fighters": kin, and people under arms."""
    heads = [c for c in sentence.children[token] if sentence.deps[c] == "dobj"]
    for head in heads:
        noun = sentence.low[head]
        if sentence.tags[head] == "CD" and sentence.child(head, "prep") is None and _next_is_bare(sentence, head):
            return heads
        described = describe(sentence.words[head])
        if noun in word_set("people", "kin") or (
            described is not None and described.group in ("combatants", "security_forces", "men")
        ):
            return heads
        of = sentence.child(head, "prep")
        inner = sentence.child(of, "pobj") if of is not None and sentence.low[of] == "of" else None
        if inner is not None and sentence.low[inner] in word_set("people", "kin"):
            return heads
    return []


def _next_is_bare(sentence: Sentence, number: int) -> bool:
    """Whether nothing counted stands behind a number: "lost twelve"."""
    after = sentence.tags[number + 1 : number + 2]
    return not after or (after[0] not in NOUN_TAGS and after[0] not in ("JJ", "HYPH", "CD", "VBN", "IN"))
