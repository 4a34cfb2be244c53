"""Linking: which events of different reports are one event.

In: events. Out: groups of them. Pairs are found by day and neighbourhood and by rare words (`candidates`), scored by
Splink with the parameters of `model.toml` (`scores`), clustered so that no report is in a group with two of its events
(`clusters`), and cut where a group's own words divide it (`divide`). `index` does it for many at once or day by day.
"""
