"""A first map of a table; what the table does not decide is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from hunnan_tui.core.currencies import CODES
from hunnan_tui.core.language import _
from hunnan_tui.core.written_money import WHOLE_UNITS, parse_money, parse_unit
from hunnan_tui.importing import vocabulary, words
from hunnan_tui.importing.column_guess import (
    TableColumn,
    TableFacts,
    fold_last_label,
    guess_column,
    pick_money,
    strip_unit,
)
from hunnan_tui.importing.dates import OrderVotes
from hunnan_tui.importing.exported import COMPUTED, find_exported_key, is_exported
from hunnan_tui.importing.import_map import (
    ASK,
    LEFT_OUT,
    RESERVED,
    ImportMap,
    Target,
)
from hunnan_tui.importing.layout import Body, Layout, read_bodies
from hunnan_tui.importing.table import BETWEEN, Cell, RawTable, to_text
from hunnan_tui.importing.text_cells import (
    clean_text,
    fold_key,
    join_lines,
    make_name_slug,
    make_slug,
)
from hunnan_tui.importing.word_lists import split_words

SAMPLE = 2_000
"""Rows that are looked at to tell what a column holds."""
_SHOWN_VALUES = 3
_SHOWN_LENGTH = 20
_MOST_WORDS = 200
"""Stages or industries that a map names."""
_WRITTEN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GAPS = re.compile(r"[\s\u00a0\u202f'万亿元约]")
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?!\d{3}$)\d+|0,\d+)")
_POINT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?!\d{3}$)\d+|0\.\d+)")
"""What can be a fraction only: `1,200` may be either."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A map, and why it is as it is."""

    map: ImportMap
    notes: Mapping[str, str]
    """For each column: how sure its field is, and three of its values."""


def guess_map(table: RawTable, layout: Layout) -> Guess:
    """Return the map that a table speaks for; what it does not tell is asked."""
    bodies = (body for body in read_bodies(table, layout) if isinstance(body, Body))
    sample = list(islice(bodies, SAMPLE))
    columns = _collect_columns(layout, sample)
    is_own = is_exported(layout.labels, is_json=bool(table.names))
    if is_own:
        targets, reasons = _find_exported_targets(columns)
        currency_label = ""
    else:
        facts = _collect_table_facts(columns, layout)
        targets, reasons = _guess_targets(columns, facts)
        currency_label = facts.currency_label
    survey = _Survey(columns, targets)
    for body in sample:
        survey.add(body)
    for body in bodies:
        survey.add(body)
    targets = survey.settle_dates()
    notes = {
        column.label: _describe_guess(column, reasons[column.label])
        for column in columns
    }
    key, form = survey.key
    has_ids = is_own and bool(table.names)  # CSV and XLSX are exported with names
    guessed = ImportMap(
        targets,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=layout.header,
        fill_down=_find_filled_down(table, columns, sample, targets),
        decimal=_guess_decimal_sign(columns),
        empty=("",) if is_own else words.EMPTY_WORDS,
        title=layout.title,
        currency=_guess_currency(targets, columns, currency_label),
        key=key,
        id="exact" if is_own and form == "slug" else form,
        stages=_map_to_themselves(_sort_stages(survey.stages))
        if has_ids
        else _assign_stage_ids(survey.stages),
        industries=_map_to_themselves(survey.industries)
        if has_ids
        else _assign_industry_ids(survey.industries),
    )
    return Guess(guessed, notes)


def _collect_columns(layout: Layout, sample: Sequence[Body]) -> list[TableColumn]:
    columns = [
        TableColumn(number, label)
        for number, label in enumerate(layout.labels)
        if label
    ]
    empty = {word.casefold() for word in words.EMPTY_WORDS}
    for body in sample:
        for column in columns:
            cell = body.row.get_cell(column.number)
            if cell is None:
                continue
            if isinstance(cell, str) and cell.strip().casefold() in empty:
                continue
            column.values.append(cell)
    return columns


def _collect_table_facts(columns: Sequence[TableColumn], layout: Layout) -> TableFacts:
    currency = (
        column.label
        for column in columns
        if fold_last_label(column) in vocabulary.CURRENCY_WORDS
    )
    return TableFacts(
        layout.unit_text,
        _guess_decimal_sign(columns),
        pick_money(columns),
        next(currency, ""),
    )


def _guess_targets(
    columns: Sequence[TableColumn], facts: TableFacts
) -> tuple[dict[str, Target], dict[str, str]]:
    targets: dict[str, Target] = {}
    reasons: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        target, why = guess_column(column, facts, taken)
        targets[column.label], reasons[column.label] = target, why
        if target.kind not in ("parties", "events", "facts", LEFT_OUT):
            taken.add(target.kind)
    return targets, reasons


def _find_exported_targets(
    columns: Sequence[TableColumn],
) -> tuple[dict[str, Target], dict[str, str]]:
    """Return the targets of a table that this program has exported."""
    targets = {}
    for column in columns:
        key = find_exported_key(column.label)
        if key == COMPUTED or column.label in RESERVED:
            targets[column.label] = Target(LEFT_OUT)
        elif not key:
            targets[column.label] = _make_own_target(column)
        else:
            unit = ""
            if key in ("investment", "investment_usd"):
                unit = _find_unit(column) or WHOLE_UNITS
            to = "industry" if key == "industries" else key
            targets[column.label] = Target(to, unit=unit)
    return targets, dict.fromkeys(targets, _("an export of hunnan-tui"))


def _make_own_target(column: TableColumn) -> Target:
    """Return the target of an exported field of the user's own."""
    if unit := _find_unit(column):
        return Target(vocabulary.strip_brackets(column.label), unit=unit)
    texts = [value for value in column.values if isinstance(value, str)]
    is_number = texts and all(map(_WRITTEN_NUMBER.fullmatch, texts))
    return Target(column.label, type="number" if is_number else "")


def _find_unit(column: TableColumn) -> str:
    named = vocabulary.find_bracketed(column.label)
    return named[0] if named and parse_unit(named[0]) else ""


def _describe_guess(column: TableColumn, why: str) -> str:
    if vocabulary.is_person(strip_unit(column)):
        return why  # who gives the map away shall not give numbers of people away
    samples = dict.fromkeys(
        join_lines(clean_text(text.replace(BETWEEN, "; ")).text)[:_SHOWN_LENGTH]
        for text in column.texts[:50]
    )
    values = " | ".join(list(filter(None, samples))[:_SHOWN_VALUES])
    return f"{why}: {values}" if values else why


class _Survey:
    """What only all rows of a table tell."""

    def __init__(
        self, columns: Sequence[TableColumn], targets: Mapping[str, Target]
    ) -> None:
        self._targets = dict(targets)
        self._columns = {column.label: column for column in columns}
        self._votes = {
            label: OrderVotes(is_date_column=self._columns[label].is_named_date)
            for label, target in targets.items()
            if target.kind in ("events", "period", "stage_date")
        }
        self._voting = [
            (self._columns[label].number, votes) for label, votes in self._votes.items()
        ]
        self._name = self._find_first("name")
        self._code = self._find_first("id")
        self._party = self._find_first("parties")
        self._stage = self._find_first("stage")
        self._industry = self._find_first("industry")
        self._names: set[int] = set()
        self._has_same_names = False
        self._known_cells: set[tuple[bool, Cell]] = set()
        self.stages: dict[str, None] = {}
        """The words of the column of stages."""
        self.industries: dict[str, None] = {}

    def add(self, body: Body) -> None:
        row = body.row
        for number, votes in self._voting:
            cell = row.get_cell(number)
            if cell is not None:
                votes.add(cell)
        if self._name and self._code is None and not self._has_same_names:
            key = hash(fold_key(to_text(row.get_cell(self._name.number))))
            self._has_same_names = key in self._names
            self._names.add(key)
        if self._stage:
            self._add_words(self.stages, row.get_cell(self._stage.number), is_one=True)
        if self._industry:
            self._add_words(self.industries, row.get_cell(self._industry.number))

    def settle_dates(self) -> dict[str, Target]:
        """Return the targets with the order of dates that the whole table tells."""
        for label, votes in self._votes.items():
            target = self._targets[label]
            if target.dates in (ASK, "ymd", "dmy", "mdy"):
                self._targets[label] = replace(target, dates=votes.order or ASK)
        orders = {t.dates for t in self._targets.values()} & {"dmy", "mdy"}
        if len(orders) == 1:
            # a column that tells the order speaks for the others
            order = orders.pop()
            for label, target in self._targets.items():
                if target.dates == ASK:
                    self._targets[label] = replace(target, dates=order)
        return self._targets

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """The columns that tell projects apart, and how ids are made of them."""
        if self._code:
            return (self._code.label,), "slug"
        if self._name is None:
            return (), "hash"
        if self._party and self._has_same_names:
            return (self._name.label, self._party.label), "hash"
        return (self._name.label,), "hash"

    def _find_first(self, kind: str) -> TableColumn | None:
        labels = (label for label, t in self._targets.items() if t.kind == kind)
        return self._columns.get(next(labels, ""))

    def _add_words(
        self, known: dict[str, None], cell: Cell, *, is_one: bool = False
    ) -> None:
        if (
            cell is None
            or (is_one, cell) in self._known_cells
            or len(known) >= _MOST_WORDS
        ):
            return
        self._known_cells.add((is_one, cell))
        text = clean_text(to_text(cell)).text if BETWEEN not in to_text(cell) else ""
        text = text or to_text(cell)
        if text.casefold() in _EMPTY:
            return
        for word in (join_lines(text),) if is_one else split_words(text):
            known[word] = None


_EMPTY = {word.casefold() for word in words.EMPTY_WORDS}


def _guess_decimal_sign(columns: Sequence[TableColumn]) -> str:
    commas = points = 0
    for text in _iterate_figures(columns):
        commas += _COMMA.fullmatch(text) is not None
        points += _POINT.fullmatch(text) is not None
    return "," if commas > points else "."


def _iterate_figures(columns: Sequence[TableColumn]) -> Iterator[str]:
    for column in columns:
        if column.is_named_date:
            continue  # 03.2024 is no fraction
        for value in column.values:
            if isinstance(value, str) and len(value) < 24:
                yield _GAPS.sub("", value)


def _map_to_themselves(ids: Mapping[str, None]) -> dict[str, str]:
    return {word: word for word in ids}


def _sort_stages(stages: Mapping[str, None]) -> dict[str, None]:
    """Return stages, those of known ids in the order of life before the others."""
    known = [stage for stage in words.STAGE_NAMES if stage in stages]
    return dict.fromkeys((*known, *stages))


def _assign_stage_ids(stages: Mapping[str, None]) -> dict[str, str]:
    """Return the id of each word, those of known stages in the order of life."""
    known = {word: vocabulary.find_stage(word) for word in stages}
    life = list(words.STAGE_NAMES)
    in_order = sorted(
        (word for word in stages if known[word]),
        key=lambda word: life.index(known[word]),
    )
    others = {word: make_slug(word) or "stage" for word in stages if not known[word]}
    return {word: known[word] for word in in_order} | others


def _assign_industry_ids(industries: Mapping[str, None]) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for word in industries:
        slug = make_name_slug(word)
        number, unlike = 2, slug or "industry"
        while unlike in taken:
            unlike, number = f"{slug}-{number}", number + 1
        taken.add(unlike)
        ids[word] = unlike
    return ids


def _find_filled_down(
    table: RawTable,
    columns: Sequence[TableColumn],
    sample: Sequence[Body],
    targets: Mapping[str, Target],
) -> tuple[str, ...]:
    """Return the columns of categories that are written once for the rows below."""
    if table.names or table.merged or not sample:
        return ()
    filled = []
    for column in columns:
        if targets[column.label].kind not in ("industry", "district"):
            continue
        cells = [body.row.get_cell(column.number) for body in sample]
        if cells[0] is not None and cells.count(None) * 3 >= len(cells):
            filled.append(column.label)
    return tuple(filled)


def _guess_currency(
    targets: Mapping[str, Target], columns: Sequence[TableColumn], currency_label: str
) -> str:
    by_label = {column.label: column for column in columns}
    if currency_label:
        codes = Counter(
            code
            for text in by_label[currency_label].texts
            if (code := text.strip().upper()) in CODES
        )
        return codes.most_common(1)[0][0] if codes else ""
    money = next((c for c in columns if targets[c.label].kind == "investment"), None)
    if money is None:
        return ""
    text = targets[money.label].unit
    unit = parse_unit(text) if text else None
    if unit and unit.currency:
        return unit.currency
    named = Counter(
        amount.currency
        for value in money.values
        if (amount := parse_money(value, None)) and amount.currency
    )
    if named:
        return named.most_common(1)[0][0]
    return "CNY" if re.search("[万亿]", text) else ""
