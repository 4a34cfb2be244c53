"""The desk for an application server: `gunicorn ascertain.desk.wsgi`, of the record that
`ASCERTAIN_DATABASE` names."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

import ascertain.desk  # noqa: F401 -- starts Django with the desk's settings, before the record is imported
from ascertain.desk.serving import catch_up, use_base_map
from ascertain.desk.settings import team_fault
from ascertain.model import SettingsError
from ascertain.record.opening import open_record

if fault := team_fault():
    raise SettingsError(fault)
use_base_map()
record = open_record()
catch_up()
record.close()
application = get_wsgi_application()
