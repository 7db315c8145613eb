"""Runs one command and says how it went by its exit status."""

from __future__ import annotations

import os
import signal
from argparse import Namespace
from collections.abc import Sequence

from hunnan_tui.cli import output
from hunnan_tui.cli.parser import (
    COUNTING,
    LISTS,
    OPEN,
    SHARING,
    WRITING,
    parse,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.files.system_limits import (
    drop_invalid_sizes,
    explain_limit,
    why_no_local_time,
)

_CLOSED_PIPE = 128 + getattr(signal, "SIGPIPE", 13)
UNEXPECTED = 70
"""The exit status for an error in the program itself."""


def run(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: What was typed after the program's name.

    Returns:
        The exit status: 0 fine, 1 problems found by `check`, 2 usage or an unreadable
        file, 3 could not save, 4 no such project, 130 interrupted, 141 a closed pipe.
    """
    output.prepare()
    try:
        _look_around()
        code = _run(argv)
        output.flush()
    except BrokenPipeError:
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except HunnanError as error:
        output.say(f"hunnan-tui: {error}")
        return error.exit_code
    except Exception as error:
        # no traceback: it could show notes
        if os.environ.get("HUNNAN_TUI_DEBUG"):
            raise
        output.go_quietly()
        if why := explain_limit(error):
            output.say(f"hunnan-tui: {why}")
            return HunnanError.exit_code
        if isinstance(error, OSError):
            name = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            output.say(f"hunnan-tui: {name}{error.strerror}")
            return HunnanError.exit_code
        output.say(
            f"hunnan-tui: unexpected {type(error).__name__}, an error in the program; "
            "HUNNAN_TUI_DEBUG=1 shows where"
        )
        return UNEXPECTED
    finally:
        for message in take_messages():
            output.say(message)
        output.finish()
    return code


def _look_around() -> None:
    """Make sure that what the environment says can be worked with."""
    for told in drop_invalid_sizes(os.environ):
        output.say(told)
    if why := why_no_local_time(os.environ):
        raise output.UsageError(why)


def _run(argv: Sequence[str]) -> int:
    try:
        args = parse(argv)
    except SystemExit as done:  # argparse has printed help or the version
        return int(done.code or 0)
    if args.command == OPEN:
        from hunnan_tui.cli.open_app import open_app

        return open_app(args)
    return _command(args)


def _command(args: Namespace) -> int:
    if args.command not in (*WRITING, *SHARING):
        output.refuse_closed()  # these may have a file for what they make
    # each module is imported only by the commands that need it: a list of everything
    # shall not wait for the editor
    if args.command in WRITING:
        from hunnan_tui.cli.commands import editing

        return editing.COMMANDS[args.command](args)
    if args.command in LISTS:
        from hunnan_tui.cli.commands import lists

        return lists.COMMANDS[args.command](args)
    if args.command == "diff":
        from hunnan_tui.cli.commands import diff

        return diff.COMMANDS[args.command](args)
    if args.command in COUNTING:
        from hunnan_tui.cli.commands import analysis

        return analysis.COMMANDS[args.command](args)
    if args.command == "import":
        from hunnan_tui.cli.commands import import_table

        return import_table.COMMANDS[args.command](args)
    if args.command in SHARING:
        from hunnan_tui.cli.commands import export

        return export.COMMANDS[args.command](args)
    from hunnan_tui.cli.commands import reading

    return reading.COMMANDS[args.command](args)
