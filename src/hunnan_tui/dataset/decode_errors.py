"""Explains why a text cannot be parsed at all, and what to do about it."""

from __future__ import annotations

import re

import tomli

from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import N_, _
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.dataset.toml.conflict_markers import find_conflicts
from hunnan_tui.dataset.toml.locations import find_line_columns
from hunnan_tui.dataset.toml_messages import name_error

_LOOKS_LIKE = (
    (re.compile(rb"^\s*(<!doctype|<html)", re.IGNORECASE), N_("an HTML page")),
    (
        re.compile(rb"^version https://git-lfs"),
        N_("a Git LFS pointer: run `git lfs pull`"),
    ),
    (re.compile(rb"^\s*[\[{]\s*[\"{\[]"), "JSON"),
    (re.compile(rb"^[^\n=\[#]+[,;\t][^\n=]*\n"), N_("a table in CSV")),
)

_MOST_DIGITS = 4_300
"""Digits of an integer that Python reads; TOML allows 19."""
_LONG_INTEGER = re.compile(
    scanner.STRING
    + rb"|#[^\n]*+"
    + rb"|(?<![\w.+-])(?P<digits>[+-]?\d[\d_]{%d,}+)(?![\w.-]|[ \t]*=)" % _MOST_DIGITS
)


def shorten_long_integers(data: bytes) -> bytes:
    """Replace integers that are too long for Python by shorter ones out of range.

    Their size stays about the same, so that the range check reports them.
    """

    def shorten(match: re.Match[bytes]) -> bytes:
        digits = match["digits"]
        if digits is None:
            return match[0]
        # a decimal digit has 3.32 bits, a hexadecimal one 4
        return b"0x1" + b"0" * (len(digits.replace(b"_", b"")) * 83 // 100)

    return _LONG_INTEGER.sub(shorten, data)


def explain_not_utf8(error: UnicodeDecodeError, data: bytes, file: str) -> Problem:
    """Return the problem of a text that is not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:200].count(0) > len(
        data[:200].strip(b"\0")
    ):
        message = _("not UTF-8 (looks like UTF-16)")
        encoding = "UTF-16"
    else:
        message = _("not UTF-8: byte 0x{data:02X}").format(data=data[error.start])
        encoding = "GB18030"
    line = data.count(b"\n", 0, error.start) + 1
    start = data.rfind(b"\n", 0, error.start) + 1
    column = len(data[start : error.start].decode("utf-8", "replace")) + 1
    hint = _("convert it: iconv -f {encoding} -t UTF-8 OLD > NEW").format(
        encoding=encoding
    )
    return Problem(Level.ERROR, message, hint, file, line, column)


def explain_not_toml(
    error: tomli.TOMLDecodeError, data: bytes, file: str
) -> tuple[Problem, ...]:
    """Return the problems of a text that is not TOML."""
    message, hint = name_error(error.msg), ""
    line, column = error.lineno, error.colno
    data = data.removeprefix(scanner.BOM)
    lines = [line for line, _ in find_line_columns(data, find_conflicts(data))]
    at_fault = data.split(b"\n", line)[line - 1]
    if not lines and re.match(rb"(<{7}|={7}|>{7})(?![<=>])", at_fault):
        lines = [line]  # what is left of a conflict
    if lines:
        hint = _("hunnan-tui resolve FILE shows both sides; or decide in an editor")
        return tuple(
            Problem(
                Level.ERROR,
                _("Git conflict at line {number}").format(number=number),
                hint,
                file,
                number,
                1,
            )
            for number in lines
        )
    if not data.strip(b"\0 \r\n"):
        message = _("the file holds only NUL bytes, as after a crash of the machine")
        hint = _("get it back from git or a backup")
    else:
        looks_like = _(next((n for p, n in _LOOKS_LIKE if p.match(data)), ""))
        if looks_like:
            hint = _("it looks like {kind}, not TOML").format(kind=looks_like)
    return (Problem(Level.ERROR, message, hint, file, line, column),)


def explain_too_deep(data: bytes, file: str) -> Problem:
    """Return the problem of a text that is nested too deeply."""
    try:
        scanner.check_limits(data)
    except scanner.ScanError as error:
        location = find_line_columns(data, [error.offset])[0]
        return Problem(Level.ERROR, error.message, "", file, *location)
    return Problem(Level.ERROR, _("nested too deep"), "", file)
