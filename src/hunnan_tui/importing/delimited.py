"""CSV and its kin to a table."""

from __future__ import annotations

import csv
import io
from collections import Counter

from hunnan_tui.importing.encodings import Decoded
from hunnan_tui.importing.table import MOST_COLUMNS, MOST_ROWS, Table, TableError, rows_of

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200
"""Records from which the delimiter is told."""
_LONGEST_CELL = 16 * 1024 * 1024


def read_delimited(decoded: Decoded, file: str, delimiter: str = "") -> Table:
    """Read a text of records.

    Args:
        decoded: The text.
        file: Its name.
        delimiter: What separates cells; found out where it is empty.

    Raises:
        TableError: A quote is never closed, or there is too much of it.
    """
    delimiter = delimiter or find_delimiter(decoded.text)
    records: list[list[str]] = []
    try:
        for record in _records(decoded.text, delimiter):
            records.append(record)
            if len(records) > MOST_ROWS or len(record) > MOST_COLUMNS:
                raise TableError(
                    f"{file}: a table of more than {MOST_ROWS:,} rows or "
                    f"{MOST_COLUMNS} columns is not read (cut it into parts)"
                )
    except csv.Error as error:
        where = f"record {len(records) + 1:,}"
        raise TableError(f"{file}: {where}: {error} (is a quote open?)") from error
    return Table(
        file,
        rows_of(records),
        encoding=decoded.encoding,
        delimiter=delimiter,
    )


def find_delimiter(text: str) -> str:
    """Return the delimiter with which most records have one length above one."""

    def score(delimiter: str) -> tuple[int, int]:
        lengths: Counter[int] = Counter()
        try:
            for number, record in enumerate(_records(text, delimiter)):
                if number >= _SAMPLE:
                    break
                if any(record):
                    lengths[len(record)] += 1
        except csv.Error:
            pass
        lengths.pop(1, None)
        if not lengths:
            return 0, 0
        length, count = lengths.most_common(1)[0]
        return count, length

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> csv._reader:
    csv.field_size_limit(_LONGEST_CELL)
    # with newline="" a line break within quotes stays what it is
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
