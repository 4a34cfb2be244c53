"""Attribution: who says what a report tells, as the report words it.

In: the lines of a page. Out: `Heard` for each line: the speakers of the line, and of each event in it.
"""

from ascertain.reading.attribution.listening import Heard, listen
from ascertain.reading.attribution.speakers import speaker_kind

__all__ = ["Heard", "listen", "speaker_kind"]
