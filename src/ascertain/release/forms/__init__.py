"""Forms: how tables become files, a handful of rows at a time.

In: columns, then rows in order. Out: a file that is the same for the same rows. Each form is a `Sink`: it is opened
with a path and columns, takes handfuls of rows, and is closed.
"""

from ascertain.release.forms.columnar import GeoParquetSink, ParquetSink
from ascertain.release.forms.delimited import CsvSink, plain_text, restored_text
from ascertain.release.forms.geojson import GeoJsonSink
from ascertain.release.forms.sink import Sink
from ascertain.release.forms.workbook import Workbook

__all__ = [
    "CsvSink",
    "GeoJsonSink",
    "GeoParquetSink",
    "ParquetSink",
    "Sink",
    "Workbook",
    "plain_text",
    "restored_text",
]
