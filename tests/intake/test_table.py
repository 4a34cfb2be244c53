import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking_apart import asides, documents, form_of_bytes, found_in, hold_the_law, small

from ascertain.intake.columns import Columns, columns_in
from ascertain.intake.known_tables import known_tables, usual_headers
from ascertain.intake.settings import Settings
from ascertain.model import DataFileError

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,"
    "admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,"
    "tags,timestamp"
)
GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,"
    "side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,"
    "source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,"
    "geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,"
    "deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)


def row_of(names: str, **cells: str) -> str:
    line, headers = io.StringIO(), names.split(",")
    csv.writer(line).writerows([headers, [cells.get(header, "") for header in headers]])
    return line.getvalue()


def workbook(
    *rows: tuple[object, ...], title: str = "Events", before: dict[str, tuple[object, ...]] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    for name, row in (before or {}).items():
        book.create_sheet(name).append(row)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    del book["Sheet"]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_each_row_is_a_report_by_the_names_of_the_exchange_format(tmp_path: Path) -> None:
    table = "id,text,title,published,publisher,author,url,language\nr1,Two hurt.,Shelling,2024-03-05,K,A,https://k.example,en-GB\n"
    (row,) = documents(found_in(table.encode(), "reports.csv", tmp_path))
    assert (row.text, row.part, row.id, row.title) == ("Two hurt.", "row 2", "r1", "Shelling")
    assert (row.published, row.publisher, row.author) == (dt.date(2024, 3, 5), "K", "A")
    assert (row.url, row.language) == ("https://k.example", "en")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_signs_between_columns_and_encodings_are_found_out(delimiter: str, encoding: str, tmp_path: Path) -> None:
    text = "Двоє людей поранені внаслідок обстрілу Харкова; один загинув, двох забрали до лікарні"
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter).writerows(
        [["Date", "Summary"], ["5 March 2024", text]] + [["", "Ще обстріл"]] * 9
    )
    found = documents(found_in(saved.getvalue().encode(encoding), "a.csv", tmp_path))
    assert (found[0].text, found[0].published, len(found)) == (text, dt.date(2024, 3, 5), 10)


def test_cells_of_many_lines_and_quotation_marks_are_read(tmp_path: Path) -> None:
    table = 'title,text\n"A ""quote""","One.\n\nTwo, three."\n,Four\n'
    found = documents(found_in(table.encode(), "a.csv", tmp_path))
    assert [(row.title, row.text, row.part) for row in found] == [
        ('A "quote"', "One.\n\nTwo, three.", "row 2"),
        (None, "Four", "row 3"),
    ]


def test_a_quotation_mark_left_open_swallows_no_report_unseen(tmp_path: Path) -> None:
    table = 'text,title\nOne,a\n"Two,b\nThree,c\nFour,d\n'
    found = found_in(table.encode(), "a.csv", tmp_path)
    assert [getattr(row, "text", None) for row in found] == ["One", None]
    assert asides(found)[0].startswith("a.csv > row 3: a quotation mark that is not closed; close it")


def test_a_row_of_too_many_cells_or_without_text_spoils_only_itself(tmp_path: Path) -> None:
    table = "text,title\nOne,a,b\n ,b\nTwo,c\n,\n"
    found = found_in(table.encode(), "a.csv", tmp_path)
    assert [told.split(";")[0] for told in asides(found)] == [
        "a.csv > row 2: 3 cells where the table has 2 columns",
        "a.csv > row 3: an empty text",
    ]
    assert len(found) == 3


def test_a_mapping_names_the_columns(tmp_path: Path) -> None:
    columns = Columns(
        {"text": ("Résumé", "Détails"), "published": ("Jour",), "id": ("No",)}, published_format="%d/%m/%y"
    )
    table = "No;Jour;Résumé;Détails\n7;05/03/24;Tirs.;Deux blessés.\n8;2024-13-01;x;y\n"
    found = found_in(table.encode(), "a.csv", tmp_path, settings=Settings(columns=columns))
    first = documents(found[:1])[0]
    assert (first.id, first.text, first.published) == ("7", "Tirs.\n\nDeux blessés.", dt.date(2024, 3, 5))
    assert asides(found)[0].startswith("a.csv > row 3: the day of publication is '2024-13-01', which cannot be read")


def test_a_mapping_that_does_not_fit_says_what_is_lacking(tmp_path: Path) -> None:
    columns = Columns({"text": ("story",), "url": ("link",)})
    (told,) = asides(found_in(b"a,link\n1,2\n", "a.csv", tmp_path, settings=Settings(columns=columns)))
    assert told.startswith("a.csv: a table without the columns story (it has a, link)")


def test_a_table_without_a_text_says_what_to_do(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"x,y\n1,2\n", "a.csv", tmp_path))
    assert told == (
        "a.csv: a table in which no column is known to hold the text (it has x, y); "
        "name its columns in a mapping file, and give that with --map-columns"
    )


def test_the_order_of_day_and_month_is_that_of_the_whole_table(tmp_path: Path) -> None:
    for rows, day in (("5/3/2024,a\n17/3/2024,b", (3, 5)), ("5/3/2024,a\n3/17/2024,b", (5, 3))):
        found = documents(found_in(f"date,text\n{rows}\n".encode(), "a.csv", tmp_path))
        assert found[0].published == dt.date(2024, *day)


def test_days_that_can_be_read_in_two_ways_are_set_aside(tmp_path: Path) -> None:
    (told,) = asides(found_in(b"date,text\n5/3/2024,a\n6/3/2024,b\n", "a.csv", tmp_path))
    assert "may begin with the day or with the month" in told
    assert "published_format = '%d/%m/%Y'" in told


def test_an_acled_download_is_known(tmp_path: Path) -> None:
    cells = {"event_id_cnty": "COD1", "event_date": "05 March 2024", "notes": "On 5 March…", "source": "Radio Okapi"}
    (row,) = documents(found_in(row_of(ACLED, **cells).encode(), "acled.csv", tmp_path))
    assert (row.id, row.text, row.publisher, row.published) == (
        "COD1",
        "On 5 March…",
        "Radio Okapi",
        dt.date(2024, 3, 5),
    )


def test_a_ged_download_is_known(tmp_path: Path) -> None:
    cells = {"id": "5", "source_article": "AFP, 'Two killed'", "source_office": "AFP;Reuters"}
    (row,) = documents(found_in(row_of(GED, source_date="2024-03-05;2024-03-06", **cells).encode(), "g.csv", tmp_path))
    assert (row.id, row.text, row.publisher, row.published) == ("5", "AFP, 'Two killed'", "AFP;Reuters", None)
    (row,) = documents(found_in(row_of(GED, source_date="2024-03-05;2024-03-05", **cells).encode(), "g.csv", tmp_path))
    assert row.published == dt.date(2024, 3, 5)


def test_a_row_of_tags_and_titles_above_are_no_reports(tmp_path: Path) -> None:
    table = "Report\n\ndate,description\n#date,#description\n2024-03-05,Two hurt.\n"
    (row,) = documents(found_in(table.encode(), "a.csv", tmp_path))
    assert (row.text, row.part) == ("Two hurt.", "row 5")


def test_a_workbook_is_read_from_the_first_sheet_that_has_the_columns(tmp_path: Path) -> None:
    data = workbook(
        ("id", "date", "text"),
        (7.0, dt.datetime(2024, 3, 5), "Two hurt."),
        (8, None, "One died."),
        before={"Notes": ("read me",)},
    )
    assert form_of_bytes(data, "a.bin", tmp_path) == "table"
    found = documents(found_in(data, "a.xlsx", tmp_path))
    assert [(row.id, row.text, row.published, row.part) for row in found] == [
        ("7", "Two hurt.", dt.date(2024, 3, 5), "Events, row 2"),
        ("8", "One died.", None, "Events, row 3"),
    ]


def test_formulas_are_read_as_the_values_they_had(tmp_path: Path) -> None:
    data = workbook(("text",), ("=UPPER(A3)",))
    told = asides(found_in(data, "a.xlsx", tmp_path))
    assert told
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(saved, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            part = part.replace(b'<c r="A2">', b'<c r="A2" t="str">').replace(b"</f><v", b"</f><v>TWO HURT</v><x")
            after.writestr(info, part.replace(b"<x></v>", b"").replace(b"<x />", b"").replace(b"<x/>", b""))
    assert documents(found_in(saved.getvalue(), "a.xlsx", tmp_path))[0].text == "TWO HURT"


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    data = workbook(("text",), ("second",), title="B", before={"A": ("text", "first")})
    columns = Columns({"text": ("text",)}, sheet="B")
    found = documents(found_in(data, "a.xlsx", tmp_path, settings=Settings(columns=columns)))
    assert [row.text for row in found] == ["second"]


def test_a_workbook_that_swells_is_set_aside(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", b"0" * (110 << 20))
    (told,) = asides(found_in(packed.getvalue(), "a.xlsx", tmp_path, settings=small(expansion=2)))
    assert "a workbook of 0 MB that unpacks to 115 MB" in told


def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("text",), ("x",)))) as before, zipfile.ZipFile(saved, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename.startswith("xl/worksheets/"):
                part = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + part
            after.writestr(info, part)
    (told,) = asides(found_in(saved.getvalue(), "a.xlsx", tmp_path))
    assert told.startswith("a.xlsx")


def test_a_row_far_below_ends_in_time(tmp_path: Path) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("text",), ("x",)))) as before, zipfile.ZipFile(saved, "w") as after:
        for info in before.infolist():
            after.writestr(info, before.read(info).replace(b'<row r="2"', b'<row r="99999999999"'))
    found = found_in(saved.getvalue(), "a.xlsx", tmp_path)
    assert "more rows than a sheet can have" in asides(found)[0]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    data = b"text,title\nOne,a\n" + b"x" * (20 << 20) + b"\nTwo,b\n"
    found = found_in(data, "a.csv", tmp_path, settings=small(characters=100_000))
    assert "longer than" in asides(found)[-1]


def test_the_tables_that_come_along_are_whole() -> None:
    assert len(known_tables()) == 2
    assert {"text", "published", "id"} <= usual_headers().keys()


FAULTS = {
    "no columns": ("x = 1", "no columns; name them under"),
    "no text": ("[columns]\ntitle = 'a'", "no column for the text"),
    "no field": ("[columns]\ntext = 'a'\nday = 'b'", "'day' is no field"),
    "no setting": ("delimiter = ';'\n[columns]\ntext = 'a'", "'delimiter' is no setting"),
    "no header": ("[columns]\ntext = 5", "'text' is no text"),
    "no day": ("published_format = '%d/%m'\n[columns]\ntext = 'a'", "tells no day"),
    "no TOML": ("[columns\n", "broken TOML"),
}


@pytest.mark.parametrize(("written", "problem"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_mapping_is_named(written: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(written)
    with pytest.raises(DataFileError, match=r"map\.toml.*") as raised:
        columns_in(path)
    assert problem in str(raised.value)


def test_a_mapping_may_be_json(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"columns": {"text": ["a", "b"]}, "sheet": "Events"}))
    assert columns_in(path) == Columns({"text": ("a", "b")}, sheet="Events")
    path.write_text("{\n{")
    with pytest.raises(DataFileError, match=r"map\.json:2: broken JSON"):
        columns_in(path)


@pytest.mark.fuzz
@given(st.text(alphabet="text,date;id\t\"\n\r 0123456789/-|'\0é", max_size=200))
def test_any_text_of_a_table_holds_the_law(table: str) -> None:
    hold_the_law(f"id,date,text\n{table}".encode(), "a.csv")
    hold_the_law(table.encode("utf-16"), "a.csv")


@pytest.mark.fuzz
@given(st.data())
def test_any_bytes_of_a_workbook_hold_the_law(data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"])
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL)) as before, zipfile.ZipFile(saved, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename == name:
                at = data.draw(st.integers(0, len(part)))
                cut = data.draw(st.integers(at, min(len(part), at + 30)))
                part = part[:at] + data.draw(st.binary(max_size=20)) + part[cut:]
            after.writestr(info, part)
    hold_the_law(saved.getvalue(), "a.xlsx")


SMALL = workbook(("id", "date", "text"), (7, dt.datetime(2024, 3, 5), "Two hurt."), (8, "x", "=A1"))
