"""Makes a survey of a file; the work of the other process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hunnan_tui.core.model import Annotations
from hunnan_tui.dataset.incremental import LoadProgress, read_blocks
from hunnan_tui.files.atomic import read_file
from hunnan_tui.query.cache.checksums import hash_of, line
from hunnan_tui.query.cache.protocol import (
    Sheet,
    end_line,
    heading,
    sheet_line,
)
from hunnan_tui.query.engine.base_columns import compute_row, pack_column

Write = Callable[[bytes], Any]


def survey(path: Path, write: Write) -> None:
    """Write the survey of a file, line by line.

    Raises:
        DataError: The file cannot be read.
        NotInBlocksError: It has to be parsed as a whole.
    """
    text = read_file(path)
    write(line(heading(len(text), hash_of(text))))
    read, _ = read_blocks(text, str(path), lambda part: write(sheet_line(_sheet(part))))
    write(end_line(read.problems))


def _sheet(part: LoadProgress) -> Sheet:
    """Return what there is to say about the projects that have been added."""
    rows = [compute_row(part.dataset, project) for project in part.added]
    return Sheet(
        [project.key for project in part.added],
        list(part.starts[-len(part.added) :]),
        part.end,
        [each.key for each in part.added if each.annotations != Annotations()],
        [pack_column(column) for column in zip(*rows, strict=True)],
    )
