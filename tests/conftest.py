"""Settings that all tests share: generated cases are the same on every run, and slow machines do not fail them."""

from hypothesis import settings

settings.register_profile("ascertain", deadline=None, derandomize=True)
settings.load_profile("ascertain")
