"""The keys that messages name: those that the user has set, else the declared ones.

A message is made in many places, far from the app that knows its keymap; the keys are set
once, as the language is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

DECLARED: Final[Mapping[str, str]] = {
    "changes.open": "f3",
    "conflicts.ours": "o",
    "conflicts.theirs": "t",
    "conflicts.write": "w",
    "detail.next-tab": "]",
    "edit.put-back": "B",
    "edit.undo": "u",
    "file.conflicts": "f6",
    "file.problems": "!",
    "file.save": "ctrl+s",
    "filter.clear": "0",
    "notes.add": "n",
    "notes.editor": "E",
    "plan.follow-up": "a",
    "plan.needs": "N",
    "projects.add": "A",
    "projects.related": "R",
    "sources.show": "i",
    "tags.edit": "t",
    "tags.watch": "w",
    "view.pick": "f",
    "view.save": "F",
    "work.open": "M",
}
"""The keys of the commands that messages name, by the ids of their bindings."""
_set_by_user: dict[str, str] = {}
_read_keys: Callable[[], Mapping[str, str]] | None = None


def use_keys(keys: Mapping[str, str]) -> None:
    """Name the keys of the user from now on.

    Args:
        keys: For each binding that has another key than it is declared with, that key as
            it is written for people.
    """
    global _read_keys  # noqa: PLW0603  # one for the process, as the language is
    _read_keys = None
    _set_by_user.clear()
    _set_by_user.update(keys)


def read_keys_later(read: Callable[[], Mapping[str, str]]) -> None:
    """Have the keys of the user read when a message first names one.

    Most commands name none, and reading them takes all of the app.
    """
    global _read_keys  # noqa: PLW0603  # one for the process, as the language is
    _read_keys = read


def name_key(id: str) -> str:
    """Return the key of a command, as it is written for people.

    Raises:
        KeyError: Messages do not name this command.
    """
    if _read_keys is not None:
        use_keys(_read_keys())
    return _set_by_user.get(id) or DECLARED[id]
