"""The journal of unsaved edits, so that a crash loses none.

Each process writes one file in the state folder, with one JSON record a line, and holds a
kernel lock on it. A journal whose lock is free belongs to a dead process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.language import _
from hunnan_tui.files.io import close, explain, has_name, write_all
from hunnan_tui.files.platform import (
    lock_file,
    open_flags,
    remove_locked,
    sync_file,
    sync_folder,
)
from hunnan_tui.files.private import ensure_private_folder, hash_path
from hunnan_tui.storage.edit_json import dump_edit

VERSION = 1
ENDING = ".jsonl"


class Journal:
    """The journal of this process for one dataset."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Prepare the journal; its file is created with the first edit.

        Args:
            folder: Where journals are; None when there is no state folder.
            dataset: The file that the edits go to.
        """
        self.problem = "" if folder else _("no state folder: a crash could lose edits")
        """Why edits are not protected against a crash; empty when they are."""
        self._folder = folder
        self._dataset = dataset
        self._path: Path | None = None
        self._file = -1
        self._size = 0
        self._unwritten: list[dict[str, Any]] = []
        self._open: set[int] = set()
        self._serial = 0

    def add(self, edits: Sequence[Edit]) -> list[int]:
        """Write edits to the disk.

        If that fails, `problem` says why, and the next call tries again.

        Returns:
            A serial number for each edit, for `mark_saved`.
        """
        serials = list(range(self._serial + 1, self._serial + 1 + len(edits)))
        self._serial += len(edits)
        self._open.update(serials)
        self._write(
            {"n": serial, "edit": dump_edit(edit)}
            for serial, edit in zip(serials, edits, strict=True)
        )
        return serials

    def mark_saved(self, serials: Sequence[int]) -> None:
        """Remove edits that are in the file now."""
        self._open.difference_update(serials)
        if self._open:
            self._write([{"done": list(serials)}])
            return
        self._unwritten.clear()
        if self._file >= 0:
            self._size = 0
            self._write([])

    def mark_partly_saved(self, serials: Sequence[int], files: Collection[int]) -> None:
        """Remove those edits that are in some of several files, by their indexes."""

    def close(self) -> None:
        """Close the journal; an empty one is removed."""
        if self._open and self._unwritten:
            self._write([])
        if self._file < 0:
            return
        if not self._open and self._path is not None:
            remove_locked(self._path, self._file)
        else:
            close(self._file)
        self._file = -1

    def _write(self, records: Iterable[dict[str, Any]]) -> None:
        if self._folder is None:
            return
        self._unwritten += records
        try:
            if self._file < 0:
                self._create(self._folder)
            # a failed write may have left a part of a record
            os.ftruncate(self._file, self._size)
            header = [] if self._size else [self._make_header()]
            lines = [
                json.dumps(record) + "\n" for record in (*header, *self._unwritten)
            ]
            text = "".join(lines).encode()
            write_all(self._file, text)
            sync_file(self._file)
        except OSError as error:
            self.problem = _("the journal cannot be written: {why}").format(
                why=explain(error)
            )
        else:
            self.problem = ""
            self._size += len(text)
            self._unwritten.clear()

    def _make_header(self) -> dict[str, Any]:
        return {"journal": VERSION, "dataset": os.path.realpath(self._dataset)}

    def _create(self, folder: Path) -> None:
        ensure_private_folder(folder)
        mode = (
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | open_flags("O_CLOEXEC")
        )
        while True:
            name = f"{hash_path(self._dataset)}.{os.getpid()}-{os.urandom(4).hex()}"
            path = folder / f"{name}{ENDING}"
            file = os.open(path, mode, 0o600)
            try:
                if _is_ours(file, path):
                    break
            except BaseException:
                close(file)
                raise
            close(file)
        self._path = path
        self._file = file
        self._size = 0
        with suppress(OSError):  # some file systems cannot: only a power cut is left
            sync_folder(folder)


def _is_ours(file: int, path: Path) -> bool:
    """Lock a new journal; False if another process has already removed it."""
    try:
        lock_file(file)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return has_name(file, path)
