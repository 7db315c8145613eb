"""Rows of a table to projects, by a map; every cell that cannot be used is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hunnan_tui.core.errors import Level
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.dates import NoDateError, parse_date, parse_period
from hunnan_tui.importing.import_map import ASK, LEFT_OUT, ImportMap, Target
from hunnan_tui.importing.json_rows import BETWEEN
from hunnan_tui.importing.layout import Body, Layout, Skipped
from hunnan_tui.importing.money import Unit, parse_money, parse_number, parse_unit
from hunnan_tui.importing.table import Cell, CellProblem, Table, TableError, as_text
from hunnan_tui.importing.text_cells import (
    clean_text,
    has_tags,
    hash_key,
    join_key,
    make_name_slug,
    make_slug,
    without_tags,
)

_OUTLIER = 1_000
"""An amount of so many times the median is told."""
_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{2}", re.IGNORECASE)
_EXACT = 10**15
"""Whole numbers from here on have lost digits in a spreadsheet."""
_ZERO_DATES = re.compile(r"0+(?:[-./]0+){0,2}")


class Imported(NamedTuple):
    """One project of a table: values for the keys of a project in the file."""

    id: str
    key: str
    """What it is known by the next time."""
    row: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Conversion:
    """What a table gives."""

    projects: list[Imported] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    stages: dict[str, str] = field(default_factory=dict)
    """The name of each stage in use by its id, in the order of the map."""
    industries: dict[str, str] = field(default_factory=dict)

    @property
    def has_left_out(self) -> bool:
        """Whether rows are missing that should have become projects."""
        return any(problem.level is Level.ERROR for problem in self.problems)


def convert(table: Table, layout: Layout, made: ImportMap) -> Conversion:
    """Return the projects of a table.

    Raises:
        TableError: The map names a column that is not there, or leaves questions open.
    """
    _check(layout, made)
    return _Converter(table, layout, made).run()


def _check(layout: Layout, made: ImportMap) -> None:
    if missing := [label for label in (*made.columns, *made.key) if label not in layout.labels]:
        names = ", ".join(filter(None, layout.labels))
        raise TableError(
            f"The map names a column {missing[0]!r} that the table does not have "
            f"(it has {names}: change the map, or write a new one)"
        )
    if not any(target.kind == "name" for target in made.columns.values()):
        raise TableError("No column is the name of a project (map one to \"name\")")
    if made.questions:
        raise TableError("The map leaves open: " + "; ".join(made.questions))


class _Converter:
    def __init__(self, table: Table, layout: Layout, made: ImportMap) -> None:
        self._table, self._layout, self._map = table, layout, made
        self._done = Conversion(skipped=list(layout.skipped))
        self._empty = {word.casefold() for word in made.empty}
        self._places = {label: n for n, label in enumerate(layout.labels) if label}
        self._columns = [
            (self._places[label], target, self._reader(target))
            for label, target in made.columns.items()
            if target.to != LEFT_OUT
        ]
        self._html = {place for place, *_ in self._columns if self._is_html(place)}
        self._filled: dict[int, Cell] = {}
        self._fill = [self._places[label] for label in made.fill_down if label in self._places]
        self._seen: dict[str, tuple[int, tuple[Cell, ...]]] = {}
        self._ids: dict[str, str] = {}
        self._stages = dict(made.stages)
        self._industries = dict(made.industries)

    def run(self) -> Conversion:
        for broken in self._table.broken:
            self._tell(broken.number, None, Level.ERROR, broken.reason.removeprefix("not JSON: ") and "not JSON", broken.reason)
        for body in self._layout.bodies:
            self._read(body)
        self._tell_counts()
        self._tell_outliers()
        done = self._done
        for word, id in self._stages.items():
            if id not in done.stages and any(p.values.get("stage") == id for p in done.projects):
                known = vocabulary.STAGE_NAMES.get(id)
                done.stages[id] = word if known is None else id
        used = {each for p in done.projects for each in p.values.get("industries", ())}
        done.industries = {id: word for word, id in self._industries.items() if id in used}
        done.problems.sort(key=self._order)
        return done

    def _order(self, problem: CellProblem) -> tuple[int, str]:
        digits = re.search(r"([0-9]+)(?::[^:]*)?$", problem.where)
        return int(digits[1]) if digits else 0, problem.where

    # one row

    def _read(self, body: Body) -> None:
        row = body.row
        for place in self._fill:
            if (cell := self._cell(body, place)) is not None:
                self._filled[place] = cell
        values: dict[str, Any] = {}
        for place, target, read in self._columns:
            cell = self._cell(body, place)
            if cell is None and place in self._fill:
                cell = self._filled.get(place)
            if cell is None:
                continue
            if place not in self._fill or self._cell(body, place) is not None:
                pass
            if isinstance(cell, str) and self._is_empty(cell):
                self._tell_empty(row.number, place, target, cell)
                continue
            if isinstance(cell, str):
                cell = self._clean(cell, row.number, place)
                if not cell:
                    continue
            read(cell, target, values, row.number, place)
        if body.section and body.section.name and "industries" not in values:
            values["industries"] = [self._industry(body.section.name)]
        self._add(body, values)

    def _cell(self, body: Body, place: int) -> Cell:
        cells = body.row.cells
        return cells[place] if place < len(cells) else None

    def _is_empty(self, text: str) -> bool:
        return text.strip().casefold() in self._empty

    def _tell_empty(self, row: int, place: int, target: Target, text: str) -> None:
        if target.kind in ("events", "period", "investment") and len(text.strip()) > 1:
            what = "amount" if target.kind == "investment" else "date"
            self._tell(row, place, Level.NOTE, f"{text.strip()}: no {what}, left out")

    def _clean(self, text: str, row: int, place: int) -> str:
        parts = [clean_text(part) for part in text.split(BETWEEN)]
        hidden = [character for part in parts for character in part.hidden]
        private = any(part.has_private for part in parts)
        if hidden or private:
            said = []
            if hidden:
                names = ", ".join(dict.fromkeys(f"U+{ord(each):04X}" for each in hidden))
                said.append(f"{len(hidden)} characters that cannot be seen were removed: {names}")
            if private:
                said.append("a private-use character kept")
            self._tell(row, place, Level.NOTE, "; ".join(said))
        if any(part.is_damaged for part in parts):
            message = "a replacement character: the text was damaged before"
            self._tell(row, place, Level.WARNING, message)
        texts = [without_tags(part.text) if place in self._html else part.text for part in parts]
        return BETWEEN.join(texts)

    def _add(self, body: Body, values: dict[str, Any]) -> None:
        row = body.row.number
        name = values.get("name", "")
        if not name:
            self._leave_out(row, None, Level.ERROR, "no name")
            return
        key_texts = [self._key_text(body, label) for label in self._map.key]
        key = join_key(key_texts) if any(key_texts) else join_key((name,))
        id = self._id(body, values, key, key_texts)
        if id is None:
            return
        if key in self._seen:
            self._add_again(body, key, id, values)
            return
        self._seen[key] = row, self._compared(body)
        if id in self._ids:
            message = f"the id {id!r} is that of {self._ids[id]!r} already"
            self._leave_out(row, self._id_place(), Level.ERROR, message)
            return
        self._ids[id] = name
        self._done.projects.append(Imported(id, key, row, values))

    def _add_again(self, body: Body, key: str, id: str, values: dict[str, Any]) -> None:
        row = body.row.number
        first, cells = self._seen[key]
        place = self._id_place()
        if place is None:
            place = self._place_of("name")
        if cells == self._compared(body):
            message = f"the same project as in row {first}: left out"
            self._leave_out(row, place, Level.WARNING, message, f"the same as row {first}")
        elif self._map.duplicates == "first":
            self._leave_out(row, place, Level.WARNING, f"second row of {id}: the first counts")
        elif self._map.duplicates == "merge":
            self._merge(key, values)
        else:
            what = as_text(self._cell(body, place)) if place is not None else id
            message = f"second row of {what}, with other facts"
            hint = 'add a column to the key, or duplicates = "merge"'
            self._leave_out(row, place, Level.ERROR, message, f"{what} stands in row {first} already", hint)

    def _merge(self, key: str, values: Mapping[str, Any]) -> None:
        projects = self._done.projects
        place = next(n for n, each in enumerate(projects) if each.key == key)
        merged = dict(projects[place].values)
        for name, value in values.items():
            old = merged.get(name)
            if old is None:
                merged[name] = value
            elif isinstance(old, list):
                merged[name] = old + [each for each in value if each not in old]
        projects[place] = projects[place]._replace(values=merged)

    def _compared(self, body: Body) -> tuple[Cell, ...]:
        return tuple(self._cell(body, place) for place, *_ in self._columns)

    def _id(
        self, body: Body, values: dict[str, Any], key: str, texts: list[str]
    ) -> str | None:
        row, place = body.row.number, self._id_place()
        code = values.pop("id", "")
        if place is None:
            return hash_key(key)
        cell = self._cell(body, place)
        if (isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) >= _EXACT) or (
            _LOST_DIGITS.fullmatch(as_text(cell))
        ):
            message = f"{as_text(cell)}: a code that has lost digits in a spreadsheet"
            self._leave_out(row, place, Level.ERROR, message, "", "store the column as text")
            return None
        if not code:
            self._tell(row, place, Level.WARNING, "no code: known by its name", "")
            return hash_key(key)
        if self._map.id == "hash":
            return hash_key(key)
        return make_slug(code) or hash_key(key)

    def _key_text(self, body: Body, label: str) -> str:
        cell = self._cell(body, self._places[label])
        return as_text(cell).replace(BETWEEN, "; ") if cell is not None else ""

    def _id_place(self) -> int | None:
        return self._place_of("id")

    def _place_of(self, kind: str) -> int | None:
        return next((place for place, target, _ in self._columns if target.kind == kind), None)

    # one cell

    def _reader(self, target: Target) -> Callable[[Cell, Target, dict[str, Any], int, int], None]:
        readers = {
            "investment": self._read_investment,
            "stage": self._read_stage,
            "industry": self._read_industry,
            "parties": self._read_party,
            "events": self._read_event,
            "facts": self._read_fact,
            "period": self._read_period,
            "url": self._read_url,
        }
        simple = ("id", "name", "name_zh", "place", "district", "summary")
        if target.kind in simple:
            return self._read_text
        return readers.get(target.kind, self._read_own)

    def _read_text(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        text = as_text(cell).replace(BETWEEN, "; ")
        if target.kind not in ("summary", "id"):
            text = " ".join(text.split("\n"))
        values[target.kind] = text

    def _read_investment(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        unit = parse_unit(target.unit) if target.unit else None
        if unit is None and target.currency_column:
            unit = Unit(1)
        money = parse_money(cell, unit, self._map.decimal)
        text = as_text(cell)
        if money is None:
            self._tell(row, place, Level.WARNING, f"{text}: no amount that can be read")
            values["investment_text"] = text
            return
        if money.value <= 0:
            level = Level.NOTE if money.value == 0 else Level.WARNING
            self._tell(row, place, level, f"{text}: no amount")
            return
        currency = money.currency or (unit.currency if unit else "")
        if target.currency_column:
            other = self._row_currency(row, target)
            currency = money.currency if money.is_other_unit and money.currency else other or currency
        if currency and currency != self._map.currency:
            if currency != "USD":
                message = f"{text}: an amount in {currency}, the dataset is in {self._map.currency or 'no currency'}"
                self._tell(row, place, Level.WARNING, message, "kept as a text")
                values["investment_text"] = f"{text} {currency}"
                return
            values["investment_usd"] = money.value
        else:
            values["investment"] = money.value
            if money.qualifier:
                values["investment_qualifier"] = money.qualifier
        if money.is_other_unit and target.unit:
            message = "the cell names another unit than the header"
            self._tell(row, place, Level.WARNING, f"{text}: {message}")
        if money.is_rounded:
            self._tell(row, place, Level.NOTE, f"{text}: rounded to whole units")
        if money.qualifier or money.is_other_unit or money.is_rounded:
            words = "" if money.is_other_unit else target.unit
            values["investment_text"] = f"{text}{words}"

    def _row_currency(self, row: int, target: Target) -> str:
        place = self._places.get(target.currency_column)
        if place is None:
            return ""
        cells = self._rows[row]
        return as_text(cells[place]).strip().upper() if place < len(cells) else ""

    @property
    def _rows(self) -> Mapping[int, tuple[Cell, ...]]:
        if not hasattr(self, "_by_number"):
            self._by_number = {b.row.number: b.row.cells for b in self._layout.bodies}
        return self._by_number

    def _read_stage(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        word = as_text(cell).replace("\n", " ").strip()
        id = self._stages.get(word)
        if id is None:
            id = vocabulary.STAGE_OF.get(vocabulary.fold_label(word)) or make_slug(word)
            self._stages[word] = id
            if self._map.stages:
                self._tell(row, place, Level.WARNING, f"{word}: a stage that the map does not name")
        if id and id != ASK:
            values["stage"] = id

    def _read_industry(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        words = re.split(r"[;；、\x1f]", as_text(cell))
        values["industries"] = [self._industry(word.strip()) for word in words if word.strip()]

    def _industry(self, word: str) -> str:
        if word not in self._industries:
            self._industries[word] = make_name_slug(word) or word
        return self._industries[word]

    def _read_party(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        text = as_text(cell)
        pattern = f"\x1f|{re.escape(target.split)}|；" if target.split == ";" else "\x1f"
        if target.split not in ("", ";"):
            pattern = f"\x1f|{re.escape(target.split)}"
        parties = values.setdefault("parties", [])
        for name in re.split(pattern, text):
            plain = " ".join(name.split())
            if plain and not self._is_empty(plain):
                parties.append({"name": plain, "role": target.label} if target.label else {"name": plain})

    def _read_event(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        text = as_text(cell)
        if _ZERO_DATES.fullmatch(text.strip()):
            self._tell(row, place, Level.NOTE, f"{text}: no date")
            return
        try:
            day = parse_date(cell, target.dates or "ymd")
        except NoDateError as error:
            if str(error) == "no date":
                self._tell(row, place, Level.WARNING, f"{text} is no date: kept as a fact")
                self._append_fact(values, target.label, text)
            else:
                self._tell(row, place, Level.WARNING, f"{text}: {error}")
            return
        if day.is_partial_zero:
            self._tell(row, place, Level.NOTE, f"{text}: taken as {day.text}")
        values.setdefault("events", []).append({"date": day.text, "what": target.label})

    def _read_period(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        start, end, faults = parse_period(cell, target.dates or "ymd")
        for fault in faults:
            self._tell(row, place, Level.WARNING, fault)
        for day, what in ((start, "开始"), (end, "结束")):
            if day is not None:
                values.setdefault("events", []).append({"date": day.text, "what": what})
        if start is None and end is None and not faults:
            self._append_fact(values, target.label or "period", as_text(cell))

    def _read_fact(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        self._append_fact(values, target.label, as_text(cell).replace(BETWEEN, "; "))

    def _append_fact(self, values: dict[str, Any], label: str, text: str) -> None:
        values.setdefault("facts", []).append({"label": label, "value": text})

    def _read_url(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        url = as_text(cell).strip()
        if not re.match(r"https?://[^\s]+$", url):
            scheme = url.partition(":")[0][:12]
            self._tell(row, place, Level.WARNING, f"{scheme}: not http, left out")
            return
        values["url"] = url

    def _read_own(
        self, cell: Cell, target: Target, values: dict[str, Any], row: int, place: int
    ) -> None:
        text = as_text(cell).replace(BETWEEN, "; ")
        kind = target.type or ("amount" if target.unit else "text")
        value: Any = text
        if kind == "amount":
            money = parse_money(cell, parse_unit(target.unit) or Unit(1), self._map.decimal)
            value = money.value if money else None
        elif kind == "number":
            number = parse_number(text, self._map.decimal)
            value = None if number is None else int(number) if number == int(number) else float(number)
        elif kind == "date":
            try:
                value = parse_date(cell, target.dates or "ymd").text
            except NoDateError:
                value = None
        if value is None:
            self._tell(row, place, Level.WARNING, f"{text}: no {kind}")
            value = text
        values[target.to] = value

    # what the whole says

    def _is_html(self, place: int) -> bool:
        texts = [
            cell
            for body in self._layout.bodies
            if isinstance(cell := self._cell(body, place), str) and "<" in cell
        ]
        tagged = sum(map(has_tags, texts))
        return tagged * 5 > len(self._layout.bodies)

    def _tell_counts(self) -> None:
        for section in self._layout.sections:
            if section.count is None:
                continue
            found = sum(body.section == section for body in self._layout.bodies)
            if found != section.count:
                message = f"the heading says {section.count} projects, {found} stand below it"
                self._tell(section.row, None, Level.WARNING, message)

    def _tell_outliers(self) -> None:
        place = self._place_of("investment")
        amounts = sorted(p.values["investment"] for p in self._done.projects if "investment" in p.values)
        if place is None or len(amounts) < 10:
            return
        median, total = amounts[len(amounts) // 2], sum(amounts)
        for project in self._done.projects:
            amount = project.values.get("investment", 0)
            if amount > _OUTLIER * median or amount * 2 > total:
                message = f"{amount:,} is far above the others: is the unit right?"
                self._tell(project.row, place, Level.WARNING, message)

    def _leave_out(
        self, row: int, place: int | None, level: Level, message: str, why: str = "", hint: str = ""
    ) -> None:
        self._tell(row, place, level, message, hint)
        self._done.skipped.append(Skipped(row, why or message))

    def _tell(
        self, row: int, place: int | None, level: Level, message: str, hint: str = ""
    ) -> None:
        where = self._table.where(row, place)
        self._done.problems.append(CellProblem(where, level, message, hint))
