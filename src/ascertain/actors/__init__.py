"""Parties: who is named or described, and what kind of party it is.

In: words. Out: `find_parties` finds the parties that a text names, from a lexicon with dated aliases and from a table
of states ("Burkinabe soldiers", "the army of Mali"); `find_states` finds bare names of states, which may or may not
stand for a party; `describe` says what kind of people a phrase without a name tells of ("suspected militants").

What a word means never depends on which state or group it stands beside: all knowledge is in the tables under `data/`,
and the same row holds for every state.
"""

from ascertain.actors.describing import Description, describe
from ascertain.actors.finding import PartyMention, find_parties, find_parties_and_states, find_states
from ascertain.actors.parties import Alias, Party, parties

__all__ = [
    "Alias",
    "Description",
    "Party",
    "PartyMention",
    "describe",
    "find_parties",
    "find_parties_and_states",
    "find_states",
    "parties",
]
