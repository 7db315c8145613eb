"""A dataset's text taken apart: into tables, and a table into its keys and sub-tables.

Together the pieces are the text, byte for byte, so that what neither side has changed
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import tomli

from hunnan_tui.dataset.toml.alignment import make_comparison_key
from hunnan_tui.dataset.toml.comments import find_lead_start
from hunnan_tui.dataset.toml.scanner import STRING, Statement, scan_statements

# a string or a comment is passed over whole: a header inside is none
_HEADER = re.compile(
    STRING
    + rb"|#[^\n]*+|^[ \t]*+\[{1,2}[ \t]*+([A-Za-z0-9_-]++)[ \t]*+((?:\.[^\]\n]*+)?)\]",
    re.MULTILINE,
)
_ID = re.compile(rb"^[ \t]*+id[ \t]*+=[ \t]*+\"([^\"\\\n]*+)\"", re.MULTILINE)


class Piece(NamedTuple):
    """A part of a text that is merged as one."""

    key: Hashable
    """What it is known by in every version of the text."""
    text: bytes
    """Without the blank lines behind it."""
    gap: bytes = b""
    """The blank lines behind it."""
    name: str = ""
    """Of a table: its name; of a key: the key."""
    id: str = ""
    """Of a table: its id, where it has one."""

    @property
    def content(self) -> bytes:
        """All of it."""
        return self.text + self.gap


def split_tables(text: bytes) -> list[Piece]:
    """Split a text before each of its top tables; the first piece is what precedes them."""
    starts: list[int] = [0]
    names = [""]
    for header in _HEADER.finditer(text):
        if header[1] is None:
            continue
        name = header[1].decode("ascii")
        if header[2] and name == names[-1]:
            continue  # a table below the one above
        starts.append(find_lead_start(text, header.start(), starts[-1]))
        names.append(name)
    pieces: list[Piece] = []
    counts: dict[Hashable, int] = {}
    for name, start, end in zip(names, starts, [*starts[1:], len(text)], strict=True):
        content = text[start:end]
        match = _ID.search(content) if name else None
        entry = match[1].decode("utf-8", "replace") if match else ""
        number = counts[name, entry] = counts.get((name, entry), 0) + 1
        body, gap = _split_gap(content)
        pieces.append(Piece((name, entry, number), body, gap, name, entry))
    return pieces


def split_keys(table: bytes) -> list[Piece]:
    """Split a table into its header, its keys and the tables below it.

    Raises:
        ScanError: It cannot be taken apart.
    """
    pieces: list[Piece] = []
    counts: dict[Hashable, int] = {}
    end = 0
    for key, name, stop in _group_statements(table):
        number = counts[key] = counts.get(key, 0) + 1
        pieces.append(Piece((*key, number), table[end:stop], b"", name))
        end = stop
    if end < len(table):
        pieces.append(Piece(("tail",), table[end:]))
    return pieces


def read_value(piece: Piece) -> Any:
    """Return the plain value of a key; ValueError if it is none."""
    values = tomli.loads(piece.text.decode())
    return values[piece.name]


def _group_statements(table: bytes) -> Iterator[tuple[tuple[Hashable, ...], str, int]]:
    """Yield the key, the name and the end of each piece of a table."""
    groups: list[list[Statement]] = []
    for statement in scan_statements(table):
        if groups and _belongs_to(statement, groups[-1][0]):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    for number, group in enumerate(groups):
        first, name = group[0], group[0].path[-1]
        if first.kind == "pair":
            yield ("key", *first.path), first.path[0], first.end
        elif number == 0:
            yield ("header",), "", first.end
        else:
            yield ("table", *first.path, _identify(table, group)), name, group[-1].end


def _belongs_to(statement: Statement, first: Statement) -> bool:
    """Return whether a statement is part of the table below that another one begins."""
    if first.kind == "pair" or len(first.path) == 1:
        return False
    depth = len(first.path)
    is_deeper = len(statement.path) > depth and statement.path[:depth] == first.path
    return statement.kind == "pair" or is_deeper


def _identify(table: bytes, group: list[Statement]) -> Hashable:
    """Return what a table below is known by: its time, its id, or all that it says."""
    if group[0].kind == "table":
        return None
    text = table[group[0].end : group[-1].end].decode()
    values = tomli.loads(text) if all(s.kind == "pair" for s in group[1:]) else {}
    for name in ("at", "id"):
        if name in values:
            return str(values[name])
    return make_comparison_key(values) if values else text


def _split_gap(content: bytes) -> tuple[bytes, bytes]:
    """Split off the blank lines at the end."""
    end = len(content.rstrip(b" \t\r\n"))
    line = content.find(b"\n", end) + 1 if end else 0
    end = line or end
    return content[:end], content[end:]
