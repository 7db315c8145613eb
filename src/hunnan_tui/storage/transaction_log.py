"""The log of this user's transactions, across sessions, windows and commands.

Each dataset has one file in the state folder, with one JSON record a line. The log makes
undo possible after a restart, and tells the user's edits from those of others. It is a
convenience: nothing else depends on it.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.core.changes import AnyChange, Edit
from hunnan_tui.core.language import _
from hunnan_tui.files.io import NO_FILE, close, explain, has_name, read_all, write_all
from hunnan_tui.files.platform import lock_file, open_flags, read_at
from hunnan_tui.files.private import (
    MALFORMED,
    ensure_private_folder,
    expect_text,
    hash_path,
    parse_json,
    read_private,
    write_private,
)
from hunnan_tui.files.set_aside import set_aside
from hunnan_tui.storage.edit_json import dump_edit, parse_edit

VERSION = 1
LARGEST = 2_000_000
"""Bytes of the file; when there are more, the older half is forgotten."""
LARGEST_STEP = 1_000_000
"""Bytes of one transaction; of a larger one only its name is logged."""
_FLAGS = os.O_RDWR | os.O_APPEND | open_flags("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC")

DO, UNDO, REDO, FORGET = "do", "undo", "redo", "forget"


class LoggedTransaction(NamedTuple):
    """A transaction as it was made."""

    id: str
    act: str
    """do, undo, redo; or forget, for what the user does not want restored."""
    of: str
    """The transaction that it undoes or redoes."""
    label: str
    edits: tuple[Edit, ...]
    undo: tuple[Edit, ...]
    is_whole: bool = True
    """Whether its edits are known; a very large transaction is only named."""
    is_saved: bool = False
    """Whether it got into the file."""
    first: tuple[Edit, ...] = ()
    """What would have undone it before it was saved."""


class TransactionLog:
    """The transactions of one dataset."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Prepare the log; its file is created with the first transaction.

        Args:
            folder: Where logs are; None keeps nothing.
            dataset: The file that the edits go to.
        """
        self.problem = ""
        """Why transactions are not logged; empty when they are."""
        self._dataset = dataset
        self._path = folder / f"{hash_path(dataset)}.steps" if folder else None
        self._others = 0
        self._known = 0
        """Bytes that there were at the last `mark`."""
        self.remember_end()
        self._window = f"{os.getpid()}-{os.urandom(4).hex()}"

    def join_window(self, other: TransactionLog) -> None:
        """Take the transactions of another log's window for those of this one."""
        self._window = other._window

    def make_id(self, serial: int) -> str:
        """Return the id of a transaction of this process."""
        return f"{self._window}.{serial}"

    def make_extra_id(self) -> str:
        """Return an id for an entry that cannot be undone."""
        self._others += 1
        return f"{self._window}.f{self._others}"

    def is_from_this_process(self, id: str) -> bool:
        """Return whether a transaction was made by this process."""
        return id.startswith(f"{self._window}.")

    def add(self, transaction: LoggedTransaction) -> None:
        """Log a transaction, before it is saved."""
        record: dict[str, Any] = {
            "step": transaction.id,
            "act": transaction.act,
            "label": transaction.label,
        }
        if transaction.of:
            record["of"] = transaction.of
        if transaction.is_saved:
            record["saved"] = True
        edits, undo = _group_edits(transaction.edits), _group_edits(transaction.undo)
        line = json.dumps(record | {"edits": edits, "undo": undo})
        if len(line) > LARGEST_STEP:
            line = json.dumps(record | {"large": True})
        self._append([line])

    def mark_saved(self, transactions: Iterable[tuple[str, Sequence[Edit]]]) -> None:
        """Record which transactions are in the file, and what undoes them there."""
        lines = []
        for step_id, undo in transactions:
            line = json.dumps({"saved": step_id, "undo": _group_edits(undo)})
            lines.append(line if len(line) <= LARGEST_STEP else '{"saved": ""}')
        if lines:
            self._append(lines)

    def remember_end(self) -> None:
        """Remember the end of the log, for `read`."""
        if self._path is not None:
            with suppress(OSError):
                self._known = self._path.stat().st_size

    def read(self, *, marked: bool = False) -> tuple[LoggedTransaction, ...]:
        """Return the transactions, oldest first, without unreadable ones.

        Args:
            marked: Whether of other windows only what they had saved by the last
                `mark` counts as saved: the log may be ahead of a file that was read.
        """
        if self._path is None:
            return ()
        text = read_private(self._path, 4 * LARGEST) or b""
        transactions: dict[str, LoggedTransaction] = {}
        lines = text.split(b"\n")
        if not self._is_ours(lines[0]):
            return ()
        end = len(lines[0])
        for line in lines[1:]:
            end += 1 + len(line)
            with suppress(*MALFORMED):
                record = parse_json(line)
                if "step" in record:
                    transaction = _parse_transaction(record)
                    transactions[transaction.id] = transaction
                elif not marked or end <= self._known or self._is_by_us(record):
                    _mark_saved(record, transactions)
        return tuple(transactions.values())

    def _append(self, lines: Sequence[str]) -> None:
        if self._path is None:
            return
        try:
            ensure_private_folder(self._path.parent.parent)
            ensure_private_folder(self._path.parent)
            file = self._open(self._path, os.O_CREAT)
            try:
                size = os.fstat(file).st_size
                first = _read_first_line(file)
                if size and not self._is_ours(first):
                    if _is_newer(first):
                        raise OSError(_("a newer version keeps the steps"))
                    close(file)  # Windows renames no open file
                    set_aside(self._path, _("it is damaged"))
                    file = self._open(self._path, os.O_CREAT)
                    size = 0
                header = [] if size else [self._make_header()]
                text = "".join(f"{line}\n" for line in (*header, *lines)).encode()
                # a line may have been cut off by a kill
                torn = size > 0 and read_at(file, 1, size - 1) != b"\n"
                write_all(file, b"\n" + text if torn else text)
                if size + len(text) > LARGEST:
                    self._shorten(self._path, file)
            finally:
                close(file)
        except OSError as error:
            self.problem = _("undo ends with the program: {why}").format(
                why=explain(error)
            )
        else:
            self.problem = ""

    def _open(self, path: Path, creating: int) -> int:
        """Open and lock the log; anything else in its place is set aside."""
        for _attempt in range(3):
            try:
                file = os.open(path, _FLAGS | creating, 0o600)
            except OSError as error:
                if error.errno not in NO_FILE:
                    raise
                set_aside(path, explain(error))
                continue
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode) or status.st_size > 4 * LARGEST:
                close(file)
                set_aside(path, _("it is no file of steps"))
                continue
            # without locks, one write is still one line
            with suppress(OSError):
                lock_file(file)
            if has_name(file, path):
                return file
            close(file)
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))

    def _shorten(self, path: Path, file: int) -> None:
        """Drop the older half of the log."""
        text = read_all(file, 8 * LARGEST) or b""
        start = text.find(b"\n", len(text) - LARGEST // 2) + 1
        text = self._make_header().encode() + b"\n" + text[start:]
        try:
            write_private(path, text)
        except PermissionError:  # Windows replaces no file that is open
            os.ftruncate(file, 0)
            write_all(file, text)

    def _is_by_us(self, record: Mapping[str, Any]) -> bool:
        return self.is_from_this_process(expect_text(record["saved"]))

    def _make_header(self) -> str:
        return json.dumps(
            {"steps": VERSION, "dataset": os.path.realpath(self._dataset)}
        )

    def _is_ours(self, line: bytes) -> bool:
        return line == self._make_header().encode()


def find_undoable(transactions: Iterable[LoggedTransaction]) -> list[LoggedTransaction]:
    """Return the transactions that can be undone, oldest first."""
    undoable: dict[str, LoggedTransaction] = {}
    for transaction in transactions:
        if transaction.act == UNDO:
            undoable.pop(transaction.of, None)
        elif transaction.act in (DO, REDO):
            if not transaction.is_whole:
                undoable.clear()  # who goes back stops here
            elif transaction.is_saved and transaction.undo:
                undoable[transaction.id] = transaction
    return list(undoable.values())


def _read_first_line(file: int) -> bytes:
    return read_at(file, 1 << 16, 0).partition(b"\n")[0]


def _is_newer(line: bytes) -> bool:
    try:
        return bool(parse_json(line)["steps"] > VERSION)
    except MALFORMED:
        return False


def _group_edits(edits: Iterable[Edit]) -> list[tuple[list[str], list[Any]]]:
    """Return edits as plain values, grouped by equal changes."""
    by_key: dict[str, list[str]] = {}
    for edit in edits:
        plain = dump_edit(edit)
        del plain["key"]
        by_key.setdefault(edit.key, []).append(json.dumps(plain))
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, changes in by_key.items():
        groups.setdefault(tuple(changes), []).append(key)
    return [
        (keys, [json.loads(c) for c in changes]) for changes, keys in groups.items()
    ]


def _parse_groups(
    groups: Iterable[tuple[list[str], list[Mapping[str, Any]]]],
) -> list[Edit]:
    edits = []
    for keys, plain in groups:
        changes: list[AnyChange] = [
            parse_edit({"key": "", **change}).change for change in plain
        ]
        edits += [Edit(expect_text(key), change) for key in keys for change in changes]
    return edits


def _parse_transaction(record: Mapping[str, Any]) -> LoggedTransaction:
    """Parse a transaction; one of `MALFORMED` is raised for anything else."""
    _check_writable(record)
    is_whole = not record.get("large")
    return LoggedTransaction(
        expect_text(record["step"]),
        expect_text(record["act"]),
        expect_text(record.get("of", "")),
        expect_text(record["label"]),
        tuple(_parse_groups(record["edits"])) if is_whole else (),
        tuple(_parse_groups(record["undo"])) if is_whole else (),
        is_whole=is_whole,
        is_saved=bool(record.get("saved")),
        first=tuple(_parse_groups(record["undo"])) if is_whole else (),
    )


def _mark_saved(
    record: Mapping[str, Any], transactions: dict[str, LoggedTransaction]
) -> None:
    _check_writable(record)
    transaction = transactions.get(expect_text(record["saved"]))
    if transaction is not None:
        undo = tuple(_parse_groups(record["undo"]))
        transactions[transaction.id] = transaction._replace(undo=undo, is_saved=True)


def _check_writable(record: Mapping[str, Any]) -> None:
    """Raise ValueError for text that cannot be encoded, such as half a surrogate pair."""
    json.dumps(record, ensure_ascii=False).encode()
