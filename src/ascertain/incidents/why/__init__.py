"""Why: what one incident of a run rests on, for a person who asks a year later where the 13 comes from.

In: the folder of a run's results and the id of an incident. Out: a `Why`: sources, lineage, the ledger and the rules
that chose the figures, the grading, why its reports are together, and what came close.
"""

from ascertain.incidents.why.answer import LedgerEntry, Why
from ascertain.incidents.why.explain import explain
from ascertain.incidents.why.wording import in_one_line

__all__ = ["LedgerEntry", "Why", "explain", "in_one_line"]
