import datetime as dt

import pytest
from tests.incidents.made_series import GOMA, negotiation, reading, when

from ascertain.incidents.series import gather
from ascertain.model import Negotiation, NegotiationClaim, Reading

JUNE = dt.date(2024, 6, 3)


def day(number: int) -> dt.date:
    return JUNE + dt.timedelta(days=number)


def talks(*readings: Reading) -> list[Negotiation]:
    return list(gather(readings).negotiations())


def test_talks_of_the_same_parties_are_one_in_whatever_order_they_are_named() -> None:
    (told,) = talks(
        reading("r1", negotiation("ongoing", "army", "rebels", by=("KE",), issues=("a ceasefire",)), published=day(0)),
        reading(
            "r2", negotiation("impasse", "rebels", "army", by=("UN",), issues=("The ceasefire",)), published=day(9)
        ),
        reading("r3", negotiation("agreed", "army", "rebels", "militia", where=GOMA), published=day(30)),
    )
    assert (told.status, told.status_on, told.start, told.end) == ("agreed", day(30), day(0), day(30))
    assert [party.id for party in told.parties] == ["army", "militia", "rebels"]
    assert [mediator.id for mediator in told.mediators] == ["KE", "UN"]
    assert [[s.status for s in round.statuses] for round in told.rounds] == [["ongoing"], ["impasse"], ["agreed"]]
    assert [place.name for place in told.rounds[2].places] == ["Goma"]
    (issue,) = told.issues
    assert [(claim.claim, claim.words) for claim in issue.claims] == [
        ("r1/c1", ("a ceasefire",)),
        ("r2/c1", ("The ceasefire",)),
    ]


def test_talks_after_a_long_silence_are_others() -> None:
    told = talks(
        reading("r1", negotiation("collapsed", "army", "rebels"), published=day(0)),
        reading("r2", negotiation("proposed", "army", "rebels"), published=day(91)),
    )
    assert [each.status for each in told] == ["collapsed", "proposed"]


def test_one_party_may_talk_with_two_others_through_the_same_mediator() -> None:
    told = talks(
        reading("r1", negotiation("ongoing", "army", "rebels", by=("UN",)), published=day(0)),
        reading("r2", negotiation("agreed", "army", "militia", by=("UN",)), published=day(1)),
        reading("r3", negotiation("impasse", "army", by=("UN",)), published=day(2)),
    )
    assert [each.claims for each in told] == [("r1/c1",), ("r2/c1",), ("r3/c1",)]


@pytest.mark.parametrize(
    "few",
    [
        negotiation("impasse", "army"),
        negotiation("impasse", "rebels", by=("UN",)),
        negotiation("impasse", by=("QA", "UN")),
    ],
)
def test_a_claim_that_names_few_goes_to_the_only_talks_that_it_fits(few: NegotiationClaim) -> None:
    (told,) = talks(
        reading("r1", negotiation("ongoing", "army", "rebels", by=("UN", "QA")), published=day(0)),
        reading("r2", few, published=day(2)),
    )
    assert told.status == "impasse"


@pytest.mark.parametrize(
    "little", [negotiation("impasse", "some rebels", by=("UN",)), negotiation("impasse", "state:X", kind="government")]
)
def test_a_mediator_or_a_government_alone_does_not_tell_which_talks_are_meant(little: NegotiationClaim) -> None:
    parties = negotiation("ongoing", "state:X", "rebels", by=("UN",), kind="government")
    told = talks(reading("r1", parties, published=day(0)), reading("r2", little, published=day(1)))
    assert [each.status for each in told] == ["ongoing", "impasse"]
    (together,) = talks(reading("r1", parties, little, published=day(0)))
    assert together.status == "impasse"


def test_a_claim_that_names_nobody_goes_to_the_talks_of_its_report() -> None:
    told = talks(
        reading(
            "r1", negotiation("ongoing", "army", "rebels"), negotiation("impasse", "the two sides"), published=JUNE
        ),
        reading("r2", negotiation("agreed", "the two sides"), published=JUNE),
    )
    assert [each.status for each in told] == ["impasse", "agreed"]


def test_what_is_denied_or_planned_is_kept_and_is_no_status() -> None:
    (told,) = talks(
        reading("r1", negotiation("ongoing", "army", "rebels"), published=day(0)),
        reading("r2", negotiation("agreed", "army", "rebels", modality="denied"), published=day(2)),
        reading("r3", negotiation("proposed", "army", "rebels", modality="planned", when=when(day(20)))),
    )
    assert (told.status, told.status_on, told.end) == ("ongoing", day(0), day(0))
    assert [s.modality for round in told.rounds for s in round.statuses] == ["asserted", "denied", "planned"]


def test_most_sources_of_the_last_day_tell_the_status_and_none_where_they_are_even() -> None:
    two = [
        reading("r1", negotiation("impasse", "army", "rebels"), published=JUNE),
        reading("r2", negotiation("progress", "army", "rebels"), published=JUNE),
    ]
    (even,) = talks(*two)
    assert (even.status, even.status_on) == (None, JUNE)
    (more,) = talks(*two, reading("r3", negotiation("progress", "army", "rebels"), published=JUNE))
    assert more.status == "progress"
    assert [(s.status, s.sources) for s in more.rounds[0].statuses] == [("impasse", 1), ("progress", 2)]


def test_an_outcome_is_told_before_talks_under_way() -> None:
    (told,) = talks(
        reading(
            "r1", negotiation("ongoing", "army", "rebels"), negotiation("collapsed", "army", "rebels"), published=JUNE
        )
    )
    assert told.status == "collapsed"


def test_talks_that_nobody_dates_stand_as_they_are_told() -> None:
    (told,) = talks(reading("r1", negotiation("impasse", "army", "rebels")))
    assert (told.status, told.status_on, told.start) == ("impasse", None, None)


def test_parties_that_are_only_described_are_shown_where_few_are_known() -> None:
    (told,) = talks(reading("r1", negotiation("ongoing", "army", "local elders"), published=JUNE))
    assert [party.text for party in told.parties] == ["army", "local elders"]
    (known,) = talks(reading("r1", negotiation("ongoing", "army", "rebels", "negotiators there"), published=JUNE))
    assert [party.text for party in known.parties] == ["army", "rebels"]
