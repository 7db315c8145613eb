"""One cell to a value of a project; what cannot be used is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hunnan_tui.core.errors import Level
from hunnan_tui.core.language import _
from hunnan_tui.core.written_money import Unit, parse_money, parse_number, parse_unit
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.dates import NoDateError, parse_date, parse_period
from hunnan_tui.importing.exported import read_listing
from hunnan_tui.importing.import_map import ASK, FIELDS, Target
from hunnan_tui.importing.problems import ProblemList
from hunnan_tui.importing.table import BETWEEN, Cell, Row, to_text
from hunnan_tui.importing.text_cells import join_lines
from hunnan_tui.importing.word_lists import WordList, split_words

_ZERO_DATES = re.compile(r"0+(?:[-./]0+){0,2}")
_HTTP = re.compile(r"https?://\S+")
_PERIOD_ENDS = ("开始", "结束")
"""What the events of a period are called."""


_LISTS = ("tags", "sources", "needs", "notes", "user_facts")


class ProjectDraft:
    """A project while the cells of its row are read."""

    __slots__ = ("_told", "column", "row", "values")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.column = 0
        """Which cell is being read."""
        self.values: dict[str, Any] = {}
        self._told: list[tuple[int, Level, str, str]] = []

    def tell(self, level: Level, message: str, hint: str = "") -> None:
        """Take note of a problem of the cell."""
        self._told.append((self.column, level, message, hint))

    def tell_problems(self, problems: ProblemList) -> None:
        """Bring the problems of the cells out: the row is a project."""
        for problem in self._told:
            problems.add(self.row.number, *problem)

    def append(self, key: str, value: object) -> None:
        """Add a value to a list of the project."""
        self.values.setdefault(key, []).append(value)

    def append_fact(self, label: str, text: str) -> None:
        """Add a fact."""
        self.append("facts", {"label": label, "value": text})


CellReader = Callable[[Cell, Target, ProjectDraft], None]


class CellReaders:
    """Readers of cells for one map."""

    def __init__(
        self,
        decimal: str,
        currency: str,
        stages: WordList,
        industries: WordList,
        columns: Mapping[str, int],
    ) -> None:
        """Take what holds for all cells of a table.

        Args:
            decimal: The sign before the fraction, in texts.
            currency: That of the dataset.
            stages: The words for stages.
            industries: The words for industries.
            columns: Where each column is.
        """
        self._decimal, self._currency = decimal, currency
        self._stages, self._industries = stages, industries
        self._columns = columns
        self._labels = {number: label for label, number in columns.items()}
        self._units: dict[str, Unit | None] = {}
        self._readers: Mapping[str, CellReader] = {
            "investment": self._read_investment,
            "investment_usd": self._read_dollars,
            "stage": self._read_stage,
            "industry": self._read_industry,
            "parties": self._read_party,
            "events": self._read_event,
            "facts": self._read_fact,
            "period": self._read_period,
            "stage_date": self._read_day,
            "follow_up": self._read_day,
            "url": self._read_url,
            "jobs": self._read_count,
            **dict.fromkeys(_LISTS, self._read_list),
        }

    def make_reader(self, target: Target) -> CellReader:
        """Return what reads the cells of a column."""
        if target.kind in self._readers:
            return self._readers[target.kind]
        return self._read_text if target.kind in FIELDS else self._read_own

    def add_industry(self, word: str, draft: ProjectDraft) -> None:
        """Add an industry that a heading names."""
        industry, _new = self._industries.assign_id(word, is_stage=False)
        draft.append("industries", industry)

    def _read_text(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        if not text.isprintable():
            text = text.replace(BETWEEN, "; ")
            if target.kind not in ("summary", "caveat", "id"):
                text = " ".join(text.splitlines())
        draft.values[target.kind] = text

    def _read_list(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        draft.values[target.kind] = read_listing(target.kind, to_text(cell))

    def _read_day(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        try:
            day = parse_date(cell, target.dates or "ymd").text
        except NoDateError as error:
            draft.tell(
                Level.WARNING,
                _("{text}: {error}: left out").format(text=text, error=error),
            )
            return
        is_full = len(day) == len("2023-03-08")
        draft.values[target.kind] = date.fromisoformat(day) if is_full else day
        if target.kind == "follow_up" and not is_full:
            draft.tell(Level.WARNING, _("{text}: no day: left out").format(text=text))
            del draft.values[target.kind]

    def _read_dollars(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        money = parse_money(cell, self._find_unit(target) or Unit(1), self._decimal)
        if money is None or money.value <= 0:
            draft.tell(Level.WARNING, _("{cell}: no amount").format(cell=to_text(cell)))
            return
        draft.values["investment_usd"] = money.value

    def _read_count(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        number = parse_number(to_text(cell), self._decimal)
        if number is None or number < 0 or number != number.to_integral_value():
            message = _("{cell}: no number: left out").format(cell=to_text(cell))
            draft.tell(Level.WARNING, message)
        else:
            draft.values[target.kind] = int(number)

    def _read_investment(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        unit = self._find_unit(target)
        if unit is None and target.currency_column:
            unit = Unit(1)
        money = parse_money(cell, unit, self._decimal)
        if money is None:
            draft.tell(
                Level.WARNING, _("{text}: no amount that can be read").format(text=text)
            )
            draft.values["investment_text"] = join_lines(text)
            return
        if money.value <= 0:
            level = Level.NOTE if money.value == 0 else Level.WARNING
            draft.tell(level, _("{text}: no amount").format(text=text))
            return
        currency = money.currency or (unit.currency if unit else "")
        if target.currency_column and not money.currency:
            currency = self._read_currency(target, draft) or currency
        gap = " " if target.unit.isascii() and target.unit else ""
        worded = text if money.has_own_unit else f"{text}{gap}{target.unit}"
        if currency and currency != self._currency:
            named = worded if money.currency else f"{text} {currency}"
            self._keep_foreign(named, currency, money.value, draft)
            return
        draft.values["investment"] = money.value
        if money.qualifier:
            draft.values["investment_qualifier"] = money.qualifier
        if money.is_other_unit and target.unit:
            message = _("{text}: the cell names another unit than the header").format(
                text=text
            )
            draft.tell(Level.WARNING, message)
        if money.is_rounded:
            draft.tell(
                Level.NOTE, _("{text}: rounded to whole units").format(text=text)
            )
        if money.qualifier or money.is_other_unit or money.is_rounded:
            draft.values["investment_text"] = join_lines(worded)

    def _keep_foreign(
        self, text: str, currency: str, value: int, draft: ProjectDraft
    ) -> None:
        """Keep an amount that is not in the currency of the dataset."""
        if currency == "USD":
            draft.values["investment_usd"] = value
            return
        draft.values["investment_text"] = join_lines(text)
        whose = (
            _("in {currency}").format(currency=self._currency)
            if self._currency
            else _("without a currency")
        )
        message = _(
            "{text}: an amount in {currency}, but the dataset is {whose}"
        ).format(text=text, currency=currency, whose=whose)
        draft.tell(Level.WARNING, message, _("kept as a text"))

    def _find_unit(self, target: Target) -> Unit | None:
        if target.unit not in self._units:
            self._units[target.unit] = parse_unit(target.unit) if target.unit else None
        return self._units[target.unit]

    def _read_currency(self, target: Target, draft: ProjectDraft) -> str:
        column = self._columns.get(target.currency_column)
        return (
            ""
            if column is None
            else to_text(draft.row.get_cell(column)).strip().upper()
        )

    def _read_stage(self, cell: Cell, _target: Target, draft: ProjectDraft) -> None:
        word = join_lines(to_text(cell))
        stage, is_unmapped = self._stages.assign_id(word, is_stage=True)
        if is_unmapped:
            message = _("{word}: a stage that the map does not name").format(word=word)
            known = vocabulary.find_stage(word)
            level = Level.NOTE if known else Level.WARNING
            taken = _(": taken as {stage}").format(stage=stage) if known else ""
            draft.tell(level, message + taken, _("add it to [stages] of the map"))
        if stage != ASK:
            draft.values["stage"] = stage

    def _read_industry(self, cell: Cell, _target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        if text.startswith("["):
            parts = [str(item) for item in read_listing("industries", text)]
        else:
            parts = split_words(text)
        ids = [self._industries.assign_id(word, is_stage=False)[0] for word in parts]
        draft.values["industries"] = list(dict.fromkeys(ids))

    def _read_party(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        if not target.label:
            draft.values["parties"] = read_listing("parties", text)
            return
        signs = {";": "[;；]", "": ""}.get(target.split, re.escape(target.split))
        pattern = f"{BETWEEN}|{signs}" if signs else BETWEEN
        known = draft.values.setdefault("parties", [])
        parts = re.split(pattern, text) if signs or BETWEEN in text else [text]
        for name in map(join_lines, parts):
            party = {"name": name, "role": target.label}
            if name and party not in known:
                known.append(party)

    def _read_event(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        if not target.label:
            draft.values["events"] = read_listing("events", text)
            return
        try:
            day = parse_date(cell, target.dates or "ymd")
        except NoDateError as error:
            if _ZERO_DATES.fullmatch(text.strip()):
                draft.tell(Level.NOTE, _("{text}: no date").format(text=text))
            elif error.is_text:
                draft.tell(
                    Level.WARNING,
                    _("{text} is no date: kept as a fact").format(text=text),
                )
                draft.append_fact(target.label, text)
            else:
                draft.tell(
                    Level.WARNING,
                    _("{text}: {error}: left out").format(text=text, error=error),
                )
            return
        if day.is_partial_zero:
            draft.tell(
                Level.NOTE,
                _("{text}: taken as {kind}").format(text=text, kind=day.text),
            )
        draft.append("events", {"date": day.text, "what": target.label})

    def _read_period(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        start, end, faults = parse_period(cell, target.dates or "ymd")
        for fault in faults:
            draft.tell(Level.WARNING, fault)
        for day, what in zip((start, end), _PERIOD_ENDS, strict=True):
            if day is not None:
                draft.append("events", {"date": day.text, "what": what})
        if start is None and end is None:
            draft.append_fact(self._labels[draft.column], to_text(cell))

    def _read_fact(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        text = to_text(cell)
        if target.label:
            draft.append_fact(target.label, text.replace(BETWEEN, "; "))
        else:
            draft.values["facts"] = read_listing("facts", text)

    def _read_url(self, cell: Cell, _target: Target, draft: ProjectDraft) -> None:
        url = to_text(cell).strip()
        if not _HTTP.fullmatch(url):
            draft.tell(
                Level.WARNING, _("{url}: not http, left out").format(url=url[:40])
            )
            return
        draft.values["url"] = url

    def _read_own(self, cell: Cell, target: Target, draft: ProjectDraft) -> None:
        """Read a field of the user's own; a value of another type stays text."""
        text = to_text(cell).replace(BETWEEN, "; ")
        kind = target.type or ("amount" if target.unit else "")
        value: Any = text
        if not kind and not isinstance(cell, str):
            value = float(cell) if isinstance(cell, Decimal) else cell
        elif kind == "amount":
            money = parse_money(cell, self._find_unit(target) or Unit(1), self._decimal)
            value = money.value if money else None
        elif kind == "number":
            number = parse_number(text, self._decimal)
            is_whole = number is not None and number == number.to_integral_value()
            value = int(number) if number is not None and is_whole else number
            value = float(value) if value is not None and not is_whole else value
        elif kind == "date":
            try:
                value = parse_date(cell, target.dates or "ymd").text
            except NoDateError:
                value = None
        if value is None:
            draft.tell(
                Level.WARNING,
                _("{text}: no {kind}: kept as a text").format(text=text, kind=kind),
            )
            value = text
        draft.values[target.to] = value
