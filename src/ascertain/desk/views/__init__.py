"""The views, one module a page; each is thin."""
