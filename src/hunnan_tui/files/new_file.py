"""A new file: written whole or not at all, and over nothing unless asked to."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.io import (
    NEW_FLAGS,
    explain,
    remove,
    write_all,
)
from hunnan_tui.files.platform import make_link, sync_file, sync_folder
from hunnan_tui.files.temp_file import make_temporary_name, write_beside

_CHUNK = 1 << 20
_REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.EACCES: N_("permission denied: name another folder"),
    errno.EPERM: N_("the system does not permit it: name another folder"),
    errno.EROFS: N_("the file system is read-only: name another folder"),
}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


class ExistsError(SaveError):
    """There is a file of that name already."""


def format_size(length: int) -> str:
    """Return how large a file is, for people: `12.3 kB`."""
    if length < 1000:
        return _("{length} bytes").format(length=length)
    value, unit = (length / 1e3, "kB") if length < 10**6 else (length / 1e6, "MB")
    return f"{value:.1f} {unit}"


def write_file(
    path: Path,
    text: bytes | Iterable[bytes],
    *,
    force: bool = False,
    keep: Iterable[Path] = (),
) -> None:
    """Make a file of this text.

    Args:
        path: Where; a link is followed.
        text: All of it, or its parts: a long one needs not be in memory at once.
        force: Whether a file that is there may be replaced.
        keep: Files that are never replaced: the open dataset and its notes.

    Raises:
        ExistsError: There is a file, and `force` is not given.
        SaveError: It cannot be written; nothing is left of it.
    """
    try:
        target = Path(os.path.realpath(path))
        like = _read_status(target)
        if like is not None:
            _refuse(path, like, keep)
            if not force:
                raise _exists(path)
        temporary = Path(make_temporary_name(str(target)))
        parts = [text] if isinstance(text, bytes) else text
        try:
            if like is None:
                _make(temporary, parts)
                _move_to_new(temporary, target)
            else:
                write_beside(temporary, b"".join(parts), target, like)
                temporary.replace(target)
        except FileExistsError as error:
            raise _exists(path) from error
        finally:
            remove(temporary)
        sync_folder(target.parent)
    except OSError as error:
        why = _(_REASONS.get(error.errno or 0, "")) or explain(error)
        raise SaveError(
            _("Not written: {path}: {why}").format(path=_format_path(path), why=why)
        ) from error


def _read_status(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _refuse(path: Path, status: os.stat_result, keep: Iterable[Path]) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SaveError(
            _("Not written: {path} is no regular file: name one").format(
                path=_format_path(path)
            )
        )
    for other in keep:
        known = _read_status(other)
        if known and os.path.samestat(known, status):
            message = _("it is the open file: name another one")
            raise SaveError(
                _("Not written: {path}: {message}").format(
                    path=_format_path(path), message=message
                )
            )


def _make(temporary: Path, parts: Iterable[bytes]) -> None:
    descriptor = os.open(temporary, NEW_FLAGS, 0o666)
    try:
        written = sha256()
        for part in parts:
            write_all(descriptor, part)
            written.update(part)
        sync_file(descriptor)
        content = sha256()
        os.lseek(descriptor, 0, os.SEEK_SET)
        while part := os.read(descriptor, _CHUNK):
            content.update(part)
        if content.digest() != written.digest():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
    finally:
        os.close(descriptor)


def _move_to_new(temporary: Path, target: Path) -> None:
    """Give a file its name; FileExistsError if somebody has made one meanwhile."""
    try:
        make_link(str(temporary), str(target))
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # a file system without links: take the name first
        os.close(os.open(target, NEW_FLAGS, 0o666))
        temporary.replace(target)


def _exists(path: Path) -> ExistsError:
    return ExistsError(
        _("Not written: {path} is there already").format(path=_format_path(path))
    )


def _format_path(path: Path) -> str:
    return display_path(path)
