"""One file: read it whole, and replace it by a new text so that no reader sees a part.

The protocol is that of docs/reliability.md. Every system call goes through `os`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hunnan_tui.errors import DataError, Level, Problem, SaveError
from hunnan_tui.text import display_line

LARGEST = 2**31
"""The largest file that is read, in bytes."""

_REASONS = {
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "your disk quota is used up: make room",
    errno.EFBIG: "the file would be larger than is allowed",
    errno.EIO: "the disk reports an error: copy your data to another one",
    errno.EROFS: "the file system is read-only: use --notes FILE",
    errno.EACCES: "permission denied: change it, or use --notes FILE",
    errno.EPERM: "the system does not permit it: use --notes FILE",
    errno.ENOENT: "the file or its folder has vanished: put it back",
    errno.ELOOP: "the link leads in a circle",
    errno.EISDIR: "it is a folder",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open on this machine",
}
_IN_PLACE = {errno.EBUSY, errno.EACCES, errno.EPERM, errno.EXDEV}


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a replacement did."""

    text: bytes
    """What is in the file now."""
    was: bytes
    """What was in it; the same when nothing was written."""
    warning: str = ""


class _ChangedError(Exception):
    """Somebody else has written the file while we prepared the new text."""


def read_file(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a regular file; DataError with the cause if it cannot be."""
    try:
        # a FIFO without a writer must not block us
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
                raise DataError(_problem(path, f"it is {kind}", "name a TOML file"))
            if status.st_size > limit:
                hint = f"at most {limit:,} bytes are read"
                raise DataError(_problem(path, "the file is too large", hint))
            return _read(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno == errno.ENOENT:
            message, hint = "no such file", "check the path"
        else:
            message, hint = f"cannot be read: {_reason(error)}", ""
        raise DataError(_problem(path, message, hint)) from error


def replace_file(
    path: Path,
    make: Callable[[bytes], bytes],
    *,
    backups: Path | None = None,
    tries: int = 5,
    wait: float = 10.0,
) -> Replaced:
    """Replace the text of a file by what `make` makes of it.

    Args:
        path: The file; a link is followed, its target is replaced.
        make: Called under the lock with what is in the file now; whatever it raises
            leaves the file as it is.
        backups: A private folder for the old text while a file is written in place.
        tries: How often to begin again when somebody else writes at the same moment.
        wait: Seconds to wait for another process's lock.

    Raises:
        SaveError: Nothing was written; the message says why and what to do.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        with _locked(target.parent, wait) as warning:
            _sweep(target)
            for _ in range(tries):
                with suppress(_ChangedError):
                    return _replace(target, make, backups, warning)
    except OSError as error:
        raise SaveError(f"Not saved: {_reason(error)}") from error
    raise SaveError("Not saved: another program keeps writing the file; try again")


def is_writable(path: Path) -> str:
    """Return why no edit can be saved in a file, or an empty text."""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError as error:
        return _reason(error)
    if not os.access(target, os.W_OK):
        return "the file is write-protected"
    if os.statvfs(target).f_flag & os.ST_RDONLY:
        return "the file system is read-only"
    return ""


def _replace(
    target: Path,
    make: Callable[[bytes], bytes],
    backups: Path | None,
    warning: str,
) -> Replaced:
    descriptor = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise SaveError("Not saved: it is no regular file")
        old = _read(descriptor)
    finally:
        os.close(descriptor)
    new = make(old)
    if new == old:
        return Replaced(old, old, warning)
    if not before.st_mode & 0o222:
        raise SaveError("Not saved: the file is write-protected: chmod u+w it")
    if before.st_nlink > 1:
        return _write_in_place(target, old, new, backups, warning)
    try:
        temporary = _write_beside(target, new, before)
    except OSError as error:
        if error.errno in _IN_PLACE:
            return _write_in_place(target, old, new, backups, warning)
        raise
    try:
        if _identity(os.stat(target)) != _identity(before):
            raise _ChangedError
        os.replace(temporary, target)
    except OSError as error:
        _remove(temporary)
        if error.errno in _IN_PLACE:
            return _write_in_place(target, old, new, backups, warning)
        raise
    except BaseException:
        _remove(temporary)
        raise
    try:
        _sync_folder(target.parent)
    except OSError as error:
        text = f"saved, but a power cut could still undo it ({_reason(error)})"
        warning = "; ".join(filter(None, (warning, text)))
    return Replaced(new, old, warning)


def _write_beside(target: Path, text: bytes, like: os.stat_result) -> Path:
    """Write a temporary file with the mode, owner and attributes of another."""
    name = f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp"
    temporary = target.parent / name
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o600)
    try:
        try:
            _write(descriptor, text)
            made = os.fstat(descriptor)
            if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
                os.fchown(descriptor, like.st_uid, like.st_gid)
            _copy_attributes(target, descriptor)
            os.fchmod(descriptor, stat.S_IMODE(like.st_mode))
            os.fsync(descriptor)
            os.lseek(descriptor, 0, os.SEEK_SET)
            if _read(descriptor) != text:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        finally:
            os.close(descriptor)
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _write_in_place(
    target: Path, old: bytes, new: bytes, backups: Path | None, warning: str
) -> Replaced:
    """Write into the file itself, where it cannot be replaced, with a backup beside."""
    backup = _backup(target, old, backups)
    descriptor = os.open(target, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            _overwrite(descriptor, new)
        except OSError:
            with suppress(OSError):
                _overwrite(descriptor, old)
            raise
    finally:
        os.close(descriptor)
    if backup is not None:
        _remove(backup)
    return Replaced(new, old, warning)


def _overwrite(descriptor: int, text: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write(descriptor, text)
    os.ftruncate(descriptor, len(text))
    os.fsync(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    if _read(descriptor) != text:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _backup(target: Path, text: bytes, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    folder.mkdir(0o700, parents=True, exist_ok=True)
    path = folder / f"{target.name}.{os.getpid()}-{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        _write(descriptor, text)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _sync_folder(folder)
    return path


@contextmanager
def _locked(folder: Path, wait: float) -> Iterator[str]:
    """Hold the lock of a folder: no file of its own, and free when its owner dies.

    Yields a warning when the file system has no locks; then the comparison before the
    replacement has to do.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield _lock(descriptor, wait)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, wait: float) -> str:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise SaveError(
                    "Not saved: another hunnan-tui is saving in this folder; try again"
                ) from None
            time.sleep(0.005)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
                return "this file system has no locks"
            raise
        else:
            return ""


def _sweep(target: Path) -> None:
    """Remove what processes left that died while they saved this file."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.(\d+)-[0-9a-f]{{8}}\.tmp")
    for name in os.listdir(target.parent):
        match = pattern.fullmatch(name)
        if match and not _is_alive(int(match[1])):
            _remove(target.parent / name)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _copy_attributes(source: Path, descriptor: int) -> None:
    try:
        names = os.listxattr(source)
    except OSError:
        return  # the file system has none
    for name in names:
        os.setxattr(descriptor, name, os.getxattr(source, name))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, text: bytes) -> None:
    view = memoryview(text)
    while view:
        # a full disk may take a part of it without an error
        view = view[os.write(descriptor, view) :]


def _read(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 24):
        parts.append(part)
    return b"".join(parts)


def _remove(path: Path) -> None:
    with suppress(OSError):
        os.unlink(path)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return known or display_line(error.strerror or str(error))


def _problem(path: Path, message: str, hint: str) -> Problem:
    return Problem(Level.ERROR, message, hint, display_line(str(path)))
