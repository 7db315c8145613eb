"""The user's folders, and which dataset is opened."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hunnan_tui.config.shipped import find_shipped_dataset
from hunnan_tui.core.language import _
from hunnan_tui.files.private import NAME, hash_path

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

DATA_VARIABLE = "HUNNAN_TUI_DATA"


class Paths(NamedTuple):
    """The folders of the user; None where the system gives none."""

    config: Path | None = None
    state: Path | None = None
    cache: Path | None = None
    data: Path | None = None

    @property
    def journal(self) -> Path | None:
        """Unsaved edits."""
        return self.state / "journal" if self.state else None

    @property
    def drafts(self) -> Path | None:
        """Drafts of notes."""
        return self.state / "drafts" if self.state else None

    @property
    def sessions(self) -> Path | None:
        """Where each dataset was left."""
        return self.state / "sessions" if self.state else None

    @property
    def last_seen(self) -> Path | None:
        """Copies of the datasets as last seen."""
        return self.state / "seen" if self.state else None

    @property
    def dialogs(self) -> Path | None:
        """What was typed into dialogs and not saved yet."""
        return self.state / "unfinished" if self.state else None

    @property
    def transactions(self) -> Path | None:
        """The log of transactions, for undo after a restart."""
        return self.state / "steps" if self.state else None

    @property
    def backups(self) -> Path | None:
        """Backups, while a file is written in place."""
        return self.state / "backups" if self.state else None

    @property
    def served(self) -> Path | None:
        """What readers in browsers leave, a folder for each browser."""
        return self.state / "served" if self.state else None

    def salvage_file(self, dataset: Path) -> Path | None:
        """The notes file for what could not be saved in the dataset."""
        if self.state is None:
            return None
        return self.state / "aside" / f"{hash_path(dataset)}.toml"


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Return the folders for settings, state, cache and data; none is created."""
    folders = {
        kind: _read_variable(environ, f"XDG_{kind.upper()}_HOME")
        for kind in ("config", "state", "cache", "data")
    }
    if not all(folders.values()):
        from platformdirs import PlatformDirs

        usual = PlatformDirs(NAME, appauthor=False)
        for kind, folder in folders.items():
            if folder is None:
                folders[kind] = _find_default(usual, kind)
    return Paths(**folders)


def _find_default(usual: PlatformDirs, kind: str) -> Path | None:
    try:
        path = Path(getattr(usual, f"user_{kind}_dir"))
    except RuntimeError:
        return None  # there is no home folder; earlier versions keep the "~"
    return path if path.is_absolute() else None


def _read_variable(environ: Mapping[str, str], name: str) -> Path | None:
    # the standard: a relative path is to be ignored
    value = environ.get(name, "")
    is_absolute = value.startswith("/") or Path(value).is_absolute()  # on a drive
    return Path(value) / NAME if is_absolute else None


def choose_dataset(
    named: Path | None, environ: Mapping[str, str], folder: Path
) -> tuple[Path, str]:
    """Return which dataset is opened, and why that one.

    Args:
        named: The path on the command line, if any.
        environ: The environment.
        folder: The current folder.
    """
    if named is not None:
        return named, _("named on the command line")
    if value := environ.get(DATA_VARIABLE):
        return Path(value), _("named by ${data_variable}").format(
            data_variable=DATA_VARIABLE
        )
    for name in ("data/projects.toml", "projects.toml"):
        # pathlib's question raises for a folder that must not be looked into
        if os.path.isfile(folder / name):  # noqa: PTH113
            return Path(name), _("found in the current folder")
    return find_packaged_dataset(), _("the copy that comes with the program")


def get_current_folder() -> Path:
    """Return the current folder; an empty path if it was removed or is not accessible."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def expand_path(text: str, folder: Path) -> Path:
    """Return a path as it is typed: `~` is the home folder, where there is one."""
    # that of pathlib fails for a user who does not exist
    return folder / os.path.expanduser(text)  # noqa: PTH111


def find_packaged_city() -> Path:
    """Return the dataset of the whole city, which comes with the program too."""
    return Path(find_shipped_dataset()).with_name("shenyang.toml")


def find_packaged_dataset() -> Path:
    """Return the dataset that comes with the program."""
    return Path(find_shipped_dataset())
