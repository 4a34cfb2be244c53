"""The report page: one HTML file that opens offline and tells what a release holds, in words and drawings.

In: a `Told` (values that are redacted already) and a language. Out: text of HTML, and the same drawings as files; the
same for the same state. Needs no Django and no database.
"""
