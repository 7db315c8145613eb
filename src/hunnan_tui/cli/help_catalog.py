"""The commands that say how the others are used."""

from __future__ import annotations

from hunnan_tui.cli.command import Command
from hunnan_tui.core.language import N_

HELP_COMMANDS = (
    Command(
        "help",
        N_("print how to use a command, or what can stand in its place"),
        "commands.help.print_help",
        ("help tag add", "help query"),
        "[COMMAND | TOPIC]",
        details=(N_("TOPIC is query, columns, files or settings."),),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "version",
        N_("print the version, and the day of the data that come with it"),
        "commands.version.print_version",
        ("version", "version --lang zh"),
        "",
        reads_words=True,
        reads_dataset=False,
    ),
)
