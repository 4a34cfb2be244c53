"""Claims from the discourse of a page.

In: a page, its events and tolls, conditions and negotiations. Out: `Claim`s. Tellings of one event by the same speakers
in the same modality are one claim; a rival count or a denial is a claim of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ascertain.model import (
    Attribution,
    Claim,
    ConditionClaim,
    EventClaim,
    Figure,
    Modality,
    NegotiationClaim,
    Place,
    Span,
    Target,
    TollClaim,
    When,
)
from ascertain.reading.conditions import Condition
from ascertain.reading.discourse import Told
from ascertain.reading.harm import Harm
from ascertain.reading.means import means_in
from ascertain.reading.modality import modality
from ascertain.reading.negotiations import Negotiation
from ascertain.reading.owning import owned
from ascertain.reading.page import Line
from ascertain.reading.people import People
from ascertain.reading.setting import event_place
from ascertain.reading.tellings import Telling
from ascertain.reading.tolls import since
from ascertain.taxonomy import event_type, plover_of_status

BUILDINGS = ("building", "structure", "premises")
UNBUILT = ("other", "vehicle", "agriculture", "transport", "displacement_site")
MISHAPS = ("accident", "natural_disaster")

Voice = tuple[tuple[Attribution, ...], Modality]


def event_claims(event: Told, number: int, text: str) -> Iterator[EventClaim]:
    """The claims about one event, one per voice."""
    voices: dict[Voice, list[Telling]] = {}
    for telling in event.tellings:
        voices.setdefault(_voice(voices, telling), []).append(telling)
    code = event_type(event.type)
    deniers = {speaker.text.lower() for speakers, how in voices if how == "denied" for speaker in speakers}
    for (speakers, how), told in voices.items():
        actors = tuple({a.span: a for telling in told for a in event.parties[telling]}.values())
        doers = [actor for actor in actors if actor.role == "perpetrator"]
        yield EventClaim(
            id="",
            event=f"e{number}",
            evidence=evidence(told),
            modality=how,
            said_by=speakers,
            when=event.when.when() if event.when is not None else None,
            where=event.where.place if event.where is not None else None,
            confidence=_confidence(event, told, how),
            type=event.type,
            acled=code.acled,
            plover=code.plover,
            actors=actors,
            means=_means(event, told, text),
            targets=_targets(event, told, text),
            figures=figures([harm for telling in told for harm in telling.harms], text),
            owned=how == "asserted" and _own(speakers, deniers) and owned(told, doers),
        )


def _voice(voices: dict[Voice, list[Telling]], telling: Telling) -> Voice:
    """The voice of a telling; one and the same speaker named again is one voice."""
    names = tuple(s.text.lower() for s in telling.speakers)
    for speakers, how in voices:
        if how == telling.modality and tuple(s.text.lower() for s in speakers) == names:
            return speakers, how
    return telling.speakers, telling.modality


def _own(speakers: Sequence[Attribution], deniers: Collection[str]) -> bool:
    """Whether there are speakers, none of whom denies it elsewhere in the report."""
    return bool(speakers) and not any(speaker.text.lower() in deniers for speaker in speakers)


def toll_claim(telling: Telling, text: str) -> TollClaim:
    """The claim of a cumulative count."""
    here = event_place(telling)
    return TollClaim(
        id="",
        evidence=evidence([telling]),
        modality=telling.modality,
        said_by=telling.speakers,
        where=here.place if here is not None else None,
        confidence=0.8,
        since=since(telling),
        figures=figures(telling.harms, text),
    )


def condition_claim(line: Line, found: Condition, speakers: tuple[Attribution, ...]) -> ConditionClaim:
    """The claim of a condition; what is said to be lacking is asserted unless a verb above takes that back."""
    return ConditionClaim(
        id="",
        evidence=(line.span,),
        modality=modality(line.sentence, found.token),
        said_by=speakers,
        when=line_time(line),
        where=line_place(line),
        confidence=0.8,
        sector=found.sector,
        severity=found.severity,
    )


def negotiation_claim(found: Negotiation, speakers: tuple[Attribution, ...]) -> NegotiationClaim:
    """The claim of a negotiation, as all the lines about it tell it."""
    first = found.lines[0]
    return NegotiationClaim(
        id="",
        evidence=tuple(line.span for line in found.lines),
        modality=modality(first.sentence, found.token),
        said_by=speakers,
        when=line_time(first),
        where=line_place(first, [actor.span for actor in found.actors]),
        confidence=0.8,
        plover=plover_of_status().get(found.status) if found.status else None,
        actors=found.actors,
        issues=found.issues,
        status=found.status,
    )


def line_time(line: Line) -> When | None:
    """The first date that a line gives."""
    return next((time.when() for time in line.times if time.role == "date" and time.start is not None), None)


def line_place(line: Line, taken: Sequence[Span] = ()) -> Place | None:
    """The most exact place that a line names, but for the names in `taken`, which stand for parties."""
    places = [
        place
        for place in line.places
        if place.role == "mention" and not any(a <= place.place.span[1] and place.place.span[0] < b for a, b in taken)
    ]
    best = max(places, key=lambda place: place.fineness, default=None)
    return best.place if best is not None else None


def evidence(told: Sequence[Telling]) -> tuple[Span, ...]:
    """The sentences, or the clauses of sentences that tell several events, in order of text."""
    spans = {
        telling.line.span if telling.whole_sentence else telling.sentence.span_of(telling.first, telling.last)
        for telling in told
    }
    return tuple(sorted(spans))


def figures(harms: Iterable[Harm], text: str) -> tuple[Figure, ...]:
    """The figures of the harm told, each number once, parts pointing at their wholes."""
    made: list[Figure] = []
    seen: dict[tuple[object, ...], int] = {}
    for harm in harms:
        placed: dict[int, int] = {}
        first: int | None = None
        before = tuple(made)
        for n, sufferer in enumerate(harm.sufferers):
            people = sufferer.people
            part_of = placed.get(sufferer.part_of) if sufferer.part_of is not None else None
            if not _states_number(
                people, () if part_of is not None else before if people.stated == "single" else made, harm
            ):
                continue
            key = (harm.outcome, people.group, people.low, people.high, _identity(people), part_of is None)
            if key in seen:
                placed[n] = seen[key]
                continue
            made.append(
                Figure(
                    outcome=harm.outcome,
                    group=people.group,
                    low=people.low,
                    high=people.high,
                    text=text[slice(*people.span)],
                    span=people.span,
                    part_of=part_of,
                    adds_to=first if sufferer.part_of is None else None,
                )
            )
            if first is None and sufferer.part_of is None:
                first = len(made) - 1
            placed[n] = seen[key] = len(made) - 1
    return tuple(made)


def _states_number(people: People, made: Sequence[Figure], harm: Harm) -> bool:
    if people.stated == "back":
        return False
    if people.low is None and people.high is None and people.stated != "vague":
        return False
    known = any(figure.outcome == harm.outcome for figure in made)
    return not ((people.definite or people.stated == "plural") and known)


def _identity(people: People) -> object:
    return people.name or (people.span if people.stated == "single" else None)


def _targets(event: Told, told: Sequence[Telling], text: str) -> tuple[Target, ...]:
    """Each kind of thing once a number, with its worst damage."""
    order = ("hit", "damaged", "destroyed")
    kept: dict[tuple[str, int | None], Target] = {}
    for telling in told:
        for told_of in telling.targets:
            target = _same_building(event, told_of, text)
            key = (target.type, target.count)
            old = kept.get(key)
            if old is None:
                kept[key] = target
            elif target.damage and (old.damage is None or order.index(target.damage) > order.index(old.damage)):
                kept[key] = old.model_copy(update={"damage": target.damage})
    return tuple(kept.values())


def _same_building(event: Told, target: Target, text: str) -> Target:
    """ "The building" is of the kind of the building told of before."""
    if target.type != "other" or target.text.lower() not in BUILDINGS or not _is_definite(target, text):
        return target
    before = [
        t for telling in event.tellings for t in telling.targets if t.span < target.span and t.type not in UNBUILT
    ]
    return target.model_copy(update={"type": before[-1].type}) if before else target


def _is_definite(target: Target, text: str) -> bool:
    start = target.span[0]
    return text[max(0, start - 4) : start].lower() == "the "


def _means(event: Told, told: Sequence[Telling], text: str) -> tuple[str, ...]:
    """What the harm was done with; mishaps are done with nothing."""
    if event.type in MISHAPS:
        return ()
    spans = [telling.sentence.span_of(telling.first, telling.last) for telling in told]
    return means_in(text, spans, [target.span for telling in told for target in telling.targets])


def _confidence(event: Told, told: Sequence[Telling], how: Modality) -> float:
    """How sure the reading is: lower without place, day or a decisive word, and for what is not asserted."""
    score = 0.95
    score -= 0.1 * (event.where is None) + 0.1 * (event.when is None) + 0.1 * (how != "asserted")
    score -= 0.2 * (not any(cue.entry.strength >= 3 for telling in told for cue in telling.cues))
    return round(score, 2)


def numbered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims in order of their first evidence, with their ids."""
    ordered = sorted(claims, key=lambda claim: (claim.evidence[0], claim.kind))
    return tuple(claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(ordered, 1))
