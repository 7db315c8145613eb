"""Partial dates in ISO form, as a dataset states them: a year, a month or a day.

A date stays text (`2023`, `2023-03`, `2023-03-08`). Text sorts as the dates do, and no
date becomes more precise than its source.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache

from hunnan_tui.core.language import N_, _, pgettext

STALE_DAYS = 180
"""Days without news after which it is doubtful that a project still is as it was."""

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_SHORT_WEEKDAYS = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def is_partial(text: str) -> bool:
    """Return whether text is a year, a month or a day that exists."""
    try:
        get_first_day(text)
    except ValueError:
        return False
    return True


def _count_days(year: int, month: int) -> int:
    """Return the days of a month."""
    from calendar import monthrange  # a millisecond, with what it imports

    return monthrange(year, month)[1]


def get_first_day(text: str) -> date:
    """Return the first day that a partial date covers; ValueError if it is none."""
    year, month, day = _parse(text)
    return date(year, month or 1, day or 1)


def get_last_day(text: str) -> date:
    """Return the last day that a partial date covers; ValueError if it is none."""
    year, month, day = _parse(text)
    month = month or 12
    return date(year, month, day or _count_days(year, month))


@lru_cache(4_096)  # a large file has few days, each many times
def _parse(text: str) -> tuple[int, int, int]:
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(_("not a date: {text!r}").format(text=text))
    # a part that is left out counts from 1, a part that is written as 00 is no date
    if any(part is not None and not int(part) for part in match.groups()):
        raise ValueError(_("not a date: {text!r}").format(text=text))
    year, month, day = (int(part or 0) for part in match.groups())
    return year, month, day


def format_day(text: str) -> str:
    """Return a partial date as prose has it: `2023-08-21`, in Chinese `2023年8月21日`.

    Tables and files have ISO dates in every language; what is no date stays as it is.
    """
    if not is_partial(text):
        return text
    year, month, day = _parse(text)
    form = _("{year}-{month:02}-{day:02}")
    if not month:
        form = pgettext("a year without a month", "{year}")
    elif not day:
        form = _("{year}-{month:02}")
    return form.format(year=f"{year:04}", month=month, day=day)


def format_weekday(day: date) -> str:
    """Return the day of the week: `Monday`, `星期一`."""
    return _(_WEEKDAYS[day.weekday()])


def format_short_weekday(day: date) -> str:
    """Return the day of the week in few cells: `Mon`, `周一`."""
    return _(_SHORT_WEEKDAYS[day.weekday()])


def name_month(day: date) -> str:
    """Return the month of a day in few cells: `Mar`, `3月`."""
    return _(_MONTHS[day.month - 1])


def is_long_ago(text: str, today: date) -> bool:
    """Return whether a partial date ended over `STALE_DAYS` ago; False if it is none."""
    return is_partial(text) and (today - get_last_day(text)).days > STALE_DAYS


def format_age(text: str, today: date) -> str:
    """Return the days since a partial date in few cells: `97 d`, `1,200 d`."""
    return _("{days:,} d").format(days=(today - get_last_day(text)).days)


def to_minute(at: datetime) -> str:
    """Return a time as `0618-06-18 09:12`, in the time zone that it was written in."""
    return at.replace(tzinfo=None).isoformat(" ", "minutes")


def to_instant(at: datetime) -> timedelta:
    """Return the time since the year 1 in UTC; it may be negative.

    Unlike a `datetime` in UTC it exists for every `datetime`, even where the offset
    leads out of the calendar. A time without an offset is local.
    """
    offset = at.utcoffset()
    if offset is None:
        # the system knows no local time at the ends of the calendar
        with suppress(ValueError, OverflowError, OSError):
            offset = at.astimezone().utcoffset()
    start = datetime.min  # noqa: DTZ901  # both are without a zone
    return at.replace(tzinfo=None) - start - (offset or timedelta())


def shift(day: date, count: int, period: str) -> date:
    """Return a day moved by a number of days, weeks, months or years (d, w, m, y).

    The day of the month is kept or becomes the last one; it stops at the ends of the
    calendar.
    """
    if period in "dw":
        days = count * (7 if period == "w" else 1)
        return date.fromordinal(
            max(1, min(day.toordinal() + days, date.max.toordinal()))
        )
    months = day.year * 12 + day.month - 1 + count * (12 if period == "y" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= date.max.year:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, _count_days(year, month + 1)))
