"""Input that can be read only once: from a pipe, or a socket on standard input.

Its text is cached until the process ends.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from hunnan_tui.files.io import READ_FLAGS, close

PATIENCE = 5.0
"""Seconds in which somebody must open a named pipe to write into it."""

_DESCRIPTOR = re.compile(r"/dev/stdin|/(?:dev|proc/self)/fd/(\d+)")
_CHUNK = 1 << 16
_texts: dict[str, bytes] = {}


class NoWriterError(Exception):
    """Nobody has opened the pipe to write into it."""


def is_pipe(path: Path) -> bool:
    """Return whether a path is a pipe, or a socket that this process was given."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    is_given = _DESCRIPTOR.fullmatch(str(path)) is not None
    return stat.S_ISFIFO(mode) or (stat.S_ISSOCK(mode) and is_given)


def get_read_text(path: Path) -> bytes | None:
    """Return the text that was read from a pipe, if it was."""
    return _texts.get(str(path)) if _texts else None


def read_pipe(path: Path, limit: int) -> bytes | None:
    """Read a pipe to its end; None when it holds more than the limit.

    Raises:
        NoWriterError: Nobody writes into it.
        OSError: It cannot be read.
    """
    if (known := get_read_text(path)) is not None:
        return known
    descriptor = _open(path)
    try:
        chunk = _read_first_chunk(descriptor)
        chunks: list[bytes] = []
        length = 0
        while chunk:
            chunks.append(chunk)
            length += len(chunk)
            if length > limit:
                return None
            chunk = os.read(descriptor, _CHUNK)
    finally:
        close(descriptor)
    text = _texts[str(path)] = b"".join(chunks)
    return text


def _open(path: Path) -> int:
    try:
        return os.open(path, READ_FLAGS)
    except OSError as error:
        match = _DESCRIPTOR.fullmatch(str(path))
        if error.errno != errno.ENXIO or match is None:
            raise
        return os.dup(int(match[1] or 0))  # Linux opens no socket by its path


def _read_first_chunk(descriptor: int) -> bytes:
    """Return the first chunk; wait up to `PATIENCE` for somebody to write.

    A pipe shows that it has a writer only by data, or by not being at its end.
    """
    import select  # reading a file does without it

    if not hasattr(select, "poll"):
        return os.read(descriptor, _CHUNK)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    has_come = poll.poll(PATIENCE * 1000)
    with suppress(BlockingIOError):
        chunk = os.read(descriptor, _CHUNK)
        if not chunk and not has_come:
            raise NoWriterError
        os.set_blocking(descriptor, True)
        return chunk
    os.set_blocking(descriptor, True)
    return os.read(descriptor, _CHUNK)
