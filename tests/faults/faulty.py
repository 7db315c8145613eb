"""Runs the real command line again and again, each time with one fault.

Reads a job a line, runs it in a process of its own, which is forked off here so that
Python need not start each time, and answers with a line:

    {"argv": ["tag", "add", "a", "watch", "-f", FILE], "fault": "kill", "at": 7, ...}
    {"code": -9, "told": "..."}

A job to which nothing happens is done by this process, three times as fast: it ends as
it would by itself, and what others have left it finds in their files.

Every call of `os` that opens, writes, syncs, renames or removes is counted. At number
`at` the process is killed as `kill -9` does it, a write being half done; or the call
fails with the error that is named. `for_good` lets all later calls fail as well. `after`
kills from outside, after so many seconds. `environ` is added to the environment. At the
end of what is told stands the number of operations, as `operations: 42`.
"""

from __future__ import annotations

import errno
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hunnan_tui.cli import main

COUNTED = (
    "open",
    "write",
    "fsync",
    "fchmod",
    "fchown",
    "ftruncate",
    "replace",
    "rename",
    "unlink",
    "mkdir",
    "close",
)


class Faults:
    """Counts operations and lets one of them fail."""

    def __init__(self, kind: str, at: int, *, for_good: bool) -> None:
        self.count = 0
        self._kind = kind
        self._at = at
        self._for_good = for_good

    def wrap(self, name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            hit = self.count == self._at or (self._for_good and self.count > self._at)
            if not hit or not self._at:
                return real(*args, **kwargs)
            if self._kind == "kill":
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            if name == "close":
                real(*args, **kwargs)  # the descriptor is gone, whatever close says
            number = getattr(errno, self._kind)
            raise OSError(number, os.strerror(number))

        return call


def run(job: dict[str, Any], told: int) -> int:
    """Run the command of a job in this process; return its exit status."""
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.environ.update(job["environ"])
    at = job.get("at", 0)
    faults = Faults(job.get("fault", ""), at, for_good=job.get("for_good", False))
    real = {name: getattr(os, name) for name in COUNTED}
    for name in COUNTED:
        setattr(os, name, faults.wrap(name))
    code = main(job["argv"])
    for name in COUNTED:
        setattr(os, name, real[name])
    sys.stdout.flush()
    if job.get("list_modules"):
        os.write(2, json.dumps([*sys.modules]).encode() + b"\n")
    os.write(2, f"operations: {faults.count}\n".encode())
    return code


def run_here(job: dict[str, Any], told: int) -> int:
    """Run a job that nothing happens to; the standard streams are this process's."""
    streams = {number: os.dup(number) for number in (1, 2)}
    try:
        return run(job, told)
    finally:
        for number, stream in streams.items():
            os.dup2(stream, number)
            os.close(stream)


def do(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job; return how it ended."""
    with tempfile.TemporaryFile() as report:
        told = report.fileno()
        if job.keys() <= {"argv", "environ"}:
            code = run_here(job, told)
        else:
            process = os.fork()
            if not process:
                os._exit(run(job, told))
            if "after" in job:
                time.sleep(job["after"])
                os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            code = os.waitstatus_to_exitcode(status)
        report.seek(0)
        text = report.read().decode(errors="replace")
    return {"code": code, "told": text}


def load_modules() -> None:
    """Load what a job loads, once here and not in each job: that takes longer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "projects.toml")
        path.write_text('[[projects]]\nid = "a"\nname = "A"\n')
        kinds = ("CONFIG", "STATE", "CACHE", "DATA")
        environ = {f"XDG_{kind}_HOME": folder for kind in kinds}
        table = Path(folder, "table.csv")
        table.write_text("id,name\nb1,B\n")
        into = ["--into", str(path), "--yes", "--many"]
        names: dict[str, None] = {}
        for argv in (
            ["tag", "add", "a", "watch", "-f", str(path)],
            ["set", "a", "parties+=x", "-f", str(path)],
            ["add", "New", "-f", str(path)],
            ["import", str(table), *into],
            ["import", str(table), "-o", str(Path(folder, "new.toml"))],
        ):
            ended = do({"argv": argv, "environ": environ, "list_modules": True})
            listed = json.loads(ended["told"].splitlines()[-2])
            names.update(dict.fromkeys(listed))
    for name in names:
        with suppress(ImportError):  # compiled parts of a package
            importlib.import_module(name)
    gc.freeze()


if __name__ == "__main__":
    load_modules()
    for line in sys.stdin:
        print(json.dumps(do(json.loads(line))), flush=True)  # noqa: T201 - the answer
