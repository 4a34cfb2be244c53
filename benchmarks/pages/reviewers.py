"""People who review at once, each in a browser without a screen, and what became of what they decided."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx
from rich.table import Table

from pages.serving import add_people, desk, signed_in, token_in

_INCIDENT, _VERSION = re.compile(r'data-incident="(\w+)"'), re.compile(r'name="version" value="(\d+)"')
_TAKEN, _TOO_LATE = httpx.codes.NO_CONTENT, httpx.codes.CONFLICT
_COUNTRIES = ("", "NG", "SD", "UA", "MM", "SY")
_ACTS: Mapping[str, Callable[[Random], Mapping[str, str]]] = {
    "accept": lambda _: {},
    "comment": lambda _: {},
    "reject": lambda _: {},
    "correct": lambda chance: {
        **{"field": "figures", "outcome": "killed", "group": "people"},
        **dict.fromkeys(("low", "best", "high"), str(chance.randint(1, 90))),
    },
}
_OFTEN = (60, 20, 10, 10)
_TAKES_BACK = 0.05


@dataclass(frozen=True, slots=True)
class Request:
    """One request: which page or act, seconds until all of the answer was there, and the status."""

    what: str
    seconds: float
    status: int


@dataclass
class Told:
    """What a reviewer was told: of each request, and the reasons of those decisions that the desk said it took."""

    requests: list[Request] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: all requests, faults, decisions that were said to be taken, those of them that the record lacks,
    those it holds and nobody was told of, and what verifying found."""

    reviewers: int
    seconds: float
    requests: tuple[Request, ...]
    faults: tuple[str, ...]
    taken: int
    lost: tuple[str, ...]
    untold: tuple[str, ...]
    unsound: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing went wrong."""
        return bool(self.taken) and not (self.faults or self.lost or self.untold or self.unsound)


def review(record: Path, number: int, seconds: float, thinks: float) -> Done:
    """Have so many people review for so long, and look for what they decided.

    Args:
        record: a SQLite file; what they decide stays in it.
        number: how many people.
        seconds: for how long.
        thinks: seconds that one reads an incident before deciding, on average.
    """
    names = [f"reviewer{one:02}" for one in range(number)]
    add_people(record, names)
    run = f"run {time.time_ns()}"
    with desk(record) as address:
        clients = [signed_in(address, name) for name in names]
        ends = time.monotonic() + seconds
        with ThreadPoolExecutor(number) as room:
            reviewing = [
                room.submit(_reviews, client, f"{run} {name}", ends, thinks)
                for name, client in zip(names, clients, strict=True)
            ]
            told = [one.result() for one in reviewing]
    requests = tuple(request for one in told for request in one.requests)
    faults = tuple(fault for one in told for fault in one.faults)
    said = [reason for one in told for reason in one.taken]
    kept, unsound = _kept(record, run)
    return Done(
        number,
        seconds,
        requests,
        faults,
        len(said),
        tuple(sorted(set(said) - set(kept))),
        tuple((Counter(kept) - Counter(said)).elements()),
        unsound,
    )


def table(done: Done) -> Table:
    """A row for each kind of request."""
    made = Table("asked", "times", "median ms", "95 % within", "99 % within", "worst")
    for column in made.columns[1:]:
        column.justify = "right"
    for what in dict.fromkeys(request.what for request in done.requests):
        took = sorted(1000 * request.seconds for request in done.requests if request.what == what)
        parts = (took[int(share * (len(took) - 1))] for share in (0.5, 0.95, 0.99, 1))
        made.add_row(what, f"{len(took):,}", *(f"{part:,.0f}" for part in parts))
    return made


def verdict(done: Done) -> str:
    """What came of it, in words."""
    late = sum(request.status == _TOO_LATE for request in done.requests)
    told = [
        f"{done.reviewers} reviewers, {done.seconds:.0f} s: {len(done.requests):,} requests, "
        f"{done.taken:,} decisions taken, {late:,} times somebody was quicker; {len(done.faults)} errors, "
        f"{len(done.lost)} decisions lost, {len(done.untold)} kept that nobody was told of; "
        f"{len(done.unsound)} faults of the record",
        *done.faults[:5],
        *done.lost[:5],
        *done.untold[:5],
        *done.unsound[:5],
    ]
    return "\n".join(told)


def _reviews(client: httpx.Client, name: str, ends: float, thinks: float) -> Told:
    """One person: looks at the list, opens an incident, reads, decides, goes on."""
    chance, told = Random(name), Told()
    time.sleep(chance.uniform(0, thinks))
    for number, incident in enumerate(_chosen(client, chance, told, ends)):
        page = _ask(client, told, "incident", "GET", f"/incidents/{incident}/")
        version = _VERSION.search(page.text)
        if version is None:
            continue  # decided by somebody else since, and merged away or gone
        time.sleep(chance.expovariate(1 / thinks) if thinks else 0)
        _ask(client, told, "pulse", "GET", f"/incidents/{incident}/pulse/?version={version[1]}")
        act = chance.choices(list(_ACTS), _OFTEN)[0]
        reason = f"{name} {number}"
        form = {"version": version[1], "reason": reason, **_ACTS[act](chance)}
        headers = {"HX-Request": "true", "X-CSRFToken": token_in(page.text)}
        answer = _ask(client, told, act, "POST", f"/incidents/{incident}/{act}/", data=form, headers=headers)
        if answer.status_code == _TAKEN:
            told.taken.append(reason)
            if chance.random() < _TAKES_BACK:
                _ask(client, told, "undo", "POST", "/undo/", headers=headers)
    return told


def _chosen(client: httpx.Client, chance: Random, told: Told, ends: float) -> Iterator[str]:
    while time.monotonic() < ends:
        country = chance.choice(_COUNTRIES)
        listed = _INCIDENT.findall(_ask(client, told, "inbox", "GET", f"/?country={country}" if country else "/").text)
        if listed:
            yield chance.choice(listed)


def _ask(client: httpx.Client, told: Told, what: str, method: str, path: str, **more: object) -> httpx.Response:
    began = time.perf_counter()
    try:
        answer = client.request(method, path, **more)  # type: ignore[arg-type]
    except httpx.HTTPError as error:
        told.faults.append(f"{what} {path}: {error!r}")
        return httpx.Response(599)
    told.requests.append(Request(what, time.perf_counter() - began, answer.status_code))
    if answer.is_error and answer.status_code != _TOO_LATE:
        told.faults.append(f"{what} {path}: {answer.status_code} {answer.text[:200]}")
    return answer


def _kept(record: Path, run: str) -> tuple[list[str], tuple[str, ...]]:
    """The reasons of decisions of this run that the record holds, and what verifying it finds."""
    from ascertain.record.models import Decision
    from ascertain.record.opening import open_record
    from ascertain.record.progress import Unwatched
    from ascertain.record.selectors.verifying import faults

    opened = open_record(str(record))
    kept = list(Decision.objects.filter(reason__startswith=run).values_list("reason", flat=True))
    found = tuple(str(fault) for fault in faults(progress=Unwatched()))
    opened.close()
    return kept, found
