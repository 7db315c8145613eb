"""Dates as the dataset writes them: a year, a month or a day, in ISO form.

A date is kept as its text (`2023`, `2023-03`, `2023-03-08`): the text sorts as the date
does, and nothing is made more exact than its source.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

_PERIODS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "d"),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期"), "w"),
    **dict.fromkeys(("m", "month", "months", "月", "个月"), "m"),
    **dict.fromkeys(("y", "year", "years", "年"), "y"),
}
_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_TODAY = ("today", "now", "今天")
_MOVED = rf"([+-])([0-9]{{1,5}})({_PERIOD})"
_LONG = rf"([0-9]{{1,5}})({_PERIOD})"
_TYPED = r"([0-9]{4})年?(?:(?:(?<=年)|[-./])([0-9]{1,2})月?(?:(?:(?<=月)|[-./])([0-9]{1,2})日?)?)?"


def is_partial(text: str) -> bool:
    """Return whether text is a year, a month or a day that exists."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> date:
    """Return the first day that a partial date covers; ValueError if it is none."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day that a partial date covers; ValueError if it is none."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(text: str) -> tuple[int, int, int]:
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(f"not a date: {text!r}")
    year, month, day = (int(part or 0) for part in match.groups())
    if year < 1:
        raise ValueError(f"not a date: {text!r}")
    return year, month, day


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a typed date means, with its canonical text."""

    text: str
    first: date
    last: date


def parse_span(text: str, today: date) -> Span:
    """Read a typed date: `2023`, `2023-3`, `2023年3月`, `today`, `-90d`, `+2w`, `-1年`.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    plain = text.strip().casefold()
    if plain in _TODAY:
        return Span("today", today, today)
    moved = re.fullmatch(_MOVED, plain)
    if moved:
        day = shifted(today, int(moved[1] + moved[2]), _PERIODS[moved[3]])
        return Span(f"{moved[1]}{int(moved[2])}{_PERIODS[moved[3]]}", day, day)
    parts = re.fullmatch(_TYPED, plain)
    written = (
        "-".join(part.zfill(2) for part in parts.groups() if part) if parts else ""
    )
    if not is_partial(written):
        raise ValueError(f"{text!r} is no date: type 2023, 2023-03, 2023-03-08 or -90d")
    return Span(written, first_day(written), last_day(written))


def parse_age(text: str) -> tuple[int, str]:
    """Read a typed length of time such as `180d`, `6m` or `1年`: number and period.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    match = re.fullmatch(_LONG, text.strip().casefold())
    if not match:
        raise ValueError(f"{text!r} is no length of time: type 180d, 6w, 3m or 1y")
    return int(match[1]), _PERIODS[match[2]]


def shifted(day: date, count: int, period: str) -> date:
    """Return the day some days, weeks, months or years (d, w, m, y) from another.

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
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))
