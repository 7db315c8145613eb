"""The table `[keys]` of the settings: which keys run which command, as it is written.

Whether there are such commands and keys is for the app to say, which knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hunnan_tui.config.settings import KEYS, LONGEST, Mistake, ValuePath
from hunnan_tui.core.language import _
from hunnan_tui.core.toml_values import name_type

_DEEPEST = 4
"""Tables in each other; no id has more parts."""


class KeySetting(NamedTuple):
    """The keys that the user has set for a command."""

    id: str
    keys: tuple[str, ...]
    path: ValuePath
    """Where it stands in the file."""


def parse_key_settings(
    table: object, mistakes: list[Mistake]
) -> tuple[KeySetting, ...]:
    """Return what a `[keys]` table sets.

    An id may be written with quotes or without: TOML reads `notes.add = "x"` as a table.

    Args:
        table: The value of `keys`.
        mistakes: Gets what is wrong in it.
    """
    if not isinstance(table, dict):
        hint = _(
            'write [keys] and below it an id and its key, as in "notes.add" = "ctrl+n"'
        )
        mistakes.append(
            Mistake(("keys",), _("keys is {type}").format(type=name_type(table)), hint)
        )
        return ()
    return tuple(_parse_table(table, ("keys",), mistakes))


def _parse_table(
    table: Mapping[str, Any], path: ValuePath, mistakes: list[Mistake]
) -> Iterator[KeySetting]:
    for name, value in table.items():
        here = (*path, name)
        command = ".".join(map(str, here[1:]))
        if len(path) == 1 and name in KEYS:  # TOML gives it to the table above
            message = _("{name} is a setting, and no command").format(
                name=name[:LONGEST]
            )
            mistakes.append(Mistake(here, message, _("put it above [keys]")))
        elif isinstance(value, dict) and len(path) < _DEEPEST:
            yield from _parse_table(value, here, mistakes)
        elif keys := _split_keys(value):
            yield KeySetting(command, keys, here)
        else:
            message = _("the key of {command!r} is {describe}").format(
                command=command[:LONGEST], describe=_describe(value)
            )
            hint = _('write it in quotes, as in "ctrl+n", or several in a list')
            mistakes.append(Mistake(here, message, hint))


def _split_keys(value: object) -> tuple[str, ...]:
    """Return the keys of a text with commas, or of a list; nothing if it is neither."""
    if isinstance(value, str):
        keys = [value] if value.strip() == "," else value.split(",")
    elif isinstance(value, list) and all(isinstance(text, str) for text in value):
        keys = value
    else:
        return ()
    stripped = [key.strip() or key[:1] for key in keys]
    return tuple(dict.fromkeys(stripped)) if all(stripped) else ()


def _describe(value: object) -> str:
    return "empty" if value in ("", []) else name_type(value)
