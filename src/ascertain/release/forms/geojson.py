"""GeoJSON (RFC 7946): a feature a row, without a geometry where the row has no position."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from ascertain.release.tables import Cell, Column, Row


class GeoJsonSink:
    """A GeoJSON file of one feature a line."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._names = [column.name for column in columns]
        self._lon, self._lat = self._names.index("lon"), self._names.index("lat")
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write('{"type":"FeatureCollection","features":[')
        self._between = "\n"

    def add(self, rows: Sequence[Row]) -> None:
        """Write some features."""
        for row in rows:
            self._file.write(f"{self._between}{self._feature(row)}")
            self._between = ",\n"

    def close(self) -> None:
        """End the file."""
        self._file.write("\n]}\n")
        self._file.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _feature(self, row: Row) -> str:
        lon, lat = row[self._lon], row[self._lat]
        geometry = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
        properties = {name: _told(cell) for name, cell in zip(self._names, row, strict=True)}
        feature = {"type": "Feature", "id": row[0], "geometry": geometry, "properties": properties}
        return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _told(cell: Cell) -> Cell | list[str]:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell
