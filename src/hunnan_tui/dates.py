"""Dates as the dataset writes them: a year, a month or a day, in ISO form.

A date is kept as its text (`2023`, `2023-03`, `2023-03-08`): the text sorts as the date
does, and nothing is made more exact than its source.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

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


def _length(year: int, month: int) -> int:
    """Return the days of a month."""
    from calendar import monthrange  # a millisecond, with what it imports

    return monthrange(year, month)[1]


def first_day(text: str) -> date:
    """Return the first day that a partial date covers; ValueError if it is none."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day that a partial date covers; ValueError if it is none."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or _length(year, month))


@lru_cache(4_096)  # a large file has few days, each many times
def _parts(text: str) -> tuple[int, int, int]:
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(f"not a date: {text!r}")
    year, month, day = (int(part or 0) for part in match.groups())
    if year < 1:
        raise ValueError(f"not a date: {text!r}")
    return year, month, day


class Span(NamedTuple):
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


_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_NUMERALS = "一二三四五六日"
_NEAR = {
    "today": 0,
    "今天": 0,
    "tomorrow": 1,
    "明天": 1,
    "后天": 2,
    "後天": 2,
    "大后天": 3,
}
_NO_DAY = ("", "none", "never", "无", "無", "不")
_NEXT = r"((?:next\s+|下)*)"
_WEEKDAY = re.compile(
    _NEXT
    + r"(?:(?:这|本)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天1-7])|([a-z]{3,9}))"
)
_LATER = re.compile(
    rf"(?:\+|in\s+)?([0-9]{{1,5}}|[一二两三四五六七八九十半])\s*({_PERIOD})(?:后|後|之后|内)?"
)
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:月|[-./])([0-9]{1,2})[日号]?")
_SMALL = {each: n for n, each in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def parse_day(text: str, today: date) -> date | None:
    """Read the day that somebody means to come back; None for `none` or nothing.

    `fri`, `周五` and `本周五` are the next such day, today included; `下周五` and
    `next fri` are that of the week after this one, as Chinese counts weeks, from
    Monday. `+2w`, `10d`, `3天后`, `两周后`; `tomorrow`, `后天`; `2026-12-01`,
    `2026/12/1`; `12-01`, `12月1日`, the next one to come; `next month`, `下个月`, the
    same day of it; `month end`, `月底`. In full-width characters too.

    Raises:
        ValueError: It is no day; the text says what is expected.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if plain in _NO_DAY:
        return None
    day = (
        _near(plain, today)
        or _on_weekday(plain, today)
        or _later(plain, today)
        or _in_year(plain, today)
    )
    if day is not None:
        return day
    try:
        span = parse_span(plain, today)
    except ValueError:
        span = None
    if span is None or span.first != span.last:
        raise ValueError(
            f"{text.strip()!r} is no day: type fri, 下周五, +2w, 12-01 or 2026-12-01"
        )
    return span.first


def _near(plain: str, today: date) -> date | None:
    if plain in _NEAR:
        return shifted(today, _NEAR[plain], "d")
    if plain in ("next month", "下个月", "下月"):
        return shifted(today, 1, "m")
    if plain in ("month end", "月底"):
        return last_day(f"{today:%Y-%m}")
    return None


def _on_weekday(plain: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(plain)
    if not match:
        return None
    weeks = len(re.findall("next|下", match[1]))
    if match[2]:
        sign = "日" if match[2] in "天7" else match[2]
        place = int(sign) - 1 if sign.isdecimal() else _NUMERALS.index(sign)
    else:
        named = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(match[3])]
        if len(named) != 1:
            return None
        place = named[0]
    ahead = place - today.weekday()
    return shifted(today, ahead + 7 * weeks if weeks else ahead % 7, "d")


def _later(plain: str, today: date) -> date | None:
    match = _LATER.fullmatch(plain)
    # a bare "3月" is a month, not a length of time
    if not match or (match[2] in "月日年" and not plain.endswith(("后", "後"))):
        return None
    if match[1] == "半":
        return shifted(today, 6, "m") if _PERIODS[match[2]] == "y" else None
    count = _SMALL.get(match[1]) or int(match[1])
    return shifted(today, count, _PERIODS[match[2]])


def _in_year(plain: str, today: date) -> date | None:
    """Return the next day with a month and a day, within the years that have it."""
    match = _MONTH_DAY.fullmatch(plain)
    for year in (
        range(today.year, min(today.year + 9, date.max.year + 1)) if match else ()
    ):
        try:
            day = date(year, int(match[1]), int(match[2]))  # type: ignore[index]
        except ValueError:
            continue
        if day >= today:
            return day
    return None


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
    return date(year, month + 1, min(day.day, _length(year, month + 1)))
