"""The desk as a person starts it, in a process of its own, and people who sign in there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from ascertain.model import SettingsError

PASSWORD = "a long sentence to keep"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def add_people(record: Path, names: Sequence[str]) -> None:
    """Let these people come in as editors, all by one password; those that are there stay as they are.

    Raises:
        RecordError: the file holds no record.
    """
    from django.contrib.auth.hashers import make_password

    import ascertain.desk  # noqa: F401 -- starts Django
    from ascertain.record.models.people import Person
    from ascertain.record.opening import open_record
    from ascertain.record.services.people import add_person

    opened = open_record(str(record))
    there = set(Person.objects.values_list("username", flat=True))
    for name in names:
        if name not in there:
            add_person(name=name, role="editor", by=None)
    Person.objects.filter(username__in=names).update(password=make_password(PASSWORD))
    opened.close()


@contextmanager
def desk(record: Path) -> Iterator[str]:
    """The command on this record; the address at which it answers.

    Raises:
        SettingsError: it ended before it answered.
    """
    command = [sys.executable, "-u", "-m", "ascertain", "desk", "--record", str(record), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if found := re.search(r"http://[\d.]+:\d+", line):
                    yield found[0]
                    return
            raise SettingsError(f"the desk did not start on {record}")
        finally:
            process.terminate()


def signed_in(address: str, name: str) -> httpx.Client:
    """A browser of one of these people."""
    client = httpx.Client(base_url=address, timeout=120)
    form = {"csrfmiddlewaretoken": token_in(client.get("/sign-in/").text), "name": name, "password": PASSWORD}
    answer = client.post("/sign-in/", data=form)
    if answer.status_code != httpx.codes.FOUND:
        raise SettingsError(f"{name} cannot sign in: the desk answered {answer.status_code}")
    return client


def token_in(page: str) -> str:
    """The token that a page's forms must send."""
    found = _TOKEN.search(page)
    return found[1] if found else ""
