"""Opens a text in the user's own editor while the app is suspended."""

from __future__ import annotations

import os
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
from hunnan_tui.core.language import _
from hunnan_tui.files.platform import DEFAULT_EDITOR, open_flags, split_command

LARGEST_FILE = 16_000_000
"""Bytes that are read back at most."""


class EditorError(HunnanError):
    """The editor failed; the message says why, and where the file is."""


class NoTerminalError(HunnanError):
    """The terminal cannot be lent to another program."""


class NoEditorError(EditorError):
    """No editor was started: none is set, or the terminal cannot be lent to it."""


def edit_in_editor(
    app: App[Any], text: str, environ: Mapping[str, str], *, min_seconds: float = 1.0
) -> str:
    """Suspend the app, open `$VISUAL` or `$EDITOR` on a text and return what was saved.

    Args:
        app: The app that gives up the terminal meanwhile.
        text: What the editor starts with.
        environ: Where the editor's name is looked up.
        min_seconds: An editor that returns sooner without a change has probably opened
            a window, and is still working on the file.

    Raises:
        EditorError: There is no editor, it failed, or what it left is not a text. If
            it was started the file stays, and the message says where.
    """
    if app.is_web:
        raise NoEditorError(_("A browser has no editor"))
    command = _parse_command(environ)
    ends_line = text.endswith("\n")
    written = text if ends_line or not text else text + "\n"  # as editors leave it
    path = _write_file(written)
    try:
        saved = _run_and_read(app, [*command, str(path)], path, written, min_seconds)
    except NoEditorError:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    except EditorError as error:
        text = _("{error}. The text here is as it was; the file is {path}")
        raise EditorError(text.format(error=error, path=path)) from None
    shutil.rmtree(path.parent, ignore_errors=True)
    return saved if ends_line else saved.removesuffix("\n")


def _write_file(text: str) -> Path:
    """Write a text to a new file that only the user can read; return its path."""
    try:
        content = text.encode()
        path = Path(tempfile.mkdtemp(prefix="hunnan-tui-")) / "note.md"  # 0700
        mode = os.O_CREAT | os.O_EXCL | os.O_WRONLY | open_flags()
        with os.fdopen(os.open(path, mode, 0o600), "wb") as file:
            file.write(content)
    except (OSError, UnicodeEncodeError) as error:
        message = _("The text could not be handed to an editor: {error}").format(
            error=error
        )
        raise EditorError(message) from error
    return path


def _run_and_read(
    app: App[Any], command: Sequence[str], path: Path, written: str, min_seconds: float
) -> str:
    """Run the command and return what it saved to the file."""
    started = time.monotonic()
    try:
        result = run_on_terminal(app, command)
    except NoTerminalError:
        raise NoEditorError(_("An editor cannot be opened from here")) from None
    duration = time.monotonic() - started
    if isinstance(result, OSError):
        text = _("{program} could not be started: {error}")
        raise NoEditorError(text.format(program=command[0], error=result))
    if result:
        text = _("{program} ended with exit status {status}")
        if result < 0:
            text = _("{program} ended with signal {status}")
        raise EditorError(text.format(program=command[0], status=abs(result)))
    saved = _read(path, written)
    if saved == written and duration < min_seconds:
        raise EditorError(
            _(
                "{program} came back at once with nothing changed; an editor with a"
                " window has to wait, as in `code --wait`"
            ).format(program=command[0])
        )
    return saved


def _parse_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the editor's command; no shell is involved."""
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "").strip()
        if not value:
            continue
        try:
            return split_command(value)
        except ValueError as error:
            text = _("{variable} is not a command: {error}")
            raise EditorError(text.format(variable=f"${name}", error=error)) from error
    if DEFAULT_EDITOR:
        return [DEFAULT_EDITOR]
    raise NoEditorError(_("No editor is set: $VISUAL and $EDITOR are empty"))


def run_on_terminal(app: App[Any], command: Sequence[str]) -> int | OSError:
    """Run a command on the terminal; return its exit status, or why it did not run.

    Nothing may be raised inside `suspend`, which would not restore the terminal.

    Raises:
        NoTerminalError: The terminal cannot be lent to it.
    """
    result: int | OSError
    try:
        with app.suspend(), _ignore_interrupts():
            try:
                result = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own
            except OSError as error:
                result = error
    except SuspendNotSupported:
        raise NoTerminalError(_("The terminal cannot be lent from here")) from None
    app.refresh(layout=True)
    return result


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Leave `ctrl+c` to the editor, which does not inherit a handler, unlike SIG_IGN."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _read(path: Path, written: str) -> str:
    """Return what is at the path now; an editor may have replaced the file."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise EditorError(_("The editor left something that is not a file"))
        if status.st_size > LARGEST_FILE:
            raise EditorError(
                _("The editor left {count:,} bytes, too many for a note").format(
                    count=status.st_size
                )
            )
        text = path.read_bytes().decode()
    except OSError as error:
        raise EditorError(
            _("The editor left no file to read: {error}").format(error=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise EditorError(
            _("The editor left a file that is not UTF-8 (byte {place})").format(
                place=error.start
            )
        ) from error
    if not written.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
    return text if "\r\n" in written else text.replace("\r\n", "\n")
