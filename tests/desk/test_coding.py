"""Blind double coding: nobody sees the other's values too early, and agreement is told as it is."""

import json
import random

import pytest
from django.test import Client
from django.urls import reverse

from ascertain.model import RefusedError
from ascertain.record.models import Coding, IncidentClaim, Sample
from ascertain.record.models.people import Person
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.coding import _alpha, agreement, differences
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.coding import code, draw_sample, settle

from .conftest import ClientOf, person

FIELDS = ["type", "day", "place", "killed_low", "killed_high"]
TYPED = {"type": "attack", "day": "2024-03-03", "place": "Kakamibad", "killed_low": "3", "killed_high": "4"}


def named(name: str) -> Person:
    return Person.objects.get(username=name)


@pytest.fixture
def sample(desk: object) -> Sample:  # noqa: ARG001 -- its record is the one that is open
    coders = [named("reviewer"), person("second", "reviewer")]
    return draw_sample(person=named("editor"), name="March", coders=coders, fields=FIELDS, size=3, seed=1)


def code_all(sample: Sample, name: str, **other: str) -> None:
    for item in sample.items.order_by("place"):
        code(person=named(name), item=item, typed={**TYPED, **other})


def shown(client: Client, sample: Sample) -> str:
    return client.get(reverse("coding_sample", args=[sample.pk])).content.decode()


def test_the_same_seed_draws_the_same(sample: Sample) -> None:
    coders = list(sample.coders.all())
    again = draw_sample(person=named("editor"), name="again", coders=coders, fields=FIELDS, size=3, seed=1)
    drawn = [list(each.items.order_by("place").values_list("incident", flat=True)) for each in (sample, again)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3


def test_what_is_asked_for_must_be_possible(sample: Sample) -> None:
    one, two = sample.coders.order_by("username")
    asked = {"person": named("editor"), "name": "x", "coders": [one, two], "fields": FIELDS, "size": 3, "seed": 1}
    for wrong, said in (
        ({"coders": [one]}, "two people"),
        ({"coders": [one, one]}, "two people"),
        ({"coders": [one, named("reader")]}, "may not code"),
        ({"fields": ["weather"]}, "at least one field"),
        ({"size": 0}, "1 to 1000"),
        ({"name": " "}, "needs a name"),
        ({"among": {"country": "XX"}}, "no incident fits"),
        ({"person": named("reviewer")}, "may not draw a sample"),
    ):
        with pytest.raises(RefusedError, match=said):
            draw_sample(**{**asked, **wrong})  # type: ignore[arg-type]


def test_a_coder_sees_nothing_of_the_other_until_both_are_done(sample: Sample, client_of: ClientOf) -> None:
    code_all(sample, "second", place="Elsewhere")
    first = sample.items.order_by("place")[0]
    client = client_of("reviewer")
    assert "Elsewhere" not in shown(client, sample)
    item = client.get(reverse("coding_item", args=[sample.pk, first.place])).content.decode()
    assert "Elsewhere" not in item
    assert "data-asserts" not in item
    assert client.get(reverse("coding_table", args=[sample.pk])).status_code == 404
    code_all(sample, "reviewer")
    page = shown(client, sample)
    assert "Elsewhere" in page
    assert client.get(reverse("coding_table", args=[sample.pk])).content.decode().count("Elsewhere") == 3


def test_who_is_no_coder_codes_nothing(sample: Sample, client_of: ClientOf) -> None:
    address = reverse("coding_item", args=[sample.pk, 1])
    assert client_of("administrator").post(address, TYPED).status_code == 403
    assert client_of("reader").get(address).status_code == 403
    assert not Coding.objects.exists()


def test_a_whole_sample_is_coded_and_settled_by_forms(sample: Sample, client_of: ClientOf) -> None:
    for name, killed in (("reviewer", "3"), ("second", "5")):
        client, address = client_of(name), reverse("coding_next", args=[sample.pk])
        for _ in range(3):
            item = client.get(address)["Location"]
            refused = client.post(item, {**TYPED, "killed_low": "9"})
            assert refused.status_code == 400
            assert "more than the most" in refused.content.decode()
            client.post(item, {**TYPED, "killed_low": killed, "killed_high": "6"})
        assert client.get(address)["Location"] == reverse("coding_sample", args=[sample.pk])
    (one, two, three) = differences(sample)
    assert one.fields == ("killed_low",)
    client = client_of("reviewer")
    address = reverse("coding_settle", args=[sample.pk, two.item.place])
    assert client.post(address, {**TYPED, "reason": ""}).status_code == 403
    assert client.post(address, {**TYPED, "reason": "the later report counts two more"}).status_code == 302
    assert "the later report counts two more" in shown(client, sample)
    with pytest.raises(RefusedError, match="settled already"):
        code(person=named("reviewer"), item=two.item, typed=TYPED)
    with pytest.raises(RefusedError, match="both have coded all"):
        code(person=named("reviewer"), item=three.item, typed=TYPED)
    assert list(faults(progress=Unwatched())) == []


def test_settling_waits_for_both(sample: Sample) -> None:
    code_all(sample, "second")
    with pytest.raises(RefusedError, match="not both have coded"):
        settle(person=named("editor"), item=sample.items.all()[0], typed=TYPED, reason="because")


def test_few_values_say_nothing_of_agreement(sample: Sample) -> None:
    code_all(sample, "second", killed_low="")
    code_all(sample, "reviewer")
    told = {each.field: each for each in agreement(sample)}
    assert (told["type"].both, told["type"].same, told["type"].alpha) == (3, 3, None)
    assert told["killed_low"].both == 0


def test_alpha_is_one_for_the_same_and_near_nothing_for_chance() -> None:
    chance = random.Random(5)
    words = [chance.choice("abcd") for _ in range(400)]
    assert _alpha([(word, word) for word in words], "nominal") == 1
    shuffled = chance.sample(words, len(words))
    by_chance = _alpha(list(zip(words, shuffled, strict=True)), "nominal")
    assert by_chance is not None
    assert abs(by_chance) < 0.1
    assert _alpha([("a", "a")] * 50, "nominal") is None


def test_alpha_of_numbers_is_what_squared_differences_give() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): observed by expected squared differences."""
    one, two = [1, 2, 3, 3, 2, 1, 4, 1, 2, 5], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5]
    found = _alpha([(float(a), float(b)) for a, b in zip(one, two, strict=True)], "interval")
    assert found == pytest.approx(1 - (20 - 1) * 2 / _spread(one + two))


def _spread(values: list[int]) -> float:
    """The sum of all squared differences, over all ordered pairs of values."""
    return sum((a - b) ** 2 for a in values for b in values)


def test_fields_are_kept_in_their_order(sample: Sample) -> None:
    assert json.loads(sample.fields) == FIELDS


def test_the_table_holds_no_formula(sample: Sample, client_of: ClientOf) -> None:
    code_all(sample, "reviewer", place="=HYPERLINK(1)")
    code_all(sample, "second")
    table = client_of("reviewer").get(reverse("coding_table", args=[sample.pk])).content.decode()
    assert "'=HYPERLINK(1)" in table
    assert ",=" not in table


def test_the_table_holds_no_incident_that_stays_at_the_desk(sample: Sample, client_of: ClientOf) -> None:
    for name in ("reviewer", "second"):
        code_all(sample, name)
    client, address = client_of("editor"), reverse("coding_table", args=[sample.pk])
    first, second, third = sample.items.order_by("place")
    assert len(client.get(address).content.decode().splitlines()) == 7
    client.post(f"/incidents/{first.incident_id}/mark_sensitive/", {"version": 1, "level": "internal"})
    (report,) = IncidentClaim.objects.filter(incident=second.incident_id).values_list("report", flat=True)
    client.post(reverse("report_sensitive", args=[report]), {"level": "partner"})
    table = client.get(address).content.decode()
    assert len(table.splitlines()) == 3
    assert table.count(third.incident_id) == 2
