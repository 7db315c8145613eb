"""Edits keys in the text of one table and leaves every other byte as it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import tomli

from hunnan_tui.core.errors import EditRefusedError
from hunnan_tui.core.language import _
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.toml.alignment import align_items
from hunnan_tui.dataset.toml.arrays import Arrays
from hunnan_tui.dataset.toml.comments import find_lead_start, find_table_end, is_key
from hunnan_tui.dataset.toml.scanner import (
    BOM,
    ScanError,
    Span,
    Statement,
    scan_statements,
)
from hunnan_tui.dataset.toml.writer import format_inline, format_key, format_pair

TomlTable = Mapping[str, Any]

_GROUPED = re.compile(rb"[+-]?[0-9]{1,3}(?:_[0-9]{3})+")


def edit_table(
    block: bytes,
    name: str,
    changes: Mapping[str, Any],
    newline: bytes = b"\n",
    *,
    old: TomlTable | None = None,
    followed: bool = False,
    order: Sequence[str] = (),
    inline: Collection[str] = (),
) -> bytes:
    """Return a block with some keys of its table changed.

    Args:
        block: The text of one `[[name]]` table, from its header on.
        name: The array that it belongs to.
        changes: New plain values by key; None removes the key.
        newline: How new lines end.
        old: The parsed block, if known; it is then not parsed again.
        followed: Whether another table follows the block in its file.
        order: Keys in the order in which new ones are put between those that are there;
            a key that is not among them comes last.
        inline: Keys whose new lists of tables are written as inline tables.

    Raises:
        EditRefusedError: It would change something else.
    """
    if old is None:
        old = _parse_check(block, name)
    expected = {key: value for key, value in changes.items() if value not in (None, [])}
    unchanged = {key: value for key, value in old.items() if key not in changes}
    try:
        editor = _Editor(block, name, newline, followed=followed, order=order)
        for key, value in changes.items():
            editor.change(key, old.get(key), value, is_inline=key in inline)
        text = editor.apply_splices()
    except ScanError as error:
        raise EditRefusedError(
            _("The project cannot be taken apart: {error}").format(error=error)
        ) from error
    new = _parse_check(text, name)
    if not is_identical(_drop_empty(new, changes), unchanged | expected):
        raise EditRefusedError(
            _(
                "The project is written in a way that this edit would disturb; "
                "change it in an editor"
            )
        )
    return text


def _parse_check(block: bytes, name: str) -> dict[str, Any]:
    try:
        table: dict[str, Any] = tomli.loads(block.removeprefix(BOM).decode())[name][0]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise EditRefusedError(
            _("The project cannot be read: {error}").format(error=error)
        ) from error
    return table


def _drop_empty(table: TomlTable, changes: TomlTable) -> dict[str, Any]:
    """Leave out lists that stay in the text, empty, for the comments in them."""
    return {k: v for k, v in table.items() if not (k in changes and v == [])}


class _Editor:
    """The splices that a block needs."""

    def __init__(
        self,
        block: bytes,
        name: str,
        newline: bytes,
        *,
        followed: bool,
        order: Sequence[str],
    ) -> None:
        self._block = block
        self._followed = followed
        self._name = name
        self._newline = newline
        self._ranks = {key: rank for rank, key in enumerate(order)}
        self._splices: list[tuple[int, int, bytes]] = []
        self._arrays = Arrays(block, newline, self._splice)
        self._statements: list[Statement] = []
        self._plain: list[Statement] = []
        self._borders = [0]
        """Where each statement ends, from the start on."""
        inside = False
        for statement in scan_statements(block):
            self._borders.append(statement.end)
            if statement.kind != "pair":
                inside = statement.path[0] == name
                plain = inside and len(statement.path) == 1
            if inside:
                self._statements.append(statement)
                if plain:
                    self._plain.append(statement)

    def apply_splices(self) -> bytes:
        """Return the block with all splices made."""
        pieces, end = [], 0
        for start, stop, new in sorted(self._splices, key=lambda s: (s[0], s[1])):
            if start < end:
                raise EditRefusedError(_("Two changes of a project touch each other"))
            pieces += [self._block[end:start], new]
            end = stop
        return b"".join((*pieces, self._block[end:]))

    def change(self, key: str, old: Any, new: Any, *, is_inline: bool = False) -> None:
        """Add the splices that change the value of a key."""
        new = None if new == [] else new
        written = [s for s in self._plain if s.kind == "pair" and s.path[0] == key]
        path = (self._name, key)
        headers = [
            s for s in self._statements if s.kind != "pair" and s.path[:2] == path
        ]
        if any(len(s.path) > 1 for s in written) or (written and headers):
            raise EditRefusedError(
                _("{key} is written in parts: change it in an editor").format(key=key)
            )
        if headers and any(h.kind == "table" and h.path == path for h in headers):
            raise EditRefusedError(
                _("{key} is a table: change it in an editor").format(key=key)
            )
        if headers:
            self._change_tables(path, old, new or [])
        elif written and written[0].value is not None:
            self._change_pair(written[0], written[0].value, old, new)
        elif new is None:
            return
        elif (
            not is_inline
            and isinstance(new, list)
            and all(isinstance(element, dict) for element in new)
        ):
            self._add_tables(
                b".".join(map(format_key, path)), new, self._statements[-1]
            )
        elif position := self._find_emptied(key):
            self._splice(
                *position, b"".join((format_key(key), b" = ", format_inline(new)))
            )
        else:
            lines = format_pair(key, new, self._newline)
            self._insert(self._find_place(key), lines)

    def _find_place(self, key: str) -> int:
        """Return where a new key goes: behind the last one that comes before it."""
        rank = self._ranks.get(key)
        if rank is None:
            return self._plain[-1].end
        before = [s for s in self._plain[1:] if self._ranks.get(s.path[0], rank) < rank]
        return before[-1].end if before else self._plain[0].end

    def _splice(self, start: int, end: int, new: bytes) -> None:
        self._splices.append((start, end, new))

    def _insert(self, position: int, lines: bytes) -> None:
        """Insert whole lines; the end of a file without a line end keeps lacking it."""
        if position and self._block[position - 1 : position] != b"\n":
            lines = self._newline + lines.removesuffix(self._newline)
        self._splice(position, position, lines)

    def _cut(self, start: int, end: int) -> None:
        """Remove whole lines; at the end of a file without a line end, the one before."""
        if end == len(self._block) and self._block[end - 1 : end] != b"\n":
            start -= len(self._newline) if start else 0
        self._splice(start, end, b"")

    def _change_pair(
        self, statement: Statement, value: Span, old: Any, new: Any
    ) -> None:
        is_list = isinstance(old, list) and (new is None or isinstance(new, list))
        if is_list and (
            new
            or self._is_commented(statement)
            or b"#" in self._arrays.read_gaps(value)
        ):
            self._arrays.change(value, old, new or [])
        elif new is None:
            self._remove_key(statement)
        else:
            old_text = self._block[value.start : value.end]
            self._splice(value.start, value.end, _format_like(old_text, new))

    def _remove_key(self, statement: Statement) -> None:
        """Remove a key; one with a comment is commented out, without its value."""
        if statement.value and self._is_commented(statement):
            key = self._block[statement.key.start : statement.key.end].rstrip()
            self._splice(statement.key.start, statement.value.end, b"# " + key + b" =")
        else:
            self._cut(statement.start, statement.end)

    def _is_commented(self, statement: Statement) -> bool:
        """Return whether a key has a comment behind its value or directly above."""
        end = statement.value.end if statement.value else statement.key.end
        if b"#" in self._block[end : statement.end]:
            return True
        border = self._find_previous_end(statement.start)
        lead = find_lead_start(self._block, statement.start, border, is_key)
        return lead < statement.start

    def _find_previous_end(self, start: int) -> int:
        """Return the end of the statement before an offset."""
        return self._borders[bisect_right(self._borders, start) - 1]

    def _find_emptied(self, key: str) -> tuple[int, int] | None:
        """Return the span where a key without a value is commented out."""
        empty = re.compile(
            rb"^[ \t]*(#[ \t]*%b[ \t]*=)[ \t]*(?:#.*)?$" % re.escape(format_key(key)),
            re.MULTILINE,
        )
        end = find_table_end(
            self._block, self._plain[-1].end, is_followed=self._followed
        )
        starts = [*(statement.start for statement in self._plain[1:]), end]
        for before, start in zip(self._plain, starts, strict=True):
            if found := empty.search(
                self._block[before.end : start].replace(b"\r", b" ")
            ):
                return before.end + found.start(1), before.end + found.end(1)
        return None

    def _change_tables(self, path: tuple[str, ...], old: Any, new: Any) -> None:
        """Change a list that is written as `[[name.key]]` tables."""
        groups = self._group_tables(path)
        header = self._block[groups[0][0].key.start : groups[0][0].key.end].strip()
        pairs = list(align_items(old, new))
        for old_place, new_place in pairs:
            if old_place is None:
                continue
            group = groups[old_place]
            if new_place is None:
                self._cut(self._find_lead(group[0].start), self._find_end(group[-1]))
            else:
                self._change_table(group, old[old_place], new[new_place])
        added = [new[n] for o, n in pairs if o is None and n is not None]
        if added:
            self._add_tables(header, added, groups[-1][-1])

    def _group_tables(self, path: tuple[str, ...]) -> list[list[Statement]]:
        """Return the statements of each table of an array, its sub-tables included."""
        groups: list[list[Statement]] = []
        inside = False
        for statement in self._statements:
            if statement.kind != "pair":
                inside = statement.path[: len(path)] == path
                if statement.kind == "array" and statement.path == path:
                    groups.append([])
            if inside and groups:
                groups[-1].append(statement)
        return groups

    def _find_end(self, last: Statement) -> int:
        """Return where a table ends with its comments."""
        return find_table_end(self._block, last.end, is_followed=self._followed)

    def _find_lead(self, start: int) -> int:
        """Return where the comments and blank lines in front of a header begin."""
        border = find_table_end(self._block, self._find_previous_end(start))
        start = find_lead_start(self._block, start, border)
        while True:
            line = self._block.rfind(b"\n", 0, max(0, start - 1)) + 1
            if line >= start or self._block[line:start].strip():
                return start
            start = line

    def _change_table(
        self, group: Sequence[Statement], old: TomlTable, new: TomlTable
    ) -> None:
        plain = []
        for statement in group[1:]:
            if statement.kind != "pair":
                break
            plain.append(statement)
        end = plain[-1].end if plain else group[0].end
        for key in old.keys() | new.keys():
            if key in old and key in new and is_identical(old[key], new[key]):
                continue
            written = [s for s in plain if s.path == (key,)]
            if key in old and not written:
                raise EditRefusedError(
                    _("{key} is written in parts: use an editor").format(key=key)
                )
            if key not in new:
                self._remove_key(written[0])
            elif written and written[0].value:
                span = written[0].value
                text = format_pair(key, new[key], self._newline)
                value = text.partition(b" = ")[2].removesuffix(self._newline)
                self._splice(span.start, span.end, value)
            else:
                self._insert(end, format_pair(key, new[key], self._newline))

    def _add_tables(
        self, header: bytes, tables: Sequence[TomlTable], last: Statement
    ) -> None:
        lines = b""
        for table in tables:
            lines += self._newline + b"[[" + header + b"]]" + self._newline
            for key, value in table.items():
                lines += format_pair(key, value, self._newline)
        self._insert(self._find_end(last), lines)


def _format_like(old: bytes, new: Any) -> bytes:
    """Return a value on one line, its thousands grouped where the old one's were."""
    is_grouped = type(new) is int and _GROUPED.fullmatch(old)
    return f"{new:_}".encode() if is_grouped else format_inline(new)
