"""A text in the reader's own editor, with the app out of the way."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from hunnan_tui.errors import HunnanError

LARGEST_FILE = 16_000_000
"""What is read back at most, in bytes."""


class EditorError(HunnanError):
    """Nothing came back from the editor; says why, and where the file is kept."""


def edit_in_editor(
    app: App[Any], text: str, environ: Mapping[str, str], *, at_once: float = 1.0
) -> str:
    """Suspend the app, open `$VISUAL` or `$EDITOR` on a text and return what was saved.

    Args:
        app: The app that gives up the terminal meanwhile.
        text: What the editor starts with.
        environ: Where the editor's name is looked up.
        at_once: An editor that changed nothing within so many seconds has probably
            opened a window and is still working on the file.

    Raises:
        EditorError: There is no editor, it failed, or what it left is not a text. If
            it was started the file stays, and the message says where.
    """
    command = _command(environ)
    folder = Path(tempfile.mkdtemp(prefix="hunnan-tui-"))  # 0700
    path = folder / "note.md"
    added_end = bool(text) and not text.endswith("\n")
    written = text + "\n" if added_end else text  # many editors end the last line
    try:
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"
        ) as file:
            file.write(written.encode())
    except (OSError, UnicodeEncodeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise EditorError(
            f"The text could not be handed to an editor: {error}"
        ) from error
    try:
        saved = _edited(app, [*command, str(path)], path, written, at_once)
    except EditorError as error:
        where = f"The text here is as it was; the file is {path}"
        raise EditorError(f"{error}. {where}") from None
    shutil.rmtree(folder, ignore_errors=True)
    return saved.removesuffix("\n") if added_end else saved


def _edited(
    app: App[Any], command: Sequence[str], path: Path, written: str, at_once: float
) -> str:
    """Run the command and return what the file holds then."""
    begun = time.monotonic()
    trouble = _run(app, command)
    took = time.monotonic() - begun
    if trouble:
        raise EditorError(trouble)
    saved = _read(path, written)
    if saved == written and took < at_once:
        raise EditorError(
            f"{command[0]} came back at once with nothing changed; an editor with a"
            " window has to wait, as in `code --wait`"
        )
    return saved


def _command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the editor's command; it never meets a shell."""
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "").strip()
        if not value:
            continue
        try:
            return shlex.split(value)
        except ValueError as error:
            raise EditorError(f"${name} is not a command: {error}") from error
    raise EditorError("No editor is set: $VISUAL and $EDITOR are empty")


def _run(app: App[Any], command: Sequence[str]) -> str:
    """Run the command on the terminal; return what went wrong, or an empty text.

    Nothing may be raised inside `suspend`: it would not give the terminal back.
    """
    trouble = ""
    try:
        with app.suspend(), _deaf_to_interrupts():
            try:
                code = subprocess.run(command, check=False).returncode  # noqa: S603 - the reader's own
            except (OSError, ValueError) as error:
                trouble = f"{command[0]} could not be started: {error}"
            else:
                if code:
                    how = f"exit status {code}" if code > 0 else f"signal {-code}"
                    trouble = f"{command[0]} ended with {how}"
    except SuspendNotSupported:
        return "An editor cannot be opened from here"
    app.refresh(layout=True)
    return trouble


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave `ctrl+c` to the editor; a handler, unlike SIG_IGN, is not inherited."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _read(path: Path, written: str) -> str:
    """Return what is at the path now; an editor may have put another file there."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise EditorError("The editor left something that is not a file")
        if found.st_size > LARGEST_FILE:
            raise EditorError(
                f"The editor left {found.st_size:,} bytes, too many for a note"
            )
        text = path.read_bytes().decode()
    except OSError as error:
        raise EditorError(
            f"The editor left no file to read: {error.strerror}"
        ) from error
    except UnicodeDecodeError as error:
        raise EditorError(
            f"The editor left a file that is not UTF-8 (byte {error.start})"
        ) from error
    if not written.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
    return text if "\r\n" in written else text.replace("\r\n", "\n")
