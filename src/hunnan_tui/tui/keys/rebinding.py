"""Applies the keys that the user has set, and says which of them cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from textual.app import App
from textual.keys import key_to_character
from textual.widgets import Input, TextArea

from hunnan_tui.config.key_settings import KeySetting
from hunnan_tui.config.settings import LONGEST, Mistake
from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.pages import ON_HISTORY, ON_PROJECTS
from hunnan_tui.tui.dialogs.base import Dialog
from hunnan_tui.tui.keys.key_syntax import explain_unsent, find_key, suggest_key
from hunnan_tui.tui.keys.table import KeyEntry, find_owners
from hunnan_tui.tui.pages.base import Page
from hunnan_tui.tui.presenters.key_names import display_key

_ACTS = frozenset({*ON_PROJECTS, *ON_HISTORY})
"""The commands of the main screen that work on pages too."""
_FOLLOWING = {"page.help": "app.help", "page.palette": "app.palette"}
"""Bindings that take the keys of another one, unless they have some of their own."""

Keymap = Mapping[str, tuple[str, ...]]
"""The keys of each binding that has others than it is declared with, by its id."""


class Rebinding(NamedTuple):
    """What the settings come to."""

    keymap: Keymap
    mistakes: tuple[Mistake, ...]


def rebind(
    entries: Sequence[KeyEntry],
    settings: Iterable[KeySetting],
    *,
    has_kitty_keys: bool = False,
) -> Rebinding:
    """Return the keys to use; a key that cannot be used is left out.

    Args:
        entries: The table of keys.
        settings: What the user has set, in the order of the file.
        has_kitty_keys: Whether the terminal sends all keys, as the user says.
    """
    mistakes: list[Mistake] = []
    ids = {entry.id for entry in entries if entry.id}
    wanted: dict[str, tuple[str, ...]] = {}
    paths: dict[str, KeySetting] = {}
    for setting in settings:
        if setting.id not in ids:
            mistakes.append(_explain_unknown_id(setting, ids))
            continue
        read = _read_keys(setting, mistakes, has_kitty_keys=has_kitty_keys)
        keys = tuple(dict.fromkeys(read))  # ctrl+n and ^n are one
        if keys:
            wanted[setting.id], paths[setting.id] = keys, setting
    for follower, leader in _FOLLOWING.items():
        if leader in wanted and follower not in wanted and follower in ids:
            wanted[follower], paths[follower] = wanted[leader], paths[leader]
    typed = {entry.id for entry in entries if _is_typed_in(entry, entries)}
    for name in typed & wanted.keys():
        _drop_typed(name, wanted, paths, mistakes)
    while clash := _find_clash(entries, wanted):
        name, key, other = clash
        message = _("{key} already runs {command} in the same place").format(
            key=display_key(key), command=other
        )
        hint = _("choose another, or give {command} another one too").format(
            command=other
        )
        mistakes.append(Mistake(paths[name].path, message, hint))
        _drop_key(name, key, wanted)
    return Rebinding(wanted, tuple(mistakes))


def apply_keymap(entries: Iterable[KeyEntry], keymap: Keymap) -> tuple[KeyEntry, ...]:
    """Return the table with the keys that are in use."""
    return tuple(
        entry._replace(keys=keymap.get(entry.id, entry.keys)) for entry in entries
    )


def _read_keys(
    setting: KeySetting, mistakes: list[Mistake], *, has_kitty_keys: bool
) -> Iterator[str]:
    for text in setting.keys:
        key = find_key(text)
        if key is None:
            near = suggest_key(text)
            hint = _("a key is written as in ctrl+n, f6, up or ?")
            if near:
                hint = _("did you mean {key}?").format(key=near)
            message = _("there is no key {key}").format(key=repr(text[:LONGEST]))
            mistakes.append(Mistake(setting.path, message, hint))
        elif why := explain_unsent(key, has_kitty_keys=has_kitty_keys):
            mistakes.append(Mistake(setting.path, *why))
        else:
            yield key


def _explain_unknown_id(setting: KeySetting, ids: Iterable[str]) -> Mistake:
    near = get_close_matches(setting.id[:LONGEST], ids, n=1, cutoff=0.6)
    hint = _("`hunnan-tui keys` lists them")
    if near:
        hint = _("did you mean {command}?").format(command=near[0])
    message = _("there is no command {command}").format(
        command=repr(setting.id[:LONGEST])
    )
    return Mistake(setting.path, message, hint)


def _is_typed_in(entry: KeyEntry, entries: Iterable[KeyEntry]) -> bool:
    """Return whether letters are typed where a binding works."""
    if issubclass(entry.owner, Input | TextArea):
        return True
    if not entry.id or not issubclass(entry.owner, Dialog):
        return False
    return not any(
        _is_text(key)
        for other in entries
        if other.owner is entry.owner
        for key in other.keys
    )


def _is_text(key: str) -> bool:
    character = key_to_character(key)  # escape is named after a control character
    return character is not None and character.isprintable()


def _drop_typed(
    name: str,
    wanted: dict[str, tuple[str, ...]],
    paths: Mapping[str, KeySetting],
    mistakes: list[Mistake],
) -> None:
    for key in wanted[name]:
        if _is_text(key):
            message = _("{key} is text where {command} works").format(
                key=display_key(key), command=name
            )
            hint = _("choose one with ctrl, or a function key")
            mistakes.append(Mistake(paths[name].path, message, hint))
            _drop_key(name, key, wanted)


def _drop_key(name: str, key: str, wanted: dict[str, tuple[str, ...]]) -> None:
    keys = tuple(other for other in wanted[name] if other != key)
    if keys:
        wanted[name] = keys
    else:
        del wanted[name]  # it keeps those that it is declared with


def _find_clash(
    entries: Sequence[KeyEntry], wanted: Keymap
) -> tuple[str, str, str] | None:
    """Return a set id, a new key of it, and what has that key in the same place."""
    in_use: dict[str, list[KeyEntry]] = {}
    for entry in apply_keymap(entries, wanted):
        for key in entry.keys if entry.id else ():
            in_use.setdefault(key, []).append(entry)
    for entry in reversed(entries):
        for key in wanted.get(entry.id, ()):
            if key in entry.keys:
                continue
            for other in in_use[key]:
                if other.id != entry.id and can_meet(entry, other):
                    return entry.id, key, other.id
    return None


def _can_meet_on_page(act: KeyEntry, other: KeyEntry) -> bool:
    """Return whether one of two bindings acts on the project of a page with the other."""
    if act.id not in _ACTS or other.id in _ACTS:
        return False
    owners = find_owners(other.owner)  # the bases of a page come after it
    page = next((owner for owner in owners if issubclass(owner, Page)), None)
    return page is not None and page.HAS_PROJECTS


def can_meet(one: KeyEntry, other: KeyEntry) -> bool:
    """Return whether two bindings can be in force at once."""
    owners = (one.owner, other.owner)
    return (
        any(issubclass(owner, App) for owner in owners)
        or _can_meet_on_page(one, other)
        or _can_meet_on_page(other, one)
        or one.owner in find_owners(other.owner)
        or other.owner in find_owners(one.owner)
    )
