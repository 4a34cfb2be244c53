"""`{{ code|named }}`: a code in words; `{{ count|grouped }}`: a number by thousands; `{% area country admin1 %}`:
where that is, in words; `{{ level|level_name }}`, `{% levels %}`: who may be given what is marked as sensitive;
`{{ said|sentence }}`: why something was refused. No load line is needed."""

from __future__ import annotations

from django import template

from ascertain.desk.naming import LEVELS, Names, level_name, named
from ascertain.desk.showing import area, sentence
from ascertain.release.charts.wording import number

register = template.Library()
register.filter("named", named)
register.filter("level_name", level_name)
register.filter("grouped", number)
register.filter("sentence", sentence)
register.simple_tag(area)


@register.simple_tag
def levels() -> Names:
    """The levels of sensitivity, and who may be given what is marked with each."""
    return LEVELS
