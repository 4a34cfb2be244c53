"""Intake: files, folders and standard input become reports.

In: what people have, as bytes (`documents.Original`). Out: reports with their text and metadata, or what was set aside,
with its reason and what to do about it (`inputs`, `received`, `documents`).
"""
