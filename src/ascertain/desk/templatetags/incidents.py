"""What pages about incidents show: `{% load incidents %}`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ascertain.desk.naming import GROUPS, MEANS, NEEDS, OUTCOMES, REVIEWS, Names, named
from ascertain.desk.selectors.inbox import Asked
from ascertain.desk.selectors.passages import Passage
from ascertain.desk.showing import told, worded_apart, words
from ascertain.release.charts import Range, told_when
from ascertain.release.charts.wording import told_day

register = template.Library()
register.filter("told", told)
register.filter("worded", worded_apart)


@register.filter
def when(item: object) -> str:
    """The days of anything with `start` and `end`, in words."""
    return told_when(getattr(item, "start", None), getattr(item, "end", None), words())


@register.filter
def day(value: dt.date | None) -> str:
    """A day in words; nothing where none is told."""
    return told_day(value, words()) if value else ""


@register.filter
def told_killed(range: Range) -> str:
    """A range of people killed, as short as a list has room for; nothing where nobody gives a number."""
    return "" if range.is_unknown else _("%(range)s killed") % {"range": told(Range(range.low, None, range.high))}


@register.filter
def named_need(need: str) -> str:
    """Why an incident is in need of a look, in words."""
    return named(need, NEEDS)


@register.filter
def named_review(status: str) -> str:
    """How far the review of an incident is, in words."""
    return named(status, REVIEWS)


@register.filter
def options(names: Names, chosen: str = "") -> SafeString:
    """The choices of a list, each code in words. There are many on a page: a loop of the template's takes longer."""
    told = ((code, " selected" if code == chosen else "", name) for code, name in names.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', told)


@register.filter
def signed(bits: float) -> SafeString:
    """Bits with their sign, which stands before them in every script."""
    told = f"{bits:+.1f}".replace("-", "\u2212")
    return mark_safe(f'<bdi dir="ltr">{told}</bdi>')


@register.filter
def unlocalized(value: object) -> str:
    """A number as forms take it, in every language."""
    return str(value)


@register.simple_tag
def querystring_of(asked: Asked, name: str, value: str) -> str:
    """What is asked for with one filter set, or let go where it is set so already."""
    return replace(asked, after=None, **{name: "" if getattr(asked, name) == value else value}).query  # type: ignore[arg-type]


@register.filter
def figure_name(name: str) -> str:
    """A figure's name in words: `figures/killed/children`, or another field."""
    kind, _mark, rest = name.partition("/")
    outcome, _mark, group = rest.partition("/")
    if kind != "figures":
        return field_name(kind)
    return named(outcome, OUTCOMES) if group == "people" else f"{named(outcome, OUTCOMES)}: {named(group, GROUPS)}"


@register.filter
def means_name(code: str) -> str:
    """The means of violence in words: a vehicle is not what was hit, but what was driven into people."""
    return named(code, MEANS)


@register.filter
def field_name(name: str) -> str:
    """A field of an incident in words."""
    return str(_fields().get(name, name))


@register.filter
def value_told(value: object) -> str:
    """A value of an incident in a few words, for a list of what changed."""
    match value:
        case None:
            return _("unknown")
        case bool():
            return _("yes") if value else _("no")
        case Range():
            return told(value)
        case dt.date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(map(value_told, value)) or _("unknown")
        case Mapping():
            low, best, high = (value.get(bound) for bound in ("low", "best", "high"))
            if {"low", "high"} & value.keys():
                return told(Range(low, best, high))
            return str(value.get("name") or value.get("text") or value.get("start") or "…")
        case str():
            return named(value)
    if hasattr(value, "start"):
        return when(value)
    return str(getattr(value, "name", None) or getattr(value, "text", None) or value)


@register.filter
def marked(passage: Passage) -> SafeString:
    """A passage with its marks; what it holds as text is the report's, letter by letter."""
    return mark_safe("".join(_piece(piece.text, piece.asserts, piece.hue, piece.context) for piece in passage.pieces))


def _piece(text: str, asserts: str, hue: str, context: bool) -> str:
    plain = escape(text).replace("\r", "&#13;")
    if asserts:
        return f'<mark class="words {hue}" data-asserts="{escape(asserts)}">{plain}</mark>'
    return f'<span class="context">{plain}</span>' if context else plain


def _fields() -> Mapping[str, str]:
    return {
        "type": _("Type"),
        "when": _("When"),
        "where": _("Where"),
        "actors": _("Parties"),
        "targets": _("What was hit"),
        "means": _("Means"),
        "grading": _("Grading"),
        "sources": _("Independent sources"),
        "status": _("Status"),
        "locked": _("Locked"),
        "assigned_to": _("Assigned to"),
        "sensitivity": _("Who may be given it"),
    }
