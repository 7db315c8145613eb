"""Read a file whole, and replace its text so that no reader ever sees a part of it.

At any moment a reader finds the old text or the new one. The functions follow the steps
of a save: resolve the path, lock, read again, make the new text, write a temporary file,
compare, and rename it over the old file.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hunnan_tui.core.errors import (
    SaveError,
)
from hunnan_tui.core.language import _
from hunnan_tui.files.in_place import (
    ChangedError,
    is_interrupted,
    restore,
    write_in_place,
)
from hunnan_tui.files.io import (
    explain,
    remove,
)
from hunnan_tui.files.lock import lock_folder
from hunnan_tui.files.platform import is_read_only, sync_folder
from hunnan_tui.files.reading import LARGEST, _explain_missing, name_kind
from hunnan_tui.files.temp_file import make_temporary_name, remove_stale, write_beside

if TYPE_CHECKING:
    from hunnan_tui.files.snapshot import FileSnapshot


PATIENCE = 1.0
"""Seconds in which a file that has vanished may come back: some editors rename."""

_PAUSES = (0.0, 0.01, 0.05)
"""Before another try, when a cloud drive or a scanner holds one of the files, or we do."""

_BUSY = {errno.EBUSY, errno.EACCES}
_ONLY_IN_PLACE = {
    errno.EBUSY,
    errno.EACCES,
    errno.EPERM,
    errno.EXDEV,
    errno.EEXIST,
    errno.ENOTSUP,
}


class Replacement(NamedTuple):
    """The result of a replacement."""

    text: bytes
    """The text of the file now."""
    was: bytes
    """The text before; the same when nothing was written."""
    warning: str = ""


def replace_file(
    path: Path,
    make: Callable[[bytes], bytes],
    *,
    known: bytes = b"",
    backups: Path | None = None,
    sweeping: bool = True,
    tries: int = 5,
    wait: float = 10.0,
) -> Replacement:
    """Replace the text of a file by the result of `make`.

    Args:
        path: The file; a link is followed, its target is replaced.
        make: Called under the lock with what is in the file now, and again when somebody
            else has written it meanwhile; whatever it raises leaves the file as it is.
        known: What the file held when it was last read: if it still does, `make` gets
            this very object, and a large file is not held in memory twice.
        backups: A private folder for both texts while a file is written in place.
        sweeping: Whether temporary files of dead processes are removed first.
        tries: How often to begin again when somebody else writes at the same moment.
        wait: Seconds to wait for another process's lock.

    Raises:
        SaveError: Nothing was written; the message says why and what to do.
    """
    until = time.monotonic() + min(wait, PATIENCE)
    try:
        for _attempt in range(tries):
            target = _resolve(path, until)
            folder = os.path.dirname(target)
            with suppress(ChangedError), lock_folder(folder, wait) as unlocked:
                if sweeping and not unlocked:
                    remove_stale(target)
                message = ""
                if backups is not None:
                    message = restore(target, backups, alone=not unlocked)
                return _replace(
                    target, make, known, backups, _join_warnings(unlocked, message)
                )
    except OSError as error:
        raise SaveError(
            _("Not saved: {why}").format(why=_explain(path, error))
        ) from error
    raise SaveError(_("Not saved: another program keeps writing the file; try again"))


def restore_file(path: Path, backups: Path | None, *, wait: float = 2.0) -> str:
    """Undo a save in place that a crash interrupted, before the file is read.

    Returns:
        A message for the user; almost always empty, and then nothing is locked.
    """
    if backups is None:
        return ""
    target = os.path.realpath(path)
    if not is_interrupted(target, backups):
        return ""
    try:
        with lock_folder(os.path.dirname(target), wait) as unlocked:
            return restore(target, backups, alone=not unlocked)
    except (OSError, SaveError) as error:
        text = explain(error) if isinstance(error, OSError) else str(error)
        return _("A save was cut off and could not be taken back: {text}").format(
            text=text
        )


def explain_unwritable(path: Path) -> str:
    """Return why no edit can be saved in a file, or an empty text."""
    try:
        target = os.path.realpath(path, strict=True)
        return _find_obstacle(target, os.stat(target))[0]
    except OSError as error:
        return _explain(path, error)


def _replace(
    target: str,
    make: Callable[[bytes], bytes],
    known: bytes,
    backups: Path | None,
    warning: str,
) -> Replacement:
    from hunnan_tui.files.snapshot import (
        FileSnapshot,  # and threads: who only reads does without
    )

    snapshot = FileSnapshot(target)
    try:
        if not stat.S_ISREG(snapshot.status.st_mode):
            kind = name_kind(snapshot.status.st_mode)
            raise SaveError(
                _("Not saved: it is {kind}; put a file there").format(kind=kind)
            )
        old = snapshot.read(known, LARGEST)
        if old is None:
            raise SaveError(
                _(
                    "Not saved: the file has more than {largest:,} bytes: split it"
                ).format(largest=LARGEST)
            )
        new = make(old)
        if new == old:
            return Replacement(old, old, warning)
        why, cure = _find_obstacle(target, snapshot.status)
        if why:
            raise SaveError(_("Not saved: {why}: {cure}").format(why=why, cure=cure))
        if snapshot.status.st_nlink > 1 or not _put_in_place(target, new, snapshot):
            message = write_in_place(target, old, new, backups)
            return Replacement(new, old, _join_warnings(warning, message))
        try:
            sync_folder(os.path.dirname(target))
        except OSError as error:
            message = _("saved, but a power cut could still undo it ({why})").format(
                why=explain(error)
            )
            warning = _join_warnings(warning, message)
        return Replacement(new, old, warning)
    finally:
        snapshot.close()


def _put_in_place(target: str, new: bytes, snapshot: "FileSnapshot") -> bool:
    """Rename a new file over the old one; False if it must be written in place."""
    temporary = make_temporary_name(target)
    try:
        write_beside(temporary, new, target, snapshot.status)
        for pause in (*_PAUSES, None):
            if not snapshot.is_unchanged():
                raise ChangedError
            try:
                os.replace(temporary, target)
            except OSError as error:
                if pause is None or error.errno not in _BUSY:
                    raise
                snapshot.close_now()
                time.sleep(pause)
            else:
                return True
    except OSError as error:
        remove(temporary)
        if error.errno in _ONLY_IN_PLACE:
            return False
        raise
    except BaseException:
        remove(temporary)
        raise
    return False


def _resolve(path: Path, until: float) -> str:
    while True:
        try:
            return os.path.realpath(path, strict=True)
        except FileNotFoundError:
            if time.monotonic() >= until:
                raise
        time.sleep(0.02)


def _find_obstacle(target: str, status: os.stat_result) -> tuple[str, str]:
    """Return why a file cannot be written, and what to do; empty texts if it can."""
    elsewhere = _("keep your notes elsewhere with --notes FILE")
    if not stat.S_ISREG(status.st_mode):
        return _("it is {kind}").format(kind=name_kind(status.st_mode)), _(
            "name a file"
        )
    if is_read_only(target):
        return _("the file system is read-only"), elsewhere
    # root could write it and its owner replace it, but its mode says not to
    if not status.st_mode & 0o222:
        return _("the file is write-protected"), _(
            "chmod u+w it, or {elsewhere}"
        ).format(elsewhere=elsewhere)
    if not os.access(target, os.W_OK):
        return _("you have no permission to write it"), elsewhere
    return "", ""


def _explain(path: Path, error: OSError) -> str:
    return (
        ": ".join(_explain_missing(path))
        if error.errno == errno.ENOENT
        else explain(error)
    )


def _join_warnings(*warnings: str) -> str:
    return "; ".join(filter(None, warnings))
