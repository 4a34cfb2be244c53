"""The base map of one's own, by parts: browsers ask for the few tiles that they draw, of a file of any size."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from ascertain.desk.basemap import Stretch, Unsatisfiable, pieces, stretch_of
from ascertain.model import SettingsError, saying

_KIND = "application/vnd.pmtiles"


@require_safe
def base_map(request: HttpRequest) -> HttpResponseBase:
    """The file, or the stretch of it that is asked for."""
    if not settings.BASE_MAP:
        raise Http404
    file = Path(settings.BASE_MAP)
    try:
        there = file.stat()
    except OSError as error:
        told = saying("the base map {file} is there no more; put it back, or start the desk anew", file=str(file))
        raise SettingsError(told) from error
    version = f'"{there.st_mtime_ns:x}-{there.st_size:x}"'
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", version) != version:
        asked = ""
    headers = {"Accept-Ranges": "bytes", "ETag": version}
    try:
        stretch = stretch_of(asked, there.st_size)
    except Unsatisfiable:
        none = {"Content-Range": f"bytes */{there.st_size}"}
        return HttpResponse(status=416, headers={**headers, **none}, content_type=_KIND)
    headers["Content-Length"] = str(stretch.end - stretch.first)
    if not stretch.whole:
        headers["Content-Range"] = f"bytes {stretch.first}-{stretch.end - 1}/{there.st_size}"
    return _answer(request, file, stretch, headers)


def _answer(request: HttpRequest, file: Path, stretch: Stretch, headers: dict[str, str]) -> HttpResponseBase:
    status = 200 if stretch.whole else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=_KIND)
    return StreamingHttpResponse(pieces(file, stretch), status=status, headers=headers, content_type=_KIND)


urls = [path("base-map.pmtiles", base_map, name="base_map")]
