"""The commands that say how the program is set up."""

from __future__ import annotations

from hunnan_tui.cli.command import TEXT_OR_JSON, Command
from hunnan_tui.core.language import N_

SETTINGS_COMMANDS = (
    Command(
        "keys",
        N_("print every key of the app and the command that it runs"),
        "commands.keys.print_keys",
        ("keys", "keys --format json"),
        "",
        options=(TEXT_OR_JSON,),
        details=(
            N_("""\
By place: the main screen, its panes, pages, dialogs. The id of a command gives it other
keys in the table [keys] of the settings; those are printed as they are set."""),
        ),
        reads_dataset=False,
    ),
    Command(
        "config",
        N_("print every setting, its default, and what has set it"),
        "commands.config.print_settings",
        ("config", "config --format json"),
        "",
        options=(TEXT_OR_JSON,),
        details=(N_("The settings are config.toml in the folder that `where` names."),),
        reads_dataset=False,
    ),
)
