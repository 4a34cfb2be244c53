"""Parquet, and GeoParquet where rows have positions: typed columns, lists as lists, in row groups of one size."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet as pq

from ascertain.release.tables import Column, Row

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}
ROW_GROUP = 10_000


def point(lon: float | None, lat: float | None) -> bytes | None:
    """A point as well-known binary; `None` where there is no position.

    >>> point(1.0, 2.0).hex()
    '0101000000000000000000f03f0000000000000040'
    """
    return None if lon is None or lat is None else struct.pack("<BIdd", 1, 1, lon, lat)


class ParquetSink:
    """A Parquet file."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._schema = self._schema_of(columns)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd", version="2.6")
        self._held: list[Row] = []

    def _schema_of(self, columns: Sequence[Column]) -> Any:
        return pa.schema([pa.field(each.name, _TYPES[each.type], metadata=_meaning(each)) for each in columns])

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows, as soon as they fill a row group."""
        self._held.extend(rows)
        while len(self._held) >= ROW_GROUP:
            self._write(self._held[:ROW_GROUP])
            del self._held[:ROW_GROUP]

    def close(self) -> None:
        """Write what is left, and end the file."""
        if self._held:
            self._write(self._held)
        self._writer.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._writer.close()

    def _write(self, rows: Sequence[Row]) -> None:
        self._writer.write_table(pa.table(self._arrays(rows), schema=self._schema), row_group_size=ROW_GROUP)

    def _arrays(self, rows: Sequence[Row]) -> list[Any]:
        parts = zip(*rows, strict=True)
        return [pa.array(part, type=_TYPES[each.type]) for each, part in zip(self._columns, parts, strict=True)]


class GeoParquetSink(ParquetSink):
    """A GeoParquet file (version 1.1): the rows, and a column `geometry` made of `lon` and `lat`."""

    def _schema_of(self, columns: Sequence[Column]) -> Any:
        names = [column.name for column in columns]
        self._lon, self._lat = names.index("lon"), names.index("lat")
        geometry = {"encoding": "WKB", "geometry_types": ["Point"], "edges": "planar"}
        geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
        schema = super()._schema_of(columns).append(pa.field("geometry", pa.binary()))
        return schema.with_metadata({"geo": json.dumps(geo, sort_keys=True)})

    def _arrays(self, rows: Sequence[Row]) -> list[Any]:
        points = [point(row[self._lon], row[self._lat]) for row in rows]  # type: ignore[arg-type]
        return [*super()._arrays(rows), pa.array(points, type=pa.binary())]


def _meaning(column: Column) -> dict[str, str]:
    return {"meaning": column.meaning, "hxl": column.hxl}
