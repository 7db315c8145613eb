"""Reads a file and what was kept of it: the slow part of a start, without much program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.disk import Stamp, stamp
from hunnan_tui.replace import read_file
from hunnan_tui.survey.cache import open_kept
from hunnan_tui.survey.checked import BrokenSurveyError, hash_of
from hunnan_tui.survey.chunks import Chunks, read_chunks


class Found(NamedTuple):
    """A file, and what was kept of one of that path."""

    text: bytes
    before: Stamp
    """Its stamp before it was read."""
    hash: str
    kept: tuple[dict[str, Any], Chunks] | None


def find(path: Path, cache: Path | None) -> Found:
    """Read a file, and what is kept of it in a folder.

    Raises:
        DataError: The file cannot be read.
    """
    before = stamp(path)
    text = read_file(path)
    kept = None
    with suppress(BrokenSurveyError):
        file = open_kept(cache, path)
        if file is not None:
            with file:
                kept = read_chunks(file)
    return Found(text, before, hash_of(text), kept)
