import datetime as dt
import re
from pathlib import Path

import pytest
from tests.pipeline.tiny_reader import TinyReader

import ascertain
from ascertain import InputError, Report

TINY = TinyReader()
README = Path(__file__).parents[2] / "README.md"


def test_a_text_a_mapping_and_a_report_are_read_alike() -> None:
    text = "At least 13 people were killed in an air strike on Rafah on Thursday."
    of_text = ascertain.read(text, id="r1", published="2024-09-06")
    of_mapping = ascertain.read({"id": "r1", "text": text, "published": "2024-09-06", "country": "PS"})
    of_report = ascertain.read(Report(id="r1", text=text, published=dt.date(2024, 9, 6)))
    assert of_text == of_mapping == of_report
    assert of_text.claims


def test_keywords_replace_what_the_report_says() -> None:
    report = Report(id="r1", text="x", publisher="A")
    header = ascertain.read(report, publisher="B", published=dt.date(2024, 9, 6), reader=TINY).report
    assert (header.id, header.publisher, header.published) == ("r1", "B", dt.date(2024, 9, 6))


def test_a_time_of_publication_counts_as_its_day() -> None:
    moment = dt.datetime(2024, 9, 6, 23, 59, tzinfo=dt.UTC)
    assert ascertain.read("x", published=moment, reader=TINY).report.published == dt.date(2024, 9, 6)


@pytest.mark.parametrize(
    "given", ["", {"id": "a"}, {"id": "a", "text": 7}, {"id": "a", "text": "x", "published": "soon"}]
)
def test_what_is_no_report_is_refused(given: object) -> None:
    with pytest.raises(InputError, match="; "):
        ascertain.read(given, reader=TINY)  # type: ignore[arg-type]


def test_many_are_read_lazily_and_in_order() -> None:
    def reports() -> object:
        yield "1 killed"
        yield {"id": "r2", "text": "2 killed"}
        yield ""

    readings = ascertain.read_many(reports(), reader=TINY)  # type: ignore[arg-type]
    assert [next(readings).report.id, next(readings).report.id] == ["text-1", "r2"]
    with pytest.raises(InputError, match="text-3: an empty text"):
        next(readings)


def test_reading_alone_and_in_company_give_the_same() -> None:
    texts = ["Gunmen killed two farmers near Djibo on 3 May 2023.", "A calm day.", "Shelling wounded 4 in Kherson."]
    together = list(ascertain.read_many(texts))
    alone = [ascertain.read(text, id=f"text-{number}") for number, text in enumerate(texts, start=1)]
    assert together == alone


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
def test_the_code_in_the_readme_runs(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(code, {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("given", [None, 7, b"Two people were killed.", ["Two people were killed."]])
def test_what_is_of_no_type_of_a_report_is_named(given: object) -> None:
    with pytest.raises(TypeError, match=f"a report is a text, a Report or a mapping, not {type(given).__name__}"):
        ascertain.read(given, reader=TINY)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["2 killed", b"2 killed", {"id": "r1", "text": "2 killed"}, Report(id="r", text="x")])
def test_one_report_in_place_of_many_is_not_taken_apart(given: object) -> None:
    with pytest.raises(TypeError, match="use read for one"):
        list(ascertain.read_many(given, reader=TINY))  # type: ignore[arg-type]
