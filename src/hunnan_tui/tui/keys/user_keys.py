"""The keys in use: those that are declared, with those of the settings in their place."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import Problem
from hunnan_tui.tui.keys.rebinding import Keymap, apply_keymap, rebind
from hunnan_tui.tui.keys.table import KeyEntry, list_keys


def read_keymap(settings: Settings) -> tuple[Keymap, Sequence[Problem]]:
    """Return the keys that the settings change, and what is wrong in them, with lines."""
    keymap, mistakes = rebind(
        list_keys(), settings.keys, has_kitty_keys=settings.kitty_keys is True
    )
    if not mistakes:
        return keymap, ()
    from hunnan_tui.config.settings_problems import locate_in_file

    return keymap, locate_in_file(settings, mistakes)


def list_keys_in_use(
    settings: Settings,
) -> tuple[Sequence[KeyEntry], Sequence[Problem]]:
    """Return the table with the keys of the settings, and what is wrong in them."""
    if not settings.keys:
        return list_keys(), ()
    keymap, problems = read_keymap(settings)
    return apply_keymap(list_keys(), keymap), problems
