"""Run the real command line with a fault at the Nth file operation.

    python faulty.py kill 7 tag add a watch -f FILE
    python faulty.py ENOSPC 7 tag add a watch -f FILE

Every call of `os` that opens, writes, syncs, renames or removes is counted. At number N
the process is killed as `kill -9` does it, before the call or (for a write) in the middle
of it, or the call fails with the error named. With N = 0 nothing fails; the number of
operations goes to standard error at the end, as `operations: 42`.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

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
    "close",
)


class Faults:
    """Counts operations and lets one of them fail."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind = kind
        self.at = at
        self.count = 0

    def wrap(self, name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.count != self.at:
                return real(*args, **kwargs)
            if self.kind == "kill":
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            if name == "close":
                real(*args, **kwargs)  # the descriptor is gone, whatever close says
            number = getattr(errno, self.kind)
            raise OSError(number, os.strerror(number))

        return call


def main() -> None:
    kind, at, *arguments = sys.argv[1:]
    from hunnan_tui.cli import main as run

    faults = Faults(kind, int(at))
    for name in COUNTED:
        setattr(os, name, faults.wrap(name))
    code = run(arguments)
    sys.stderr.write(f"operations: {faults.count}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
