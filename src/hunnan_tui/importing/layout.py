"""How a table is laid out: what stands above its rows, and what each row below is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.written_money import parse_money, parse_unit
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.header import (
    HEAD_ROWS,
    add_merged_rows,
    find_header,
    find_known_field,
    join_label_lines,
    join_labels,
    score_labels,
)
from hunnan_tui.importing.merged_cells import fill_merged
from hunnan_tui.importing.problems import SkippedRow
from hunnan_tui.importing.table import RawTable, Row, to_text

_UNIT_ROW = re.compile(
    r"(?:金额)?(?:单位|unit|einheit|jednostka|unidade)\s*[:：]\s*(.+)", re.IGNORECASE
)
_ANNEX = re.compile(r"附件|附表|annex", re.IGNORECASE)
_LEVELS = (
    re.compile(
        r"第[一二三四五六七八九十百]+[部类章篇]|[一二三四五六七八九十百]+[、.]|[IVX]+[.)]\s"
    ),
    re.compile(r"\([一二三四五六七八九十百]+\)"),
)
"""How headings of the first and of the second level are numbered."""
_RULE = re.compile(r":?-{3,}:?")
"""A cell of the line below the headings of a Markdown table."""
_HEADING = N_("heading")
_MOST_OF_HEADING = 4
"""Cells that a heading or what stands below a table fills at most."""
_COUNTED = re.compile(
    r"[（(]\s*(?:共计?)?\s*([0-9]+)\s*(?:个|项|projects?)[^)）]*[)）]"
)
_SUMMED = re.compile(r"[0-9][0-9.,]*\s*(?:万亿|亿|千万|百万|万)元?")


class Section(NamedTuple):
    """A heading between rows, and what it says of those below it."""

    row: int
    name: str
    level: int = 1
    projects: int | None = None
    """How many projects it says to have."""
    amount: int | None = None
    """What it says that they add up to."""
    parent: int | None = None
    """The row of the heading of the first level that it stands below."""


class Body(NamedTuple):
    """A row that makes a project, merged cells filled in."""

    row: Row
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out."""

    labels: tuple[str, ...]
    """A heading for each column; those of several rows are joined with `/`."""
    header: tuple[int, ...] = ()
    """The numbers of its rows; empty where the file names its columns."""
    title: str = ""
    unit_text: str = ""
    """What a row such as `单位：万元` says of all money."""
    above: tuple[SkippedRow, ...] = ()
    """The rows above the header."""
    stop_blank: int = 2
    """The table ends at so many blank rows."""
    score: int = 0
    """How many of the labels are known words."""

    @property
    def name_columns(self) -> tuple[int, ...]:
        """The columns that hold names of projects."""
        return tuple(
            column
            for column, label in enumerate(self.labels)
            if find_known_field(label) == "name"
        )


def find_layout(
    table: RawTable, header: Sequence[int] = (), stop_blank: int = 2
) -> Layout | None:
    """Return the layout of a table; None if it has no header with a name in it.

    Args:
        table: The table.
        header: The numbers of the header's rows, where they are known.
        stop_blank: The table ends at so many blank rows.
    """
    if table.names:
        return Layout(
            table.names, stop_blank=stop_blank, score=score_labels(table.names)
        )
    head = list(islice(table.rows, max([HEAD_ROWS, *header]) + HEAD_ROWS))
    width = max((len(row.cells) for row in head), default=0)
    rows = list(fill_merged(head, table.merged, header_until=HEAD_ROWS))
    if header:
        chosen = [row for row in rows if row.number in header]
    else:
        chosen = add_merged_rows(table, rows, find_header(rows[:HEAD_ROWS]))
    if not chosen:
        return None
    labels = join_labels(chosen, width)
    title, unit_text, above = _read_above(rows, chosen[0].number)
    return Layout(
        labels,
        tuple(row.number for row in chosen),
        title,
        unit_text,
        above,
        stop_blank,
        score_labels(labels),
    )


def read_bodies(
    table: RawTable, layout: Layout, names: Sequence[int] = ()
) -> Iterator[Body | Section | SkippedRow]:
    """Yield what each row below the header is.

    Args:
        table: The table.
        layout: Its layout.
        names: The columns with the names of projects; as the headings say, if empty.
    """
    yield from layout.above
    if table.names:
        yield from (
            SkippedRow(record.number, _("no valid JSON")) for record in table.broken
        )
        for row in table.rows:
            yield Body(row)
        return
    reader = _RowReader(layout, names or layout.name_columns)
    last = layout.header[-1]
    for raw, row in _iterate_raw_and_filled(table):
        if row.number > last:
            yield from reader.read(raw, row)


def _iterate_raw_and_filled(table: RawTable) -> Iterator[tuple[Row, Row]]:
    if not table.merged:
        return ((row, row) for row in table.rows)
    filled = fill_merged(table.rows, table.merged)
    return zip(table.rows, filled, strict=True)


def _read_above(
    rows: Sequence[Row], first: int
) -> tuple[str, str, tuple[SkippedRow, ...]]:
    """Return what stands above the header: a title, a unit, and rows to tell of."""
    title = unit_text = ""
    skipped = []
    for row in rows:
        if row.number >= first:
            break
        why = _("above the header")
        for text in dict.fromkeys(to_text(cell) for cell in row.cells if cell):
            match = _UNIT_ROW.search(text)
            unit = match[1].strip(" )）") if match else ""
            rest = text.strip()
            if match and unit and parse_unit(unit):
                unit_text, why = unit, _("unit")
                rest = text[: match.start()].strip(" (（")
            if not rest or rest.casefold().startswith("sep="):
                continue
            if not title and not _ANNEX.match(rest):
                title, why = join_label_lines(rest), _("title")
        skipped.append(SkippedRow(row.number, why))
    return title, unit_text, tuple(skipped)


class _RowReader:
    """Tells rows with projects from headings, totals and what stands below a table."""

    def __init__(self, layout: Layout, names: Sequence[int]) -> None:
        self._names = names
        self._labels = [label for label in layout.labels if label]
        first = next(n for n, label in enumerate(layout.labels) if label)
        self._is_name_first = first in names
        self._folded_labels = {
            vocabulary.fold_label(part)
            for label in self._labels
            for part in (label, *label.split("/"))
        }
        self._stop_blank = layout.stop_blank
        self._section: Section | None = None
        self._top: Section | None = None
        self._last = layout.header[-1]
        self._has_begun = self._has_ended = False

    def read(self, raw: Row, row: Row) -> Sequence[Body | Section | SkippedRow]:
        """Return what a row is; a heading is also a row that makes no project."""
        blank = row.number - self._last - 1
        self._last = row.number
        if self._has_begun and blank >= self._stop_blank:
            self._has_ended = True
        if self._has_ended:
            if not self._looks_like_project(row):
                return (SkippedRow(row.number, _("below the end of the table")),)
            self._has_ended = False
        why = self._explain_skipped(raw, row)
        if not why:
            self._has_begun = True
            return (Body(row, self._section),)
        skipped = SkippedRow(row.number, _(why))
        return (self._open_section(raw), skipped) if why == _HEADING else (skipped,)

    def _has_name(self, row: Row) -> bool:
        return any(row.get_cell(column) is not None for column in self._names)

    def _looks_like_project(self, row: Row) -> bool:
        filled = sum(cell is not None for cell in row.cells)
        return self._has_name(row) and filled * 2 >= len(self._labels)

    def _explain_skipped(self, raw: Row, row: Row) -> str:
        has_name = self._has_name(row)
        filled = [cell for cell in raw.cells if cell is not None]
        first = to_text(filled[0]).strip()
        if (
            has_name
            and len(filled) > _MOST_OF_HEADING
            and not _RULE.fullmatch(first)
            and self._is_plain(first, raw)
        ):
            return ""
        texts = [to_text(cell).strip() for cell in filled]
        if all(map(_RULE.fullmatch, texts)):
            return _("a ruled line")
        if len(texts) >= 2 and self._is_header_again(texts):
            return _("the header again")
        names = [to_text(raw.get_cell(column)).strip() for column in self._names]
        if vocabulary.is_total(first) or any(map(vocabulary.is_total, names)):
            return N_("total")
        if len(texts) <= 2 and vocabulary.is_foot(first):
            return N_("footer")
        if _find_level(first) and (
            not has_name or len(texts) <= 2 or (len(texts) <= 3 and first in names)
        ):
            return _HEADING
        if len(texts) == 1 and len(self._labels) > 2:
            if not has_name or _COUNTED.search(first):
                return _HEADING
            if self._is_name_first and re.search("[:：]", first):
                return N_("footer")
        return "" if has_name else _("no name")

    def _is_plain(self, first: str, raw: Row) -> bool:
        """Return whether a row with many cells is a project at first sight."""
        if not first.isdecimal() and (
            vocabulary.is_total(first)
            or vocabulary.fold_label(first) in self._folded_labels
        ):
            return False
        return not any(
            isinstance(cell, str) and vocabulary.is_total(cell)
            for column in self._names
            if (cell := raw.get_cell(column)) is not None
        )

    def _is_header_again(self, texts: Sequence[str]) -> bool:
        known = 0
        for text in texts:
            if len(text) <= 60:
                known += vocabulary.fold_label(text) in self._folded_labels
            if not known and len(texts) > 4:
                return False  # the first text of a repeated header is a heading
        return known * 2 > len(texts)

    def _open_section(self, raw: Row) -> Section:
        text = next(to_text(cell).strip() for cell in raw.cells if cell is not None)
        level = _find_level(text) or 1
        plain = unicodedata.normalize("NFKC", text)
        count = _COUNTED.search(text)
        amount = _SUMMED.search(count[0]) if count else None
        money = parse_money(amount[0], None) if amount else None
        for pattern in _LEVELS:
            plain = pattern.sub("", plain, count=1)
        name = re.sub(r"[（(].*$", "", plain).strip(" ：:、，,")
        parent = self._top.row if self._top and level > 1 else None
        section = Section(
            raw.number,
            name,
            level,
            int(count[1]) if count else None,
            money.value if money else None,
            parent,
        )
        if level == 1:
            self._top = section
        self._section = section
        return section


def _find_level(text: str) -> int:
    """Return the level of a numbered heading; 0 for any other text."""
    plain = unicodedata.normalize("NFKC", text[:20])
    for level, pattern in enumerate(_LEVELS, 1):
        if pattern.match(plain):
            return level
    return 0
