"""Files that the API gives, whole or in parts: programs that open a file by its address first ask how large it is, and
then for one part of it after the other."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ascertain.desk.selectors.downloads import as_geojson
from ascertain.desk.selectors.filters import Filters
from ascertain.desk.selectors.kept import kept

_PART = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


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
    size, part = len(made.content), _part_asked(request, made)
    if part is None:
        response = HttpResponse(made.content, content_type=kind)
    elif part:
        response = HttpResponse(made.content[part.start : part.stop], content_type=kind, status=206)
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    else:
        response = HttpResponse(content_type=kind, status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = made.tag
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _part_asked(request: HttpRequest, made: Made) -> range | None:
    """Which bytes are asked for: none of them where there are none such; `None` where it is all of them, several parts,
    or parts of what the file was before."""
    asked = _PART.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", made.tag) != made.tag:
        return None
    first, last = asked.groups()
    size = len(made.content)
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1) if last else size)
