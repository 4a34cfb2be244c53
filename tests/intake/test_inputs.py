import json
import os
import tracemalloc
from pathlib import Path

import pytest

from ascertain.intake.inputs import Source, find_sources, read_items, survey
from ascertain.intake.received import Item, Received, SetAside
from ascertain.model import SettingsError


def line(report_id: str, text: str = "x", **more: object) -> bytes:
    return json.dumps({"id": report_id, "text": text, **more}).encode() + b"\n"


def items_of(*inputs: Path, max_characters: int = 1000) -> list[Item]:
    return list(read_items(find_sources([str(path) for path in inputs]), max_characters=max_characters))


def told(items: list[Item]) -> list[str]:
    return [item.report.id if isinstance(item, Received) else str(item) for item in items]


def test_a_folder_is_read_recursively_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.TXT", "c.jsonl", "notes.md", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(line("r1") if name.endswith("jsonl") else b"x")
    assert told(items_of(tmp_path)) == ["a/b/c.TXT", "a/z.txt", "b.txt", "r1"]


def test_what_lies_beside_reports_is_passed_over_and_the_rest_is_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Reports of March.")
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "report").write_text("A calm day.")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    (tmp_path / "layout.xml").write_text("<layout/>")
    layout, report = told(items_of(tmp_path))
    assert layout.endswith("layout.xml: XML of no known form; save it as text, HTML, PDF or .docx, and give that")
    assert report == "report"


def test_a_link_is_followed_within_its_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A password.")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("A calm day.")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").symlink_to("/proc/self/environ")
    (folder / "sub" / "d.txt").symlink_to("../a.txt")
    a, b, c, d = told(items_of(folder))
    assert (a, d) == ("a.txt", "sub/d.txt")
    assert b.endswith("b.txt: is a link that leads out of the folder; name what it leads to, if that is meant")
    assert "is a link that leads out of the folder" in c
    assert survey(find_sources([str(folder)])).items == 4


def test_the_same_bytes_again_are_no_report_more(tmp_path: Path) -> None:
    page = "<html><body><article><p>Gunmen killed five people in the town on Monday, police said.</p></article></body>"
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page)
    assert len(told(items_of(tmp_path))) == 1


def test_the_folder_for_results_is_not_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "claims.jsonl").write_text("{}")
    assert [source.id for source in find_sources([str(tmp_path)], without=tmp_path / "out")] == ["a.txt"]


def test_a_folder_that_contains_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert told(items_of(tmp_path)) == ["a.txt"]


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.jsonl: no such file or folder; check the path"):
        list(find_sources([str(tmp_path / "nowhere.jsonl")]))


def test_byte_order_marks_blank_lines_and_line_ends_are_no_matter(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b"\xef\xbb\xbf" + line("r1").replace(b"\n", b"\r\n") + b"\r\n\n  \n" + line("r2")[:-1]
    )
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    items = items_of(tmp_path)
    assert told(items) == ["r1", "r2", "b.txt"]
    assert [item.report.text for item in items if isinstance(item, Received)][-1] == "one\r\ntwo"


def test_one_bad_line_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("r1") + b"{broken\n" + b"caf\xe9\n" + b'{"id":"r3"}\n' + line("r1") + line("r4"))
    assert told(items_of(path)) == [
        "r1",
        f"{path}:2: broken JSON: Expecting property name enclosed in double quotes at column 2; "
        "write one whole JSON object a line",
        f"{path}:3: not UTF-8 (byte 0xe9 at position 3); save it again as UTF-8",
        f"{path}:4: no 'text'; put the report's text into the field 'text'",
        f"{path}:5: the id 'r1' was already at {path}:1; give each report an id of its own",
        "r4",
    ]


def test_a_file_that_holds_no_report_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf\n \n")
    assert told(items_of(path)) == [f"{path}: holds no report; write one JSON object a line into it"]


def test_every_line_of_a_file_in_another_encoding_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((line("r1") + line("r2") + line("r3")).decode().encode("utf-16"))
    problems = told(items_of(path))
    assert len(problems) >= 3
    assert all("not UTF-8" in problem and problem.endswith("save it again as UTF-8") for problem in problems)


def test_the_results_of_an_earlier_run_are_no_reports(tmp_path: Path) -> None:
    series = ("tolls.jsonl", "conditions.jsonl", "negotiations.jsonl")
    for name in ("claims.jsonl", "incidents.jsonl", *series, "set_aside.jsonl", "run.json"):
        (tmp_path / name).write_text("{}\n")
    (tmp_path / "b.jsonl").write_bytes(line("r1"))
    assert told(items_of(tmp_path)) == ["r1"]


def test_half_a_character_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "r1", "text": "boom \\ud83d"}\n{"id": "r2", "text": "boom \\ud83d\\udca5"}\n')
    items = items_of(path)
    assert "lone surrogate" in str(items[0])
    assert isinstance(items[1], Received)
    assert items[1].report.text == "boom \U0001f4a5"


def test_texts_over_the_limit_are_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    huge = b'{"id": "r2", "text": "' + b"x" * 100_000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(
        line("r1", "x" * 1000) + huge + line("r3", "x" * 1001) + line("r4", "\U0001f4a5" * 1000)
    )
    (tmp_path / "b.txt").write_text("x" * 5000)
    (tmp_path / "c.txt").write_text("x" * 1001)
    items = items_of(tmp_path)
    limit = "longer than 1,000 characters; split it into its parts, or raise --max-characters"
    assert told(items) == [
        "r1",
        f"{tmp_path}/a.jsonl:2: {limit}",
        f"{tmp_path}/a.jsonl:3: {limit}",
        "r4",
        f"{tmp_path}/b.txt: {limit}",
        f"{tmp_path}/c.txt: {limit}",
    ]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + line("r2"))
    tracemalloc.start()
    items = items_of(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(items)[1] == "r2"
    assert peak < 8 << 20


def test_a_file_that_cannot_be_opened_is_set_aside(tmp_path: Path) -> None:
    source = Source(tmp_path / "gone.txt", "gone.txt", "text", "gone.txt")
    (item,) = read_items([source])
    assert str(item) == "gone.txt: cannot be read: No such file or directory; check the file and the right to read it"


def test_a_name_that_is_not_utf_8_is_set_aside(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 -- a name that Path cannot spell
        file.write(b"x")
    (item,) = items_of(tmp_path)
    assert isinstance(item, SetAside)
    assert (item.problem, item.remedy) == ("a file name that is not UTF-8", "rename the file")
    item.as_json().encode("utf-8")


def test_fields_that_the_format_lacks_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("r1", publshed="2024-01-01", country="KE"))
    fields: list[tuple[str, str]] = []
    list(read_items(find_sources([str(path)]), on_unknown_field=lambda source, name: fields.append((source, name))))
    assert fields == [(str(path), "country"), (str(path), "publshed")]


def test_a_survey_knows_changed_inputs_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("r1") + line("r2")[:-1])
    before = survey(find_sources([str(tmp_path)]))
    assert before == survey(find_sources([str(tmp_path)]))
    assert before.items == 2
    path.write_bytes(line("r1") + line("r3")[:-1])
    assert survey(find_sources([str(tmp_path)])).fingerprint != before.fingerprint
