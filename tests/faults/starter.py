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
import json
import os
import socket
import sys
import termios
from typing import Any

from hunnan_tui import tui
from hunnan_tui.cli import main, open_app, run
from hunnan_tui.query.engine import index
from hunnan_tui.storage import open_workspace
from hunnan_tui.tui import app
from hunnan_tui.tui.browser import screen

LOADED = (tui, open_app, run, index, open_workspace, app, screen)
"""What a start needs."""


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
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        words = serve(requests)
    if words is not None:
        sys.argv = ["hunnan-tui", *words]
        sys.exit(main(words))
