"""The program's own state files, validated like any other input.

A state file may be damaged, or a pipe or folder may stand in its place. Reading one never
blocks, reads no more than such a file can hold, and returns values of the right shape or
nothing. A file that cannot be used is set aside and reported.
"""

# no annotations from __future__: this is on the way to the first screen
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from hunnan_tui.core.language import _
from hunnan_tui.files.io import create_private, read_regular, remove
from hunnan_tui.files.set_aside import set_aside, set_aside_unless_transient

_T = TypeVar("_T")

MALFORMED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What parsing a malformed value may raise."""


def read_private(path: Path, limit: int) -> bytes | None:
    """Return the bytes of a state file; None if it is missing or unusable.

    Args:
        path: The file.
        limit: The largest size in bytes.
    """
    try:
        return read_regular(path, limit)
    except OSError as error:
        set_aside_unless_transient(path, error)
        return None


def read_json(path: Path, limit: int, shape: Callable[[Any], _T]) -> _T | None:
    """Return the value of a JSON file; None if it is missing or unusable.

    Args:
        path: The file.
        limit: The largest size in bytes.
        shape: Makes the result of the plain value; raises one of `MALFORMED` for any
            other value.
    """
    text = read_private(path, limit)
    if text is None:
        return None
    try:
        value = parse_json(text)
        # half of a surrogate pair can be read, but neither written nor shown
        json.dumps(value, ensure_ascii=False).encode()
        return shape(value)
    except MALFORMED:
        set_aside(path, _("it is damaged"))
        return None


def parse_json(text: bytes | str) -> Any:
    """Parse JSON.

    Raises:
        ValueError: It is no JSON, or is nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(_("nested too deeply")) from error


def expect_text(value: object) -> str:
    """Return a value that is a text; TypeError if it is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def expect_texts(value: object) -> tuple[str, ...]:
    """Return a value that is a list of texts; TypeError if it is none."""
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(map(expect_text, value))


def write_json(path: Path, value: object, *, is_durable: bool = True) -> None:
    """Write a value as JSON, like `write_private`.

    Raises:
        UnicodeError: It holds half a surrogate pair.
    """
    text = json.dumps(value, ensure_ascii=False).encode()
    write_private(path, text, is_durable=is_durable)


def write_private(path: Path, text: bytes, *, is_durable: bool = True) -> None:
    """Write a file atomically that only its owner can read.

    Args:
        path: The file, in a folder of the state or below it.
        text: The text.
        is_durable: Whether it must be on the disk when this returns; a kill of the
            program loses nothing that was handed to the system.

    Raises:
        OSError: It could not be written; the file is as it was.
    """
    from hunnan_tui.files.temp_file import (  # not needed to read
        make_temporary_name,
        remove_stale,
    )

    folder = path.parent
    ensure_private_folder(folder.parent)
    ensure_private_folder(folder)
    remove_stale(str(path))
    temporary = Path(make_temporary_name(str(path)))
    try:
        create_private(temporary, text, is_durable=is_durable)
        if path.is_dir() and not path.is_symlink():
            set_aside(path, _("it is a folder"))
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise


NAME = "hunnan-tui"


def hash_path(path: Path | str) -> str:
    """Return a hash of a file's real path, to name its state files."""
    from hashlib import blake2b  # reading alone does not need it

    real = os.fsencode(os.path.realpath(path))
    return blake2b(real, digest_size=10).hexdigest()


def ensure_private_folder(path: Path) -> Path:
    """Create a folder, or restrict it to its owner; OSError if that fails."""
    for folder in (path.parent, path):
        if NAME in folder.parts and folder.exists() and not folder.is_dir():
            from hunnan_tui.files.set_aside import set_aside

            set_aside(folder, _("it is no folder"))
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    path.mkdir(0o700, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path
