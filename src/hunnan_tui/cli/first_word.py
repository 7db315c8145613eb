"""Finds the word of a command line that may be its command."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.cli.catalog import COMMANDS, OPEN

END = "--"
"""Nothing behind it is an option."""


def find_first_word(argv: Sequence[str]) -> int | None:
    """Return the index of the first word that is neither an option nor its value."""
    options = [
        option for command in (OPEN, *COMMANDS) for option in command.all_options
    ]
    valued = {flag for option in options if option.takes_value for flag in option.flags}
    switches = {
        flag for option in options if not option.takes_value for flag in option.flags
    }
    is_value = False
    for index, word in enumerate(argv):
        if word == END:
            return None
        if not is_value and not word.startswith("-"):
            return index
        is_value = not is_value and (
            word in valued or _is_cluster(word, switches, valued)
        )
    return None


def _is_cluster(word: str, switches: set[str], valued: set[str]) -> bool:
    """Return whether a word is switches and an option whose value follows: `-nq`."""
    if word.startswith("--") or len(word) < 3:
        return False
    *flags, last = (f"-{letter}" for letter in word[1:])
    return last in valued and switches.issuperset(flags)
