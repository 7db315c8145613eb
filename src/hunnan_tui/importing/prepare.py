"""A table, ready to be imported: read, its sheet chosen, and with a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from hunnan_tui.core.errors import HunnanError, Level
from hunnan_tui.core.language import _
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.exported import is_exported
from hunnan_tui.importing.guess import guess_map
from hunnan_tui.importing.header import HEAD_ROWS, is_transposed
from hunnan_tui.importing.import_map import (
    ASK,
    LEFT_OUT,
    ImportMap,
    Target,
    read_map,
)
from hunnan_tui.importing.layout import Layout, find_layout
from hunnan_tui.importing.map_text import write_map
from hunnan_tui.importing.reader import read_tables
from hunnan_tui.importing.table import RawTable, TableError
from hunnan_tui.importing.vocabulary import find_stage

_RIVAL = 2
"""A sheet with so many times fewer known headings than another is no rival to it."""


class QuestionError(HunnanError):
    """Several sheets may be meant: only the user can decide that."""

    exit_code = 1

    def __init__(self, message: str, sheets: Sequence[str]) -> None:
        super().__init__(message)
        self.sheets = sheets


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table that can be imported."""

    path: Path
    table: RawTable
    layout: Layout
    map: ImportMap
    map_path: Path
    notes: Mapping[str, str]
    """Why the columns became what, where the map is new."""
    is_new_map: bool

    @property
    def is_export(self) -> bool:
        """Whether this program has written the table."""
        return is_exported(self.layout.labels, is_json=bool(self.table.names))

    @property
    def map_text(self) -> str:
        """The text of the map."""
        return write_map(self.map, self.notes)

    def make_converter(self, *, despite_questions: bool = False) -> Converter:
        """Return what reads the projects.

        Args:
            despite_questions: Whether columns that are not decided are left out, to
                show what is known.
        """
        import_map = self.map
        if despite_questions:
            columns = {
                label: Target(LEFT_OUT) if target.is_open else target
                for label, target in import_map.columns.items()
            }
            stages = {word: to for word, to in import_map.stages.items() if to != ASK}
            import_map = replace(import_map, columns=columns, stages=stages)
        converter = Converter(self.table, self.layout, import_map)
        self._tell_doubts(converter)
        return converter

    def _tell_doubts(self, converter: Converter) -> None:
        unknown = [word for word in self.map.stages if not find_stage(word)]
        if self.is_new_map and unknown and not self.is_export:
            shown = ", ".join(self.map.stages)
            message = _("the order of the stages is a guess: {shown}").format(
                shown=shown
            )
            hint = _("put them in the order of life in [stages] of the map")
            converter.problems.add(0, None, Level.NOTE, message, hint)
        if self.table.doubtful_words:
            shown = ", ".join(self.table.doubtful_words)
            if self.table.encoding == "utf-8":
                message = _("some of its bytes are not UTF-8: {shown}").format(
                    shown=shown
                )
            else:
                message = _("read as {encoding}, which is a guess: {shown}").format(
                    encoding=self.table.encoding, shown=shown
                )
            hint = _("if that is wrong, say --encoding")
            converter.problems.add(0, None, Level.WARNING, message, hint)


def map_path_of(path: Path) -> Path:
    """Return where the map of a table stands: beside it."""
    return Path(f"{path}.map.toml")


def prepare(
    path: Path, *, sheet: str = "", encoding: str = "", map_path: Path | None = None
) -> Prepared:
    """Read a table and its map; without a map, make one.

    Args:
        path: The table.
        sheet: Which sheet, where the user has said it.
        encoding: Likewise.
        map_path: Where the map is, or is to be; beside the table if it is not said.

    Raises:
        TableError: It cannot be imported; the text says why.
        QuestionError: Several sheets may be meant.
    """
    map_path = map_path or map_path_of(path)
    known = read_map(map_path) if map_path.exists() else None
    if known and sheet and known.sheet and known.sheet != sheet:
        raise TableError(
            _(
                "{map_path}: it is the map of the sheet {sheet!r} (name another one "
                "for this sheet with --map)"
            ).format(map_path=map_path, sheet=known.sheet)
        )
    tables = read_tables(
        path,
        encoding=encoding,
        likely=known.encoding if known else "",
        delimiter=known.delimiter if known else "",
    )
    table, layout = _choose(
        path, tables, sheet or (known.sheet if known else ""), known
    )
    if known is not None:
        return Prepared(path, table, layout, known, map_path, {}, is_new_map=False)
    guess = guess_map(table, layout)
    return Prepared(
        path, table, layout, guess.map, map_path, guess.notes, is_new_map=True
    )


def _choose(
    path: Path, tables: Sequence[RawTable], sheet: str, known: ImportMap | None
) -> tuple[RawTable, Layout]:
    """Return the table that is meant, with its layout."""
    if sheet:
        named = [table for table in tables if table.sheet == sheet]
        if not named:
            sheets = ", ".join(repr(table.sheet) for table in tables if table.sheet)
            has = (
                _("it has {sheets}").format(sheets=sheets)
                if sheets
                else _("it has no sheets")
            )
            raise TableError(
                _("{name}: there is no sheet {sheet!r}: {has}").format(
                    name=path.name, sheet=sheet, has=has
                )
            )
        tables = named
    layouts = [
        (table, layout) for table in tables if (layout := _find_layout(table, known))
    ]
    if not layouts:
        raise TableError(f"{path.name}: {_explain_no_table(tables)}")
    best = max(layouts, key=lambda choice: choice[1].score)
    rivals = [
        table.sheet
        for table, layout in layouts
        if layout.score * _RIVAL >= best[1].score and _has_rows(table, layout)
    ]
    if len(rivals) > 1:
        sheets = ", ".join(repr(name) for name in rivals)
        raise QuestionError(
            _(
                "{name}: several sheets have projects: {sheets} (say which with "
                "--sheet, and give each a map of its own with --map)"
            ).format(name=path.name, sheets=sheets),
            rivals,
        )
    return best


def _find_layout(table: RawTable, known: ImportMap | None) -> Layout | None:
    if known is None:
        layout = find_layout(table)
        if not layout or not layout.name_columns:
            return None
        head = list(islice(table.rows, HEAD_ROWS + 1))
        return None if is_transposed(head, layout.score) else layout
    layout = find_layout(table, known.header, known.stop_blank)
    if layout and set(known.columns) <= set(layout.labels):
        return layout
    # a title has come or gone since the map was written
    moved = find_layout(table, (), known.stop_blank)
    if moved and set(known.columns) <= set(moved.labels):
        return moved
    return layout or moved


def _has_rows(table: RawTable, layout: Layout) -> bool:
    last = layout.header[-1] if layout.header else 0
    return any(row.number > last for row in table.rows)


def _explain_no_table(tables: Sequence[RawTable]) -> str:
    heads = [list(islice(table.rows, HEAD_ROWS + 1)) for table in tables]
    if any(map(is_transposed, heads)):
        return _(
            "its headings stand below each other, its projects side by side: it is "
            "transposed (turn it in a spreadsheet program: copy, paste transposed)"
        )
    if not any(heads):
        return _("it is empty")
    if any(table.names for table in tables):
        keys = ", ".join(tables[0].names[:10])
        return _(
            "none of its keys is that of a project's name: it has {keys} (call it "
            'name or title; or write a map with a column = "name")'
        ).format(keys=keys)
    if all(len(head) == 1 for head in heads):
        return _("it has one row, which is no header with the name of a project in it")
    return _(
        "no heading among its first {head_rows} rows is that of a project's "
        "name (name it so: 项目名称, name, Projekttitel, …; or write a map with "
        'the rows of the header, and a column = "name")'
    ).format(head_rows=HEAD_ROWS)
