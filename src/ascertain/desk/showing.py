"""Charts in the language of a page, as safe markup, and ranges in its words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascertain.release.charts import Range, Scale, Words, range_bar, told_range, words_of
from ascertain.release.page.wording import page_words


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
