"""Runs one command and returns its exit status."""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.catalog import BY_NAME, OPEN
from hunnan_tui.cli.command import Command
from hunnan_tui.cli.parser import parse
from hunnan_tui.config.language import take_problems
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.files.system_limits import (
    drop_invalid_sizes,
    explain_limit,
    explain_missing_local_time,
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
    output.prepare_streams()
    try:
        _check_environment()
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
        # a traceback could show notes
        if os.environ.get("HUNNAN_TUI_DEBUG"):
            raise
        output.silence_warnings()
        if why := explain_limit(error):
            output.say(f"hunnan-tui: {why}")
            return HunnanError.exit_code
        if isinstance(error, OSError):
            name = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            output.say(f"hunnan-tui: {name}{error.strerror}")
            return HunnanError.exit_code
        output.say(
            _(
                "hunnan-tui: unexpected {name}, an error in the program; "
                "HUNNAN_TUI_DEBUG=1 shows where"
            ).format(name=type(error).__name__)
        )
        return UNEXPECTED
    finally:
        for message in (*take_problems(), *take_messages()):
            output.say(message)
        output.discard_unwritten()
    return code


def _check_environment() -> None:
    """Drop what the environment cannot mean; UsageError if nothing can replace it."""
    for message in drop_invalid_sizes(os.environ):
        output.say(message)
    if why := explain_missing_local_time(os.environ):
        raise output.UsageError(why)


def _run(argv: Sequence[str]) -> int:
    try:
        args = parse(argv)
    except SystemExit as done:  # argparse has printed help or the version
        return int(done.code or 0)
    command: Command = args.command
    if command is not OPEN and not command.is_edit and not command.takes_output:
        output.refuse_closed()  # the others may not need standard output
    # its module is imported only now: a list of everything must not wait for the editor
    module, _, function = command.function.rpartition(".")
    run_command = getattr(import_module(f"hunnan_tui.cli.{module}"), function)
    if args.log is None:
        return _watch(command, run_command, args)
    from hunnan_tui.cli.event_log import EventLog

    with EventLog(Path(args.log), args) as log:
        log.code = _watch(command, run_command, args)
    return log.code


def _watch(
    command: Command, run_command: Callable[[Namespace], int], args: Namespace
) -> int:
    """Run a command; on a terminal show how far it is."""
    if command in (OPEN, BY_NAME["serve"]) or not output.are_terminals(sys.stderr):
        return int(run_command(args))
    from hunnan_tui.cli.progress_line import make_progress_line

    line = make_progress_line()
    try:
        return int(run_command(args))
    finally:
        if line is not None:
            line.close()
