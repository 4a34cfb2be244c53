"""`{{ code|named }}`: a code in words; `{{ count|grouped }}`: a number by thousands; `{% area country admin1 %}`:
where that is, in words. No load line is needed."""

from __future__ import annotations

from django import template

from ascertain.desk.naming import named
from ascertain.desk.showing import area
from ascertain.release.charts.wording import number

register = template.Library()
register.filter("named", named)
register.filter("grouped", number)
register.simple_tag(area)
