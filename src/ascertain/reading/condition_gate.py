"""The gate of conditions: which phrases make a sentence worth reading for them, and which words a line must hold.

What people need is named in many sentences; a thing opens the gate only beside a word of lack or of state.
"""

from __future__ import annotations

from functools import lru_cache

from ascertain.reading.words import table, word_set

FILE = "conditions"


@lru_cache(maxsize=1)
def gate_phrases() -> tuple[str, ...]:
    """The phrases that open the gate: those of the table, of suffering, and each thing with its words of `beside`."""
    known = table(FILE)
    named = sorted({phrase for phrases in known["things"].values() for phrase in phrases})
    states = sorted({word for row in known["state"] for word in row["things"].split()})
    phrases = set(known["gate"]).union(*known["suffering"].values())
    for before in known["beside"]["before"]:
        phrases.update(f"{before} {thing}" for thing in named)
    for after in known["beside"]["after"]:
        phrases.update(f"{thing} {after}" for thing in (*named, *states))
    return tuple(sorted(phrases))


@lru_cache(maxsize=1)
def starters() -> frozenset[str]:
    """The words of which a line that tells a condition holds one: the longest of each phrase."""
    known = table(FILE)
    phrases = [phrase for key in ("suffering", "things") for sector in known[key].values() for phrase in sector]
    words = {max(phrase.split(), key=len) for phrase in phrases}
    words |= {word for row in known["state"] for word in row["things"].split()}
    keys = (("situation", "nouns"), ("movement", "things"), ("movement", "reached"), ("lodging", "verbs"))
    return frozenset(words).union(word_set(FILE, "capacity", "working"), *(word_set(FILE, *key) for key in keys))
