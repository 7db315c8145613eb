"""The keys of the user's own commands: which of them can be used."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.config.settings import LONGEST, Mistake, Settings
from hunnan_tui.config.user_commands import UserCommand
from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.browser.user_commands import describe_command, make_id
from hunnan_tui.tui.keys.key_syntax import explain_unsent, find_key, suggest_key
from hunnan_tui.tui.keys.rebinding import can_meet
from hunnan_tui.tui.keys.table import KeyEntry
from hunnan_tui.tui.presenters.key_names import display_key


def choose_commands(
    entries: Sequence[KeyEntry], settings: Settings
) -> tuple[tuple[UserCommand, ...], Sequence[Mistake]]:
    """Return the commands whose keys can be used, with the app's names of them.

    Args:
        entries: The table of keys in use.
        settings: What the user has set.
    """
    chosen: list[UserCommand] = []
    mistakes = []
    for command in settings.commands:
        why = _explain_key(command, settings.kitty_keys is True)
        key = find_key(command.key) or ""
        if why is None:
            entry = make_entry(command._replace(key=key))
            # what edits a text has no id, and has its keys only while one is typed
            owners = [other for other in entries if other.id and key in other.keys]
            clash = next((other for other in owners if can_meet(entry, other)), None)
            same = next((other for other in chosen if other.key == key), None)
            if clash is not None or same is not None:
                name = same.title if clash is None and same else ""
                name = f"{clash.name} ({clash.id})" if clash else name
                why = (
                    _("{key} already runs {command}").format(
                        key=display_key(key), command=name
                    ),
                    _("it is left out: choose another key"),
                )
        if why is None:
            chosen.append(command._replace(key=key))
        else:
            mistakes.append(Mistake((*command.path, "key"), *why))
    return tuple(chosen), mistakes


def make_entry(command: UserCommand) -> KeyEntry:
    """Return the line of a command in the table of keys."""
    return KeyEntry(
        make_id(command),
        _("Main screen"),
        (command.key,),
        command.title,
        describe_command(command),
        BrowserScreen,
    )


def _explain_key(command: UserCommand, has_kitty_keys: bool) -> tuple[str, str] | None:
    """Return why there is no such key, or a terminal does not send it; and what to do."""
    key = find_key(command.key)
    if key is not None:
        return explain_unsent(key, has_kitty_keys=has_kitty_keys)
    hint = _("a key is written as in ctrl+n, f6, up or ?")
    if near := suggest_key(command.key):
        hint = _("did you mean {key}?").format(key=near)
    message = _("there is no key {key}").format(key=repr(command.key[:LONGEST]))
    return message, hint
