"""The page that `ascertain read --map` writes."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ascertain.cli.report_map as report_map_folder
from ascertain.cli.report_map import report_map
from ascertain.cli.report_map.drawing import SIGNS, maps_of
from ascertain.cli.report_map.sites import ROLES, sites_of
from ascertain.model import DataFileError, EventClaim, Place, Reading, Report
from ascertain.release.maps.labels import Box, apart, around, placed
from ascertain.release.maps.outlines import outlines, read_outlines
from ascertain.release.maps.projection import Disc, frame_around, scale_bar_km

TEXT = (
    "KYIV — Shells fell on Kherson on Monday.\n\nPeople fled from Kherson to Odesa, and Washington said nothing. "
    "<script>alert('x')</script> & more fell on Nowhereton."
)
HOSTILE = '<script>alert(1)</script>"><img src="https://example.invalid/a.png" onerror=alert(1)>'


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def read(text: str = TEXT, **more: str) -> tuple[Report, Reading]:
    report = Report(id="r1", text=text, **more)  # type: ignore[arg-type]
    return report, Reading(report=report.header, claims=claims() if text == TEXT else ())


def claims() -> tuple[EventClaim, ...]:
    kherson = Place(
        text="Kherson",
        span=span("Kherson"),
        name="Kherson",
        lat=46.6369,
        lon=32.6146,
        radius_km=4,
        precision="town",
        country="UA",
    )
    nowhere = Place(text="Nowhereton", span=span("Nowhereton"))
    return (
        EventClaim(id="c1", evidence=(span("Shells fell on Kherson on Monday."),), type="shelling", where=kherson),
        EventClaim(id="c2", evidence=(span("more fell on Nowhereton"),), type="shelling", where=nowhere),
        EventClaim(id="c3", evidence=(span("People fled"),), type="other"),
    )


class Elements(HTMLParser):
    """The elements of a page, its text, and whether each that opens is closed."""

    VOID = frozenset({"meta", "br", "rect", "path", "circle", "ellipse"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def links(self) -> list[str]:
        return [value for _, attributes in self.found for name, value in attributes.items() if name == "href" and value]


@pytest.fixture(scope="module")
def page() -> str:
    return report_map([read()])


def row(page: str, name: str) -> str:
    return next(part for part in page.split("<tr ") if f"<bdi>{name}</bdi>" in part)


def test_what_a_report_holds_stays_text() -> None:
    report, reading = read(f"Shells fell on Dnipro. {HOSTILE}", title=HOSTILE, publisher=HOSTILE)
    elements = Elements(report_map([(report, reading), (report, reading)]))
    assert not {"script", "img"} & {tag for tag, _ in elements.found}
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)
    assert HOSTILE in elements.words


@given(st.text(max_size=40))
def test_any_text_is_on_the_page_and_every_element_is_closed(words: str) -> None:
    report = Report(id="r", text=f"{words} end")
    elements = Elements(report_map([(report, Reading(report=report.header))]))
    assert elements.open == []
    assert not {"script", "img"} & {tag for tag, _ in elements.found}


def test_the_page_names_no_address_and_lets_nothing_in(page: str) -> None:
    elements = Elements(page)
    assert "://" not in page
    assert not {"link", "script", "img", "iframe", "object", "base"} & {tag for tag, _ in elements.found}
    assert not re.search(r"url\(|@import", page)
    (policy,) = (a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(link.startswith("#") for link in elements.links())


def test_every_link_has_its_target_and_ids_are_unique(page: str) -> None:
    for text in (page, report_map([read(), read()])):
        elements = Elements(text)
        ids = [value for _, attributes in elements.found for name, value in attributes.items() if name == "id"]
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in elements.links()} <= set(ids)


def test_words_lead_to_the_sign_and_the_sign_back(page: str) -> None:
    start = span("Kherson")[0]
    (number,) = set(re.findall(rf'id="r1-w{start}" href="#r1-p(\d+)"', page))
    assert re.search(rf'<a class="sign is-happened s{number}" href="#r1-w{start}">', page)
    assert f'id="r1-p{number}" href="#r1-w{start}"' in page


def test_the_same_report_gives_the_same_bytes(page: str) -> None:
    assert report_map([read()]) == page


def test_a_dateline_is_not_where_it_happened(page: str) -> None:
    assert ROLES["dateline"] in row(page, "KYIV")
    assert ROLES["happened"] not in row(page, "KYIV")
    assert ROLES["happened"] in row(page, "Kherson")
    assert all(ROLES[role] in page for role in ("origin", "destination", "stands_for"))


def test_a_place_that_is_not_found_is_in_the_table_and_not_on_the_map(page: str) -> None:
    assert "not found" in row(page, "Nowhereton")
    assert "c2: shelling" in row(page, "Nowhereton")
    assert "Nowhereton" not in "".join(re.findall(r"<svg viewBox.*?</svg>", page, re.DOTALL))


def test_a_claim_without_a_place_is_told(page: str) -> None:
    assert "c3: other" in page.split("gives no place")[1]


def test_a_report_without_places_says_so() -> None:
    assert "names no place that was recognised" in report_map([read("A calm day.")])


def test_signs_differ_in_form_and_each_role_has_one() -> None:
    assert SIGNS.keys() == ROLES.keys()
    assert len(set(SIGNS.values())) == len(SIGNS)


STYLE = (Path(report_map_folder.__file__).parent / "page.css").read_text(encoding="utf-8")
WORDS = [("ink", "page evidence lit land sea"), ("dim", "page lit"), ("accent", "page lit"), ("country", "land")]


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", re.findall(r":root \{([^}]*--ink[^}]*)\}", STYLE), ids=["light", "dark"])
def test_words_and_signs_stand_out_by_day_and_by_night(theme: str) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", theme))
    for words, grounds in WORDS:
        assert all(contrast(colours[words], colours[ground]) >= 4.5 for ground in grounds.split()), words
    for role in ROLES:
        assert all(contrast(colours[role], colours[ground]) >= 3 for ground in ("land", "sea", "page")), role


def test_a_place_far_off_does_not_shrink_the_map_of_where_it_happened() -> None:
    main, wider = maps_of(sites_of(*read()))
    assert "Washington" not in {site.name for site in main.sites}
    assert "Washington" in {site.name for site in wider.sites}
    assert main.frame.scale > 10 * wider.frame.scale


def test_an_overview_shows_a_border_or_coast() -> None:
    text = "Gunmen raided a camp in El Fasher, Sudan. In Nyala, officials fled."
    report = Report(id="r", text=text)
    fasher = Place(
        text="El Fasher",
        span=span("El Fasher", text),
        lat=13.63,
        lon=25.35,
        radius_km=4,
        precision="town",
        country="SD",
    )
    claim = EventClaim(id="c1", evidence=((0, 41),), type="raid", where=fasher)
    _, wider = maps_of(sites_of(report, Reading(report=report.header, claims=(claim,))))
    corners = [wider.frame.flat(*point) for outline in outlines() for point in outline.ring]
    assert any(0 < x < wider.frame.width and 0 < y < wider.frame.height for x, y in corners)


def test_many_reports_are_listed_by_title_or_by_their_first_words() -> None:
    titled = Report(id="r1", text="Shells fell on Dnipro.", title="A night of shelling")
    bare = Report(id="r2", text="Gunmen raided a <camp> near\nZurmi. " + "They fled north at dawn. " * 20)
    page = report_map([(report, Reading(report=report.header)) for report in (titled, bare)])
    listed = page.split("<nav")[1].split("</nav>")[0]
    assert "<b>A night of shelling</b></a>" in listed
    assert "<b>r2</b> <span>Gunmen raided a &lt;camp&gt; near Zurmi." in listed
    assert listed.count("They fled") < 4


discs = st.builds(Disc, st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 300))


@given(st.lists(discs, min_size=1, max_size=6))
def test_a_frame_shows_all_positions_and_its_bar_is_round(found: list[Disc]) -> None:
    frame = frame_around(found, 360, 290)
    assert all(frame.shows(disc.lat, disc.lon) for disc in found)
    assert f"{scale_bar_km(frame):g}"[0] in "125"


points = st.tuples(st.floats(0, 360), st.floats(0, 290))


@given(
    st.lists(st.tuples(st.sampled_from(["Rafah", "خان يونس", "Al-Amal neighbourhood", "北京"]), points), max_size=12)
)
def test_no_name_lies_on_another_or_on_a_sign_or_outside(named: list[tuple[str, tuple[float, float]]]) -> None:
    signs = [around(*point) for _, point in named]
    room = Box(0, 0, 360, 290)
    labels = [one for one in placed([(name, *point) for name, point in named], signs, room, 12) if one]
    for index, label in enumerate(labels):
        assert label.box.lies_in(room)
        assert not any(label.box.overlaps(sign) for sign in signs)
        assert not any(label.box.overlaps(other.box) for other in labels[:index])


def test_signs_at_one_place_are_drawn_apart() -> None:
    drawn = apart([(100.0, 100.0)] * 9)
    assert drawn[0] == (100.0, 100.0)
    assert len(set(drawn)) == 9


def test_no_outline_leaps_across_the_map() -> None:
    for outline in outlines():
        assert all(abs(b[0] - a[0]) < 180 for a, b in zip(outline.ring[:-3], outline.ring[1:-2], strict=True))


@pytest.mark.parametrize("row", ["line\t\t0;0", "ring\tXX\t7", "ring\tXX\t0", "dot\t\t1,1", "line"])
def test_a_fault_in_the_outlines_is_named_by_line(row: str) -> None:
    with pytest.raises(DataFileError, match=r"outlines\.tsv:2"):
        read_outlines(f"kind\tcode\tvalue\n{row}\n")


def ascertain(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ascertain", "read", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_several_reports_are_sections_of_one_page_and_bad_lines_are_told(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": "Gunmen killed two people in Maiduguri."}) for n in (1, 2)]
    (tmp_path / "a.jsonl").write_text("\n".join([lines[0], "{broken", lines[1]]))
    done = ascertain(tmp_path / "a.jsonl", "--map", tmp_path / "a.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert "a.jsonl:2: broken JSON" in done.stderr
    assert "2 reports on a map" in done.stderr
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count('<section class="report"') == 2
    assert "Reports" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.jsonl"]


@pytest.mark.parametrize(
    ("name", "told"), [("a.txt", "is the report itself"), (".", "is a folder"), ("no/a.html", "no folder")]
)
def test_a_map_does_not_take_the_place_of_something_else(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "a.txt").write_text("Gunmen killed two people in Maiduguri.")
    done = ascertain(tmp_path / "a.txt", "--map", tmp_path / name)
    assert done.returncode == 2
    assert told in done.stderr
    assert (tmp_path / "a.txt").read_text() == "Gunmen killed two people in Maiduguri."
