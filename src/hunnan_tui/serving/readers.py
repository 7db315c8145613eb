"""What belongs to one browser: a folder for its state, and its reader's name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from hunnan_tui.config.settings import FILE, load_settings
from hunnan_tui.config.terminal_kind import SERVED_DRIVER
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.files.private import NAME, write_private

_LONGEST_NAME = 100
_OF_THIS_MACHINE = re.compile(
    r"HUNNAN_TUI_.*|XDG_.*|TEXTUAL.*|GIT_.*|SSH_.*|VISUAL|EDITOR|DISPLAY|WAYLAND_DISPLAY"
    r"|WSL_DISTRO_NAME|WSL_INTEROP|TERM|TERM_PROGRAM.*|COLUMNS|LINES|ROWS|NO_COLOR|TMUX"
)
"""Variables that say something of the terminal or the user who serves."""


class Readers:
    """Keeps a folder for each browser, so that a session finds what it left."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder."""
        self._folder = folder

    def find_folder(self, reader: str) -> Path:
        """Return the folder of a browser, whether it exists or not."""
        return self._folder / reader

    def is_known(self, reader: str) -> bool:
        """Return whether the reader of a browser was asked for a name."""
        return self._settings_file(reader).exists()

    def get_name(self, reader: str) -> str:
        """Return the name that was given; empty for none."""
        return load_settings(self._settings_file(reader).parent).author

    def set_name(self, reader: str, name: str) -> None:
        """Write the name that the reader's notes have.

        Raises:
            OSError: It could not be written.
        """
        cleaned = " ".join(UNSAFE.sub("", name).split())[:_LONGEST_NAME]
        text = tomli_w.dumps({"author": cleaned} if cleaned else {})
        write_private(self._settings_file(reader), text.encode("utf-8", "replace"))

    def _settings_file(self, reader: str) -> Path:
        return self.find_folder(reader) / "config" / NAME / FILE

    def make_environment(
        self, reader: str, environ: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the environment of a session: its own folders, and no terminal's.

        Args:
            reader: The browser.
            environ: The environment of the server.
        """
        folder = self.find_folder(reader)
        kept = {
            name: value
            for name, value in environ.items()
            if not _OF_THIS_MACHINE.fullmatch(name)
        }
        # an index follows from the dataset alone: one for all
        homes = {
            "XDG_CONFIG_HOME": folder / "config",
            "XDG_STATE_HOME": folder / "state",
            "XDG_DATA_HOME": folder / "data",
            "XDG_CACHE_HOME": self._folder / "cache",
        }
        return {
            **kept,
            **{name: os.fspath(path) for name, path in homes.items()},
            "TEXTUAL_DRIVER": SERVED_DRIVER,
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM": "xterm-256color",
        }
