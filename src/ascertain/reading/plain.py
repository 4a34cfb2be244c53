"""A sentence put plainly for the parser, with the way back to its own offsets.

In: a sentence. Out: `Plain`: a quantity of several words ("between 13 and 14") stands as one numeral, an aside in
brackets ("(36 years old)") is left out and kept by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ascertain.model import Span
from ascertain.reading.quantities import Bounds, quantities

_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{1,90})[)\]]")
_COUNTED = re.compile(r"\b(?:kill|dead|die|death|injur|wound|missing|arrest|abduct|kidnap|detain|children|women|civilian|soldier)", re.I)


@dataclass(slots=True)
class Plain:
    """The text to parse. `cuts` are pairs of an offset in it and how far the report's text runs ahead from there on."""

    text: str
    base: int
    cuts: list[tuple[int, int]] = field(default_factory=list)
    widths: dict[int, tuple[int, int]] = field(default_factory=dict)
    sizes: dict[int, Bounds] = field(default_factory=dict)
    asides: dict[int, str] = field(default_factory=dict)

    def original(self, start: int, end: int) -> Span:
        """The span in the report's text of a token of the plain text."""
        if start in self.widths:
            return self.widths[start]
        return self._back(start), self._back(end - 1) + 1

    def _back(self, offset: int) -> int:
        index = bisect_right(self.cuts, (offset, 1 << 60)) - 1
        return self.base + offset + (self.cuts[index][1] if index >= 0 else 0)


def plainly(text: str, span: Span) -> Plain:
    """The sentence at `span` of the text, put plainly."""
    sentence = text[slice(*span)]
    plain = Plain("", span[0])
    pieces: list[str] = []
    at = length = 0
    for start, end, numeral, size in _edits(sentence):
        pieces.append(sentence[at:start])
        length += start - at
        if numeral is None:
            plain.asides[span[0] + start - 1] = sentence[start:end].strip(" ([)]\n\t")
        elif size is not None:
            plain.sizes[length] = size
            plain.widths[length] = (span[0] + start, span[0] + end)
            pieces.append(numeral)
            length += len(numeral)
        plain.cuts.append((length, end - length))
        at = end
    pieces.append(sentence[at:])
    plain.text = "".join(pieces)
    return plain


def _edits(sentence: str) -> list[tuple[int, int, str | None, Bounds | None]]:
    """Stretches to put plainly, in order, none within another: start, end, the numeral instead, its bounds."""
    edits: list[tuple[int, int, str | None, Bounds | None]] = []
    if "(" in sentence or "[" in sentence:
        for match in _ASIDE.finditer(sentence):
            if match.start() and not _COUNTED.search(match.group(1)):
                edits.append((*match.span(), None, None))
    for size in quantities(sentence.lower()):
        if any(start < size.end and size.start < end for start, end, _, _ in edits):
            continue
        value = size.high if size.high is not None else size.low
        edits.append((size.start, size.end, str(value), size))
    return sorted(edits, key=lambda edit: edit[0])
