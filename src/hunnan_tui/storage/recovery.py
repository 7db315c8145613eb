"""Recovers unsaved edits from the journals of processes that died."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.io import NO_FILE, close, explain, has_name, read_all
from hunnan_tui.files.platform import (
    has_ended,
    lock_file,
    open_flags,
    remove_locked,
    rename_locked,
)
from hunnan_tui.files.private import MALFORMED, hash_path, parse_json
from hunnan_tui.files.set_aside import set_aside
from hunnan_tui.storage.edit_json import parse_edit
from hunnan_tui.storage.journal import ENDING, VERSION

_LARGEST = 2**28
_FLAGS = os.O_RDWR | open_flags("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC")


@dataclass(slots=True)
class Recovery:
    """The edits that dead processes had not saved."""

    edits: tuple[Edit, ...] = ()
    """In the order they were made."""
    problems: tuple[str, ...] = ()
    """What could not be read, one sentence each."""
    journals: list[LockedJournal] = field(default_factory=list)

    def forget(self) -> None:
        """Remove the old journals: their edits are in another one, or in the file.

        One that could not be read completely is set aside instead.
        """
        for journal in self.journals:
            if journal.damaged:
                new = _choose_damaged_name(journal.path)
                rename_locked(str(journal.path), str(new), journal.file)
            else:
                remove_locked(journal.path, journal.file)
        self.journals.clear()

    def release(self) -> None:
        """Unlock the old journals and leave them in place."""
        for journal in self.journals:
            close(journal.file)
        self.journals.clear()


@dataclass(frozen=True, slots=True)
class LockedJournal:
    """The journal of a dead process, locked by us."""

    path: Path
    file: int
    """Keeps it locked."""
    damaged: bool


class _NoJournalError(Exception):
    """Something else stands in the place of a journal."""


class _LeftAloneError(Exception):
    """The journal belongs to another file or a newer version."""


def recover(folder: Path | None, dataset: Path) -> Recovery:
    """Read the journals of dead processes for a dataset, oldest first.

    They stay locked and in place until `forget` or `release`. No error is raised: what
    cannot be read is named in `problems` and stays on the disk.
    """
    recovered = Recovery()
    if folder is None:
        return recovered
    edits: list[Edit] = []
    problems: list[str] = []
    for path in _find_journals(folder, dataset):
        try:
            file = _lock_journal(path)
            if file is None:
                continue
            try:
                journal_edits, damaged = _read(file, dataset)
            except BaseException:
                close(file)
                raise
        except _NoJournalError as error:
            set_aside(path, str(error))
        except _LeftAloneError as error:
            problems.append(
                _("{error} and was left alone: {path}").format(
                    error=error, path=display_path(path)
                )
            )
        except OSError as error:
            problems.append(
                _("A journal cannot be read: {why}: {path}").format(
                    why=explain(error), path=display_path(path)
                )
            )
        else:
            edits += journal_edits
            recovered.journals.append(LockedJournal(path, file, damaged))
            if damaged:
                problems.append(
                    _(
                        "A journal could be read only in part, it is set aside as "
                        "{name}"
                    ).format(name=display_path(_choose_damaged_name(path)))
                )
    recovered.edits = tuple(edits)
    recovered.problems = tuple(problems)
    return recovered


def _find_journals(folder: Path, dataset: Path) -> list[Path]:
    by_age = []
    start = f"{hash_path(dataset)}."
    with suppress(OSError):  # there is none yet, or it is not ours
        for entry in os.scandir(folder):
            if entry.name.startswith(start) and entry.name.endswith(ENDING):
                with suppress(OSError):  # its owner has just removed it
                    age = entry.stat(follow_symlinks=False).st_mtime_ns
                    by_age.append((age, folder / entry.name))
    return [path for _, path in sorted(by_age)]


def _lock_journal(path: Path) -> int | None:
    """Lock a journal; None when its owner is alive or has removed it."""
    try:
        file = os.open(path, _FLAGS)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in NO_FILE:
            raise _NoJournalError(explain(error)) from error
        raise
    try:
        if not _is_abandoned(file, path):
            close(file)
            return None
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise _NoJournalError(_("it is no regular file"))
        if has_name(file, path):
            return file
    except BlockingIOError:
        pass
    except BaseException:
        close(file)
        raise
    close(file)
    return None


def _is_abandoned(file: int, path: Path) -> bool:
    """Lock a journal; return whether its owner is gone."""
    try:
        lock_file(file)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        # without locks, the process id in its name must do
        process = path.name.split(".")[-2].partition("-")[0]
        return has_ended(process)
    return True


def _read(file: int, dataset: Path) -> tuple[list[Edit], bool]:
    """Return the open edits of a journal, and whether a part cannot be read."""
    text = read_all(file, _LARGEST)
    if text is None:
        raise _NoJournalError(_("it is too large"))
    *lines, rest = text.split(b"\n")
    # an incomplete last line was never acknowledged as written
    damaged = bool(rest) and not rest.startswith(b"{")
    edits: dict[int, Edit] = {}
    for number, line in enumerate(lines):
        try:
            record = parse_json(line)
            if number == 0:
                _check_header(record, dataset)
            elif "done" in record:
                for serial in record["done"]:
                    edits.pop(serial, None)
            else:
                edits[int(record["n"])] = parse_edit(record["edit"])
        except MALFORMED:
            damaged = True
    return list(edits.values()), damaged


def _check_header(record: dict[str, object], dataset: Path) -> None:
    version = record["journal"]
    if not isinstance(version, int):
        raise TypeError(version)
    if version > VERSION:
        raise _LeftAloneError(_("A journal is that of a newer version"))
    if record["dataset"] != os.path.realpath(dataset):
        raise _LeftAloneError(_("A journal is that of another file"))


def _choose_damaged_name(path: Path) -> Path:
    return path.with_suffix(".unreadable")
