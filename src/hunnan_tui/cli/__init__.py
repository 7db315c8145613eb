"""The command line.

Nothing is imported before it is known what was asked for: see `run`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

_ALLOCATIONS = 100_000
"""New objects after which Python looks for garbage: a start makes many and drops few."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: What was typed after the program's name.
    """
    gc.set_threshold(_ALLOCATIONS)
    argv = sys.argv[1:] if argv is None else argv
    if list(argv) in (["-V"], ["--version"]) and sys.stdout is not None:
        from hunnan_tui.cli.version import describe_version

        try:
            sys.stdout.write(describe_version() + "\n")
            sys.stdout.flush()
        except OSError:
            pass  # it is told below, where all is that is needed for it
        else:
            return 0
    try:
        from hunnan_tui.cli.run import run
    except (MemoryError, ImportError, OSError) as error:
        # what says it in better words could not be loaded either
        sys.stderr.write(f"hunnan-tui: cannot be loaded: {error or 'no more memory'}\n")
        return 2
    return run(argv)
