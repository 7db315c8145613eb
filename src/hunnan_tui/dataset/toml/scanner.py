"""Scans TOML text into statements with byte spans; knows the syntax, and no project."""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import tomli

from hunnan_tui.core.language import _

BOM = b"\xef\xbb\xbf"
LARGEST_DEPTH = 100
"""Levels of nesting, and parts of a key, that are read."""

STRING = (
    rb'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}+'
    rb"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}+"
    rb'|"(?:[^"\\\n]++|\\[^\n])*+"'
    rb"|'[^'\n]*+'"
)
"""The pattern of a text in quotes, of all four kinds."""
_KEY_PART = re.compile(
    rb"[ \t]*+([A-Za-z0-9_-]++|\"(?:[^\"\\\n]++|\\[^\n])*+\"|'[^'\n]*+')[ \t]*+"
)
_BLANKS = rb"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+"
_BLANK = re.compile(_BLANKS)
_TOKEN = re.compile(STRING + rb"|#[^\n]*+|[\[{]|[\]}]|,|[^\s\"'#\[\]{},]++|\s++")
_TO_BRACKET = re.compile(rb"(?:%b|#[^\n]*+|[^\"'#\[\]{}]++)*+([\[\]{}])" % STRING)
_SCALAR = re.compile(
    STRING + rb"|\d{4}-\d\d-\d\d \d\d:[^\s,#\]}]++|[^\s,#\[\]{}\"'=]++"
)
_END = rb"[ \t]*+(?:#[^\n]*+)?(?:\r?\n|\r?\Z)"
_REST = re.compile(_END)
_FLAT = rb"%b|[^\"'#\[\]{}\n]++" % STRING
_LIST = rb"\[(?:%b|\{(?:%b)*+\})*+\]" % (_FLAT, _FLAT)
# most statements: a bare key with a value that is neither a table nor a list over several
# lines, or deeper than one of tables
_PLAIN = re.compile(
    rb"(%b)[ \t]*+(([A-Za-z0-9_-]++)[ \t]*+)=[ \t]*+((?>%b|%b))%b"
    % (_BLANKS, _SCALAR.pattern, _LIST, _END)
)


class ScanError(ValueError):
    """Text that is malformed at the level of statements."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class Span(NamedTuple):
    """A stretch of text, in bytes."""

    start: int
    end: int


class Statement(NamedTuple):
    """A header or a key with its value."""

    kind: Literal["pair", "table", "array"]
    path: tuple[str, ...]
    """Its own dotted key; of a header, the whole path."""
    start: int
    """Where its first line begins."""
    end: int
    """Behind the end of its last line, comment included."""
    key: Span
    value: Span | None


class Block(NamedTuple):
    """One `[[name]]` table with all that follows, up to the next one or the end."""

    start: int
    end: int


def scan_statements(
    text: bytes, start: int = 0, end: int | None = None
) -> Iterator[Statement]:
    """Yield the statements of a text, from the start of a line on."""
    end = len(text) if end is None else end
    offset = start + len(BOM) if start == 0 and text.startswith(BOM) else start
    while True:
        if plain := _PLAIN.match(text, offset, end):
            line, offset = plain.end(1), plain.end()
            path = (plain[3].decode("ascii"),)
            key, value = Span(*plain.span(2)), Span(*plain.span(4))
            yield Statement("pair", path, line, offset, key, value)
            continue
        blank = _BLANK.match(text, offset, end)
        line = blank.end() if blank else offset
        offset = _skip_blanks(text, line)
        if offset >= end or text[offset : offset + 1] == b"#":
            return
        statement = _scan_statement(text, line, offset, end)
        yield statement
        offset = statement.end


def scan_elements(text: bytes, value: Span) -> list[Span]:
    """Return the spans of the values of an array."""
    return [item for _, item in _scan_items(text, value, keyed=False)]


def scan_pairs(text: bytes, value: Span) -> list[tuple[tuple[str, ...], Span, Span]]:
    """Return the key path, key span and value span of each pair of an inline table."""
    pairs = []
    for key, item in _scan_items(text, value, keyed=True):
        path, _ = _parse_key(text, key.start)
        pairs.append((path, key, item))
    return pairs


def scan_blocks(text: bytes, name: str = "projects") -> list[Block]:
    """Return the blocks of an array of tables, in order."""
    starts = list(_find_header_starts(text, name))
    ends = [*starts[1:], len(text)]
    return [Block(a, b) for a, b in zip(starts, ends, strict=True)] if starts else []


def has_blocks(text: bytes, name: str = "projects") -> bool:
    """Return whether an array has tables; without a look at all of them."""
    return next(_find_header_starts(text, name), None) is not None


def detect_newline(text: bytes) -> bytes:
    """Return how the first line of a text ends."""
    end = text.find(b"\n")
    return b"\r\n" if end > 0 and text[end - 1 : end] == b"\r" else b"\n"


def check_limits(text: bytes) -> None:
    """Raise ScanError for a text that a parser would take unreasonably long for."""
    for match in _LONG_KEY.finditer(text):
        raise ScanError(
            match.start(),
            _("a key of more than {largest_depth} parts").format(
                largest_depth=LARGEST_DEPTH
            ),
        )
    if text.count(b"[") + text.count(b"{") < LARGEST_DEPTH:
        return
    depth = 0
    for match in _DEPTH.finditer(text):
        token = match[0]
        if token in b"[{":
            depth += 1
            if depth > LARGEST_DEPTH:
                raise ScanError(match.start(), _("nested too deep"))
        elif token in b"]}":
            depth = max(0, depth - 1)


_PART = rb"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\n]++|\\[^\n])*+\"|'[^'\n]*+')"
_LONG_KEY = re.compile(
    rb"^[ \t\[]*+(?:%b[ \t]*+\.[ \t]*+){%d}" % (_PART, LARGEST_DEPTH), re.MULTILINE
)
_DEPTH = re.compile(STRING + rb"|#[^\n]*+|[\[\]{}]")


def _skip_blanks(text: bytes, offset: int) -> int:
    while text[offset : offset + 1] in (b" ", b"\t"):
        offset += 1
    return offset


def _scan_statement(text: bytes, line: int, offset: int, end: int) -> Statement:
    if text.startswith(b"[", offset):
        brackets = 2 if text.startswith(b"[[", offset) else 1
        path, after = _parse_key(text, offset + brackets)
        if text[after : after + brackets] != b"]" * brackets:
            raise ScanError(after, _("a header that is not closed"))
        rest = _REST.match(text, after + brackets, end)
        if not rest:
            raise ScanError(after, _("something behind a header"))
        kind: Literal["table", "array"] = "array" if brackets == 2 else "table"
        key = Span(offset + brackets, after)
        return Statement(kind, path, line, rest.end(), key, None)
    path, after = _parse_key(text, offset)
    if text[after : after + 1] != b"=":
        raise ScanError(after, _("a key without a value"))
    start = _skip_blanks(text, after + 1)
    value = Span(start, _find_value_end(text, start, end))
    rest = _REST.match(text, value.end, end)
    if not rest:
        raise ScanError(value.end, _("something behind a value"))
    return Statement("pair", path, line, rest.end(), Span(offset, after), value)


def _parse_key(text: bytes, offset: int) -> tuple[tuple[str, ...], int]:
    parts = []
    while True:
        match = _KEY_PART.match(text, offset)
        if not match:
            raise ScanError(offset, _("a key is missing"))
        parts.append(_unquote(match[1]))
        if len(parts) > LARGEST_DEPTH:
            raise ScanError(
                offset,
                _("a key of more than {largest_depth} parts").format(
                    largest_depth=LARGEST_DEPTH
                ),
            )
        offset = match.end()
        if text[offset : offset + 1] != b".":
            return tuple(parts), offset
        offset += 1


def _unquote(part: bytes) -> str:
    if part[:1] not in (b'"', b"'"):
        return part.decode("ascii")
    try:
        value: str = tomli.loads("x = " + part.decode("utf-8"))["x"]
    except ValueError:
        return part.decode("utf-8", "replace")
    return value


def _find_value_end(text: bytes, start: int, end: int) -> int:
    if text[start : start + 1] not in (b"[", b"{"):
        match = _SCALAR.match(text, start, end)
        if not match:
            raise ScanError(start, _("a value is missing"))
        return match.end()
    depth, offset = 0, start
    while True:
        match = _TO_BRACKET.match(text, offset, end)
        if not match:
            raise ScanError(offset, _("a value that is not closed"))
        offset = match.end()
        if match[1] in b"[{":
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            return offset


def _scan_items(
    text: bytes, value: Span, *, keyed: bool
) -> Iterator[tuple[Span, Span]]:
    """Yield the key span (empty in an array) and the value span of each item."""
    offset = value.start + 1
    while True:
        match = _TOKEN.match(text, offset, value.end)
        if not match:
            return
        token = match[0]
        if token[:1] in b"#, \t\r\n":
            offset = match.end()
            continue
        if match.end() == value.end and token in (b"]", b"}"):
            return
        key = Span(offset, offset)
        if keyed:
            _, after = _parse_key(text, offset)
            key = Span(offset, after)
            offset = _skip_blanks(text, after + 1)
        end = _find_value_end(text, offset, value.end)
        yield key, Span(offset, end)
        offset = end


def _find_header_starts(text: bytes, name: str) -> Iterator[int]:
    """Yield where the lines of the headers `[[name]]` begin.

    A line that looks like one is one, but within a string or an array over several
    lines: only stretches that contain such are looked at closely.
    """
    plain = re.compile(
        rb"^[ \t]*+\[\[[ \t]*+%b[ \t]*+\]\]" % re.escape(name.encode()), re.MULTILINE
    )
    quoted = re.compile(rb"^[ \t]*+\[\[[ \t]*+[\"']", re.MULTILINE)
    first = len(BOM) if text.startswith(BOM) else 0
    # a line start behind a BOM is none for a pattern
    body = text[first:] if first else text
    if quoted.search(body) or not name.isascii():
        for statement in scan_statements(text):
            if statement.kind == "array" and statement.path == (name,):
                yield statement.start
        return
    since = behind = 0
    for match in plain.finditer(body):
        start = match.start() + first
        if start < behind:
            continue
        if _has_long_string(text, since, start):
            behind = _find_boundary(text, since, start)
            if behind != start:
                since = behind
                continue
        yield start
        since = start


def _has_long_string(text: bytes, start: int, end: int) -> bool:
    return text.find(b'"""', start, end) >= 0 or text.find(b"'''", start, end) >= 0


def _find_boundary(text: bytes, since: int, start: int) -> int:
    """Return start if a statement begins there, else where the next one does."""
    for statement in scan_statements(text, since):
        if statement.start >= start:
            return statement.start
    return len(text)
