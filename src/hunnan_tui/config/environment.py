"""What the variables of the environment mean: the one list of them for help."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.core.language import N_

VARIABLES: Mapping[str, str] = {
    "HUNNAN_TUI_DATA": N_("the dataset, where none is named"),
    "HUNNAN_TUI_KITTY_KEYS": N_("1, 0 or auto: the kitty keyboard protocol"),
    "HUNNAN_TUI_DEBUG": N_(
        "anything: an error is shown with its traceback, which may quote notes"
    ),
    "HUNNAN_TUI_NOTIFY": N_("1: a notification when ten seconds of work are over"),
    "XDG_CONFIG_HOME": N_("the folder of settings"),
    "XDG_STATE_HOME": N_("the folder of journals, drafts and steps"),
    "XDG_CACHE_HOME": N_("the folder of indexes of large files"),
    "XDG_DATA_HOME": N_("the folder of notes files"),
    "VISUAL": N_("the editor that E and ctrl+e open"),
    "EDITOR": N_("the editor, where VISUAL names none"),
    "NO_COLOR": N_("anything: no colours"),
    "COLUMNS": N_("the width that tables on a terminal are cut to"),
    "LANGUAGE": N_("languages of the interface, the first choice first"),
    "LC_ALL": N_("the language of the interface and of exported CSV"),
    "LC_MESSAGES": N_("the language of the interface"),
    "LC_CTYPE": N_("Chinese: exported CSV starts with the mark that Excel needs"),
    "LANG": N_("the language, where no other variable names one"),
    "TZ": N_("the time zone of notes and days"),
}
"""Each variable that the program reads on purpose; docs/settings.md says more."""
