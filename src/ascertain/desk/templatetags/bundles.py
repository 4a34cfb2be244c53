"""`{% bundle "main" %}`: the scripts and styles of an entry, by their hashed names."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ascertain.desk.bundles import bundle_of

register = template.Library()


@register.simple_tag
def bundle(entry: str) -> SafeString:
    """The elements for the head of a page that load an entry."""
    files = bundle_of(entry)
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in files.styles))
    loads = format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(path),) for path in files.loads))
    script = format_html_join("", '<script type="module" src="{}"></script>', [(static(files.script),)])
    return SafeString("\n".join(filter(None, (styles, loads, script))))
