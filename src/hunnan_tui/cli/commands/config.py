"""`config`: prints every setting, its default, and what has set it."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.output import say, write
from hunnan_tui.config.paths import choose_dataset, find_paths, get_current_folder
from hunnan_tui.config.setting_values import MEANINGS, list_setting_values
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line


def print_settings(args: Namespace) -> int:
    """Print the settings; what is wrong in their file is said beside them."""
    settings = load_settings(find_paths(os.environ).config)
    for problem in settings.problems:
        say(str(problem))
    path, _why = choose_dataset(None, os.environ, get_current_folder())
    values = list(list_setting_values(settings, os.environ, _find_folder(path)))
    if args.format == "json":
        records = [
            {
                "key": each.key,
                "value": each.value,
                "default": each.default,
                "from": each.source,
                "means": _(MEANINGS[each.key]),
            }
            for each in values
        ]
        print_json({"file": str(settings.path or ""), "settings": records})
        return 0
    rows = [(_("setting"), _("value"), _("otherwise"), _("set by"))]
    rows += [
        (each.key, _format(each.value), _format(each.default), each.source)
        for each in values
    ]
    cells = [tuple(display_line(cell) for cell in row) for row in rows]
    widths = [max(map(measure_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(
            pad(cell, width) for cell, width in zip(row, widths, strict=True)
        )
        write(line.rstrip() + "\n")
    return 0


def _find_folder(path: Path) -> Path:
    return path.absolute().parent


def _format(value: object) -> str:
    """Return a value as it is written in the file."""
    return json.dumps(value, ensure_ascii=False)
