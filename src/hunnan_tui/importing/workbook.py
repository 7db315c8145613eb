"""Spreadsheets to tables, read by a process with limits of its own.

One value in the last cell of a small file makes the reader ask for as much memory as the
whole sheet would take, and ends its process. So it is looked at first, and another
process reads it.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.importing.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Table,
    TableError,
    clean_cell,
)

SECONDS = 120
"""How long reading one workbook may take."""
_LARGEST = 1024**3
"""Bytes of all that is packed in a workbook."""
_RATIO = 200
"""How many times larger a part of it may be unpacked."""
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_SLICE = 1024 * 1024


class Workbook(NamedTuple):
    """The sheets of a file that hold anything, hidden ones left out."""

    tables: tuple[Table, ...]


def read_workbook(path: Path) -> Workbook:
    """Read the sheets of an XLSX, XLS, XLSB or ODS file.

    Raises:
        TableError: It cannot be read: a password, damage, or more than a sheet can hold.
    """
    check_package(path)
    command = [sys.executable, "-P", "-m", "hunnan_tui.importing.workbook_process", str(path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableError(
            f"{path.name}: not read within {SECONDS} seconds (save the sheet as CSV)"
        ) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if not reason.startswith("hunnan-tui:"):
            reason = "it takes more memory than a table may (save the sheet as CSV)"
        raise TableError(f"{path.name}: {reason.removeprefix('hunnan-tui: ')}")
    return Workbook(tuple(_tables(done.stdout, path.name)))


def check_package(path: Path) -> None:
    """Refuse a zipped workbook that would unpack to more than a sheet holds.

    Raises:
        TableError: The reason.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > _LARGEST:
                raise TableError(f"{path.name}: more than 1 GiB when unpacked")
            for part in parts:
                if part.file_size > _RATIO * max(part.compress_size, 1) and part.file_size > _SLICE:
                    raise TableError(
                        f"{path.name}: {part.filename} unpacks to {_RATIO} times its size"
                    )
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _check_cells(package, part, path.name)
    except zipfile.BadZipFile:
        return  # an older format, or damaged: its reader says so
    except (OSError, RuntimeError) as error:
        raise TableError(f"{path.name}: {error}") from error


def _check_cells(package: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    rest = b""
    with package.open(part) as sheet:
        while piece := sheet.read(_SLICE):
            text = rest + piece
            for column, row in _REFERENCE.findall(text):
                if int(row) > MOST_ROWS or _number(column) > MOST_COLUMNS:
                    place = (column + row).decode()
                    raise TableError(
                        f"{file}: a cell at {place}: no more than {MOST_ROWS:,} rows and "
                        f"{MOST_COLUMNS} columns are read (delete what is out there)"
                    )
            rest = text[-32:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _tables(output: bytes, file: str) -> list[Table]:
    tables = []
    sheet: dict[str, Any] = {}
    rows: list[Row] = []
    for line in io.BytesIO(output):
        value = json.loads(line)
        if isinstance(value, dict):
            if sheet:
                tables.append(_table(sheet, rows, file))
            sheet, rows = value, []
        else:
            rows.append(Row(value[0], tuple(map(from_plain, value[1:]))))
    if sheet:
        tables.append(_table(sheet, rows, file))
    return tables


def _table(sheet: dict[str, Any], rows: Sequence[Row], file: str) -> Table:
    merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet["merged"])
    return Table(file, tuple(rows), sheet=sheet["name"], merged=merged)


def to_plain(value: object) -> object:
    """Return a value of a sheet as JSON has it: dates in a list, so that none is text."""
    if isinstance(value, datetime):
        return [value.isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def from_plain(value: Any) -> Cell:
    """Return what `to_plain` was given, as a cell."""
    if isinstance(value, list):
        text = str(value[0])
        return clean_cell(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    if isinstance(value, float):
        return clean_cell(value)
    if isinstance(value, Decimal):
        return value
    return clean_cell(value)
