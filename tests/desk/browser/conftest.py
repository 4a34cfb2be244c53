"""What is expected of a page may take a while where pages and browser share a slow machine with other tests."""

import time

from playwright.sync_api import Route, expect

expect.set_options(timeout=20_000)


def held(route: Route) -> None:
    """Let a request wait, as where the record is large, longer than fields wait for more to be typed."""
    time.sleep(0.6)
    route.continue_()
