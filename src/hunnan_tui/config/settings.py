"""The user's settings: theme, author, saved views. Loading never writes.

They are one TOML file, written by hand or by the program. What the program adds leaves
the rest of the file as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.text import fold
from hunnan_tui.files.io import explain, read_regular

if TYPE_CHECKING:  # the first screen does not wait for it
    from hunnan_tui.core.model import View

FILE = "config.toml"
SILENT_DAYS = 90
_MOST_DAYS = 100_000
_LARGEST = 4_000_000
"""Bytes of the file."""


class Settings(NamedTuple):
    """What the user has set."""

    path: Path | None = None
    """Where it is kept; None keeps nothing."""
    theme: str = ""
    author: str = ""
    """Who writes the notes."""
    ascii: bool = False
    """Whether the screen is drawn in signs of ASCII."""
    kitty_keys: bool | None = None
    """Whether the terminal is asked for the kitty keyboard protocol; None: as it is."""
    views: tuple[View, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    """Names and texts to begin notes with, besides those that come with the program."""
    silent_days: int = SILENT_DAYS
    """Days without news after which a watched project is something to look after."""
    problem: str = ""
    """Why a part could not be read; the rest holds."""


def load_settings(folder: Path | None) -> Settings:
    """Load the settings; anything wrong becomes a `problem`, never an error."""
    if folder is None:
        return Settings()
    path = folder / FILE
    try:
        record = tomli.loads(read_regular(path, _LARGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings(path)
    except OSError as error:
        return Settings(path, problem=f"{path} is not used: {explain(error)}")
    except ValueError as error:
        return Settings(path, problem=f"{path} is not used: {error}")
    except RecursionError:
        return Settings(path, problem=f"{path} is not used: it is nested too deeply")
    views = record.get("views", [])
    known = [
        view
        for view in map(_parse_view, views if isinstance(views, list) else [])
        if view
    ]
    problem = "" if isinstance(views, list) else f"{path}: views is not a list"
    kitty_keys = record.get("kitty_keys")
    if not isinstance(kitty_keys, bool | None):
        problem = problem or f"{path}: kitty_keys is neither true nor false"
        kitty_keys = None
    return Settings(
        path,
        theme=_get_text(record, "theme"),
        author=_get_text(record, "author"),
        ascii=record.get("ascii") is True,
        kitty_keys=kitty_keys,
        views=tuple(known),
        templates=_parse_templates(record.get("templates")),
        silent_days=_get_days(record, "silent_days", SILENT_DAYS),
        problem=problem,
    )


def save_view(settings: Settings, view: View) -> Settings:
    """Add a view, or give the one of that name another query.

    Raises:
        SaveError: The settings could not be written; they are as they were.
    """
    from hunnan_tui.dataset.toml import scanner
    from hunnan_tui.dataset.toml.editor import edit_table
    from hunnan_tui.files.atomic import replace_file

    path = settings.path
    if path is None:
        raise SaveError("There is no folder for settings")

    def make(text: bytes) -> bytes:
        tomli.loads(text.decode("utf-8-sig"))  # what is broken is not written to
        edited = add(text)
        tomli.loads(edited.decode("utf-8-sig"))
        return edited

    def add(text: bytes) -> bytes:
        newline = scanner.detect_newline(text)
        changes = {"name": view.name, "query": view.query}
        for block in scanner.scan_blocks(text, "views"):
            old = text[block.start : block.end]
            known = _parse_view(tomli.loads(old.decode("utf-8-sig"))["views"][0])
            if known is not None and fold(known.name) == fold(view.name):
                new = edit_table(old, "views", changes, newline)
                return text[: block.start] + new + text[block.end :]
        edited = edit_table(b"[[views]]" + newline, "views", changes, newline)
        gap = newline if text.strip() else b""
        end = b"" if text.endswith(b"\n") or not text else newline
        return text + end + gap + edited

    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        path.touch(0o600, exist_ok=True)
        replace_file(path, make)
    except (OSError, ValueError, LookupError, RecursionError) as error:
        raise SaveError(f"The view was not saved: {error}") from error
    return load_settings(path.parent)


def _get_text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _parse_templates(records: object) -> tuple[tuple[str, str], ...]:
    tables = records if isinstance(records, list) else []
    named = [
        (_get_text(table, "name").strip(), _get_text(table, "text"))
        for table in tables
        if isinstance(table, dict)
    ]
    return tuple((name, text) for name, text in named if name and text)


def _get_days(record: Mapping[str, Any], key: str, usual: int) -> int:
    value = record.get(key)
    if isinstance(value, int) and 1 < value < _MOST_DAYS:
        return value
    return usual


def _parse_view(record: object) -> View | None:
    if not isinstance(record, dict):
        return None
    from hunnan_tui.core.model import View

    name = _get_text(record, "name").strip()
    return View(name, _get_text(record, "query")) if name else None
