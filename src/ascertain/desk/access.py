"""Who may open a page: everybody who is signed in may read; a view that is for some says for whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from ascertain.desk.pages import has_role
from ascertain.model import RefusedError, saying
from ascertain.record.roles import role_told

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_role(role: str) -> Callable[[View[P]], View[P]]:
    """The view is for those with at least this role; others are told."""

    def guarded(view: View[P]) -> View[P]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not has_role(request, role):
                raise RefusedError(
                    saying("this page takes the role {role}; ask an administrator", role=role_told(role))
                )
            return view(request, *args, **kwargs)

        return answered

    return guarded
