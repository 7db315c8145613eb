"""Begins a dataset: in a new file, or in one with nothing in it."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.core.errors import DataError, SaveError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.dataset.new_dataset import has_content
from hunnan_tui.dataset.toml.scanner import BOM, detect_newline
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.io import read_regular
from hunnan_tui.files.new_file import ExistsError, write_file

_LARGEST = 10_000
"""Bytes that a file with nothing but comments has at most."""


def is_without_content(path: Path) -> bool:
    """Return whether a file is there, and holds nothing but blanks and comments."""
    try:
        return not has_content(read_regular(path, _LARGEST))
    except OSError:
        return False


def create_dataset(path: Path, text: bytes) -> None:
    """Write a new dataset; comments that a file has already stay above it.

    Args:
        path: Where.
        text: The dataset.

    Raises:
        ExistsError: There is something in the file.
        SaveError: It cannot be written.
    """
    if not is_without_content(path):
        write_file(path, text)
        return

    def begin(content: bytes) -> bytes:
        if has_content(content):
            raise ExistsError(
                _("Not written: {path} is no longer empty").format(
                    path=display_path(path)
                )
            )
        newline, comments = detect_newline(content), content.rstrip()
        gap = newline * 2 if comments.removeprefix(BOM) else b""
        return comments + gap + text.replace(b"\n", newline)

    try:
        replace_file(path, begin)
    except DataError as error:  # it is gone again
        raise SaveError(str(error)) from error
