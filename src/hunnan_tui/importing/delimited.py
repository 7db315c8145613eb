"""CSV and its kin as a table: read anew each time that it is gone through."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from hunnan_tui.core.language import _
from hunnan_tui.importing.encodings import Encoding
from hunnan_tui.importing.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    RawTable,
    Row,
    TableError,
)

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200
"""Records from which the delimiter is told."""
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+\s*$")
_LONGEST_CELL = 16 * 1024 * 1024


class DelimitedRows:
    """The rows of a text file, read as they are asked for."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        self._path, self._encoding, self._delimiter = path, encoding, delimiter
        # only in Markdown a backslash says that the next sign is itself
        is_markdown = delimiter == "|" and _has_rule(path, encoding)
        self._escape = "\\" if is_markdown else None

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that hold anything.

        Raises:
            TableError: A quote is never closed, or there is too much of it.
        """
        name = self._path.name
        with open_text(self._path, self._encoding) as file:
            lines = _Lines(file)
            csv.field_size_limit(_LONGEST_CELL)
            number = 0
            try:
                for number, record in enumerate(
                    csv.reader(
                        lines, delimiter=self._delimiter, escapechar=self._escape
                    ),
                    1,
                ):
                    if number > MOST_ROWS or len(record) > MOST_COLUMNS:
                        raise TableError(_explain_too_large(name))
                    # not a generator: it would take twice as long
                    cells = [
                        cell if cell and not cell.isspace() else None for cell in record
                    ]
                    if any(cells):
                        yield Row(number, tuple(cells))
                    last = lines.take()
            except csv.Error as error:
                message = _("{name}: record {number:,}: {error}").format(
                    name=name, number=number + 1, error=error
                )
                raise TableError(
                    _("{message} (is a quote never closed?)").format(message=message)
                ) from error
            if number and _is_open(last, self._delimiter):
                raise TableError(
                    _(
                        "{name}: record {number:,}: a quote is opened and never closed, so "
                        "that all the rest of the file would be one cell (close it)"
                    ).format(name=name, number=number)
                )


class _Lines:
    """Lines of a file that remembers those since the last record."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._since: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._since.append(line)
            yield line

    def take(self) -> list[str]:
        """Return the lines of the record that was read last."""
        lines, self._since = self._since, []
        return lines


def _has_rule(path: Path, encoding: str) -> bool:
    """Return whether a text has the line below the headings of a Markdown table."""
    with open_text(path, encoding) as file:
        return any(map(_RULE.match, islice(file, _SAMPLE)))


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Return whether the end of the file stands within quotes."""
    try:
        for _row in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return _("unexpected end") in str(error)
    return False


def open_text(path: Path, encoding: str) -> TextIO:
    """Open a text file, its line ends as they are."""
    # a line break within quotes stays what it is
    return path.open(encoding=encoding, errors="replace", newline="")


def read_delimited(path: Path, encoding: Encoding, delimiter: str = "") -> RawTable:
    """Return a text of records as a table.

    Args:
        path: The file.
        encoding: Its encoding.
        delimiter: What separates cells; found out where it is empty.
    """
    delimiter = delimiter or find_delimiter(path, encoding.name)
    return RawTable(
        path.name,
        DelimitedRows(path, encoding.name, delimiter),
        encoding=encoding.name,
        delimiter=delimiter,
        doubtful_words=encoding.doubtful_words,
    )


def find_delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter with which most records have one length above one."""

    def score(delimiter: str) -> tuple[int, int]:
        lengths: Counter[int] = Counter()
        with open_text(path, encoding) as file:
            try:
                records = csv.reader(file, delimiter=delimiter)
                lengths.update(
                    len(record) for record in islice(records, _SAMPLE) if any(record)
                )
            except csv.Error:
                pass
        lengths.pop(1, None)
        if not lengths:
            return 0, 0
        length, count = lengths.most_common(1)[0]
        return count, length

    return max(DELIMITERS, key=score)


def _explain_too_large(name: str) -> str:
    return _(
        "{name}: a table of more than {most_rows:,} rows or {most_columns} "
        "columns is not read (cut it into parts)"
    ).format(name=name, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
