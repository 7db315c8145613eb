"""Dates as the dataset writes them: a year, a month or a day, in ISO form.

A date is kept as its text (`2023`, `2023-03`, `2023-03-08`): the text sorts as the date
does, and nothing is made more exact than its source.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


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
