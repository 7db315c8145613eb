"""Half-written notes: kept on the disk until they are saved or thrown away."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from hunnan_tui.places import name_of, private_folder

VERSION = 1
_Id = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved yet."""

    key: str
    """The project's."""
    at: datetime | None
    """The time of the note that is being changed; None for a new note."""
    old: str
    """The text that the draft began with."""
    text: str


class Drafts:
    """The drafts of one dataset."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Read the drafts that are there.

        Args:
            folder: Where drafts are; None keeps them in memory only.
            dataset: The file that the notes belong to.
        """
        self.problem = "" if folder else "no state folder: a crash could lose a draft"
        self._folder = folder / name_of(dataset) if folder else None
        self._drafts: dict[_Id, Draft] = {}
        if self._folder is not None and self._folder.is_dir():
            for path in sorted(self._folder.glob("*.json")):
                self._load(path)

    def get(self, key: str, at: datetime | None = None) -> Draft | None:
        """Return the draft of a note, or of a new note."""
        return self._drafts.get(_id(key, at))

    def of(self, key: str) -> tuple[Draft, ...]:
        """Return all drafts of a project."""
        return tuple(draft for draft in self._drafts.values() if draft.key == key)

    def all(self) -> Iterable[Draft]:
        """Return the drafts of all projects, also of those that are gone."""
        return tuple(self._drafts.values())

    def keep(self, draft: Draft) -> None:
        """Keep a draft, on the disk when it returns; one without news is dropped."""
        if draft.text == draft.old or not draft.text.strip():
            self.drop(draft.key, draft.at)
            return
        self._drafts[_id(draft.key, draft.at)] = draft
        if self._folder is None:
            return
        try:
            self._save(self._folder, draft)
            self.problem = ""
        except OSError as error:
            self.problem = f"the draft cannot be written: {error.strerror}"

    def drop(self, key: str, at: datetime | None = None) -> None:
        """Forget a draft."""
        if self._drafts.pop(_id(key, at), None) and self._folder is not None:
            with suppress(OSError):
                os.unlink(self._path(self._folder, key, at))

    def _save(self, folder: Path, draft: Draft) -> None:
        private_folder(folder.parent)
        private_folder(folder)
        plain = {
            "draft": VERSION,
            "key": draft.key,
            "at": draft.at.isoformat() if draft.at else None,
            "old": draft.old,
            "text": draft.text,
        }
        path = self._path(folder, draft.key, draft.at)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        file = os.open(temporary, flags, 0o600)
        try:
            view = memoryview(json.dumps(plain).encode())
            while view:
                view = view[os.write(file, view) :]
            os.fsync(file)
        finally:
            os.close(file)
        os.replace(temporary, path)

    def _load(self, path: Path) -> None:
        try:
            plain = json.loads(path.read_text())
            at = plain["at"] and datetime.fromisoformat(plain["at"])
            draft = Draft(plain["key"], at or None, plain["old"], plain["text"])
        except (OSError, ValueError, KeyError, TypeError):
            self.problem = f"a draft could not be read and was left alone: {path}"
        else:
            self._drafts[_id(draft.key, draft.at)] = draft

    @staticmethod
    def _path(folder: Path, key: str, at: datetime | None) -> Path:
        name = "\0".join(_id(key, at)).encode()
        return folder / f"{blake2b(name, digest_size=10).hexdigest()}.json"


def _id(key: str, at: datetime | None) -> _Id:
    return key, at.isoformat() if at else ""
