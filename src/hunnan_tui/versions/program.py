"""Runs git: for a bounded time, and with nothing that a repository may want to have run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _

PATIENCE = 10.0
"""Seconds that a command gets."""
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.quotePath=false",
    "log.showSignature=false",
    "log.follow=false",
    "protocol.allow=never",
    "color.ui=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""Settings that a repository could have something run or fetched with."""
_DROPPED = ("GIT_EXTERNAL_DIFF", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_SSH_COMMAND")


class GitError(HunnanError):
    """Git is not there, or refuses."""


def run_git(
    arguments: Sequence[str],
    folder: Path,
    *,
    typed: bytes = b"",
    patience: float = PATIENCE,
) -> bytes:
    """Return what git prints.

    Args:
        arguments: The command and its arguments.
        folder: Where it runs.
        typed: Its standard input.
        patience: Seconds that it gets.

    Raises:
        GitError: It cannot be run, takes too long, or ends with an error.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a list of our own, and no shell
            make_command(arguments),
            cwd=folder,
            input=typed,
            capture_output=True,
            check=False,
            timeout=patience,
            env=make_environment(os.environ),
        )
    except subprocess.TimeoutExpired:
        raise GitError(
            _("git {arguments} took too long").format(arguments=arguments[0])
        ) from None
    except (OSError, ValueError) as error:
        raise GitError(_("git cannot be run: {error}").format(error=error)) from error
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(
            message
            or _("git {arguments} ended with {returncode}").format(
                arguments=arguments[0], returncode=done.returncode
            )
        )
    return done.stdout


def make_command(arguments: Sequence[str]) -> list[str]:
    """Return the words that run git without a pager, hooks and locks that can wait."""
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return ["git", "--no-pager", "--no-optional-locks", *settings, *arguments]


def make_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git asks nobody, and fetches nothing."""
    kept = {name: value for name, value in environ.items() if name not in _DROPPED}
    asks_nobody = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**kept, **asks_nobody, "LC_ALL": "C.UTF-8", "GIT_PAGER": "cat"}
