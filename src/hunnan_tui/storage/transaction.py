"""Steps applied to a text: what the new text is, and what became of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hunnan_tui.core.changes import (
    PROJECT_GONE,
    ChangeResult,
    Edit,
    RefusedEdit,
)
from hunnan_tui.core.errors import DataError, EditRefusedError
from hunnan_tui.core.model import Annotations
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.annotations import (
    ANNOTATION_KEYS,
    diff_annotations,
    parse_annotations,
)
from hunnan_tui.dataset.toml import editor, scanner
from hunnan_tui.dataset.toml.patch import Patch, make_reverse_patch
from hunnan_tui.storage.dataset_file import DatasetFile, parse_block

_NOTES_HEADER = b"""\
# Tags and notes of one reader, joined to a dataset by project id.
# Written by hunnan-tui; comments and layout of your own are kept.

format = 1
"""


@dataclass(frozen=True, slots=True)
class PendingTransaction:
    """One step on its way to the file."""

    serial: int
    edits: tuple[Edit, ...]
    undoes: int | None = None
    """The serial of the step that it takes back."""


@dataclass(slots=True)
class TransactionResult:
    """What became of one step."""

    undo: list[Edit] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    refused: list[RefusedEdit] = field(default_factory=list)


class Batch:
    """Several steps, applied to one text.

    After `apply`: annotations has the new annotations by key, results what became of each step
    by serial, patches the way back, lengths those of the changed blocks.
    """

    def __init__(
        self,
        steps: Sequence[PendingTransaction],
        patches: Mapping[int, Mapping[str, Patch]],
        *,
        creating: bool,
    ) -> None:
        self._steps = steps
        self._known_patches = patches
        self._creating = creating

    def apply(self, file: DatasetFile) -> bytes:
        """Return the text with all steps in it; may be called again with another."""
        self.annotations: dict[str, Annotations] = {}
        self.results = {step.serial: TransactionResult() for step in self._steps}
        self.patches: dict[int, dict[str, Patch]] = {}
        self.lengths: dict[int, int] = {}
        keys = dict.fromkeys(edit.key for step in self._steps for edit in step.edits)
        places = file.find_indexes(keys)
        self._newline = scanner.detect_newline(file.text)
        before = {
            key: file.text[slice(*file.find_block(place))]
            for key, place in places.items()
        }
        after = dict(before)
        last = file.block_count - 1
        for step in self._steps:
            for key, edits in _group_by_key(step.edits).items():
                block = after.get(key)
                if block is None and self._creating:
                    block = self._new_block(key)
                if block is None:
                    self._refuse(step, edits, PROJECT_GONE, orphan=True)
                    continue
                followed = key in places and places[key] != last
                changed = self._edit(step, key, edits, block, followed=followed)
                if changed != block or key in before:
                    after[key] = changed
        return self._assemble(file, places, before, after)

    def _edit(
        self,
        step: PendingTransaction,
        key: str,
        edits: Sequence[Edit],
        block: bytes,
        *,
        followed: bool,
    ) -> bytes:
        result = self.results[step.serial]
        try:
            record = parse_block(block)
        except DataError as error:  # the other projects of the file can be edited
            reason = f"{error.problems[0].message}: mend it in the file"
            result.refused += (RefusedEdit(edit, reason) for edit in edits)
            return block
        old = parse_annotations(record)
        annotations, undo = old, list[Edit]()
        for edit in edits:
            if edit.change.field in old.locked:
                reason = f"{old.locked[edit.change.field]}: mend it in the file"
                result.refused.append(RefusedEdit(edit, reason))
                continue
            applied: ChangeResult = edit.change.apply(annotations)
            annotations = applied.annotations
            undo[:0] = [Edit(key, change) for change in applied.undo]
            if applied.conflict:
                result.conflicts.append(applied.conflict)
        changed = self._restored(step, key, block, record)
        if changed is not None:
            annotations = parse_annotations(parse_block(changed))
        elif is_identical(annotations, old):
            changed = block
        else:
            try:
                changes = diff_annotations(record, old, annotations)
                changed = editor.edit_table(
                    block,
                    "projects",
                    changes,
                    self._newline,
                    old=record,
                    followed=followed,
                )
            except EditRefusedError as error:
                self._refuse(step, edits, str(error))
                return block
        self.annotations[key] = annotations
        result.undo[:0] = undo
        if changed != block:
            self.patches.setdefault(step.serial, {})[key] = make_reverse_patch(
                block, changed
            )
        return changed

    def _restored(
        self,
        step: PendingTransaction,
        key: str,
        block: bytes,
        record: Mapping[str, Any],
    ) -> bytes | None:
        """Return the exact old block, if this step takes back what made this one."""
        if step.undoes is None:
            return None
        patch = self.patches.get(
            step.undoes, self._known_patches.get(step.undoes, {})
        ).get(key)
        restored = patch.apply(block) if patch else None
        if restored is None or not is_identical(
            _without_annotations(parse_block(restored)), _without_annotations(record)
        ):
            return None
        return restored

    def _refuse(
        self,
        step: PendingTransaction,
        edits: Iterable[Edit],
        reason: str,
        *,
        orphan: bool = False,
    ) -> None:
        refused = self.results[step.serial].refused
        refused.extend(RefusedEdit(edit, reason, orphan) for edit in edits)

    def _new_block(self, key: str) -> bytes:
        made: bytes = editor.edit_table(
            b"[[projects]]" + self._newline, "projects", {"id": key}, self._newline
        )
        return made

    def _assemble(
        self,
        file: DatasetFile,
        places: Mapping[str, int],
        before: Mapping[str, bytes],
        after: Mapping[str, bytes],
    ) -> bytes:
        # views: a slice of a large text would be a second copy of it
        text, end = memoryview(file.text), 0
        parts: list[bytes | memoryview] = []
        for key, place in sorted(places.items(), key=lambda each: each[1]):
            if after[key] == before[key]:
                continue
            start, stop = file.find_block(place)
            parts += [text[end:start], after[key]]
            end = stop
            self.lengths[place] = len(after[key])
        parts.append(text[end:])
        created = [block for key, block in after.items() if key not in before]
        if created:
            parts = [self._separated(b"".join(parts)), self._newline.join(created)]
        return b"".join(parts)

    def _separated(self, text: bytes) -> bytes:
        """Return the text of a notes file, ready to take another project."""
        newline = self._newline
        if not text.strip():
            text += _NOTES_HEADER.replace(b"\n", newline)
        return text + (b"" if text.endswith(b"\n") else newline) + newline


def _group_by_key(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(edit.key, []).append(edit)
    return groups


def _without_annotations(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ANNOTATION_KEYS}
