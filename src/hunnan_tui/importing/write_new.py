"""A table to a dataset that is not there yet, and to the base of the next import."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hunnan_tui.core.errors import SaveError
from hunnan_tui.files.new_file import write_file
from hunnan_tui.files.temp_file import remove_stale
from hunnan_tui.importing.base import drop_old_bases, remove_base, write_base
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.new_dataset import (
    TableSource,
    make_records,
    make_source_id,
    read_spool,
    spool_projects,
    write_head,
)
from hunnan_tui.importing.prepare import Prepared


class NewDataset(NamedTuple):
    """A dataset that was written."""

    length: int
    """Bytes; 0 if there was no project, and so no file."""
    problem: str = ""
    """Why the base for the next import could not be kept."""


def write_new(
    prepared: Prepared, converter: Converter, target: Path, today: date
) -> NewDataset:
    """Write a new dataset with the projects of a table.

    Args:
        prepared: The table and its map.
        converter: What reads the projects.
        target: The new file.
        today: The day of the import.

    Raises:
        SaveError: It cannot be written, or is there already; nothing is left of it.
    """
    problem, base = "", None
    with tempfile.TemporaryFile() as spool:
        named = spool_projects(
            make_records(converter, make_source_id(prepared.path)), spool
        )
        if not converter.count:
            return NewDataset(0)
        table = TableSource.make(prepared.path, prepared.map, today)
        try:
            try:
                base = write_base(prepared.map_path, table.import_id, spool)
            except SaveError as error:
                problem = str(error)
            remove_stale(str(target))  # what a killed import has left
            head = write_head(converter, prepared.map, table, named)
            length = len(head) + spool.seek(0, 2)
            write_file(target, chain((head,), read_spool(spool)))
        except BaseException:
            remove_base(base)
            raise
    drop_old_bases(prepared.map_path, table.import_id)
    return NewDataset(length, problem)
