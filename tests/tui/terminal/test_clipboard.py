from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.app import App

from hunnan_tui.tui.terminal import clipboard
from hunnan_tui.tui.terminal.clipboard import OSC52_LIMIT, copy_text, find_tools

HERE = {"DISPLAY": ":0"}


def names(environ: Mapping[str, str], platform: str = "linux") -> list[str]:
    return [tool.name for tool in find_tools(environ, platform)]


def program(folder: Path, text: str) -> str:
    path = folder / "xclip"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", []),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip"]),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "linux", ["clip.exe"]),
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
    ],
)
def test_the_clipboard_of_this_system_is_filled(
    environ: dict[str, str], platform: str, expected: list[str]
) -> None:
    assert names(environ, platform)[:2] == expected


@pytest.mark.parametrize("sign", ["SSH_CONNECTION", "SSH_TTY"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_over_ssh_the_other_clipboard_is_left_alone(sign: str, platform: str) -> None:
    assert names({sign: "1", "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, platform) == []


async def test_a_program_gets_the_cleaned_text_as_utf_8(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = program(tmp_path, f'echo "$@" > {out}.arguments; cat > {out}')
    how = await copy_text(
        App(), "燃气轮机\x1b[31m\n", environ=HERE, which=lambda _: path
    )
    assert how == "(with xclip)"
    assert out.read_text("utf-8") == "燃气轮机␛[31m\n"
    assert Path(f"{out}.arguments").read_text() == "-selection clipboard\n"


async def test_windows_gets_an_encoding_that_keeps_chinese(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = program(tmp_path, f"cat > {out}")
    environ = {"WSL_DISTRO_NAME": "Ubuntu"}
    await copy_text(App(), "燃气", environ=environ, which=lambda _: path)
    assert out.read_bytes().decode("utf-16-le") == "燃气"


@pytest.mark.parametrize("text", ["exit 1", "exec sleep 60", "kill -9 $$"])
async def test_a_program_that_fails_or_hangs_gives_way_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(clipboard, "TIMEOUT", 0.2)
    path = program(tmp_path, text)
    app: App[None] = App()
    how = await copy_text(app, "text", environ=HERE, which=lambda _: path)
    assert how == "through the terminal (OSC 52)"
    assert app.clipboard == "text"


async def test_without_a_program_the_terminal_is_asked() -> None:
    app: App[None] = App()
    await copy_text(app, "a\u202eb", environ=HERE, which=lambda _: None)
    assert app.clipboard == "a⟨U+202E⟩b"


async def test_a_text_that_terminals_cut_is_told() -> None:
    app: App[None] = App()
    how = await copy_text(app, "气" * OSC52_LIMIT, environ={}, which=lambda _: None)
    assert "may cut it" in how
