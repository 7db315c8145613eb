"""Edits the elements of an array and keeps its layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import tomli

from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.toml.alignment import align_items
from hunnan_tui.dataset.toml.comments import find_lead_start
from hunnan_tui.dataset.toml.scanner import Span, scan_elements
from hunnan_tui.dataset.toml.scanner import scan_pairs as inline_pairs
from hunnan_tui.dataset.toml.writer import format_inline

_COMMENT = re.compile(rb"(?<=\n)([ \t]*)#[ \t]*([^\r\n]*)\r?\n")
_INDENT = re.compile(rb"[ \t]+(?=#)")
_BEHIND = re.compile(rb"(?:[ \t]*,)?([ \t]*#[^\n]*)?[ \t\r]*")

Splice = Callable[[int, int, bytes], None]
"""Takes where a stretch of the text begins and ends, and what comes in its place."""


class Added(NamedTuple):
    """An element to be added to an array."""

    text: bytes
    lead: bytes = b""
    """The lines of comments above it."""
    behind: bytes = b""
    """The comment behind it, with the blanks before that."""
    indent: bytes | None = None
    """What it stands behind, if it has been there before."""
    lines: Span | None = None
    """Where it is commented out, with its comments."""


class Arrays:
    """The arrays of a text."""

    def __init__(self, block: bytes, newline: bytes, splice: Splice) -> None:
        self._block = block
        self._newline = newline
        self._splice = splice

    def read_gaps(self, value: Span) -> bytes:
        """Return the text between the elements of an array."""
        return b"".join(self._block[a:b] for a, b in self._find_gaps(value))

    def _find_gaps(self, value: Span) -> Iterator[tuple[int, int]]:
        end = value.start
        for item in scan_elements(self._block, value):
            yield end, item.start
            end = item.end
        yield end, value.end

    def change(self, value: Span, old: Sequence[Any], new: Sequence[Any]) -> None:
        items = scan_elements(self._block, value)
        pairs = list(align_items(old, new))
        commented_out = dict(self._find_commented_out(value))
        for old_index, new_index in pairs:
            if old_index is not None and new_index is not None:
                self._change_item(items[old_index], old[old_index], new[new_index])
        gone = [index for index, new in pairs if index is not None and new is None]
        removed = [
            index
            for index in gone
            if not self._remove_commented(value, items, index, old[index])
        ]
        commented = frozenset(gone).difference(removed)
        while removed:
            first = last = removed.pop(0)
            while removed and removed[0] == last + 1 and self._is_plain(items, last):
                last = removed.pop(0)
            # the line of a comment has to end before what follows the element
            ends_line = first - 1 in commented
            self._remove_items(value, items, first, last, ends_line=ends_line)
        after = -1
        added: dict[int, list[Added]] = {}
        for old_index, new_index in pairs:
            if old_index is not None:
                after = old_index
            elif new_index is not None:
                text = format_inline(new[new_index])
                again = commented_out.pop(text, Added(text))
                added.setdefault(after, []).append(again)
        for index, texts in added.items():
            self._add_items(value, items, index, texts)

    def _change_item(self, item: Span, old: Any, new: Any) -> None:
        if not (isinstance(old, dict) and isinstance(new, dict)):
            self._splice(item.start, item.end, format_inline(new))
            return
        written = inline_pairs(self._block, item)
        spans = {path[0]: value for path, _, value in written if len(path) == 1}
        if old.keys() - spans.keys() or old.keys() != new.keys():
            self._splice(item.start, item.end, format_inline(new))
            return
        for key, value in new.items():
            if not is_identical(old[key], value):
                self._splice(spans[key].start, spans[key].end, format_inline(value))

    def _find_commented_out(self, value: Span) -> Iterator[tuple[bytes, Added]]:
        """Yield the elements that are commented out and have a comment."""
        for start, end in self._find_gaps(value):
            for match in _COMMENT.finditer(self._block, start, end):
                if not (item := _format_element(match[2])):
                    continue
                text, behind = item
                lead = self._find_lead(match.start(), start)
                if behind or lead < match.start():
                    lines = Span(lead, match.end())
                    above = self._block[lead : match.start()]
                    yield text, Added(text, above, behind, match[1], lines)

    def _find_lead(self, line: int, end: int) -> int:
        """Return the start of the comments directly above a line.

        Args:
            line: Where the line begins.
            end: Where the element before it ends, or the array begins.
        """
        border = self._block.find(b"\n", end) + 1
        # what is commented out itself has nothing to do with it
        return find_lead_start(
            self._block,
            line,
            border,
            lambda element: _format_element(element[1:].lstrip()),
        )

    def _remove_commented(
        self, value: Span, items: Sequence[Span], index: int, old: object
    ) -> bool:
        """Remove an element with comments; return whether it has any.

        A text is commented out, so that its comments stay with it; those of a table are
        removed with it.
        """
        item = items[index]
        line = self._block.rfind(b"\n", value.start, item.start) + 1
        eol = self._block.find(b"\n", item.end, value.end)
        if not line or eol < 0 or self._block[line : item.start].strip():
            return False
        behind = _BEHIND.fullmatch(self._block, item.end, eol)
        lead = self._find_lead(line, items[index - 1].end if index else value.start)
        if not behind or (lead == line and not behind[1]):
            return False
        comma = self._find_comma(item.end, value.end)
        if isinstance(old, dict):
            self._splice(lead, eol + 1, b"")
        else:
            self._splice(item.start, item.end, b"# " + format_inline(old))
        if comma > eol:
            self._splice(comma - 1, comma, b"")
        return True

    def _is_plain(self, items: Sequence[Span], index: int) -> bool:
        """Return whether no comment stands between an element and the next one."""
        return b"#" not in self._block[items[index].end : items[index + 1].start]

    def _remove_items(
        self,
        value: Span,
        items: Sequence[Span],
        first: int,
        last: int,
        *,
        ends_line: bool,
    ) -> None:
        """Remove adjacent elements and one comma; comments beside them stay.

        Args:
            value: The array.
            items: All of its elements.
            first: The index of the first one to remove.
            last: The index of the last one.
            ends_line: Whether the line break before them stays.
        """
        item = Span(items[first].start, items[last].end)
        end = self._find_comma(item.end, value.end)
        if b"#" in self._block[item.end : end]:
            self._splice(item.start, item.end, b"")
            self._splice(end - 1, end, b"")
            return
        line = self._block.rfind(b"\n", value.start, item.start) + 1
        eol = self._block.find(b"\n", end or item.end, value.end)
        around = self._block[line : item.start] + self._block[end or item.end : eol]
        if line and eol >= 0 and not around.strip():
            self._splice(line, eol + 1, b"")  # they have lines of their own
            return
        if last + 1 < len(items):
            following = items[last + 1].start
            if end and not self._block[end:following].strip():
                end = following
            self._splice(item.start, end or item.end, b"")
            return
        start = item.start
        before = items[first - 1].end if first else value.start + 1
        gap = self._block[before:start]
        if ends_line:
            self._splice(start, end or item.end, b"")
            return
        if first and not gap.replace(b",", b"").strip() and not end:
            start = before  # the comma before them belonged to them
        elif not gap.replace(b",", b"").strip():
            # the comma before them now ends the list, as theirs did
            start = before + gap.find(b",") + 1 if first else before
        self._splice(start, end or item.end, b"")

    def _find_comma(self, start: int, limit: int) -> int:
        """Return the end of the comma behind an element, or 0."""
        index = start
        while index < limit:
            byte = self._block[index : index + 1]
            if byte == b",":
                return index + 1
            if byte == b"#":
                index = self._block.find(b"\n", index)
            elif not byte.isspace():
                return 0
            index += 1
        return 0

    def _add_items(
        self, value: Span, items: Sequence[Span], after: int, added: Sequence[Added]
    ) -> None:
        """Insert elements behind another (or first), in the array's layout."""
        texts = [element.text for element in added]
        if not items:
            eol = self._block.find(b"\n", value.start, value.end)
            if eol >= 0:
                before = _INDENT.match(self._block, eol + 1)
                self._add_lines(eol, added, before[0] if before else b"  ", b",")
                return
            has_more = self._block[value.start + 1 : value.end - 1].strip()
            comma = b"," if has_more else b""
            start = value.start + 1
            self._splice(start, start, b", ".join(texts) + comma)
            return
        line = self._block.rfind(b"\n", value.start, items[0].start)
        if line < 0 and not any(element.lines for element in added):
            self._add_on_line(items, after, texts)
            return
        indent = self._block[line + 1 : items[0].start]
        if line < 0 or indent.strip():
            indent = b" " * 2
        if after < 0:
            lines = b"".join(text + b"," + self._newline + indent for text in texts)
            self._splice(items[0].start, items[0].start, lines)
            return
        end = self._find_comma(items[after].end, value.end)
        last = b"," if end else b""
        if not end:
            end = items[after].end
            self._splice(end, end, b",")
        eol = self._block.find(b"\n", end, value.end)
        rest = self._block[end:eol] if eol >= 0 else b""
        if eol >= 0 and (not rest.strip() or rest.lstrip().startswith(b"#")):
            self._add_lines(eol, added, indent, last)
            return
        lines = b",".join(self._newline + indent + text for text in texts)
        self._splice(end, end, lines + last)

    def _add_lines(
        self, eol: int, added: Sequence[Added], indent: bytes, last: bytes
    ) -> None:
        """Insert elements on separate lines, each with its comments.

        Args:
            eol: The end of the line before.
            added: The elements.
            indent: What stands in front of new ones.
            last: What stands behind the last one.
        """
        lines = b""
        for number, element in enumerate(added, 1):
            before = indent if element.indent is None else element.indent
            comma = b"," if number < len(added) else last
            lines += self._newline + element.lead + before + element.text + comma
            lines += element.behind
            if element.lines:
                self._splice(*element.lines, b"")
        if self._block[eol - 1 : eol] == b"\r":
            eol -= 1
        self._splice(eol, eol, lines)

    def _add_on_line(
        self, items: Sequence[Span], after: int, texts: Sequence[bytes]
    ) -> None:
        if after < 0:
            lead = b"".join(text + b", " for text in texts)
            self._splice(items[0].start, items[0].start, lead)
        else:
            tail = b"".join(b", " + text for text in texts)
            self._splice(items[after].end, items[after].end, tail)


def _format_element(comment: bytes) -> tuple[bytes, bytes] | None:
    """Return the element that is commented out, and the comment behind it."""
    if comment[:1] not in (b'"', b"'"):
        return None
    try:
        (element,) = tomli.loads("x = [" + comment.decode() + "\n]")["x"]
        (span,) = scan_elements(b"[" + comment + b"\n]", Span(0, len(comment) + 3))
    except (ValueError, RecursionError):
        return None
    behind = _BEHIND.fullmatch(comment, span.end - 1)
    return format_inline(element), (behind[1] if behind else None) or b""
