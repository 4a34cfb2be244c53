"""datapackage.json: what a release holds, as Frictionless Data describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ascertain.release.licensing import Licence
from ascertain.release.sums import sum_of
from ascertain.release.tables import TABLES, columns_of
from ascertain.taxonomy.layouts import LAYOUTS, layout_columns

_FORMS = {
    ".csv": ("csv", "text/csv"),
    ".geojson": ("geojson", "application/geo+json"),
    ".html": ("html", "text/html"),
    ".json": ("json", "application/json"),
    ".jsonl": ("jsonl", "application/jsonl"),
    ".md": ("md", "text/markdown"),
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".png": ("png", "image/png"),
    ".svg": ("svg", "image/svg+xml"),
    ".xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_FIELD_TYPES = {"list": "string"}
_KEYS = {table: ["id"] for table in ("incidents", "claims", "reports", "conditions", "negotiations")}
_LINKS = {"figures": ("incident", "incidents"), "claim_figures": ("claim", "claims"), "claims": ("report", "reports")}
_UNLISTED = ("datapackage.json",)


def data_package(folder: Path, *, name: str, title: str, version: str, created: str, licence: Licence, by: str) -> str:
    """The description of a release whose other files are all there, as JSON."""
    package: dict[str, object] = {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": version,
        "created": created,
        "contributors": [{"title": by, "role": "author"}],
        "resources": [_resource(folder, path) for path in _files(folder)],
    }
    if licence.url:
        package["licenses"] = [{"name": licence.id, "path": licence.url, "title": licence.name}]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _files(folder: Path) -> list[Path]:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [Path(name) for name in names if name not in _UNLISTED]


def _resource(folder: Path, path: Path) -> dict[str, object]:
    form, media = _FORMS.get(path.suffix, ("txt", "text/plain"))
    whole = folder / path
    resource: dict[str, object] = {
        "name": path.as_posix().lower().replace(".", "-").replace("/", "-").replace("_", "-"),
        "path": path.as_posix(),
        "format": form,
        "mediatype": media,
        "bytes": whole.stat().st_size,
        "hash": f"sha256:{sum_of(whole)}",
    }
    table = path.name.removesuffix(".csv")
    if path.parent == Path() and table in (*TABLES, "changes"):
        resource |= _tabular(_schema(table))
    elif table in LAYOUTS and path.suffix == ".csv":
        fields = [{"name": each.name, "type": each.type} for each in layout_columns(table)]
        resource |= _tabular({"fields": fields, "missingValues": [""]})
    else:
        resource["type"] = "file"
    return resource


def _tabular(schema: dict[str, object]) -> dict[str, object]:
    return {"type": "table", "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def _schema(table: str) -> dict[str, object]:
    fields = [
        {
            "name": each.name,
            "type": _FIELD_TYPES.get(each.type, each.type),
            "description": each.meaning,
            "rdfType": f"https://hxlstandard.org/standard/1-1final/dictionary/{each.hxl.split('+')[0]}",
        }
        for each in columns_of(table)
    ]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if table in _LINKS:
        schema["foreignKeys"] = _foreign(*_LINKS[table])
    return schema


def _foreign(field: str, other: str) -> Sequence[object]:
    return [{"fields": [field], "reference": {"resource": f"{other}-csv", "fields": ["id"]}}]
