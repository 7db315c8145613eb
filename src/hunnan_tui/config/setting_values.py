"""What each setting is set to, what it is otherwise, and what has set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from hunnan_tui.config.author import read_git_author
from hunnan_tui.config.settings import KEYS, LARGEST, Settings
from hunnan_tui.config.terminal_kind import KITTY_KEYS
from hunnan_tui.core.language import N_, _
from hunnan_tui.dataset.toml.locations import find_line_columns, locate
from hunnan_tui.files.io import read_regular

DEFAULT_THEME = "textual-dark"
MEANINGS: Mapping[str, str] = {
    "theme": N_("the colours"),
    "author": N_("who writes your notes"),
    "ascii": N_("draw in ASCII only"),
    "read_only": N_("write nothing into datasets and notes files"),
    "mouse": N_("take the mouse from the terminal"),
    "animation": N_("let something on the screen move by itself"),
    "kitty_keys": N_("ask the terminal for the kitty keyboard protocol"),
    "views": N_("saved views"),
    "templates": N_("beginnings of notes"),
    "silent_days": N_("days without news after which My work lists a project"),
    "language": N_("the language of the interface"),
    "names": N_("which names are shown: Chinese, English or both"),
    "keys": N_("keys of commands, by their ids"),
    "commands": N_("programs of your own that keys run on projects"),
}
"""What each setting is for; a test compares it with what the file can set."""
_OTHERWISE: Mapping[str, object] = {
    "theme": DEFAULT_THEME,
    "kitty_keys": "auto",
    "language": "auto",
    "names": "auto",
}
"""What a setting is that is not set, where that is not its default in the program."""


class SettingValue(NamedTuple):
    """One setting."""

    key: str
    value: object
    """A plain value; of tables their names."""
    default: object
    source: str
    """What has set it: a file with its line, a variable, git; empty for nothing."""


def list_setting_values(
    settings: Settings, environ: Mapping[str, str], folder: Path
) -> Iterator[SettingValue]:
    """Yield every setting with the value in use.

    Args:
        settings: What was read.
        environ: The environment, which goes before the file.
        folder: That of the dataset, where git may know an author.
    """
    lines = _locate_settings(settings)
    for key in KEYS:
        value = _simplify(getattr(settings, key))
        default = _OTHERWISE.get(key, _simplify(Settings._field_defaults[key]))
        source = ""
        is_set = value != _simplify(Settings._field_defaults[key])
        if key in lines and (is_set or lines[key].value == value):
            source = f"{settings.path}:{lines[key].line}"
        else:
            value = default
        if key == "author" and not value and (name := read_git_author(folder)):
            value, source = name, _("git config user.name")
        typed = environ.get(KITTY_KEYS, "").strip()
        if key == "kitty_keys" and typed.casefold() not in ("", "auto"):
            value, source = typed != "0", f"${KITTY_KEYS}"
        yield SettingValue(key, value, default, source)


class _Located(NamedTuple):
    value: object
    line: int


def _locate_settings(settings: Settings) -> Mapping[str, _Located]:
    """Return the settings that stand in the file, with their lines."""
    if settings.path is None:
        return {}
    try:
        text = read_regular(settings.path, LARGEST)
        record: dict[str, Any] = tomli.loads(text.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}  # told as a problem of the file
    keys = [key for key in KEYS if key in record]
    offsets = [offset or 0 for offset in locate(text, ((key,) for key in keys))]
    ordered = sorted(zip(offsets, keys, strict=True))
    places = find_line_columns(text, (offset for offset, _ in ordered))
    return {
        key: _Located(record[key], line)
        for (_, key), (line, _) in zip(ordered, places, strict=True)
    }


def _simplify(value: object) -> object:
    """Return a setting as a plain value; of tables the names."""
    if not isinstance(value, tuple):
        return value
    return [getattr(item, "name", getattr(item, "id", "")) or item[0] for item in value]
