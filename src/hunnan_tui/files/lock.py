"""The lock that serializes saves in one folder.

It is a kernel lock on the folder that holds the file, or on Windows, where folders
cannot be locked, a hidden file in it that the kernel removes with its owner. A lock on the file would be lost
with every replacement; a lock file would litter the user's repository and outlive a
killed owner. The kernel frees the lock when its owner dies, and it works across users.
Other programs do not take it: the comparison just before the replacement detects them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import N_, _
from hunnan_tui.files.platform import NO_LOCKS, FolderLock

_PAUSE = 0.005
_WARNING = N_("this file system has no locks: save from one window at a time")


@contextmanager
def lock_folder(folder: str, wait: float) -> Iterator[str]:
    """Hold the lock of a folder.

    Args:
        folder: Of the file that is saved.
        wait: Seconds to wait for another process.

    Yields:
        A warning when there is no lock to hold; else an empty text.

    Raises:
        SaveError: Another process has held it all the time.
    """
    try:
        lock = FolderLock(folder)
    except PermissionError:
        # without permission to list the folder its files can still be written
        yield _("the folder cannot be locked: save from one window at a time")
        return
    try:
        yield _wait_for_lock(lock, wait)
    finally:
        lock.close()


def _wait_for_lock(lock: FolderLock, wait: float) -> str:
    until = time.monotonic() + wait
    while True:
        try:
            lock.take()
        except BlockingIOError:
            if time.monotonic() >= until:
                raise SaveError(
                    _(
                        "Not saved: another hunnan-tui is saving in this folder; try again"
                    )
                ) from None
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno in NO_LOCKS:
                return _(_WARNING)
            raise
        else:
            return ""
