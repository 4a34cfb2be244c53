"""People: accounts, roles, links that open them, and who came in when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.access import for_role
from ascertain.desk.pages import person_of
from ascertain.desk.selectors.people import people_told, sign_ins_told
from ascertain.model import RefusedError, SettingsError
from ascertain.record.models.people import ROLES
from ascertain.record.services import people as services
from ascertain.record.services.signing_in import invite


@require_safe
@for_role("administrator")
def people(request: HttpRequest) -> HttpResponse:
    """The accounts, and the last sign-ins."""
    return _shown(request)


@require_POST
@for_role("administrator")
def add(request: HttpRequest) -> HttpResponse:
    """Open an account, and show the link for its owner, once."""
    name, role = request.POST.get("name", "").strip(), request.POST.get("role", "")
    try:
        services.add_person(name=name, role=role, by=person_of(request))
    except SettingsError as error:
        return _shown(request, said=error.said, status=400)
    return invite_again(request, name)


@require_POST
@for_role("administrator")
def invite_again(request: HttpRequest, name: str) -> HttpResponse:
    """Make another link for somebody, who forgot the password or never had one."""
    secret = invite(person=services.person_named(name), by=person_of(request))
    return _shown(request, link=request.build_absolute_uri(reverse("join", args=[secret])))


@require_POST
@for_role("administrator")
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Give somebody another role, or close the account."""
    role, by = request.POST.get("role", ""), person_of(request)
    try:
        if role == services.CLOSED:
            services.close_account(name=name, by=by)
        else:
            services.set_role(name=name, role=role, by=by)
    except (RefusedError, SettingsError) as error:
        return _shown(request, said=error.said, status=403)
    return redirect("people")


def _shown(request: HttpRequest, *, said: str = "", link: str = "", status: int = 200) -> HttpResponse:
    told = {"people": people_told(), "sign_ins": sign_ins_told(), "roles": ROLES, "said": said, "link": link}
    return render(request, "desk/people.html", told, status=status)


urls = [
    path("people/", people, name="people"),
    path("people/add/", add, name="people_add"),
    path("people/<str:name>/invite/", invite_again, name="people_invite"),
    path("people/<str:name>/role/", change, name="people_role"),
]
