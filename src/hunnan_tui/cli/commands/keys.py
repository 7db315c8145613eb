"""`keys`: prints every key of the app, as it is set."""

from __future__ import annotations

import os
from argparse import Namespace

from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.output import say, write
from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.text import display_line

_KEY_WIDTH = 22
_ID_WIDTH = 24


def print_keys(args: Namespace) -> int:
    """Print the table of keys, with those of the settings in it."""
    from hunnan_tui.tui.keys.meanings import REASONS
    from hunnan_tui.tui.keys.table import group_by_place, list_keys, show_keys
    from hunnan_tui.tui.keys.user_keys import list_keys_in_use

    entries, problems = list_keys_in_use(load_settings(find_paths(os.environ).config))
    for problem in problems:
        say(str(problem))
    declared = {(entry.owner, entry.id): entry.keys for entry in list_keys()}
    listed = tuple(entry for entry in entries if entry.id)
    if args.format == "json":
        records = [
            {
                "id": entry.id,
                "place": entry.place,
                "name": entry.name,
                "help": entry.help,
                "keys": show_keys(entry.keys).split(),
                "default": show_keys(declared[entry.owner, entry.id]).split(),
                "reason": REASONS.get(entry.id, ""),
            }
            for entry in listed
        ]
        print_json(records)
        return 0
    for number, (place, members) in enumerate(group_by_place(listed).items()):
        write(f"{'' if not number else chr(10)}{place}\n")
        for entry in members:
            keys = pad(entry.shown_keys, _KEY_WIDTH)
            name = display_line(entry.name)
            write(f"  {keys} {pad(entry.id, _ID_WIDTH)} {name}\n")
    return 0
