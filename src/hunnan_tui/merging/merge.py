"""Three versions of a dataset's text become one, as git asks of a merge driver."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import tomli

from hunnan_tui.core.errors import EditRefusedError
from hunnan_tui.core.fact_values import TABLES
from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.language import _
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.scanner import (
    BOM,
    ScanError,
    detect_newline,
    scan_statements,
)
from hunnan_tui.merging.pieces import Piece, split_keys, split_tables
from hunnan_tui.merging.records import is_same_content, merge_records
from hunnan_tui.merging.sequence import merge_order

MARKER_SIZE = 7
_UNREADABLE = (ScanError, ValueError, LookupError, TypeError, RecursionError)


class CannotMergeError(Exception):
    """One of the texts cannot be taken apart: it is left to a merge by lines."""


class Conflict(NamedTuple):
    """A value that both sides have changed."""

    table: str
    """As in `projects`."""
    id: str
    key: str
    """Empty for a whole table."""
    line: int
    """Of the first marker in the merged text, counted from 1."""


@dataclass(frozen=True, slots=True)
class MergedText:
    """The result of a merge."""

    text: bytes
    conflicts: tuple[Conflict, ...] = ()
    """In the order of the text, which has markers round each of them."""
    notices: tuple[str, ...] = ()
    """What was decided without asking, one line each."""


class Labels(NamedTuple):
    """What stands behind the markers of a conflict."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"
    size: int = MARKER_SIZE


def merge_texts(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    labels: Labels = Labels(),  # noqa: B008 - a value
) -> MergedText:
    """Merge two texts that grew out of one.

    Args:
        base: The common ancestor.
        ours: One side: what neither has changed stays byte for byte as it is here.
        theirs: The other side.
        labels: What the markers of conflicts say.

    Raises:
        CannotMergeError: One of them is no TOML, or their merge would be none.
    """
    if ours in (base, theirs):
        return MergedText(theirs)
    if theirs == base:
        return MergedText(ours)
    for side, text in zip(labels, (ours, base, theirs), strict=False):
        _check(text, str(side))
    merge = _Merge(labels, detect_newline(ours))
    text = merge.merge_tables(*map(split_tables, (base, ours, theirs)))
    if not merge.marked:
        _check(text, _("the merge"))
    return MergedText(text, tuple(merge.find_conflicts(text)), tuple(merge.notices))


def _check(text: bytes, name: str) -> None:
    try:
        tomli.loads(text.removeprefix(BOM).decode())
    except (ValueError, RecursionError) as error:
        raise CannotMergeError(f"{name}: {error}") from error


class _Unresolved(NamedTuple):
    """A value to be put between markers, and where."""

    key: str
    base: bytes
    theirs: bytes


@dataclass(slots=True)
class _Merge:
    """One merge: it collects what could not be decided."""

    labels: Labels
    newline: bytes
    notices: list[str] = field(default_factory=list)
    marked: list[tuple[str, str, str]] = field(default_factory=list)
    """Table, id and key of each conflict, in the order of the text."""

    def merge_tables(
        self, base: list[Piece], ours: list[Piece], theirs: list[Piece]
    ) -> bytes:
        """Merge all tables of three texts."""
        by_key = [{piece.key: piece for piece in side} for side in (base, ours, theirs)]
        order = merge_order(*([*side] for side in by_key))
        pieces: list[tuple[bytes, bytes]] = []
        followed = {side[-1].key for side in (ours, theirs)}
        for key in order:
            before, one, other = (side.get(key) for side in by_key)
            content = self._merge_table(before, one, other)
            if content is None:
                continue
            gap = _choose(*(piece and piece.gap for piece in (before, one, other)))
            if key in followed:  # it may have been the last one there
                gaps = [p.gap for p in (one, other, before) if p and p.gap]
                gap = gap or (gaps[0] if gaps else b"")
            pieces.append((content, gap or b""))
        ending = _choose(*(side[-1].gap for side in (base, ours, theirs))) or b""
        return self._join(pieces, ending)

    def _join(self, pieces: Sequence[tuple[bytes, bytes]], ending: bytes) -> bytes:
        written: list[bytes] = []
        for number, (content, gap) in enumerate(pieces):
            written.append(content)
            if number == len(pieces) - 1:
                written.append(ending)
                break
            if content and not content.endswith(b"\n"):
                written.append(self.newline)
            written.append(gap or (self.newline if content else b""))
        return b"".join(written)

    def _merge_table(
        self, base: Piece | None, ours: Piece | None, theirs: Piece | None
    ) -> bytes | None:
        """Return the merged text of a table; None if it is gone."""
        before, one, other = (piece and piece.text for piece in (base, ours, theirs))
        if other in (one, before):
            return one
        if one == before:
            return other
        piece = ours or theirs
        assert piece is not None  # noqa: S101 - one of them differs from the other
        if one is None or other is None:
            side = "ours" if one is None else "theirs"
            self.notices.append(
                _(
                    "{name}: removed in {side} and changed on the other side: kept"
                ).format(name=_name(piece), side=side)
            )
            return other if one is None else one
        try:
            return self._merge_keys(piece, before or b"", one, other)
        except (*_UNREADABLE, EditRefusedError):
            self.marked.append((piece.name, piece.id, ""))
            return self._mark(one, before or b"", other)

    def _merge_keys(
        self, piece: Piece, base: bytes, ours: bytes, theirs: bytes
    ) -> bytes:
        records = [_read_table(text, piece.name) for text in (base, ours, theirs)]
        merged = merge_records(*records)
        sides = [{p.key: p for p in split_keys(text)} for text in (base, ours, theirs)]
        order = merge_order(*([*side] for side in sides))
        tail = ("tail",)
        lines = [
            _merge_piece(*(side.get(key) for side in sides))
            for key in [*(k for k in order if k != tail), tail]
        ]
        text = b"".join(_end_lines(filter(None, lines), self.newline))
        text = self._set_values(piece, text, merged.values, merged.conflicts)
        text = self._mark_keys(piece, text, merged.conflicts, sides[0], sides[2])
        self.notices += (f"{_name(piece)}: {notice}" for notice in merged.notices)
        return text

    def _set_values(
        self,
        piece: Piece,
        text: bytes,
        values: Mapping[str, Any],
        conflicts: Sequence[str],
    ) -> bytes:
        """Write what the merge of lines has not brought about, such as a list's values."""
        written = _read_table(text, piece.name)
        changes = {
            key: values.get(key)
            for key in dict.fromkeys([*values, *written])
            if key not in conflicts
            and not is_same_content(values.get(key), written.get(key))
        }
        if not changes:
            return text
        changed: bytes = edit_table(
            text,
            piece.name,
            changes,
            self.newline,
            order=SCHEMA_KEYS if piece.name == "projects" else (),
            inline=TABLES,
        )
        return changed

    def _mark_keys(
        self,
        piece: Piece,
        text: bytes,
        keys: Sequence[str],
        base: Mapping[Hashable, Piece],
        theirs: Mapping[Hashable, Piece],
    ) -> bytes:
        """Put markers round the values of keys that both sides have changed."""
        end = _find_place(text)
        places = dict.fromkeys(keys, (end, end))
        for statement in scan_statements(text):
            if statement.kind == "pair" and statement.path[0] in places:
                key = statement.path[0]
                if places[key] != (end, end):
                    raise EditRefusedError(
                        _("{key} is written in parts").format(key=key)
                    )
                places[key] = statement.start, statement.end
        texts = {
            key: (_find_lines(base, key), _find_lines(theirs, key)) for key in keys
        }
        ordered = sorted(places, key=lambda key: places[key])
        for key in reversed(ordered):  # so that what is in front stays where it is
            start, stop = places[key]
            mark = self._mark(text[start:stop], *texts[key])
            text = text[:start] + mark + text[stop:]
        self.marked += ((piece.name, piece.id, key) for key in ordered)
        return text

    def _mark(self, ours: bytes, base: bytes, theirs: bytes) -> bytes:
        parts = []
        for sign, label, text in (
            (b"<", self.labels.ours, ours),
            (b"|", self.labels.base, base),
            (b"=", "", theirs),
            (b">", self.labels.theirs, b""),
        ):
            line = sign * self.labels.size + (f" {label}".encode() if label else b"")
            parts += [line + self.newline, text]
            if text and not text.endswith(b"\n"):
                parts.append(self.newline)
        return b"".join(parts)

    def find_conflicts(self, text: bytes) -> Iterator[Conflict]:
        """Yield the conflicts with their lines in the merged text."""
        marker = b"<" * self.labels.size + f" {self.labels.ours}".encode()
        marked = iter(self.marked)
        for number, line in enumerate(text.split(b"\n"), 1):
            if line.rstrip(b"\r") == marker:
                yield Conflict(*next(marked, ("", "", "")), number)


def _read_table(text: bytes, name: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    values = tomli.loads(text.removeprefix(BOM).decode())
    if not name:  # what precedes the first table
        return values
    table: Any = values[name]
    record: dict[str, Any] = table[0] if isinstance(table, list) else table
    return record


def _merge_piece(base: Piece | None, ours: Piece | None, theirs: Piece | None) -> bytes:
    """Return the text of a key or table below; where both have changed it, ours."""
    before, one, other = (piece and piece.text for piece in (base, ours, theirs))
    if other in (one, before):
        return one or b""
    if one == before:
        return other or b""
    if not one or not other:  # removed on one side, changed on the other
        return one or other or b""
    return _add_comments(one, other, before or b"")


def _add_comments(ours: bytes, theirs: bytes, base: bytes) -> bytes:
    """Put comments that theirs alone has added above ours."""
    known = {*_list_comments(ours), *_list_comments(base)}
    comments = _list_comments(theirs)
    added = [comment for comment in comments if comment not in known]
    if not added:
        return ours
    start = len(ours) - len(ours.lstrip(b"\r\n"))
    newline = b"\r\n" if b"\r\n" in ours else b"\n"
    return ours[:start] + b"".join(c + newline for c in added) + ours[start:]


def _list_comments(text: bytes) -> list[bytes]:
    """Return the comments of a piece: its lines of comment, and those behind values."""
    comments = []
    for statement_end, start in _find_gaps(text):
        for line in text[statement_end:start].split(b"\n"):
            _, sign, comment = line.partition(b"#")
            if sign:
                comments.append(sign + comment.strip(b"\r"))
    return comments


def _find_gaps(text: bytes) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are no header, key or value."""
    end = 0
    for statement in scan_statements(text):
        yield end, statement.start
        end = statement.value.end if statement.value else statement.key.end
    yield end, len(text)


def _end_lines(pieces: Iterator[bytes], newline: bytes) -> Iterator[bytes]:
    """Yield pieces, each but the last with the end of its last line."""
    previous = next(pieces, b"")
    for piece in pieces:
        yield previous if previous.endswith(b"\n") else previous + newline
        previous = piece
    yield previous


def _find_lines(side: Mapping[Hashable, Piece], key: str) -> bytes:
    """Return the lines of a key without what stands above it; empty if it has none.

    Raises:
        EditRefusedError: It is written in parts.
    """
    pieces = [piece for piece in side.values() if piece.name == key]
    if not pieces:
        return b""
    statements = list(scan_statements(pieces[0].text))
    if len(pieces) > 1 or len(statements) > 1:
        raise EditRefusedError(_("{key} is written in parts").format(key=key))
    return pieces[0].text[statements[0].start :]


def _find_place(text: bytes) -> int:
    """Return the end of the last key of a table itself."""
    end = 0
    for number, statement in enumerate(scan_statements(text)):
        if number and statement.kind != "pair":
            break
        end = statement.end
    return end


def _choose(
    base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> bytes | None:
    """Return what one side has changed, or ours."""
    if ours is None or (ours == base and theirs is not None):
        return theirs
    return ours


def _name(piece: Piece) -> str:
    return f"{piece.name} {piece.id}".strip() or _("the top of the file")
