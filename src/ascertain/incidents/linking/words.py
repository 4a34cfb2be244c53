"""How much a word tells: rare words weigh more, words that half of all reports share weigh nothing.

In: the content words of reports. Out: `WordCounts`, and from them the weighed tokens that pairs are compared by.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ascertain.model import DataFileError

MOST_TOKEN_WORDS = 20
MOST_RARE_WORDS = 20
RARE_UP_TO = 50
_MOST_WEIGHT = 5
_TABLE = "background_words.tsv"


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many of `reports` reports each word stands; a word that is not there stands in none.

    >>> counts = WordCounts(1000, {"kill": 600, "djibo": 3})
    >>> counts.weight("kill"), counts.weight("djibo"), counts.weight("unheard-of")
    (0, 5, 5)
    """

    reports: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def weight(self, word: str) -> int:
        """From 0, which tells nothing, to 5: the logarithm of how rare the word is, less one."""
        rarity = math.log((1 + self.reports) / (1 + self.counts.get(word, 0)))
        return max(0, min(_MOST_WEIGHT, round(rarity) - 1))

    def plus(self, reports: Iterable[Iterable[str]]) -> WordCounts:
        """These counts with more reports counted in."""
        more = Counter(self.counts)
        number = self.reports
        for words in reports:
            more.update(set(words))
            number += 1
        return WordCounts(number, dict(more))

    def tokens(self, words: Iterable[str]) -> list[int]:
        """The telling words as numbers, each as often as it weighs, so that what two lists share is a weighed sum.

        A name (it has kept its capital) weighs one more than another word as rare.
        """
        weighed = sorted((-self._telling(word), word.casefold()) for word in set(words))[:MOST_TOKEN_WORDS]
        return sorted(zlib.crc32(f"{n} {word}".encode()) for weight, word in weighed for n in range(-weight))

    def _telling(self, word: str) -> int:
        weight = self.weight(word.casefold())
        return weight + 1 if weight and word[:1].isupper() else weight

    def rare(self, words: Iterable[str]) -> list[int]:
        """Those of the words by which other reports are found, as numbers: the rarest of those that few reports hold,
        and as many again of those that at most one is known to hold."""
        known = sorted((self.counts.get(word.casefold(), 0), word.casefold()) for word in set(words))
        single = [word for count, word in known if count <= 1][:MOST_RARE_WORDS]
        shared = [word for count, word in known if 1 < count <= RARE_UP_TO][:MOST_RARE_WORDS]
        return [zlib.crc32(word.encode()) for word in single + shared]


@cache
def background() -> WordCounts:
    """The counts that come with the package, from invented reports; they stand in where a run is small.

    Raises:
        DataFileError: the table has a fault.
    """
    lines = (files("ascertain.incidents.linking") / _TABLE).read_text(encoding="utf-8").splitlines()
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    counts: dict[str, int] = {}
    for number, row in rows:
        if len(row) != 2 or not row[1].isdigit():
            raise DataFileError(
                "is no word and its count", source=_TABLE, line=number, remedy="write: word, tab, count"
            )
        counts[row[0]] = int(row[1])
    return WordCounts(counts.pop("(reports)", 0), counts)
