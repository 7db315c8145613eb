"""Write into an existing file that cannot be replaced by another one.

That is so for hard links, for a file that is a mount point, for a read-only folder, and
where a new file would lose its owner. A crash can interrupt such a write, so both texts
are backed up in a private folder first; `restore` uses them after a crash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path

from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.io import (
    close,
    create_private,
    explain,
    has_content,
    read_all,
    read_regular,
    remove,
    write_durably,
)
from hunnan_tui.files.platform import is_alive, open_flags, sync_folder
from hunnan_tui.files.private import ensure_private_folder, hash_path

_BLOCK = 4096
_LARGEST = 2**30
_FLAGS = os.O_RDWR | open_flags("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC")


class ChangedError(Exception):
    """Somebody else has changed the file in the meantime."""


def write_in_place(target: str, old: bytes, new: bytes, backups: Path | None) -> str:
    """Overwrite the text of a file; on an error the old text is written back.

    Args:
        target: The file, under the lock.
        old: What must be in it still.
        new: What is in it afterwards.
        backups: A private folder for both texts meanwhile.

    Returns:
        A warning, or an empty text.

    Raises:
        ChangedError: The old text is not in it any more; nothing was written.
        SaveError: There is no place for the backup, or even the old text could not be
            written back; the message says where it is.
        OSError: The file is as it was.
    """
    descriptor = os.open(target, _FLAGS)
    try:
        if not has_content(descriptor, old):
            raise ChangedError
        backup = _back_up(target, old, new, backups)
        try:
            write_durably(descriptor, new)
        except BaseException:
            _write_back(descriptor, old, backup)
            _remove_backup(backup)
            raise
        _remove_backup(backup)
    finally:
        close(descriptor)
    return "" if backup else _("written in place without a backup: no state folder")


def restore(target: str, backups: Path, *, alone: bool = True) -> str:
    """Undo a write that a crash interrupted.

    Args:
        target: The file.
        backups: Where its texts are.
        alone: Whether the lock is held: then whoever left them has not come to the end.
            Without it those of living processes stay; it may be theirs or another's
            that got a dead one's number after a restart.

    Returns:
        A message for the user, or an empty text.
    """
    messages = []
    left = list(_find_left_over(target, backups, alone, ".old", ".new", ".part"))
    for backup in (path for path in left if path.suffix == ".old"):
        try:
            messages.append(_restore(target, backup))
        except OSError as error:
            messages.append(
                _(
                    "A save was cut off, and {backup} with the text before it could not be "
                    "written back: {why}"
                ).format(backup=display_path(backup), why=explain(error))
            )
    for path in left:
        if path.suffix != ".old" and not path.with_suffix(".old").exists():
            remove(path)
    return "; ".join(filter(None, messages))


def is_interrupted(target: str, backups: Path) -> bool:
    """Return whether a write in place was interrupted, or is in progress."""
    return any(_find_left_over(target, backups, True, ".old"))


def _restore(target: str, backup: Path) -> str:
    old = read_regular(backup, _LARGEST)
    new = read_regular(backup.with_suffix(".new"), _LARGEST)
    descriptor = os.open(target, _FLAGS)
    try:
        text = read_all(descriptor, max(len(old), len(new)))
        if text in (old, new):
            _remove_backup(backup)
            return ""
        if text is not None and _is_torn(text, old, new):
            write_durably(descriptor, old)
            _remove_backup(backup)
            return _("A save that was cut off has been taken back")
    finally:
        close(descriptor)
    kept_path = backup.with_suffix(".kept")
    os.replace(backup, kept_path)
    remove(backup.with_suffix(".new"))
    return _("A save was cut off; the text before it is kept in {kept_path}").format(
        kept_path=display_path(kept_path)
    )


def _is_torn(text: bytes, old: bytes, new: bytes) -> bool:
    """Return whether a text is a mixture of the old and the new one alone."""
    if not min(len(old), len(new)) <= len(text) <= max(len(old), len(new)):
        return False
    for start in range(0, len(text), _BLOCK):
        block = slice(start, min(start + _BLOCK, len(text)))
        part, before, after = text[block], old[block], new[block]
        # a block that was never written reads as NULs
        if part in (before, after) or not part.strip(b"\0"):
            continue
        if any(c not in (a, b) for c, a, b in zip_longest(part, before, after)):
            return False
    return True


def _back_up(target: str, old: bytes, new: bytes, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    name = f"{hash_path(target)}.{os.getpid()}-{os.urandom(4).hex()}.old"
    backup = folder / name
    try:
        ensure_private_folder(folder)
        # once the old text has its name, both files are complete
        create_private(backup.with_suffix(".new"), new)
        create_private(backup.with_suffix(".part"), old)
        os.replace(backup.with_suffix(".part"), backup)
        sync_folder(folder)
    except OSError as error:
        remove(backup.with_suffix(".part"))
        _remove_backup(backup)
        raise SaveError(
            _(
                "Not saved: the file must be written in place, and no copy of it could "
                "be made in {folder}: {why}"
            ).format(folder=display_path(folder), why=explain(error))
        ) from error
    return backup


def _write_back(descriptor: int, old: bytes, backup: Path | None) -> None:
    try:
        write_durably(descriptor, old)
    except OSError as error:
        where = (
            _(": the old text is in {backup}").format(backup=display_path(backup))
            if backup
            else ""
        )
        raise SaveError(
            _("Not saved, and the file was damaged ({why}){where}").format(
                why=explain(error), where=where
            )
        ) from error


def _remove_backup(backup: Path | None) -> None:
    if backup is None:
        return
    try:
        os.unlink(backup)
    except FileNotFoundError:
        pass
    except OSError:
        return  # as long as it is there, both must be
    remove(backup.with_suffix(".new"))


def _find_left_over(
    target: str, backups: Path, alone: bool, *endings: str
) -> Iterator[Path]:
    """Yield the backups of saves that were interrupted."""
    names: list[str] = []
    with suppress(OSError):
        names = sorted(os.listdir(backups))
    start = f"{hash_path(target)}."
    for name in names:
        if not (name.startswith(start) and name.endswith(endings)):
            continue
        process = name.removeprefix(start).partition("-")[0]
        if process.isdecimal() and (alone or not is_alive(int(process))):
            yield backups / name
