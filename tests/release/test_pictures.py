"""The drawings of the page as files."""

import struct
from xml.etree import ElementTree

import pytest
from tests.release.page_state import Made

from ascertain.release.page import Page, report_page
from ascertain.release.pictures import picture_files, png_of, svg_file
from ascertain.release.pictures.png import plain_svg


@pytest.fixture(scope="module", params=["en", "ar"])
def page(request: pytest.FixtureRequest) -> Page:
    return report_page(Made(40), language=request.param)


def test_each_drawing_is_a_file_that_stands_alone(page: Page) -> None:
    for drawing in page.drawings:
        svg = svg_file(drawing, source="The Example Record.")
        texts = " ".join("".join(element.itertext()) for element in ElementTree.fromstring(svg).iter())
        assert drawing.title.split(" ")[0].strip("\u2068\u2069") in texts
        assert "The Example Record." in texts
        assert "url(" not in svg
        assert svg.count("http") == svg.count("http://www.w3.org/2000/svg")


def test_nothing_is_left_that_the_drawer_of_pictures_does_not_know(page: Page) -> None:
    for drawing in page.drawings:
        assert "var(" not in plain_svg(svg_file(drawing))


def test_pictures_are_the_same_every_time_and_twice_as_wide(page: Page) -> None:
    svg = svg_file(page.drawings[0])
    picture = png_of(svg)
    assert picture == png_of(svg)
    assert struct.unpack(">I", picture[16:20]) == (1440,)


def test_there_is_an_svg_and_a_png_of_each(page: Page) -> None:
    names = [name for name, _ in picture_files(page.drawings[:2])]
    assert names == ["map.svg", "map.png", f"{page.drawings[1].name}.svg", f"{page.drawings[1].name}.png"]
