"""Changes keys in the text of one table and leaves every other byte alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import tomli

from hunnan_tui.errors import EditRefusedError
from hunnan_tui.toml_format import inline, key_text, pair
from hunnan_tui.toml_scan import BOM, ScanError, Span, Statement, elements, statements
from hunnan_tui.toml_scan import pairs as inline_pairs
from hunnan_tui.toml_values import same

Table = Mapping[str, Any]


def edit_table(
    block: bytes,
    name: str,
    changes: Mapping[str, Any],
    newline: bytes = b"\n",
    *,
    old: Table | None = None,
) -> bytes:
    """Return a block with some keys of its table changed.

    Args:
        block: The text of one `[[name]]` table, from its header on.
        name: The array that it belongs to.
        changes: New plain values by key; None takes the key away.
        newline: How new lines end.
        old: What the block says, if that is known: it is not parsed again.

    Raises:
        EditRefusedError: It cannot be done without disturbing something else.
    """
    if old is None:
        old = _parsed(block, name)
    wanted = {key: value for key, value in changes.items() if value not in (None, [])}
    kept = {key: value for key, value in old.items() if key not in changes}
    try:
        editor = _Editor(block, name, newline)
        for key, value in changes.items():
            editor.change(key, old.get(key), value)
        text = editor.text()
    except ScanError as error:
        raise EditRefusedError(f"The project cannot be taken apart: {error}") from error
    new = _parsed(text, name)
    if not same(_without_empty(new, changes), kept | wanted):
        raise EditRefusedError(
            "The project is written in a way that this edit would disturb; "
            "change it in an editor"
        )
    return text


def _parsed(block: bytes, name: str) -> dict[str, Any]:
    try:
        table: dict[str, Any] = tomli.loads(block.removeprefix(BOM).decode())[name][0]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise EditRefusedError(f"The project cannot be read: {error}") from error
    return table


def _without_empty(table: Table, changes: Table) -> dict[str, Any]:
    """Leave out the lists that stay empty in the text for the comments in them."""
    return {k: v for k, v in table.items() if not (k in changes and v == [])}


class _Editor:
    """The splices that a block needs."""

    def __init__(self, block: bytes, name: str, newline: bytes) -> None:
        self._block = block
        self._name = name
        self._newline = newline
        self._splices: list[tuple[int, int, bytes]] = []
        self._own: list[Statement] = []
        self._plain: list[Statement] = []
        inside = False
        for each in statements(block):
            if each.kind != "pair":
                inside = each.path[0] == name
                plain = inside and len(each.path) == 1
            if inside:
                self._own.append(each)
                if plain:
                    self._plain.append(each)

    def text(self) -> bytes:
        """Return the block with all splices made."""
        parts, end = [], 0
        for start, stop, new in sorted(self._splices, key=lambda s: (s[0], s[1])):
            if start < end:
                raise EditRefusedError("Two changes of a project touch each other")
            parts += [self._block[end:start], new]
            end = stop
        return b"".join((*parts, self._block[end:]))

    def change(self, key: str, old: Any, new: Any) -> None:
        """Note what makes a key's value another one."""
        new = None if new == [] else new
        written = [s for s in self._plain if s.kind == "pair" and s.path[0] == key]
        path = (self._name, key)
        headers = [s for s in self._own if s.kind != "pair" and s.path[:2] == path]
        if any(len(s.path) > 1 for s in written) or (written and headers):
            raise EditRefusedError(f"{key} is written in parts: change it in an editor")
        if headers and any(h.kind == "table" and h.path == path for h in headers):
            raise EditRefusedError(f"{key} is a table: change it in an editor")
        if headers:
            self._change_tables(path, old, new or [])
        elif written and written[0].value is not None:
            self._change_pair(written[0], written[0].value, old, new)
        elif new is None:
            return
        elif isinstance(new, list) and all(isinstance(each, dict) for each in new):
            self._add_tables(b".".join(map(key_text, path)), new, self._own[-1].end)
        else:
            self._insert(self._plain[-1].end, pair(key, new, self._newline))

    def _splice(self, start: int, end: int, new: bytes) -> None:
        self._splices.append((start, end, new))

    def _insert(self, place: int, lines: bytes) -> None:
        """Insert whole lines; the end of a file without a line end keeps lacking it."""
        if place and self._block[place - 1 : place] != b"\n":
            lines = self._newline + lines.removesuffix(self._newline)
        self._splice(place, place, lines)

    def _cut(self, start: int, end: int) -> None:
        """Take whole lines away; at an end without a line end, the one before goes."""
        if end == len(self._block) and self._block[end - 1 : end] != b"\n":
            start -= len(self._newline) if start else 0
        self._splice(start, end, b"")

    def _change_pair(
        self, statement: Statement, value: Span, old: Any, new: Any
    ) -> None:
        is_list = isinstance(old, list) and (new is None or isinstance(new, list))
        if is_list and (new or b"#" in self._gaps(value)):
            self._change_list(value, old, new or [])
        elif new is None:
            self._cut(statement.start, statement.end)
        else:
            self._splice(value.start, value.end, inline(new))

    def _gaps(self, value: Span) -> bytes:
        """Return what stands between the elements of an array."""
        return b"".join(self._block[a:b] for a, b in self._gap_spans(value))

    def _gap_spans(self, value: Span) -> Iterator[tuple[int, int]]:
        end = value.start
        for item in elements(self._block, value):
            yield end, item.start
            end = item.end
        yield end, value.end

    def _change_list(self, value: Span, old: Sequence[Any], new: Sequence[Any]) -> None:
        items = elements(self._block, value)
        aligned = list(_aligned(old, new))
        for old_place, new_place in aligned:
            if new_place is None and old_place is not None:
                self._remove_item(value, items, old_place)
            elif old_place is not None and new_place is not None:
                self._change_item(items[old_place], old[old_place], new[new_place])
        after = -1
        added: dict[int, list[bytes]] = {}
        for old_place, new_place in aligned:
            if old_place is not None:
                after = old_place
            elif new_place is not None:
                added.setdefault(after, []).append(inline(new[new_place]))
        for place, texts in added.items():
            self._add_items(value, items, place, texts)

    def _change_item(self, item: Span, old: Any, new: Any) -> None:
        if not (isinstance(old, dict) and isinstance(new, dict)):
            self._splice(item.start, item.end, inline(new))
            return
        written = inline_pairs(self._block, item)
        spans = {path[0]: value for path, _, value in written if len(path) == 1}
        if old.keys() - spans.keys() or old.keys() != new.keys():
            self._splice(item.start, item.end, inline(new))
            return
        for key, value in new.items():
            if not same(old[key], value):
                self._splice(spans[key].start, spans[key].end, inline(value))

    def _remove_item(self, value: Span, items: Sequence[Span], place: int) -> None:
        """Take an element and one comma; a comment beside it stays."""
        item = items[place]
        end = self._comma_after(item.end, value.end)
        line = self._block.rfind(b"\n", value.start, item.start) + 1
        eol = self._block.find(b"\n", end or item.end, value.end)
        around = self._block[line : item.start] + self._block[end or item.end : eol]
        if line and eol >= 0 and not around.strip():
            self._splice(line, eol + 1, b"")  # it has a line of its own
            return
        if place + 1 < len(items):
            following = items[place + 1].start
            if end and not self._block[end:following].strip():
                end = following
            self._splice(item.start, end or item.end, b"")
            return
        start = item.start
        before = items[place - 1].end if place else value.start + 1
        gap = self._block[before:start]
        if place and not gap.replace(b",", b"").strip() and not end:
            start = before  # the comma before it belonged to it
        elif not gap.replace(b",", b"").strip():
            # the comma before it now ends the list, as this one's did
            start = before + gap.find(b",") + 1 if place else before
        self._splice(start, end or item.end, b"")

    def _comma_after(self, start: int, limit: int) -> int:
        """Return the end of the comma behind an element, or 0."""
        place = start
        while place < limit:
            byte = self._block[place : place + 1]
            if byte == b",":
                return place + 1
            if byte == b"#":
                place = self._block.find(b"\n", place)
            elif not byte.isspace():
                return 0
            place += 1
        return 0

    def _add_items(
        self, value: Span, items: Sequence[Span], after: int, texts: Sequence[bytes]
    ) -> None:
        """Put elements behind one (or first), in the array's own layout."""
        if not items:
            has_more = self._block[value.start + 1 : value.end - 1].strip()
            comma = b"," if has_more else b""
            start = value.start + 1
            self._splice(start, start, b", ".join(texts) + comma)
            return
        line = self._block.rfind(b"\n", value.start, items[0].start)
        if line < 0:
            self._add_on_line(items, after, texts)
            return
        indent = self._block[line + 1 : items[0].start]
        if indent.strip():
            indent = b" " * 2
        if after < 0:
            lines = b"".join(text + b"," + self._newline + indent for text in texts)
            self._splice(items[0].start, items[0].start, lines)
            return
        end = self._comma_after(items[after].end, value.end)
        added = b",".join(self._newline + indent + text for text in texts)
        if not end:
            self._splice(items[after].end, items[after].end, b",")
            end = items[after].end
        else:
            added += b","
        eol = self._block.find(b"\n", end, value.end)
        rest = self._block[end:eol] if eol >= 0 else b""
        if eol >= 0 and (not rest.strip() or rest.lstrip().startswith(b"#")):
            end = eol - 1 if self._block[eol - 1 : eol] == b"\r" else eol
        self._splice(end, end, added)

    def _add_on_line(
        self, items: Sequence[Span], after: int, texts: Sequence[bytes]
    ) -> None:
        if after < 0:
            lead = b"".join(text + b", " for text in texts)
            self._splice(items[0].start, items[0].start, lead)
        else:
            tail = b"".join(b", " + text for text in texts)
            self._splice(items[after].end, items[after].end, tail)

    def _change_tables(self, path: tuple[str, ...], old: Any, new: Any) -> None:
        """Change a list that is written as `[[name.key]]` tables."""
        groups = self._groups(path)
        header = self._block[groups[0][0].key.start : groups[0][0].key.end].strip()
        aligned = list(_aligned(old, new))
        for old_place, new_place in aligned:
            if old_place is None:
                continue
            group = groups[old_place]
            if new_place is None:
                self._cut(self._lead(group[0].start), group[-1].end)
            else:
                self._change_table(group, old[old_place], new[new_place])
        added = [new[n] for o, n in aligned if o is None and n is not None]
        if added:
            self._add_tables(header, added, groups[-1][-1].end)

    def _groups(self, path: tuple[str, ...]) -> list[list[Statement]]:
        """Return the statements of each table of an array, its sub-tables included."""
        groups: list[list[Statement]] = []
        inside = False
        for each in self._own:
            if each.kind != "pair":
                inside = each.path[: len(path)] == path
                if each.kind == "array" and each.path == path:
                    groups.append([])
            if inside and groups:
                groups[-1].append(each)
        return groups

    def _lead(self, start: int) -> int:
        """Return where the blank lines in front of a header begin."""
        while True:
            line = self._block.rfind(b"\n", 0, max(0, start - 1)) + 1
            if line >= start or self._block[line:start].strip():
                return start
            start = line

    def _change_table(self, group: Sequence[Statement], old: Table, new: Table) -> None:
        plain = []
        for each in group[1:]:
            if each.kind != "pair":
                break
            plain.append(each)
        end = plain[-1].end if plain else group[0].end
        for key in old.keys() | new.keys():
            if key in old and key in new and same(old[key], new[key]):
                continue
            written = [s for s in plain if s.path == (key,)]
            if key in old and not written:
                raise EditRefusedError(f"{key} is written in parts: use an editor")
            if key not in new:
                self._cut(written[0].start, written[0].end)
            elif written and written[0].value:
                span = written[0].value
                text = pair(key, new[key], self._newline)
                value = text.partition(b" = ")[2].removesuffix(self._newline)
                self._splice(span.start, span.end, value)
            else:
                self._insert(end, pair(key, new[key], self._newline))

    def _add_tables(self, header: bytes, tables: Sequence[Table], place: int) -> None:
        lines = b""
        for table in tables:
            lines += self._newline + b"[[" + header + b"]]" + self._newline
            for key, value in table.items():
                lines += pair(key, value, self._newline)
        self._insert(place, lines)


def _aligned(
    old: Sequence[Any], new: Sequence[Any]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield which old element becomes which new one; None where there is none."""
    one, other = list(map(_compared, old)), list(map(_compared, new))
    start, end, by = 0, len(one), len(other) - len(one)
    # most edits add or take away what stands together
    while start < min(end, end + by) and one[start] == other[start]:
        yield start, start
        start += 1
    while start < min(end, end + by) and one[end - 1] == other[end - 1 + by]:
        end -= 1
    if start < min(end, end + by):
        matcher = SequenceMatcher(
            None, one[start:end], other[start : end + by], autojunk=False
        )
        opcodes = [each[1:] for each in matcher.get_opcodes()]
    else:
        opcodes = [(0, end - start, 0, end + by - start)]
    for a, b, c, d in opcodes:
        both = min(b - a, d - c)
        for step in range(both):
            yield start + a + step, start + c + step
        for place in range(a + both, b):
            yield start + place, None
        for place in range(c + both, d):
            yield None, start + place
    for place in range(end, len(one)):
        yield place, place + by


def _compared(value: Any) -> str | bytes:
    """Return what elements are compared by."""
    try:
        return repr(value)
    except ValueError:  # a number that is too large for decimal digits
        return inline(value)
