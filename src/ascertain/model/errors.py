"""The errors that Ascertain raises, as one short tree.

AscertainError
├── InputError      a report or a file of reports that cannot be read
├── DataFileError   a lexicon, table or gazetteer file with a fault
├── SettingsError   an option or setting that cannot be followed
└── RecordError     a record that cannot be opened or written, or is not whole
    └── RefusedError    a decision that cannot be made
        └── StaleError      somebody else decided in the meantime
"""

from __future__ import annotations


class AscertainError(Exception):
    """Base of all errors raised on purpose; the message names the item, the field and what to do.

    A message that people read on pages is a `Saying`, so that it can be said in their language.
    """

    @property
    def said(self) -> str:
        """The message: a `Saying` where it was raised with one.

        >>> from ascertain.model import saying
        >>> RefusedError(saying("{incident} is locked", incident="i1")).said.form
        '{incident} is locked'
        """
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class InputError(AscertainError):
    """A report, or a file of reports, that cannot be read.

    Attributes:
        source: the file (or report id) at fault.
        line: 1-based line in `source`, where one can be named.
        remedy: what the person can do about it.
    """

    def __init__(self, problem: str, *, source: str, line: int | None = None, remedy: str) -> None:
        self.problem, self.source, self.line, self.remedy = problem, source, line, remedy
        place = source if line is None else f"{source}:{line}"
        super().__init__(f"{place}: {problem}; {remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.problem, self.source, self.line, self.remedy)


class DataFileError(InputError):
    """A lexicon, table or gazetteer file with a fault; names file, line and remedy like `InputError`."""


class SettingsError(AscertainError):
    """An option or setting that cannot be followed."""


class RecordError(AscertainError):
    """A record that cannot be opened or written, or is not whole."""


class RefusedError(RecordError):
    """A decision that cannot be made: the person may not, or what it is about does not allow it."""


class StaleError(RefusedError):
    """What a decision is about has changed since the person saw it; the message says how."""


def _rebuild(kind: type[InputError], problem: str, source: str, line: int | None, remedy: str) -> InputError:
    return kind(problem, source=source, line=line, remedy=remedy)
