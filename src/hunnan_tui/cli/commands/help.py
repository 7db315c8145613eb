"""`help`: prints the help of a command, or of a topic."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress

from hunnan_tui.cli.catalog import FIRST_WORDS
from hunnan_tui.cli.output import UsageError, write
from hunnan_tui.cli.parser import parse
from hunnan_tui.cli.topics import TOPICS
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line


def print_help(args: Namespace) -> int:
    """Print the help of the command or topic that the words name, or of all."""
    words: list[str] = args.words
    if len(words) == 1 and words[0] in TOPICS:
        write(TOPICS[words[0]]().rstrip("\n") + "\n")
        return 0
    if words and words[0] not in FIRST_WORDS:
        from difflib import get_close_matches

        close = get_close_matches(words[0], (*TOPICS, *FIRST_WORDS), n=1)
        hint = (
            _("did you mean {meant}?").format(meant=close[0])
            if close
            else _("`hunnan-tui help` lists all")
        )
        message = _("There is no command or topic {word}: {hint}")
        raise UsageError(message.format(word=display_line(words[0]), hint=hint))
    with suppress(SystemExit):  # how argparse ends after help
        parse([*words, "--help"])
    return 0
