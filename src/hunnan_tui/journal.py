"""Edits that are on their way to the file, so that a crash loses none of them.

One file a process, in the state folder. Its owner holds a kernel lock on it: a journal
whose lock can be taken belongs to a dead process and is brought back.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hunnan_tui.edits import Edit, from_json, to_json
from hunnan_tui.errors import SaveError
from hunnan_tui.places import name_of, private_folder

VERSION = 1


class Journal:
    """The journal of this process for one dataset."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Name the journal; its file is made with the first edit.

        Args:
            folder: Where journals are; None when there is no state folder.
            dataset: The file that the edits go to.
        """
        self.problem = "" if folder else "no state folder: a crash could lose edits"
        self._folder = folder
        self._dataset = dataset
        self._path: Path | None = None
        self._file = -1
        self._open: set[int] = set()
        self._serial = 0

    def add(self, edits: Sequence[Edit]) -> list[int]:
        """Write edits down; they are on the disk when it returns.

        A journal that cannot be written is a `problem`, and no reason to lose the edit.
        """
        serials = list(range(self._serial + 1, self._serial + 1 + len(edits)))
        self._serial += len(edits)
        lines = [
            {"n": serial, "edit": to_json(edit)}
            for serial, edit in zip(serials, edits, strict=True)
        ]
        self._open.update(serials)
        self._write(lines)
        return serials

    def done(self, serials: Sequence[int]) -> None:
        """Strike out edits that are in the file now."""
        self._open.difference_update(serials)
        if self._file < 0:
            return
        if self._open:
            self._write([{"done": list(serials)}])
            return
        try:
            os.ftruncate(self._file, 0)
            self._write([self._header()])
        except OSError as error:
            self.problem = f"the journal cannot be written: {error.strerror}"

    def close(self) -> None:
        """Let go of the journal; an empty one is removed."""
        if self._file < 0:
            return
        if not self._open and self._path is not None:
            with suppress(OSError):
                os.unlink(self._path)
        os.close(self._file)
        self._file = -1

    def _header(self) -> dict[str, Any]:
        return {"journal": VERSION, "dataset": str(self._dataset)}

    def _write(self, lines: Sequence[dict[str, Any]]) -> None:
        if self._folder is None:
            return
        try:
            if self._file < 0:
                self._create(self._folder)
                lines = [self._header(), *lines]
            text = "".join(json.dumps(line) + "\n" for line in lines).encode()
            view = memoryview(text)
            while view:
                view = view[os.write(self._file, view) :]
            os.fsync(self._file)
            self.problem = ""
        except OSError as error:
            self.problem = f"the journal cannot be written: {error.strerror}"

    def _create(self, folder: Path) -> None:
        private_folder(folder)
        name = f"{name_of(self._dataset)}.{os.getpid()}-{secrets.token_hex(4)}.jsonl"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self._path = folder / name
        self._file = os.open(self._path, flags, 0o600)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(slots=True)
class Recovered:
    """What dead processes had not brought into the file."""

    edits: tuple[Edit, ...] = ()
    """In the order in which they were made."""
    problems: tuple[str, ...] = ()
    """What could not be read of it, one sentence each."""
    _held: list[tuple[Path, int]] = field(default_factory=list)

    def forget(self) -> None:
        """Remove the old journals: their edits are in another one, or in the file."""
        for path, file in self._held:
            with suppress(OSError):
                os.unlink(path)
            os.close(file)
        self._held.clear()

    def release(self) -> None:
        """Leave the old journals for another time."""
        for _, file in self._held:
            os.close(file)
        self._held.clear()


def recover(folder: Path | None, dataset: Path) -> Recovered:
    """Read the journals of dead processes for a dataset, oldest first.

    They stay locked and in their place until `forget` or `release`.
    """
    recovered = Recovered()
    if folder is None or not folder.is_dir():
        return recovered
    found = sorted(
        folder.glob(f"{name_of(dataset)}.*.jsonl"), key=lambda p: p.stat().st_mtime_ns
    )
    edits: list[Edit] = []
    problems: list[str] = []
    for path in found:
        file = _take(path)
        if file is None:
            continue
        try:
            edits += _open_edits(path.read_bytes())
        except SaveError as error:
            os.close(file)
            problems.append(f"{error}: {path}")
        except (ValueError, KeyError, TypeError, AttributeError):
            os.close(file)
            aside = path.with_suffix(".unreadable")
            with suppress(OSError):
                path.rename(aside)
            problems.append(f"A journal could not be read and was set aside: {aside}")
        else:
            recovered._held.append((path, file))  # noqa: SLF001  # its own module
    recovered.edits = tuple(edits)
    recovered.problems = tuple(problems)
    return recovered


def _take(path: Path) -> int | None:
    """Lock a journal; None when its owner is alive."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _open_edits(text: bytes) -> Iterator[Edit]:
    lines = text.split(b"\n")
    lines.pop()  # what stands behind the last line end was not written whole
    edits: dict[int, Edit] = {}
    for line in lines:
        record = json.loads(line)
        if "journal" in record:
            if record["journal"] > VERSION:
                raise SaveError("A newer version's journal was left alone")
        elif "done" in record:
            for serial in record["done"]:
                edits.pop(serial, None)
        else:
            edits[record["n"]] = from_json(record["edit"])
    yield from edits.values()
