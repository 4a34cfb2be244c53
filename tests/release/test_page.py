"""Laws of the report page: it holds all it needs, says nothing twice as sure, and is the same for the same state."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.release.page_state import ABOUT, FIRST, Made, empty

from ascertain.model import Incident, IncidentActor, IncidentFigure, IncidentTarget, Place, When
from ascertain.release.charts import Range, together
from ascertain.release.page import Given, report_page
from ascertain.release.page.counting import Sum, counted, look_closer, people_of
from ascertain.release.page.told import Publisher
from ascertain.release.page.wording import page_words
from ascertain.release.profiles import PROFILES, profile_named

LANGUAGES = ("en", "ar")
HOSTILE = "<script>alert(1)</script>\"'><img src=https://example.invalid/a onerror=alert(1)>"


class Elements(HTMLParser):
    """The elements of a page, and its texts with those of attributes that are read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> Iterator[str]:
        return (value for _, attributes in self.found for key, value in attributes.items() if key == name and value)


def one(**more: object) -> Incident:
    """An incident of 1,013 to 1,017 killed."""
    figure = IncidentFigure(outcome="killed", group="people", low=1013, best=1015, high=1017)
    told: dict[str, object] = {
        "id": "only",
        "type": "attack",
        "when": When(start=FIRST, end=FIRST, precision="day", text="protected day"),
        "figures": (figure,),
        "reports": ("r1",),
        "claims": ("r1/c1",),
        "sources": 2,
        "grading": "fair",
    }
    return Incident.model_validate(told | more)


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    return report_page(Made(), language=request.param).html


def test_the_page_lets_in_nothing_but_its_own_style_and_script(page: str) -> None:
    elements = Elements(page)
    assert not {"link", "img", "iframe", "object", "base", "video"} & {tag for tag, _ in elements.found}
    assert not re.search(r"url\(|@import|[^a-z]fetch\(|XMLHttp", page)
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {"http://www.w3.org/2000/svg"}
    (policy,) = (a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not list(elements.all("style"))
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]


def test_every_link_has_its_target_and_ids_are_unique(page: str) -> None:
    elements = Elements(page)
    ids = list(elements.all("id"))
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in elements.all("href")} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_state_gives_the_same_bytes_in_whatever_order_it_comes(language: str) -> None:
    class Turned(Made):
        def incidents(self) -> Iterator[Incident]:
            return iter(tuple(super().incidents())[::-1])

    assert report_page(Made(), language=language).html == report_page(Turned(), language=language).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_best_number_never_stands_without_its_range(language: str) -> None:
    made = report_page(Made(0, more=(one(),), series=False), language=language)
    told = [text for text in Elements(made.html).texts if "1,015" in text]
    assert len(told) > 3
    assert all("1,013" in text and "1,017" in text for text in told)


def test_what_somebody_named_stays_text_and_turns_nothing() -> None:
    place = Place(text=HOSTILE, span=(0, 1), name=f"{HOSTILE}\u202e", lat=1.0, lon=2.0, radius_km=1.0, precision="town")
    about = replace(ABOUT, title=HOSTILE, cite=HOSTILE, publishers=(Publisher(HOSTILE, 2),), left_out=(HOSTILE,))
    made = report_page(Made(3, about, more=(one(where=place, id=HOSTILE),)))
    tags = [tag for tag, _ in Elements(made.html).found]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "\u202e" not in "".join(drawing.svg for drawing in made.drawings)


def test_words_of_reports_that_are_not_asked_for_stay_out() -> None:
    where = Place(text="protected words", span=(0, 1), name="Rafah", lat=31.3, lon=34.2, precision="town", country="PS")
    target = IncidentTarget(text="protected home", type="residential")
    made = report_page(Made(0, more=(one(where=where, targets=(target,)),)))
    assert "Rafah" in made.html
    assert "protected" not in made.html


def test_an_empty_state_says_what_is_so() -> None:
    made = report_page(empty())
    assert "It holds no incident." in made.html
    assert "No report tells of negotiations." in made.html
    assert made.drawings == ()


def test_a_long_record_lists_the_gravest_and_the_latest_and_says_where_all_are() -> None:
    made = report_page(Made(3000)).html
    shown = made.count('<tr id="incident-')
    assert 600 <= shown <= 1000
    assert f"These are {shown:,} of 3,000 incidents" in made
    assert "incidents.csv" in made
    assert len(made.encode()) < 5_000_000


def test_a_sum_that_grows_is_the_sum_of_all() -> None:
    for outcome in ("killed", "injured"):
        told = [range for one in Made().incidents() for name, range in people_of(one) if name == outcome]
        whole = Sum()
        for range in told:
            whole.add(range)
        assert whole.range == together(told)


def test_each_incident_is_counted_once_by_grading_source_place_and_day() -> None:
    found = counted(Made().incidents())
    for counts in (found.gradings, found.areas):
        assert sum(tally.incidents for tally in counts.values()) == 120
    assert sum(found.types.values()) == 120
    assert sum(found.sources.values()) == sum(found.precisions.values()) == sum(found.dates.values()) == 120


def test_groups_without_people_are_at_least_the_largest_of_them() -> None:
    figures = tuple(
        IncidentFigure(outcome="killed", group=group, low=low, best=low, high=low)  # type: ignore[arg-type]
        for group, low in (("children", 3), ("women", 5))
    )
    assert dict(people_of(one(figures=figures))) == {"killed": Range(5)}


def test_days_that_are_not_known_so_closely_are_told_and_not_drawn() -> None:
    spread = one(when=When(start=FIRST, end=FIRST.replace(month=12), precision="span"), id="spread")
    made = report_page(Made(0, more=(one(), spread, one(when=None, id="dayless")), series=False))
    timeline = next(drawing for drawing in made.drawings if drawing.name == "timeline-killed")
    assert "are not known so closely: 2 incidents" in timeline.note
    assert "2,0" not in timeline.svg


def test_a_place_known_by_its_country_alone_is_told_and_not_drawn() -> None:
    country = Place(text="Sudan", span=(0, 1), lat=15.0, lon=30.0, radius_km=900.0, precision="country", country="SD")
    made = report_page(Made(10, more=(one(where=country),)))
    assert "known by country or by a wider area only, or not at all" in made.drawings[0].note


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_words(language: str) -> None:
    words = page_words(language)
    for drawing in report_page(Made(), language=language).drawings:
        assert drawing.title
        assert "_" not in drawing.title
    assert words.name("types", "not_known_here") == "not known here"


def test_every_type_of_the_taxonomy_has_words() -> None:
    from ascertain.taxonomy import event_types

    for language in LANGUAGES:
        assert event_types().keys() <= page_words(language).tables["types"].keys()


def test_a_place_without_a_name_goes_by_its_area_and_a_party_by_its_kind() -> None:
    where = Place(text="", span=(0, 0), lat=31.3, lon=34.2, radius_km=6.0, precision="district", country="PS")
    actor = IncidentActor(role="perpetrator", text="state_forces", kind="state_forces")
    made = report_page(Made(0, more=(one(where=where, actors=(actor,)),), series=False))
    assert "Palestinian Territory" in made.drawings[0].svg
    assert "state forces" in made.html
    assert "state_forces" not in made.html


def test_what_a_release_hands_over_is_read_like_a_state() -> None:
    made = Made(20)
    given = Given(made.about, made.incidents, made.tolls, made.conditions, made.negotiations, made.readings)
    assert report_page(given).html == report_page(made).html


def test_the_displaced_do_not_dwarf_the_other_outcomes() -> None:
    figures = tuple(
        IncidentFigure(outcome=outcome, group="people", low=low, best=low, high=low)  # type: ignore[arg-type]
        for outcome, low in (("killed", 3), ("displaced", 90_000))
    )
    made = report_page(Made(0, more=(one(figures=figures),), series=False))
    outcomes = next(drawing for drawing in made.drawings if drawing.name == "outcomes")
    assert "90,000" not in outcomes.svg
    assert "displaced" in outcomes.note
    assert "90,000" in made.html


def test_a_grading_of_which_nobody_was_killed_has_no_bar_and_its_incidents_are_told() -> None:
    nobody = one(id="nobody", grading="confirmed", figures=())
    made = report_page(Made(0, more=(one(), nobody), series=False))
    gradings = next(drawing for drawing in made.drawings if drawing.name == "gradings-killed")
    assert "confirmed" not in gradings.svg
    assert 'it did it <span class="beside">(1 incident)</span>' in made.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_profile_leaves_out_is_told_in_the_pages_language(language: str) -> None:
    told = page_words(language).tables["left_out"]
    for name in PROFILES:
        held_back = profile_named(name).held_back
        made = report_page(Made(1, replace(ABOUT, left_out=held_back), series=False), language=language)
        texts = Elements(made.html).texts
        assert [told[rule] for rule in held_back if told[rule] not in texts] == []
    assert set(told) == set(profile_named("public").held_back)


def test_each_number_that_a_report_gives_is_a_dot_on_the_scale() -> None:
    incident = one(figures=(IncidentFigure(outcome="killed", group="people", low=9, best=10, high=12),))
    made = report_page(Made(0, more=(incident,), series=False))
    (drawn,) = (drawing for drawing in made.drawings if drawing.name == "gravest")
    assert drawn.svg.count("<circle") == 2
    for told in ("The Post, 3 Jan 2024\u2069: 14", "Agency One, 3 Jan 2024\u2069: 17"):
        assert told in drawn.svg
    assert ">20<" in drawn.svg  # the axis reaches the highest number that a report gives, not the range alone
    assert "Each dot is a number that a report gives" in drawn.note


def test_where_no_report_gives_a_number_there_are_no_dots() -> None:
    made = report_page(Made(0, more=(one(claims=("r9/c1",)),), series=False))
    (drawn,) = (drawing for drawing in made.drawings if drawing.name == "gravest")
    assert "<circle" not in drawn.svg
    assert "dot" not in drawn.note


def test_places_and_areas_that_are_drawn_are_told_as_if_all_were_counted() -> None:
    found = counted(Made().incidents())
    look_closer(found, Made().incidents())
    assert sum(found.places.values()) == sum(tally.incidents for tally in found.spots.values())
    assert {spot._replace(radius_km=0.0) for spot in found.spots} == set(found.places)
    for area, tally in found.areas.items():
        over_years = [one for (of, step, _), one in found.killed_of_areas.items() if (of, step) == (area, "year")]
        assert sum(one.incidents for one in over_years) <= tally.incidents


def test_bars_are_offered_to_choose_where_there_are_some() -> None:
    hint = "Choose bars to see their incidents"
    assert hint in report_page(Made(40)).html
    page = report_page(Made(1)).html  # its two days are no bar of a chart by days
    assert 'data-brush=""' not in page
    assert hint not in page
