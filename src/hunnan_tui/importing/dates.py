"""Dates in the cells of a table; the order of day and month is that of the column."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hunnan_tui.core.language import _
from hunnan_tui.importing.table import Cell, to_text

YEARS = range(1900, 2101)
ORDERS = ("ymd", "dmy", "mdy", "yyyymmdd", "excel-1900", "excel-1904")
SERIALS = range(20_000, 80_001)
"""Numbers of days that a spreadsheet may mean, from 1954 to 2119."""
_EPOCHS = {"excel-1900": date(1899, 12, 30), "excel-1904": date(1904, 1, 1)}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar styczeń stycznia sty janeiro enero janvier",
            "feb february februar luty lutego lut fevereiro fev febrero février",
            "mar march märz mär mrz marzec marca março marzo mars",
            "apr april kwiecień kwietnia kwi abril abr avril",
            "may mai maj maja maio mayo",
            "jun june juni czerwiec czerwca cze junho junio juin",
            "jul july juli lipiec lipca lip julho julio juillet",
            "aug august sierpień sierpnia sie agosto ago août",
            "sep sept september wrzesień września wrz setembro set septiembre septembre",
            "oct october oktober okt październik października paź outubro out octubre octobre",
            "nov november listopad listopada lis novembro noviembre novembre",
            "dec december dezember dez grudzień grudnia gru dezembro diciembre décembre",
        ),
        1,
    )
    for name in names.split()
}
_CHINESE = re.compile(
    r"([0-9]{4})年(?:([0-9]{1,2})月(?:份)?(?:([0-9]{1,2})[日号]?)?)?(?:底|初|末)?"
)
_YMD = re.compile(r"([0-9]{4})(?:([-./])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_THREE = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-./]([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})[-. ]+([^\W\d_]{3,12})\.?[-., ]+([0-9]{4}|[0-9]{2})")
_NAMED_FIRST = re.compile(
    r"([^\W\d_]{3,12})\.?[-., ]+(?:([0-9]{1,2})(?:st|nd|rd|th)?[-., ]+)?([0-9]{4})"
)
_CLOCK = re.compile(
    r"[ t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:am|pm|z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_DIGITS = re.compile(r"[0-9]{8}")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_RANGE = re.compile(r"\s*(?:至|到|~|～|—|–|--+)\s*")
_TWO_DIGIT_TURN = 70
"""Years of two digits from here on are of the last century."""


class CellDate(NamedTuple):
    """A date of a cell, as the dataset writes dates: `2023`, `2023-03` or `2023-03-08`."""

    text: str
    is_partial_zero: bool = False
    """Whether a month or day of 00 was left out."""


class NoDateError(ValueError):
    """What stands in the cell is no date; the text says why."""

    is_text = False
    """Whether it does not even look like a date."""


class NotLikeDateError(NoDateError):
    """A text that does not look like a date."""

    is_text = True


class OrderVotes:
    """What the dates of a column say of the order of day and month."""

    def __init__(self, *, is_date_column: bool) -> None:
        """Begin with no dates.

        Args:
            is_date_column: Whether its heading says that it holds dates: only then can
                a bare number be one.
        """
        self._is_date_column = is_date_column
        self._cells: Counter[Cell] = Counter()  # few days, each many times
        self._day_first = self._month_first = self._either = 0
        self._serials = self._digits = self._all = 0
        self._has_dots = False

    def add(self, cell: Cell) -> None:
        """Take note of a cell."""
        self._cells[cell] += 1

    def _count(self, cell: Cell, times: int) -> None:
        if cell is None or isinstance(cell, date):
            return
        text = _CLOCK.sub("", _normalize(cell))
        self._all += times
        if match := _THREE.fullmatch(text):
            first, second = int(match[1]), int(match[3])
            self._day_first += first > 12
            self._month_first += second > 12
            self._either += first <= 12 and second <= 12 and first != second
            self._has_dots |= match[2] == "."
        elif self._is_date_column and _is_serial(text):
            self._serials += times
        elif _DIGITS.fullmatch(text):
            self._digits += times

    @property
    def order(self) -> str:
        """The order; empty if it is not told.

        `ymd` says that nothing has to be known: years stand first, or months have names.
        """
        for cell, times in self._cells.items():
            self._count(cell, times)
        self._cells.clear()
        if self._serials and self._serials * 2 >= self._all:
            return "excel-1900"
        if self._digits and self._digits * 2 >= self._all:
            return "yyyymmdd"
        if self._day_first and not self._month_first:
            return "dmy"
        if self._month_first and not self._day_first:
            return "mdy"
        if not self._either and not self._day_first:
            return "ymd"
        # who writes dots puts the day first
        return "dmy" if self._has_dots and not self._month_first else ""


@lru_cache(2_000, typed=True)  # a table has few days, each many times
def parse_date(cell: Cell, order: str) -> CellDate:
    """Read the date of a cell.

    Args:
        cell: The cell, not empty.
        order: One of `ORDERS`.

    Raises:
        NoDateError: It is none.
    """
    if isinstance(cell, datetime):
        return _make_day(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _make_day(cell.year, cell.month, cell.day)
    text = _normalize(cell)
    if order in _EPOCHS and _SERIAL.fullmatch(text):
        return _from_serial(text, order)
    text = _CLOCK.sub("", text)
    if match := _CHINESE.fullmatch(text) or _match_chinese(text):
        return _make_date(match[1], match[2], match[3])
    if match := _YMD.fullmatch(text):
        return _make_date(match[1], match[3], match[4])
    if _DIGITS.fullmatch(text) and (order == "yyyymmdd" or int(text[:4]) in YEARS):
        return _make_date(text[:4], text[4:6], text[6:])
    if match := _MONTH_YEAR.fullmatch(text):
        return _make_date(match[2], match[1], None)
    if match := _THREE.fullmatch(text):
        if order not in ("dmy", "mdy"):
            raise NoDateError(
                _("whether the day or the month comes first is not known")
            )
        day, month = (match[1], match[3]) if order == "dmy" else (match[3], match[1])
        return _make_date(_complete_year(match[4]), month, day)
    if (match := _NAMED.fullmatch(text)) and match[2] in _MONTHS:
        return _make_date(_complete_year(match[3]), str(_MONTHS[match[2]]), match[1])
    if (match := _NAMED_FIRST.fullmatch(text)) and match[1] in _MONTHS:
        return _make_date(match[3], str(_MONTHS[match[1]]), match[2])
    raise NotLikeDateError(_("no date"))


def parse_period(
    cell: Cell, order: str
) -> tuple[CellDate | None, CellDate | None, list[str]]:
    """Read `2018.01-2020.12`, `2019.05-`, `2024年3月至2026年10月`: start, end, faults."""
    text = _normalize(cell)
    parts = _RANGE.split(text, maxsplit=1)
    if len(parts) == 1:
        # a hyphen stands between, unless the parts are written with hyphens themselves
        parts = re.split(r"\s+-\s+", text, maxsplit=1)
    if len(parts) == 1:
        parts = text.split("-", 1) if text.count("-") == 1 else _split_period(text)
    ends: list[CellDate | None] = []
    faults = []
    for part in (*parts, "")[:2]:
        if not part.strip():
            ends.append(None)
            continue
        try:
            ends.append(parse_date(part, order))
        except NoDateError as error:
            faults.append(f"{part.strip()}: {error}")
            ends.append(None)
    return ends[0], ends[1], faults


def _split_period(text: str) -> list[str]:
    marks = [index for index, sign in enumerate(text) if sign == "-"]
    if len(marks) % 2:
        middle = marks[len(marks) // 2]
        return [text[:middle], text[middle + 1 :]]
    return [text]


def _normalize(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", to_text(cell)).casefold().strip()


def _match_chinese(text: str) -> re.Match[str] | None:
    return re.fullmatch(r"([0-9]{4})[-./ ]?([0-9]{1,2})月(?:([0-9]{1,2})[日号])?", text)


def _is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(text) is not None and int(Decimal(text)) in SERIALS


def _from_serial(text: str, order: str) -> CellDate:
    days = int(Decimal(text))
    if days not in SERIALS:
        raise NoDateError(_("no number of days that a spreadsheet means"))
    day = _EPOCHS[order] + timedelta(days=days)
    return CellDate(day.isoformat())


def _complete_year(text: str) -> str:
    if len(text) == 4:
        return text
    return str((1900 if int(text) >= _TWO_DIGIT_TURN else 2000) + int(text))


def _make_date(year: str, month: str | None, day: str | None) -> CellDate:
    if int(year) not in YEARS:
        raise NoDateError(
            _("no date")
            if int(year) == 0
            else _("no such year: {year}").format(year=year)
        )
    if not month:
        return CellDate(year)
    if int(month) == 0:
        return CellDate(year, is_partial_zero=True)
    if not 1 <= int(month) <= 12:
        raise NoDateError(_("no such month"))
    if not day:
        return CellDate(f"{year}-{int(month):02}")
    if int(day) == 0:
        return CellDate(f"{year}-{int(month):02}", is_partial_zero=True)
    return _make_day(int(year), int(month), int(day))


def _make_day(year: int, month: int, day: int) -> CellDate:
    if year not in YEARS:
        raise NoDateError(_("no such year: {year}").format(year=year))
    try:
        return CellDate(date(year, month, day).isoformat())
    except ValueError as error:
        raise NoDateError(_("no such day")) from error
