"""A file of unknown kind to its tables: told by its bytes, not by its name."""

from __future__ import annotations

import re
from pathlib import Path

from hunnan_tui.importing.delimited import open_text, read_delimited
from hunnan_tui.importing.encodings import Encoding, check_encoding, find_encoding
from hunnan_tui.importing.json_rows import read_json
from hunnan_tui.importing.table import RawTable, TableError
from hunnan_tui.importing.text_cells import HIDDEN

LARGEST = 1024**3
"""Bytes of a file that are read."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "packed with gzip",
    b"7z\xbc\xaf": "packed with 7-Zip",
    b"Rar!": "packed with RAR",
    b"SQLite format 3\0": "an SQLite database",
    b"PAR1": "a Parquet file",
}
_HEAD = 4_096
_CONTROLS = 20
"""One control character among so many others is damage; more is no text."""
_WEB_PAGE = re.compile(r"<(?:table|html|!doctype|\?xml|meta|head|style)\b")
_CERTAIN = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")


def read_tables(
    path: Path, *, encoding: str = "", likely: str = "", delimiter: str = ""
) -> tuple[RawTable, ...]:
    """Read the tables of a file.

    Args:
        path: The file.
        encoding: That of a text file, where the user has said it.
        likely: What it was the last time; it holds where the bytes leave it open.
        delimiter: What separates the cells of a text, where that is known.

    Raises:
        TableError: It holds no table that can be read.
    """
    try:
        head = _read_head(path)
        if head.startswith((_ZIP, _OLE)):
            from hunnan_tui.importing.workbook import read_workbook

            return read_workbook(path)
        return (_read_text(path, _find_encoding(path, encoding, likely), delimiter),)
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error


def _read_head(path: Path) -> bytes:
    if not path.exists():
        raise TableError(f"{path}: there is no such file")
    if not path.is_file():
        raise TableError(f"{path}: it is no file")
    if path.stat().st_size > LARGEST:
        raise TableError(f"{path.name}: larger than 1 GiB (cut it into parts)")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for beginning, kind in _OTHERS.items():
        if head.startswith(beginning):
            raise TableError(f"{path.name}: it is {kind} (save it as XLSX or CSV)")
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError(f"{path.name}: it is empty")
    return head


def _find_encoding(path: Path, encoding: str, likely: str) -> Encoding:
    if encoding:
        try:
            check_encoding(path, encoding)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start : error.start + 1].hex().upper()
            raise TableError(
                f"{path.name}: not {encoding}: byte 0x{wrong} (leave --encoding out)"
            ) from error
        except (LookupError, AttributeError) as error:
            raise TableError(f"There is no encoding {encoding!r}") from error
        return Encoding(encoding)
    detected = find_encoding(path)
    if likely and likely != detected.name and detected.name not in _CERTAIN:
        try:
            check_encoding(path, likely)
        except (UnicodeDecodeError, LookupError):
            return detected
        return Encoding(likely)
    return detected


def _read_text(path: Path, encoding: Encoding, delimiter: str) -> RawTable:
    with open_text(path, encoding.name) as file:
        head = file.read(_HEAD)
    start = head.lstrip("\ufeff \t\r\n")
    if _WEB_PAGE.match(start.casefold()):
        raise TableError(
            f"{path.name}: it is a web page, whatever its name says (open it in a "
            "spreadsheet program and save it as XLSX or CSV)"
        )
    if len(HIDDEN.findall(head)) * _CONTROLS > len(head):
        raise TableError(f"{path.name}: neither a text nor a workbook")
    if start.startswith(("{", "[")) and not delimiter:
        return read_json(path, encoding)
    return read_delimited(path, encoding, delimiter)
