"""What the commands read and write: stdout is data, stderr is talk."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO
from warnings import simplefilter

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display, display_line


class UsageError(HunnanError):
    """The command line makes no sense."""


class OutputError(HunnanError):
    """The output could not be written, for example because the disk is full."""

    exit_code = 3


def prepare_streams() -> None:
    """Prepare the streams so that no character can end the program, whatever the locale.

    A stream that the caller has closed leaves its descriptor free; it is taken here, so
    that no file opened later can get it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def silence_warnings() -> None:
    """Suppress warnings about unfinished work: the error has been reported."""
    sys.unraisablehook = lambda _: None
    simplefilter("ignore")


def write(text: str) -> None:
    """Write data to stdout, exactly."""
    refuse_closed()
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _make_write_error(error) from error


def write_row(*cells: str) -> None:
    """Write cells separated by tabs, each cleaned for a line."""
    write("\t".join(map(display_line, cells)) + "\n")


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout."""
    refuse_closed()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise OutputError(_("Standard output takes text only: name a file"))
    try:
        stream.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _make_write_error(error) from error


def use_utf8() -> None:
    """Let stdout take UTF-8 and line ends unchanged, unless it is a terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not is_terminal():
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def say(text: str) -> None:
    """Write a message to stderr, cleaned for a terminal."""
    if sys.stderr is None:
        return
    with suppress(OSError):  # nobody reads it
        sys.stderr.write(display(text) + "\n")
        sys.stderr.flush()


def flush() -> None:
    """Flush stdout, so that a full device is noticed while it can be reported."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _make_write_error(error) from error


def discard_unwritten() -> None:
    """Discard what stdout cannot take, so that the interpreter ends quietly."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def get_locale() -> str:
    """Return the language of the system as its environment names it: `zh_CN.UTF-8`."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return next(filter(None, map(os.environ.get, names)), "")


def is_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return are_terminals(sys.stdout)


def are_terminals(*streams: TextIO | None) -> bool:
    """Return whether each of some streams is open, and a terminal."""
    return all(stream is not None and stream.isatty() for stream in streams)


def get_terminal_width() -> int | None:
    """Return the width of the terminal in cells, or None if stdout is none."""
    if not is_terminal():
        return None
    try:
        width = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        width = 0
    with suppress(OSError, ValueError):
        width = width or os.get_terminal_size(sys.stdout.fileno()).columns
    return width or 80


def read_text() -> str:
    """Return all of stdin; UsageError if it is not UTF-8."""
    if sys.stdin is None:
        raise UsageError(_("There is nothing on standard input"))
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Standard input is not UTF-8: byte 0x{object:02X}").format(
            object=error.object[error.start]
        )
        raise UsageError(message) from error
    return text.replace("\r\n", "\n")


def refuse_closed() -> None:
    """Raise OutputError if the caller has closed stdout."""
    if sys.stdout is None:
        raise OutputError(_("Cannot write the output: standard output is closed"))


def _make_write_error(error: OSError) -> OutputError:
    return OutputError(
        _("Cannot write the output: {strerror}").format(strerror=error.strerror)
    )


def check_utf8(text: str) -> str:
    """Return a typed text; UsageError if it is not UTF-8."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError(_("The text is not UTF-8"))
    return text
