"""What is expected of a page may take a while where pages and browser share a slow machine with other tests."""

from playwright.sync_api import expect

expect.set_options(timeout=20_000)
