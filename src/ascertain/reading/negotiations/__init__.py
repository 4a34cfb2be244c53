"""Negotiations: talks between parties to a conflict, who takes part, what is argued over, and how they stand.

In: the lines of a page, in order. Out: `Negotiation`s, each with the lines that tell of it. A line tells of talks by a
word for them ("talks", "ceasefire") of which something is said; words that fit any bargain ("the deal", "the two
sides") count only in talks under discussion or between two parties. Talks in trade, wages or sport are none, nor is a
call for peace. The status that the last line states is the status.
"""

from ascertain.reading.negotiations.talks import Negotiation, negotiations

__all__ = ["Negotiation", "negotiations"]
