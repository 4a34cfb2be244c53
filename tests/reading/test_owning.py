"""Owning: a party is said to own to a deed only by words that do, and by none of denial."""

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

OWNED = [
    "The army admitted that its soldiers shot dead three students in Bamenda on Friday.",
    "The army said it struck a house in Rafah on Friday, killing four people.",
    "Al-Shabaab claimed responsibility for the attack in Beledweyne on Saturday that killed six soldiers.",
    "The PKK said its fighters killed five soldiers in Hakkari on Monday.",
    "Russia's defence ministry said Russian forces hit a barracks in Kharkiv on Monday, killing 40 soldiers.",
    "The Islamic State group said it carried out the bombing in Kabul on Friday that killed 30.",
]
NOT_OWNED = [
    "The army said it did not bomb the hospital in Taiz on Friday, in which 12 people were killed.",
    "The RSF rejected claims that it had shelled the market in Omdurman, killing 20.",
    "The army said claims that its jets had killed 14 civilians in Tigray were false.",
    "Boko Haram has yet to claim responsibility for the attack in Baga on Friday that killed nine.",
    "The army stopped short of admitting that it had killed the two boys in Hebron on Monday.",
    "No group claimed responsibility for the blast in Zahedan on Friday that killed three.",
]
COUNTED = [
    "Police lowered the death toll from the attack on the market in Jos to 12 on Monday.",
    "Authorities in Quetta revised the toll of Friday's bombing down to 27.",
    "The health ministry raised the death toll from the strike on Nuseirat to 40 on Sunday.",
    "Officials in Lahore updated the number of dead in the blast to 31 on Tuesday.",
]


def claims(text: str) -> list[EventClaim]:
    found = read_report(Report(id="r1", text=text)).claims
    return [claim for claim in found if isinstance(claim, EventClaim)]


@pytest.mark.parametrize("text", OWNED)
def test_who_says_that_he_did_it_owns_to_it(text: str) -> None:
    assert [claim.owned for claim in claims(text)] == [True]


@pytest.mark.parametrize("text", NOT_OWNED)
def test_who_denies_it_or_does_not_say_so_does_not(text: str) -> None:
    assert not any(claim.owned for claim in claims(text))


def test_a_party_that_denies_it_elsewhere_in_the_report_does_not() -> None:
    text = "The army said it had struck the school in Taiz on Monday, killing six. The army denied striking the school."
    assert not any(claim.owned for claim in claims(text))


@pytest.mark.parametrize("text", COUNTED)
def test_who_revises_a_toll_counts_and_did_nothing(text: str) -> None:
    (claim,) = claims(text)
    assert len(claim.said_by) == 1
    assert not claim.owned
    assert claim.actors == ()
