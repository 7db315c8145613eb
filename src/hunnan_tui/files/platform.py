"""The one room that knows which system this is.

A call that a system lacks is left out; what it does in another way is done here, or in
`windows`.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from typing import Any

from hunnan_tui.core.language import _

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]  # asked for before each use

NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS, errno.EBADF}
"""Errors of a system, or a file system, without locks."""


_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
"""Windows would turn line feeds into line breaks of its own, and hand files down."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_LOCK_NAME = ".hunnan-tui.lock"
"""Of the file that stands for the lock of a folder, on Windows alone."""


def open_flags(*names: str) -> int:
    """Return the flags of `os.open` by their names; one that is missing counts as 0.

    Every call of `os.open` needs them, if only for its bytes to stay as they are.
    """
    value = _BINARY
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
    if sys.platform == "win32":
        from hunnan_tui.files import windows

        windows.lock_file(descriptor)
    elif fcntl is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """The lock of a folder: on the folder itself, or a file in it on Windows."""

    def __init__(self, folder: str) -> None:
        """Open it.

        Raises:
            PermissionError: We may not list the folder.
            OSError: There is no such folder.
        """
        self._handle = -1
        self._path = os.path.join(folder, _LOCK_NAME)
        if sys.platform != "win32":
            self._handle = os.open(folder, _FOLDER)

    def take(self) -> None:
        """Take it without waiting; raises as `lock_file` does."""
        if sys.platform == "win32":
            from hunnan_tui.files import windows

            self._handle = windows.take_lock_file(self._path)
        else:
            lock_file(self._handle)

    def close(self) -> None:
        """Free the lock."""
        if self._handle == -1:
            return
        if sys.platform == "win32":
            from hunnan_tui.files import windows

            windows.release_lock_file(self._handle)
        else:
            with suppress(OSError):
                os.close(self._handle)
        self._handle = -1


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Sync the entries of a folder to the disk, where folders can be opened."""
    if sys.platform == "win32" or not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, _FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        with suppress(OSError):
            os.close(descriptor)


def sync_file(descriptor: int) -> None:
    """Sync an open file to the disk itself, past the cache of the drive on macOS."""
    if sys.platform == "darwin" and fcntl is not None:
        with suppress(OSError):  # a file system without it: the plain call must do
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def explain_taken(error: OSError) -> str:
    """Return that another program holds a file open, if that is the error's cause."""
    if sys.platform == "win32":
        from hunnan_tui.files import windows

        if windows.is_held(error):
            return _(
                "another program holds the file open: close it there, and try again"
            )
    return ""


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """Return bytes from an offset of a file; the file position may change."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, size)


def is_alive(process: int) -> bool:
    """Return whether a process is running; True where that is unknown."""
    if sys.platform == "win32":  # there the signal 0 is Ctrl+C, and reaches us too
        from hunnan_tui.files import windows

        return windows.is_alive(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def remove_locked(path: str | os.PathLike[str], descriptor: int) -> None:
    """Remove a file that is open and locked, and close it; ignore errors."""
    if sys.platform == "win32":
        # no open file is removed there: whoever opens it in between finds it empty
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
    else:
        with suppress(OSError):
            os.unlink(path)
    with suppress(OSError):
        os.close(descriptor)
    if sys.platform == "win32":
        with suppress(OSError):
            os.unlink(path)


def rename_locked(old: str, new: str, descriptor: int) -> None:
    """Rename a file that is open and locked, and close it; ignore errors."""
    if sys.platform == "win32":  # no open file is renamed there
        with suppress(OSError):
            os.close(descriptor)
    with suppress(OSError):
        os.rename(old, new)
    if sys.platform != "win32":
        with suppress(OSError):
            os.close(descriptor)


def split_command(text: str) -> list[str]:
    """Return the words of a command line, as this system quotes them.

    Raises:
        ValueError: A quotation mark is not closed.
    """
    import shlex

    if sys.platform != "win32":
        return shlex.split(text)
    # a backslash separates folders there, and quotes nothing
    return [word.strip('"') for word in shlex.split(text, posix=False)]


def is_run_by_shell(program: str) -> bool:
    """Return whether the system has a shell run a program, which reads its arguments."""
    if sys.platform != "win32":
        return False
    import shutil

    return (shutil.which(program) or program).lower().endswith((".bat", ".cmd"))


def detach_options() -> dict[str, Any]:
    """Return the options of `subprocess.Popen` for a program that outlives this one."""
    if sys.platform == "win32":
        return {"creationflags": 0x08000000}  # no window of its own
    return {"start_new_session": True}


DEFAULT_EDITOR = "notepad" if sys.platform == "win32" else ""
"""The editor that every machine has; empty where there is none that waits."""


def has_ended(process: str) -> bool:
    """Return whether a text is the id of a process that is no longer running."""
    return process.isdecimal() and not is_alive(int(process))


def lower_priority(by: int) -> None:
    """Let other processes run first, where a process can say so."""
    if hasattr(os, "nice"):
        os.nice(by)


def read_terminal_modes() -> list[Any]:
    """Return the modes of the terminal that is the standard input; empty for none."""
    try:
        import termios
    except ImportError:  # not on Windows: Textual restores the console's modes itself
        return []
    try:
        return list(termios.tcgetattr(0))
    except termios.error:
        return []


def write_terminal_modes(modes: list[Any]) -> None:
    """Set the modes of the terminal, if any were read; ignore errors."""
    if modes:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, modes)


def is_writable(descriptor: int) -> bool:
    """Return whether writing would not wait; True where that is unknown."""
    if sys.platform == "win32":
        return True
    import select

    return bool(select.select([], [descriptor], [], 0)[1])


def wait_for_hangup(descriptor: int) -> bool:
    """Wait until a terminal is gone; False at once where that cannot be known."""
    import select
    import signal

    if not (hasattr(select, "poll") and hasattr(signal, "SIGHUP")):
        return False
    poll = select.poll()
    poll.register(descriptor, 0)  # a hangup is always reported
    return any(event & select.POLLHUP for _, event in poll.poll())


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
