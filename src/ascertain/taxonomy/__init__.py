"""Code lists and crosswalks, as data files with a source each.

In: nothing but the files under `data/`. Out: what an event code means and its words in ACLED and PLOVER, the codes of
means (weapons and methods), and PLOVER's word for the state of a negotiation. `read_table` reads and checks
tab-separated data files for any room.
"""

from ascertain.taxonomy.events import EventType, event_type, event_types
from ascertain.taxonomy.means import Means, means
from ascertain.taxonomy.negotiations import plover_of_status
from ascertain.taxonomy.tables import Row, read_table

__all__ = ["EventType", "Means", "Row", "event_type", "event_types", "means", "plover_of_status", "read_table"]
