"""Words and the date of the report → dates with their precision.

In: a text and, where known, the day on which it was published. Out: `TimeMention` values in order of the text, each
with its words, its days and what they hang on: the calendar ("7 October 2023"), the report ("yesterday") or the date
under discussion ("two days later"), which `resolve` fills in. What cannot be worked out stays `None`.

The words and their forms are data, one file a language (`en.toml`); the code is shared.
"""

from ascertain.times.find import find_times
from ascertain.times.mention import Anchor, Role, TimeMention, resolve

__all__ = ["Anchor", "Role", "TimeMention", "find_times", "resolve"]
