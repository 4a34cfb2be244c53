"""Layouts of others: incidents as ACLED's and UCDP GED's files hold them, and back.

In: redacted incidents. Out: rows of 31 or 49 cells, or the reason why an incident has no place in the layout; what is
lost is named in `taxonomy/data/layout_losses.tsv`.
"""

from ascertain.release.layouts.acled import acled_row, incident_of_acled
from ascertain.release.layouts.ged import ged_row, incident_of_ged, priogrid_cell
from ascertain.release.layouts.parts import LeftOut

__all__ = ["LeftOut", "acled_row", "ged_row", "incident_of_acled", "incident_of_ged", "priogrid_cell"]
