"""A first map of a table, from its headings and from what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.dates import NoDateError, find_order, has_dots, parse_date
from hunnan_tui.importing.import_map import ASK, LEFT_OUT, ImportMap, Target
from hunnan_tui.importing.json_rows import BETWEEN
from hunnan_tui.importing.layout import Layout, known_field
from hunnan_tui.importing.money import parse_money, parse_unit
from hunnan_tui.importing.table import Cell, Table, as_text
from hunnan_tui.importing.text_cells import HIDDEN, fold_key, make_name_slug, make_slug

SAMPLE = 2_000
"""Rows that are looked at to tell what a column holds."""
_SHOWN = 3
_MOST_CHOICES = 200
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?!\d{3}$)\d+|0,\d+)")
_POINT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?!\d{3}$)\d+|0\.\d+)")
"""What can be a fraction only: `1,200` may be either."""
_MONEY_WORDS = ("投资", "资金", "金额", "计划", "完成", "产值", "税收", "cost", "amount", "budget")
_NAMING = frozenset("name nome nazwa title label description descricao descrição 名称".split())
"""The key by which an object of a list is known."""
_SEPARATORS = re.compile(r"[;；、\x1f]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A map, and why it is as it is."""

    map: ImportMap
    notes: dict[str, str]
    """For each column: three of its values, and how sure its field is."""


@dataclass(slots=True)
class _Column:
    label: str
    values: list[Cell]
    """What stands in it, blank and empty cells left out."""

    @property
    def texts(self) -> list[str]:
        return [as_text(value) for value in self.values]


def guess_map(table: Table, layout: Layout) -> Guess:
    """Return the map that a table speaks for; what it does not tell is asked."""
    empty = {word.casefold() for word in vocabulary.EMPTY_WORDS}
    columns = [
        _Column(label, _values(layout, place, empty))
        for place, label in enumerate(layout.labels)
        if label
    ]
    decimal = _decimal(columns)
    targets: dict[str, Target] = {}
    notes: dict[str, str] = {}
    taken: set[str] = set()
    money = _pick_money(columns)
    currency_column = next((c.label for c in columns if _folded(c) in vocabulary.CURRENCY_WORDS), "")
    for column in columns:
        target, why = _target(column, layout, decimal, taken, money, currency_column)
        targets[column.label] = target
        if target.kind not in ("parties", "events", "facts", LEFT_OUT):
            taken.add(target.kind)
        shown = " | ".join(text[:20] for text in dict.fromkeys(column.texts[:50]))[:60]
        notes[column.label] = f"{why}: {_one_line(shown)}" if shown else why
    targets = _settle_dates(targets, columns)
    key, id = _key(targets, columns, layout)
    stages = _stages(targets, columns)
    return Guess(
        ImportMap(
            targets,
            sheet=table.sheet,
            encoding=table.encoding,
            delimiter=table.delimiter,
            header=layout.header,
            fill_down=_fill_down(table, layout, targets),
            decimal=decimal,
            title=layout.title,
            currency=_currency(targets, columns, layout, currency_column),
            key=key,
            id=id,
            stages=stages,
            industries=_industries(targets, columns),
        ),
        notes,
    )


def _values(layout: Layout, place: int, empty: set[str]) -> list[Cell]:
    found = []
    for body in layout.bodies[:SAMPLE]:
        cells = body.row.cells
        cell = cells[place] if place < len(cells) else None
        if cell is not None and as_text(cell).strip().casefold() not in empty:
            found.append(cell)
    return found


def _folded(column: _Column) -> str:
    last = column.label.rpartition("/")[2] or column.label
    return vocabulary.fold_label(vocabulary.without_brackets(last))


def _one_line(text: str) -> str:
    return " ".join(HIDDEN.sub("", text.replace(BETWEEN, "; ")).split())


def _decimal(columns: Sequence[_Column]) -> str:
    commas = points = 0
    for column in columns:
        for text in column.texts:
            commas += _COMMA.fullmatch(text) is not None
            points += _POINT.fullmatch(text) is not None
    return "," if commas > points else "."


def _pick_money(columns: Sequence[_Column]) -> str:
    """Return the column of the investment: the total, if several speak of money."""
    money = [c for c in columns if known_field(c.label) == "investment" and c.values]
    total = [c for c in money if "总" in c.label or "total" in c.label.casefold()]
    return (total or money or [_Column("", [])])[0].label


def _target(
    column: _Column,
    layout: Layout,
    decimal: str,
    taken: set[str],
    money: str,
    currency_column: str,
) -> tuple[Target, str]:
    label, folded = column.label, _folded(column)
    last = _last(label)
    if label == currency_column:
        return Target(LEFT_OUT), "the currency of each row"
    if folded in vocabulary.PERSON_WORDS:
        return Target(LEFT_OUT), "on persons: left out unless you say otherwise"
    if folded in vocabulary.SERIAL_WORDS and _counts_up(column.values):
        return Target(LEFT_OUT), "counts the rows"
    field = known_field(label)
    if field == "id":
        if _counts_up(column.values):
            return Target(LEFT_OUT), "counts the rows"
        if "id" in taken or _repeats(column.values):
            field = ""
    if "[]." in label and vocabulary.fold_label(label.rpartition(".")[2]) not in _NAMING:
        return Target(LEFT_OUT), "a part of a list that is no name"
    if label == money:
        unit = _unit(column, layout, decimal, has_currency=bool(currency_column))
        why = "known word" if unit != ASK else "known word, but in which unit?"
        return Target("investment", unit=unit, currency_column=currency_column), why
    if field in ("industry", "stage", "place", "district", "summary", "url", "name", "name_zh", "id"):
        if field not in taken:
            return Target(field), "known word"
        field = ""
    if field == "party":
        split = ";" if _holds(column.texts, r";|；") else ""
        role = re.sub(r"\[\].*$", "", last) if "[]" in label else last
        return Target(f"parties:{role}", split=split), "known word"
    if field == "period" and "period" not in taken:
        return Target("period"), "known word"
    if dates := _dates(column):
        return Target(f"events:{last}", dates=dates), "dates"
    return Target(f"facts:{_fact_label(column, layout)}"), "no field of that name"


def _last(label: str) -> str:
    """Return the last part of a heading; a unit behind a slash is no part."""
    head, unit = vocabulary.behind_slash(label)
    if unit and parse_unit(unit):
        return _last(head)
    return label.rpartition("/")[2] or label


def _fact_label(column: _Column, layout: Layout) -> str:
    last = _last(column.label)
    says_money = any(word in column.label.casefold() for word in _MONEY_WORDS)
    if layout.unit_text and says_money and not vocabulary.bracketed(last) and _is_number(column):
        return f"{last}（{layout.unit_text}）"
    return last


def _is_number(column: _Column) -> bool:
    return bool(column.values) and all(
        isinstance(value, int | Decimal) or re.fullmatch(r"[-+]?[\d.,]+", as_text(value))
        for value in column.values
    )


def _counts_up(values: Sequence[Cell]) -> bool:
    """Return whether values are 1, 2, 3 …: a serial number, whatever it is called."""
    numbers = []
    for value in values:
        text = as_text(value).strip().rstrip(".、")
        if not text.isdecimal():
            return False
        numbers.append(int(text))
    return len(numbers) > 1 and numbers[0] in (0, 1) and all(
        after in (before + 1, 1) for before, after in zip(numbers, numbers[1:], strict=False)
    )


def _repeats(values: Sequence[Cell]) -> bool:
    """Return whether a code stands for a class of rows rather than for one."""
    return len(values) > 4 and len(set(map(as_text, values))) * 2 < len(values)


def _holds(texts: Iterable[str], pattern: str) -> bool:
    return any(re.search(pattern, text) for text in texts)


def _unit(column: _Column, layout: Layout, decimal: str, *, has_currency: bool) -> str:
    texts = [*vocabulary.bracketed(column.label), vocabulary.behind_slash(column.label)[1]]
    for text in texts:
        for part in (text, *re.split(r"[:：,，\s]+", text)):
            if part and parse_unit(part):
                return part
    if layout.unit_text:
        return layout.unit_text
    without = [value for value in column.values if parse_money(value, None, decimal) is None]
    if column.values and not without:
        return ""  # each cell names its own
    return "" if has_currency else ASK


def _dates(column: _Column) -> str:
    """Return the order of a column's dates; empty if it holds none."""
    if not column.values:
        return ""
    folded = column.label.casefold()
    is_named = any(word in folded for word in vocabulary.DATE_WORDS)
    order = find_order(column.values, is_date_column=is_named)
    right = 0
    for value in column.values:
        try:
            parse_date(value, order or "dmy")
            right += is_named or isinstance(value, date) or not as_text(value).isdecimal()
        except NoDateError:
            if not order:
                right += _is_date(value, "mdy")
    needed = 0.3 if is_named else 0.8
    if right < max(1, needed * len(column.values)):
        return ""
    if not order and has_dots(column.values):
        return "dmy"
    return order or ASK


def _is_date(value: Cell, order: str) -> bool:
    try:
        parse_date(value, order)
    except NoDateError:
        return False
    return True


def _settle_dates(targets: dict[str, Target], columns: Sequence[_Column]) -> dict[str, Target]:
    """Let a column that tells the order of day and month speak for the others."""
    orders = {t.dates for t in targets.values() if t.dates in ("dmy", "mdy")}
    if len(orders) != 1:
        return targets
    order = orders.pop()
    return {
        label: replace(target, dates=order) if target.dates == ASK else target
        for label, target in targets.items()
    }


def _column_of(columns: Sequence[_Column], targets: dict[str, Target], kind: str) -> _Column | None:
    return next((c for c in columns if targets[c.label].kind == kind), None)


def _key(
    targets: dict[str, Target], columns: Sequence[_Column], layout: Layout
) -> tuple[tuple[str, ...], str]:
    code = _column_of(columns, targets, "id")
    if code is not None:
        return (code.label,), "slug"
    name = _column_of(columns, targets, "name")
    if name is None:
        return (), "hash"
    place = layout.labels.index(name.label)
    seen = Counter(
        fold_key(as_text(body.row.cells[place])) for body in layout.bodies if place < len(body.row.cells)
    )
    party = _column_of(columns, targets, "parties")
    if party is not None and any(count > 1 for count in seen.values()):
        return (name.label, party.label), "hash"
    return (name.label,), "hash"


def _words(column: _Column | None, split: re.Pattern[str] | None = None) -> list[str]:
    if column is None:
        return []
    words: dict[str, None] = {}
    for text in column.texts:
        for part in split.split(text) if split else (text.replace(BETWEEN, ";"),):
            if part.strip():
                words[part.strip()] = None
    return list(words)[:_MOST_CHOICES]


def _stages(targets: dict[str, Target], columns: Sequence[_Column]) -> dict[str, str]:
    words = _words(_column_of(columns, targets, "stage"))
    known = {word: vocabulary.STAGE_OF.get(vocabulary.fold_label(word), "") for word in words}
    life = list(vocabulary.STAGE_NAMES)
    in_order = sorted(
        (word for word in words if known[word]), key=lambda word: life.index(known[word])
    )
    others = [word for word in words if not known[word]]
    return {word: known[word] for word in in_order} | {word: make_slug(word) for word in others}


def _industries(targets: dict[str, Target], columns: Sequence[_Column]) -> dict[str, str]:
    words = _words(_column_of(columns, targets, "industry"), _SEPARATORS)
    made: dict[str, str] = {}
    for word in words:
        slug, number = make_name_slug(word) or "industry", 2
        while slug in made.values():
            slug, number = f"{make_name_slug(word)}-{number}", number + 1
        made[word] = slug
    return made


def _fill_down(table: Table, layout: Layout, targets: dict[str, Target]) -> tuple[str, ...]:
    """Return the columns of categories that are written once for the rows below."""
    if table.names or table.merged:
        return ()
    found = []
    for place, label in enumerate(layout.labels):
        if not label or targets[label].kind not in ("industry", "district"):
            continue
        cells = [b.row.cells[place] if place < len(b.row.cells) else None for b in layout.bodies]
        blank = sum(cell is None for cell in cells)
        if cells and cells[0] is not None and blank * 3 >= len(cells):
            found.append(label)
    return tuple(found)


def _currency(
    targets: dict[str, Target], columns: Sequence[_Column], layout: Layout, currency_column: str
) -> str:
    if currency_column:
        column = next(c for c in columns if c.label == currency_column)
        codes = Counter(text.strip().upper() for text in column.texts)
        codes = Counter({code: n for code, n in codes.items() if re.fullmatch("[A-Z]{3}", code)})
        return codes.most_common(1)[0][0] if codes else ""
    money = _column_of(columns, targets, "investment")
    if money is None:
        return ""
    unit = parse_unit(targets[money.label].unit) if targets[money.label].unit else None
    if unit and unit.currency:
        return unit.currency
    named = Counter(
        found.currency for value in money.values if (found := parse_money(value, None)) and found.currency
    )
    if named:
        return named.most_common(1)[0][0]
    is_chinese = re.search("[万亿]", targets[money.label].unit) is not None
    return "CNY" if is_chinese else ""
