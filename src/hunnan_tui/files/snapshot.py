"""The file that a save replaces: read once, and compared just before the replacement.

It stays open in between, so that the comparison is with what was read. A thread closes
it later: closing a file without a name frees its blocks, which for some megabytes takes
half as long as the save.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from functools import cache
from queue import SimpleQueue
from threading import Thread

from hunnan_tui.files.in_place import ChangedError
from hunnan_tui.files.io import (
    READ_FLAGS,
    close,
    has_content,
    read_all,
)
from hunnan_tui.files.platform import open_flags

_close = os.close  # not looked up: it is no step of a save
_waiting: SimpleQueue[int] = SimpleQueue()


class FileSnapshot:
    """A file that is open under the lock, until `close`."""

    def __init__(self, target: str) -> None:
        """Open it.

        Raises:
            ChangedError: It is gone, or a link, since its name was resolved.
            OSError: It cannot be opened.
        """
        self._target = target
        self._text = b""
        self._descriptor = _open(target)
        self._is_open = True
        try:
            self.status = os.fstat(self._descriptor)
        except BaseException:
            self.close_now()
            raise

    def read(self, known: bytes, limit: int) -> bytes | None:
        """Return its text: the known object, if that is its text.

        Args:
            known: The expected text.
            limit: The largest size, in bytes; None is the answer for a larger file.
        """
        text: bytes | None = known
        if len(known) != self.status.st_size or not has_content(
            self._descriptor, known
        ):
            text = read_all(self._descriptor, limit)
        self._text = text or b""
        return text

    def is_unchanged(self) -> bool:
        """Return whether the path still names the file, with the text that was read.

        Time stamps alone would miss a second write within one tick of the clock. A large
        file takes a while to compare: is it the one of that name before and after?
        """
        if self._is_open:
            return self._holds_text(self._descriptor)
        try:
            descriptor = _open(self._target)
        except ChangedError:
            return False
        try:
            return self._holds_text(descriptor)
        finally:
            close(descriptor)

    def close_now(self) -> None:
        """Close it at once: some file systems replace no file that is open."""
        if self._is_open:
            self._is_open = False
            close(self._descriptor)

    def close(self) -> None:
        """Let a thread close it."""
        if self._is_open:
            self._is_open = False
            _close_later(self._descriptor)

    def _holds_text(self, descriptor: int) -> bool:
        return (
            self._is_named()
            and has_content(descriptor, self._text)
            and self._is_named()
        )

    def _is_named(self) -> bool:
        try:
            named = os.stat(self._target, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return _identify(named) == _identify(self.status)


def _open(target: str) -> int:
    try:
        return os.open(target, READ_FLAGS | open_flags("O_NOFOLLOW"))
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            raise ChangedError from error
        raise


def _identify(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _close_later(descriptor: int) -> None:
    """Let a thread close a file that was only read."""
    try:
        _start_worker()
    except RuntimeError:  # no more threads: then it is waited for
        with suppress(OSError):
            _close(descriptor)
    else:
        _waiting.put(descriptor)


@cache
def _start_worker() -> Thread:
    thread = Thread(target=_close_all, name="freeing", daemon=True)
    thread.start()
    return thread


def _close_all() -> None:
    while True:
        with suppress(OSError):
            _close(_waiting.get())
