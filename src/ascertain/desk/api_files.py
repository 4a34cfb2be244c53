"""Files that the API gives, whole or in parts: programs that open a file by its address first ask how large it is, and
then for one part of it after the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ascertain.desk.basemap import Unsatisfiable, stretch_of
from ascertain.desk.selectors.downloads import as_geojson
from ascertain.desk.selectors.filters import Filters
from ascertain.desk.selectors.kept import kept


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its bytes, and what tells it from every other one (RFC 9110, 8.8.3)."""

    content: bytes
    tag: str


@kept(2)
def map_of(filters: Filters) -> Made:
    """The chosen incidents as GeoJSON; kept while the record is as it is, as its parts are asked for one by one."""
    content = "".join(as_geojson(filters)).encode()
    return Made(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def given(request: HttpRequest, made: Made, kind: str) -> HttpResponse:
    """The file, or the one part of it that is asked for (RFC 9110, 14); 416 where it has no such part."""
    size = len(made.content)
    is_newer = request.headers.get("If-Range", made.tag) != made.tag
    headers = {"Accept-Ranges": "bytes", "ETag": made.tag}
    try:
        part = stretch_of("" if is_newer else request.headers.get("Range", ""), size)
    except Unsatisfiable:
        none = {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=416, headers={**headers, **none}, content_type=kind)
    headers["Content-Length"] = str(part.end - part.first)
    if not part.whole:
        headers["Content-Range"] = f"bytes {part.first}-{part.end - 1}/{size}"
    content = made.content[part.first : part.end]
    return HttpResponse(content, status=200 if part.whole else 206, headers=headers, content_type=kind)
