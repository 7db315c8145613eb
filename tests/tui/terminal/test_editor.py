from __future__ import annotations

import shlex
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from hunnan_tui.tui.terminal.editor import LARGEST_FILE, EditorError, edit_in_editor


class Suspendable(App[None]):
    """An app that gives up a terminal that it does not have."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made during the test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def fake(tmp_path: Path, scratch: Path) -> Callable[[str], str]:
    """Make an editor of Python code about `path`, and return its command."""

    def make(code: str) -> str:
        script = tmp_path / "fake editor.py"
        script.write_text(
            "import os, pathlib, signal, sys, time\n"
            f"path = pathlib.Path(sys.argv[-1])\n{code}\n"
        )
        return f"{shlex.quote(sys.executable)} -S '{script}'"

    return make


def edit(text: str, command: str, min_seconds: float = 0) -> str:
    return edit_in_editor(
        Suspendable(), text, {"EDITOR": command}, min_seconds=min_seconds
    )


def test_what_the_editor_saved_comes_back_and_nothing_stays(
    fake: Callable[[str], str], scratch: Path
) -> None:
    code = "path.write_bytes(path.read_bytes() + '沈阳'.encode())"
    assert edit("old\n", fake(code)) == "old\n沈阳"
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "a", "a\n", "a\r\nb", "a\n\n", "\x1b[31m\u202e\x0b\r", "\ufeffa"]
)
def test_an_untouched_text_comes_back_exactly(
    fake: Callable[[str], str], text: str
) -> None:
    assert edit(text, fake("")) == text


def test_the_end_of_the_last_line_is_no_change(fake: Callable[[str], str]) -> None:
    code = "path.write_text(path.read_text().rstrip('\\n') + '\\n')"
    assert edit("a", fake(code)) == "a"
    assert edit("", fake("path.write_text('a\\n')")) == "a"


@pytest.mark.parametrize("saved", [b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n"])
def test_windows_line_ends_and_a_mark_of_utf8_are_dropped(
    fake: Callable[[str], str], saved: bytes
) -> None:
    assert edit("old", fake(f"path.write_bytes({saved!r})")) == "a\nb"


def test_only_the_reader_can_see_the_file(fake: Callable[[str], str]) -> None:
    code = (
        "modes = path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777\n"
        "path.write_text(' '.join(map(oct, modes)) + ' ' + path.name)"
    )
    assert edit("", fake(code)) == "0o600 0o700 note.md"


def test_the_command_has_arguments_and_meets_no_shell(
    fake: Callable[[str], str], tmp_path: Path
) -> None:
    code = "path.write_text(repr(sys.argv[1:-1]))"
    command = fake(code) + f" --wait 'two words'; touch {tmp_path}/pwn $HOME"
    expected = ["--wait", "two words;", "touch", f"{tmp_path}/pwn", "$HOME"]
    assert edit("", command) == repr(expected)
    assert not (tmp_path / "pwn").exists()


def test_visual_comes_before_editor(fake: Callable[[str], str]) -> None:
    environ = {"VISUAL": fake("path.write_text('visual')"), "EDITOR": "false"}
    assert edit_in_editor(Suspendable(), "", environ) == "visual"


def test_an_editor_may_replace_the_file(fake: Callable[[str], str]) -> None:
    code = (
        "other = path.with_name('other')\n"
        "other.write_text('new')\n"
        "path.with_name('note.md~').write_text('backup')\n"
        "os.replace(other, path)"
    )
    assert edit("old", fake(code)) == "new"


@pytest.mark.parametrize(
    ("code", "reason", "kept"),
    [
        ("path.write_text('new'); sys.exit(3)", "exit status 3", b"new"),
        (
            "path.write_text('new'); os.kill(os.getpid(), signal.SIGKILL)",
            "signal 9",
            b"new",
        ),
        ("path.unlink()", "left no file to read", None),
        ("path.unlink(); os.mkfifo(path)", "not a file", None),
        ("path.unlink(); path.symlink_to('/dev/zero')", "not a file", None),
        ("path.write_bytes(b'caf\\xe9')", "not UTF-8 (byte 3)", b"caf\xe9"),
        (f"os.truncate(path, {LARGEST_FILE + 1})", "too many for a note", None),
    ],
)
def test_on_any_doubt_nothing_comes_back_and_the_file_stays(
    fake: Callable[[str], str],
    scratch: Path,
    code: str,
    reason: str,
    kept: bytes | None,
) -> None:
    with pytest.raises(EditorError) as caught:
        edit("old", fake(code))
    assert reason in str(caught.value)
    (folder,) = scratch.iterdir()
    assert str(folder / "note.md") in str(caught.value)
    if kept is not None:
        assert (folder / "note.md").read_bytes() == kept


def test_an_editor_that_is_back_at_once_may_still_be_at_work(
    fake: Callable[[str], str], scratch: Path
) -> None:
    with pytest.raises(EditorError, match="--wait"):
        edit("old", fake(""), min_seconds=60)
    (folder,) = scratch.iterdir()
    assert (folder / "note.md").read_text() == "old\n"


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({}, "No editor is set"),
        ({"VISUAL": "", "EDITOR": "  "}, "No editor is set"),
        ({"EDITOR": "vi 'unclosed"}, r"\$EDITOR is not a command"),
        ({"EDITOR": "''"}, "could not be started"),
        ({"EDITOR": "no-such-editor-anywhere"}, "could not be started"),
    ],
)
def test_without_an_editor_the_reason_is_told_and_nothing_stays(
    scratch: Path, environ: dict[str, str], reason: str
) -> None:
    with pytest.raises(EditorError, match=reason):
        edit_in_editor(Suspendable(), "text", environ)
    assert list(scratch.iterdir()) == []


def test_a_text_that_is_not_unicode_is_refused(fake: Callable[[str], str]) -> None:
    with pytest.raises(EditorError, match="could not be handed"):
        edit("\ud800", fake(""))


async def test_where_an_app_cannot_give_up_the_terminal_it_says_so(
    fake: Callable[[str], str], scratch: Path
) -> None:
    app: App[None] = App()
    async with app.run_test():
        with pytest.raises(EditorError, match="cannot be opened from here"):
            edit_in_editor(app, "text", {"EDITOR": fake("")})
    assert list(scratch.iterdir()) == []


def test_an_interrupt_is_the_editors_own_affair(fake: Callable[[str], str]) -> None:
    code = (
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "own = signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "path.write_text(str(own))"
    )
    before = signal.getsignal(signal.SIGINT)
    assert edit("", fake(code)) == "True"
    assert signal.getsignal(signal.SIGINT) is before
