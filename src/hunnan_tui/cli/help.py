"""What help says below the options."""

from __future__ import annotations

from hunnan_tui.cli.catalog import COMMANDS, OPEN
from hunnan_tui.cli.command import Command
from hunnan_tui.core.language import N_, _

WHICH_DATA = N_("""\
Without a command the app opens. DATA is the dataset: the last word of any command, or
the value of -f. Without either it is $HUNNAN_TUI_DATA, data/projects.toml or
projects.toml in the current folder, or the copy that comes with the program. Commands
that only read accept a pipe, and - for standard input. Where tags or needs can stand
too, the last word is DATA if it ends in .toml.""")
WORDS = N_("""\
The value of an option may begin with a dash, as in -q '-stage:signed'; so may a text.
Nothing behind -- is an option.""")
EXIT_STATUS = N_("""\
Exit status: 0 fine, 1 problems found by check, 2 usage or unreadable file, 3 could
not save, 4 no such project, 70 an error in the program, 130 interrupted.""")


def describe_command(command: Command) -> str:
    """Return the examples of a command, and what else is to be said of it."""
    more = _describe_all() if command is OPEN else "\n".join(map(_, command.details))
    return "\n\n".join(filter(None, (_list_examples(command), more)))


def describe_group(group: str) -> str:
    """Return the commands that begin with a word such as `tag`."""
    return _list_commands(
        tuple(command for command in COMMANDS if command.group == group)
    )


def _describe_all() -> str:
    return "\n\n".join(
        (_list_commands(COMMANDS), *map(_, (WHICH_DATA, WORDS, EXIT_STATUS)))
    )


def _list_examples(command: Command) -> str:
    lines = (f"  hunnan-tui {example}".rstrip() for example in command.examples)
    return "\n".join((_("examples:"), *lines))


def _list_commands(commands: tuple[Command, ...]) -> str:
    lines = (f"  {command.name:<12} {_(command.summary)}" for command in commands)
    hint = _(
        "`hunnan-tui help COMMAND` says more; so do help query, columns, files, settings."
    )
    return "\n".join((_("commands:"), *lines, "", hint))
