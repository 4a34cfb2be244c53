"""Sources named without a verb of saying: "(police)", "SLN: five boats sunk", "– medics", "per the health ministry".

In: a line. Out: `Speech`es, each at the word beside which the source is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ascertain.model import Attribution, AttributionKind, Span
from ascertain.reading.attribution.speakers import Speech, meet, named, speaker_kind
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.page import Line
from ascertain.reading.words import word_set

LONGEST, LONGEST_NAME = 7, 4
# kinds that a single word in brackets tells of, where it does not rather describe who was harmed
BODIES = ("official", "medical", "un", "media", "rights_group", "aid_agency")
_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)")
_LABEL = re.compile(r"(?:^|(?:;|(?<=\w\w)\.)\s+|\s[–—-]{1,2}\s+)([^\W\d_][^:;.\n–—]{1,50}):\s")
_LAST = re.compile(r"\s[–—-]{1,2}\s+([^:;\n–—]{2,50}?)\.?\s*$")
_FIRST = re.compile(r"([^\W\d_][^:;.,\n–—]{2,50})\s[—–]\s(?=[\"“]?[a-z])")
_TAIL = re.compile(r",\s+([^,:;\n–—()\"“]{3,40}?)\.?\s*$")
_ACRONYM = re.compile(r"(?:[A-Z][A-Za-z]*-?)?[A-Z]{2,}$")


def sources(line: Line, text: str, kinds: Mapping[str, AttributionKind]) -> Iterator[Speech]:
    """The sources that a line names without a verb."""
    yield from _beside(line, text)
    sentence = line.sentence
    for token, low in enumerate(sentence.low):
        if low in word_set("attribution", "citing") and sentence.tags[token].startswith("VB"):
            heads = [c for c in sentence.children[token] if sentence.deps[c] in ("dobj", "pobj", "nsubj") and c > token]
        elif low in word_set("attribution", "prepositions"):
            heads = [c for c in sentence.children[token] if sentence.deps[c] == "pobj"]
        elif low in word_set("attribution", "counts") and sentence.tags[token] in NOUN_TAGS:
            heads = _whose(line, token)
        else:
            continue
        speakers = tuple(s for head in heads for s in named(line, head, text, kinds, weak=True) if s.kind != "other")
        if speakers:
            yield Speech(speakers, token)


def _whose(line: Line, noun: int) -> list[int]:
    """Whose count is given, in "by the army's count": the owner of a count that a preposition gives as a source."""
    sentence = line.sentence
    if sentence.deps[noun] != "pobj" or sentence.low[sentence.heads[noun]] not in ("by", "on", "in", "under", "from"):
        return []
    return [c for c in sentence.children[noun] if sentence.deps[c] == "poss"]


def _beside(line: Line, text: str) -> Iterator[Speech]:
    """The sources set off by brackets, a colon or a dash."""
    start, end = line.span
    words = text[start:end]
    body = line.sentence.starts[0] - start if line.sentence.starts else 0
    bracketed = [m.span(1) for m in _BRACKETS.finditer(words, body) if _may_stand_in_brackets(words, m)]
    found: list[Span] = [span for span in bracketed if not _describes(line, text, (start + span[0], start + span[1]))]
    found += [m.span(1) for m in _LABEL.finditer(words, body)]
    dashed = [m.span(1) for m in (_LAST.search(words, body), _FIRST.match(words, body)) if m is not None]
    found += [span for span in dashed if not _is_placed(line, (start + span[0], start + span[1]))]
    for first, last in sorted(found):
        speaker = speaker_at(line, text, (start + first, start + last))
        token = line.sentence.token_at(start + max(0, first - 3)) if speaker is not None else None
        if speaker is not None and token is not None:
            yield Speech((speaker,), token)
    tail = _TAIL.search(words, body)
    if tail is not None and speaker_kind(tail.group(1), ()) in BODIES:
        speaker = speaker_at(line, text, (start + tail.start(1), start + tail.end(1)))
        token = line.sentence.token_at(start + tail.start(1))
        if speaker is not None and token is not None and not _speaks(line, token):
            yield Speech((speaker,), token)


def _speaks(line: Line, token: int) -> bool:
    """Whether the words after a comma end a list or describe somebody, rather than name a source of all before."""
    sentence = line.sentence
    rest = range(token, len(sentence))
    if any(sentence.tags[t] == "CD" or sentence.low[t] in word_set("attribution", "harmed") for t in rest):
        return True
    return sentence.low[token] in ("and", "or", "a", "an") or sentence.tags[token].startswith(("VB", "IN", "W"))


def _may_stand_in_brackets(words: str, match: re.Match[str]) -> bool:
    """Whether brackets may hold a source rather than a short form, a number or a description."""
    inside = match.group(1)
    before = words[: match.start()].rstrip().rsplit(None, 1)[-1:]
    first = inside.split()[0].lower().rstrip(",")
    if any(letter.isdigit() for letter in inside) or first in word_set("attribution", "no_source"):
        return False
    after_name = bool(before) and before[0][:1].isupper()
    if inside.islower() and "," in inside:
        return False
    if inside.islower() and speaker_kind(inside, ()) in BODIES:
        return True
    return not (after_name and (_ACRONYM.match(inside) or words[match.end() :].strip(" .")))


def _describes(line: Line, text: str, span: Span) -> bool:
    """Whether brackets say who people or what things are ("hunters (the group)", "bus (the firm)"), not who counts.

    A body that counts for a living may stand behind anything; anybody else, behind what befell somebody, or a number.
    """
    speaker = speaker_at(line, text, span)
    if speaker is None or speaker.kind in BODIES:
        return False
    before = line.sentence.token_at(span[0] - 3)
    if before is None:
        return False
    low, tag = line.sentence.low[before], line.sentence.tags[before]
    return tag in NOUN_TAGS and low.rstrip(".") not in word_set("attribution", "counted_before")


def _is_placed(line: Line, span: Span) -> bool:
    return any(meet(place.place.span, span) for place in line.places)


def speaker_at(line: Line, text: str, span: Span) -> Attribution | None:
    """The source that the words at `span` name, `None` where they name none."""
    words = _owner(text[slice(*span)].strip())
    if not words or len(words.split()) > LONGEST or words.lower() in word_set("attribution", "headings"):
        return None
    start = span[0] + text[slice(*span)].index(words)
    own = (start, start + len(words))
    owned = words != text[slice(*span)].strip()
    if not owned and any(meet(place.place.span, own) and place.place.text == words for place in line.places):
        return None
    if any(letter.isdigit() for letter in words):
        return None
    kind = speaker_kind(words, [p for p in line.parties if meet(p.span, own)])
    if kind == "other" and not _is_placed(line, own):
        kind = speaker_kind(words, [p for p in line.states if meet(p.span, own)])
    last = words.split()[-1].lower().rstrip(".")
    counted = last in word_set("attribution", "counts") or owned
    single = len(words.split()) == 1
    if not single and last in word_set("attribution", "sites"):
        return None
    if kind == "other" and counted and any(place.place.text == words for place in line.places):
        return Attribution(text=words, span=own, kind="official")
    if kind == "other" and not counted and not (single and _ACRONYM.match(words)):
        return _person(words, own) if not _is_placed(line, own) else None
    if single and words.islower() and kind not in BODIES:
        return None
    if any(sentence_tag in ("VBD", "VBZ", "VBP", "MD") for sentence_tag in _tags(line, own)):
        return None
    return Attribution(text=words, span=own, kind=kind)


def _owner(words: str) -> str:
    """Whose count the words name, where they name somebody's: "the chief" of "the chief's count"."""
    owner, sign, rest = words.replace("’", "'").rpartition("'s ")
    return words[: len(owner)] if sign and rest.lower() in word_set("attribution", "counts") else words


def _person(words: str, span: Span) -> Attribution | None:
    """Somebody by a title or a full name: "Baroness Anelay", "Stephen Doyle"."""
    parts = words.split()
    if not 1 < len(parts) <= LONGEST_NAME or not all(part[:1].isupper() and part[1:].islower() for part in parts):
        return None
    if any(part.lower() in word_set("attribution", "headings") for part in parts):
        return None
    titled = parts[0].lower() in word_set("attribution", "titles")
    return Attribution(text=words, span=span, kind="official" if titled else "other")


def _tags(line: Line, span: Span) -> list[str]:
    return [line.sentence.tags[token] for token in line.sentence.tokens_in(span)]
