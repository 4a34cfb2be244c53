"""The report map: one HTML page with the places of reports on maps, beside the words that name them.

In: reports and their readings. Out: a page that holds all it needs, opens without a network and runs no script. What a
place does in the report is told by shape as well as colour; how far off it may be is drawn as a disc; the table of
places is the same in words, for those who do not see the maps.
"""

from ascertain.cli.report_map.page import report_map

__all__ = ["report_map"]
