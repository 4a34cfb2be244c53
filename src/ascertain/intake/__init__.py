"""Intake: files, folders, standard input, pages and feeds become reports.

In: what people have, as bytes (`documents.Original`). Out: reports with their text and metadata, or what was set aside,
with its reason and what to do about it (`inputs`, `received`, `documents`). What lies on the web is fetched politely
and safely (`fetching`), and feeds are watched for what is new (`watching`).
"""
