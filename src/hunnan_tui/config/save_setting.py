"""Writes one setting into the file, and leaves the rest of it as it is."""

from __future__ import annotations

import tomli

from hunnan_tui.config.settings import Settings, load_settings
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import _
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.dataset.toml.writer import format_inline
from hunnan_tui.files.atomic import replace_file


def save_setting(settings: Settings, key: str, value: str) -> Settings:
    """Set a setting that stands above all headers.

    Returns:
        The settings as they are read from the new file.

    Raises:
        SaveError: The settings could not be written; they are as they were.
    """
    path = settings.path
    if path is None:
        raise SaveError(_("There is no folder for settings"))

    def make(text: bytes) -> bytes:
        record = tomli.loads(
            text.decode("utf-8-sig")
        )  # what is broken is not written to
        edited = replace_setting(text, key, value)
        if tomli.loads(edited.decode("utf-8-sig")) != {**record, key: value}:
            raise ValueError(_("{key} could not be written").format(key=key))
        return edited

    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        path.touch(0o600, exist_ok=True)
        replace_file(path, make)
    except (OSError, ValueError, LookupError, RecursionError) as error:
        raise SaveError(
            _("The settings were not written: {error}").format(error=error)
        ) from error
    return load_settings(path.parent)


def replace_setting(text: bytes, key: str, value: str) -> bytes:
    """Return a file with a setting in place of the one that it has, or behind the others.

    Those stand above all headers; the first one stands at the beginning.
    """
    written = format_inline(value)
    newline = scanner.detect_newline(text)
    end = len(scanner.BOM) if text.startswith(scanner.BOM) else 0
    for statement in scanner.scan_statements(text):
        if statement.kind != "pair":
            break
        if statement.path == (key,) and (span := statement.value):
            return text[: span.start] + written + text[span.end :]
        end = statement.end
    gap = b"" if text[:end].endswith(b"\n") or end <= len(scanner.BOM) else newline
    return text[:end] + gap + key.encode() + b" = " + written + newline + text[end:]
