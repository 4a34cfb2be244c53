"""What was worked out of the record is kept until the record changes: whatever changes it adds to its chain."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from django.db import connection
from django.db.models import Max

from ascertain.record.models import ChainEntry, RecordMark

P = ParamSpec("P")
R = TypeVar("R")


def state_of_record() -> tuple[str, int]:
    """What differs once anything in the record has changed: which record this is, and how long its chain is."""
    name = RecordMark.objects.values_list("name", flat=True).first() or ""
    return name, ChainEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def kept(most: int, state: Callable[[], Hashable] = state_of_record) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function of hashable values whose last `most` results are kept while the record, or `state`, is as it was.

    A copy of a record that lies elsewhere is another one, though it has the same name.
    """

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        results: OrderedDict[Hashable, R] = OrderedDict()
        lock = Lock()

        @wraps(function)
        def given(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (str(connection.settings_dict["NAME"]), state(), args, tuple(sorted(kwargs.items())))
            with lock:
                if key in results:
                    results.move_to_end(key)
                    return results[key]
            made = function(*args, **kwargs)
            with lock:
                results[key] = made
                while len(results) > most:
                    results.popitem(last=False)
            return made

        return given

    return keeping
