"""Finds where parsed values stand in the text: any number of them in one pass."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from hunnan_tui.dataset.toml.scanner import (
    BOM,
    ScanError,
    Span,
    Statement,
    scan_elements,
    scan_statements,
)
from hunnan_tui.dataset.toml.scanner import scan_pairs as inline_pairs

KeyPath = Sequence[str | int]


class _PathNode:
    """A node of the tree of paths to locate, with its offset."""

    __slots__ = ("children", "offset")

    def __init__(self) -> None:
        self.children: dict[Hashable, _PathNode] = {}
        self.offset: int | None = None

    def add(self, path: KeyPath) -> None:
        node = self
        for part in path:
            node = node.children.setdefault(part, _PathNode())

    def find(self, path: KeyPath) -> _PathNode | None:
        node: _PathNode | None = self
        for part in path:
            node = node.children.get(part) if node else None
        return node

    def take_along(self, path: KeyPath, offset: int) -> _PathNode | None:
        """Give an offset to the nodes on a path that have none, and return the last.

        Tables that are only named as parts of longer keys and headers begin there too.
        """
        node: _PathNode | None = self
        for part in path:
            node = node.children.get(part) if node else None
            if node:
                node.take(offset)
        return node

    def find_deepest_offset(self, path: KeyPath) -> int | None:
        """Return the offset of the deepest part of a path that has one."""
        node, offset = self, self.offset
        for part in path:
            node = node.children[part]
            if node.offset is not None:
                offset = node.offset
        return offset

    def take(self, offset: int) -> None:
        if self.offset is None:
            self.offset = offset


def locate(text: bytes, paths: Iterable[KeyPath]) -> list[int | None]:
    """Return where values of the parsed text are written, in the order of the paths.

    The key of a pair, the header of a table, the value of an element; where the leaf is
    absent, the deepest part of the path that is there; None when nothing is.
    """
    paths = list(paths)
    root = _PathNode()
    for path in paths:
        root.add(path)
    counts: dict[tuple[str | int, ...], int] = {}
    table: _PathNode | None = root
    try:
        for statement in scan_statements(text):
            if statement.kind == "pair":
                node = table and table.take_along(statement.path, statement.key.start)
                if node and statement.value is not None:
                    _locate_in(text, statement.value, node)
                continue
            path = _number_elements(statement, counts)
            table = root.take_along(path, statement.start)
    except ScanError:
        pass
    return [root.find_deepest_offset(path) for path in paths]


def find_line_columns(text: bytes, offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Return the line and the column in characters of offsets in ascending order.

    Both count from 1; each is counted on from the offset before it.
    """
    counted = []
    line, column = 1, 1
    at = len(BOM) if text.startswith(BOM) else 0
    for offset in offsets:
        begin = text.rfind(b"\n", at, offset) + 1
        if begin:
            line += text.count(b"\n", at, begin)
            column, at = 1, begin
        column += len(text[at:offset].decode("utf-8", "replace"))
        at = max(at, offset)
        counted.append((line, column))
    return counted


def _number_elements(
    header: Statement, counts: dict[tuple[str | int, ...], int]
) -> tuple[str | int, ...]:
    """Return a header's path with the number of each array's table in it."""
    path: tuple[str | int, ...] = ()
    for part in header.path[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, header.path[-1])
    if header.kind == "array":
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _locate_in(text: bytes, value: Span, node: _PathNode) -> None:
    """Locate the nodes within an array or an inline table."""
    if not node.children:
        return
    bracket = text[value.start : value.start + 1]
    if bracket == b"[":
        for number, item in enumerate(scan_elements(text, value)):
            if element := node.children.get(number):
                element.take(item.start)
                _locate_in(text, item, element)
    elif bracket == b"{":
        for path, key, item in inline_pairs(text, value):
            if pair := node.find(path):
                pair.take(key.start)
                _locate_in(text, item, pair)
