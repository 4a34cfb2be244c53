"""Settings that all tests share: generated cases are the same on every run, and slow machines do not fail them.

Gazetteers that the developer added are not looked at. Django runs with the desk's settings, which hold
all of the record's.
"""

import os
import tempfile

import django
from hypothesis import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "ascertain.desk.settings"
django.setup()
os.environ["ASCERTAIN_DATA"] = tempfile.mkdtemp(prefix="ascertain-tests-")

settings.register_profile("ascertain", deadline=None, derandomize=True)
settings.load_profile("ascertain")
