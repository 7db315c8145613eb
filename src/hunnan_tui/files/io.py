"""Basic file operations: reading, writing, syncing, and what an errno means.

Every system call is made through an attribute of `os`, so that a test can make it fail.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line
from hunnan_tui.files.platform import explain_taken, open_flags, sync_file

Stamp = tuple[int, ...]
"""What changes when a file is replaced or written."""

READ_FLAGS = os.O_RDONLY | open_flags("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY")
"""How a file is opened to be read: a pipe without a writer must not block us."""

NO_FILE = (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV)
"""What opening a file of our own says of something else in its place."""

NEW_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | open_flags("O_NOFOLLOW", "O_CLOEXEC")
"""How a file is created: never over another, and never behind a link."""

_REASONS = {
    errno.ENOSPC: N_("the disk is full: make room"),
    errno.EDQUOT: N_("your disk quota is used up: make room"),
    errno.EFBIG: N_("the file would be larger than is allowed: raise the limit"),
    errno.EIO: N_("the disk reports an error: copy your data to another one"),
    errno.EROFS: N_(
        "the file system is read-only: remount it, or keep your notes elsewhere with "
        "--notes FILE"
    ),
    errno.EACCES: N_(
        "permission denied: ask for it, or keep your notes elsewhere with --notes FILE"
    ),
    errno.EPERM: N_(
        "the system does not permit it: ask for it, or keep your notes elsewhere with "
        "--notes FILE"
    ),
    errno.EBUSY: N_("the file is in use by the system: try again"),
    errno.ENOENT: N_("the file or its folder has vanished: put it back"),
    errno.ENOTDIR: N_("a part of the path is no folder: check it"),
    errno.ENAMETOOLONG: N_("the name is too long: choose a shorter one"),
    errno.ELOOP: N_("the link leads in a circle: mend it"),
    errno.EEXIST: N_("a file of that name is in the way: move it"),
    errno.EISDIR: N_("it is a folder: name a file"),
    errno.ENXIO: N_("it is no regular file: name one"),
    errno.EMFILE: N_("too many files are open: close something and try again"),
    errno.ENFILE: N_("too many files are open on this machine: try again"),
    errno.ENOMEM: N_("the memory is used up: close something and try again"),
    errno.ESTALE: N_("the network drive has lost the file: mount it again"),
    errno.ETIMEDOUT: N_("the network drive does not answer: try again"),
}


def explain(error: OSError) -> str:
    """Return the cause of an error and a remedy, to end a sentence with."""
    if taken := explain_taken(error):
        return taken
    if reason := _REASONS.get(error.errno or 0):
        return _(reason)
    return display_line(error.strerror or str(error))


def read_stamp(path: Path) -> Stamp:
    """Return values that change when a file is replaced or written; a hint, no proof."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def read_all(descriptor: int, limit: int) -> bytes | None:
    """Return the bytes of a file; None when there are more than the limit."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    # one byte more, so that usually one call reads all and sees the end
    size = min(os.fstat(descriptor).st_size, limit) + 1
    chunks = []
    length = 0
    while part := os.read(descriptor, size):
        chunks.append(part)
        length += len(part)
        if length > limit:
            return None
        size = max(1 << 16, size - len(part))
    return b"".join(chunks)


def has_content(descriptor: int, text: bytes) -> bool:
    """Return whether a file holds this text, without loading a second copy."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    offset = 0
    while part := os.read(descriptor, 1 << 18):
        if not text.startswith(part, offset):
            return False
        offset += len(part)
    return offset == len(text)


def write_all(descriptor: int, text: bytes) -> None:
    """Write every byte: a full disk may take a part of them without an error."""
    view = memoryview(text)
    while view:
        view = view[os.write(descriptor, view) :]


def write_durably(descriptor: int, text: bytes) -> None:
    """Overwrite an open file, sync it, and verify its text.

    The file is shortened last, so that no moment has less in it than both texts share.
    """
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, text)
    os.ftruncate(descriptor, len(text))
    sync(descriptor, text)


def sync(descriptor: int, text: bytes) -> None:
    """Sync an open file to the disk; OSError unless it holds the text."""
    sync_file(descriptor)
    if not has_content(descriptor, text):
        raise _make_error(errno.EIO)


def read_regular(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file, without waiting for a pipe or a device.

    Raises:
        OSError: It cannot be read, is something else, or is larger than the limit.
    """
    descriptor = os.open(path, READ_FLAGS)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _make_error(errno.EISDIR)
        if not stat.S_ISREG(status.st_mode):
            raise _make_error(errno.ENXIO)
        text = read_all(descriptor, limit) if status.st_size <= limit else None
        if text is None:
            raise OSError(_("it is larger than {limit:,} bytes").format(limit=limit))
    finally:
        close(descriptor)
    return text


def create_private(path: Path, text: bytes, *, is_durable: bool = True) -> None:
    """Create a file that only its owner can read; it is removed on an error."""
    descriptor = os.open(path, NEW_FLAGS, 0o600)
    try:
        try:
            if is_durable:
                write_durably(descriptor, text)
            else:
                write_all(descriptor, text)
        finally:
            os.close(descriptor)
    except BaseException:
        remove(path)
        raise


def _make_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def has_name(descriptor: int, path: Path) -> bool:
    """Return whether a path still names an open file."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def close(descriptor: int) -> None:
    """Close a file, and ignore errors."""
    with suppress(OSError):
        os.close(descriptor)


def remove(path: Path | str) -> None:
    """Remove a file, and ignore errors."""
    with suppress(OSError):
        os.unlink(path)
