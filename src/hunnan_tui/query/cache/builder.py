"""Builds the index of a file; runs in the other process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hunnan_tui.core.model import Annotations
from hunnan_tui.dataset.incremental import LoadProgress, read_blocks
from hunnan_tui.files.reading import read_file
from hunnan_tui.query.cache.checksums import format_line, hash_text
from hunnan_tui.query.cache.protocol import (
    ProjectBatch,
    format_batch,
    format_end,
    make_header,
)
from hunnan_tui.query.engine.base_columns import compute_row, pack_column

Write = Callable[[bytes], Any]


def build_index(path: Path, write: Write) -> None:
    """Write the index of a file, line by line.

    Raises:
        DataError: The file cannot be read.
        NotInBlocksError: The file must be parsed as a whole.
    """
    text = read_file(path)
    write(format_line(make_header(len(text), hash_text(text))))
    read, _ = read_blocks(
        text, str(path), lambda progress: write(format_batch(_make_batch(progress)))
    )
    write(format_end(read.problems))


def _make_batch(progress: LoadProgress) -> ProjectBatch:
    """Return the batch of the projects that were parsed last."""
    rows = [compute_row(progress.dataset, project) for project in progress.added]
    return ProjectBatch(
        [project.key for project in progress.added],
        list(progress.starts[-len(progress.added) :]),
        progress.end,
        [
            project.key
            for project in progress.added
            if project.annotations != Annotations()
        ],
        [pack_column(column) for column in zip(*rows, strict=True)],
    )
