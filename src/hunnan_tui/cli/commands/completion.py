"""`completion`: prints the script that lets a shell complete what is typed."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.completion.scripts import SCRIPTS
from hunnan_tui.cli.output import UsageError, write
from hunnan_tui.cli.parser import make_usage_error


def print_script(args: Namespace) -> int:
    """Print the script of one shell."""
    if len(args.words) != 1:
        raise make_usage_error(args.command, "Which shell?")
    (shell,) = args.words
    if shell not in SCRIPTS:
        raise UsageError(f"SHELL is one of {', '.join(SCRIPTS)}, not {shell!r}")
    write(SCRIPTS[shell])
    return 0
