"""What the terminal can do, as far as the environment tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hunnan_tui.core.language import _

KITTY_KEYS: Final = "HUNNAN_TUI_KITTY_KEYS"
"""The variable that turns the kitty keyboard protocol on or off."""

SERVED_DRIVER: Final = "hunnan_tui.tui.terminal.served:ServedDriver"
"""What Textual is told to draw with where the app is served to a browser."""

_SWITCHES: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
    **dict.fromkeys(("", "auto"), None),
}
_LOSES_TEXT: Final = ("iterm", "vscode", "hyper", "tabby", "waveterm")
"""Programs that drop what an input method commits while the protocol is on: iTerm2
(sxyazi/yazi#4209), and those built on xterm.js (xtermjs/xterm.js#6112)."""
_NAMES: Final = ("TERM_PROGRAM", "LC_TERMINAL", "TERM", "TERMINAL_EMULATOR")
"""Variables that name the terminal; ssh forwards LC_TERMINAL where TERM_PROGRAM stays
behind, and tmux puts its own name into TERM_PROGRAM."""
_TRACES: Final = ("ITERM_", "VSCODE_")
"""Beginnings of variables that such a program sets for all that run in it."""

_NO_CURSOR: Final = {
    *("unknown", "emacs", "network", "dialup", "ethernet", "arpanet", "plugboard"),
    *("patch", "switch", "lpr", "printer", "print", "printing", "hardcopy", "vanilla"),
    *("teletype", "glasstty", "tty33", "tty35", "tty37"),
}
"""Types that cannot put the cursor anywhere, as the terminfo database knows them."""


class SwitchError(ValueError):
    """A variable holds neither a yes nor a no."""


def is_served(environ: Mapping[str, str]) -> bool:
    """Return whether the app is drawn in a browser, for somebody on another machine."""
    return environ.get("TEXTUAL_DRIVER") == SERVED_DRIVER


def explain_undrawable(environ: Mapping[str, str]) -> str:
    """Return why nothing can be drawn on this terminal; empty where it can.

    An unknown type is no reason: new terminals precede their database entries.
    """
    term = environ.get("TERM", "").strip().casefold()
    if not term:
        return _("TERM is not set")
    if term.partition("-")[0] == "dumb" or term in _NO_CURSOR:
        return _("TERM is {term}").format(term=term)
    return ""


def should_use_kitty_keys(environ: Mapping[str, str], setting: bool | None) -> bool:
    """Return whether to ask for the kitty keyboard protocol.

    In this order: the variable, the setting, Textual's own variable, and what is known
    of the terminal.

    Raises:
        SwitchError: The variable says neither yes nor no.
    """
    typed = environ.get(KITTY_KEYS, "").strip().casefold()
    if typed not in _SWITCHES:
        raise SwitchError(
            _("{kitty_keys} is {typed!r}: write 1, 0 or auto").format(
                kitty_keys=KITTY_KEYS, typed=typed
            )
        )
    choice = _SWITCHES[typed]
    if choice is None:
        choice = setting
    if choice is not None:
        return choice
    return environ.get("TEXTUAL_DISABLE_KITTY_KEY") != "1" and not _loses_text(environ)


def _loses_text(environ: Mapping[str, str]) -> bool:
    names = [environ.get(name, "").casefold() for name in _NAMES]
    return any(name.startswith(_LOSES_TEXT) for name in names) or any(
        name.startswith(_TRACES) and value for name, value in environ.items()
    )
