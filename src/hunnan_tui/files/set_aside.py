"""Moves unusable state files out of the way, and collects the messages about them.

Their content may be of use to somebody, so nothing is deleted or overwritten.
"""

from __future__ import annotations

import errno
import os
from collections import deque
from pathlib import Path

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.io import explain

SUFFIX = ".unreadable"
_MOST = 20
"""The number of names that are tried; then the file stays where it is."""

_OF_ITS_OWN = {
    errno.EISDIR,
    errno.ENXIO,
    errno.ELOOP,
    errno.EACCES,
    errno.EPERM,
    errno.EINVAL,
    errno.ENODEV,
}

_messages: deque[str] = deque(maxlen=_MOST)


def set_aside(path: Path, why: str) -> None:
    """Rename a file out of the way, and add a message about it."""
    shown = display_path(path)
    for number in range(_MOST):
        aside = path.with_name(f"{path.name}{SUFFIX}{number or ''}")
        if os.path.lexists(aside):
            continue
        try:
            path.rename(aside)
        except FileNotFoundError:
            return  # another window has done it
        except OSError:
            break
        _messages.append(
            _("{shown} is not used: {why}; it is kept as {name}").format(
                shown=shown, why=why, name=aside.name
            )
        )
        return
    _messages.append(
        _("{shown} is not used: {why}; move it away").format(shown=shown, why=why)
    )


def set_aside_unless_transient(path: Path, error: OSError) -> None:
    """Set a file aside, unless the error may be transient.

    After an error such as too many open files it may still be intact.
    """
    if error.errno is None or error.errno in _OF_ITS_OWN:
        set_aside(path, explain(error))


def take_messages() -> tuple[str, ...]:
    """Return the messages that were added since the last call."""
    taken = []
    while _messages:
        taken.append(_messages.popleft())
    return tuple(dict.fromkeys(taken))
