"""Where the header of a table is, and what each row below it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.money import Unit, parse_unit
from hunnan_tui.importing.table import Cell, Row, Table, as_text

HEAD = 30
"""Rows among which the header is looked for."""
DEEPEST = 3
"""Rows that a header can have."""
_UNIT_ROW = re.compile(r"(?:金额)?(?:单位|unit|einheit|jednostka|unidade)\s*[:：]\s*(.+)", re.IGNORECASE)
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十百]+[)）、.．]|[（(]?[IVX]+[)）.、]\s|第[一二三四五六七八九十]+[部类章]")
_COUNTED = re.compile(r"[（(]\s*(?:共)?\s*([0-9]+)\s*(?:个|项|projects?)[^)）]*[)）]")
_SUMMED = re.compile(r"([0-9][0-9.,]*)\s*(万亿|亿|万|百万|千万)元")
_LONGEST_LABEL = 60


class Skipped(NamedTuple):
    """A row that makes no project."""

    row: int
    why: str


class Section(NamedTuple):
    """A heading between rows, and what it says of those below it."""

    row: int
    name: str
    count: int | None = None
    """How many projects it says to have."""


@dataclass(frozen=True, slots=True)
class Body:
    """A row that makes a project, merged cells and headings filled in."""

    row: Row
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out."""

    labels: tuple[str, ...]
    """A heading for each column; those of several rows are joined with `/`."""
    header: tuple[int, ...]
    """The numbers of its rows; empty where the file names its columns."""
    title: str = ""
    unit: Unit | None = None
    """What a row such as `单位：万元` says of all money."""
    unit_text: str = ""
    bodies: tuple[Body, ...] = ()
    sections: tuple[Section, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    score: int = field(default=0, compare=False)
    """How many of the labels are known words."""


def find_layout(table: Table, header: Sequence[int] = (), stop_blank: int = 2) -> Layout | None:
    """Return the layout of a table; None if it has no header with a name in it.

    Args:
        table: The table.
        header: The numbers of the header's rows, where they are known.
        stop_blank: The table ends at so many blank rows.
    """
    if table.names:
        bodies = tuple(Body(row) for row in table.rows)
        skipped = tuple(Skipped(each.number, "no valid JSON") for each in table.broken)
        return Layout(table.names, (), bodies=bodies, skipped=skipped, score=_score(table.names))
    filled = _fill_merged(table)
    if header:
        chosen = [row for row in filled if row.number in header]
    else:
        chosen = _whole_header(table, filled, _find_header(filled))
    if not chosen:
        return None
    labels = _join_labels(chosen, table.width)
    first = chosen[0].number
    title, unit, unit_text, above = _above(filled, first)
    bodies, sections, below = _read_body(table, filled, labels, chosen[-1].number, stop_blank)
    return Layout(
        labels,
        tuple(row.number for row in chosen),
        title,
        unit,
        unit_text,
        tuple(bodies),
        tuple(sections),
        (*above, *below),
        _score(labels),
    )


def is_transposed(table: Table) -> bool:
    """Return whether the headings stand in the first column, one below the other."""
    first = [as_text(row.cells[0]) for row in table.rows[:HEAD] if row.cells]
    return _score([text for text in first if text]) >= 3 and len(table.rows) <= HEAD


def known_field(label: str) -> str:
    """Return the field that a heading names, its unit and brackets left aside."""
    last = label.rpartition("/")[2] or label
    for text in (label, last):
        bare = vocabulary.without_brackets(text)
        if found := vocabulary.field_of(bare):
            return found
        head, unit = vocabulary.behind_slash(bare)
        if unit and parse_unit(unit) and (found := vocabulary.field_of(head)):
            return found
    leaf = re.sub(r"\[\]", "", label.rpartition(".")[0] or label)
    return vocabulary.field_of(leaf) if "[]." in label else ""


def _score(labels: Sequence[str]) -> int:
    return sum(bool(known_field(label)) or _is_serial(label) for label in labels)


def _is_serial(label: str) -> bool:
    return vocabulary.fold_label(label) in vocabulary.SERIAL_WORDS


def _find_header(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the one, two or three rows with most known words among the first ones."""
    best: tuple[int, int, int] = (0, 0, 0)
    found: Sequence[Row] = ()
    head = [row for row in rows[:HEAD] if not row.is_blank]
    for start in range(len(head)):
        for depth in range(1, DEEPEST + 1):
            chosen = head[start : start + depth]
            if len(chosen) < depth or not _can_be_header(chosen):
                continue
            labels = [label for label in _join_labels(chosen, _widest(chosen)) if label]
            names = sum(known_field(label) == "name" for label in labels)
            score = _score(labels)
            if not names or score < 2:
                continue
            # as many words in fewer rows, further up
            rank = (score, -depth, -start)
            if rank > best:
                best, found = rank, chosen
    return found


def _whole_header(table: Table, rows: Sequence[Row], found: Sequence[Row]) -> list[Row]:
    """Return a header with the rows above it that its merged cells begin in."""
    if not found:
        return []
    first, last = found[0].number, found[-1].number
    for top, _, bottom, _ in table.merged:
        if top < bottom and top + 1 < first <= bottom + 1:
            first = top + 1
    return [row for row in rows if first <= row.number <= last]


def _widest(rows: Sequence[Row]) -> int:
    return max(len(row.cells) for row in rows)


def _can_be_header(rows: Sequence[Row]) -> bool:
    numbers = [row.number for row in rows]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return False
    for place, row in enumerate(rows):
        texts = [cell for cell in row.cells if cell is not None]
        if len(texts) < 2 or not all(_is_label(cell) for cell in texts):
            return False
        if len({as_text(cell) for cell in texts}) == 1:
            return False  # a title over merged cells
        if place and _adds_nothing(rows[place - 1], row):
            return False
    return True


def _adds_nothing(above: Row, below: Row) -> bool:
    """Return whether a second row of a header stands below no group of the first."""
    width = max(len(above.cells), len(below.cells))
    high = [*above.cells, *[None] * (width - len(above.cells))]
    low = [*below.cells, *[None] * (width - len(below.cells))]
    group = any(
        low[column] is not None
        and (high[column] is None or (column and high[column] == high[column - 1]))
        for column in range(width)
    )
    own = [column for column in range(width) if low[column] is not None and low[column] != high[column]]
    return not group or not own or len(own) == width


def _is_label(cell: Cell) -> bool:
    if isinstance(cell, bool | int | Decimal | date):
        return isinstance(cell, int) and not isinstance(cell, bool) and 1900 <= cell <= 2100
    text = as_text(cell).strip()
    if len(text) > _LONGEST_LABEL:
        return False
    return not re.fullmatch(r"[\d.,/\-%年月日\s]+", text)


def _join_labels(rows: Sequence[Row], width: int) -> tuple[str, ...]:
    """Return the labels of a header: groups go on to the right until the next one."""
    lines = []
    for place, row in enumerate(rows):
        texts = [_one_line(as_text(cell)) for cell in row.cells] + [""] * (width - len(row.cells))
        if place + 1 < len(rows):
            below = rows[place + 1].cells
            for column in range(1, width):
                beneath = column < len(below) and below[column] is not None
                if not texts[column] and beneath:
                    texts[column] = texts[column - 1]
        lines.append(texts)
    labels = []
    for column in range(width):
        parts = list(dict.fromkeys(filter(None, (line[column] for line in lines))))
        labels.append("/".join(parts))
    return tuple(labels)


def _one_line(text: str) -> str:
    """Return a heading in one line: a break between Chinese characters is no blank."""
    text = re.sub(r"(?<=[\u3400-\u9fff（(])\s*\n\s*|\s*\n\s*(?=[\u3400-\u9fff（(])", "", text)
    return " ".join(text.split())


def _fill_merged(table: Table) -> tuple[Row, ...]:
    """Return the rows with each merged cell's text in all of its cells."""
    if not table.merged:
        return table.rows
    by_number = {row.number: list(row.cells) for row in table.rows}
    for top, left, bottom, right in table.merged:
        first = by_number.get(top + 1)
        if first is None or left >= len(first):
            continue
        value = first[left]
        for number in range(top + 1, bottom + 2):
            cells = by_number.get(number)
            if cells is None:
                continue
            for column in range(left, min(right + 1, len(cells))):
                if cells[column] is None:
                    cells[column] = value
    return tuple(Row(row.number, tuple(by_number[row.number])) for row in table.rows)


def _above(
    rows: Sequence[Row], first: int
) -> tuple[str, Unit | None, str, list[Skipped]]:
    """Return what stands above the header: a title, a unit, and rows to tell of."""
    title, unit, unit_text, skipped = "", None, "", []
    for row in rows:
        if row.number >= first:
            break
        if row.is_blank:
            continue
        why = "above the header"
        for cell in dict.fromkeys(as_text(cell) for cell in row.cells if cell is not None):
            match = _UNIT_ROW.search(cell)
            if match and (parsed := parse_unit(match[1].strip(" ）)"))):
                unit, unit_text, why = parsed, match[1].strip(" ）)"), "unit"
            elif not title and not re.match(r"附件|附表|annex", cell.strip(), re.IGNORECASE):
                title, why = _one_line(cell), "title"
        skipped.append(Skipped(row.number, why))
    return title, unit, unit_text, skipped


def _read_body(
    table: Table, filled: Sequence[Row], labels: Sequence[str], last: int, stop_blank: int
) -> tuple[list[Body], list[Section], list[Skipped]]:
    bodies: list[Body] = []
    sections: list[Section] = []
    skipped: list[Skipped] = []
    name_columns = [c for c, label in enumerate(labels) if known_field(label) == "name"]
    section: Section | None = None
    blank = 0
    rows: Iterator[tuple[Row, Row]] = zip(table.rows, filled, strict=True)
    for raw, row in rows:
        if row.number <= last:
            continue
        if raw.is_blank:
            blank += 1
            continue
        if blank >= stop_blank and bodies and not _looks_like_project(row, name_columns, labels):
            skipped.append(Skipped(row.number, "below the end of the table"))
            continue
        blank = 0
        why = _why_skipped(raw, row, labels, name_columns)
        if why == "heading":
            section = _section(raw)
            sections.append(section)
        if why:
            skipped.append(Skipped(row.number, why))
        else:
            bodies.append(Body(row, section))
    return bodies, sections, skipped


def _looks_like_project(row: Row, names: Sequence[int], labels: Sequence[str]) -> bool:
    filled = sum(cell is not None for cell in row.cells)
    has_name = any(c < len(row.cells) and row.cells[c] is not None for c in names)
    return has_name and filled * 2 >= len([label for label in labels if label])


def _why_skipped(raw: Row, row: Row, labels: Sequence[str], names: Sequence[int]) -> str:
    texts = [as_text(cell).strip() for cell in raw.cells]
    said = [text for text in texts if text]
    folded = [vocabulary.fold_label(text) for text in said]
    heads = {vocabulary.fold_label(part) for label in labels for part in (label, *label.split("/"))}
    if len(said) >= 2 and sum(text in heads for text in folded) * 2 > len(folded):
        return "the header again"
    first = said[0]
    if vocabulary.is_total(first) or any(
        vocabulary.is_total(texts[c]) for c in names if c < len(texts)
    ):
        return "total"
    plain = unicodedata.normalize("NFKC", first).casefold()
    has_name = any(c < len(row.cells) and row.cells[c] is not None for c in names)
    if plain.startswith(tuple(w.casefold() for w in vocabulary.FOOT_WORDS)) and len(said) <= 2:
        return "footer"
    is_heading = _HEADING.match(unicodedata.normalize("NFKC", first)) is not None
    if is_heading and (not has_name or len(said) <= 2 or first in _own(texts, names)):
        return "heading"
    if len(said) == 1 and len([label for label in labels if label]) > 2:
        return "heading" if not has_name or _COUNTED.search(first) else "footer"
    if not has_name:
        return "no name"
    return ""


def _own(texts: Sequence[str], names: Sequence[int]) -> list[str]:
    return [texts[c] for c in names if c < len(texts) and sum(map(bool, texts)) <= 3]


def _section(raw: Row) -> Section:
    text = next(as_text(cell).strip() for cell in raw.cells if cell is not None)
    count = _COUNTED.search(text)
    name = _COUNTED.sub("", text)
    name = re.sub(r"^[（(]?[一二三四五六七八九十百IVX]+[)）、.．]\s*", "", unicodedata.normalize("NFKC", name))
    name = re.sub(r"[（(].*$", "", name).strip(" ：:、，,")
    return Section(raw.number, name, int(count[1]) if count else None)
