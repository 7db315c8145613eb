"""Copies to the clipboard: the local system's, or through the terminal over SSH."""

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

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display

TIMEOUT = 2
"""How long a program may take before the terminal is used instead."""
OSC52_LIMIT = 74_000
"""Bytes that terminals accept over OSC 52 without truncating them."""

Which = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that copies its input to the system's clipboard."""

    name: str
    arguments: tuple[str, ...] = ()
    encoding: str = "utf-8"


_WAYLAND = Tool("wl-copy", ("--type", "text/plain;charset=utf-8"))
_X11 = (
    Tool("xclip", ("-selection", "clipboard")),
    Tool("xsel", ("--clipboard", "--input")),
)
_MAC = Tool("pbcopy")
# it decodes its input with the code page of the console, which garbles UTF-8
_WINDOWS = Tool("clip.exe", encoding="utf-16-le")


def find_tools(
    environ: Mapping[str, str], platform: str = sys.platform
) -> Iterator[Tool]:
    """Yield the programs that reach the local clipboard, the best one first.

    There are none over SSH: they would copy to the remote machine's clipboard.
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


async def copy_text(
    app: App[Any],
    text: str,
    *,
    environ: Mapping[str, str] = os.environ,
    which: Which = shutil.which,
) -> str:
    """Copy a text, without control characters.

    Returns:
        How it was copied, for a message: "(with xclip)".
    """
    cleaned = display(text)
    if app.is_web:  # the server's own clipboard is not the reader's
        app.copy_to_clipboard(cleaned)
        return _("in the browser")
    for tool in find_tools(environ):
        program = which(tool.name)
        if program is None:
            continue
        if await asyncio.to_thread(_run_tool, program, tool, cleaned):
            return _("(with {program})").format(program=tool.name)
    app.copy_to_clipboard(cleaned)
    if len(cleaned.encode("utf-8", "replace")) > OSC52_LIMIT:
        return _(
            "through the terminal (OSC 52), which may cut it: y writes it to a file"
        )
    return _("through the terminal (OSC 52)")


def _run_tool(program: str, tool: Tool, text: str) -> bool:
    """Run a program on a text; return whether it succeeded in time."""
    environment = {**os.environ, "LC_CTYPE": "UTF-8"} if tool is _MAC else None
    try:
        result = subprocess.run(  # noqa: S603  # a program of the list above
            [program, *tool.arguments],
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
            env=environment,
            start_new_session=True,  # it keeps serving the clipboard after the app has ended
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return result.returncode == 0
