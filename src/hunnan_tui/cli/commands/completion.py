"""`completion`: prints the script that lets a shell complete what is typed."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.completion.scripts import SCRIPTS
from hunnan_tui.cli.output import UsageError, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.language import _


def print_script(args: Namespace) -> int:
    """Print the script of one shell."""
    if len(args.words) != 1:
        raise make_usage_error(args.command, _("Which shell?"))
    (shell,) = args.words
    if shell not in SCRIPTS:
        raise UsageError(
            _("SHELL is one of {scripts}, not {shell!r}").format(
                scripts=", ".join(SCRIPTS), shell=shell
            )
        )
    write(SCRIPTS[shell])
    return 0
