"""Tables for tests, and what an import makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import tomli

from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.import_map import ImportMap
from hunnan_tui.importing.new_dataset import (
    TableSource,
    make_records,
    make_source_id,
    spool_projects,
    write_head,
)
from hunnan_tui.importing.prepare import Prepared, prepare

TODAY = date(2026, 11, 28)


@dataclass(frozen=True)
class Outcome:
    """What an import made."""

    prepared: Prepared
    converter: Converter
    text: str

    @property
    def map(self) -> ImportMap:
        return self.prepared.map

    @property
    def dataset(self) -> dict[str, Any]:
        return tomli.loads(self.text)

    @property
    def projects(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.dataset.get("projects", [])
        return found

    @property
    def names(self) -> list[str]:
        return [project["name"] for project in self.projects]

    @property
    def problems(self) -> list[str]:
        return [str(problem) for problem in self.converter.problems.problems]

    @property
    def skipped(self) -> list[int]:
        return [row for row, _ in self.converter.skipped]


def import_file(path: Path, **options: Any) -> Outcome:
    """Import a file, and check that the text can be read."""
    prepared = prepare(path, **options)
    converter = prepared.make_converter()
    spool = io.BytesIO()
    named = spool_projects(make_records(converter, make_source_id(path)), spool)
    table = TableSource.make(path, prepared.map, TODAY)
    head = write_head(converter, prepared.map, table, named)
    return Outcome(prepared, converter, (head + spool.getvalue()).decode())


def import_bytes(folder: Path, data: bytes, name: str = "table.csv") -> Outcome:
    path = folder / name
    path.write_bytes(data)
    return import_file(path)


def import_text(folder: Path, text: str, name: str = "table.csv") -> Outcome:
    return import_bytes(folder, text.encode(), name)


def import_rows(folder: Path, *rows: Sequence[object]) -> Outcome:
    """Import rows of a CSV file; None is an empty cell."""
    file = io.StringIO()
    csv.writer(file).writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return import_text(folder, file.getvalue())


def make_workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> Path:
    """Write a workbook; `merged` are ranges of its last sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    for cells in merged:
        book[list(sheets)[-1]].merge_cells(cells)
    book.save(path)
    return path


def import_sheet(
    folder: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()
) -> Outcome:
    """Import one sheet of a workbook."""
    return import_file(make_workbook(folder / "table.xlsx", {"台账": rows}, merged))
