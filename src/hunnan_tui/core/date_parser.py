"""Dates as people type them, in English and Chinese: days, spans and lengths of time."""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
import unicodedata
from datetime import date
from typing import NamedTuple

from hunnan_tui.core.dates import (
    get_first_day,
    get_last_day,
    is_partial,
    shift,
)
from hunnan_tui.core.language import _, is_chinese

_PERIODS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "d"),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期"), "w"),
    **dict.fromkeys(("m", "month", "months", "月", "个月"), "m"),
    **dict.fromkeys(("y", "year", "years", "年"), "y"),
}
_CHINESE_PERIODS = {"d": "天", "w": "周", "m": "个月", "y": "年"}
_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_TODAY = ("today", "now", "今天")
_MOVED = rf"([+-])([0-9]{{1,5}})({_PERIOD})"
_LONG = rf"([0-9]{{1,5}})({_PERIOD})"
_TYPED = r"([0-9]{4})年?(?:(?:(?<=年)|[-./])([0-9]{1,2})月?(?:(?:(?<=月)|[-./])([0-9]{1,2})日?)?)?"
_WRITTEN = _TYPED + r"(?:[ tT][0-9]{2}:[0-9]{2}\S*)?"


class DateSpan(NamedTuple):
    """The days that a typed date means, with its canonical text."""

    text: str
    first: date
    last: date


def parse_span(text: str, today: date) -> DateSpan:
    """Read a typed date: `2023`, `2023-3`, `2023年3月`, `today`, `-90d`, `+2w`, `-1年`.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    plain = text.strip().casefold()
    if plain in _TODAY:
        return DateSpan("today", today, today)
    moved = re.fullmatch(_MOVED, plain)
    if moved:
        day = shift(today, int(moved[1] + moved[2]), _PERIODS[moved[3]])
        return DateSpan(f"{moved[1]}{int(moved[2])}{_PERIODS[moved[3]]}", day, day)
    written = read_date(plain)
    if not written:
        raise ValueError(
            _("{text!r} is no date: type 2023, 2023-03, 2023-03-08 or -90d").format(
                text=text
            )
        )
    return DateSpan(written, get_first_day(written), get_last_day(written))


def format_span(span: DateSpan) -> str:
    """Return a typed date as the language in use has it: `today`, `-90天`."""
    if not is_chinese():
        return span.text
    return "今天" if span.text == "today" else format_period(span.text)


def format_period(text: str) -> str:
    """Return a length of time as the language in use has it: `180d`, `180天`."""
    if not is_chinese() or text[-1:] not in _CHINESE_PERIODS:
        return text
    return f"{text[:-1]}{_CHINESE_PERIODS[text[-1]]}"


def read_date(text: str) -> str:
    """Return a written year, month or day as ISO text; empty if it is none.

    The year comes first, as in `2023/3/8` and `2023年3月`; a time behind it is left out.
    """
    match = re.fullmatch(_WRITTEN, text.strip())
    if match is None:
        return ""
    date = "-".join(part.zfill(2) for part in match.groups() if part)
    return date if is_partial(date) else ""


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
_SMALL = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


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
        _parse_near(plain, today)
        or _parse_weekday(plain, today)
        or _parse_later(plain, today)
        or _parse_month_day(plain, today)
    )
    if day is not None:
        return day
    try:
        span = parse_span(plain, today)
    except ValueError:
        span = None
    if span is None or span.first != span.last:
        raise ValueError(
            _("{text!r} is no day: type fri, 下周五, +2w, 12-01 or 2026-12-01").format(
                text=text.strip()
            )
        )
    return span.first


def _parse_near(plain: str, today: date) -> date | None:
    if plain in _NEAR:
        return shift(today, _NEAR[plain], "d")
    if plain in ("next month", "下个月", "下月"):
        return shift(today, 1, "m")
    if plain in ("month end", "月底"):
        return get_last_day(today.isoformat()[:7])
    return None


def _parse_weekday(plain: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(plain)
    if not match:
        return None
    weeks = len(re.findall("next|下", match[1]))
    if match[2]:
        sign = "日" if match[2] in "天7" else match[2]
        weekday = int(sign) - 1 if sign.isdecimal() else _NUMERALS.index(sign)
    else:
        named = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(match[3])]
        if len(named) != 1:
            return None
        weekday = named[0]
    ahead = weekday - today.weekday()
    return shift(today, ahead + 7 * weeks if weeks else ahead % 7, "d")


def _parse_later(plain: str, today: date) -> date | None:
    match = _LATER.fullmatch(plain)
    # a bare "3月" is a month, not a length of time
    if not match or (match[2] in "月日年" and not plain.endswith(("后", "後"))):
        return None
    if match[1] == "半":
        return shift(today, 6, "m") if _PERIODS[match[2]] == "y" else None
    count = _SMALL.get(match[1]) or int(match[1])
    return shift(today, count, _PERIODS[match[2]])


def _parse_month_day(plain: str, today: date) -> date | None:
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
        raise ValueError(
            _("{text!r} is no length of time: type 180d, 6w, 3m or 1y").format(
                text=text
            )
        )
    return int(match[1]), _PERIODS[match[2]]
