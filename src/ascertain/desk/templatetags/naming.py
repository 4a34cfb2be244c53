"""`{{ code|named }}`: a code in words; `{{ count|grouped }}`: a number by thousands; no load line is needed."""

from __future__ import annotations

from django import template

from ascertain.desk.naming import named
from ascertain.release.charts.wording import number

register = template.Library()
register.filter("named", named)
register.filter("grouped", number)
