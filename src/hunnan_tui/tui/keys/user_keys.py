"""The keys in use: those that are declared, with those of the settings in their place."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.config.settings import Settings
from hunnan_tui.config.settings_problems import locate_in_file
from hunnan_tui.config.user_commands import UserCommand
from hunnan_tui.core.errors import Problem
from hunnan_tui.tui.keys.command_keys import choose_commands, make_entry
from hunnan_tui.tui.keys.rebinding import Keymap, apply_keymap, rebind
from hunnan_tui.tui.keys.table import KeyEntry, list_keys
from hunnan_tui.tui.presenters.key_names import display_key


def read_keymap(settings: Settings) -> tuple[Keymap, Sequence[Problem]]:
    """Return the keys that the settings change, and what is wrong in them, with lines."""
    keymap, mistakes = rebind(
        list_keys(), settings.keys, has_kitty_keys=settings.kitty_keys is True
    )
    return keymap, locate_in_file(settings, mistakes)


def read_key_names(settings: Settings) -> dict[str, str]:
    """Return how the keys that the settings change are written, by their commands."""
    return name_keys(read_keymap(settings)[0])


def name_keys(keymap: Keymap) -> dict[str, str]:
    """Return how the first key of each command is written for people."""
    return {name: display_key(keys[0]) for name, keys in keymap.items() if keys}


def list_keys_in_use(
    settings: Settings,
) -> tuple[Sequence[KeyEntry], Sequence[Problem]]:
    """Return the table with the keys of the settings, and what is wrong in them."""
    entries: Sequence[KeyEntry] = list_keys()
    problems: Sequence[Problem] = ()
    if settings.keys:
        keymap, problems = read_keymap(settings)
        entries = apply_keymap(entries, keymap)
    if not settings.commands:
        return entries, problems
    commands, mistakes = choose_commands(entries, settings)
    made = (make_entry(command) for command in commands)
    return (*entries, *made), (*problems, *locate_in_file(settings, mistakes))


def read_user_commands(
    settings: Settings,
) -> tuple[tuple[UserCommand, ...], Sequence[Problem]]:
    """Return the commands whose keys can be used, and what is wrong with the others."""
    entries: Sequence[KeyEntry] = list_keys()
    if settings.keys:
        entries = apply_keymap(entries, read_keymap(settings)[0])
    commands, mistakes = choose_commands(entries, settings)
    return commands, locate_in_file(settings, mistakes)
