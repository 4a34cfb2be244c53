"""What the record keeps, one concept a module."""

from ascertain.record.models.blobs import Blob, BlobChunk
from ascertain.record.models.chain import Chained, ChainEntry
from ascertain.record.models.coding import Coding, Sample, SampleItem
from ascertain.record.models.decisions import Decision, DecisionClaim
from ascertain.record.models.feeds import FeedEntry, FeedRow
from ascertain.record.models.found_by import FigureRow, TraitRow, WordsRow
from ascertain.record.models.incidents import Forward, IncidentClaim, IncidentRow, IncidentVersion
from ascertain.record.models.links import EventRow, LineageRow
from ascertain.record.models.marks import LinkParameters, RecordMark
from ascertain.record.models.people import Person, RoleChange
from ascertain.record.models.readings import ClaimRow, ReaderVersion, ReadingRow, Reread
from ascertain.record.models.receipts import Receipt
from ascertain.record.models.register import SourceNote
from ascertain.record.models.reports import ReportRow
from ascertain.record.models.set_aside import SetAsideRow
from ascertain.record.models.signing_in import Invitation, SignIn, Token

__all__ = [
    "Blob",
    "BlobChunk",
    "ChainEntry",
    "Chained",
    "ClaimRow",
    "Coding",
    "Decision",
    "DecisionClaim",
    "EventRow",
    "FeedEntry",
    "FeedRow",
    "FigureRow",
    "Forward",
    "IncidentClaim",
    "IncidentRow",
    "IncidentVersion",
    "Invitation",
    "LineageRow",
    "LinkParameters",
    "Person",
    "ReaderVersion",
    "ReadingRow",
    "Receipt",
    "RecordMark",
    "ReportRow",
    "Reread",
    "RoleChange",
    "Sample",
    "SampleItem",
    "SetAsideRow",
    "SignIn",
    "SourceNote",
    "Token",
    "TraitRow",
    "WordsRow",
]
