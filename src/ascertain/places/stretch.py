"""A stretch of capitalised words being read: the longest known name at each of them, and what stands beside it."""

from __future__ import annotations

from ascertain.places.found import LARGE, is_lesser_division
from ascertain.places.gazetteer import Gazetteer, Sense
from ascertain.places.lexicon import Lexicon
from ascertain.places.names import ARTICLES, one_article
from ascertain.places.scan import Run, Token

LONGEST = 6


class Stretch:
    """One run being read: its tokens and their keys, in a text that is all of capitals or not."""

    def __init__(self, text: str, run: Run, gazetteer: Gazetteer, words: Lexicon, capitals: bool) -> None:
        self.text, self.run, self.words, self.capitals = text, run, words, capitals
        self.gazetteer = gazetteer
        self.keys = [token.key for token in run]
        self._matches: dict[int, tuple[int, tuple[Sense, ...]]] = {}

    def first_after(self, end: int) -> int:
        """The first token that begins at or after a character of the text."""
        return next((at for at, token in enumerate(self.run) if token.start >= end), len(self.run))

    def longest(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        """The longest known name that begins at `at`: its number of tokens and its senses."""
        if at not in self._matches:
            self._matches[at] = self._looked_up(at)
        return self._matches[at]

    def _looked_up(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        run = self.run
        if run[at].lower or (run[at].label == "link" and not self._may_begin(run[at])):
            return 0, ()
        for count in range(self._most(at), 0, -1):
            last = run[at + count - 1]
            if last.label == "link" or (count == 1 and last.label != "name" and not self._is_abbreviation(last)):
                continue
            senses = self.senses(at, count)
            if senses and self._spelt(at, count, senses) and not self._is_half(at, count, senses[0]):
                bare = self.senses(at, count - 1) if self.is_division(last, count, senses) else ()
                return (count - 1, (*bare, *senses)) if bare else (count, senses)
        return 0, ()

    def _most(self, at: int) -> int:
        """How many tokens from `at` may at most make one known name."""
        left = len(self.run) - at
        first = self.keys[at].split(" ", 1)[0]
        return min(LONGEST, left) if left > 1 and (first in ARTICLES or self.gazetteer.begins_longer(first)) else 1

    def senses(self, at: int, count: int) -> tuple[Sense, ...]:
        """What the `count` tokens from `at` may mean as one name."""
        key = " ".join(self.keys[at : at + count])
        if count == 1 or not any(token.label == "link" for token in self.run[at : at + count]):
            senses = self.gazetteer.senses(key)
        else:
            senses = self.gazetteer.senses(key := one_article(key))
        return senses or (self.gazetteer.senses(key[3:]) if key.startswith("al ") and len(key) > 6 else ())

    def _is_half(self, at: int, count: int, sense: Sense) -> bool:
        """Whether a hyphen ties a small town's name to a further word of the run, as in "Pont-Sondé"."""
        if sense.notable or sense.population > LARGE:
            return False
        start, end = self.run[at].start, self.run[at + count - 1].end
        tied_before = at > 0 and start == self.run[at - 1].end + 1 and self.text[start - 1] == "-"
        tied_after = at + count < len(self.run) and self.text[end] == "-" and self.run[at + count].start == end + 1
        return tied_before or tied_after

    def _is_abbreviation(self, token: Token) -> bool:
        return (
            token.key in self.words.abbreviations and not self.capitals and self.text[token.start : token.end].isupper()
        )

    def _spelt(self, at: int, count: int, senses: tuple[Sense, ...]) -> bool:
        """A short name such as US or CAR must be in capitals, and only a great one may be a function word."""
        first, last = self.run[at], self.run[at + count - 1]
        word = self.text[first.start : last.end]
        if count == 1 and len(first.key) < 4:
            if self.capitals:
                return "." in word or not self.is_ordinary(first)
            return not word.isupper() or "." in word or senses[0].kind == "country"
        if count > 1 and first.label in ("function", "never") and not senses[0].notable:
            return senses[0].population > LARGE or first.key in self.words.directions or first.key == "new"
        return not (count > 1 and first.label == "title" and not senses[0].notable and senses[0].population < 50_000)

    def is_division(self, last: Token, count: int, senses: tuple[Sense, ...]) -> bool:
        """Whether a name is a lesser division's and ends in the word for one ("Frederick County")."""
        return count > 1 and last.label == "kind" and bool(senses) and is_lesser_division(senses[0])

    def is_article(self, token: Token) -> bool:
        """Whether a small word may begin a name: "Al Shouka", "La Esperanza"."""
        return token.key in self.words.first_links and self.text[token.start].isupper()

    def _may_begin(self, token: Token) -> bool:
        """Whether a small word may begin a known name, in small letters too: "al-Shati", but not "at Shati"."""
        joined = self.text[token.end : token.end + 1] == "-" or token.key in ("al", "el")
        return self.is_article(token) or (joined and token.key in self.words.first_links)

    def is_town(self, at: int) -> bool:
        """Whether a known name that is no country's begins at a token."""
        senses = self.longest(at)[1]
        return bool(senses) and senses[0].kind != "country"

    def neighbour(self, at: int, beside: int) -> Token | None:
        """The token at `at` where only a space parts it from the one at `beside`."""
        if not 0 <= at < len(self.run) or self.run[at].lower:
            return None
        first, second = sorted((self.run[at], self.run[beside]), key=lambda token: token.start)
        return self.run[at] if self.text[first.end : second.start].strip() == "" else None

    def is_before(self, at: int, count: int, label: str) -> bool:
        """Whether such a word stands in the capitalised words right after the name."""
        for token in self.run[at + count : at + count + 3]:
            if token.label == label and not token.lower:
                return True
            if token.label not in ("name", "organisation", "within"):
                return False
        return False

    def is_after(self, at: int, label: str) -> bool:
        """Whether such a word stands right before the name, or before an "of" before it ("University of X")."""
        back = at - 1
        while back >= 0 and self.run[back].key in {"of", "de", "for", "the"}:
            back -= 1
        if back >= 0:
            return self.run[back].label == label
        return False

    def is_ordinary(self, token: Token) -> bool:
        """Whether a token is a word that is written in small letters too."""
        return self.words.is_ordinary(token.key)
