"""`{{ code|named }}`: a code in words; no load line is needed."""

from __future__ import annotations

from django import template

from ascertain.desk.naming import named

register = template.Library()
register.filter("named", named)
