"""Places: the names in a text, and where they are.

In: a text, and the country it is known to be about. Out: `PlaceMention`s, each a `Place` with its span, resolved or
keeping only its words, with its role in the text, its container and how fine it is.

Where several places share a name, the report decides: its country, its other places, the kind it says ("camp",
"province"), what it lies in, how near it is; the larger population comes last. Nothing is made up: a name that is not
known takes the position and radius of what the text puts it in, or has none.
"""

from ascertain.places.find import find_places, locate, name_places
from ascertain.places.gazetteer import Gazetteer, Hit, Sense, gazetteer_path, gazetteers_in_use, open_gazetteer
from ascertain.places.mentions import PlaceMention

__all__ = [
    "Gazetteer",
    "Hit",
    "PlaceMention",
    "Sense",
    "find_places",
    "gazetteer_path",
    "gazetteers_in_use",
    "locate",
    "name_places",
    "open_gazetteer",
]
