"""Listening to a page: who speaks in each line, and in each clause of it.

In: the lines of a page. Out: `Heard` for each. A pronoun stands for the last speaker; a label
("Ministry of Health: …") and an open quotation hold for what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ascertain.model import Attribution, AttributionKind
from ascertain.reading.attribution.sources import speaker_at
from ascertain.reading.attribution.speakers import Speakers, Speech
from ascertain.reading.attribution.speeches import speeches
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence


@dataclass(slots=True)
class Heard:
    """Who speaks in a line. `carried` speak where no word of the line makes anybody speak."""

    sentence: Sentence
    speeches: list[Speech] = field(default_factory=list)
    carried: Speakers = ()

    @property
    def all(self) -> Speakers:
        """All speakers of the line, in order of text."""
        return _unique(s for speech in self.speeches for s in speech.speakers) or self.carried

    def of(self, token: int) -> Speakers:
        """Who says what the word at `token` tells of: those whose clause holds it, else those nearest to it."""
        if not self.speeches:
            return self.carried
        own = [s for s in self.speeches if _of_number(self.sentence, s) == token]
        if own:
            return _unique(s for speech in own for s in speech.speakers)
        others = [s for s in self.speeches if _of_number(self.sentence, s) is None]
        if not others:
            return self.carried
        above = {token, *self.sentence.ancestors(token)}
        near = [s for s in others if s.token in above] or _of_part(self.sentence, others, token)
        if len(self.speeches) == 1 or not near:
            return self.all
        first = min(near, key=lambda speech: (abs(speech.token - token), speech.token))
        return _unique(s for speech in near if speech.token == first.token for s in speech.speakers)


def _of_number(sentence: Sentence, speech: Speech) -> int | None:
    """The further number that alone is somebody's: "and 61 according to local sources"."""
    above = sentence.heads[speech.token]
    return above if sentence.tags[above] == "CD" and sentence.deps[above] == "conj" else None


def _of_part(sentence: Sentence, speeches: Sequence[Speech], token: int) -> list[Speech]:
    """The speeches between the same semicolons as the token."""
    breaks = [n for n, word in enumerate(sentence.low) if word == ";"]
    part = sum(n < token for n in breaks)
    return [speech for speech in speeches if sum(n < speech.token for n in breaks) == part]


def _unique(speakers: Iterable[Attribution]) -> Speakers:
    by_span = {speaker.span: speaker for speaker in speakers}
    return tuple(by_span[span] for span in sorted(by_span))


def listen(lines: Sequence[Line], text: str) -> dict[Line, Heard]:
    """Who speaks in each line of a page."""
    heard: dict[Line, Heard] = {}
    hearing = _Hearing(text)
    for line in lines:
        heard[line] = hearing.hear(line)
    return heard


class _Hearing:
    """Listening to a page: who spoke last, whose label or quotation still holds, and who is who."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: Speakers = ()
        self.person: Speakers = ()
        self.label: Speakers = ()
        self.kinds: dict[str, AttributionKind] = {}
        self.unclosed: list[Heard] = []

    def hear(self, line: Line) -> Heard:
        sentence = line.sentence
        heard = Heard(sentence, speeches(line, self.text, self.last, self.kinds))
        label = _label(line, self.text)
        if label or sentence.heading:
            self.label = label
        quoted = _is_quoted(self.text, sentence.span[0])
        if not heard.speeches:
            heard.carried = self._carried(quoted=quoted)
        elif quoted:
            for earlier in self.unclosed:
                earlier.carried = heard.all
        self.unclosed = self._left_open(heard, quoted=quoted)
        self.last = heard.all or self.last
        for speaker in heard.all:
            self._know(speaker)
        return heard

    def _carried(self, *, quoted: bool) -> Speakers:
        if self.label:
            return self.label
        return self.last if quoted else ()

    def _left_open(self, heard: Heard, *, quoted: bool) -> list[Heard]:
        """The lines of a quotation whose speaker is still to be named."""
        open_after = _is_quoted(self.text, heard.sentence.span[1])
        if not open_after or heard.speeches:
            return []
        return [*(self.unclosed if quoted else ()), heard]

    def _know(self, speaker: Attribution) -> None:
        """Keep the kind of a named speaker for when only the last name is said."""
        if speaker.kind != "other":
            for word in speaker.text.split()[-1:]:
                if word[:1].isupper():
                    self.kinds.setdefault(word.lower(), speaker.kind)


def _is_quoted(text: str, offset: int) -> bool:
    """Whether a quotation that began in the paragraph is open at the offset."""
    start = text.rfind("\n", 0, offset) + 1
    if text.count('"', start, offset) % 2:
        return True
    return text.count("“", start, offset) > text.count("”", start, offset)


def _label(line: Line, text: str) -> Speakers:
    """The speaker whom a label before the sentence names: "The Foreign Secretary: …"."""
    sentence = line.sentence
    if not sentence.starts:
        return ()
    start = sentence.span[0]
    words = text[start : sentence.starts[0]].rstrip()
    if not words.endswith(":"):
        return ()
    words = words[:-1].rstrip()
    if " by " in words:
        start += words.rindex(" by ") + len(" by ")
        words = words[words.rindex(" by ") + len(" by ") :]
    speaker = speaker_at(line, text, (start, start + len(words)))
    return () if speaker is None else (speaker,)
