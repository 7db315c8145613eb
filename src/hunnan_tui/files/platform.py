"""System calls that not every platform has; where one is missing, it is left out."""

from __future__ import annotations

import errno
import os
import stat

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]  # asked for before each use

NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS, errno.EBADF}
"""Errors of a system, or a file system, without locks."""


def open_flags(*names: str) -> int:
    """Return the flags of `os.open` by their names; one that is missing counts as 0."""
    value = 0
    for name in names:
        value |= getattr(os, name, 0)
    return value


def lock_file(descriptor: int) -> None:
    """Take the kernel lock of an open file or folder without waiting.

    Raises:
        BlockingIOError: Another process has it.
        OSError: There are no locks here: its number is one of `NO_LOCKS`, and ENOSYS
            where the system itself has none.
    """
    if fcntl is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """Return bytes from an offset of a file; the file position may change."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, size)


def is_alive(process: int) -> bool:
    """Return whether a process is running; True where that is unknown."""
    if os.name == "nt":
        return True  # there the signal 0 is ctrl+c, and reaches us too
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def make_link(old: str, new: str) -> None:
    """Give a file a second name; OSError where there are no such links."""
    if not hasattr(os, "link"):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    os.link(old, new)


def is_read_only(path: str) -> bool:
    """Return whether a file is on a read-only file system."""
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(path).f_flag & getattr(os, "ST_RDONLY", 0))


def copy_owner(descriptor: int, like: os.stat_result) -> None:
    """Give an open file the owner and group of another."""
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) == (like.st_uid, like.st_gid):
        return
    if hasattr(os, "fchown"):
        os.fchown(descriptor, like.st_uid, like.st_gid)


def copy_mode(descriptor: int, like: os.stat_result) -> None:
    """Give an open file the permissions of another."""
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def copy_attributes(source: str | os.PathLike[str], descriptor: int) -> None:
    """Give an open file the extended attributes of another, access lists among them."""
    if not hasattr(os, "listxattr"):
        return
    try:
        source_values = {
            name: os.getxattr(source, name) for name in os.listxattr(source)
        }
    except OSError:
        return  # the file system has none
    target_values = {
        name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)
    }
    for name, value in source_values.items():
        if target_values.get(name) != value:
            os.setxattr(descriptor, name, value)
    for name in target_values.keys() - source_values.keys():
        if name.startswith("system.posix_acl"):  # the folder's default list
            os.removexattr(descriptor, name)
