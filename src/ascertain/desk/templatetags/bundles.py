"""`{% bundle "main" %}`: the scripts and styles of a page, as built by Vite; no load line is needed."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ascertain.desk import bundles

register = template.Library()


@register.simple_tag
def bundle(name: str) -> SafeString:
    """The link and script elements of the entry `name`, for the head of a page."""
    found = bundles.bundle(name)
    return format_html(
        '{}{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="stylesheet" href="{}">', ((static(style),) for style in found.styles)),
        format_html_join("", '<link rel="modulepreload" href="{}">', ((static(path),) for path in found.preloads)),
        static(found.script),
    )


@register.simple_tag
def bundled(name: str) -> str:
    """The address of the script of the entry `name`, for pages that name it themselves."""
    return static(bundles.bundle(name).script)
