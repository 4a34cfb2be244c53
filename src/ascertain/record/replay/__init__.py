"""Replay: what people decided, applied anew to what the reader and the linker found.

In: decisions in their order, readings, groups of events, incidents. Out: readings with claims added and rejected
(`amending`), groups merged and split (`grouping`), incidents with corrected values and their state (`values`). Nothing
here knows of a database: the same decisions on the same claims give the same incidents, whenever they are replayed.
"""
