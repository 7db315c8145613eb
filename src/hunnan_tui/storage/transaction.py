"""Transactions applied to the text of a file: the new text, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hunnan_tui.core.apply_changes import AnnotationsEditor
from hunnan_tui.core.changes import PROJECT_GONE, AnyChange, Edit, RefusedEdit
from hunnan_tui.core.errors import DataError, EditRefusedError
from hunnan_tui.core.fact_changes import (
    CHANGED_SINCE,
    ID_TAKEN,
    AddProject,
    AddSource,
    ChangeFacts,
    FactChange,
    FactConflictError,
    FactsEditor,
    RemoveProject,
    RemoveSource,
    SetEntry,
)
from hunnan_tui.core.fact_values import TABLES
from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Annotations, Project
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.annotations import (
    ANNOTATION_KEYS,
    diff_annotations,
    parse_annotations,
)
from hunnan_tui.dataset.new_tables import find_own_end, format_table
from hunnan_tui.dataset.parser import read_project
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.patch import Patch, make_reverse_patch
from hunnan_tui.dataset.toml.scanner import detect_newline
from hunnan_tui.storage.dataset_file import DatasetFile, parse_block
from hunnan_tui.storage.notes_text import append_notes, make_notes_block
from hunnan_tui.storage.table_changes import TableChanges

_RANKS = {key: rank for rank, key in enumerate(SCHEMA_KEYS)}
_LAST = len(_RANKS)
NO_FACTS = N_("Facts cannot be written here: this file takes tags and notes alone")
"""Why a notes file refuses an edit of facts."""


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
        self.facts: dict[str, Project] = {}
        """The projects whose facts may have changed, by key."""
        self.is_rebuilt = False
        """Whether projects or sources have come or gone."""
        self.results = {t.serial: TransactionResult() for t in self._transactions}
        self.patches: dict[int, dict[str, Patch]] = {}
        """As those that `__init__` takes, for these transactions."""
        self.lengths: dict[int, int] = {}
        """The new lengths of the changed blocks, by index."""
        keys = dict.fromkeys(edit.key for t in self._transactions for edit in t.edits)
        indexes = file.find_indexes(keys)
        self._newline = detect_newline(file.text)
        self._currency = file.parsed.dataset.currency
        before = {
            key: file.text[slice(*file.find_block(index))]
            for key, index in indexes.items()
        }
        self._tables = TableChanges(file.text, self._newline)
        after: dict[str, bytes | None] = dict(before)
        last = file.block_count - 1
        for transaction in self._transactions:
            for key, all_edits in _group_by_key(transaction.edits).items():
                edits = self._change_tables(transaction, key, all_edits, file, after)
                if not edits:
                    continue
                block = after.get(key)
                if block is None and self._creating:
                    block = make_notes_block(key, self._newline)
                if block is None:
                    self._refuse(transaction, edits, _(PROJECT_GONE), orphan=True)
                    continue
                is_followed = key in indexes and indexes[key] != last
                changed = self._edit(
                    transaction, key, edits, block, is_followed=is_followed
                )
                if changed != block or after.get(key) is not None:
                    after[key] = changed
        return self._assemble(file, indexes, before, after)

    def _change_tables(
        self,
        transaction: PendingTransaction,
        key: str,
        edits: Sequence[Edit],
        file: DatasetFile,
        after: dict[str, bytes | None],
    ) -> list[Edit]:
        """Add and remove projects and sources; return the other edits."""
        result = self.results[transaction.serial]
        others: list[Edit] = []
        for edit in edits:
            change = edit.change
            undo: Sequence[AnyChange]
            try:
                match change:
                    case AddProject():
                        undo = self._add_project(file, after, key, change)
                    case RemoveProject():
                        undo = self._remove_project(after, key, change)
                    case AddSource() | RemoveSource():
                        self._check_facts()
                        undo = self._tables.change_source(change)
                    case SetEntry():
                        self._check_facts()
                        undo = self._tables.set_entry(change)
                    case _:
                        others.append(edit)
                        continue
            except (DataError, EditRefusedError, FactConflictError) as error:
                self._report_conflict(transaction, edit, str(error))
                continue
            result.undo[:0] = [Edit(key, change) for change in undo]
        return others

    def _check_facts(self) -> None:
        if self._creating:
            raise EditRefusedError(_(NO_FACTS))

    def _add_project(
        self,
        file: DatasetFile,
        after: dict[str, bytes | None],
        key: str,
        change: AddProject,
    ) -> tuple[RemoveProject, ...]:
        self._check_facts()
        block = after.get(key)
        if block is None and file.lacks_blocks:
            raise EditRefusedError(_("Its projects are not [[projects]] tables"))
        if block is not None:
            if is_identical(parse_block(block), dict(change.record)):
                return ()
            raise FactConflictError(_(ID_TAKEN))
        after[key] = format_table("projects", change.record, self._newline)
        project = self._read(key, change.record)
        self.annotations[key], self.facts[key] = project.annotations, project
        return (RemoveProject(change.record),)

    def _remove_project(
        self, after: dict[str, bytes | None], key: str, change: RemoveProject
    ) -> tuple[AddProject, ...]:
        block = after.get(key)
        if block is None:
            return ()
        if not is_identical(parse_block(block), dict(change.record)):
            raise FactConflictError(_(CHANGED_SINCE))
        after[key] = None
        self.annotations.pop(key, None)
        self.facts.pop(key, None)
        return (AddProject(change.record),)

    def _read(self, key: str, record: Mapping[str, Any]) -> Project:
        return read_project(key, dict(record), 0, [], self._currency)

    def _report_conflict(
        self, transaction: PendingTransaction, edit: Edit, reason: str
    ) -> None:
        result = self.results[transaction.serial]
        if transaction.undoes is None:
            result.refused.append(RefusedEdit(edit, reason))
        else:  # what it would take back is in the file, and says more
            result.conflicts.append(
                _("Not taken back on {project}: {reason}").format(
                    project=edit.key or _("sources"), reason=reason
                )
            )

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
            reason = _("{message}: mend it in the file").format(
                message=error.problems[0].message
            )
            result.refused += (RefusedEdit(edit, reason) for edit in edits)
            return block
        old = parse_annotations(record)
        editor, undo = AnnotationsEditor(old), list[list[AnyChange]]()
        facts = self._edit_facts(transaction, key, edits, record, undo)
        for edit in edits:
            change = edit.change
            if isinstance(change, FactChange):
                continue
            if change.field in old.locked:
                reason = _("{locked}: mend it in the file").format(
                    locked=old.locked[change.field]
                )
                result.refused.append(RefusedEdit(edit, reason))
                continue
            effect = editor.apply(change)
            undo.append([*effect.undo])
            if effect.conflict:
                result.conflicts.append(effect.conflict)
        annotations = editor.annotations
        touched = {*ANNOTATION_KEYS, *facts}
        changed = self._restore(transaction, key, block, record, touched)
        if changed is not None:
            annotations = parse_annotations(parse_block(changed))
        elif is_identical(annotations, old) and not facts:
            changed = block
        else:
            try:
                changed = edit_table(
                    block,
                    "projects",
                    {**facts, **diff_annotations(record, old, annotations)},
                    self._newline,
                    old=record,
                    followed=is_followed,
                    order=SCHEMA_KEYS if facts else (),
                    inline=TABLES,
                )
            except EditRefusedError as error:
                self._refuse(transaction, edits, str(error))
                return block
        self.annotations[key] = annotations
        if facts:
            self.facts[key] = self._read(key, parse_block(changed))
        result.undo[:0] = [
            Edit(key, change) for group in reversed(undo) for change in group
        ]
        if changed != block:
            # projects may be added behind it, which ends its block earlier
            end = find_own_end(changed, "projects")
            patch = make_reverse_patch(block, changed, end)
            self.patches.setdefault(transaction.serial, {})[key] = patch
        return changed

    def _edit_facts(
        self,
        transaction: PendingTransaction,
        key: str,
        edits: Iterable[Edit],
        record: Mapping[str, Any],
        undo: list[list[AnyChange]],
    ) -> Mapping[str, Any]:
        """Return the new plain values of the keys that edits of facts change.

        Args:
            transaction: The transaction.
            key: The project.
            edits: All edits of it.
            record: Its table.
            undo: Receives what undoes them.
        """
        facts: FactsEditor | None = None
        for edit in edits:
            if not isinstance(edit.change, ChangeFacts):
                continue
            facts = facts or FactsEditor(
                self._read(key, record), record, self._currency
            )
            try:
                self._check_facts()
                undo.append([*edit.change.apply_to(facts)])
            except (FactConflictError, EditRefusedError) as error:
                self._report_conflict(transaction, edit, str(error))
        changed = facts.changed if facts else {}
        return dict(
            sorted(changed.items(), key=lambda item: _RANKS.get(item[0], _LAST))
        )

    def _restore(
        self,
        transaction: PendingTransaction,
        key: str,
        block: bytes,
        record: Mapping[str, Any],
        touched: Collection[str],
    ) -> bytes | None:
        """Return the exact old block, if the transaction undoes what made this one.

        Args:
            transaction: The transaction.
            key: The project.
            block: Its text as it is.
            record: Its table.
            touched: The keys that may differ.
        """
        if transaction.undoes is None:
            return None
        patch = self.patches.get(
            transaction.undoes, self._known_patches.get(transaction.undoes, {})
        ).get(key)
        restored = patch.apply(block) if patch else None
        if restored is None or not is_identical(
            _omit_keys(parse_block(restored), touched), _omit_keys(record, touched)
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

    def _assemble(
        self,
        file: DatasetFile,
        indexes: Mapping[str, int],
        before: Mapping[str, bytes],
        after: Mapping[str, bytes | None],
    ) -> bytes:
        # a slice of bytes would copy a large text
        text, end = memoryview(file.text), 0
        pieces: list[bytes | memoryview] = []
        for key, index in sorted(indexes.items(), key=lambda item: item[1]):
            block = after[key]
            if block is None or block == before[key]:
                continue
            start, stop = file.find_block(index)
            pieces += [text[end:start], block]
            end = stop
            self.lengths[index] = len(block)
        pieces.append(text[end:])
        created = {k: block for k, block in after.items() if k not in before and block}
        removed = [index for key, index in indexes.items() if after[key] is None]
        if created and self._creating:
            return append_notes(b"".join(pieces), created.values(), self._newline)
        if not (created or removed or self._tables.has_changes):
            return b"".join(pieces)
        self.is_rebuilt = True
        changed = self._tables.remove_projects(b"".join(pieces), removed)
        changed = self._tables.add_projects(changed, created.values())
        return self._tables.apply_entries(changed)


def _group_by_key(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(edit.key, []).append(edit)
    return groups


def _omit_keys(record: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}
