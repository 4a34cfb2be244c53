"""Whose word an incident rests on: original voices, the reports that carry them, and which of those are copies.

In: the events of an incident and the lineage. Out: `Source`s and `Carrier`s, and `Names`, which put a voice in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ascertain.incidents.agencies import agencies
from ascertain.incidents.entries import in_words
from ascertain.incidents.events import Event
from ascertain.incidents.lineage import Lineage
from ascertain.incidents.voices import behind
from ascertain.incidents.why.answer import Carrier, Source
from ascertain.model import Attribution, EventClaim, Saying, TollClaim, saying

LONGEST_NAME = 36


@dataclass(frozen=True)
class Names:
    """The voices of an incident in the words that its reports use for them."""

    words: Mapping[str, str]

    def of(self, voice: str) -> str:
        """A voice in words."""
        return self.words.get(voice) or _without_words(voice)


def _without_words(voice: str) -> Saying:
    """A voice that no speaker's words are for, so that a text speaks for itself.

    >>> _without_words("report:r1"), _without_words("agency:afp"), _without_words("publisher:Valley Voice")
    ('report r1 itself', 'the agency AFP', 'Valley Voice itself')
    """
    sort, _, name = voice.partition(":")
    if sort == "agency":
        return saying("the agency {name}", name=agencies().titles.get(name, name))
    if sort == "report":
        return saying("report {name} itself", name=name)
    if sort == "publisher":
        return saying("{name} itself", name=name)
    return Saying(in_words(voice))


def names_of(events: Sequence[Event], lineage: Lineage) -> Names:
    """The words for each voice: those that most reports use, the first by the alphabet of as many."""
    used: dict[str, Counter[str]] = {}
    for event, claim, speaker in _spoken(events, tolls=True):
        (voice,) = lineage.voices(event.report.id, claim.model_copy(update={"said_by": (speaker,)}))
        used.setdefault(voice, Counter())[" ".join(speaker.text.split())] += 1
    chosen = {voice: min(counts, key=lambda words: (-counts[words], words)) for voice, counts in used.items()}
    return Names({voice: _with_teller(voice, words) for voice, words in chosen.items()} | _silent(events, lineage))


def _spoken(
    events: Sequence[Event], *, tolls: bool = False
) -> Iterator[tuple[Event, EventClaim | TollClaim, Attribution]]:
    """The claims of the events, and their tolls where wanted, with each of their speakers."""
    for event in events:
        claims: tuple[EventClaim | TollClaim, ...] = (*event.claims, *(event.tolls if tolls else ()))
        for claim in claims:
            for speaker in claim.said_by:
                yield event, claim, speaker


def _with_teller(voice: str, words: str) -> str:
    """People without a name are a voice of the one who quotes them: "residents (r1)"."""
    teller, colon, speaker = voice.partition(": ")
    if not colon or speaker != words.casefold():
        return words
    if teller.startswith("agency:"):
        return saying("{speaker} (quoted by {teller})", speaker=words, teller=_without_words(teller))
    return saying("{name} ({beside})", name=words, beside=teller.partition(":")[2])


def _silent(events: Sequence[Event], lineage: Lineage) -> dict[str, str]:
    """The voices of reports that name no speaker; with its publisher, so that it can be told by name."""
    publishers = {event.report.id: event.report.publisher for event in events}
    found: dict[str, str] = {}
    for event in events:
        if not event.claims or any(not claim.said_by for claim in event.claims):
            origin = lineage.origin(event.report.id)
            publisher = publishers.get(origin)
            words = _without_words(f"report:{origin}")
            found[f"report:{origin}"] = (
                saying("{name} ({beside})", name=words, beside=_shortened(publisher)) if publisher else words
            )
            if publisher:
                found[f"publisher:{publisher}"] = saying("{name} itself", name=_shortened(publisher))
    return found


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def sources_of(events: Sequence[Event], lineage: Lineage, names: Names) -> tuple[Source, ...]:
    """The original voices, those with most reports first."""
    reports = behind(events, lineage)
    kinds: dict[str, set[str]] = {}
    for event, told, speaker in _spoken(events):
        (voice,) = lineage.voices(event.report.id, told.model_copy(update={"said_by": (speaker,)}))
        kinds.setdefault(voice, set()).add(speaker.kind)
    return tuple(
        Source(
            voice=voice,
            name=names.of(voice),
            kinds=tuple(sorted(kinds.get(voice, ()))),  # type: ignore[arg-type]
            reports=reports[voice],
        )
        for voice in sorted(reports, key=lambda voice: (-len(reports[voice]), voice))
    )


def carriers_of(events: Sequence[Event], lineage: Lineage) -> tuple[Carrier, ...]:
    """The reports, oldest first, and of which of them each is a copy."""
    return tuple(_carrier(event, lineage) for event in sorted(events, key=_age))


def _age(event: Event) -> tuple[str, str]:
    return event.report.published.isoformat() if event.report.published else "9999", event.id


def _carrier(event: Event, lineage: Lineage) -> Carrier:
    report = event.report
    origin = lineage.origin(report.id)
    return Carrier(
        report=report.id,
        title=report.title,
        published=report.published,
        publisher=report.publisher,
        url=report.url,
        claims=tuple(f"{report.id}/{claim.id}" for claim in event.claims),
        primary=event.main,
        copy_of=origin if origin != report.id else None,
        because=lineage.reasons(report.id),
        opening=event.sketch.opening if event.sketch and not event.claims else None,
    )
