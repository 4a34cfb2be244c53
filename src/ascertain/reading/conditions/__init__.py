"""Conditions: what people lack or suffer now, by sector.

In: a line of a page. Out: `Condition`s, one a sector. A sector's word alone tells none: "the water minister spoke" and
"food was distributed" hold no lack. Four ways of telling are read, each a table of `conditions.toml`: a word of lack
before a thing ("no clean water"), a thing said to be gone or stopped ("the power is out"), aid kept from moving ("no
convoy has reached"), and words that tell suffering by themselves ("famine").
"""

from ascertain.reading.conditions.by_sector import Condition, conditions

__all__ = ["Condition", "conditions"]
