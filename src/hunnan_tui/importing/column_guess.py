"""What a column is, from its heading and from what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from hunnan_tui.core.language import _
from hunnan_tui.core.written_money import parse_money, parse_unit
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.dates import NoDateError, OrderVotes, parse_date
from hunnan_tui.importing.header import find_known_field
from hunnan_tui.importing.import_map import ASK, LEFT_OUT, Target
from hunnan_tui.importing.table import Cell, to_text

_UNIQUE = (
    *("industry", "stage", "place", "district", "summary", "url", "name", "name_zh"),
    *("id", "period"),
)
"""Fields that the first column of their name fills."""
_CATEGORIES = {"stage": (30, 16), "industry": (200, 40)}
"""Fields of few words: how many there are at most, and how long they are on average."""
_FIGURES = re.compile(r"[-+]?[\d.,]+")
_OBJECT_LIST = "[]."


@dataclass(slots=True)
class TableColumn:
    """A column with what stands in it."""

    number: int
    """Counted from 0."""
    label: str
    values: list[Cell] = field(default_factory=list)
    """What stands in the first rows; blank and empty cells are left out."""

    @property
    def texts(self) -> list[str]:
        """Its values as texts."""
        return [to_text(value) for value in self.values]

    @property
    def last_label(self) -> str:
        """The last part of its heading; a unit behind a slash is no part."""
        label = self.label
        while True:
            head, unit = vocabulary.split_off(label)
            if not unit or not parse_unit(unit):
                return label.rpartition("/")[2] or label
            label = head

    @property
    def is_named_date(self) -> bool:
        """Whether its heading is that of dates."""
        return vocabulary.is_date(self.label)


class TableFacts(NamedTuple):
    """What holds for all columns of a table."""

    unit_text: str
    """What a row above the header says of all money."""
    decimal: str
    money_label: str
    """The column of the investment."""
    currency_label: str
    """The column that names the currency of each row."""


class ColumnGuess(NamedTuple):
    """What becomes of a column, and why."""

    target: Target
    why: str


def guess_column(
    column: TableColumn, facts: TableFacts, taken: set[str]
) -> ColumnGuess:
    """Return what becomes of a column.

    Args:
        column: The column.
        facts: What holds for its table.
        taken: The fields that other columns fill.
    """
    if why := _explain_left_out(column, facts):
        return ColumnGuess(Target(LEFT_OUT), why)
    label, known = column.label, find_known_field(column.label)
    if known == "id" and repeats(column.values):
        known = ""
    if label == facts.money_label:
        unit = find_unit(column, facts)
        why = _("a known word") if unit != ASK else _("a known word; in which unit?")
        return ColumnGuess(
            Target("investment", unit=unit, currency_column=facts.currency_label), why
        )
    if known in _CATEGORIES and not _is_category(column, _CATEGORIES[known]):
        known = ""
    if known in _UNIQUE and known not in taken:
        dates = _find_order(column) or "ymd" if known == "period" else ""
        return ColumnGuess(Target(known, dates=dates), _("a known word"))
    if known == "party":
        has_several = any(re.search(";|；", text) for text in column.texts)
        role = _guess_role(column)
        target = Target(f"parties:{role}", split=";" if has_several else "")
        return ColumnGuess(target, _("a known word"))
    if dates := guess_dates(column):
        why = (
            "dates"
            if dates != ASK
            else _("dates; does the day or the month come first?")
        )
        return ColumnGuess(Target(f"events:{column.last_label}", dates=dates), why)
    return ColumnGuess(
        Target(f"facts:{_make_fact_label(column, facts)}"),
        _("no field of that name"),
    )


def _explain_left_out(column: TableColumn, facts: TableFacts) -> str:
    folded = fold_last_label(column)
    if column.label == facts.currency_label:
        return _("the currency of each row")
    if vocabulary.is_person(strip_unit(column)):
        return _("on persons: left out unless you say otherwise")
    is_number = (
        folded in vocabulary.SERIAL_WORDS or find_known_field(column.label) == "id"
    )
    if is_number and counts_up(column.values):
        return _("counts the rows")
    if _OBJECT_LIST in column.label:
        key = vocabulary.fold_label(column.label.rpartition(".")[2])
        if key not in vocabulary.NAMING_KEYS:
            return _("a part of a list that is no name")
    return ""


def strip_unit(column: TableColumn) -> str:
    """Return the last part of a heading without what stands in brackets."""
    last = column.label.rpartition("/")[2] or column.label
    return vocabulary.strip_brackets(last)


def fold_last_label(column: TableColumn) -> str:
    """Return the last part of a heading as words are looked up."""
    return vocabulary.fold_label(strip_unit(column))


def counts_up(values: Sequence[Cell]) -> bool:
    """Return whether values are 1, 2, 3 …: a serial number, whatever it is called.

    It may begin again, and leave out what a filter has taken away.
    """
    numbers = []
    for value in values:
        text = to_text(value).strip().rstrip(".、")
        if not text.isdecimal() or len(text) > 7 or (len(text) > 1 and text[0] == "0"):
            return False
        numbers.append(int(text))
    if not numbers or numbers[0] not in (0, 1):
        return False
    steps = list(pairwise(numbers))
    return all(after in (before, before + 1, 1) for before, after in steps)


def repeats(values: Sequence[Cell]) -> bool:
    """Return whether a code stands for a class of rows rather than for one."""
    return len(values) > 4 and len(set(map(to_text, values))) * 2 < len(values)


def _is_category(column: TableColumn, limits: tuple[int, int]) -> bool:
    """Return whether a column holds few short words, not a report on each project."""
    most, longest = limits
    texts = column.texts
    length = sum(map(len, texts))
    return len(set(texts)) <= most and length <= longest * max(1, len(texts))


def _guess_role(column: TableColumn) -> str:
    last = column.last_label
    return last.partition("[]")[0] if "[]" in column.label else last


def _make_fact_label(column: TableColumn, facts: TableFacts) -> str:
    """Return the label of a fact; that of money says its unit."""
    last = column.last_label
    names_unit = bool(vocabulary.find_bracketed(last))
    if not facts.unit_text or names_unit or not vocabulary.is_money(column.label):
        return last
    return f"{last}（{facts.unit_text}）" if _is_number(column) else last


def _is_number(column: TableColumn) -> bool:
    return bool(column.values) and all(
        isinstance(value, int | Decimal) or _FIGURES.fullmatch(to_text(value))
        for value in column.values
    )


def find_unit(column: TableColumn, facts: TableFacts) -> str:
    """Return the unit of a column of money; `?` where nothing says it."""
    label = column.label
    for text in (*vocabulary.find_bracketed(label), vocabulary.split_off(label)[1]):
        for part in (text, *re.split(r"[:：,，\s]+", text)):
            if part and parse_unit(part):
                return part
    if facts.unit_text:
        return facts.unit_text
    has_unit = [
        parse_money(value, None, facts.decimal) is not None for value in column.values
    ]
    if has_unit and all(has_unit):
        return ""  # each cell names its own
    return "" if facts.currency_label or not has_unit else ASK


def guess_dates(column: TableColumn) -> str:
    """Return the order of a column's dates; empty if it holds none, `?` if unknown."""
    if not column.values:
        return ""
    order = _find_order(column)
    orders = (order,) if order else ("dmy", "mdy")
    right = 0
    for value in column.values:
        is_day = any(_is_date(value, order) for order in orders)
        is_bare = not isinstance(value, date) and to_text(value).isdecimal()
        # a bare number is a date only where the heading says so
        right += is_day and (column.is_named_date or not is_bare)
    needed = 0.3 if column.is_named_date else 0.8
    if right < max(1, needed * len(column.values)):
        return ""
    return order or ASK


def _find_order(column: TableColumn) -> str:
    votes = OrderVotes(is_date_column=column.is_named_date)
    for value in column.values:
        votes.add(value)
    return votes.order


def _is_date(value: Cell, order: str) -> bool:
    try:
        parse_date(value, order)
    except NoDateError:
        return False
    return True


def pick_money(columns: Iterable[TableColumn]) -> str:
    """Return the column of the investment: the total, if several speak of money."""
    money = [
        c for c in columns if find_known_field(c.label) == "investment" and c.values
    ]
    total = [c for c in money if "总" in c.label or "total" in c.label.casefold()]
    return next((c.label for c in (*total, *money)), "")
