"""Transactions applied to the text of a file: the new text, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hunnan_tui.core.apply_changes import AnnotationsEditor
from hunnan_tui.core.changes import PROJECT_GONE, Edit, RefusedEdit
from hunnan_tui.core.errors import DataError, EditRefusedError
from hunnan_tui.core.model import Annotations
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.annotations import (
    ANNOTATION_KEYS,
    diff_annotations,
    parse_annotations,
)
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.patch import Patch, make_reverse_patch
from hunnan_tui.dataset.toml.scanner import detect_newline
from hunnan_tui.storage.dataset_file import DatasetFile, parse_block

_NOTES_HEADER = b"""\
# Tags and notes of one reader, joined to a dataset by project id.
# Written by hunnan-tui; comments and layout of your own are kept.

format = 1
"""


@dataclass(frozen=True, slots=True)
class PendingTransaction:
    """A transaction that is not in the file yet."""

    serial: int
    edits: tuple[Edit, ...]
    undoes: int | None = None
    """The serial of the transaction that it undoes."""


@dataclass(slots=True)
class TransactionResult:
    """What became of one transaction."""

    undo: list[Edit] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    refused: list[RefusedEdit] = field(default_factory=list)


class TransactionBatch:
    """Several transactions, applied to one text in one go."""

    def __init__(
        self,
        transactions: Sequence[PendingTransaction],
        patches: Mapping[int, Mapping[str, Patch]],
        *,
        creating: bool,
    ) -> None:
        """Take the transactions; `apply` fills in what became of them.

        Args:
            transactions: In the order in which they were made.
            patches: What restores the exact text from before each earlier
                transaction, by its serial and by key.
            creating: Whether a project that the file lacks is added to it.
        """
        self._transactions = transactions
        self._known_patches = patches
        self._creating = creating

    def apply(self, file: DatasetFile) -> bytes:
        """Return the text with all edits made; may be called again with another file."""
        self.annotations: dict[str, Annotations] = {}
        """The new annotations, by key."""
        self.results = {t.serial: TransactionResult() for t in self._transactions}
        self.patches: dict[int, dict[str, Patch]] = {}
        """As those that `__init__` takes, for these transactions."""
        self.lengths: dict[int, int] = {}
        """The new lengths of the changed blocks, by index."""
        keys = dict.fromkeys(edit.key for t in self._transactions for edit in t.edits)
        indexes = file.find_indexes(keys)
        self._newline = detect_newline(file.text)
        before = {
            key: file.text[slice(*file.find_block(index))]
            for key, index in indexes.items()
        }
        after = dict(before)
        last = file.block_count - 1
        for transaction in self._transactions:
            for key, edits in _group_by_key(transaction.edits).items():
                block = after.get(key)
                if block is None and self._creating:
                    block = self._make_block(key)
                if block is None:
                    self._refuse(transaction, edits, PROJECT_GONE, orphan=True)
                    continue
                is_followed = key in indexes and indexes[key] != last
                changed = self._edit(
                    transaction, key, edits, block, is_followed=is_followed
                )
                if changed != block or key in before:
                    after[key] = changed
        return self._assemble(file, indexes, before, after)

    def _edit(
        self,
        transaction: PendingTransaction,
        key: str,
        edits: Sequence[Edit],
        block: bytes,
        *,
        is_followed: bool,
    ) -> bytes:
        result = self.results[transaction.serial]
        try:
            record = parse_block(block)
        except DataError as error:  # the other projects of the file can be edited
            reason = f"{error.problems[0].message}: mend it in the file"
            result.refused += (RefusedEdit(edit, reason) for edit in edits)
            return block
        old = parse_annotations(record)
        editor, undo = AnnotationsEditor(old), list[list[Edit]]()
        for edit in edits:
            if edit.change.field in old.locked:
                reason = f"{old.locked[edit.change.field]}: mend it in the file"
                result.refused.append(RefusedEdit(edit, reason))
                continue
            effect = editor.apply(edit.change)
            undo.append([Edit(key, change) for change in effect.undo])
            if effect.conflict:
                result.conflicts.append(effect.conflict)
        annotations = editor.annotations
        changed = self._restore(transaction, key, block, record)
        if changed is not None:
            annotations = parse_annotations(parse_block(changed))
        elif is_identical(annotations, old):
            changed = block
        else:
            try:
                changes = diff_annotations(record, old, annotations)
                changed = edit_table(
                    block,
                    "projects",
                    changes,
                    self._newline,
                    old=record,
                    followed=is_followed,
                )
            except EditRefusedError as error:
                self._refuse(transaction, edits, str(error))
                return block
        self.annotations[key] = annotations
        result.undo[:0] = [edit for group in reversed(undo) for edit in group]
        if changed != block:
            patch = make_reverse_patch(block, changed)
            self.patches.setdefault(transaction.serial, {})[key] = patch
        return changed

    def _restore(
        self,
        transaction: PendingTransaction,
        key: str,
        block: bytes,
        record: Mapping[str, Any],
    ) -> bytes | None:
        """Return the exact old block, if the transaction undoes what made this one."""
        if transaction.undoes is None:
            return None
        patch = self.patches.get(
            transaction.undoes, self._known_patches.get(transaction.undoes, {})
        ).get(key)
        restored = patch.apply(block) if patch else None
        if restored is None or not is_identical(
            _remove_annotations(parse_block(restored)), _remove_annotations(record)
        ):
            return None
        return restored

    def _refuse(
        self,
        transaction: PendingTransaction,
        edits: Iterable[Edit],
        reason: str,
        *,
        orphan: bool = False,
    ) -> None:
        refused = self.results[transaction.serial].refused
        refused.extend(RefusedEdit(edit, reason, orphan) for edit in edits)

    def _make_block(self, key: str) -> bytes:
        block: bytes = edit_table(
            b"[[projects]]" + self._newline, "projects", {"id": key}, self._newline
        )
        return block

    def _assemble(
        self,
        file: DatasetFile,
        indexes: Mapping[str, int],
        before: Mapping[str, bytes],
        after: Mapping[str, bytes],
    ) -> bytes:
        # a slice of bytes would copy a large text
        text, end = memoryview(file.text), 0
        pieces: list[bytes | memoryview] = []
        for key, index in sorted(indexes.items(), key=lambda item: item[1]):
            if after[key] == before[key]:
                continue
            start, stop = file.find_block(index)
            pieces += [text[end:start], after[key]]
            end = stop
            self.lengths[index] = len(after[key])
        pieces.append(text[end:])
        created = [block for key, block in after.items() if key not in before]
        if created:
            pieces = [self._append_gap(b"".join(pieces)), self._newline.join(created)]
        return b"".join(pieces)

    def _append_gap(self, text: bytes) -> bytes:
        """Return the text of a notes file, so that a project can be appended."""
        newline = self._newline
        if not text.strip():
            text += _NOTES_HEADER.replace(b"\n", newline)
        return text + (b"" if text.endswith(b"\n") else newline) + newline


def _group_by_key(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(edit.key, []).append(edit)
    return groups


def _remove_annotations(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ANNOTATION_KEYS}
