"""A file of unknown kind to its tables: told by its bytes, not by its name."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.importing.delimited import read_delimited
from hunnan_tui.importing.encodings import Decoded, decode
from hunnan_tui.importing.json_rows import read_json
from hunnan_tui.importing.table import Table, TableError

LARGEST = 1024**3
"""Bytes of a file that are read."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4_096


def read_tables(
    path: Path, *, encoding: str = "", delimiter: str = ""
) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Read the tables of a file.

    Args:
        path: The file.
        encoding: That of a text file, where the user has said it.
        delimiter: Likewise.

    Returns:
        The tables, and words that may be wrong because the encoding was guessed.

    Raises:
        TableError: It holds no table that can be read.
    """
    try:
        if not path.is_file():
            raise TableError(f"{path}: there is no such file")
        if path.stat().st_size > LARGEST:
            raise TableError(f"{path.name}: larger than 1 GiB")
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    if data.startswith((_ZIP, _OLE)):
        from hunnan_tui.importing.workbook import read_workbook

        return read_workbook(path).tables, ()
    if not data.strip():
        raise TableError(f"{path.name}: it is empty")
    try:
        decoded = decode(data, encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise TableError(f"{path.name}: not {encoding}: {error}") from error
    table = _read_text(decoded, path, delimiter)
    return (table,), decoded.guessed


def _read_text(decoded: Decoded, path: Path, delimiter: str) -> Table:
    head = decoded.text[:_HEAD].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith(("<table", "<html", "<!doctype html", "<?xml")):
        raise TableError(
            f"{path.name}: it is a web page, whatever its name says (open it in a "
            "spreadsheet program and save it as XLSX or CSV)"
        )
    if "\0" in decoded.text[:_HEAD]:
        raise TableError(f"{path.name}: neither a text nor a workbook")
    if head.startswith(("{", "[")) and not delimiter:
        return read_json(decoded, path.name)
    return read_delimited(decoded, path.name, delimiter)
