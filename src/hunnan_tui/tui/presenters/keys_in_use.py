"""The keys that messages name: those that the user has set, else the declared ones.

A message is made in many places, far from the app that knows its keymap; the keys are set
once, as the language is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hunnan_tui.tui.presenters.key_names import display_key

DECLARED: Final[Mapping[str, str]] = {
    "changes.open": "f3",
    "conflicts.ours": "o",
    "conflicts.theirs": "t",
    "conflicts.write": "w",
    "detail.next-tab": "right_square_bracket",
    "edit.undo": "u",
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


def use_keys(keymap: Mapping[str, Sequence[str]]) -> None:
    """Name the keys of the user from now on.

    Args:
        keymap: The keys of each binding that has others than it is declared with.
    """
    _set_by_user.clear()
    _set_by_user.update({name: keys[0] for name, keys in keymap.items() if keys})


def name_key(id: str) -> str:
    """Return the key of a command, as it is written for people.

    Raises:
        KeyError: Messages do not name this command.
    """
    return display_key(_set_by_user.get(id) or DECLARED[id])
