"""A file read whole; where it cannot be, an error that names the cause."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from hunnan_tui.core.errors import (
    DataError,
    Level,
    Problem,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line, display_path
from hunnan_tui.files import pipes
from hunnan_tui.files.io import (
    READ_FLAGS,
    close,
    explain,
    read_all,
)

LARGEST = 800 * 2**20
"""The largest file that is read, in bytes; it can hold a million projects."""


def read_file(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a regular file; DataError with the cause if it cannot be."""
    if (known := pipes.get_read_text(path)) is not None:
        return known
    try:
        descriptor = os.open(path, READ_FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                message = _("it is {kind}").format(kind=name_kind(status.st_mode))
                raise DataError(_make_problem(path, message, _("name a TOML file")))
            text = None
            if status.st_size <= limit:
                text = read_all(descriptor, limit)
        finally:
            close(descriptor)
    except OSError as error:
        raise _make_read_error(path, error) from error
    return _check_limit(path, text, limit)


def read_pipe(path: Path, limit: int = LARGEST) -> None:
    """Read a pipe to its end; `read_file` returns the text from then on.

    Raises:
        DataError: It cannot be read, nobody writes into it, or it is too much.
    """
    try:
        _check_limit(path, pipes.read_pipe(path, limit), limit)
    except pipes.NoWriterError as error:
        raise DataError(
            _make_problem(path, _("nobody writes into this pipe"), "")
        ) from error
    except OSError as error:
        raise _make_read_error(path, error) from error


def _check_limit(path: Path, text: bytes | None, limit: int) -> bytes:
    if text is None:
        hint = _("at most {limit:,} bytes are read: split it").format(limit=limit)
        raise DataError(_make_problem(path, _("the file is too large"), hint))
    return text


def _make_read_error(path: Path, error: OSError) -> DataError:
    if error.errno == errno.ENOENT:
        return DataError(_make_problem(path, *_explain_missing(path)))
    if isinstance(error, PermissionError):
        what, hint = _("cannot be read: permission denied"), _("ask for it")
    else:
        what, hint = _("cannot be read: {why}").format(why=explain(error)), ""
    return DataError(_make_problem(path, what, hint))


def _explain_missing(path: Path) -> tuple[str, str]:
    if os.path.islink(path):
        where = display_line(os.readlink(path))
        return (
            _("the link leads to {where}, which is not there").format(where=where),
            _("make it, or mend the link"),
        )
    return _("no such file"), _("check the path, or put the file back")


def name_kind(mode: int) -> str:
    """Return what a file that is no regular one is, in words."""
    if stat.S_ISDIR(mode):
        return "a folder"
    return (
        "a device"
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
        else _("a pipe or socket")
    )


def _make_problem(path: Path, message: str, hint: str) -> Problem:
    return Problem(Level.ERROR, message, hint, display_path(path))
