"""Fetching: an address becomes an original in a file, politely and safely.

In: addresses of http and https. Out: originals with the server's headers, or why there is none (`fetcher`). Names are
resolved and checked here (`addresses`), requests bounded (`connecting`, `decoding`), publishers' wishes kept
(`robots`, `pacing`).
"""

from ascertain.intake.fetching.addresses import ALL_PRIVATE, AddressRules, Resolver
from ascertain.intake.fetching.clock import Clock, WallClock
from ascertain.intake.fetching.errors import FetchError, RefusedError
from ascertain.intake.fetching.fetcher import Fetcher
from ascertain.intake.fetching.pacing import Pacing, backed_off
from ascertain.intake.fetching.settings import Fetched, FetchSettings, Validators
from ascertain.intake.fetching.urls import checked_url, without_credentials

__all__ = [
    "ALL_PRIVATE",
    "AddressRules",
    "Clock",
    "FetchError",
    "FetchSettings",
    "Fetched",
    "Fetcher",
    "Pacing",
    "RefusedError",
    "Resolver",
    "Validators",
    "WallClock",
    "backed_off",
    "checked_url",
    "without_credentials",
]
