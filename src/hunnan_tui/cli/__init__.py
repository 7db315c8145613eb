"""The command line.

It imports nothing before it knows which command was typed: see `run`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from hunnan_tui.config.language import choose_language

_ALLOCATIONS = 100_000
"""New objects after which Python collects garbage: a start makes many and drops few."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: What was typed after the program's name.
    """
    gc.set_threshold(_ALLOCATIONS)
    argv = list(sys.argv[1:] if argv is None else argv)
    if argv in (["-V"], ["--version"]) and sys.stdout is not None:
        from hunnan_tui.cli.version import describe_version

        # what finds the settings costs more than all that prints a version
        choose_language(argv, os.environ, has_setting=False)
        try:
            sys.stdout.write(describe_version() + "\n")
            sys.stdout.flush()
        except OSError:
            pass  # `run` reports it
        else:
            return 0
    if argv[:2] == ["completion", "words"]:  # asked by a shell at each tab
        from hunnan_tui.cli.completion.answer import answer

        return answer(argv[2:])
    try:
        choose_language(argv, os.environ)
        from hunnan_tui.cli.run import run
    except (MemoryError, ImportError, OSError) as error:
        # what would word it better could not be loaded either
        sys.stderr.write(f"hunnan-tui: cannot be loaded: {error or 'no more memory'}\n")
        return 2
    return run(argv)
