"""What Windows does in its own way: locks, and whether a process is running.

Loaded on Windows alone. It has no lock on a folder, none that ends with its owner on a
file that is later replaced, and signal 0 is Ctrl+C there.
"""

from __future__ import annotations

import errno
import os
import sys

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.CreateFileW.restype = wintypes.HANDLE
    _KERNEL.OpenProcess.restype = wintypes.HANDLE
    _KERNEL.WaitForSingleObject.argtypes = [wintypes.HANDLE, wintypes.DWORD]
    _KERNEL.CloseHandle.argtypes = [wintypes.HANDLE]

    _GENERIC_WRITE = 0x40000000
    _SHARE_ALL = 7
    _OPEN_EXISTING = 3
    _OPEN_ALWAYS = 4
    _HIDDEN = 0x2
    _DELETE_ON_CLOSE = 0x04000000
    _NO_HANDLE = wintypes.HANDLE(-1).value
    _SHARING_VIOLATION = 32
    _TAKEN = {5, _SHARING_VIOLATION, 303}
    """Access denied, which a file that is being deleted gives, too; delete pending."""
    _SYNCHRONIZE = 0x00100000
    _ACCESS_DENIED = 5
    _STILL_RUNNING = 0x102
    _LOCK_OFFSET = 2**31 - 2
    """Far behind the text: others must be able to read a file that is locked."""

    def take_lock_file(path: str) -> int:
        """Create a hidden file that nobody else can open; return its handle.

        It vanishes when the handle is closed, or its owner has ended.

        Raises:
            BlockingIOError: Another process has it.
            OSError: It cannot be created.
        """
        handle = _KERNEL.CreateFileW(
            path,
            _GENERIC_WRITE,
            0,
            None,
            _OPEN_ALWAYS,
            _HIDDEN | _DELETE_ON_CLOSE,
            None,
        )
        if handle != _NO_HANDLE:
            return int(handle)
        number = ctypes.get_last_error()
        if number in _TAKEN and os.access(os.path.dirname(path), os.W_OK):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        raise ctypes.WinError(number)

    def release_lock_file(handle: int) -> None:
        """Close the handle of a lock file, which removes it."""
        _KERNEL.CloseHandle(handle)

    def lock_file(descriptor: int) -> None:
        """Lock an open file until it is closed; BlockingIOError if another has it."""
        position = os.lseek(descriptor, 0, os.SEEK_CUR)
        try:
            os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        finally:
            os.lseek(descriptor, position, os.SEEK_SET)

    def is_held(error: OSError) -> bool:
        """Return whether an error came because another program holds the file open."""
        if error.winerror or error.errno != errno.EACCES or not error.filename:
            return error.winerror == _SHARING_VIOLATION
        # the C library has only one number for it and for missing rights
        path = os.fsdecode(error.filename)
        handle = _KERNEL.CreateFileW(
            path, _GENERIC_WRITE, _SHARE_ALL, None, _OPEN_EXISTING, 0, None
        )
        if handle != _NO_HANDLE:
            _KERNEL.CloseHandle(handle)
            return False
        return ctypes.get_last_error() == _SHARING_VIOLATION

    def is_alive(process: int) -> bool:
        """Return whether a process is running; True where that is unknown."""
        handle = _KERNEL.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return ctypes.get_last_error() == _ACCESS_DENIED
        try:
            return bool(_KERNEL.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
        finally:
            _KERNEL.CloseHandle(handle)
