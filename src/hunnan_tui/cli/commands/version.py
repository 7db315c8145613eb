"""`version`: prints the version."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.output import write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.version import describe_version
from hunnan_tui.core.language import _


def print_version(args: Namespace) -> int:
    """Print the version, and the day of the data that come with the program."""
    if args.words:
        raise make_usage_error(args.command, _("Too many words"))
    write(describe_version() + "\n")
    return 0
