"""Adds whole tables to the text of a dataset, and takes them out again.

Everything else stays byte for byte: a table that is added and removed leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomli

from hunnan_tui.core.errors import EditRefusedError
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.toml.comments import find_table_end
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.scanner import (
    BOM,
    ScanError,
    Span,
    Statement,
    scan_blocks,
    scan_statements,
)
from hunnan_tui.dataset.toml.writer import format_pair

_NOT_IN_TABLES = N_("{name} is not written as [[{name}]] tables: add it in an editor")
_BEFORE_SOURCES = ("announcements", "projects")
"""The tables that sources stand in front of."""


def format_table(name: str, record: Mapping[str, Any], newline: bytes) -> bytes:
    """Return a table of an array as text.

    Raises:
        EditRefusedError: It would not be read as it is.
    """
    pairs = (format_pair(key, value, newline) for key, value in record.items())
    block = b"".join((b"[[", name.encode(), b"]]", newline, *pairs))
    if not is_identical(_parse(block), {name: [dict(record)]}):
        raise EditRefusedError(_("A new table cannot be written as TOML"))
    return block


def add_project(
    text: bytes, block: bytes, newline: bytes, last: Span | None = None
) -> bytes:
    """Return a text with a block behind the last project.

    Args:
        text: The text.
        block: The new block, as `format_table` gives it.
        newline: How lines end.
        last: The block of the last project, if it is known.

    Raises:
        EditRefusedError: The projects are not written as tables.
    """
    if last is None:
        blocks = scan_blocks(text)
        last = Span(*blocks[-1]) if blocks else None
    if last is None:
        if "projects" in _parse(text):
            raise EditRefusedError(_(_NOT_IN_TABLES).format(name="projects"))
        return _insert(text, block, newline, len(text))
    return _insert(text, block, newline, _find_end(text, last, "projects"))


def remove_blocks(
    text: bytes, name: str, blocks: Sequence[Span], newline: bytes
) -> bytes:
    """Return a text without some tables, as before they were added.

    Args:
        text: The text.
        name: The array of the tables.
        blocks: Each from its header to the next one of the array, or to the end; in the
            order of the text.
        newline: How lines end.
    """
    limit = len(text)
    for block in reversed(blocks):
        start, end = _find_cut(
            text, name, Span(block.start, min(block.end, limit)), newline
        )
        text = text[:start] + text[end:]
        limit = start
    return text


def _find_cut(text: bytes, name: str, block: Span, newline: bytes) -> Span:
    """Return what goes with a table: the blank line in front of it too."""
    start, end = block.start, _find_end(text, block, name)
    first = len(BOM) if text.startswith(BOM) else 0
    if start == first:
        return Span(start, end + len(newline) * text.startswith(newline, end))
    start -= len(newline) * text.endswith(newline * 2, 0, start)
    if end == len(text) and not text.endswith(b"\n"):
        start -= len(newline) * text.endswith(newline, 0, start)
    return Span(start, end)


def add_entry(
    text: bytes, name: str, record: Mapping[str, Any], newline: bytes
) -> bytes:
    """Return a text with another table behind the others of its array.

    Args:
        text: The text.
        name: The array, which stands before the projects: sources, say.
        record: The new table.
        newline: How lines end.

    Raises:
        EditRefusedError: The others are not written as tables.
    """
    block = format_table(name, record, newline)
    head = find_head(text)
    region = text[:head]
    before = _parse(region)
    if name not in before and head < len(text):
        whole = _parse(text)
        if name in whole:
            region, before = text, whole
    blocks = scan_blocks(region, name)
    if blocks:
        position = _find_end(region, Span(*blocks[-1]), name)
    elif name in before:
        raise EditRefusedError(_(_NOT_IN_TABLES).format(name=name))
    else:
        position = _find_place(region, len(text) > len(region))
    changed = _insert(region, block, newline, position)
    expected = {**before, name: [*before.get(name, []), dict(record)]}
    if not is_identical(_parse(changed), expected):
        raise EditRefusedError(_(_NOT_IN_TABLES).format(name=name))
    return changed + text[len(region) :]


def find_entry(text: bytes, name: str, id: str) -> tuple[Span, dict[str, Any]] | None:
    """Return the block and the table of an entry; None if there is none."""
    for region in (text[: find_head(text)], text):
        for block in scan_blocks(region, name):
            own = region[block.start : _find_end(region, Span(*block), name)]
            (record,) = _parse(own)[name]
            if record.get("id") == id:
                return Span(*block), record
    return None


def change_entry(
    text: bytes, name: str, record: Mapping[str, Any], newline: bytes
) -> bytes:
    """Return a text in which the entry with the id of a table is that table.

    Raises:
        EditRefusedError: There is none, or something else would change.
    """
    entry = find_entry(text, name, record["id"])
    if entry is None:
        raise EditRefusedError(_(_NOT_IN_TABLES).format(name=name))
    span, old = entry
    end = _find_end(text, span, name)
    changes = {
        key: record.get(key)
        for key in (*old, *record)
        if not is_identical(old.get(key), record.get(key))
    }
    block = edit_table(text[span.start : end], name, changes, newline, old=old)
    return text[: span.start] + block + text[end:]


def find_head(text: bytes) -> int:
    """Return where the first project begins: the other tables stand before it."""
    blocks = scan_blocks(text)
    return blocks[0].start if blocks else len(text)


def find_own_end(block: bytes, name: str) -> int:
    """Return where the last key of a table ends, sub-tables included."""
    end = 0
    for statement in _scan(block):
        if statement.kind != "pair" and statement.path[0] != name:
            break
        end = statement.end
    return end


def _insert(text: bytes, block: bytes, newline: bytes, position: int) -> bytes:
    """Insert a block behind a blank line; the end of a text may lack its line end."""
    first = len(BOM) if text.startswith(BOM) else 0
    if position <= first:
        gap = newline if text[first:] else b""
        return text[:first] + block + gap + text[first:]
    if not text.endswith(b"\n", 0, position):
        block = newline + newline + block.removesuffix(newline)
    else:
        block = newline + block
    return text[:position] + block + text[position:]


def _find_end(text: bytes, block: Span, name: str) -> int:
    """Return where a table ends with its sub-tables and comments."""
    piece = text[block.start : block.end]
    end = find_own_end(piece, name)
    is_followed = block.end < len(text) or any(
        True for _ in scan_statements(piece, end)
    )
    return block.start + find_table_end(piece, end, is_followed=is_followed)


def _find_place(region: bytes, is_followed: bool) -> int:
    """Return where the first source is to stand."""
    end = 0
    for statement in _scan(region):
        if statement.kind != "pair" and statement.path[0] in _BEFORE_SOURCES:
            is_followed = True
            break
        end = statement.end
    return find_table_end(region, end, is_followed=is_followed) if end else 0


def _scan(text: bytes) -> Sequence[Statement]:
    try:
        return list(scan_statements(text))
    except ScanError as error:
        raise EditRefusedError(
            _("The text cannot be taken apart: {error}").format(error=error)
        ) from error


def _parse(text: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(text.removeprefix(BOM).decode())
    except (ValueError, RecursionError) as error:
        raise EditRefusedError(
            _("The text cannot be read: {error}").format(error=error)
        ) from error
