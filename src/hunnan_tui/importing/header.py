"""Where the header of a table is, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hunnan_tui.core.written_money import parse_unit
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.exported import find_exported_key
from hunnan_tui.importing.table import Cell, RawTable, Row, to_text

HEAD_ROWS = 30
"""Rows among which the header is looked for."""
DEEPEST = 3
"""Rows that a header can have."""
_LONGEST_LABEL = 60
_ONLY_FIGURES = re.compile(r"[\d.,/\-%年月日\s]+")
_MARK_OF_PATH = re.compile(r"\[\]")


def find_known_field(label: str) -> str:
    """Return the field that a heading names, its unit and brackets left aside."""
    last = label.rpartition("/")[2] or label
    for text in (label, last):
        bare = vocabulary.strip_brackets(text)
        if field := vocabulary.find_field(bare):
            return field
        head, unit = vocabulary.split_off(bare)
        if unit and parse_unit(unit) and (field := vocabulary.find_field(head)):
            return field
    if "[]." not in label:
        return ""
    return vocabulary.find_field(_MARK_OF_PATH.sub("", label.rpartition(".")[0]))


def score_labels(labels: Sequence[str]) -> int:
    """Return how many of some headings are known words."""
    return sum(map(_is_known, labels))


def find_header(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the one, two or three rows with most known words among the first ones.

    A header has the name of a project in it; without one there is none.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    header: Sequence[Row] = ()
    for start in range(len(rows)):
        for depth in range(1, DEEPEST + 1):
            chosen = rows[start : start + depth]
            if len(chosen) < depth or not _can_be_header(chosen):
                continue
            labels = [label for label in join_labels(chosen) if label]
            if not any(find_known_field(label) == "name" for label in labels):
                continue
            score = score_labels(labels)
            # as many words in fewer rows, further up
            rank = (score, -depth, -start)
            if not header or rank > best:
                best, header = rank, chosen
    return _add_rows_below(rows, header)


def _add_rows_below(rows: Sequence[Row], header: Sequence[Row]) -> Sequence[Row]:
    """Return a header with the rows below that name columns which it leaves open."""
    if not header:
        return header
    start = next(index for index, row in enumerate(rows) if row is header[0])
    while len(header) < DEEPEST:
        longer = rows[start : start + len(header) + 1]
        if len(longer) == len(header) or not _can_be_header(longer):
            break
        labels, below = join_labels(header), longer[-1]
        names = [
            n for n, label in enumerate(labels) if find_known_field(label) == "name"
        ]
        is_named = any(below.get_cell(column) is not None for column in names)
        adds = any(
            cell is not None and (column >= len(labels) or not labels[column])
            for column, cell in enumerate(below.cells)
        )
        if is_named or not adds:
            break
        header = longer
    return header


def add_merged_rows(
    table: RawTable, rows: Sequence[Row], header: Sequence[Row]
) -> list[Row]:
    """Return a header with the rows above it that its merged cells begin in."""
    if not header:
        return []
    first, last = header[0].number, header[-1].number
    for top, _, bottom, _ in table.merged:
        if top < bottom and top + 1 < first <= bottom + 1:
            first = top + 1
    return [row for row in rows if first <= row.number <= last]


def join_labels(rows: Sequence[Row], width: int = 0) -> tuple[str, ...]:
    """Return the labels of a header: groups go on to the right until the next one.

    Args:
        rows: Those of the header.
        width: How many columns there are at least.
    """
    width = max(width, *(len(row.cells) for row in rows))
    lines: list[list[str]] = []
    for row in reversed(rows):
        texts = [
            join_label_lines(to_text(row.get_cell(column))) for column in range(width)
        ]
        if lines:
            for column in range(1, width):
                if not texts[column] and lines[0][column]:
                    texts[column] = texts[column - 1]
        lines.insert(0, texts)
    labels: list[str] = []
    for column in range(width):
        parts = dict.fromkeys(filter(None, (line[column] for line in lines)))
        label = "/".join(parts)
        # a row of units belongs to the headings above it
        label = re.sub(r"/(?=[（(][^（()）]*[)）]$)", "", label)
        labels.append(_make_unlike(label, labels))
    return tuple(labels)


def join_label_lines(text: str) -> str:
    """Return a heading in one line: a break between Chinese characters is no blank."""
    text = re.sub(
        r"(?<=[\u3400-\u9fff（(])\s*\n\s*|\s*\n\s*(?=[\u3400-\u9fff（(])", "", text
    )
    return " ".join(text.split())


def is_transposed(rows: Sequence[Row], score: int = 0) -> bool:
    """Return whether the headings stand in one column, one below the other.

    Args:
        rows: The first rows of a table.
        score: How many known words its best row has.
    """
    if len(rows) > HEAD_ROWS:
        return False
    for column in range(2):
        first = [to_text(row.get_cell(column)) for row in rows]
        labels = [join_label_lines(text) for text in first if text]
        has_name = any(find_known_field(label) == "name" for label in labels)
        if has_name and score_labels(labels) > max(score, 2):
            return True
    return False


def _make_unlike(label: str, labels: Sequence[str]) -> str:
    """Return a heading that no column before has."""
    number, unlike = 2, label
    while label and unlike in labels:
        unlike = f"{label} ({number})"
        number += 1
    return unlike


def _is_known(label: str) -> bool:
    return bool(
        find_known_field(label)
        or vocabulary.fold_label(label) in vocabulary.SERIAL_WORDS
        or vocabulary.fold_label(label) in vocabulary.CURRENCY_WORDS
        or vocabulary.is_person(label)
        or find_exported_key(label)
    )


def _can_be_header(rows: Sequence[Row]) -> bool:
    numbers = [row.number for row in rows]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return False
    for depth, row in enumerate(rows):
        texts = [cell for cell in row.cells if cell is not None]
        if not texts or not all(map(_is_label, texts)):
            return False
        if len(texts) > 1 and len(set(map(to_text, texts))) == 1:
            return False  # a title over merged cells
        if depth and not _is_below_groups(rows[depth - 1], row):
            return False
    return True


def _is_below_groups(above: Row, below: Row) -> bool:
    """Return whether a row can be the second of a header: it divides groups of it."""
    columns = range(max(len(above.cells), len(below.cells)))
    has_group = any(
        below.get_cell(column) is not None
        and (
            above.get_cell(column) is None
            or (column and above.get_cell(column) == above.get_cell(column - 1))
        )
        for column in columns
    )
    added = [
        column
        for column in columns
        if below.get_cell(column) is not None
        and below.get_cell(column) != above.get_cell(column)
    ]
    return has_group and 0 < len(added) < len(columns)


def _is_label(cell: Cell) -> bool:
    if isinstance(cell, bool | int | Decimal | date):
        is_number = isinstance(cell, int) and not isinstance(cell, bool)
        return is_number and 1900 <= cell <= 2100  # type: ignore[operator]
    text = to_text(cell).strip()
    return len(text) <= _LONGEST_LABEL and not _ONLY_FIGURES.fullmatch(text)
