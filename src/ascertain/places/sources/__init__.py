"""Sources of added gazetteers: files that people download, read as a stream of entries.

In: a file in one of the known forms. Out: `Entry`s, and a word to `told` for each row that is passed over with a fault.
"""

from ascertain.places.sources.forms import FORMS, Form, form_of
from ascertain.places.sources.source import Fault, Source

__all__ = ["FORMS", "Fault", "Form", "Source", "form_of"]
