"""The temporary file that replaces another one: the same mode, owner and attributes."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from hunnan_tui.files.io import NEW_FLAGS, remove, sync, write_all
from hunnan_tui.files.platform import (
    copy_attributes,
    copy_mode,
    copy_owner,
    is_alive,
)

_NAME = 50
"""Characters of the file's name in that of the temporary one, which must not be too long."""
_ENDING = ".tmp"
_OWN = re.compile(r"(\d+)-[0-9a-f]{8}")
"""Between the file's name and the ending: the process, and what makes it unique."""


def make_temporary_name(target: str) -> str:
    """Return a hidden name in a file's folder, with the id of this process."""
    folder, name = os.path.split(target)
    temporary = f"{_make_prefix(name)}{os.getpid()}-{os.urandom(4).hex()}{_ENDING}"
    return os.path.join(folder, temporary)


def write_beside(
    temporary: Path | str, text: bytes, target: Path | str, like: os.stat_result
) -> None:
    """Write a temporary file with the mode, owner and attributes of the target."""
    descriptor = os.open(temporary, NEW_FLAGS, 0o600)
    try:
        write_all(descriptor, text)
        copy_owner(descriptor, like)
        copy_attributes(target, descriptor)
        # last, since a new owner clears mode bits and an access list changes them
        copy_mode(descriptor, like)
        sync(descriptor, text)
    finally:
        os.close(descriptor)


def remove_stale(target: str) -> None:
    """Remove temporary files of processes that died while they saved this file.

    Under the lock nobody else is writing, so one with our own id is stale too.
    """
    folder, name = os.path.split(target)
    beginning = _make_prefix(name)
    with suppress(OSError):
        for entry in os.listdir(folder):
            if not (entry.startswith(beginning) and entry.endswith(_ENDING)):
                continue
            match = _OWN.fullmatch(entry, len(beginning), len(entry) - len(_ENDING))
            if match and (int(match[1]) == os.getpid() or not is_alive(int(match[1]))):
                remove(os.path.join(folder, entry))


def _make_prefix(name: str) -> str:
    return f".{name[:_NAME]}."
