"""The report page: one HTML file that opens offline and tells what a release holds, in words and drawings.

In: a `Told` (values that are redacted already) and a language. Out: a `Page`, its HTML and the same drawings for files
of their own (`release.pictures`); the same for the same state. Needs no Django and no database.
"""

from ascertain.release.page.building import Page, report_page, report_pages
from ascertain.release.page.drawings import Drawing
from ascertain.release.page.told import About, Changed, Changes, Given, Publisher, Told, publishers_of
from ascertain.release.page.writing import told_in, write_page

__all__ = [
    "About",
    "Changed",
    "Changes",
    "Drawing",
    "Given",
    "Page",
    "Publisher",
    "Told",
    "publishers_of",
    "report_page",
    "report_pages",
    "told_in",
    "write_page",
]
