"""Finding the parties that a text names."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascertain.actors.lexicon import Hit, Named, NationWord, NoParty, hits
from ascertain.actors.nations import ForceWords, Nation, Unit, force_words, statement_verbs, units
from ascertain.actors.parties import Party
from ascertain.model import ActorKind, Span

_HYPHENS = "-‐‑–"
_FOLLOWING_WORDS = re.compile(r"[ \t]*\n?[ \t]*([\w.]*\w(?:[-‑]\w+)*)")
_POSSESSIVE = re.compile(r"\.?['’]s?(?=\s)")
_OF_NATION = re.compile(r"((?:[\w-]+ ){0,2}[\w-]+) of (?:the )?$", re.IGNORECASE)
_AND_NATION = re.compile(r"(?: and | or |, (?:and )?|/| & )(?:the )?")
_PARTICLE = re.compile(r"(?:al|el|an|as|ad|ash|the|anti|ex)[- ]", re.IGNORECASE)
_LONGEST_FORCE_WORDS = 4
_REACH = 60

Countries = Callable[[], Collection[str]]


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party named in a text.

    `country` is the party's home (alpha-2). `known` is False, and `name` and `id` are None, where the words name
    several parties and nothing in the text tells which; `kind` is then the one that they share, else `other`.
    """

    span: Span
    text: str
    name: str | None
    id: str | None
    kind: ActorKind
    country: str | None
    armed: bool
    known: bool


def find_parties(text: str, *, on: dt.date | None = None, countries: Countries = tuple) -> tuple[PartyMention, ...]:
    """The parties that a text names, in order, the longest where names overlap.

    `on` is the day that the text is about or was published; it chooses between parties that bore the same name at
    different times, and between kinds of a party that changed. `countries` tells the codes of states that the text is
    about where its own words do not name them ("the SDF in Deir ez-Zor"); it is asked only where a name needs it.
    Modifiers in compounds ("Hamas-run", "pro-Russian", "the Israel-Hamas war") name no party. A state's bare name
    counts only before a verb of statement ("Kyiv said").

    >>> [(m.text, m.id, m.kind) for m in find_parties("Sudan's army said the RSF shelled El Fasher.")]
    [("Sudan's army", 'state:SD/forces', 'state_forces'), ('RSF', 'party:rsf', 'rebel_group')]
    """
    return _parties(text, _hits_of_parties(text), _Casing(text), on, countries)


def find_states(text: str) -> tuple[PartyMention, ...]:
    """Bare names of states ("Israel", "the United States") that `find_parties` leaves out, as their governments.

    Whether the name stands for a party or a place is for the reader to tell by its role in the sentence.

    >>> [m.name for m in find_states("Qatar and Egypt are to broker a truce.")]
    ['Government of Qatar', 'Government of Egypt']
    """
    return find_parties_and_states(text)[1]


def find_parties_and_states(
    text: str, *, on: dt.date | None = None, countries: Countries = tuple
) -> tuple[tuple[PartyMention, ...], tuple[PartyMention, ...]]:
    """What `find_parties` and `find_states` find, in one pass over the text.

    >>> parties, states = find_parties_and_states("Sudan's army fled towards Chad.")
    >>> [m.text for m in parties], [m.text for m in states]
    (["Sudan's army"], ['Chad'])
    """
    found, cased = _hits_of_parties(text), _Casing(text)
    parties = _parties(text, found, cased, on, countries)
    taken = {place for mention in parties for place in range(*mention.span)}
    states = _longest([state for hit in found if (state := _bare_state(text, hit, cased))])
    return parties, tuple(m for m in states if m.span[0] not in taken and m.span[1] - 1 not in taken)


def _parties(
    text: str, found: Sequence[Hit], cased: _Casing, on: dt.date | None, countries: Countries
) -> tuple[PartyMention, ...]:
    candidates = [*_named(text, found, on, cased, countries), *_of_states(text, found, cased)]
    return _without_repeats(text, _longest(candidates))


class _Casing:
    """Whether words stand in the case of their name, given how the text is written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all_lower = text == text.lower()

    def agrees(self, words: str, start: int, end: int, *, own_case: bool) -> bool:
        """Capitals where the name has capitals; a text without capitals agrees with any but `own_case` names."""
        found = self.text[start:end]
        if own_case:
            return found == words and not self._line(start, end).isupper()
        if found == words:
            return True
        if self.all_lower:
            return not words.isupper()
        if found.isupper():
            return True
        if particle := _PARTICLE.match(words):
            words, found = words[particle.end() :], found[particle.end() :]
        if len(found) != len(words):
            return found[:1].isupper() or not words[:1].isupper()
        return all(not own.isupper() or other.isupper() for own, other in zip(words, found, strict=True))

    def _line(self, start: int, end: int) -> str:
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        return self.text[first : last if last >= 0 else len(self.text)]


def _hits_of_parties(text: str) -> list[Hit]:
    """The words of the lexicon that may name a party: in no compound, and not within words that name none."""
    found = [hit for hit in hits(text) if not _in_compound(text, hit)]
    barred = [hit for hit in found if any(isinstance(entry, NoParty) for entry in hit.entries)]
    if not barred:
        return found
    return [hit for hit in found if not any(bar.start <= hit.start and hit.end <= bar.end for bar in barred)]


def _in_compound(text: str, hit: Hit) -> bool:
    before, after = text[max(hit.start - 2, 0) : hit.start], text[hit.end : hit.end + 2]
    joined_before = len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    joined_after = len(after) == 2 and after[0] in _HYPHENS and after[1].isalnum()
    return joined_before or joined_after


def _named(
    text: str, found: Iterable[Hit], on: dt.date | None, cased: _Casing, about: Countries
) -> Iterator[PartyMention]:
    countries: frozenset[str] | None = None
    for hit in found:
        named = [
            entry
            for entry in hit.entries
            if isinstance(entry, Named)
            and cased.agrees(entry.alias.words, hit.start, hit.end, own_case=entry.alias.own_case)
        ]
        if not named:
            continue
        if countries is None and (len(named) > 1 or named[0].alias.in_country):
            countries = _countries(found).union(about())
        if chosen := _likeliest(named, on, countries or frozenset()):
            yield _named_mention(text, hit, chosen, on)


def _countries(found: Iterable[Hit]) -> frozenset[str]:
    """The states that the text names, by any word; and the homes of its parties with names of their own."""
    named = {entry.nation.code for hit in found for entry in hit.entries if isinstance(entry, NationWord)}
    homes = {
        entry.party.countries[0]
        for hit in found
        for entry in hit.entries
        if len(hit.entries) == 1 and isinstance(entry, Named) and entry.party.countries and not entry.alias.in_country
    }
    return frozenset(named | homes)


def _likeliest(named: Sequence[Named], on: dt.date | None, countries: frozenset[str]) -> list[Party]:
    """The parties that the words most likely name: by what the text is about, then by date.

    A name that needs its country does without where the text names no country at all, unless it is a word too.
    """
    here = [entry for entry in named if countries.intersection(entry.party.countries)]
    left = here or [entry for entry in named if not entry.alias.in_country or not (countries or entry.alias.own_case)]
    if on is not None:
        left = [entry for entry in left if entry.alias.period.holds(on)] or left
    return list({entry.party.id: entry.party for entry in left}.values())


def _named_mention(text: str, hit: Hit, chosen: Sequence[Party], on: dt.date | None) -> PartyMention:
    kinds = {party.kind_on(on) for party in chosen}
    homes = {party.country for party in chosen}
    known = len(chosen) == 1
    return PartyMention(
        span=(hit.start, hit.end),
        text=text[hit.start : hit.end],
        name=chosen[0].name if known else None,
        id=chosen[0].id if known else None,
        kind=kinds.pop() if len(kinds) == 1 else "other",
        country=homes.pop() if len(homes) == 1 else None,
        armed=all(party.armed_on(on) for party in chosen),
        known=known,
    )


def _of_states(text: str, found: Iterable[Hit], cased: _Casing) -> Iterator[PartyMention]:
    """Parties made of a state's word and what stands beside it; the last of a list lends its noun to those before."""
    lent: tuple[int, Unit] | None = None
    words = [(hit, word) for hit in found for word in _nation_words(hit, cased)]
    for hit, word in sorted(words, key=lambda pair: (-pair[0].start, pair[0].end)):
        alone = cased.agrees(word.words, hit.start, hit.end, own_case=word.own_case)
        mention, unit = _of_state(text, hit, word, alone=alone)
        if mention is None and lent and word.form != "capital" and _AND_NATION.fullmatch(text, hit.end, lent[0]):
            mention, unit = _state_mention(text, (hit.start, hit.end), word.nation, lent[1]), lent[1]
        if mention is not None:
            lent = (hit.start, unit) if unit else None
            yield mention


def _nation_words(hit: Hit, cased: _Casing) -> Iterator[NationWord]:
    for entry in hit.entries:
        if isinstance(entry, NationWord) and cased.agrees(entry.words, hit.start, hit.end, own_case=False):
            yield entry
            return


def _of_state(text: str, hit: Hit, word: NationWord, *, alone: bool) -> tuple[PartyMention | None, Unit | None]:
    """The party that a state's word makes with its neighbours, and its unit.

    `alone` says whether the word is the state's even without a noun beside it ("US", not "US" within capitals).
    """
    after = _POSSESSIVE.match(text, hit.end)
    start_of_words = (
        after.end() if after else hit.end + (text[hit.end : hit.end + 1] == "." and word.words.endswith("."))
    )
    end, unit = _force_noun_after(text, start_of_words, word, bool(after))
    if unit is not None and (alone or end > start_of_words):
        return _state_mention(text, (hit.start, end), word.nation, unit), unit
    if word.form == "name" and (noun := _force_noun_before(text, hit.start)):
        return _state_mention(text, (noun[0], hit.end), word.nation, noun[1]), noun[1]
    if alone and word.form != "adjective" and not after and (body := _body_that_acts(text, start_of_words)):
        return _state_mention(text, (hit.start, start_of_words), word.nation, body), body
    return None, None


def _force_noun_after(text: str, start: int, word: NationWord, possessive: bool) -> tuple[int, Unit | None]:
    """Where the noun that ends the party's name ends, and the unit it names; the start and None where there is none.

    A capital lends its name to the government only; an act ("airstrikes") makes a party of the state's word alone.
    """
    end, unit = start, None
    for phrase_end, force in _force_phrases(text, start):
        if force.role == "act":
            if unit is None and word.nation.military and word.form != "capital":
                return _end_of_word(text, start, possessive), units()["forces"]
            break
        if force.role == "noun" and (force.unit or unit):
            end, unit = phrase_end, units()[force.unit] if force.unit else unit
    if word.form == "capital" and unit is not None and unit.code != "government":
        return start, None
    return end, unit


def _end_of_word(text: str, start: int, possessive: bool) -> int:
    return start if not possessive else start - (2 if text[start - 1] in "sS" else 1)


def _force_phrases(text: str, start: int) -> Iterator[tuple[int, ForceWords]]:
    """The force words that follow, the longest phrase first at each step, with the end of each."""
    table = force_words()
    ahead: list[tuple[str, int]] = []
    at, reach = start, min(start + _REACH, len(text))
    while (match := _FOLLOWING_WORDS.match(text, at, reach)) and match.start(1) > at:
        ahead.append((match[1].lower(), match.end()))
        at = match.end()
    while ahead:
        for length in range(min(_LONGEST_FORCE_WORDS, len(ahead)), 0, -1):
            force = table.get(" ".join(word for word, _ in ahead[:length]))
            if force is not None:
                yield ahead[length - 1][1], force
                ahead = ahead[length:]
                break
        else:
            return


def _force_noun_before(text: str, start: int) -> tuple[int, Unit] | None:
    """The noun in 'armed forces of the …' before a state's name."""
    if not text[max(start - len("of the "), 0) : start].lower().endswith(("of ", "of the ")):
        return None
    match = _OF_NATION.search(text, max(start - _REACH, 0), start)
    if match is None:
        return None
    words = match[1].split(" ")
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        force = force_words().get(phrase.lower())
        if force is not None and force.role == "noun" and force.unit:
            return match.end(1) - len(phrase), units()[force.unit]
    return None


def _body_that_acts(text: str, start: int) -> Unit | None:
    """The body that a state's bare name stands for before a verb: "Kyiv said", "Kyiv bombed"."""
    ahead = _FOLLOWING_WORDS.match(text, start)
    if ahead is None or ahead.start(1) == start:
        return None
    further = _FOLLOWING_WORDS.match(text, ahead.end())
    pair = f"{ahead[1]} {further[1]}".lower() if further else ""
    return statement_verbs().get(pair) or statement_verbs().get(ahead[1].lower())


def _state_mention(text: str, span: Span, nation: Nation, unit: Unit) -> PartyMention:
    return PartyMention(
        span=span,
        text=text[span[0] : span[1]],
        name=unit.name(nation),
        id=f"state:{nation.code}/{unit.code}",
        kind=unit.kind,
        country=nation.code,
        armed=unit.armed,
        known=True,
    )


def _bare_state(text: str, hit: Hit, cased: _Casing) -> PartyMention | None:
    word = next(_nation_words(hit, cased), None)
    if word is None or word.form != "name":
        return None
    if not cased.agrees(word.words, hit.start, hit.end, own_case=word.own_case):
        return None
    return _state_mention(text, (hit.start, hit.end), word.nation, units()["government"])


def _longest(mentions: Iterable[PartyMention]) -> list[PartyMention]:
    """The mentions that remain when the longer keeps out what overlaps it (at equal length, the first)."""
    kept: list[PartyMention] = []
    for mention in sorted(mentions, key=lambda m: (m.span[0] - m.span[1], m.span[0])):
        place = bisect_left(kept, mention.span, key=lambda m: m.span)
        free_before = place == 0 or kept[place - 1].span[1] <= mention.span[0]
        if free_before and (place == len(kept) or mention.span[1] <= kept[place].span[0]):
            kept.insert(place, mention)
    return kept


def _without_repeats(text: str, mentions: Sequence[PartyMention]) -> tuple[PartyMention, ...]:
    """Without an abbreviation in brackets right after the name it stands for: 'Malian Armed Forces (FAMa)'."""
    kept: list[PartyMention] = []
    for mention in mentions:
        if kept and kept[-1].id == mention.id and text[kept[-1].span[1] : mention.span[0]] in (" (", " [", ", "):
            continue
        kept.append(mention)
    return tuple(kept)
