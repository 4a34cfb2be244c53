"""How good a reading is: one scorer for each kind of data with known answers.

In: reports, their readings and incidents, and the answers. Out: one `Outcome` a report (tallies to sum, and what went
wrong), and from them a `Summary` a set. The scorers are pure functions; only `errors` and `accuracy.py` write.
"""
