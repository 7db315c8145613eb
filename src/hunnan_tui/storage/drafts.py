"""Drafts of notes, kept on disk until they are saved or discarded."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.io import explain, read_regular, remove
from hunnan_tui.files.platform import has_ended, sync_folder
from hunnan_tui.files.private import (
    MALFORMED,
    expect_text,
    hash_path,
    parse_json,
    read_private,
    write_private,
)
from hunnan_tui.files.set_aside import set_aside

VERSION = 1
_DraftId = tuple[str, str]
_LARGEST = 16_000_000
"""Bytes of a draft."""


class _NewerError(Exception):
    """The draft was written by a newer version."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that was typed and not saved yet."""

    key: str
    """The project's."""
    at: datetime | None
    """The time of the note that is being changed; None for a new note."""
    old: str
    """The text that the draft began with."""
    text: str


@dataclass(slots=True)
class _SavedDraft:
    """A draft, and the files that hold it, with their content as we last knew it."""

    draft: Draft
    files: dict[Path, bytes] = field(default_factory=dict)


class Drafts:
    """The drafts of one dataset."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Read the drafts that are there.

        Args:
            folder: Where drafts are; None keeps them in memory only.
            dataset: The file that the notes belong to.
        """
        self.problem = (
            "" if folder else _("no state folder: a crash could lose a draft")
        )
        """What keeps a draft from being safe; empty when nothing does."""
        self._folder = folder / hash_path(dataset) if folder else None
        self._drafts: dict[_DraftId, _SavedDraft] = {}
        self._ids: dict[str, dict[_DraftId, None]] = {}
        """The drafts of each project."""
        if self._folder is not None:
            self._load(self._folder)

    def get(self, key: str, at: datetime | None = None) -> Draft | None:
        """Return the draft of a note, or of a new note."""
        saved = self._drafts.get(_make_draft_id(key, at))
        return saved.draft if saved else None

    def list_for_project(self, key: str) -> tuple[Draft, ...]:
        """Return all drafts of a project."""
        ids = self._ids.get(key, ())
        return tuple(self._drafts[draft_id].draft for draft_id in ids)

    def list_all(self) -> Iterable[Draft]:
        """Return the drafts of all projects, including deleted ones."""
        return tuple(saved.draft for saved in self._drafts.values())

    def save(self, draft: Draft) -> None:
        """Write a draft to the disk; one without changes is discarded."""
        if draft.text == draft.old or not draft.text.strip():
            self.discard(draft.key, draft.at)
            return
        saved = self._get_saved(draft)
        saved.draft = draft
        if self._folder is None:
            return
        try:
            self._save(self._folder, saved)
        except OSError as error:
            self.problem = _("the draft cannot be written: {why}").format(
                why=explain(error)
            )
        else:
            self.problem = ""

    def discard(self, key: str, at: datetime | None = None) -> None:
        """Remove a draft; what another window has written in the meantime stays."""
        draft_id = _make_draft_id(key, at)
        saved = self._drafts.pop(draft_id, None)
        if saved is not None:
            del self._ids[key][draft_id]
            for path, text in saved.files.items():
                if _read_or_none(path) == text:
                    remove(path)

    def _get_saved(self, draft: Draft) -> _SavedDraft:
        """Return what is known of a note's draft, which may be this one."""
        draft_id = _make_draft_id(draft.key, draft.at)
        self._ids.setdefault(draft.key, {})[draft_id] = None
        return self._drafts.setdefault(draft_id, _SavedDraft(draft))

    def _save(self, folder: Path, saved: _SavedDraft) -> None:
        text = _dump(saved.draft)
        path = folder / _make_file_name(saved.draft)
        if _read_or_none(path) not in (None, saved.files.get(path)):
            # another window has a draft of the same note
            path = path.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}.json")
        write_private(path, text)
        earlier, saved.files = saved.files, {path: text}
        for old_path, was in earlier.items():
            if old_path != path and _read_or_none(old_path) == was:
                remove(old_path)
        sync_folder(folder)

    def _load(self, folder: Path) -> None:
        try:
            names = sorted(os.listdir(folder))
        except FileNotFoundError:
            return
        except OSError as error:
            self.problem = _("the drafts cannot be read: {why}").format(
                why=explain(error)
            )
            return
        for name in names:
            process = name.rpartition("-")[0].rpartition(".")[2]
            if name.endswith(".json"):
                self._read(folder / name)
            elif not name.endswith(".tmp"):
                continue  # set aside
            elif has_ended(process):
                remove(folder / name)  # it died before the draft was whole

    def _read(self, path: Path) -> None:
        text = read_private(path, _LARGEST)
        if text is None:
            return
        try:
            draft = _parse(text)
        except _NewerError:
            shown = display_path(path)
            self.problem = _(
                "a draft of a newer version was left alone: {shown}"
            ).format(shown=shown)
            return
        except MALFORMED:
            set_aside(path, _("it is no draft"))
            return
        saved = self._get_saved(draft)
        if saved.draft.text != draft.text:
            # two windows had a draft of the same note: join them
            both = f"{saved.draft.text}\n\n{draft.text}"
            saved.draft = replace(saved.draft, text=both)
        saved.files[path] = text


def _dump(draft: Draft) -> bytes:
    plain = {
        "draft": VERSION,
        "key": draft.key,
        "at": draft.at.isoformat() if draft.at else None,
        "old": draft.old,
        "text": draft.text,
    }
    return json.dumps(plain).encode()


def _parse(text: bytes) -> Draft:
    """Parse what `_dump` wrote; one of `MALFORMED` is raised for anything else."""
    plain = parse_json(text)
    if plain["draft"] > VERSION:
        raise _NewerError
    at = None if plain["at"] is None else datetime.fromisoformat(plain["at"])
    key, old, new = (expect_text(plain[name]) for name in ("key", "old", "text"))
    return Draft(key, at, old, new)


def _read_or_none(path: Path) -> bytes | None:
    try:
        return read_regular(path, _LARGEST)
    except OSError:
        return None


def _make_file_name(draft: Draft) -> str:
    name = "\0".join(_make_draft_id(draft.key, draft.at)).encode(
        "utf-8", "surrogatepass"
    )
    return f"{blake2b(name, digest_size=10).hexdigest()}.json"


def _make_draft_id(key: str, at: datetime | None) -> _DraftId:
    return key, at.isoformat() if at else ""
