"""Settings that all tests share: generated cases are the same on every run, and slow machines do not fail them.

Gazetteers that the developer added are not looked at.
"""

import os
import tempfile

from hypothesis import settings

os.environ["ASCERTAIN_DATA"] = tempfile.mkdtemp(prefix="ascertain-tests-")

settings.register_profile("ascertain", deadline=None, derandomize=True)
settings.load_profile("ascertain")
