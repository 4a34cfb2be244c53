"""Communities: people named by a community, who are a party by what they do ("Pokot herders", "Murle youths").

In: a line and the head of a noun phrase. Out: whether it names such people. The name of a nation makes no community of
them ("French youths"); that of a place does for herders and the like, not for youths ("Srinagar youths").
"""

from __future__ import annotations

from ascertain.reading.noun_phrases import NAME_TAGS, left_edge
from ascertain.reading.page import Line
from ascertain.reading.words import word_set


def is_community(line: Line, token: int) -> bool:
    """Whether the noun is one for people of a community and stands behind a name that is no nation's."""
    sentence = line.sentence
    low = sentence.low[token]
    if low not in word_set("roles", "communal"):
        return False
    taken = [mention.span for mention in (*line.parties, *line.states)]
    if low in word_set("roles", "crowds"):
        taken += [p.place.span for p in line.places if p.place.lat is not None]
    return any(
        sentence.words[at][:1].isupper()
        and (at > 0 or sentence.tags[at] in NAME_TAGS)
        and not any(a <= sentence.starts[at] < b for a, b in taken)
        for at in range(left_edge(sentence, token), token)
    )
