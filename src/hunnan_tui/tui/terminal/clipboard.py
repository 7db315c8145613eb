"""The clipboard: the system's own where one sits at it, else through the terminal."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import App

from hunnan_tui.core.text import display

SECONDS = 2
"""How long a program may take; then the terminal is asked."""
TERMINAL_LENGTH = 74_000
"""Bytes that terminals take over OSC 52 without cutting."""

Which = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that fills the system's clipboard from its input."""

    name: str
    arguments: tuple[str, ...] = ()
    encoding: str = "utf-8"


_WAYLAND = Tool("wl-copy", ("--type", "text/plain;charset=utf-8"))
_X11 = (
    Tool("xclip", ("-selection", "clipboard")),
    Tool("xsel", ("--clipboard", "--input")),
)
_MAC = Tool("pbcopy")
# it takes UTF-8 for the code page of the console, and Chinese would be garbled
_WINDOWS = Tool("clip.exe", encoding="utf-16-le")


def tools(environ: Mapping[str, str], platform: str = sys.platform) -> Iterator[Tool]:
    """Yield the programs that reach the clipboard of the one who sits here.

    None over SSH: they would fill the clipboard of the other machine.
    """
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return
    if platform == "darwin":
        yield _MAC
        return
    if environ.get("WAYLAND_DISPLAY"):
        yield _WAYLAND
    if environ.get("DISPLAY"):
        yield from _X11
    if environ.get("WSL_DISTRO_NAME") or platform == "win32":
        yield _WINDOWS


async def copy(
    app: App[Any],
    text: str,
    *,
    environ: Mapping[str, str] = os.environ,
    which: Which = shutil.which,
) -> str:
    """Copy a text, cleaned, and return how: "(with xclip)"."""
    cleaned = display(text)
    for tool in tools(environ):
        program = which(tool.name)
        if program is None:
            continue
        if await asyncio.to_thread(_filled, program, tool, cleaned):
            return f"(with {tool.name})"
    app.copy_to_clipboard(cleaned)
    if len(cleaned.encode("utf-8", "replace")) > TERMINAL_LENGTH:
        return "through the terminal (OSC 52), which may cut it: y writes it to a file"
    return "through the terminal (OSC 52)"


def _filled(program: str, tool: Tool, text: str) -> bool:
    """Return whether a program has taken the text in time."""
    environment = {**os.environ, "LC_CTYPE": "UTF-8"} if tool is _MAC else None
    try:
        done = subprocess.run(  # noqa: S603  # a program of the list above
            [program, *tool.arguments],
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env=environment,
            start_new_session=True,  # it goes on serving the clipboard behind us
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
