"""Unsaved input of dialogs, restored after a crash.

Notes have drafts; this is for the other dialogs: tags, needs, days, names of views. It is
a convenience: errors of reading or writing are ignored.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.files.io import remove
from hunnan_tui.files.platform import is_alive
from hunnan_tui.files.private import (
    expect_text,
    expect_texts,
    hash_path,
    read_json,
    write_json,
)

_LARGEST = 4_000_000
"""Bytes of a file."""


@dataclass(frozen=True, slots=True)
class DialogState:
    """A dialog as it was left."""

    kind: str
    """The key's binding: tags.edit, plan.needs, ..."""
    keys: tuple[str, ...] = ()
    """The projects that it is about."""
    typed: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to lose."""
        return bool(self.typed.strip() or self.add or self.remove)


class SaveDialogState(Protocol):
    """Saves the typed text, and the choices to add and to remove."""

    def __call__(
        self, typed: str, add: Sequence[str] = (), remove: Sequence[str] = (), /
    ) -> None: ...


class DialogStates:
    """The unsaved dialogs of one dataset; each process has one file at most."""

    def __init__(self, folder: Path | None, dataset: Path) -> None:
        """Name the folder; None keeps nothing."""
        self._folder = folder
        self._name = hash_path(dataset)

    def save(self, state: DialogState) -> None:
        """Save the state of a dialog, replacing the one before."""
        if self._folder is None:
            return
        if not state:
            self.discard()
            return
        with suppress(OSError, UnicodeError):
            write_json(self._get_path(os.getpid()), asdict(state), is_durable=False)

    def discard(self) -> None:
        """Remove the saved state: the dialog was confirmed or cancelled."""
        if self._folder is not None:
            remove(self._get_path(os.getpid()))

    def restore(self) -> DialogState | None:
        """Return the state that a dead process left, and remove it."""
        if self._folder is None:
            return None
        state: DialogState | None = None
        with suppress(OSError):
            for path in sorted(self._folder.glob(f"{self._name}.*.json")):
                number = path.name.split(".")[-2]
                if not number.isdecimal() or is_alive(int(number)):
                    continue
                state = read_json(path, _LARGEST, _parse) or state
                remove(path)
        return state

    def _get_path(self, process: int) -> Path:
        assert self._folder is not None  # noqa: S101 - asked for only then
        return self._folder / f"{self._name}.{process}.json"


def _parse(record: Any) -> DialogState:
    return DialogState(
        expect_text(record["kind"]),
        expect_texts(record["keys"]),
        UNSAFE.sub("", expect_text(record["typed"])),
        expect_texts(record["add"]),
        expect_texts(record["remove"]),
    )
