"""The pages in Arabic: every string has its translation, with the same names in it."""

import ast
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override

from ascertain.desk.showing import sentence, worded, worded_apart
from ascertain.model import StaleError, saying
from ascertain.record.models import IncidentRow
from ascertain.record.models.people import ROLES, Person
from ascertain.record.roles import LEAST_ROLE, act_told, role_told
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen

from .conftest import ClientOf

KEPT = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "messages.py"))
MET_BY_PROGRAMS = ("api.py", "decision_line.py", "taking_decisions.py")
COLLECTED = [message for message in KEPT["collected"](KEPT["arabic"]()) if message.id]


def test_all_strings_are_translated() -> None:
    assert [message.id for message in COLLECTED if KEPT["is_missing"](message)] == []


@pytest.mark.parametrize("message", COLLECTED, ids=lambda message: str(message.id)[:40])
def test_a_translation_names_what_the_string_names(message: Message) -> None:
    assert message.string is not None
    told = [message.string] if isinstance(message.string, str) else message.string
    asked = message.id if isinstance(message.id, str) else message.id[1]
    for one in told:
        assert set(re.findall(r"%\(\w+\)s", one)) <= set(re.findall(r"%\(\w+\)s", asked))
        assert set(re.findall(r"{\w+}", one)) == set(re.findall(r"{\w+}", asked))


def test_a_reason_is_told_in_the_language_of_the_page_with_each_value_apart() -> None:
    reports = saying("reports {names}", names=("r1", "<r2>"))
    why = saying("only {source} says so, in {reports}", source="police", reports=reports)
    assert worded(why) == why == "only police says so, in reports r1, <r2>"
    with override("ar"):
        assert worded(why) == "يقول ذلك police وحده، في التقارير r1، <r2>"
        assert worded_apart(why) == (
            "يقول ذلك <bdi>police</bdi> وحده، في التقارير <bdi>r1</bdi>، <bdi>&lt;r2&gt;</bdi>"
        )
        assert worded("no saying") == "no saying"


def test_a_refusal_is_told_in_the_language_of_its_reader(client_of: ClientOf) -> None:
    row = IncidentRow.objects.order_by("pk")[0]
    deciding.lock(person=Person.objects.get(username="editor"), seen=Seen(row.pk, row.version))
    address, form = f"/incidents/{row.pk}/accept/", {"version": row.version + 1}
    for name, english, arabic in (
        ("editor", f"<bdi>{row.pk}</bdi> is locked; unlock it first.", "مقفلة؛ افتح قفلها أولًا."),
        ("reader", "is reader and may not accept; it takes the role reviewer.", "دوره قارئ ولا يجوز له القبول"),
    ):
        client = client_of(name)
        assert english in client.post(address, form, headers={"HX-Request": "true"}).content.decode()
        client.cookies["ascertain_language"] = "ar"
        for headers in ({"HX-Request": "true"}, {}):
            page = client.post(address, form, headers=headers).content.decode()
            assert arabic in page
            assert "may not" not in page
            assert "locked" not in page


@pytest.mark.usefixtures("desk")
def test_who_comes_too_late_is_told_why_in_their_language() -> None:
    row = IncidentRow.objects.order_by("pk")[0]
    person, seen = Person.objects.get(username="editor"), Seen(row.pk, row.version)
    deciding.reject(person=person, seen=seen, reason="a film")
    with pytest.raises(StaleError, match=f"{row.pk} has changed since you saw it: editor: reject; look") as late:
        deciding.accept(person=person, seen=seen)
    with override("ar"):
        assert "editor: الرفض" in worded(late.value.said)
        assert sentence(late.value.said).endswith(".")


def test_what_no_form_tells_is_a_sentence_as_it_is() -> None:
    assert sentence("no <b>") == "No &lt;b&gt;."
    assert sentence("Try again!") == "Try again!"


def raised(path: Path) -> Iterator[ast.Call]:
    """The refusals that a module raises."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(id="RefusedError" | "StaleError")) as call):
                yield call


@pytest.mark.parametrize("room", ["desk", "record"])
def test_every_refusal_that_people_meet_can_be_said_in_their_language(room: str) -> None:
    modules = [path for path in (KEPT["ROOT"] / room).rglob("*.py") if path.name not in MET_BY_PROGRAMS]
    calls = [(path.name, call.args[0]) for path in modules for call in raised(path)]
    assert len(calls) > 4
    assert [name for name, said in calls if isinstance(said, (ast.JoinedStr, ast.Constant))] == []


def test_every_act_and_role_has_its_words() -> None:
    assert [str(act_told(act)) for act in LEAST_ROLE] == [act.replace("_", " ") for act in LEAST_ROLE]
    assert [str(role_told(role)) for role in ROLES] == list(ROLES)
