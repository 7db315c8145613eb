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

from hunnan_tui.core.errors import HunnanError

LARGEST_FILE = 16_000_000
"""What is read back at most, in bytes."""


class EditorError(HunnanError):
    """Nothing came back from the editor; says why, and where the file is kept."""


class NoEditorError(EditorError):
    """No editor has seen the text: there is none, or none can be opened from here."""


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
    ends_line = text.endswith("\n")
    written = text if ends_line or not text else text + "\n"  # as editors leave it
    path = _write(written)
    try:
        saved = _edited(app, [*command, str(path)], path, written, at_once)
    except NoEditorError:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    except EditorError as error:
        where = f"The text here is as it was; the file is {path}"
        raise EditorError(f"{error}. {where}") from None
    shutil.rmtree(path.parent, ignore_errors=True)
    return saved if ends_line else saved.removesuffix("\n")


def _write(text: str) -> Path:
    """Put a text into a file that only the reader can see, and return where it is."""
    try:
        content = text.encode()
        path = Path(tempfile.mkdtemp(prefix="hunnan-tui-")) / "note.md"  # 0700
        mode = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(path, mode, 0o600), "wb") as file:
            file.write(content)
    except (OSError, UnicodeEncodeError) as error:
        message = f"The text could not be handed to an editor: {error}"
        raise EditorError(message) from error
    return path


def _edited(
    app: App[Any], command: Sequence[str], path: Path, written: str, at_once: float
) -> str:
    """Run the command and return what the file holds then."""
    begun = time.monotonic()
    ended = _run(app, command)
    took = time.monotonic() - begun
    if isinstance(ended, OSError):
        raise NoEditorError(f"{command[0]} could not be started: {ended}")
    if ended:
        how = f"exit status {ended}" if ended > 0 else f"signal {-ended}"
        raise EditorError(f"{command[0]} ended with {how}")
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
    raise NoEditorError("No editor is set: $VISUAL and $EDITOR are empty")


def _run(app: App[Any], command: Sequence[str]) -> int | OSError:
    """Run the command on the terminal; return its exit status, or why it did not run.

    Nothing may be raised inside `suspend`: it would not give the terminal back.
    """
    ended: int | OSError
    try:
        with app.suspend(), _deaf_to_interrupts():
            try:
                ended = subprocess.run(command, check=False).returncode  # noqa: S603 - the reader's own
            except OSError as error:
                ended = error
    except SuspendNotSupported:
        raise NoEditorError("An editor cannot be opened from here") from None
    app.refresh(layout=True)
    return ended


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
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


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
