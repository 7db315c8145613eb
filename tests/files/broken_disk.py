"""An `os` whose Nth call fails, or after which the process is as good as dead."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

READING = ("fstat", "stat", "lseek", "read", "listdir", "listxattr", "statvfs")
WRITING = (
    "open",
    "write",
    "fsync",
    "fchmod",
    "fchown",
    "ftruncate",
    "replace",
    "rename",
    "unlink",
    "close",
)


class KilledError(BaseException):
    """Stands for SIGKILL: nothing that happens behind it reaches the disk."""


class BrokenDisk:
    """Counts calls of `os`; lets one fail, or all from one on.

    A write that fails or kills has written the half of what it was given.
    """

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        at: int,
        error: int = 0,
        *,
        names: tuple[str, ...] = WRITING,
        for_good: bool = False,
    ) -> None:
        """Break the disk.

        Args:
            patch: Mends it at the end.
            at: The number of the call that fails, from 1.
            error: The errno; 0 kills.
            names: The functions that are counted.
            for_good: Whether all later calls fail too; they do after a kill.
        """
        self.count = 0
        self._at = at
        self._error = error
        self._for_good = for_good or not error
        for name in names:
            patch.setattr(os, name, self._wrap(name, getattr(os, name)))

    @property
    def was_hit(self) -> bool:
        return self.count >= self._at

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            fails = self.count >= self._at if self._for_good else self.count == self._at
            if not fails:
                return real(*args, **kwargs)
            if name == "close":
                real(*args, **kwargs)  # the kernel closes, whatever it says
            if name == "write" and self.count == self._at:
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            if not self._error:
                raise KilledError
            raise OSError(self._error, os.strerror(self._error))

        return call


DISK_ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EBUSY]
"""One of each way in which the code goes on."""
