"""A file of unknown kind to its tables: told by its bytes, not by its name."""

from __future__ import annotations

import re
from pathlib import Path

from hunnan_tui.core.language import N_, _
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
    b"\x1f\x8b": N_("packed with gzip"),
    b"7z\xbc\xaf": N_("packed with 7-Zip"),
    b"Rar!": N_("packed with RAR"),
    b"SQLite format 3\0": N_("an SQLite database"),
    b"PAR1": N_("a Parquet file"),
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
        raise TableError(_("{path}: there is no such file").format(path=path))
    if not path.is_file():
        raise TableError(_("{path}: it is no file").format(path=path))
    if path.stat().st_size > LARGEST:
        raise TableError(
            _("{name}: larger than 1 GiB (cut it into parts)").format(name=path.name)
        )
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for beginning, kind in _OTHERS.items():
        if head.startswith(beginning):
            raise TableError(
                _("{name}: it is {kind} (save it as XLSX or CSV)").format(
                    name=path.name, kind=kind
                )
            )
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError(_("{name}: it is empty").format(name=path.name))
    return head


def _find_encoding(path: Path, encoding: str, likely: str) -> Encoding:
    if encoding:
        try:
            check_encoding(path, encoding)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start : error.start + 1].hex().upper()
            raise TableError(
                _(
                    "{name}: not {encoding}: byte 0x{wrong} (leave --encoding out)"
                ).format(name=path.name, encoding=encoding, wrong=wrong)
            ) from error
        except (LookupError, AttributeError) as error:
            raise TableError(
                _("There is no encoding {encoding!r}").format(encoding=encoding)
            ) from error
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
            _(
                "{name}: it is a web page, whatever its name says (open it in a "
                "spreadsheet program and save it as XLSX or CSV)"
            ).format(name=path.name)
        )
    if len(HIDDEN.findall(head)) * _CONTROLS > len(head):
        raise TableError(
            _("{name}: neither a text nor a workbook").format(name=path.name)
        )
    if start.startswith(("{", "[")) and not delimiter:
        return read_json(path, encoding)
    return read_delimited(path, encoding, delimiter)
