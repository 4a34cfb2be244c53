"""Charts in the language of a page, as safe markup, and ranges in its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascertain.desk.naming import named
from ascertain.model import Saying
from ascertain.model.sayings import SayingValue
from ascertain.release.charts import Range, Scale, Words, range_bar, told_range, words_of
from ascertain.release.page.wording import page_words

Put = Callable[[str], str]


def words() -> Words:
    """The words of charts in the language of the page."""
    return words_of(get_language() or "en")


def as_markup(svg: str) -> SafeString:
    """A chart of `release.charts`, which escapes all that it is given, to stand in a page."""
    return mark_safe(svg)


def told(range: Range) -> str:
    """A range in the words of the page."""
    return told_range(range, words())


def area(country: str | None, admin1: str | None) -> str:
    """A country's first division, where it is known, and the country, by their names; empty where no country is told.

    >>> area("SD", "55"), area("SD", None)
    ('Northern Darfur, Sudan', 'Sudan')
    """
    return _(", ").join(page_words(get_language() or "en").area_parts(country, admin1)) if country else ""


def told_or_not(range: Range) -> str:
    """A range in the words of the page, where there is none that no number is told."""
    return _("no number told") if range.is_unknown else told(range)


def small_bars(ranges: Iterable[Range], scale: Scale) -> list[SafeString]:
    """A bar without letters for each range, all on one scale."""
    return [as_markup(range_bar(range, scale, words(), compact=True)) for range in ranges]


def worded(said: str) -> str:
    """A reason in the language of the page; text that is no `Saying` as it is.

    >>> from ascertain.model import saying
    >>> worded(saying("only {source} says so, in {reports}", source="police", reports=("r1", "r2")))
    'only police says so, in r1, r2'
    """
    return _put(said, str)


def worded_apart(said: str) -> SafeString:
    """The same as markup in which each value stands for itself, whichever way its letters are written."""
    return mark_safe(_put(said, lambda text: f"<bdi>{escape(text)}</bdi>" if text else "", escape))


def sentence(said: str) -> SafeString:
    """Why something was refused, as a sentence of its own in the language of the page, each value apart.

    >>> from ascertain.model import saying
    >>> sentence(saying("no {what}; look again", what="<b>"))
    'No <bdi>&lt;b&gt;</bdi>; look again.'
    """
    told = str(worded_apart(said)) if isinstance(said, Saying) else escape(said)
    return mark_safe(told[:1].upper() + told[1:] + ("" if told.endswith((".", "!", "؟")) else "."))


def _put(said: str, leaf: Put, frame: Put = str) -> str:
    """A reason with its values put in as `leaf` makes them, in a form as `frame` makes it."""
    if not isinstance(said, Saying):
        return leaf(str(said))
    form = frame(_(said.form))
    return form.format_map({name: _value(name, value, leaf, frame) for name, value in said.values.items()})


def _value(name: str, value: SayingValue, leaf: Put, frame: Put) -> str:
    if isinstance(value, tuple):
        return _(", ").join(_value(name, one, leaf, frame) for one in value)
    if isinstance(value, Saying):
        return _put(value, leaf, frame)
    return named(value) if name == "code" and isinstance(value, str) else leaf(str(value))
