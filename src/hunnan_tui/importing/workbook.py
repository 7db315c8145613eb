"""Spreadsheets as tables, read by a process with limits of its own.

One value in the last cell of a small file makes the reader ask for as much memory as the
whole sheet would take, and ends its process. So the file is looked at first, and another
process reads it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hunnan_tui.core.language import N_, _
from hunnan_tui.importing.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    RawTable,
    Row,
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
_OVERLAP = 32
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED = N_("it is locked with a password (save it without one)")
FAULT = "hunnan-tui: "
"""How the process begins a reason that is for the user."""


class _Output:
    """What the process wrote: a file that is gone with the last of its sheets."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self.file.close)


class SheetRows:
    """The rows of a sheet, as the process wrote them to a temporary file."""

    def __init__(self, output: _Output, start: int) -> None:
        self._output, self._start = output, start

    def __iter__(self) -> Iterator[Row]:
        file = self._output.file
        position = self._start
        while True:
            file.seek(position)  # another sheet may have been read meanwhile
            lines = file.readlines(_SLICE)
            position += sum(map(len, lines))
            for line in lines:
                values = json.loads(line)
                if isinstance(values, dict):
                    return
                # most are texts or empty: no call for those
                cells = tuple(
                    [
                        value
                        if type(value) is str and value and not value.isspace()
                        else None
                        if value is None
                        else from_plain(value)
                        for value in values[1:]
                    ]
                )
                if any(cell is not None for cell in cells):
                    yield Row(values[0], cells)
            if not lines:
                return


def read_workbook(path: Path) -> tuple[RawTable, ...]:
    """Return the visible sheets of an XLSX, XLS, XLSB or ODS file that hold anything.

    Raises:
        TableError: It cannot be read: a password, damage, or more than a sheet can hold.
    """
    check_package(path)
    if _is_encrypted(path):
        raise TableError(f"{path.name}: {LOCKED}")
    if find_spec("python_calamine") is None:
        raise TableError(
            _(
                "{name}: python-calamine, which reads workbooks, is not installed "
                "(install hunnan-tui again, or save the sheet as CSV)"
            ).format(name=path.name)
        )
    output = _Output()
    module = "hunnan_tui.importing.workbook_process"
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", module, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=output.file,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableError(
            _(
                "{name}: not read within {seconds} seconds (save the sheet as CSV)"
            ).format(name=path.name, seconds=SECONDS)
        ) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if not reason.startswith(FAULT):
            reason = _("reading it takes too much memory (save the sheet as CSV)")
        raise TableError(f"{path.name}: {_(reason.removeprefix(FAULT))}")
    tables = tuple(_read_tables(output, path.name))
    if not tables:
        raise TableError(
            _("{name}: no sheet that can be seen holds anything").format(name=path.name)
        )
    return tables


def _is_encrypted(path: Path) -> bool:
    """Return whether a file is the shell that a password puts around a workbook."""
    with path.open("rb") as file:
        rest = b""
        while piece := file.read(_SLICE):
            if _ENCRYPTED in rest + piece:
                return True
            if not rest and piece.startswith(b"PK"):
                return False
            rest = piece[-len(_ENCRYPTED) :]
    return False


def check_package(path: Path) -> None:
    """Refuse a zipped workbook that would unpack to more than a sheet holds.

    Raises:
        TableError: The reason.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > _LARGEST:
                raise TableError(
                    _("{name}: more than 1 GiB when unpacked").format(name=path.name)
                )
            for part in parts:
                packed = max(part.compress_size, 1)
                if part.file_size > max(_RATIO * packed, _SLICE):
                    raise TableError(
                        _(
                            "{name}: {filename} unpacks to more than {ratio} times its size (save "
                            "it again in a spreadsheet program)"
                        ).format(name=path.name, filename=part.filename, ratio=_RATIO)
                    )
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
                    _check_cells(package, part, path.name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile):
        return  # an older format, or damaged: its reader says so
    except (OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise TableError(
            _("{name}: not a workbook: {error}").format(name=path.name, error=error)
        ) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise TableError(
            _("{name}: it is damaged: {error}").format(name=path.name, error=error)
        ) from error


def _check_cells(package: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    rest = b""
    with package.open(part) as sheet:
        while piece := sheet.read(_SLICE):
            text = rest + piece
            for column, row in _REFERENCE.findall(text):
                if len(column) == 1 and len(row) < 7:
                    continue  # most are: nothing to count
                if int(row) > MOST_ROWS or _parse_column(column) > MOST_COLUMNS:
                    address = (column + row).decode()
                    raise TableError(
                        _(
                            "{file}: a cell at {address}: no more than {most_rows:,} rows and "
                            "{most_columns} columns are read (delete what is there)"
                        ).format(
                            file=file,
                            address=address,
                            most_rows=MOST_ROWS,
                            most_columns=MOST_COLUMNS,
                        )
                    )
            rest = text[-_OVERLAP:]


def _parse_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _read_tables(output: _Output, file: str) -> Iterator[RawTable]:
    """Yield the sheets: each begins with a line of an object."""
    sheets: list[tuple[dict[str, Any], int, bool]] = []
    output.file.seek(0)
    position = 0
    for line in output.file:
        position += len(line)
        if line.startswith(b"{"):
            sheets.append((json.loads(line), position, False))
        else:
            about, start, _ = sheets[-1]
            sheets[-1] = about, start, True
    for about, start, has_rows in sheets:
        if has_rows:
            merged = tuple((a, b, c, d) for (a, b), (c, d) in about["merged"])
            rows = SheetRows(output, start)
            yield RawTable(file, rows, sheet=about["name"], merged=merged)


def to_plain(value: object) -> object:
    """Return a value of a sheet as JSON has it: dates in a list, so that none is text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):  # and datetime, which is one
        return [value.isoformat()]
    return str(value)


def from_plain(value: Any) -> Cell:
    """Return what `to_plain` was given, as a cell."""
    if isinstance(value, list):
        text = str(value[0])
        day = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        return clean_cell(day)
    return clean_cell(value)
