"""Forks the program off, so that it need not be loaded for each start.

python starter.py SOCKET

Reads a request a message on the socket of that number, and answers each:

    {"argv": [FILE], "environ": {...}, "folder": "/", "controlling": true} and a terminal
    {"process": 123}

    {"poll": 123}
    {"code": null}

A code is null while the process runs. The starter ends when the socket is closed.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
import termios
from contextlib import suppress
from typing import Any

import hunnan_tui
from hunnan_tui.cli import main

TEXTUAL = (
    "drivers.linux_driver",
    "layouts.factory",
    "layouts.horizontal",
    "scrollbar",
    "widgets.text_area",
)
"""What Textual loads when it first needs it."""


OTHERS = ("__main__", "serving")
"""What runs at once, and what another program needs."""


def load_modules() -> None:
    """Load what the program does, once here and not in each that is forked off."""
    for module in pkgutil.walk_packages(hunnan_tui.__path__, "hunnan_tui."):
        if module.name.split(".")[1] not in OTHERS:
            with suppress(ImportError):  # what another system has
                importlib.import_module(module.name)
    for name in TEXTUAL:
        importlib.import_module(f"textual.{name}")


def become_program(request: dict[str, Any], terminal: int) -> None:
    """Make this process what `python -m hunnan_tui` would be in a terminal."""
    os.setsid()
    for stream in (0, 1, 2):
        os.dup2(terminal, stream)
    os.close(terminal)
    if request["controlling"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.clear()
    os.environ.update(request["environ"])
    os.chdir(request["folder"])
    streams = {
        "stdin": open(0, closefd=False),  # noqa: SIM115
        "stdout": open(1, "w", closefd=False),  # noqa: SIM115
        "stderr": open(2, "w", errors="backslashreplace", closefd=False),  # noqa: SIM115
    }
    for name, file in streams.items():
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)


def serve(requests: socket.socket) -> list[str] | None:
    """Answer requests; return what a process that was forked off shall run."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(requests, 1 << 20, 1)
        if not message:
            return None
        request = json.loads(message)
        if "poll" in request:
            process, status = os.waitpid(request["poll"], os.WNOHANG)
            code = os.waitstatus_to_exitcode(status) if process else None
            answer = {"code": code}
        else:
            process = os.fork()
            if not process:
                requests.close()
                become_program(request, descriptors[0])
                argv: list[str] = request["argv"]
                return argv
            os.close(descriptors[0])
            answer = {"process": process}
        requests.send(json.dumps(answer).encode())


if __name__ == "__main__":
    load_modules()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        words = serve(requests)
    if words is not None:
        sys.argv = ["hunnan-tui", *words]
        sys.exit(main(words))
